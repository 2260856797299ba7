#include "text/render.hpp"

#include <fmt/format.h>

#include "text/utf8.hpp"

namespace proviso::text {

std::optional<Format> format_by_name(std::string_view name) {
  if (name == "text") return Format::text;
  if (name == "plain") return Format::plain;
  if (name == "json") return Format::json;
  if (name == "sarif") return Format::sarif;
  return std::nullopt;
}

std::string render(const Diagnostics& diagnostics, const Sources& sources, Format format, bool colour) {
  switch (format) {
    case Format::text:
      return render_terminal(diagnostics, sources, colour);
    case Format::plain:
      return render_plain(diagnostics, sources);
    case Format::json:
      return render_json(diagnostics, sources);
    case Format::sarif:
      return render_sarif(diagnostics, sources);
  }
  return {};
}

std::string summary(const Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.count(Severity::error);
  const std::size_t warnings = diagnostics.count(Severity::warning);
  std::string result;
  if (errors > 0) result = fmt::format("{} error{}", errors, errors == 1 ? "" : "s");
  if (warnings > 0) {
    result += fmt::format("{}{} warning{}", result.empty() ? "" : ", ", warnings, warnings == 1 ? "" : "s");
  }
  return result;
}

std::string one_line(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const Character character = decode(text, offset);
    if (text[offset] == '\n' || text[offset] == '\t') {
      result += ' ';
    } else if (!character.valid || is_control(character.code_point)) {
      result += encode(replacement_character);
    } else {
      result += text.substr(offset, character.length);
    }
    offset += character.length;
  }
  return result;
}

std::string place_prefix(Span span, const Sources& sources) {
  if (!sources.has(span)) return {};
  const Position position = sources.start(span);
  return fmt::format("{}:{}:{}: ", one_line(sources.file(span.file).path()), position.line, position.column);
}

std::string render_plain(const Diagnostics& diagnostics, const Sources& sources) {
  std::string result;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    const std::string place = place_prefix(diagnostic.span, sources);
    result += fmt::format("{}{}[{}]: {}\n", place, severity_name(severity_of(diagnostic.code)),
                          code_name(diagnostic.code), one_line(diagnostic.message));
    for (const Note& note : diagnostic.notes) {
      result +=
          fmt::format("{}note: {}\n", note.span ? place_prefix(*note.span, sources) : place, one_line(note.message));
    }
    if (!diagnostic.help.empty()) result += fmt::format("{}help: {}\n", place, one_line(diagnostic.help));
  }
  return result;
}

}  // namespace proviso::text
