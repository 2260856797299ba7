#include "output/show_table.hpp"

#include <algorithm>
#include <numeric>

#include "text/utf8.hpp"

namespace proviso::output {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 8;

std::size_t columns(std::string_view text) {
  std::size_t total = 0;
  for (std::size_t i = 0; i < text.size();) {
    const text::Character character = text::decode(text, i);
    total += static_cast<std::size_t>(text::display_width(character.code_point));
    i += character.length;
  }
  return total;
}

/// How many bytes of the text fit, at least one character.
std::size_t fitting(std::string_view text, std::size_t width) {
  std::size_t total = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const text::Character character = text::decode(text, end);
    total += static_cast<std::size_t>(text::display_width(character.code_point));
    if (total > width && end > 0) break;
    end += character.length;
  }
  return end;
}

/// The widest word of the column: no column is narrower, so that names stay whole, but for what fills a terminal.
std::size_t widest_word(const std::vector<TableRow>& rows, std::size_t column, std::size_t available) {
  std::size_t widest = narrowest;
  for (const TableRow& row : rows) {
    for (const std::string& line : row[column]) {
      for (std::size_t start = 0; start < line.size();) {
        const std::size_t end = std::min(line.find(' ', start), line.size());
        widest = std::max(widest, columns(std::string_view(line).substr(start, end - start)));
        start = end + 1;
      }
    }
  }
  return std::min(widest, available / 2);
}

std::vector<std::size_t> widths_of(const std::vector<std::string>& headings, const std::vector<TableRow>& rows,
                                   std::size_t available) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    widths.push_back(columns(headings[i]));
    for (const TableRow& row : rows) {
      for (const std::string& line : row[i]) widths[i] = std::max(widths[i], columns(line));
    }
  }
  // Narrow columns first: each takes at most its share of what is left.
  std::vector<std::size_t> order(widths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return widths[a] < widths[b]; });
  std::size_t left = available;
  for (std::size_t i = 0; i < order.size(); ++i) {
    std::size_t& width = widths[order[i]];
    width = std::min(width, std::max(left / (order.size() - i), widest_word(rows, order[i], available)));
    left -= std::min(left, width);
  }
  return widths;
}

void append_row(std::string& out, const TableRow& row, const std::vector<std::size_t>& widths, std::size_t indent) {
  std::vector<std::vector<std::string>> wrapped;
  std::size_t height = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    std::vector<std::string> lines;
    for (const std::string& line : row[i]) {
      for (std::string& piece : wrap(line, widths[i])) lines.push_back(std::move(piece));
    }
    height = std::max(height, lines.size());
    wrapped.push_back(std::move(lines));
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::string text(indent, ' ');
    std::size_t written = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i < wrapped.size(); ++i) {
      if (line < wrapped[i].size() && !wrapped[i][line].empty()) {
        text.append(start - written, ' ');
        text += wrapped[i][line];
        written = start + columns(wrapped[i][line]);
      }
      start += widths[i] + gap;
    }
    out += text;
    out += '\n';
  }
}

}  // namespace

std::vector<std::string> wrap(std::string_view line, std::size_t width) {
  if (columns(line) <= width) return {std::string(line)};
  const std::size_t spaces = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t indent = spaces + narrowest <= width ? spaces : 0;
  const std::size_t room = std::max<std::size_t>(width - std::min(indent, width), 1);
  std::vector<std::string> pieces;
  std::string_view rest = line.substr(spaces);
  do {
    std::size_t end = fitting(rest, room);
    if (end < rest.size() && rest[end] != ' ') {
      const std::size_t space = rest.substr(0, end).rfind(' ');
      if (space != std::string_view::npos && space > 0) end = space;
    }
    pieces.push_back(std::string(indent, ' ') + std::string(rest.substr(0, end)));
    rest.remove_prefix(end);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  } while (!rest.empty());
  return pieces;
}

void append_table(std::string& out, const std::vector<std::string>& headings, const std::vector<TableRow>& rows,
                  std::size_t width, std::size_t indent) {
  const std::size_t between = indent + gap * (headings.size() - 1);
  const auto widths = widths_of(headings, rows, width > between ? width - between : 0);
  TableRow titles;
  TableRow underlines;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    titles.push_back({headings[i]});
    underlines.push_back({std::string(widths[i], '-')});
  }
  append_row(out, titles, widths, indent);
  append_row(out, underlines, widths, indent);
  for (const TableRow& row : rows) append_row(out, row, widths, indent);
}

}  // namespace proviso::output
