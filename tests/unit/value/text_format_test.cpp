#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "value/decimal.hpp"
#include "value/format.hpp"
#include "value/text.hpp"

using namespace proviso::value;

namespace {

using Duration = std::optional<std::pair<std::int64_t, DurationKind>>;

Duration months(std::int64_t count) { return std::pair{count, DurationKind::months}; }
Duration days(std::int64_t count) { return std::pair{count, DurationKind::days}; }

}  // namespace

TEST_CASE("text is quoted as policies write it") {
  CHECK(quote("") == R"("")");
  CHECK(quote("Oxford hip score below 20") == R"("Oxford hip score below 20")");
  CHECK(quote("a \"b\" \\ c\nd\te") == R"("a \"b\" \\ c\nd\te")");
  CHECK(quote("£5 – naïve") == "\"£5 – naïve\"");
  CHECK(unquote(R"("a \"b\" \\ c\nd\te")") == "a \"b\" \\ c\nd\te");
  CHECK(unquote(R"("")") == "");
  for (const char* text :
       {"", "\"", "a", "\"a", "a\"", R"("a"b")", R"("a\")", R"("\r")", R"("\u{41}")", "'a'", " \"a\""}) {
    INFO(text);
    CHECK_FALSE(unquote(text).has_value());
  }
  rc::prop("what is quoted unquotes as it was",
           [](const std::string& text) { RC_ASSERT(unquote(quote(text)) == text); });
}

TEST_CASE("only strict UTF-8 is valid") {
  for (const char* text : {"", "ascii only, long enough for words of eight", "£", "é", "€", "\xed\x9f\xbf",
                           "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "eight...£", "\x7f"}) {
    INFO(text);
    CHECK(valid_utf8(text));
  }
  CHECK(valid_utf8(std::string_view("\0\0", 2)));
  for (const char* text : {"\x80",
                           "\xbf",
                           "\xc0\x80",
                           "\xc1\xbf",
                           "\xc2",
                           "\xe0\x80\x80",
                           "\xe0\x9f\xbf",
                           "\xed\xa0\x80",
                           "\xed\xbf\xbf",
                           "\xe2\x82",
                           "\xe2\x28\xa1",
                           "\xf0\x8f\xbf\xbf",
                           "\xf4\x90\x80\x80",
                           "\xf5\x80\x80\x80",
                           "\xff",
                           "\xfe",
                           "\xf0\x9f\x98",
                           "\xe2\x82\xc0",
                           "padding.\xc3",
                           "12345678\xc3(90123456",
                           "\xf0\x9f\x98\x41"}) {
    CHECK_FALSE(valid_utf8(text));
  }
}

TEST_CASE("every code point is valid in its shortest form, but for surrogates") {
  int wrong = 0;
  for (std::uint32_t point = 0; point < 0x120000; ++point) {
    const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((point >> shift) & 0x3F)); };
    std::string bytes;
    if (point < 0x80) {
      bytes.push_back(static_cast<char>(point));
    } else if (point < 0x800) {
      bytes = {static_cast<char>(0xC0 | (point >> 6)), tail(0)};
    } else if (point < 0x10000) {
      bytes = {static_cast<char>(0xE0 | (point >> 12)), tail(6), tail(0)};
    } else {
      bytes = {static_cast<char>(0xF0 | (point >> 18)), tail(12), tail(6), tail(0)};
    }
    const bool expected = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    if (valid_utf8(bytes) != expected) ++wrong;
    if (bytes.size() > 1 && valid_utf8(std::string_view(bytes).substr(0, bytes.size() - 1))) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("durations are written in months or days") {
  CHECK(format_duration(18, DurationKind::months) == "18 months");
  CHECK(format_duration(1, DurationKind::months) == "1 month");
  CHECK(format_duration(-1, DurationKind::months) == "-1 month");
  CHECK(format_duration(0, DurationKind::months) == "0 months");
  CHECK(format_duration(42, DurationKind::days) == "42 days");
  CHECK(format_duration(1, DurationKind::days) == "1 day");
  CHECK(format_duration(-1, DurationKind::days) == "-1 day");
  CHECK(format_duration(36, DurationKind::either) == "18 months");
  CHECK(format_duration(3, DurationKind::either) == "1 day");
  CHECK(format_duration(-1, DurationKind::either) == "-1 day");
  CHECK(format_duration(-6, DurationKind::either) == "-3 months");
}

TEST_CASE("durations read in the units of the calendar") {
  CHECK(parse_duration("18 months") == months(18));
  CHECK(parse_duration("1 month") == months(1));
  CHECK(parse_duration("1 year") == months(12));
  CHECK(parse_duration("2 years") == months(24));
  CHECK(parse_duration("6 weeks") == days(42));
  CHECK(parse_duration("1 week") == days(7));
  CHECK(parse_duration("-3 days") == days(-3));
  CHECK(parse_duration("0 days") == days(0));
  CHECK(parse_duration("6  weeks") == days(42));
  CHECK(parse_duration("1073741823 days") == days(duration_limit));
  for (const char* text : {"",
                           "6",
                           "weeks",
                           "6weeks",
                           "6 ",
                           "6 fortnights",
                           "1.5 months",
                           "+6 weeks",
                           " 6 weeks",
                           "6 weeks ",
                           "6 Weeks",
                           "6 hours",
                           "6 kg",
                           "- 6 weeks",
                           "1e3 days",
                           "1073741824 days",
                           "99999999999999999999 days",
                           "9223372036854775807 years",
                           "P6M",
                           "6\tweeks"}) {
    INFO(text);
    CHECK_FALSE(parse_duration(text).has_value());
  }
  rc::prop("what is written reads as it was", [] {
    const auto count = *rc::gen::inRange<std::int64_t>(-duration_limit, duration_limit + 1);
    const auto kind = *rc::gen::element(DurationKind::months, DurationKind::days);
    const Duration duration = std::pair{count, kind};
    RC_ASSERT(parse_duration(format_duration(count, kind)) == duration);
    const std::int64_t held = 2 * count + (kind == DurationKind::days ? 1 : 0);
    RC_ASSERT(held >= INT32_MIN);
    RC_ASSERT(held <= INT32_MAX);
    RC_ASSERT(parse_duration(format_duration(held, DurationKind::either)) == duration);
  });
}

TEST_CASE("quantities carry their unit") {
  CHECK(format_quantity(35'000'000, Unit::kg_per_m2) == "35 kg/m2");
  CHECK(format_quantity(12'500'000, Unit::cm) == "12.5 cm");
  CHECK(format_quantity(decimal_scale, Unit::weeks) == "1 week");
  CHECK(format_quantity(decimal_scale, Unit::kg) == "1 kg");
  CHECK(format_quantity(decimal_scale, Unit::degrees) == "1 degrees");
  CHECK(format_quantity(1'500'000, Unit::hours) == "1.5 hours");
  CHECK(format_quantity(0, Unit::days) == "0 days");
  CHECK(format_quantity(-400'000'000, Unit::m) == "-400 m");
}
