#include "input/names.hpp"

#include <algorithm>

#include "text/utf8.hpp"
#include "value/characters.hpp"

namespace proviso::input {
namespace {

// Shown as nothing: soft hyphen, zero-width space, joiners and marks of direction, word joiner, byte order mark.
bool is_mark(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF; }

bool is_space(char32_t c) {
  return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}

bool is_invisible(char32_t c) { return is_space(c) || is_mark(c); }

}  // namespace

std::string normalised_name(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const text::Character character = text::decode(name, at);
    if (character.code_point == U'_' || is_space(character.code_point)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (character.length == 1) {
      out += value::small_letter(name[at]);
    } else if (!is_mark(character.code_point)) {
      out += name.substr(at, character.length);
    }
    at += character.length;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string_view without_invisible_ends(std::string_view name) {
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

bool has_high_bytes(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool is_heading(const std::vector<std::string>& header, const std::vector<std::string_view>& cells) {
  return std::equal(
      header.begin(), header.end(), cells.begin(), cells.end(),
      [](const std::string& name, std::string_view cell) { return name == without_invisible_ends(cell); });
}

std::string_view tidied(std::string_view cell, std::string& buffer) {
  if (!has_high_bytes(cell)) return value::trimmed(cell);
  buffer.clear();
  for (std::size_t at = 0; at < cell.size();) {
    const text::Character character = text::decode(cell, at);
    if (is_space(character.code_point)) {
      buffer += ' ';
    } else if (!is_mark(character.code_point)) {
      buffer += cell.substr(at, character.length);
    }
    at += character.length;
  }
  return value::trimmed(buffer);
}

ColumnNames::ColumnNames(const std::vector<std::string>& header) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].empty()) continue;
    exact_.emplace(header[i], i);
    normalised_.emplace(normalised_name(header[i]), i);
  }
}

std::size_t ColumnNames::find(std::string_view name) const {
  if (const auto found = exact_.find(name); found != exact_.end()) return found->second;
  const auto found = normalised_.find(normalised_name(name));
  return found == normalised_.end() ? none : found->second;
}

}  // namespace proviso::input
