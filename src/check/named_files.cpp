#include "check/named_files.hpp"

#include <filesystem>

#include "text/file.hpp"

// Tables and scripts that policy files name. They are read like policy text: nothing outside the library's folder,
// nothing that is no plain file, and nothing without end.
namespace proviso::check {

namespace fs = std::filesystem;

namespace {

bool stays_inside(const fs::path& file) {
  if (file.empty() || file.is_absolute()) return false;
  for (const auto& part : file) {
    if (part == "..") return false;
  }
  return true;
}

}  // namespace

std::string path_beside(const text::Sources& sources, const SourceTree& tree, const std::string& file) {
  const fs::path outermost = tree.folder;
  std::error_code error;
  fs::path folder = fs::path(sources.file(tree.file).path()).parent_path();
  const fs::path within = folder.lexically_relative(outermost);
  if (!within.empty() && *within.begin() != "..") {
    for (; folder != outermost && folder.has_relative_path(); folder = folder.parent_path()) {
      if (fs::exists(folder / file, error)) return (folder / file).string();
    }
  }
  return (outermost / file).string();
}

NamedFile read_beside(const text::Sources& sources, const SourceTree& tree, const std::string& file) {
  NamedFile found;
  if (!stays_inside(file)) {
    found.problem = "a path stays inside the library's folder: no `..`, and no `/` before it";
    return found;
  }
  found.path = path_beside(sources, tree, file);
  std::error_code error;
  const auto kind = fs::status(found.path, error);
  if (!fs::exists(kind)) {
    found.problem = "there is no such file";
  } else if (!fs::is_regular_file(kind)) {
    found.problem = fs::is_directory(kind) ? "it is a folder" : "it is no plain file";
  }
  if (!found.problem.empty()) return found;
  auto content = text::read_file(found.path);
  if (content) {
    found.content = std::move(*content);
  } else {
    found.problem = std::move(content.error());
  }
  return found;
}

}  // namespace proviso::check
