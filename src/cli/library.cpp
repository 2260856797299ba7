#include "cli/library.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <utility>

#include "check/load.hpp"
#include "text/render.hpp"
#include "value/calendar.hpp"

namespace proviso::cli {

void show(const text::Diagnostics& diagnostics, const text::Sources& sources) {
  const bool colour = isatty(STDERR_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  fmt::print(stderr, "{}", text::render(diagnostics, sources, text::Format::text, colour));
}

SourcedLibrary read_sourced_library(const std::vector<std::string>& paths) {
  SourcedLibrary read;
  read.library = check::load_library(paths, read.sources, read.diagnostics);
  return read;
}

bool is_without_errors(const SourcedLibrary& read) {
  if (!read.diagnostics.has_errors()) return true;
  show(read.diagnostics, read.sources);
  fmt::print(stderr, "{}: nothing is decided by a library with errors\n", text::summary(read.diagnostics));
  return false;
}

std::optional<model::Library> read_library(const std::vector<std::string>& paths) {
  auto read = read_sourced_library(paths);
  if (!is_without_errors(read)) return {};
  return std::move(read.library);
}

std::optional<std::int32_t> date_argument(const std::string& option, const std::string& text) {
  if (text.empty()) return {};
  const auto date = value::parse_date(text);
  if (!date) throw CLI::ValidationError(option, fmt::format("`{}` is not a date such as 2019-04-01", text));
  return date;
}

}  // namespace proviso::cli
