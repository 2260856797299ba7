#include <algorithm>

#include "input/csv_cells.hpp"
#include "input/given.hpp"
#include "input/reader.hpp"
#include "text/utf8.hpp"

namespace proviso::input {
namespace {

// Blanks of all kinds, and the marks that show as nothing: spreadsheets leave them round names.
bool is_invisible(char32_t c) {
  return c <= 0x20 || c == 0xA0 || c == 0xAD || c == 0xFEFF || (c >= 0x2000 && c <= 0x200F) || c == 0x202F ||
         c == 0x2060 || c == 0x3000;
}

std::string_view without_invisible(std::string_view name) {
  while (!name.empty()) {
    const text::Character first = text::decode(name, 0);
    if (!is_invisible(first.code_point)) break;
    name.remove_prefix(first.length);
  }
  while (!name.empty()) {
    const std::size_t last = text::previous_character(name, name.size());
    if (!is_invisible(text::decode(name, last).code_point)) break;
    name = name.substr(0, last);
  }
  return name;
}

}  // namespace

tl::expected<std::vector<std::string>, FileError> parse_csv_header(std::string_view text) {
  CsvCells cells;
  if (!cells.split(text)) return tl::make_unexpected(FileError{"the header is malformed: " + cells.message(), 1});
  std::vector<std::string> header;
  for (const std::string_view cell : cells.cells()) {
    const std::string_view name = without_invisible(cell);
    if (!name.empty() && std::find(header.begin(), header.end(), name) != header.end()) {
      return tl::make_unexpected(FileError{"the header has two columns " + excerpt(name), 1});
    }
    header.emplace_back(name);
  }
  return header;
}

}  // namespace proviso::input
