#include "value/decimal.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace proviso::value;

namespace {

constexpr std::int64_t whole(std::int64_t number) { return number * decimal_scale; }

std::int64_t parsed(std::string_view text) {
  const ParsedDecimal decimal = parse_decimal(text);
  INFO(text);
  REQUIRE(decimal.value.has_value());
  return *decimal.value;
}

void check_fails(std::string_view text, bool exponent, DecimalError error) {
  INFO(text);
  const ParsedDecimal decimal = parse_decimal(text, exponent);
  CHECK_FALSE(decimal.value.has_value());
  CHECK(decimal.error == error);
}

// The result of an operation that must succeed.
template <typename Operation, typename... Operands>
std::int64_t result_of(Operation operation, Operands... operands) {
  std::int64_t result = 0;
  REQUIRE(operation(operands..., result));
  return result;
}

std::string rounded(std::string_view number, std::string_view unit, Rounding mode) {
  std::int64_t result = 0;
  REQUIRE(round_to(parsed(number), parsed(unit), mode, result));
  return format_decimal(result);
}

}  // namespace

TEST_CASE("decimals read as they are written") {
  CHECK(parsed("0") == 0);
  CHECK(parsed("-0") == 0);
  CHECK(parsed("-0.000000") == 0);
  CHECK(parsed("12") == whole(12));
  CHECK(parsed("-12.5") == -12'500'000);
  CHECK(parsed("0.000001") == 1);
  CHECK(parsed("-0.000001") == -1);
  CHECK(parsed("1.50000000") == 1'500'000);
  CHECK(parsed("007.10") == 7'100'000);
  CHECK(parsed("123456789012.123456") == 123'456'789'012'123'456);
  CHECK(parsed("9223372036854.775807") == decimal_limit);
  CHECK(parsed("-9223372036854.775807") == -decimal_limit);
  CHECK(parsed("0000000000000000000000000000009223372036854.775807000000000000") == decimal_limit);
}

TEST_CASE("what is no decimal is told from what does not fit") {
  for (const char* text : {"",    "-",  "+1",   ".5",  "5.",       "-.5", " 1", "1 ",    "1,000", "1.2.3",
                           "--1", "1-", "0x10", "NaN", "Infinity", "1e3", "£1", "1_000", "1.-5",  "\xd9\xa1"}) {
    check_fails(text, false, DecimalError::not_a_number);
  }
  for (const char* text : {"1e", "1e+", "1e-", "e5", "1e1.5", "1e5 ", "1ee5", "1e+-5", ".e5", "1.e5", "-e1"}) {
    check_fails(text, true, DecimalError::not_a_number);
  }
  check_fails(std::string_view("1\0", 2), true, DecimalError::not_a_number);
  check_fails("0.0000001", false, DecimalError::too_many_places);
  check_fails("1.0000005", false, DecimalError::too_many_places);
  check_fails("-123456789012.1234567", false, DecimalError::too_many_places);
  check_fails("9223372036854.775808", false, DecimalError::out_of_range);
  check_fails("-9223372036854.775808", false, DecimalError::out_of_range);
  check_fails("10000000000000", false, DecimalError::out_of_range);
  check_fails("99999999999999999999999999999999", false, DecimalError::out_of_range);
  check_fails("99999999999999999999.1234567", false, DecimalError::out_of_range);
}

TEST_CASE("decimals read as JSON writes numbers") {
  const auto json = [](std::string_view text) {
    INFO(text);
    const ParsedDecimal decimal = parse_decimal(text, true);
    REQUIRE(decimal.value.has_value());
    return *decimal.value;
  };
  CHECK(json("1.25e1") == 12'500'000);
  CHECK(json("1E3") == whole(1000));
  CHECK(json("1e+3") == whole(1000));
  CHECK(json("15e-1") == 1'500'000);
  CHECK(json("1e-6") == 1);
  CHECK(json("10e-7") == 1);
  CHECK(json("0.000000001e3") == 1);
  CHECK(json("-1.5E0") == -1'500'000);
  CHECK(json("1e0000000000000000000000000000000000000002") == whole(100));
  CHECK(json("9.223372036854775807e12") == decimal_limit);
  CHECK(json("0e999999") == 0);
  CHECK(json("0e99999999999999999999999999") == 0);
  CHECK(json("0.000e-99999999999999999999999999") == 0);
  CHECK(json("-0") == 0);
  check_fails("1E400", true, DecimalError::out_of_range);
  check_fails("1e99999999999999999999999999", true, DecimalError::out_of_range);
  check_fails("9.223372036854775808e12", true, DecimalError::out_of_range);
  check_fails("1e-7", true, DecimalError::too_many_places);
  check_fails("1e-99999999999999999999999999", true, DecimalError::too_many_places);
  check_fails("1e-9223372036854775808", true, DecimalError::too_many_places);
  check_fails("1e9223372036854775807", true, DecimalError::out_of_range);
}

TEST_CASE("a very long number reads in one pass") {
  const std::string noughts(1'000'000, '0');
  CHECK(parse_decimal(noughts + "1." + noughts).value == whole(1));
  CHECK(parse_decimal("1" + noughts + "e-1000000", true).value == whole(1));
  CHECK(parse_decimal("0." + noughts + "1e1000001", true).value == whole(1));
  CHECK(parse_decimal("1" + noughts).error == DecimalError::out_of_range);
  CHECK(parse_decimal("0." + noughts + "1").error == DecimalError::too_many_places);
  CHECK(parse_decimal("1e" + std::string(1'000'000, '9'), true).error == DecimalError::out_of_range);
}

TEST_CASE("decimals are written without trailing noughts") {
  CHECK(format_decimal(0) == "0");
  CHECK(format_decimal(-12'500'000) == "-12.5");
  CHECK(format_decimal(1) == "0.000001");
  CHECK(format_decimal(-1) == "-0.000001");
  CHECK(format_decimal(whole(100)) == "100");
  CHECK(format_decimal(decimal_limit) == "9223372036854.775807");
  CHECK(format_decimal(-decimal_limit) == "-9223372036854.775807");
}

TEST_CASE("money has at least two places and percentages are hundredths") {
  CHECK(format_money(352'140'000) == "£352.14");
  CHECK(format_money(-500'000) == "-£0.50");
  CHECK(format_money(333'333) == "£0.333333");
  CHECK(format_money(0) == "£0.00");
  CHECK(format_money(whole(100'000)) == "£100000.00");
  CHECK(format_money(1'005'000) == "£1.005");
  CHECK(format_money(-decimal_limit) == "-£9223372036854.775807");
  CHECK(format_percent(500'000) == "50%");
  CHECK(format_percent(333'333) == "33.3333%");
  CHECK(format_percent(-5'000) == "-0.5%");
  CHECK(format_percent(1) == "0.0001%");
  CHECK(format_percent(whole(1)) == "100%");
  CHECK(format_percent(0) == "0%");
  CHECK(format_percent(decimal_limit) == "922337203685477.5807%");
}

TEST_CASE("sums leave the range at both ends alike") {
  std::int64_t result = 7;
  CHECK_FALSE(add(decimal_limit, 1, result));
  CHECK_FALSE(add(-decimal_limit, -1, result));
  CHECK_FALSE(subtract(-decimal_limit, 1, result));
  CHECK_FALSE(subtract(decimal_limit, -1, result));
  CHECK_FALSE(add(decimal_limit, decimal_limit, result));
  CHECK(result == 7);
  CHECK(result_of(add, decimal_limit - 1, std::int64_t{1}) == decimal_limit);
  CHECK(result_of(subtract, -decimal_limit + 1, std::int64_t{1}) == -decimal_limit);
  CHECK(result_of(add, decimal_limit, -decimal_limit) == 0);
}

TEST_CASE("products round half to even at the sixth place") {
  CHECK(result_of(multiply, parsed("0.5"), parsed("0.000001")) == 0);
  CHECK(result_of(multiply, parsed("0.5"), parsed("0.000003")) == 2);
  CHECK(result_of(multiply, parsed("-0.5"), parsed("0.000001")) == 0);
  CHECK(result_of(multiply, parsed("-0.5"), parsed("0.000003")) == -2);
  CHECK(result_of(multiply, parsed("0.500001"), parsed("0.000001")) == 1);
  CHECK(result_of(multiply, parsed("-0.500001"), parsed("0.000001")) == -1);
  CHECK(result_of(multiply, parsed("352.14"), whole(3)) == parsed("1056.42"));
  CHECK(result_of(multiply, parsed("9223372036854.775807"), whole(1)) == decimal_limit);
  CHECK(result_of(multiply, parsed("3037000.499976"), parsed("3037000.499976")) == parsed("9223372036854.473976"));
  std::int64_t result = 7;
  CHECK_FALSE(multiply(decimal_limit, decimal_scale + 1, result));
  CHECK_FALSE(multiply(-decimal_limit, decimal_limit, result));
  CHECK_FALSE(multiply(whole(3'037'001), whole(3'037'001), result));
  CHECK(result == 7);
}

TEST_CASE("quotients round half to even at the sixth place") {
  CHECK(result_of(divide, whole(1), whole(3)) == 333'333);
  CHECK(result_of(divide, whole(2), whole(3)) == 666'667);
  CHECK(result_of(divide, whole(-2), whole(3)) == -666'667);
  CHECK(result_of(divide, whole(2), whole(-3)) == -666'667);
  CHECK(result_of(divide, std::int64_t{1}, whole(2)) == 0);
  CHECK(result_of(divide, std::int64_t{3}, whole(2)) == 2);
  CHECK(result_of(divide, std::int64_t{-3}, whole(2)) == -2);
  CHECK(result_of(divide, std::int64_t{-1}, whole(-2)) == 0);
  CHECK(result_of(divide, decimal_limit, whole(1)) == decimal_limit);
  CHECK(result_of(divide, decimal_limit, decimal_limit) == whole(1));
  CHECK(result_of(divide, whole(9'000'000'000'000), whole(3)) == whole(3'000'000'000'000));
  std::int64_t result = 7;
  CHECK_FALSE(divide(whole(1), 0, result));
  CHECK_FALSE(divide(0, 0, result));
  CHECK_FALSE(divide(decimal_limit, 1, result));
  CHECK_FALSE(divide(decimal_limit, 999'999, result));
  CHECK(result == 7);
}

TEST_CASE("the remainder takes the sign of the divisor") {
  CHECK(result_of(modulo, whole(7), whole(3)) == whole(1));
  CHECK(result_of(modulo, whole(-7), whole(3)) == whole(2));
  CHECK(result_of(modulo, whole(7), whole(-3)) == whole(-2));
  CHECK(result_of(modulo, whole(-7), whole(-3)) == whole(-1));
  CHECK(result_of(modulo, whole(-6), whole(3)) == 0);
  CHECK(result_of(modulo, parsed("5.5"), whole(2)) == parsed("1.5"));
  CHECK(result_of(modulo, -decimal_limit, std::int64_t{-1}) == 0);
  std::int64_t result = 7;
  CHECK_FALSE(modulo(whole(1), 0, result));
  CHECK(result == 7);
}

TEST_CASE("each rounding mode chooses its multiple") {
  struct Row {
    const char* number;
    const char* half_even;
    const char* half_up;
    const char* half_down;
    const char* up;
    const char* down;
    const char* floor;
    const char* ceiling;
  };
  const Row rows[] = {
      {"2.5", "2", "3", "2", "3", "2", "2", "3"},         {"3.5", "4", "4", "3", "4", "3", "3", "4"},
      {"2.4", "2", "2", "2", "3", "2", "2", "3"},         {"2.6", "3", "3", "3", "3", "2", "2", "3"},
      {"-2.5", "-2", "-3", "-2", "-3", "-2", "-3", "-2"}, {"-3.5", "-4", "-4", "-3", "-4", "-3", "-4", "-3"},
      {"-2.4", "-2", "-2", "-2", "-3", "-2", "-3", "-2"}, {"-2.6", "-3", "-3", "-3", "-3", "-2", "-3", "-2"},
      {"0.5", "0", "1", "0", "1", "0", "0", "1"},         {"-0.5", "0", "-1", "0", "-1", "0", "-1", "0"},
      {"2", "2", "2", "2", "2", "2", "2", "2"},           {"0", "0", "0", "0", "0", "0", "0", "0"},
      {"0.000001", "0", "0", "0", "1", "0", "0", "1"},
  };
  for (const Row& row : rows) {
    INFO(row.number);
    CHECK(rounded(row.number, "1", Rounding::half_even) == row.half_even);
    CHECK(rounded(row.number, "1", Rounding::half_up) == row.half_up);
    CHECK(rounded(row.number, "1", Rounding::half_down) == row.half_down);
    CHECK(rounded(row.number, "1", Rounding::up) == row.up);
    CHECK(rounded(row.number, "1", Rounding::down) == row.down);
    CHECK(rounded(row.number, "1", Rounding::floor) == row.floor);
    CHECK(rounded(row.number, "1", Rounding::ceiling) == row.ceiling);
  }
}

TEST_CASE("a number rounds to any unit above nought") {
  CHECK(rounded("352.145", "0.01", Rounding::half_even) == "352.14");
  CHECK(rounded("352.155", "0.01", Rounding::half_even) == "352.16");
  CHECK(rounded("352.145", "0.01", Rounding::half_up) == "352.15");
  CHECK(rounded("7", "5", Rounding::half_up) == "5");
  CHECK(rounded("7.5", "5", Rounding::half_even) == "10");
  CHECK(rounded("12.5", "5", Rounding::half_even) == "10");
  CHECK(rounded("1.4", "0.7", Rounding::up) == "1.4");
  CHECK(rounded("0.25", "0.1", Rounding::half_down) == "0.2");
  std::int64_t result = 7;
  CHECK_FALSE(round_to(whole(1), 0, Rounding::half_even, result));
  CHECK_FALSE(round_to(whole(1), -1, Rounding::half_even, result));
  CHECK_FALSE(round_to(decimal_limit, whole(1), Rounding::ceiling, result));
  CHECK_FALSE(round_to(-decimal_limit, whole(1), Rounding::floor, result));
  CHECK(result == 7);
  CHECK(round_to(decimal_limit, decimal_limit, Rounding::up, result));
  CHECK(result == decimal_limit);
}

TEST_CASE("units convert by exact proportions") {
  CHECK(result_of(rescale, parsed("1.5"), std::int64_t{1'000'000'000}, std::int64_t{1'000'000}) == whole(1500));
  CHECK(result_of(rescale, whole(1), std::int64_t{1}, std::int64_t{3}) == 333'333);
  CHECK(result_of(rescale, std::int64_t{5}, std::int64_t{1}, std::int64_t{10}) == 0);
  CHECK(result_of(rescale, std::int64_t{15}, std::int64_t{1}, std::int64_t{10}) == 2);
  CHECK(result_of(rescale, std::int64_t{-15}, std::int64_t{1}, std::int64_t{10}) == -2);
  std::int64_t result = 7;
  CHECK_FALSE(rescale(whole(10'000), 1'000'000'000, 1, result));
  CHECK_FALSE(rescale(1, 1, 0, result));
  CHECK(result == 7);
}

TEST_CASE("arithmetic may be done while compiling") {
  constexpr std::int64_t third = [] {
    std::int64_t result = 0;
    divide(whole(1), whole(3), result);
    return result;
  }();
  STATIC_REQUIRE(third == 333'333);
}
