#pragma once

#include <string>
#include <string_view>

/// Single characters of ASCII, whatever the locale. All others are neither digits nor blanks nor capitals.
namespace proviso::value {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What JSON takes for a blank: space, tab, line feed and carriage return.
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

constexpr char small_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string small_letters(std::string_view text);

/// Without blanks at its end, or at both.
std::string_view trimmed_end(std::string_view text);
std::string_view trimmed(std::string_view text);

}  // namespace proviso::value
