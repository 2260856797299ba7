#pragma once

#include <string>

#include "service/api/service.hpp"

/// The record that a request gives.
namespace proviso::service {

/// The desk for the record that the request names, with the body as that record's JSON, or a batch of such: of FHIR the
/// record is made first, so that whatever was sent is decided in one way. Null where there is no such record, or where
/// none can be made of the body; then the call was answered.
const Desk* take_record(const Service& service, Call& call);

/// Appends `, "notes": [...]`, what was sent as FHIR and could not be used; nothing for a body that was no FHIR.
void append_notes(std::string& out, const Call& call);

}  // namespace proviso::service
