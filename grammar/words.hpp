#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// What the rules and the tools around them know about characters and words, without the parser library.
namespace proviso::grammar {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_name_character(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/// Every unit, compound ones too.
inline constexpr std::array unit_words = {
#define PROVISO_UNIT(name, word, dimension, size) std::string_view(word),
#include "value/units.def"
#undef PROVISO_UNIT
};

/// Units that an author may write after the number 1, and how the tree spells them.
struct SingularUnit {
  std::string_view singular;
  std::string_view plural;
};
inline constexpr std::array singular_units = {
    SingularUnit{"year", "years"}, SingularUnit{"month", "months"}, SingularUnit{"week", "weeks"},
    SingularUnit{"day", "days"},   SingularUnit{"hour", "hours"},   SingularUnit{"minute", "minutes"},
};

/// The reserved words of reserved_words.def, in its order, without the units.
inline constexpr std::array reserved_keywords = {
#define PROVISO_RESERVED(word) std::string_view(#word),
#define PROVISO_CONTEXTUAL(word)
#include "reserved_words.def"
#undef PROVISO_RESERVED
#undef PROVISO_CONTEXTUAL
};

inline constexpr std::array contextual_keywords = {
#define PROVISO_RESERVED(word)
#define PROVISO_CONTEXTUAL(word) std::string_view(#word),
#include "reserved_words.def"
#undef PROVISO_RESERVED
#undef PROVISO_CONTEXTUAL
};

namespace detail {
/// Sorted, so that the many names of a file are looked up quickly; compound units are no words and stay out.
constexpr auto sorted_reserved_words() {
  std::array<std::string_view, reserved_keywords.size() + unit_words.size()> words{};
  std::size_t count = 0;
  for (auto word : reserved_keywords) words[count++] = word;
  for (auto word : unit_words) words[count++] = word.find('/') == std::string_view::npos ? word : std::string_view();
  std::sort(words.begin(), words.end());
  return words;
}
}  // namespace detail

inline constexpr auto sorted_reserved_words = detail::sorted_reserved_words();

/// Words that no value, record or library may be called.
inline bool is_reserved_word(std::string_view word) {
  return !word.empty() && std::binary_search(sorted_reserved_words.begin(), sorted_reserved_words.end(), word);
}

inline bool is_unit_word(std::string_view word) {
  return std::find(unit_words.begin(), unit_words.end(), word) != unit_words.end();
}

/// The plural of `day` and the like; an empty view where the word is not the singular of a unit.
inline std::string_view plural_unit(std::string_view word) {
  for (const auto& unit : singular_units) {
    if (unit.singular == word) return unit.plural;
  }
  return {};
}

/// Where the name that starts at `begin` ends; `begin` where none does.
inline const char* past_name(const char* begin, const char* end) {
  if (begin == end || !is_letter(*begin)) return begin;
  return std::find_if_not(begin, end, is_name_character);
}

/// Where the text that opens at `quote` ends, its closing quote included. A text never runs over the end of its line:
/// one that is not closed ends there.
inline const char* past_text(const char* quote, const char* end) {
  const char* at = quote + 1;
  while (at != end && !is_line_end(*at)) {
    if (*at == '"') return at + 1;
    if (*at == '\\' && at + 1 != end && !is_line_end(at[1])) ++at;
    ++at;
  }
  return at;
}

inline const char* past_line(const char* begin, const char* end) { return std::find_if(begin, end, is_line_end); }

/// Where white space and comments end.
inline const char* past_white_space(const char* begin, const char* end) {
  const char* at = begin;
  while (at != end) {
    if (is_blank(*at) || is_line_end(*at)) {
      ++at;
    } else if (*at == '#') {
      at = past_line(at, end);
    } else {
      break;
    }
  }
  return at;
}

inline const char* past_blanks(const char* begin, const char* end) { return std::find_if_not(begin, end, is_blank); }

/// Where the unit that starts at `begin` ends; `begin` where none does. `kg/m2` is one unit, though `kg` is one too.
inline const char* past_unit(const char* begin, const char* end) {
  const auto view = [&](const char* stop) { return std::string_view(begin, static_cast<std::size_t>(stop - begin)); };
  const char* plain = past_name(begin, end);
  if (plain == begin) return begin;
  if (plain != end && *plain == '/') {
    const char* compound = past_name(plain + 1, end);
    if (is_unit_word(view(compound))) return compound;
  }
  const bool known = is_unit_word(view(plain)) || !plural_unit(view(plain)).empty();
  return known ? plain : begin;
}

/// Where a word ends that looks like a unit, known or not: `kg/m^2`, `stone`, `kg/m` with the sign for squares. `begin`
/// where none does.
inline const char* past_unit_like(const char* begin, const char* end) {
  if (begin == end || !is_letter(*begin)) return begin;
  const auto is_power = [&](const char* at) {
    return end - at >= 2 && *at == '\xC2' && (at[1] == '\xB2' || at[1] == '\xB3');
  };
  const char* at = begin;
  while (at != end) {
    if (is_name_character(*at) || *at == '/' || *at == '^') {
      ++at;
    } else if (is_power(at)) {
      at += 2;
    } else {
      break;
    }
  }
  return at;
}

/// Such a word with a power that is written otherwise than in `kg/m2`; `begin` where there is none.
inline const char* past_raised_unit(const char* begin, const char* end) {
  const char* stop = past_unit_like(begin, end);
  const bool raised = std::find_if(begin, stop, [](char c) { return c == '^' || c == '\xC2'; }) != stop;
  return raised ? stop : begin;
}

}  // namespace proviso::grammar
