#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::text {

/// U+FFFD, which stands for what cannot be shown.
inline constexpr char32_t replacement_character = 0xFFFD;

/// One character as it stands in the bytes. Where the bytes are not UTF-8: one byte, the replacement character,
/// `valid` false.
struct Character {
  char32_t code_point = replacement_character;
  std::size_t length = 1;
  bool valid = false;
};

/// The character that begins at `offset`, which must be less than the size of `bytes`. Overlong forms, surrogates
/// and numbers above U+10FFFF are not UTF-8.
Character decode(std::string_view bytes, std::size_t offset);

/// Where the first byte stands that is not part of valid UTF-8; nothing if all is well.
std::optional<std::size_t> find_invalid_utf8(std::string_view bytes);

/// Where the character starts that ends at `offset`, which must be more than 0.
std::size_t previous_character(std::string_view bytes, std::size_t offset);

/// How many characters, a byte that is not UTF-8 counting as one.
std::size_t count_characters(std::string_view bytes);

/// The same text with every byte that is not UTF-8 replaced.
std::string to_valid_utf8(std::string_view bytes);

/// Whether a character would act on a terminal instead of being shown: the C0 and C1 controls (tab and line feed
/// too), and the marks that reorder the text around them.
bool is_control(char32_t code_point);

/// Columns that a character takes on a terminal: 0 for combining marks, 2 for wide ones, otherwise 1.
int display_width(char32_t code_point);

/// UTF-8 of one code point.
std::string encode(char32_t code_point);

}  // namespace proviso::text
