#include "input/fhir_files.hpp"

#include <filesystem>
#include <set>

#include "input/given.hpp"
#include "text/file.hpp"
#include "text/library_files.hpp"

namespace proviso::input {
namespace {

namespace fs = std::filesystem;

/// Bytes of a mapping.
constexpr std::size_t mapping_limit = std::size_t{16} * 1024 * 1024;

FhirFileProblem not_looked_through(const text::UnreadableFolder& folder) {
  const std::string name = folder.path.string();
  return {name, "the folder `" + name + "` cannot be read: " + folder.why, {}};
}

/// Each once, whatever folders are named beside each other, in the order of their paths. The error is a folder that
/// cannot be looked through.
tl::expected<std::set<std::string>, FhirFileProblem> fhir_files(const std::vector<std::string>& paths) {
  std::set<std::string> found;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) continue;
    const text::LibraryFiles under = text::library_files(path);
    if (!under.unreadable.empty()) return tl::make_unexpected(not_looked_through(under.unreadable.front()));
    for (const fs::path& file : under.files) {
      if (file.extension() != ".fhir" || !fs::is_regular_file(file, error)) continue;
      const fs::path real = fs::canonical(file, error);
      found.insert(error ? file.string() : real.string());
    }
  }
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
  const auto files = fhir_files(library_paths);
  if (!files) return tl::make_unexpected(files.error());
  for (const std::string& path : *files) {
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
