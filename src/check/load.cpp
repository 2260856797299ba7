#include "check/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "syntax/parse.hpp"
#include "text/file.hpp"
#include "text/library_files.hpp"
#include "value/digest.hpp"

namespace proviso::check {

namespace {

namespace fs = std::filesystem;
using text::Code;

struct FoundFile {
  fs::path path;
  std::string within;  // its path from the folder that was named
  bool policies = true;
};

/// How FHIR resources give the facts decides with the policies, so it is part of the library; it is read where such
/// resources are.
constexpr std::string_view mapping_extension = ".fhir";

/// Whether it is a plain file, or cannot be read: that is then told. Not what editors mark that a file is open with, a
/// link that leads nowhere: `.#hips.policy`.
bool is_to_be_read(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_regular_file(status)) return true;
  const bool leads_nowhere = !fs::status_known(status) || status.type() == fs::file_type::not_found;
  const bool is_mark = path.filename().string().rfind(".#", 0) == 0;
  return leads_nowhere && !is_mark;
}

struct FoundFiles {
  std::vector<FoundFile> files;
  std::vector<text::UnreadableFolder> unreadable;
};

FoundFiles find_files(const std::string& named) {
  FoundFiles found;
  std::error_code error;
  if (!fs::is_directory(named, error)) return {{{named, fs::path(named).filename().string()}}, {}};
  text::LibraryFiles under = text::library_files(named);
  for (const fs::path& path : under.files) {
    const bool policies = path.extension() == ".policy";
    if (!policies && path.extension() != mapping_extension) continue;
    if (!is_to_be_read(path)) continue;
    found.files.push_back({path, path.lexically_relative(named).string(), policies});
  }
  std::sort(found.files.begin(), found.files.end(), [](const auto& a, const auto& b) { return a.within < b.within; });
  found.unreadable = std::move(under.unreadable);
  return found;
}

/// What is missing under a folder: policies that nobody sees decide nothing, and nobody would know.
void complain_of(const FoundFiles& found, const std::string& named, text::Sources& sources,
                 text::Diagnostics& diagnostics) {
  for (const text::UnreadableFolder& folder : found.unreadable) {
    const auto file = sources.add(folder.path.string(), "");
    diagnostics.add(Code::unreadable_file, {file, 0, 0},
                    fmt::format("the folder `{}` cannot be read: {}", folder.path.string(), folder.why));
  }
  const bool none =
      std::none_of(found.files.begin(), found.files.end(), [](const auto& each) { return each.policies; });
  if (!none || !found.unreadable.empty()) return;
  const auto file = sources.add(named, "");
  diagnostics.add(Code::no_policy_files, {file, 0, 0}, fmt::format("the folder `{}` has no `.policy` files", named));
}

}  // namespace

Loaded load(const std::vector<std::string>& paths, text::Sources& sources, text::Diagnostics& diagnostics) {
  Loaded loaded;
  value::Digester digest;
  std::set<std::string> read;
  for (const auto& named : paths) {
    const FoundFiles files = find_files(named);
    complain_of(files, named, sources, diagnostics);
    for (const auto& found : files.files) {
      // A folder may be named beside one around it.
      std::error_code error;
      const fs::path real = fs::canonical(found.path, error);
      if (!error && !read.insert(real.string()).second) continue;
      loaded.files.push_back(found.path.string());
      auto content = text::read_file(found.path);
      if (!content) {
        const auto file = sources.add(found.path.string(), "");
        diagnostics.add(Code::unreadable_file, {file, 0, 0},
                        fmt::format("`{}` cannot be read: {}", found.path.string(), content.error()));
        continue;
      }
      digest.add_field(found.within);
      digest.add_field(*content);
      if (!found.policies) continue;
      const auto file = sources.add(found.path.string(), std::move(*content));
      SourceTree source{syntax::parse(sources, file, diagnostics), file, found.path.parent_path().string()};
      if (fs::is_directory(named, error)) source.folder = named;
      loaded.trees.push_back(std::move(source));
    }
  }
  loaded.digest = value::spelling(digest.finish());
  return loaded;
}

model::Library load_library(const std::vector<std::string>& paths, text::Sources& sources,
                            text::Diagnostics& diagnostics) {
  const Loaded loaded = load(paths, sources, diagnostics);
  model::Library library = check(loaded.trees, sources, diagnostics);
  library.files.insert(library.files.end(), loaded.files.begin(), loaded.files.end());
  // The files that policies name decide too.
  std::vector<std::string> named;
  for (const auto& table : library.tables) {
    if (!table.digest.empty()) named.push_back(table.digest);
  }
  for (const auto& script : library.scripts) named.push_back(script.digest);
  library.digest = loaded.digest;
  if (named.empty()) return library;
  value::Digester digest;
  digest.add_field(loaded.digest);
  for (const auto& each : named) digest.add_field(each);
  library.digest = value::spelling(digest.finish());
  return library;
}

}  // namespace proviso::check
