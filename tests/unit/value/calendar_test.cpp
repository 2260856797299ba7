#include "value/calendar.hpp"

#include <catch2/catch.hpp>
#include <chrono>

using namespace proviso::value;

namespace {

std::int32_t day(std::string_view text) {
  const auto date = parse_date(text);
  INFO(text);
  REQUIRE(date.has_value());
  return *date;
}

std::string plus_months(std::string_view date, std::int64_t months) {
  std::int32_t result = 0;
  return add_months(day(date), months, result) ? format_date(result) : "none";
}

std::string plus_days(std::string_view date, std::int64_t days) {
  std::int32_t result = 0;
  return add_days(day(date), days, result) ? format_date(result) : "none";
}

}  // namespace

TEST_CASE("dates read in one form") {
  CHECK(day("1970-01-01") == 0);
  CHECK(day("1970-01-02") == 1);
  CHECK(day("1969-12-31") == -1);
  CHECK(day("2000-03-01") == 11017);
  CHECK(day("0001-01-01") == first_date);
  CHECK(day("9999-12-31") == last_date);
  for (const char* text : {"", "2019-4-1", "2019-04-1", "19-04-01", "2019/04/01", "01-04-2019", "2019-04-01 ",
                           " 2019-04-01", "2019-04-01T00:00:00", "20190401", "2019-04-0a", "+019-04-01", "-019-04-01",
                           "2019-+4-01", "2019-04--1", "2019.04.01"}) {
    INFO(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
}

TEST_CASE("a day that is not there is no date") {
  for (const char* text :
       {"0000-01-01", "0000-12-31", "2019-00-01", "2019-13-01", "2019-01-00", "2019-01-32", "2019-02-29", "1900-02-29",
        "2100-02-29", "2000-02-30", "2019-04-31", "2019-06-31", "2019-09-31", "2019-11-31", "2019-12-32"}) {
    INFO(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
  CHECK(parse_date("2000-02-29").has_value());
  CHECK(parse_date("2020-02-29").has_value());
  CHECK_FALSE(date_from_civil(10000, 1, 1).has_value());
  CHECK_FALSE(date_from_civil(-4, 1, 1).has_value());
  CHECK_FALSE(date_from_civil(2019, -1, 1).has_value());
  CHECK_FALSE(date_from_civil(2019, 1, INT32_MIN).has_value());
}

TEST_CASE("every day of the calendar is the day that follows the one before") {
  std::int32_t year = 1;
  std::int32_t month = 1;
  std::int32_t in_month = 1;
  std::int32_t wrong = 0;
  for (std::int32_t date = first_date; date <= last_date; ++date) {
    const CivilDate parts = civil(date);
    if (parts.year != year || parts.month != month || parts.day != in_month) ++wrong;
    if (date_from_civil(year, month, in_month) != date) ++wrong;
    const auto last = (std::chrono::year{year} / static_cast<int>(month) / std::chrono::last).day();
    if (end_of_month(date) - date != static_cast<std::int32_t>(unsigned{last}) - in_month) ++wrong;
    if (start_of_month(date) != date - in_month + 1) ++wrong;
    if (static_cast<unsigned>(++in_month) > unsigned{last}) {
      in_month = 1;
      if (++month > 12) {
        month = 1;
        ++year;
      }
    }
  }
  CHECK(wrong == 0);
  CHECK(year == 10000);
}

TEST_CASE("months clamp to the end of the month") {
  CHECK(plus_months("2019-01-31", 1) == "2019-02-28");
  CHECK(plus_months("2020-01-31", 1) == "2020-02-29");
  CHECK(plus_months("2019-01-31", 2) == "2019-03-31");
  CHECK(plus_months("2019-03-31", -1) == "2019-02-28");
  CHECK(plus_months("2019-05-31", 6) == "2019-11-30");
  CHECK(plus_months("2020-02-29", 12) == "2021-02-28");
  CHECK(plus_months("2020-02-29", 48) == "2024-02-29");
  CHECK(plus_months("2020-02-29", -12) == "2019-02-28");
  CHECK(plus_months("2019-12-15", 1) == "2020-01-15");
  CHECK(plus_months("2019-01-15", -1) == "2018-12-15");
  CHECK(plus_months("2018-12-01", 18) == "2020-06-01");
  CHECK(plus_months("2019-06-30", 0) == "2019-06-30");
}

TEST_CASE("sums of dates stay in the calendar") {
  CHECK(plus_months("9999-11-30", 1) == "9999-12-30");
  CHECK(plus_months("9999-12-01", 1) == "none");
  CHECK(plus_months("0001-02-15", -1) == "0001-01-15");
  CHECK(plus_months("0001-01-31", -1) == "none");
  CHECK(plus_months("0001-01-31", 119987) == "9999-12-31");
  CHECK(plus_months("0001-01-31", 119988) == "none");
  CHECK(plus_months("9999-12-31", -119987) == "0001-01-31");
  CHECK(plus_months("2019-01-01", INT64_MAX) == "none");
  CHECK(plus_months("2019-01-01", INT64_MIN) == "none");
  CHECK(plus_days("9999-12-30", 1) == "9999-12-31");
  CHECK(plus_days("9999-12-31", 1) == "none");
  CHECK(plus_days("0001-01-01", -1) == "none");
  CHECK(plus_days("2019-02-28", 1) == "2019-03-01");
  CHECK(plus_days("2020-02-28", 1) == "2020-02-29");
  CHECK(plus_days("2020-03-01", -7) == "2020-02-23");
  CHECK(plus_days("2019-01-01", INT64_MAX) == "none");
  CHECK(plus_days("1960-01-01", INT64_MIN) == "none");
  std::int32_t untouched = 7;
  CHECK_FALSE(add_days(0, INT64_MAX, untouched));
  CHECK_FALSE(add_months(0, INT64_MAX, untouched));
  CHECK(untouched == 7);
}

TEST_CASE("only completed months count") {
  const auto months = [](std::string_view from, std::string_view to) { return months_between(day(from), day(to)); };
  CHECK(months("2019-01-31", "2019-02-28") == 0);
  CHECK(months("2019-01-31", "2019-03-01") == 1);
  CHECK(months("2019-01-31", "2019-03-30") == 1);
  CHECK(months("2019-01-31", "2019-03-31") == 2);
  CHECK(months("2019-01-15", "2019-02-14") == 0);
  CHECK(months("2019-01-15", "2019-02-15") == 1);
  CHECK(months("2018-12-15", "2019-01-14") == 0);
  CHECK(months("2018-12-15", "2019-01-15") == 1);
  CHECK(months("2019-03-01", "2019-01-31") == -1);
  CHECK(months("2019-02-28", "2019-01-31") == 0);
  CHECK(months("2019-02-15", "2019-01-15") == -1);
  CHECK(months("2019-02-15", "2019-01-16") == 0);
  CHECK(months("2019-01-15", "2019-01-15") == 0);
  CHECK(months("0001-01-01", "9999-12-31") == 119987);
}

TEST_CASE("a birthday on 29 February falls on 1 March in a common year") {
  const auto years = [](std::string_view from, std::string_view to) { return years_between(day(from), day(to)); };
  CHECK(years("2000-02-29", "2001-02-28") == 0);
  CHECK(years("2000-02-29", "2001-03-01") == 1);
  CHECK(years("2000-02-29", "2004-02-28") == 3);
  CHECK(years("2000-02-29", "2004-02-29") == 4);
  CHECK(years("2001-02-28", "2000-02-29") == 0);
  CHECK(years("2001-03-01", "2000-02-29") == -1);
  CHECK(years("1950-06-15", "2019-06-14") == 68);
  CHECK(years("1950-06-15", "2019-06-15") == 69);
}

TEST_CASE("weeks count toward nought") {
  const auto weeks = [](std::string_view from, std::string_view to) { return weeks_between(day(from), day(to)); };
  CHECK(weeks("2019-01-01", "2019-01-07") == 0);
  CHECK(weeks("2019-01-01", "2019-01-08") == 1);
  CHECK(weeks("2019-01-08", "2019-01-02") == 0);
  CHECK(weeks("2019-01-08", "2019-01-01") == -1);
  CHECK(weeks("2019-12-25", "2020-02-19") == 8);
}

TEST_CASE("the financial year begins on 1 April") {
  const auto financial = [](std::string_view date) {
    std::int32_t result = 0;
    return start_of_financial_year(day(date), result) ? format_date(result) : "none";
  };
  CHECK(financial("2019-03-31") == "2018-04-01");
  CHECK(financial("2019-04-01") == "2019-04-01");
  CHECK(financial("2019-12-31") == "2019-04-01");
  CHECK(financial("2020-01-01") == "2019-04-01");
  CHECK(financial("0001-04-01") == "0001-04-01");
  CHECK(financial("0001-03-31") == "none");
  CHECK(financial("9999-12-31") == "9999-04-01");
}
