#include "value/instant.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "value/calendar.hpp"

namespace proviso::value {
namespace {

std::string day_of_time(std::string_view written) {
  const auto day = parse_day(written);
  return day ? format_date(*day) : "none";
}

TEST_CASE("a date, and a time without an offset, keep their day") {
  CHECK(day_of_time("2020-06-30") == "2020-06-30");
  CHECK(day_of_time("2020-06-30T23:30") == "2020-06-30");
  CHECK(day_of_time("2020-06-30T23:30:00") == "2020-06-30");
  CHECK(day_of_time("2020-06-30T00:00:00.000") == "2020-06-30");
  CHECK_FALSE(parse_time("2020-06-30T23:30")->second);
}

TEST_CASE("one instant has one day, that of England then, whatever its offset") {
  for (const char* written : {"2020-06-30T23:30:00Z", "2020-06-30T23:30Z", "2020-07-01T00:30:00+01:00",
                              "2020-06-30T18:30:00.123-05:00", "2020-07-01T05:00:00+05:30"}) {
    CAPTURE(written);
    CHECK(day_of_time(written) == "2020-07-01");
    CHECK(parse_time(written)->second == 1593559800);
  }
  CHECK(day_of_time("2020-06-30T22:59:59Z") == "2020-06-30");
  CHECK(day_of_time("2020-12-31T23:59:59Z") == "2020-12-31");
  CHECK(day_of_time("2020-12-31T23:30:00-01:00") == "2021-01-01");
  CHECK(day_of_time("2021-01-01T00:30:00+01:00") == "2020-12-31");
}

TEST_CASE("summer time begins and ends at one o'clock, in universal time, on the last Sunday of March and of October") {
  // In 2019 those are 31 March and 27 October; in 2020, 29 March and 25 October.
  CHECK(day_of_time("2019-03-30T23:30:00Z") == "2019-03-30");
  CHECK(day_of_time("2019-03-31T23:30:00Z") == "2019-04-01");
  CHECK(day_of_time("2019-10-26T23:30:00Z") == "2019-10-27");
  CHECK(day_of_time("2019-10-27T23:30:00Z") == "2019-10-27");
  CHECK(day_of_time("2020-03-28T23:30:00Z") == "2020-03-28");
  CHECK(day_of_time("2020-03-29T23:00:00Z") == "2020-03-30");
  CHECK(day_of_time("2020-10-24T23:00:00Z") == "2020-10-25");
  CHECK(day_of_time("2020-10-25T23:59:59Z") == "2020-10-25");
  // A month that ends on a Sunday, and one whose last Sunday is its 25th.
  CHECK(day_of_time("2021-10-31T23:30:00Z") == "2021-10-31");
  CHECK(day_of_time("2021-10-30T23:30:00Z") == "2021-10-31");
  CHECK(day_of_time("2018-03-24T23:30:00Z") == "2018-03-24");
  CHECK(day_of_time("2018-03-25T23:30:00Z") == "2018-03-26");
}

TEST_CASE("the same rule reads the years before 1996") {
  CHECK(day_of_time("1950-06-14T23:00:00Z") == "1950-06-15");
  CHECK(day_of_time("1969-12-31T23:30:00Z") == "1969-12-31");
}

TEST_CASE("what is no time of day is no date either") {
  for (const char* written : {"",
                              "2020-06-30T",
                              "2020-06-30T10",
                              "2020-06-30T10:",
                              "2020-06-30T10:6",
                              "2020-06-30T1:60",
                              "2020-06-30T24:00:00Z",
                              "2020-06-30T10:60:00Z",
                              "2020-06-30T10:00:61Z",
                              "2020-06-30T10:00:00.Z",
                              "2020-06-30T10:00:00z",
                              "2020-06-30T10:00:00+1:00",
                              "2020-06-30T10:00:00+01",
                              "2020-06-30T10:00:00+15:00",
                              "2020-06-30T10:00:00+14:01",
                              "2020-06-30T10:00:00+01:60",
                              "2020-06-30T10:00:00Z ",
                              "2020-06-30T10:00:00+01:00Z",
                              "2020-06-30 10:00:00Z",
                              "2020-06-31T10:00:00Z",
                              "2020-06",
                              "2020-06-30TZ",
                              "2020-06-30Z",
                              "2020-06-30+01:00"}) {
    CAPTURE(written);
    CHECK(day_of_time(written) == "none");
  }
}

TEST_CASE("a leap second is of the day that it ends") { CHECK(day_of_time("2016-12-31T23:59:60Z") == "2016-12-31"); }

TEST_CASE("an instant whose day is not in the calendar is none") {
  CHECK(day_of_time("9999-12-31T23:30:00-05:00") == "none");
  CHECK(day_of_time("9999-12-31T23:30:00Z") == "9999-12-31");
  CHECK(day_of_time("0001-01-01T00:30:00+01:00") == "none");
  CHECK(day_of_time("0001-01-01T00:30:00Z") == "0001-01-01");
}

}  // namespace
}  // namespace proviso::value
