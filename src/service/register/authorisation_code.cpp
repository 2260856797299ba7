#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "service/register/authorisation.hpp"
#include "service/register/system.hpp"

// A code is a number of twenty digits to the base 32 that a prime divides. To slip in one digit adds `d * 32^i` with
// 0 < |d| < 32, and to exchange two neighbours `d * 31 * 32^i`: the prime divides neither, so both show, wherever they
// are.
namespace proviso::service {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view prefix = "PA";
constexpr std::size_t length = 20;
constexpr std::size_t check_length = 2;
constexpr std::size_t group = 5;
constexpr std::uint32_t base = 32;
/// The greatest prime that two digits hold every remainder of.
constexpr std::uint32_t prime = 1021;

std::uint32_t remainder(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char digit : digits) {
    value = (value * base + static_cast<std::uint32_t>(alphabet.find(digit))) % prime;
  }
  return value;
}

std::string in_groups(std::string_view digits) {
  std::string code(prefix);
  for (std::size_t i = 0; i < digits.size(); i += group) {
    code += '-';
    code += digits.substr(i, group);
  }
  return code;
}

/// Blanks and dashes, also those that word processors put in their place.
std::size_t separator_at(std::string_view text) {
  constexpr std::array separators = {" ",      "\t",     "\r",     "\n",     "-",      "\u00a0", "\u2010",
                                     "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\u202f"};
  for (const char* separator : separators) {
    const std::size_t size = std::strlen(separator);
    if (text.substr(0, size) == separator) return size;
  }
  return 0;
}

char in_capitals(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

char without_look_alike(char c) {
  switch (c) {
    case 'O':
      return '0';
    case 'I':
    case 'L':
      return '1';
    case 'U':
      return 'V';
    default:
      return c;
  }
}

}  // namespace

std::string new_code() {
  std::array<unsigned char, length - check_length> bytes{};
  fill_random(bytes.data(), bytes.size());
  std::string digits;
  for (const unsigned char byte : bytes) digits += alphabet[byte % base];
  const std::uint32_t check = (prime - remainder(digits + "00")) % prime;
  digits += alphabet[check / base];
  digits += alphabet[check % base];
  return in_groups(digits);
}

std::string tidy_code(std::string_view typed, bool& slipped) {
  slipped = false;
  std::string digits;
  while (!typed.empty()) {
    const std::size_t separator = separator_at(typed);
    if (separator == 0) digits += in_capitals(typed.front());
    typed.remove_prefix(separator == 0 ? 1 : separator);
    if (digits.size() > prefix.size() + length) return {};
  }
  if (digits.size() == prefix.size() + length && digits.starts_with(prefix)) digits.erase(0, prefix.size());
  if (digits.size() != length) return {};
  for (char& digit : digits) {
    digit = without_look_alike(digit);
    if (alphabet.find(digit) == std::string_view::npos) return {};
  }
  slipped = remainder(digits) != 0;
  if (slipped) return {};
  return in_groups(digits);
}

}  // namespace proviso::service
