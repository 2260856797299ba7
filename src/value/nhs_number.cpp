#include <array>
#include <cstddef>

#include "value/code.hpp"

namespace proviso::value {
namespace {

// The ten digits out of `9990000018` or `999 000 0018`.
bool take_digits(std::string_view text, std::array<int, 10>& digits) {
  const bool spaced = text.size() == 12;
  if (!spaced && text.size() != 10) return false;
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (spaced && (i == 3 || i == 7)) {
      if (text[i] != ' ') return false;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return false;
    digits[count++] = text[i] - '0';
  }
  return true;
}

}  // namespace

bool valid_nhs_number(std::string_view text) {
  std::array<int, 10> digits{};
  if (!take_digits(text, digits)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += digits[i] * (10 - static_cast<int>(i));
  // 11 stands for 0. A number that would need a check digit of 10 is never issued, and no digit equals it.
  return (11 - sum % 11) % 11 == digits[9];
}

}  // namespace proviso::value
