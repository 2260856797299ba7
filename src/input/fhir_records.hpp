#pragma once

#include <memory>

#include "input/fhir_mapping.hpp"
#include "input/reader.hpp"

namespace proviso::input {

/// How a stream of FHIR resources is cut: one bundle may hold as many records as a chunk.
inline constexpr SourceLimits fhir_limits = {1};

/// For resources and bundles, one in each raw record: each gives as many records as it has requests, or one without
/// any. What could not be used stands with the facts as problems of the input, and what is of no single fact in
/// `remarks`. The mapping must outlive the reader.
std::unique_ptr<RecordReader> make_fhir_reader(const FhirMapping& mapping);

}  // namespace proviso::input
