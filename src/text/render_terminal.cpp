#include <algorithm>

#include <fmt/format.h>

#include "text/excerpt.hpp"
#include "text/render.hpp"

namespace proviso::text {
namespace {

enum class Paint : std::uint8_t { strong, error, warning, note, help, gutter };

std::string_view escape_of(Paint paint) {
  switch (paint) {
    case Paint::strong:
      return "\x1b[1m";
    case Paint::error:
      return "\x1b[1;31m";
    case Paint::warning:
      return "\x1b[1;33m";
    case Paint::note:
      return "\x1b[1;36m";
    case Paint::help:
      return "\x1b[1;32m";
    case Paint::gutter:
      return "\x1b[34m";
  }
  return "";
}

/// Writes what is shown of one diagnostic after another.
class Writer {
 public:
  Writer(const Sources& sources, bool colour) : sources_(sources), colour_(colour) {}

  void write(const Diagnostic& diagnostic) {
    if (!result_.empty()) result_ += '\n';
    const Severity severity = severity_of(diagnostic.code);
    const Paint paint = severity == Severity::error ? Paint::error : Paint::warning;
    gutter_ = gutter_width(diagnostic);
    head(diagnostic.span, fmt::format("{}[{}]:", severity_name(severity), code_name(diagnostic.code)), paint,
         painted(message_text(diagnostic.message), Paint::strong));
    source_line(diagnostic.span, paint);
    for (const Note& note : diagnostic.notes) {
      const std::string message = message_text(note.message);
      if (note.span) {
        head(*note.span, "note:", Paint::note, message);
        source_line(*note.span, Paint::note);
      } else {
        result_ += painted("note:", Paint::note) + ' ' + message + '\n';
      }
    }
    if (!diagnostic.help.empty()) {
      result_ += painted("help:", Paint::help) + ' ' + message_text(diagnostic.help) + '\n';
    }
  }

  std::string take() { return std::move(result_); }

 private:
  std::string painted(std::string_view text, Paint paint) const {
    if (!colour_ || text.empty()) return std::string{text};
    return fmt::format("{}{}\x1b[0m", escape_of(paint), text);
  }

  /// A message may have several lines: those after the first are indented.
  static std::string message_text(std::string_view message) {
    std::string result;
    for (std::size_t begin = 0;;) {
      const std::size_t end = message.find('\n', begin);
      result += one_line(message.substr(begin, end == std::string_view::npos ? end : end - begin));
      if (end == std::string_view::npos) return result;
      result += "\n  ";
      begin = end + 1;
    }
  }

  void head(Span span, std::string_view label, Paint paint, const std::string& message) {
    result_ += painted(place_prefix(span, sources_), Paint::strong) + painted(label, paint) + ' ' + message + '\n';
  }

  /// A file that could not be read, or is empty, has no line to show.
  bool has_line(Span span) const { return sources_.has(span) && !sources_.file(span.file).content().empty(); }

  std::size_t gutter_width(const Diagnostic& diagnostic) const {
    std::size_t width = 1;
    const auto widen = [&](Span span) {
      if (has_line(span)) width = std::max(width, std::to_string(sources_.start(span).line).size());
    };
    widen(diagnostic.span);
    for (const Note& note : diagnostic.notes) {
      if (note.span) widen(*note.span);
    }
    return width;
  }

  void source_line(Span span, Paint paint) {
    if (!has_line(span)) return;
    const Excerpt excerpt = excerpt_of(span, sources_);
    const std::string_view shown = trimmed(excerpt.text);
    result_ += painted(fmt::format("  {:>{}} |", excerpt.line, gutter_), Paint::gutter);
    result_ += shown.empty() ? "" : " ";
    result_ += shown;
    result_ += '\n' + painted(fmt::format("  {:>{}} |", "", gutter_), Paint::gutter) + ' ';
    result_.append(excerpt.indent, ' ');
    result_ += painted(std::string(excerpt.width, '^'), paint) + '\n';
  }

  static std::string_view trimmed(std::string_view line) {
    const std::size_t last = line.find_last_not_of(' ');
    return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
  }

  const Sources& sources_;
  bool colour_;
  std::size_t gutter_ = 1;
  std::string result_;
};

}  // namespace

std::string render_terminal(const Diagnostics& diagnostics, const Sources& sources, bool colour) {
  Writer writer(sources, colour);
  for (const Diagnostic& diagnostic : diagnostics.sorted()) writer.write(diagnostic);
  return writer.take();
}

}  // namespace proviso::text
