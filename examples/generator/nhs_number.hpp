#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "random.hpp"

namespace referrals {

/// Of nine digits; none where it would be 10, and no number has them.
inline std::optional<char> check_digit(std::string_view digits) {
  int sum = 0;
  for (std::size_t at = 0; at < 9; ++at) sum += (digits[at] - '0') * (10 - static_cast<int>(at));
  const int check = (11 - sum % 11) % 11;
  if (check == 10) return {};
  return static_cast<char>('0' + check);
}

/// A number of the test range with its check digit.
inline std::string nhs_number(Random& random) {
  while (true) {
    std::string digits = "999";
    while (digits.size() < 9) digits += static_cast<char>('0' + random.between(0, 9));
    if (const auto check = check_digit(digits)) return digits + *check;
  }
}

}  // namespace referrals
