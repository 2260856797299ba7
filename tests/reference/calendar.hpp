#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The calendar of the reference evaluator: it counts days, months and years one by one wherever it can.
namespace proviso::reference {

/// Days from 1, which is 0001-01-01.
using DayNumber = long;
inline constexpr DayNumber last_day_number = 3'652'059;
/// Of 1970-01-01.
inline constexpr DayNumber epoch = 719'163;

struct Day {
  int year = 1;
  int month = 1;
  int day = 1;
};

int days_in_month(int year, int month);
DayNumber number_of(Day day);
Day day_of(DayNumber number);

std::optional<DayNumber> parse_day(std::string_view text);
std::string format_day(DayNumber number);

// Nothing where the result leaves the calendar, or the years whose bank holidays are known.
std::optional<DayNumber> plus_days(DayNumber from, long days);
std::optional<DayNumber> plus_months(DayNumber from, long months);
long months_from(DayNumber from, DayNumber to);
long years_from(DayNumber from, DayNumber to);
std::optional<DayNumber> financial_year(DayNumber of);
std::optional<DayNumber> plus_working_days(DayNumber from, long count);
std::optional<long> working_days_from(DayNumber from, DayNumber to);
std::optional<DayNumber> working_day_of_month(DayNumber of, long which);

}  // namespace proviso::reference
