#pragma once

#include <string>
#include <string_view>

#include "service/api/service.hpp"

/// FHIR R4 at the door: resources in the place of a record, and answers that are resources.
namespace proviso::service {

inline constexpr std::string_view fhir_type = "application/fhir+json";

/// A resource as the answer.
Response fhir(std::string resource, int status = 200);
/// An OperationOutcome with one issue. `code` is of FHIR's issue types: `invalid`, `security`, `not-found`,
/// `transient`. `text` is a sentence without anything of a patient.
Response outcome(int status, std::string_view code, std::string_view text);

/// Whether the body is FHIR, by its content type.
bool is_fhir(const Request& request);

/// Puts in the place of the body, which is FHIR, the record that the library's mapping makes of it, as JSON; what was
/// sent and could not be used stands in `call.notes`. Of several requests `?request=ServiceRequest/1` names the one in
/// focus. False where no record can be made, as where there is no request; then the call was answered with an
/// OperationOutcome.
bool make_record(Call& call, std::string_view record);

}  // namespace proviso::service
