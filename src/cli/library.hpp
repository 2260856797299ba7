#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

/// What the commands share: reading a library, and arguments that are dates.
namespace proviso::cli {

/// The checked library; nothing, with its errors on standard error, where it has any.
std::optional<model::Library> read_library(const std::vector<std::string>& paths);

/// A library, the files that its spans point into, and what was found in them.
struct SourcedLibrary {
  text::Sources sources;
  model::Library library;
  text::Diagnostics diagnostics;
};
SourcedLibrary read_sourced_library(const std::vector<std::string>& paths);
/// Whether it has none; shows its errors on standard error where it has any.
bool is_without_errors(const SourcedLibrary& read);

/// Diagnostics on standard error, in colour on a terminal.
void show(const text::Diagnostics& diagnostics, const text::Sources& sources);

/// A date argument; throws CLI::ValidationError naming the option where it is none.
std::optional<std::int32_t> date_argument(const std::string& option, const std::string& text);

}  // namespace proviso::cli
