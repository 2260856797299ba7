#include "text/excerpt.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace proviso::text {
namespace {

constexpr std::size_t tab_width = 4;
/// A line that takes more columns than this is cut.
constexpr std::size_t longest_shown = 120;
/// Of a line that is cut, this many characters stand before the span.
constexpr std::size_t characters_before = 40;
constexpr std::string_view cut_mark = "...";

/// A line on its way to the terminal: shown up to `longest_shown` columns, or to its end.
class Painter {
 public:
  /// Paints the characters of `line` from `begin` up to `end`, or until the line is full; false if it was full.
  bool paint(std::string_view line, std::size_t begin, std::size_t end) {
    for (std::size_t offset = begin; offset < end;) {
      const Character character = decode(line, offset);
      if (!paint_one(line.substr(offset, character.length), character)) return false;
      offset += character.length;
    }
    return true;
  }

  void mark_cut() {
    text += cut_mark;
    column += cut_mark.size();
  }

  std::string text;
  std::size_t column = 0;

 private:
  bool paint_one(std::string_view bytes, const Character& character) {
    std::string shown{bytes};
    std::size_t width = 1;
    if (bytes == "\t") {
      width = tab_width - column % tab_width;
      shown.assign(width, ' ');
    } else if (!character.valid || is_control(character.code_point)) {
      shown = encode(replacement_character);
    } else {
      width = static_cast<std::size_t>(display_width(character.code_point));
    }
    if (column + width > longest_shown) return false;
    // Without this, marks that take no column could make a line of any length.
    if (text.size() > longest_shown * 8) return false;
    text += shown;
    column += width;
    return true;
  }
};

/// Where to start showing a line that is too long to show whole.
std::size_t window_start(std::string_view line, std::size_t begin) {
  std::size_t start = begin;
  for (std::size_t i = 0; i < characters_before && start > 0; ++i) start = previous_character(line, start);
  return start;
}

Excerpt paint_from(std::string_view line, std::size_t start, std::size_t begin, std::size_t end, bool& whole) {
  Excerpt excerpt;
  Painter painter;
  if (start > 0) painter.mark_cut();
  whole = painter.paint(line, start, begin);
  excerpt.indent = painter.column;
  whole = whole && painter.paint(line, begin, end);
  excerpt.width = std::max<std::size_t>(painter.column - excerpt.indent, 1);
  whole = whole && painter.paint(line, end, line.size());
  if (!whole) painter.mark_cut();
  excerpt.text = std::move(painter.text);
  return excerpt;
}

}  // namespace

Excerpt excerpt_of(Span span, const Sources& sources) {
  const SourceFile& file = sources.file(span.file);
  const std::uint32_t number = file.position(span.begin).line;
  const std::string_view line = file.line(number);
  const std::uint32_t line_start = file.line_start(number);
  const std::size_t begin = std::min<std::size_t>(span.begin - std::min(span.begin, line_start), line.size());
  const std::size_t end = std::clamp<std::size_t>(span.end - std::min(span.end, line_start), begin, line.size());

  bool whole = false;
  Excerpt excerpt = paint_from(line, 0, begin, end, whole);
  if (!whole) excerpt = paint_from(line, window_start(line, begin), begin, end, whole);
  excerpt.line = number;
  return excerpt;
}

}  // namespace proviso::text
