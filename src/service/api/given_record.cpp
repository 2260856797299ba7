#include "service/api/given_record.hpp"

#include <algorithm>
#include <sstream>

#include <nlohmann/json.hpp>

#include "output/json_text.hpp"
#include "service/api/fhir.hpp"
#include "text/byte_order_mark.hpp"

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

bool is_resource(const std::string& text) {
  constexpr std::string_view mark = "resourceType";
  if (text.find(mark) == std::string::npos) return false;
  const auto parsed = nlohmann::json::parse(text, nullptr, false);
  return parsed.is_object() && parsed.contains(mark);
}

/// Why a body that is not said to be FHIR is not taken: it is a resource, or has one among its records. None of that
/// would be a fact of the record, and that nothing is known of the referral would be decided. Empty: it is taken.
std::string_view refusal_of_resource(const Request& request) {
  if (!is_batch(request)) {
    return is_resource(request.body)
               ? "the body is a resource of FHIR: send it with Content-Type: application/fhir+json"
               : "";
  }
  const std::vector<GivenRecord> records = given_records(request, largest_batch);
  const bool any =
      std::any_of(records.begin(), records.end(), [](const GivenRecord& each) { return is_resource(each.text); });
  return any ? "a record of the body is a resource of FHIR: send each alone, with Content-Type: application/fhir+json"
             : "";
}

}  // namespace

bool is_lines(const Request& request) { return request.media_type() == lines_type; }

bool is_batch(const Request& request) {
  const std::size_t start = request.body.find_first_not_of(" \t\r\n");
  return is_lines(request) || (start != std::string::npos && request.body[start] == '[');
}

std::vector<GivenRecord> given_records(const Request& request, std::size_t most) {
  const bool lines = is_lines(request);
  std::istringstream stream(request.body);
  input::RecordSource source(input::bytes_of(stream), lines ? input::Format::ndjson : input::Format::json);
  std::vector<GivenRecord> records;
  input::Block block;
  while (records.size() < most && source.next(block)) {
    for (const input::RawRecord& record : block.records) {
      if (records.size() == most) break;
      records.push_back({std::string(block.text(record)), lines ? record.line : records.size() + 1, record.flaw});
    }
  }
  return records;
}

const Desk* take_record(const Service& service, Call& call) {
  const Desk* desk = desk_for(service, call);
  if (desk == nullptr) return nullptr;
  std::string& body = call.request.body;
  body.erase(0, body.size() - text::without_byte_order_mark(body).size());
  if (is_fhir(call.request)) return make_record(call, desk->engine().record().name) ? desk : nullptr;
  const std::string_view refusal = refusal_of_resource(call.request);
  if (refusal.empty()) return desk;
  call.respond(error(415, "fhir", refusal));
  return nullptr;
}

void append_notes(std::string& out, const Call& call) {
  if (!is_fhir(call.request)) return;
  output::append_json_list(out += ", \"notes\": ", call.notes);
}

}  // namespace proviso::service
