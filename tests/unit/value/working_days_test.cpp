#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "value/calendar.hpp"

using namespace proviso::value;

namespace {

std::int32_t on(std::int32_t year, std::int32_t month, std::int32_t day) {
  const auto date = date_from_civil(year, month, day);
  REQUIRE(date.has_value());
  return *date;
}

// Monday is 0.
std::int32_t weekday(std::int32_t date) { return ((date + 3) % 7 + 7) % 7; }

// Easter Sunday by the lunar tables of the Gregorian calendar: the golden number gives the age of the moon, corrected
// for the centuries; Easter is the Sunday after the full moon on or after 21 March.
std::int32_t easter(std::int32_t year) {
  const std::int32_t golden = year % 19 + 1;
  const std::int32_t century = year / 100 + 1;
  const std::int32_t dropped_leap_years = 3 * century / 4 - 12;
  const std::int32_t moon_correction = (8 * century + 5) / 25 - 5;
  std::int32_t epact = (11 * golden + 20 + moon_correction - dropped_leap_years) % 30;
  if (epact < 0) epact += 30;
  if ((epact == 25 && golden > 11) || epact == 24) ++epact;
  std::int32_t full_moon = 44 - epact;
  if (full_moon < 21) full_moon += 30;
  const std::int32_t date = on(year, 3, 1) + full_moon - 1;
  return date + 1 + (6 - weekday(date + 1));
}

std::int32_t first_monday(std::int32_t year, std::int32_t month) {
  const std::int32_t start = on(year, month, 1);
  return start + (7 - weekday(start)) % 7;
}
std::int32_t last_monday(std::int32_t year, std::int32_t month) {
  const std::int32_t end = end_of_month(on(year, month, 1));
  return end - weekday(end);
}

// Where a weekend takes the holiday, the next weekday that is not one already.
void observe(std::set<std::int32_t>& holidays, std::int32_t date) {
  while (weekday(date) >= 5 || holidays.count(date) != 0) ++date;
  holidays.insert(date);
}

std::set<std::int32_t> holidays_by_rule(std::int32_t year) {
  std::set<std::int32_t> holidays;
  observe(holidays, on(year, 1, 1));
  holidays.insert(easter(year) - 2);
  holidays.insert(easter(year) + 1);
  holidays.insert(first_monday(year, 5));
  holidays.insert(last_monday(year, 5));
  holidays.insert(last_monday(year, 8));
  // Boxing Day on a weekday keeps its day when Christmas Day is a Sunday.
  if (weekday(on(year, 12, 26)) < 5) holidays.insert(on(year, 12, 26));
  observe(holidays, on(year, 12, 25));
  if (weekday(on(year, 12, 26)) >= 5) observe(holidays, on(year, 12, 26));
  return holidays;
}

void apply_exceptions(std::set<std::int32_t>& holidays) {
  const auto move = [&](std::int32_t from, std::int32_t to) {
    REQUIRE(holidays.erase(from) == 1);
    holidays.insert(to);
  };
  move(on(2012, 5, 28), on(2012, 6, 4));
  holidays.insert(on(2012, 6, 5));
  move(on(2020, 5, 4), on(2020, 5, 8));
  move(on(2022, 5, 30), on(2022, 6, 2));
  holidays.insert(on(2022, 6, 3));
  holidays.insert(on(2022, 9, 19));
  holidays.insert(on(2023, 5, 8));
}

std::set<std::int32_t> all_holidays() {
  std::set<std::int32_t> holidays;
  for (std::int32_t year = first_holiday_year(); year <= last_holiday_year(); ++year) {
    holidays.merge(holidays_by_rule(year));
  }
  apply_exceptions(holidays);
  return holidays;
}

struct Listed {
  std::int32_t year, month, day;
  std::string name;
};

const Listed listed[] = {
#define PROVISO_BANK_HOLIDAY(year, month, day, name) {year, month, day, name},
#include "value/bank_holidays_england.def"
#undef PROVISO_BANK_HOLIDAY
};

std::string plus(std::int32_t date, std::int64_t count) {
  std::int32_t result = 0;
  return add_working_days(date, count, result) ? format_date(result) : "none";
}

std::string numbered(std::int32_t date, std::int64_t number) {
  std::int32_t result = 0;
  return working_day_of_month(date, number, result) ? format_date(result) : "none";
}

}  // namespace

TEST_CASE("the bank holidays are those of the rules and the proclamations") {
  CHECK(first_holiday_year() == 2012);
  CHECK(last_holiday_year() == 2028);
  CHECK(format_date(easter(2012)) == "2012-04-08");
  CHECK(format_date(easter(2019)) == "2019-04-21");
  CHECK(format_date(easter(2024)) == "2024-03-31");
  std::set<std::int32_t> from_file;
  for (const Listed& holiday : listed) from_file.insert(on(holiday.year, holiday.month, holiday.day));
  CHECK(from_file.size() == std::size(listed));
  const std::set<std::int32_t> expected = all_holidays();
  for (const std::int32_t date : expected) {
    INFO(format_date(date));
    CHECK(from_file.count(date) == 1);
  }
  for (const std::int32_t date : from_file) {
    INFO(format_date(date));
    CHECK(expected.count(date) == 1);
    CHECK(weekday(date) < 5);
  }
}

TEST_CASE("each bank holiday has the name of its day") {
  const std::map<std::string, std::string> names = {
      {"2012-06-05", "Queen's Diamond Jubilee"},
      {"2019-04-19", "Good Friday"},
      {"2020-05-08", "Early May bank holiday (VE day)"},
      {"2020-12-28", "Boxing Day (substitute day)"},
      {"2021-12-27", "Christmas Day (substitute day)"},
      {"2022-01-03", "New Year's Day (substitute day)"},
      {"2022-06-02", "Spring bank holiday"},
      {"2022-06-03", "Platinum Jubilee bank holiday"},
      {"2022-09-19", "State Funeral of Queen Elizabeth II"},
      {"2022-12-26", "Boxing Day"},
      {"2022-12-27", "Christmas Day (substitute day)"},
      {"2023-05-08", "Coronation of King Charles III"},
  };
  std::size_t found = 0;
  for (const Listed& holiday : listed) {
    const auto name = names.find(format_date(on(holiday.year, holiday.month, holiday.day)));
    if (name == names.end()) continue;
    ++found;
    CHECK(holiday.name == name->second);
  }
  CHECK(found == names.size());
}

TEST_CASE("working days are added past weekends and bank holidays") {
  CHECK(plus(on(2019, 4, 18), 1) == "2019-04-23");  // over Easter
  CHECK(plus(on(2019, 4, 20), 1) == "2019-04-23");  // from within it
  CHECK(plus(on(2019, 4, 23), -1) == "2019-04-18");
  CHECK(plus(on(2019, 4, 22), -1) == "2019-04-18");
  CHECK(plus(on(2019, 4, 1), 10) == "2019-04-15");
  CHECK(plus(on(2022, 9, 16), 1) == "2022-09-20");
  CHECK(plus(on(2012, 6, 1), 1) == "2012-06-06");
  CHECK(plus(on(2020, 5, 1), 1) == "2020-05-04");  // the moved holiday leaves a working Monday
  CHECK(plus(on(2021, 12, 24), 1) == "2021-12-29");
  CHECK(plus(on(2019, 4, 20), 0) == "2019-04-20");
}

TEST_CASE("working days are counted after the first day up to the last") {
  std::int32_t count = 0;
  REQUIRE(working_days_between(on(2019, 4, 18), on(2019, 4, 23), count));
  CHECK(count == 1);
  REQUIRE(working_days_between(on(2019, 4, 23), on(2019, 4, 18), count));
  CHECK(count == -1);
  REQUIRE(working_days_between(on(2019, 4, 19), on(2019, 4, 22), count));
  CHECK(count == 0);
  REQUIRE(working_days_between(on(2018, 12, 31), on(2019, 12, 31), count));
  CHECK(count == 253);
}

TEST_CASE("the working days of a month are numbered") {
  CHECK(numbered(on(2019, 4, 30), 15) == "2019-04-23");
  CHECK(numbered(on(2019, 1, 17), 1) == "2019-01-02");
  CHECK(numbered(on(2019, 4, 1), 20) == "2019-04-30");
  CHECK(numbered(on(2019, 4, 1), 21) == "none");
  CHECK(numbered(on(2019, 4, 1), 0) == "none");
  CHECK(numbered(on(2019, 4, 1), -1) == "none");
  CHECK(numbered(on(2019, 4, 1), INT64_MAX) == "none");
  CHECK(numbered(on(2028, 12, 1), 19) == "2028-12-29");
  CHECK(numbered(on(2028, 12, 1), 20) == "none");
}

TEST_CASE("outside the years of the data nothing is said") {
  CHECK(plus(on(2011, 12, 31), 1) == "2012-01-03");
  CHECK(plus(on(2011, 12, 30), 1) == "none");
  CHECK(plus(on(2012, 1, 3), -1) == "none");
  CHECK(plus(on(2012, 1, 4), -1) == "2012-01-03");
  CHECK(plus(on(2028, 12, 29), 1) == "none");
  CHECK(plus(on(2028, 12, 28), 1) == "2028-12-29");
  CHECK(plus(on(2029, 1, 1), -1) == "2028-12-29");
  CHECK(plus(on(2029, 1, 2), -1) == "none");
  CHECK(plus(on(2020, 1, 1), 1'000'000'000'000) == "none");
  CHECK(plus(on(2020, 1, 1), INT64_MAX) == "none");
  CHECK(plus(on(2020, 1, 1), INT64_MIN) == "none");
  CHECK(plus(first_date, 1) == "none");
  CHECK(plus(last_date, -1) == "none");
  CHECK(plus(first_date, 0) == "0001-01-01");
  CHECK(numbered(on(2011, 12, 1), 1) == "none");
  CHECK(numbered(on(2029, 1, 1), 1) == "none");
  CHECK(numbered(last_date, 1) == "none");
  std::int32_t count = 7;
  CHECK_FALSE(working_days_between(on(2011, 12, 30), on(2012, 3, 1), count));
  CHECK_FALSE(working_days_between(on(2028, 3, 1), on(2029, 1, 1), count));
  CHECK_FALSE(working_days_between(on(2029, 1, 1), on(2028, 3, 1), count));
  CHECK_FALSE(working_days_between(first_date, last_date, count));
  CHECK(count == 7);
  CHECK(working_days_between(on(2011, 12, 31), on(2028, 12, 31), count));
}

TEST_CASE("the tables agree with counting day by day") {
  const std::set<std::int32_t> holidays = all_holidays();
  const auto is_working = [&](std::int32_t date) { return weekday(date) < 5 && holidays.count(date) == 0; };
  const std::int32_t last = on(last_holiday_year(), 12, 31);
  std::int32_t wrong = 0;
  for (std::int32_t from = on(first_holiday_year(), 1, 1); from <= last; ++from) {
    std::int32_t count = 0;
    std::int32_t in_month = 0;
    for (std::int32_t date = start_of_month(from); date <= from; ++date) in_month += is_working(date) ? 1 : 0;
    std::int32_t result = 0;
    if (is_working(from) && !(working_day_of_month(from, in_month, result) && result == from)) ++wrong;
    for (std::int32_t to = from + 1; to <= last && to < from + 40; ++to) {
      if (is_working(to)) {
        ++count;
        if (!add_working_days(from, count, result) || result != to) ++wrong;
      }
      std::int32_t between = 0;
      if (!working_days_between(from, to, between) || between != count) ++wrong;
      if (!working_days_between(to, from, between) || between != -count) ++wrong;
    }
    count = 0;
    for (std::int32_t to = from - 1; to >= on(first_holiday_year(), 1, 1) && to > from - 40; --to) {
      if (!is_working(to)) continue;
      --count;
      if (!add_working_days(from, count, result) || result != to) ++wrong;
    }
  }
  CHECK(wrong == 0);
}
