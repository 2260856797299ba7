#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::value {

/// Decimals are 64-bit integers scaled by a million: exact to six places, 18 significant digits and more.
/// The range is symmetric: the most negative 64-bit integer is outside it.
inline constexpr std::int64_t decimal_scale = 1'000'000;
inline constexpr std::int64_t decimal_limit = INT64_MAX;

enum class Rounding : std::uint8_t { half_even, half_up, half_down, up, down, floor, ceiling };

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

namespace detail {

/// Exact. Unsigned within, because it cannot overflow and the check for that is not in every run-time library.
constexpr Wide product(std::int64_t a, std::int64_t b) {
  return static_cast<Wide>(static_cast<UnsignedWide>(Wide{a}) * static_cast<UnsignedWide>(Wide{b}));
}

/// numerator / denominator rounded half to even. The denominator is not 0, and no operand is the least of its type.
template <typename Integer>
constexpr Integer quotient_half_even(Integer numerator, Integer denominator) {
  const Integer quotient = numerator / denominator;
  const Integer remainder = numerator % denominator;
  if (remainder == 0) return quotient;
  const Integer size = denominator < 0 ? -denominator : denominator;
  const Integer rest = remainder < 0 ? -remainder : remainder;
  const Integer above = size - rest;  // not 2 * rest, which could overflow
  if (rest < above || (rest == above && quotient % 2 == 0)) return quotient;
  return (numerator < 0) == (denominator < 0) ? quotient + 1 : quotient - 1;
}

constexpr bool narrow(Wide value, std::int64_t& result) {
  if (value > decimal_limit || value < -decimal_limit) return false;
  result = static_cast<std::int64_t>(value);
  return true;
}

}  // namespace detail

// Each returns false where the result leaves the range or is not defined, and then leaves `result` alone. Operands
// are in the range. Inline, because column loops call them for every record.
constexpr bool add(std::int64_t a, std::int64_t b, std::int64_t& result) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum) || sum < -decimal_limit) return false;
  result = sum;
  return true;
}
constexpr bool subtract(std::int64_t a, std::int64_t b, std::int64_t& result) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference) || difference < -decimal_limit) return false;
  result = difference;
  return true;
}
/// a * b of decimals, rounded half to even at the sixth place.
constexpr bool multiply(std::int64_t a, std::int64_t b, std::int64_t& result) {
  std::int64_t product = 0;
  // Division by a constant of 64 bits is many times faster than one of 128.
  if (!__builtin_mul_overflow(a, b, &product) && product >= -decimal_limit) {
    result = detail::quotient_half_even(product, decimal_scale);
    return true;
  }
  return detail::narrow(detail::quotient_half_even(detail::product(a, b), Wide{decimal_scale}), result);
}
/// a / b of decimals, rounded half to even at the sixth place; false for b = 0.
constexpr bool divide(std::int64_t a, std::int64_t b, std::int64_t& result) {
  if (b == 0) return false;
  std::int64_t scaled = 0;
  if (!__builtin_mul_overflow(a, decimal_scale, &scaled) && scaled >= -decimal_limit) {
    result = detail::quotient_half_even(scaled, b);
    return true;
  }
  return detail::narrow(detail::quotient_half_even(detail::product(a, decimal_scale), Wide{b}), result);
}
/// The remainder with the sign of the divisor; false for b = 0.
constexpr bool modulo(std::int64_t a, std::int64_t b, std::int64_t& result) {
  if (b == 0) return false;
  const std::int64_t remainder = a % b;
  result = remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
  return true;
}
/// The multiple of `unit` that `mode` chooses; false for a unit that is not above 0.
bool round_to(std::int64_t a, std::int64_t unit, Rounding mode, std::int64_t& result);
/// a * numerator / denominator, rounded half to even: for units. False for a denominator of 0.
constexpr bool rescale(std::int64_t a, std::int64_t numerator, std::int64_t denominator, std::int64_t& result) {
  if (denominator == 0) return false;
  return detail::narrow(detail::quotient_half_even(detail::product(a, numerator), Wide{denominator}), result);
}

/// Why a decimal could not be read.
enum class DecimalError : std::uint8_t { not_a_number, too_many_places, out_of_range };

struct ParsedDecimal {
  std::optional<std::int64_t> value;
  DecimalError error = DecimalError::not_a_number;
};

/// Reads `-12.5`; with `exponent`, also `1.25e1` as JSON writes numbers. Never rounds: trailing noughts aside, a
/// seventh place is an error. No white space, plus sign, bare point or thousands commas. Noughts may lead (`007`).
/// A number of too great a size is out_of_range, whatever its places.
ParsedDecimal parse_decimal(std::string_view text, bool exponent = false);

/// `-12.5`: no trailing noughts, no exponent.
std::string format_decimal(std::int64_t value);
void append_decimal(std::string& out, std::int64_t value);
/// `£352.14`, `-£0.50`, `£0.333333`: at least two places.
std::string format_money(std::int64_t value);
/// `50%`, `33.3333%`.
std::string format_percent(std::int64_t value);

}  // namespace proviso::value
