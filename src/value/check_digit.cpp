#include "value/check_digit.hpp"

#include <array>
#include <cstdint>

namespace proviso::value {
namespace {

using Row = std::array<std::uint8_t, 10>;

// The product in the symmetries of the pentagon: 0 to 4 turn it, 5 to 9 turn it over.
constexpr std::uint8_t product(std::uint8_t a, std::uint8_t b) {
  const int turn_a = a % 5;
  const int turn_b = b % 5;
  const int turn = (a < 5 ? turn_a + turn_b : turn_a - turn_b + 5) % 5;
  return static_cast<std::uint8_t>(turn + ((a < 5) == (b < 5) ? 0 : 5));
}

constexpr std::array<Row, 10> make_products() {
  std::array<Row, 10> table{};
  for (std::uint8_t a = 0; a < 10; ++a) {
    for (std::uint8_t b = 0; b < 10; ++b) table[a][b] = product(a, b);
  }
  return table;
}

// Verhoeff's permutation of the digits, applied once more at each place from the right; eight times is none.
constexpr std::array<Row, 8> make_permutations() {
  constexpr Row step = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  std::array<Row, 8> table{};
  for (std::uint8_t digit = 0; digit < 10; ++digit) table[0][digit] = digit;
  for (std::size_t place = 1; place < 8; ++place) {
    for (std::size_t digit = 0; digit < 10; ++digit) table[place][digit] = step[table[place - 1][digit]];
  }
  return table;
}

constexpr std::array<Row, 10> products = make_products();
constexpr std::array<Row, 8> permutations = make_permutations();

}  // namespace

bool valid_verhoeff(std::string_view digits) {
  std::uint8_t check = 0;
  for (std::size_t place = 0; place < digits.size(); ++place) {
    const auto digit = static_cast<std::size_t>(digits[digits.size() - 1 - place] - '0');
    check = products[check][permutations[place % 8][digit]];
  }
  return check == 0 && !digits.empty();
}

}  // namespace proviso::value
