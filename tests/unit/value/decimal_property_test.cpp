#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "value/decimal.hpp"

using namespace proviso::value;

namespace {

constexpr Rounding all_modes[] = {Rounding::half_even, Rounding::half_up, Rounding::half_down, Rounding::up,
                                  Rounding::down,      Rounding::floor,   Rounding::ceiling};

// Of every size: an evenly chosen integer of 64 bits is nearly always near the limits.
std::int64_t any_decimal() {
  const auto bits = *rc::gen::inRange(0, 63);
  const auto raw = *rc::gen::arbitrary<std::uint64_t>();
  const auto value = static_cast<std::int64_t>(raw & ((std::uint64_t{2} << bits) - 1) & (~std::uint64_t{0} >> 1));
  return *rc::gen::arbitrary<bool>() ? -value : value;
}

Wide size_of(Wide value) { return value < 0 ? -value : value; }

// Unsigned within: the products here do not overflow, and not every run-time library can check a signed one.
Wide times(Wide a, Wide b) { return static_cast<Wide>(static_cast<UnsignedWide>(a) * static_cast<UnsignedWide>(b)); }

// Whether `rounded` is the integer nearest to numerator / denominator, and the even one of two that are as near.
bool is_nearest_even(Wide rounded, Wide numerator, Wide denominator) {
  const Wide error = times(size_of(times(rounded, denominator) - numerator), 2);
  const Wide size = size_of(denominator);
  return error < size || (error == size && rounded % 2 == 0);
}

bool in_range(Wide value) { return value >= -Wide{decimal_limit} && value <= Wide{decimal_limit}; }

}  // namespace

TEST_CASE("laws of decimals") {
  rc::prop("what is written reads as it was", [] {
    const std::int64_t value = any_decimal();
    RC_ASSERT(parse_decimal(format_decimal(value)).value == value);
    RC_ASSERT(parse_decimal(format_decimal(value) + "e0", true).value == value);
  });
  rc::prop("reading does not depend on where the point is written", [] {
    const std::int64_t value = any_decimal();
    RC_ASSERT(parse_decimal(std::to_string(value) + "e-6", true).value == value);
    RC_ASSERT(parse_decimal(std::to_string(value) + "00000e-11", true).value == value);
  });
  rc::prop("sums are exact or refused", [] {
    const std::int64_t a = any_decimal();
    const std::int64_t b = any_decimal();
    std::int64_t sum = 0;
    const bool done = add(a, b, sum);
    RC_ASSERT(done == in_range(Wide{a} + b));
    if (done) RC_ASSERT(Wide{sum} == Wide{a} + b);
    std::int64_t back = 0;
    if (done && subtract(sum, b, back)) RC_ASSERT(back == a);
  });
  rc::prop("products are the nearest decimals", [] {
    const std::int64_t a = any_decimal();
    const std::int64_t b = any_decimal();
    std::int64_t product = 0;
    std::int64_t swapped = 0;
    const bool done = multiply(a, b, product);
    RC_ASSERT(done == multiply(b, a, swapped));
    RC_ASSERT(product == swapped);
    if (done) {
      RC_ASSERT(is_nearest_even(product, times(a, b), decimal_scale));
    } else {
      RC_ASSERT(size_of(times(a, b)) >= times(decimal_limit, decimal_scale));
    }
  });
  rc::prop("quotients are the nearest decimals", [] {
    const std::int64_t a = any_decimal();
    const std::int64_t b = any_decimal();
    std::int64_t quotient = 0;
    if (divide(a, b, quotient)) {
      RC_ASSERT(is_nearest_even(quotient, times(a, decimal_scale), b));
    } else {
      RC_ASSERT(b == 0 || size_of(times(a, decimal_scale)) >= times(decimal_limit, size_of(b)));
    }
  });
  rc::prop("the remainder lies between nought and the divisor", [] {
    const std::int64_t a = any_decimal();
    const std::int64_t b = any_decimal();
    RC_PRE(b != 0);
    std::int64_t remainder = 0;
    RC_ASSERT(modulo(a, b, remainder));
    const bool inside = b > 0 ? remainder >= 0 && remainder < b : remainder <= 0 && remainder > b;
    RC_ASSERT(inside);
    RC_ASSERT((Wide{a} - remainder) % b == 0);
  });
  rc::prop("rescaling there and back again is no change", [] {
    const std::int64_t a = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
    const std::int64_t factor = *rc::gen::element<std::int64_t>(1, 10, 12, 1000, 1'000'000, 1'000'000'000);
    std::int64_t small = 0;
    std::int64_t back = 0;
    RC_ASSERT(rescale(a, factor, 1, small));
    RC_ASSERT(rescale(small, 1, factor, back));
    RC_ASSERT(back == a);
  });
}

TEST_CASE("laws of rounding") {
  rc::prop("a rounded number is a multiple less than one unit away, and stays there", [] {
    const std::int64_t a = any_decimal();
    const std::int64_t unit = *rc::gen::inRange<std::int64_t>(1, 100'000'000);
    for (const Rounding mode : all_modes) {
      std::int64_t result = 0;
      if (!round_to(a, unit, mode, result)) {
        RC_ASSERT(size_of(a) + unit > Wide{decimal_limit});
        continue;
      }
      RC_ASSERT(result % unit == 0);
      RC_ASSERT(size_of(Wide{result} - a) < Wide{unit});
      std::int64_t again = 0;
      RC_ASSERT(round_to(result, unit, mode, again));
      RC_ASSERT(again == result);
    }
  });
  rc::prop("each mode keeps to its side", [] {
    const std::int64_t a = any_decimal() / 2;
    const std::int64_t unit = *rc::gen::inRange<std::int64_t>(1, 1000);
    std::int64_t r[7] = {};
    for (std::size_t i = 0; i < 7; ++i) RC_ASSERT(round_to(a, unit, all_modes[i], r[i]));
    const auto [half_even, half_up, half_down, up, down, floor, ceiling] = r;
    RC_ASSERT(floor <= a);
    RC_ASSERT(ceiling >= a);
    RC_ASSERT(size_of(up) >= size_of(a));
    RC_ASSERT(size_of(down) <= size_of(a));
    for (const std::int64_t half : {half_even, half_up, half_down}) {
      RC_ASSERT(times(size_of(half - a), 2) <= Wide{unit});
      RC_ASSERT(half == floor || half == ceiling);
    }
    RC_ASSERT(size_of(half_up) >= size_of(half_down));
    if (times(size_of(half_even - a), 2) == Wide{unit}) RC_ASSERT(half_even / unit % 2 == 0);
  });
  rc::prop("the mirror image rounds to the mirror image, floor and ceiling trading places", [] {
    const std::int64_t a = any_decimal() / 2;
    const std::int64_t unit = *rc::gen::inRange<std::int64_t>(1, 1000);
    for (const Rounding mode : all_modes) {
      Rounding mirror = mode;
      if (mode == Rounding::floor) mirror = Rounding::ceiling;
      if (mode == Rounding::ceiling) mirror = Rounding::floor;
      std::int64_t one = 0;
      std::int64_t other = 0;
      RC_ASSERT(round_to(a, unit, mode, one));
      RC_ASSERT(round_to(-a, unit, mirror, other));
      RC_ASSERT(one == -other);
    }
  });
}
