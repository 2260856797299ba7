#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "input/fhir_mapping.hpp"

/// Mappings of FHIR as files of a library.
namespace proviso::input {

/// What is wrong with a file, and where in it; without errors `message` is of the file as a whole, or of all files.
struct FhirFileProblem {
  std::string path;
  std::string message;
  std::vector<MappingError> errors;
};

/// Reads one mapping.
tl::expected<FhirMapping, FhirFileProblem> read_fhir_file(const std::string& path, const model::Library& library);

/// The mapping to the record among the `.fhir` files of the folders that the library was read from. A problem where
/// there is none, or are several, or where one has errors.
tl::expected<FhirMapping, FhirFileProblem> find_fhir_mapping(const std::vector<std::string>& library_paths,
                                                             const model::Library& library, std::uint32_t record);

}  // namespace proviso::input
