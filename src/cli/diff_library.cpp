#include "cli/diff_library.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "check/load.hpp"
#include "cli/git.hpp"
#include "cli/library.hpp"
#include "text/diagnostic.hpp"
#include "text/render.hpp"

namespace proviso::cli {
namespace {

/// What stands in a temporary folder goes by the name that was asked for.
std::string renamed(std::string text, const std::string& path, const std::string& name) {
  if (path.empty()) return text;
  for (auto at = text.find(path); at != std::string::npos; at = text.find(path, at + name.size())) {
    text.replace(at, path.size(), name);
  }
  return text;
}

text::Sources renamed(const text::Sources& sources, const std::string& path, const std::string& name) {
  text::Sources result;
  for (std::uint32_t file = 0; file < sources.size(); ++file) {
    result.add(renamed(sources.file(file).path(), path, name), std::string(sources.file(file).content()));
  }
  return result;
}

text::Diagnostics renamed(const text::Diagnostics& diagnostics, const std::string& path, const std::string& name) {
  text::Diagnostics result;
  for (const text::Diagnostic& each : diagnostics.all()) {
    text::Diagnostic& added = result.add(each.code, each.span, renamed(each.message, path, name));
    added.notes = each.notes;
    for (text::Note& note : added.notes) note.message = renamed(note.message, path, name);
    added.help = renamed(each.help, path, name);
  }
  return result;
}

}  // namespace

std::optional<DiffLibrary> read_diff_library(const std::string& argument, const std::string& side) {
  DiffLibrary read;
  read.name = argument;
  std::string path = argument;
  std::string temporary;
  std::string shown = argument;
  std::optional<CheckedOut> checked_out;
  if (names_revision(argument)) {
    auto out = check_out(argument);
    if (!out) {
      fmt::print(stderr, "proviso: the library {}, `{}`: {}\n", side, argument, out.error());
      return {};
    }
    checked_out.emplace(std::move(*out));
    path = temporary = checked_out->path;
    // What stands beside a file goes by its own name.
    const std::string file = "/" + std::filesystem::path(path).filename().string();
    if (!std::filesystem::is_directory(path) && path.size() > file.size()) {
      temporary = path.substr(0, path.size() - file.size() + 1);
      shown = argument.substr(0, argument.size() - (file.size() - 1));
    }
  }
  text::Diagnostics diagnostics;
  text::Sources sources;
  read.library = check::load_library({path}, sources, diagnostics);
  read.sources = temporary.empty() ? std::move(sources) : renamed(sources, temporary, shown);
  if (!diagnostics.has_errors()) return read;
  show(renamed(diagnostics, temporary, shown), read.sources);
  fmt::print(stderr, "the library {}, `{}`: {}: nothing is compared with a library that has errors\n", side, argument,
             text::summary(diagnostics));
  return {};
}

}  // namespace proviso::cli
