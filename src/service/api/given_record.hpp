#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "input/source.hpp"
#include "service/api/service.hpp"

/// The record, or the batch of them, that a request gives.
namespace proviso::service {

/// How many records one request may have.
inline constexpr std::size_t largest_batch = 1000;

/// One record of a batch.
struct GivenRecord {
  std::string text;        ///< empty where it has a flaw
  std::uint64_t line = 1;  ///< where it begins, of lines of JSON; else its place in the list, from 1
  input::Flaw flaw = input::Flaw::none;
};

inline constexpr std::string_view lines_type = "application/x-ndjson";
/// Whether the body is lines of JSON, by its content type.
bool is_lines(const Request& request);
/// Whether the body is lines of JSON, or a list.
bool is_batch(const Request& request);
/// The records of a batch, no more than the first `most`, as the command cuts them: what is wrong with the list is a
/// record with a flaw.
std::vector<GivenRecord> given_records(const Request& request, std::size_t most);

/// The desk for the record that the request names, with the body as that record's JSON, or a batch of such: of FHIR the
/// record is made first, so that whatever was sent is decided in one way. Null where there is no such record, or where
/// none can be made of the body; then the call was answered.
const Desk* take_record(const Service& service, Call& call);

/// Appends `, "notes": [...]`, what was sent as FHIR and could not be used; nothing for a body that was no FHIR.
void append_notes(std::string& out, const Call& call);

}  // namespace proviso::service
