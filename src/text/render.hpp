#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace proviso::text {

/// How diagnostics are shown.
enum class Format : std::uint8_t {
  /// For a person: the line it is about, underlined, with notes and help.
  text,
  /// One line each, and one for each note and help, each with its place: for editors and grep.
  plain,
  /// One JSON object.
  json,
  /// SARIF 2.1.0, for code review tools.
  sarif,
};

/// The format for `text`, `plain`, `json` or `sarif`; nothing for another word.
std::optional<Format> format_by_name(std::string_view name);

/// Everything that was said, in the order of files and offsets. The result is valid UTF-8 without terminal controls
/// whatever the sources hold, and ends with a line feed unless it is empty. `colour` (text alone) adds the controls
/// for colour.
std::string render(const Diagnostics& diagnostics, const Sources& sources, Format format, bool colour = false);

/// `2 errors, 1 warning`; empty where there is nothing.
std::string summary(const Diagnostics& diagnostics);

// The formats, one file each.
std::string render_terminal(const Diagnostics& diagnostics, const Sources& sources, bool colour);
std::string render_plain(const Diagnostics& diagnostics, const Sources& sources);
std::string render_json(const Diagnostics& diagnostics, const Sources& sources);
std::string render_sarif(const Diagnostics& diagnostics, const Sources& sources);

/// The text on one line, each control character replaced: what is safe to print whatever was read.
std::string one_line(std::string_view text);

/// `FILE:LINE:COLUMN: `, or nothing where the span has no file.
std::string place_prefix(Span span, const Sources& sources);

}  // namespace proviso::text
