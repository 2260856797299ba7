#include "input/csv_cells.hpp"

#include <algorithm>

#include "input/json_text.hpp"
#include "text/utf8.hpp"

namespace proviso::input {

bool CsvCells::split(std::string_view text, bool any_bytes) {
  cells_.clear();
  unescaped_.clear();
  unescaped_.reserve(text.size());  // so that the cells in it stay where they are
  if (!any_bytes && !valid_utf8(text)) {
    return unreadable("bytes that are not UTF-8", text, text::find_invalid_utf8(text).value_or(text.size()));
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    return unreadable("a NUL byte", text, nul);
  return cut(text);
}

// All cells before the one with the byte are there.
bool CsvCells::unreadable(std::string_view what, std::string_view text, std::size_t at) {
  if (cut(text.substr(0, at))) cells_.pop_back();
  return malformed(what, text, at);
}

bool CsvCells::cut(std::string_view text) {
  std::size_t at = 0;
  while (true) {
    if (at < text.size() && text[at] == '"') {
      if (!quoted_cell(text, at)) return false;
    } else {
      const std::size_t end = std::min(text.find(',', at), text.size());
      const std::string_view cell = text.substr(at, end - at);
      if (const std::size_t bad = cell.find('\r'); bad != std::string_view::npos) {
        return malformed("a carriage return outside quotes", text, at + bad);
      }
      cells_.push_back(cell);
      at = end;
    }
    if (at == text.size()) return true;
    ++at;  // the comma; after the last one an empty cell follows
  }
}

// From the opening quote to the comma or the end after the closing one.
bool CsvCells::quoted_cell(std::string_view text, std::size_t& at) {
  const std::size_t open = at;
  std::size_t from = at + 1;
  const std::size_t begin = unescaped_.size();
  while (true) {
    const std::size_t quote = text.find('"', from);
    if (quote == std::string_view::npos) return malformed("a quote is never closed: it stands", text, open);
    if (quote + 1 < text.size() && text[quote + 1] == '"') {
      unescaped_.append(text.substr(from, quote + 1 - from));
      from = quote + 2;
      continue;
    }
    at = quote + 1;
    if (at < text.size() && text[at] != ',') return malformed("more after the closing quote of a cell", text, at);
    if (unescaped_.size() == begin && from == open + 1) {
      cells_.push_back(text.substr(from, quote - from));
    } else {
      unescaped_.append(text.substr(from, quote - from));
      cells_.push_back(std::string_view(unescaped_).substr(begin));
    }
    return true;
  }
}

bool CsvCells::malformed(std::string_view what, std::string_view text, std::size_t at) {
  message_ = what;
  message_ += " at column " + std::to_string(text::count_characters(text.substr(0, at)) + 1);
  return false;
}

}  // namespace proviso::input
