#include "input/fhir_files.hpp"

#include <algorithm>
#include <filesystem>

#include "input/given.hpp"
#include "text/file.hpp"

namespace proviso::input {
namespace {

namespace fs = std::filesystem;

/// Bytes of a mapping.
constexpr std::size_t mapping_limit = std::size_t{16} * 1024 * 1024;

/// Each once, whatever folders are named beside each other, in the order of their paths.
std::vector<std::string> fhir_files(const std::vector<std::string>& paths) {
  std::vector<std::string> found;
  std::error_code error;
  const auto add = [&](const fs::path& path) {
    const fs::path real = fs::canonical(path, error);
    const std::string name = error ? path.string() : real.string();
    if (std::find(found.begin(), found.end(), name) == found.end()) found.push_back(name);
  };
  for (const std::string& path : paths) {
    if (!fs::is_directory(path, error)) continue;
    for (fs::recursive_directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
      if (it->path().extension() == ".fhir" && it->is_regular_file(error)) add(it->path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

tl::expected<FhirMapping, FhirFileProblem> read_fhir_file(const std::string& path, const model::Library& library) {
  const auto text = text::read_file(path, mapping_limit);
  if (!text) return tl::make_unexpected(FhirFileProblem{path, '`' + path + "` cannot be read: " + text.error(), {}});
  auto mapping = FhirMapping::read(*text, library);
  if (mapping) return std::move(*mapping);
  return tl::make_unexpected(FhirFileProblem{path, '`' + path + "` has errors", std::move(mapping.error())});
}

tl::expected<FhirMapping, FhirFileProblem> find_fhir_mapping(const std::vector<std::string>& library_paths,
                                                             const model::Library& library, std::uint32_t record) {
  std::optional<FhirMapping> found;
  std::string found_in;
  const std::string& name = library.records[record].name;
  for (const std::string& path : fhir_files(library_paths)) {
    auto mapping = read_fhir_file(path, library);
    if (!mapping) return tl::make_unexpected(std::move(mapping.error()));
    if (mapping->record_index() != record) continue;
    if (found) {
      const std::string message = "two files map FHIR to " + excerpt(name) + ": `" + found_in + "` and `";
      return tl::make_unexpected(FhirFileProblem{path, message + path + '`', {}});
    }
    found = std::move(*mapping);
    found_in = path;
  }
  if (found) return std::move(*found);
  return tl::make_unexpected(FhirFileProblem{"", "the library has no `.fhir` file for " + excerpt(name), {}});
}

}  // namespace proviso::input
