#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::value {

/// Dates are days since 1970-01-01 in the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
inline constexpr std::int32_t first_date = -719162;
inline constexpr std::int32_t last_date = 2932896;

struct CivilDate {
  std::int32_t year;
  std::int32_t month;
  std::int32_t day;
};

CivilDate civil(std::int32_t date);
/// Nothing where there is no such day.
std::optional<std::int32_t> date_from_civil(std::int32_t year, std::int32_t month, std::int32_t day);
/// Reads `2019-04-01` and nothing else; nothing where it has another form or is no day.
std::optional<std::int32_t> parse_date(std::string_view text);
std::string format_date(std::int32_t date);
void append_date(std::string& out, std::int32_t date);

// Each returns false where the result leaves the calendar (or the bank holidays), and then leaves `result` alone.
/// Clamps to the end of the month.
bool add_months(std::int32_t date, std::int64_t months, std::int32_t& result);
bool add_days(std::int32_t date, std::int64_t days, std::int32_t& result);

/// Whole months completed from `from` to `to`; negative, toward zero, when `to` is the earlier. A day that the month
/// does not have falls on the first of the next.
std::int32_t months_between(std::int32_t from, std::int32_t to);
std::int32_t years_between(std::int32_t from, std::int32_t to);
/// Toward zero.
std::int32_t weeks_between(std::int32_t from, std::int32_t to);

std::int32_t start_of_month(std::int32_t date);
std::int32_t end_of_month(std::int32_t date);
/// 1 April on or before the date; false before 0001-04-01.
bool start_of_financial_year(std::int32_t date, std::int32_t& result);

// Working days: Monday to Friday but for the bank holidays of England, known from first_holiday_year() to
// last_holiday_year(). Each returns false where a day that it has to look at lies in a year outside; the day before the
// first year still has a first working day after it.
std::int32_t first_holiday_year();
std::int32_t last_holiday_year();
/// The `count`-th working day after (before, for a negative count) the date; 0: the date itself.
bool add_working_days(std::int32_t date, std::int64_t count, std::int32_t& result);
/// Working days after `from` up to and including `to`; when `to` is the earlier, those from it to `from`, negative.
bool working_days_between(std::int32_t from, std::int32_t to, std::int32_t& result);
/// The `number`-th working day (from 1) of the date's month; false where the month has no such one.
bool working_day_of_month(std::int32_t date, std::int64_t number, std::int32_t& result);

}  // namespace proviso::value
