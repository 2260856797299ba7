#include "service/api/fhir.hpp"

#include <utility>

#include <fmt/format.h>

#include "input/fhir.hpp"
#include "output/fhir.hpp"

namespace proviso::service {
namespace {

constexpr std::string_view xml_type = "application/fhir+xml";

bool cannot(const Call& call, std::string_view code, std::string_view text, int status = 422) {
  call.respond(outcome(status, code, text));
  return false;
}

}  // namespace

Response fhir(std::string resource, int status) {
  Response response = json(std::move(resource), status);
  response.content_type = fhir_type;
  return response;
}

Response outcome(int status, std::string_view code, std::string_view text) {
  output::OutcomeIssue issue;
  issue.code = code;
  issue.details = text;
  std::string resource;
  output::append_operation_outcome(resource, {issue});
  return fhir(std::move(resource), status);
}

bool is_fhir(const Request& request) {
  const std::string type = request.media_type();
  return type == fhir_type || type == xml_type;
}

bool make_record(Call& call, std::string_view record) {
  if (call.request.media_type() == xml_type) {
    return cannot(call, "not-supported", "FHIR is read as JSON alone: send it as application/fhir+json", 415);
  }
  const input::FhirMapping* mapping = call.book->fhir(record);
  if (mapping == nullptr) {
    return cannot(call, "not-supported", fmt::format("the library has no `.fhir` file for the record `{}`", record));
  }
  input::FhirReader reader(*mapping);
  if (const auto opened = reader.open(call.request.body); !opened) {
    return cannot(call, "structure", opened.error().message);
  }
  if (const std::string lack = reader.lack(); !lack.empty()) return cannot(call, "required", lack);
  // Of a patient alone nothing is to be decided: every policy would ask what was ordered.
  if (reader.request_count() == 0) {
    return cannot(
        call, "required",
        "there is no request: send the ServiceRequest, MedicationRequest or Appointment that is to be decided");
  }
  const std::string request(call.request.parameter("request"));
  if (request.empty() && reader.request_count() > 1) {
    return cannot(call, "multiple-matches",
                  fmt::format("there are {} requests, and one is decided at a time: say which with "
                              "`?request=ServiceRequest/ID`",
                              reader.request_count()));
  }
  auto made = reader.read({request, ""});
  if (!made) return cannot(call, "not-found", made.error().message);
  for (const input::FhirNote& note : made->notes) call.notes.push_back(format(mapping->record(), note));
  call.request.body = std::move(made->json);
  return true;
}

}  // namespace proviso::service
