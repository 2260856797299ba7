#include "check/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "check/digest.hpp"
#include "syntax/parse.hpp"
#include "text/file.hpp"

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

/// Whether it is a plain file, or a link that leads nowhere, which is then told as a file that cannot be read. Not
/// those with which editors mark that a file is open: `.#hips.policy`.
bool is_to_be_read(const fs::directory_entry& entry) {
  std::error_code error;
  if (entry.is_regular_file(error)) return true;
  const bool is_mark = entry.path().filename().string().rfind(".#", 0) == 0;
  return !is_mark && entry.is_symlink(error) && !entry.exists(error);
}

std::vector<FoundFile> find_files(const std::string& named) {
  std::vector<FoundFile> found;
  std::error_code error;
  if (!fs::is_directory(named, error)) return {{named, fs::path(named).filename().string()}};
  for (fs::recursive_directory_iterator it(named, error), end; !error && it != end; it.increment(error)) {
    const bool policies = it->path().extension() == ".policy";
    if (!policies && it->path().extension() != mapping_extension) continue;
    if (!is_to_be_read(*it)) continue;
    found.push_back({it->path(), it->path().lexically_relative(named).string(), policies});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.within < b.within; });
  return found;
}

}  // namespace

Loaded load(const std::vector<std::string>& paths, text::Sources& sources, text::Diagnostics& diagnostics) {
  Loaded loaded;
  Digest digest;
  std::set<std::string> read;
  for (const auto& named : paths) {
    const auto files = find_files(named);
    if (std::none_of(files.begin(), files.end(), [](const FoundFile& each) { return each.policies; })) {
      const auto file = sources.add(named, "");
      diagnostics.add(Code::no_policy_files, {file, 0, 0},
                      fmt::format("the folder `{}` has no `.policy` files", named));
    }
    for (const auto& found : files) {
      // A folder may be named beside one around it.
      std::error_code error;
      const fs::path real = fs::canonical(found.path, error);
      if (!error && !read.insert(real.string()).second) continue;
      auto content = text::read_file(found.path);
      if (!content) {
        const auto file = sources.add(found.path.string(), "");
        diagnostics.add(Code::unreadable_file, {file, 0, 0},
                        fmt::format("`{}` cannot be read: {}", found.path.string(), content.error()));
        continue;
      }
      digest.add(found.within);
      digest.add(*content);
      if (!found.policies) continue;
      const auto file = sources.add(found.path.string(), std::move(*content));
      SourceTree source{syntax::parse(sources, file, diagnostics), file, found.path.parent_path().string()};
      if (fs::is_directory(named, error)) source.folder = named;
      loaded.trees.push_back(std::move(source));
    }
  }
  loaded.digest = digest.finish();
  return loaded;
}

model::Library load_library(const std::vector<std::string>& paths, text::Sources& sources,
                            text::Diagnostics& diagnostics) {
  const Loaded loaded = load(paths, sources, diagnostics);
  model::Library library = check(loaded.trees, sources, diagnostics);
  // The files that policies name decide too.
  std::vector<std::string> named;
  for (const auto& table : library.tables) {
    if (!table.digest.empty()) named.push_back(table.digest);
  }
  for (const auto& script : library.scripts) named.push_back(script.digest);
  library.digest = loaded.digest;
  if (named.empty()) return library;
  Digest digest;
  digest.add(loaded.digest);
  for (const auto& each : named) digest.add(each);
  library.digest = digest.finish();
  return library;
}

}  // namespace proviso::check
