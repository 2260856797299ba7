#include "value/decimal.hpp"

#include <array>
#include <charconv>

#include "value/characters.hpp"

namespace proviso::value {
namespace {

// The digits of a number as it is written, and the power of ten that multiplies them.
struct Digits {
  std::string_view whole;
  std::string_view fraction;
  std::int64_t exponent = 0;
  bool negative = false;
};

std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  const std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

// `e+12`, all of the text. Stops growing where any longer exponent means the same.
bool take_exponent(std::string_view& text, std::int64_t& exponent) {
  text.remove_prefix(1);
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::string_view digits = take_digits(text);
  if (digits.empty()) return false;
  constexpr std::int64_t enough = std::int64_t{1} << 60;  // beyond the length of any text
  for (const char digit : digits) {
    if (exponent < enough / 16) exponent = exponent * 10 + (digit - '0');
  }
  if (negative) exponent = -exponent;
  return true;
}

bool split(std::string_view text, bool allow_exponent, Digits& digits) {
  if (!text.empty() && text.front() == '-') {
    digits.negative = true;
    text.remove_prefix(1);
  }
  digits.whole = take_digits(text);
  if (digits.whole.empty()) return false;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    digits.fraction = take_digits(text);
    if (digits.fraction.empty()) return false;
  }
  if (allow_exponent && !text.empty() && (text.front() == 'e' || text.front() == 'E')) {
    if (!take_exponent(text, digits.exponent)) return false;
  }
  return text.empty();
}

ParsedDecimal failed(DecimalError error) { return {std::nullopt, error}; }

// From digits of any number and an exponent of any size.
ParsedDecimal assemble(const Digits& digits) {
  const std::size_t total = digits.whole.size() + digits.fraction.size();
  const auto digit = [&](std::size_t i) {
    return i < digits.whole.size() ? digits.whole[i] : digits.fraction[i - digits.whole.size()];
  };
  std::size_t first = 0;
  while (first < total && digit(first) == '0') ++first;
  if (first == total) return {0, {}};
  std::size_t last = total;
  while (digit(last - 1) == '0') --last;

  // The value in millionths is the digits [first, last) followed by `noughts` noughts.
  const std::int64_t noughts =
      digits.exponent + 6 + static_cast<std::int64_t>(total - last) - static_cast<std::int64_t>(digits.fraction.size());
  constexpr std::int64_t longest = 19;
  if (static_cast<std::int64_t>(last - first) + noughts > longest) return failed(DecimalError::out_of_range);
  if (noughts < 0) return failed(DecimalError::too_many_places);

  std::uint64_t value = 0;  // nineteen digits fit
  for (std::size_t i = first; i < last; ++i) value = value * 10 + static_cast<std::uint64_t>(digit(i) - '0');
  for (std::int64_t i = 0; i < noughts; ++i) value *= 10;
  if (value > static_cast<std::uint64_t>(decimal_limit)) return failed(DecimalError::out_of_range);
  const auto scaled = static_cast<std::int64_t>(value);
  return {digits.negative ? -scaled : scaled, {}};
}

// The form that almost every number has: an optional sign, up to twelve digits, and up to six after a point.
bool parse_plain(std::string_view text, std::int64_t& result) {
  constexpr std::array<std::int64_t, 7> power = {1, 10, 100, 1000, 10000, 100000, 1000000};
  const bool negative = !text.empty() && text.front() == '-';
  std::size_t i = negative ? 1 : 0;
  const std::size_t start = i;
  std::int64_t value = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) {
    if (i - start == 12) return false;
    value = value * 10 + (text[i] - '0');
  }
  if (i == start) return false;
  std::size_t places = 0;
  if (i < text.size()) {
    if (text[i] != '.') return false;
    for (++i; i < text.size() && is_digit(text[i]) && places < 6; ++i, ++places) value = value * 10 + (text[i] - '0');
    if (places == 0 || i != text.size()) return false;
  }
  value *= power[6 - places];
  result = negative ? -value : value;
  return true;
}

// The places after the point of `fraction` out of `width`, at least `least` of them, with the point.
void append_fraction(std::string& out, std::uint64_t fraction, int width, int least) {
  std::array<char, 6> digits{};
  for (int i = width - 1; i >= 0; --i) {
    digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + fraction % 10);
    fraction /= 10;
  }
  int length = width;
  while (length > least && digits[static_cast<std::size_t>(length) - 1] == '0') --length;
  if (length == 0) return;
  out += '.';
  out.append(digits.data(), static_cast<std::size_t>(length));
}

void append_places(std::string& out, std::uint64_t magnitude, std::uint64_t scale, int width, int least) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), magnitude / scale).ptr;
  out.append(digits.data(), end);
  append_fraction(out, magnitude % scale, width, least);
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

// Whether a quotient with a remainder moves away from zero. `rest` is the remainder's size, `above` what is missing
// from it to the next multiple.
bool away_from_zero(Rounding mode, bool negative, bool odd, std::int64_t rest, std::int64_t above) {
  switch (mode) {
    case Rounding::half_even:
      return rest > above || (rest == above && odd);
    case Rounding::half_up:
      return rest >= above;
    case Rounding::half_down:
      return rest > above;
    case Rounding::up:
      return true;
    case Rounding::down:
      return false;
    case Rounding::floor:
      return negative;
    case Rounding::ceiling:
      return !negative;
  }
  return false;
}

}  // namespace

bool round_to(std::int64_t a, std::int64_t unit, Rounding mode, std::int64_t& result) {
  if (unit <= 0) return false;
  const std::int64_t remainder = a % unit;
  if (remainder == 0) {
    result = a;
    return true;
  }
  const bool negative = a < 0;
  const std::int64_t rest = negative ? -remainder : remainder;
  const std::int64_t toward_zero = a - remainder;
  if (!away_from_zero(mode, negative, a / unit % 2 != 0, rest, unit - rest)) {
    result = toward_zero;
    return true;
  }
  return negative ? subtract(toward_zero, unit, result) : add(toward_zero, unit, result);
}

ParsedDecimal parse_decimal(std::string_view text, bool exponent) {
  std::int64_t plain = 0;
  if (parse_plain(text, plain)) return {plain, {}};
  Digits digits;
  if (!split(text, exponent, digits)) return failed(DecimalError::not_a_number);
  return assemble(digits);
}

void append_decimal(std::string& out, std::int64_t value) {
  if (value < 0) out += '-';
  append_places(out, magnitude(value), 1'000'000, 6, 0);
}

std::string format_decimal(std::int64_t value) {
  std::string out;
  append_decimal(out, value);
  return out;
}

std::string format_money(std::int64_t value) {
  std::string out = value < 0 ? "-£" : "£";
  append_places(out, magnitude(value), 1'000'000, 6, 2);
  return out;
}

std::string format_percent(std::int64_t value) {
  std::string out = value < 0 ? "-" : "";
  append_places(out, magnitude(value), 10'000, 4, 0);
  return out += '%';
}

}  // namespace proviso::value
