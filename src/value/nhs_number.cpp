#include "value/nhs_number.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>

#include "value/characters.hpp"
#include "value/code.hpp"

namespace proviso::value {
namespace {

using TenDigits = std::array<int, 10>;

// The ten digits out of `9990000018` or `999 000 0018`.
bool take_digits(std::string_view text, TenDigits& digits) {
  const bool spaced = text.size() == 12;
  if (!spaced && text.size() != 10) return false;
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (spaced && (i == 3 || i == 7)) {
      if (text[i] != ' ') return false;
      continue;
    }
    if (!is_digit(text[i])) return false;
    digits[count++] = text[i] - '0';
  }
  return true;
}

bool is_dummy(const TenDigits& digits) {
  constexpr TenDigits nine_noughts_nine = {9, 0, 0, 0, 0, 0, 0, 0, 0, 9};
  return digits == nine_noughts_nine ||
         std::adjacent_find(digits.begin(), digits.end(), std::not_equal_to<>()) == digits.end();
}

}  // namespace

bool dummy_nhs_number(std::string_view text) {
  TenDigits digits{};
  return take_digits(text, digits) && is_dummy(digits);
}

bool valid_nhs_number(std::string_view text) {
  TenDigits digits{};
  if (!take_digits(text, digits) || is_dummy(digits)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += digits[i] * (10 - static_cast<int>(i));
  // 11 stands for 0. A number that would need a check digit of 10 is never issued, and no digit equals it.
  return (11 - sum % 11) % 11 == digits[9];
}

}  // namespace proviso::value
