#include "reference/calendar.hpp"

#include <cstdio>

namespace proviso::reference {
namespace {

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int days_in_year(int year) { return is_leap(year) ? 366 : 365; }

struct Holiday {
  int year;
  int month;
  int day;
};
constexpr Holiday holidays[] = {
#define PROVISO_BANK_HOLIDAY(year, month, day, name) {year, month, day},
#include "value/bank_holidays_england.def"
#undef PROVISO_BANK_HOLIDAY
};

bool has_known_holidays(int year) {
  return year >= holidays[0].year && year <= holidays[sizeof holidays / sizeof holidays[0] - 1].year;
}

/// 0001-01-01 was a Monday.
bool is_weekend(DayNumber number) { return (number - 1) % 7 >= 5; }

/// Nothing in a year whose bank holidays are not known.
std::optional<bool> is_working_day(DayNumber number) {
  const Day day = day_of(number);
  if (!has_known_holidays(day.year)) return std::nullopt;
  if (is_weekend(number)) return false;
  for (const Holiday& holiday : holidays) {
    if (holiday.year == day.year && holiday.month == day.month && holiday.day == day.day) return false;
  }
  return true;
}

/// The same day of the month so many months later; the first of the next month where there is no such day.
DayNumber anniversary(DayNumber from, long months) {
  const Day day = day_of(from);
  const long month_count = day.year * 12L + (day.month - 1) + months;
  const int year = static_cast<int>(month_count / 12);
  const int month = static_cast<int>(month_count % 12) + 1;
  // Counted on from the last day of the month, the day that it does not have is the first of the next.
  if (day.day > days_in_month(year, month)) return number_of({year, month, days_in_month(year, month)}) + 1;
  return number_of({year, month, day.day});
}

long steps_from(DayNumber from, DayNumber to, long months_a_step) {
  if (to < from) return -steps_from(to, from, months_a_step);
  const Day first = day_of(from);
  const Day last = day_of(to);
  // One more than can have been completed, then back to the first that has been.
  long steps = ((last.year - first.year) * 12L + (last.month - first.month)) / months_a_step + 1;
  while (steps > 0 && anniversary(from, steps * months_a_step) > to) --steps;
  return steps;
}

}  // namespace

int days_in_month(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

DayNumber number_of(Day day) {
  DayNumber number = day.day;
  // Four centuries always have as many days.
  for (int year = 1; year < day.year;) {
    if (year + 400 <= day.year) {
      number += 146'097;
      year += 400;
    } else {
      number += days_in_year(year);
      ++year;
    }
  }
  for (int month = 1; month < day.month; ++month) number += days_in_month(day.year, month);
  return number;
}

Day day_of(DayNumber number) {
  Day day;
  while (number > 146'097) {
    number -= 146'097;
    day.year += 400;
  }
  while (number > days_in_year(day.year)) {
    number -= days_in_year(day.year);
    ++day.year;
  }
  while (number > days_in_month(day.year, day.month)) {
    number -= days_in_month(day.year, day.month);
    ++day.month;
  }
  day.day = static_cast<int>(number);
  return day;
}

std::optional<DayNumber> parse_day(std::string_view text) {
  Day day{0, 0, 0};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto read = [&](std::size_t first, std::size_t count, int& into) {
    for (std::size_t i = first; i < first + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return false;
      into = into * 10 + (text[i] - '0');
    }
    return true;
  };
  if (!read(0, 4, day.year) || !read(5, 2, day.month) || !read(8, 2, day.day)) return std::nullopt;
  if (day.year < 1 || day.month < 1 || day.month > 12 || day.day < 1) return std::nullopt;
  if (day.day > days_in_month(day.year, day.month)) return std::nullopt;
  return number_of(day);
}

std::string format_day(DayNumber number) {
  const Day day = day_of(number);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month, day.day);
  return text;
}

std::optional<DayNumber> plus_days(DayNumber from, long days) {
  const DayNumber to = from + days;
  if (to < 1 || to > last_day_number) return std::nullopt;
  return to;
}

std::optional<DayNumber> plus_months(DayNumber from, long months) {
  const Day day = day_of(from);
  const long month_count = day.year * 12L + (day.month - 1) + months;
  if (month_count < 12 || month_count >= 10'000 * 12) return std::nullopt;
  const int year = static_cast<int>(month_count / 12);
  const int month = static_cast<int>(month_count % 12) + 1;
  const int last = days_in_month(year, month);
  return number_of({year, month, day.day < last ? day.day : last});
}

long months_from(DayNumber from, DayNumber to) { return steps_from(from, to, 1); }
long years_from(DayNumber from, DayNumber to) { return steps_from(from, to, 12); }

std::optional<DayNumber> financial_year(DayNumber of) {
  const Day day = day_of(of);
  const int year = day.month < 4 ? day.year - 1 : day.year;
  if (year < 1) return std::nullopt;
  return number_of({year, 4, 1});
}

std::optional<DayNumber> plus_working_days(DayNumber from, long count) {
  const long step = count < 0 ? -1 : 1;
  DayNumber day = from;
  for (long left = count < 0 ? -count : count; left > 0;) {
    day += step;
    if (day < 1 || day > last_day_number) return std::nullopt;
    const std::optional<bool> works = is_working_day(day);
    if (!works) return std::nullopt;
    if (*works) --left;
  }
  return day;
}

std::optional<long> working_days_from(DayNumber from, DayNumber to) {
  if (to < from) {
    const std::optional<long> back = working_days_from(to, from);
    if (!back) return std::nullopt;
    return -*back;
  }
  long count = 0;
  for (DayNumber day = from + 1; day <= to; ++day) {
    const std::optional<bool> works = is_working_day(day);
    if (!works) return std::nullopt;
    if (*works) ++count;
  }
  return count;
}

std::optional<DayNumber> working_day_of_month(DayNumber of, long which) {
  const Day day = day_of(of);
  if (!has_known_holidays(day.year) || which < 1) return std::nullopt;
  for (int d = 1; d <= days_in_month(day.year, day.month); ++d) {
    const DayNumber number = number_of({day.year, day.month, d});
    if (*is_working_day(number) && --which == 0) return number;
  }
  return std::nullopt;
}

}  // namespace proviso::reference
