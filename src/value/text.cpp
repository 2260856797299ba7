#include "value/text.hpp"

#include <cstdint>
#include <cstring>

namespace proviso::value {
namespace {

// The letter that stands for the character after a backslash, or 0 where it stands for itself.
constexpr char escape_letter(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\n':
      return 'n';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

constexpr char escaped_character(char letter) {
  switch (letter) {
    case '"':
    case '\\':
      return letter;
    case 'n':
      return '\n';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

// What a first byte says: how many bytes follow, and the least and greatest that the second may be. The limits of the
// second are what rules out overlong forms (E0, F0), surrogates (ED) and what is beyond U+10FFFF (F4).
struct Sequence {
  std::size_t following;
  unsigned char least;
  unsigned char greatest;
};

constexpr bool sequence(unsigned char first, Sequence& result) {
  if (first >= 0xC2 && first <= 0xDF) {
    result = {1, 0x80, 0xBF};
  } else if (first >= 0xE0 && first <= 0xEF) {
    result = {2, static_cast<unsigned char>(first == 0xE0 ? 0xA0 : 0x80),
              static_cast<unsigned char>(first == 0xED ? 0x9F : 0xBF)};
  } else if (first >= 0xF0 && first <= 0xF4) {
    result = {3, static_cast<unsigned char>(first == 0xF0 ? 0x90 : 0x80),
              static_cast<unsigned char>(first == 0xF4 ? 0x8F : 0xBF)};
  } else {
    return false;
  }
  return true;
}

bool eight_are_ascii(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (word & 0x8080808080808080U) == 0;
}

}  // namespace

std::string quote(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  out += '"';
  for (const char c : text) {
    if (const char letter = escape_letter(c)) {
      out += '\\';
      out += letter;
    } else {
      out += c;
    }
  }
  return out += '"';
}

std::optional<std::string> unquote(std::string_view quoted) {
  if (quoted.size() < 2 || quoted.front() != '"' || quoted.back() != '"') return std::nullopt;
  const std::string_view inside = quoted.substr(1, quoted.size() - 2);
  std::string out;
  out.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '"') return std::nullopt;
    if (inside[i] != '\\') {
      out += inside[i];
      continue;
    }
    if (++i == inside.size()) return std::nullopt;
    const char c = escaped_character(inside[i]);
    if (c == 0) return std::nullopt;
    out += c;
  }
  return out;
}

bool valid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (text.size() - i >= 8 && eight_are_ascii(text.data() + i)) {
      i += 8;
      continue;
    }
    const auto first = static_cast<unsigned char>(text[i++]);
    if (first < 0x80) continue;
    Sequence form{};
    if (!sequence(first, form) || text.size() - i < form.following) return false;
    const auto second = static_cast<unsigned char>(text[i++]);
    if (second < form.least || second > form.greatest) return false;
    for (std::size_t k = 1; k < form.following; ++k) {
      if ((static_cast<unsigned char>(text[i++]) & 0xC0) != 0x80) return false;
    }
  }
  return true;
}

}  // namespace proviso::value
