#include <algorithm>

#include "model/library.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"
#include "value/format.hpp"
#include "value/text.hpp"

namespace proviso::model {
namespace {

using value::Kind;

bool is_plain_name(std::string_view text) {
  const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' && std::all_of(text.begin(), text.end(), is_part);
}

std::string written(std::string_view enumeration_value) {
  return is_plain_name(enumeration_value) ? std::string(enumeration_value) : value::quote(enumeration_value);
}

std::string joined(const std::vector<std::string>& values, std::string_view separator) {
  std::string out;
  for (const std::string& value : values) {
    if (!out.empty()) out += separator;
    out += written(value);
  }
  return out;
}

/// Texts that a chunk counts on from the library's have their characters there.
std::string format_text(const Library& library, std::int64_t number) {
  const bool of_library = number >= 0 && static_cast<std::size_t>(number) < library.texts.size();
  return of_library ? value::quote(library.texts[static_cast<std::size_t>(number)]) : "text";
}

std::string format_enumeration(const Library& library, const Constant& constant) {
  const std::vector<std::string>& values = library.enumerations[constant.type.id].values;
  const bool declared = constant.bits >= 0 && static_cast<std::size_t>(constant.bits) < values.size();
  return declared ? written(values[static_cast<std::size_t>(constant.bits)]) : "unknown";
}

std::string format_place(const Library& library, std::int64_t number) {
  const bool declared = number >= 0 && static_cast<std::size_t>(number) < library.places.size();
  return declared ? library.places[static_cast<std::size_t>(number)].name : "unknown";
}

std::string code_with_system(value::CodeSystem system, std::int64_t bits) {
  std::string out(value::spelling(system));
  out += ':';
  return out += value::format_code(system, bits);
}

}  // namespace

std::string format(const Citation& citation) {
  return citation.section.empty() ? citation.document : citation.document + ", " + citation.section;
}

std::string_view spelling(Outcome outcome) {
  switch (outcome) {
    case Outcome::not_applicable:
      return "not applicable";
    case Outcome::exempt:
      return "exempt";
    case Outcome::pay:
      return "pay";
    case Outcome::approve:
      return "approve";
    case Outcome::adjust:
      return "adjust";
    case Outcome::review:
      return "review";
    case Outcome::query:
      return "query";
    case Outcome::information_needed:
      return "information needed";
    case Outcome::withhold:
      return "withhold";
    case Outcome::refuse:
      return "refuse";
  }
  return "";
}

std::string_view spelling(Category category) {
  switch (category) {
    case Category::threshold:
      return "threshold";
    case Category::prior_approval:
      return "prior_approval";
    case Category::ifr_only:
      return "ifr_only";
    case Category::not_commissioned:
      return "not_commissioned";
    case Category::notice:
      return "notice";
    case Category::payment:
      return "payment";
  }
  return "";
}

std::string_view spelling(Strength strength) {
  switch (strength) {
    case Strength::must:
      return "must";
    case Strength::may:
      return "may";
    case Strength::no_obligation:
      return "none";
    case Strength::risk:
      return "risk";
  }
  return "";
}

std::string_view spelling(Status status) {
  switch (status) {
    case Status::draft:
      return "draft";
    case Status::adopted:
      return "adopted";
    case Status::superseded:
      return "superseded";
    case Status::retired:
      return "retired";
  }
  return "";
}

std::string format(const Library& library, const Type& type) {
  switch (type.kind) {
    case Kind::error:
      return "error";
    case Kind::any:
      return "unknown";
    case Kind::truth:
      return "yes/no";
    case Kind::number:
      return "number";
    case Kind::money:
      return "money";
    case Kind::percent:
      return "percent";
    case Kind::quantity:
      return "number " + std::string(value::spelling(type.unit));
    case Kind::date:
      return "date";
    case Kind::duration:
      return "duration";
    case Kind::text:
      return "text";
    case Kind::code:
      return "code " + std::string(value::spelling(type.system));
    case Kind::enumeration:
      return "one of " + joined(library.enumerations[type.id].values, ", ");
    case Kind::scale:
      return "scale " + joined(library.enumerations[type.id].values, " < ");
    case Kind::place:
      return "place";
    case Kind::list:
      return "list of " + format(library, library.list_types[type.id]);
    case Kind::record:
      return library.record_names[type.id];
  }
  return "";
}

std::string format(const Library& library, const Constant& constant) {
  if (!constant.known) return "unknown";
  const std::int64_t bits = constant.bits;
  switch (constant.type.kind) {
    case Kind::truth:
      return bits != 0 ? "yes" : "no";
    case Kind::number:
      return value::format_decimal(bits);
    case Kind::money:
      return value::format_money(bits);
    case Kind::percent:
      return value::format_percent(bits);
    case Kind::quantity:
      return value::format_quantity(bits, constant.type.unit);
    case Kind::date:
      return value::format_date(static_cast<std::int32_t>(bits));
    case Kind::duration:
      return value::format_duration(bits, constant.type.duration);
    case Kind::text:
      return format_text(library, bits);
    case Kind::code:
      return code_with_system(constant.type.system, bits);
    case Kind::enumeration:
    case Kind::scale:
      return format_enumeration(library, constant);
    case Kind::place:
      return format_place(library, bits);
    case Kind::error:
    case Kind::any:
    case Kind::list:
    case Kind::record:
      break;
  }
  return "unknown";
}

void append(std::string& out, const Library& library, const Constant& constant) { out += format(library, constant); }

}  // namespace proviso::model
