#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "value/calendar.hpp"

using namespace proviso::value;

namespace {

std::int32_t any_date() { return *rc::gen::inRange<std::int32_t>(first_date, last_date + 1); }

}  // namespace

TEST_CASE("laws of dates") {
  rc::prop("what is written reads as it was, and orders as its text does", [] {
    const std::int32_t a = any_date();
    const std::int32_t b = any_date();
    RC_ASSERT(parse_date(format_date(a)) == a);
    RC_ASSERT((a < b) == (format_date(a) < format_date(b)));
  });
  rc::prop("days added come off again", [] {
    const std::int32_t date = any_date();
    const std::int64_t days = *rc::gen::inRange<std::int64_t>(-4'000'000, 4'000'000);
    std::int32_t result = 0;
    const bool done = add_days(date, days, result);
    RC_ASSERT(done == (date + days >= first_date && date + days <= last_date));
    if (!done) return;
    std::int32_t back = 0;
    RC_ASSERT(add_days(result, -days, back));
    RC_ASSERT(back == date);
  });
  rc::prop("months added land in the month that many later, on the same day or the month's last", [] {
    const std::int32_t date = any_date();
    const std::int64_t months = *rc::gen::inRange<std::int64_t>(-130'000, 130'000);
    const CivilDate from = civil(date);
    const std::int64_t target = std::int64_t{from.year} * 12 + from.month - 1 + months;
    std::int32_t result = 0;
    const bool done = add_months(date, months, result);
    RC_ASSERT(done == (target >= 12 && target < 120'000));
    if (!done) return;
    const CivilDate to = civil(result);
    RC_ASSERT(to.year * 12 + to.month - 1 == target);
    RC_ASSERT(to.day == from.day || (to.day < from.day && result == end_of_month(result)));
  });
  rc::prop("months between are the most that, without clamping, do not pass the later date", [] {
    const std::int32_t from = any_date();
    const std::int32_t to = *rc::gen::inRange<std::int32_t>(from, last_date + 1);
    const std::int32_t months = months_between(from, to);
    RC_ASSERT(months >= 0);
    RC_ASSERT(months_between(to, from) == -months);
    // Where the day is not there, the month is complete on the first of the next.
    const auto complete = [&](std::int64_t count, std::int32_t& on) {
      if (!add_months(from, count, on)) return false;
      if (civil(on).day != civil(from).day) ++on;
      return true;
    };
    std::int32_t last = 0;
    std::int32_t next = 0;
    RC_ASSERT(complete(months, last));
    RC_ASSERT(last <= to);
    if (complete(months + 1, next)) RC_ASSERT(next > to);
    RC_ASSERT(years_between(from, to) == months / 12);
  });
}
