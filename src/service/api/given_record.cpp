#include "service/api/given_record.hpp"

#include <nlohmann/json.hpp>

#include "output/json_text.hpp"
#include "service/api/fhir.hpp"

namespace proviso::service {
namespace {

const Desk* desk_for(const Service& service, const Call& call) {
  const std::string_view named = call.request.parameter("record");
  const std::string record = named.empty() ? service.options().record : std::string(named);
  const Desk* desk = call.book->desk(record);
  if (desk != nullptr) return desk;
  std::string known;
  if (!call.book->records().empty()) output::append_json_list(known += ", \"records\": ", call.book->records());
  call.respond(error(400, "unknown_record", "no policy is on such a record", known));
  return nullptr;
}

/// Whether a body that is not said to be FHIR is a resource: none of it would be a fact of the record, and that nothing
/// is known of the referral would be decided.
bool is_resource(const std::string& body) {
  constexpr std::string_view mark = "resourceType";
  if (body.find(mark) == std::string::npos) return false;
  const auto parsed = nlohmann::json::parse(body, nullptr, false);
  return parsed.is_object() && parsed.contains(mark);
}

}  // namespace

const Desk* take_record(const Service& service, Call& call) {
  const Desk* desk = desk_for(service, call);
  if (desk == nullptr) return nullptr;
  if (is_fhir(call.request)) return make_record(call, desk->engine().record().name) ? desk : nullptr;
  if (!is_resource(call.request.body)) return desk;
  call.respond(error(415, "fhir", "the body is a resource of FHIR: send it with Content-Type: application/fhir+json"));
  return nullptr;
}

void append_notes(std::string& out, const Call& call) {
  if (!is_fhir(call.request)) return;
  output::append_json_list(out += ", \"notes\": ", call.notes);
}

}  // namespace proviso::service
