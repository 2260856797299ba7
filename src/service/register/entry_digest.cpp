#include <string>

#include "service/register/records.hpp"
#include "service/register/register.hpp"
#include "value/digest.hpp"

namespace proviso::service {

std::string digest_of(const LogEntry& entry) {
  thread_local std::string fields;
  fields.clear();
  value::append_field(fields, std::to_string(entry.number));
  for (const std::string* field :
       {&entry.id, &entry.at, &entry.by, &entry.library, &entry.record, &entry.referral, &entry.patient, &entry.outcome,
        &entry.kept, &entry.exemplar, &entry.issued, &entry.previous}) {
    value::append_field(fields, *field);
  }
  // Of the codes there may be any number: they come last.
  for (const std::string& code : entry.codes) value::append_field(fields, code);
  return value::sha256(fields);
}

std::string digest_of(const KeptEvent& kept) {
  std::string fields;
  value::append_field(fields, std::to_string(kept.number));
  value::append_field(fields, kept.code);
  value::append_field(fields, std::to_string(kept.ordinal));
  value::append_field(fields, spelling(kept.event.kind));
  for (const std::string* field : {&kept.event.at, &kept.event.by, &kept.event.reason, &kept.previous}) {
    value::append_field(fields, *field);
  }
  return value::sha256(fields);
}

}  // namespace proviso::service
