#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace proviso::text {
namespace {

constexpr unsigned char_byte(char c) { return static_cast<unsigned char>(c); }

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array<Range, 9> combining{{{0x0300, 0x036F},
                                          {0x0483, 0x0489},
                                          {0x0591, 0x05BD},
                                          {0x064B, 0x065F},
                                          {0x1AB0, 0x1AFF},
                                          {0x1DC0, 0x1DFF},
                                          {0x200B, 0x200D},
                                          {0x20D0, 0x20FF},
                                          {0xFE00, 0xFE0F}}};

constexpr std::array<Range, 11> wide{{{0x1100, 0x115F},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0xA4CF},
                                      {0xA960, 0xA97C},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},
                                      {0xFFE0, 0xFFE6},
                                      {0x1F300, 0x1FAFF},
                                      {0x20000, 0x3FFFD}}};

template <std::size_t size>
bool contains(const std::array<Range, size>& ranges, char32_t code_point) {
  return std::any_of(ranges.begin(), ranges.end(), [code_point](const Range& range) {
    return code_point >= range.first && code_point <= range.last;
  });
}

}  // namespace

Character decode(std::string_view bytes, std::size_t offset) {
  const unsigned lead = char_byte(bytes[offset]);
  if (lead < 0x80) return {static_cast<char32_t>(lead), 1, true};
  std::size_t length = 0;
  std::uint32_t code_point = 0;
  std::uint32_t least = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2, code_point = lead & 0x1FU, least = 0x80;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3, code_point = lead & 0x0FU, least = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4, code_point = lead & 0x07U, least = 0x10000;
  } else {
    return {};
  }
  if (bytes.size() - offset < length) return {};
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned next = char_byte(bytes[offset + i]);
    if ((next & 0xC0U) != 0x80U) return {};
    code_point = (code_point << 6U) | (next & 0x3FU);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < least || surrogate || code_point > 0x10FFFF) return {};
  return {static_cast<char32_t>(code_point), length, true};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view bytes) {
  for (std::size_t offset = 0; offset < bytes.size();) {
    const Character character = decode(bytes, offset);
    if (!character.valid) return offset;
    offset += character.length;
  }
  return std::nullopt;
}

std::size_t previous_character(std::string_view bytes, std::size_t offset) {
  // A first byte never stands inside another character, so a longer character that fits is the one.
  for (std::size_t length = std::min<std::size_t>(offset, 4); length > 1; --length) {
    if (decode(bytes, offset - length).length == length) return offset - length;
  }
  return offset - 1;
}

std::size_t count_characters(std::string_view bytes) {
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < bytes.size(); ++count) offset += decode(bytes, offset).length;
  return count;
}

std::string to_valid_utf8(std::string_view bytes) {
  if (!find_invalid_utf8(bytes)) return std::string{bytes};
  std::string result;
  result.reserve(bytes.size());
  for (std::size_t offset = 0; offset < bytes.size();) {
    const Character character = decode(bytes, offset);
    if (character.valid) {
      result += bytes.substr(offset, character.length);
    } else {
      result += encode(replacement_character);
    }
    offset += character.length;
  }
  return result;
}

bool is_control(char32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x061C ||
         code_point == 0x200E || code_point == 0x200F || (code_point >= 0x2028 && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0xFEFF;
}

int display_width(char32_t code_point) {
  if (code_point < 0x0300) return 1;
  if (contains(combining, code_point)) return 0;
  return contains(wide, code_point) ? 2 : 1;
}

std::string encode(char32_t code_point) {
  const auto continuation = [code_point](unsigned shift) {
    return static_cast<char>(0x80U | ((static_cast<std::uint32_t>(code_point) >> shift) & 0x3FU));
  };
  const auto lead = [code_point](unsigned mark, unsigned shift) {
    return static_cast<char>(mark | (static_cast<std::uint32_t>(code_point) >> shift));
  };
  if (code_point < 0x80) return {static_cast<char>(code_point)};
  if (code_point < 0x800) return {lead(0xC0U, 6), continuation(0)};
  if (code_point < 0x10000) return {lead(0xE0U, 12), continuation(6), continuation(0)};
  return {lead(0xF0U, 18), continuation(12), continuation(6), continuation(0)};
}

}  // namespace proviso::text
