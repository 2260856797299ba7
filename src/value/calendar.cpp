#include "value/calendar.hpp"

#include <array>

namespace proviso::value {
namespace {

// Arithmetic on years that begin on 1 March, so that the leap day is the last of its year. Day 0 is 0000-03-01, and
// no date of the calendar comes before it: all is unsigned.
constexpr std::int32_t march_epoch = -719468;
constexpr std::uint32_t days_of_four_centuries = 146097;
constexpr std::uint32_t days_of_four_years = 1461;

constexpr bool is_leap(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return 30 + ((month + month / 8) & 1);
}

// The day need not be there: only that year and month are in the calendar.
constexpr std::int32_t days_from_civil(std::int32_t year, std::int32_t month, std::int32_t day) {
  const bool before_march = month < 3;
  const auto y = static_cast<std::uint32_t>(before_march ? year - 1 : year);
  const auto m = static_cast<std::uint32_t>(before_march ? month + 9 : month - 3);
  const std::uint32_t start_of_year = 365 * y + y / 4 - y / 100 + y / 400;
  const std::uint32_t start_of_month = (153 * m + 2) / 5;  // five months from March have 153 days, then again
  return static_cast<std::int32_t>(start_of_year + start_of_month) + day - 1 + march_epoch;
}

static_assert(days_from_civil(1, 1, 1) == first_date);
static_assert(days_from_civil(1970, 1, 1) == 0);
static_assert(days_from_civil(9999, 12, 31) == last_date);

constexpr bool in_calendar(std::int64_t date) { return date >= first_date && date <= last_date; }

// Months since year 0.
constexpr std::int32_t month_number(const CivilDate& date) { return date.year * 12 + date.month - 1; }

// The number in `length` characters from `at`, or -1 where one is no digit.
constexpr std::int32_t digits_at(std::string_view text, std::size_t at, std::size_t length) {
  std::int32_t number = 0;
  for (std::size_t i = at; i < at + length; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

}  // namespace

CivilDate civil(std::int32_t date) {
  // Four times the days and three more, divided by the days of four centuries, is the century: each has a quarter
  // of them but the last is a day longer. The same within the century, by years of four.
  const std::uint32_t days = static_cast<std::uint32_t>(date - march_epoch) * 4 + 3;
  const std::uint32_t century = days / days_of_four_centuries;
  const std::uint32_t rest = days % days_of_four_centuries / 4 * 4 + 3;
  const std::uint32_t year = rest / days_of_four_years;
  const std::uint32_t day_of_year = rest % days_of_four_years / 4;
  const std::uint32_t month = (5 * day_of_year + 2) / 153;
  const std::uint32_t day = day_of_year - (153 * month + 2) / 5 + 1;
  const bool next_year = month >= 10;
  return {static_cast<std::int32_t>(century * 100 + year + (next_year ? 1 : 0)),
          static_cast<std::int32_t>(next_year ? month - 9 : month + 3), static_cast<std::int32_t>(day)};
}

std::optional<std::int32_t> date_from_civil(std::int32_t year, std::int32_t month, std::int32_t day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > 28 && day > days_in_month(year, month)) return std::nullopt;
  return days_from_civil(year, month, day);
}

std::optional<std::int32_t> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  // What is no number is -1, which is no year, month or day.
  return date_from_civil(digits_at(text, 0, 4), digits_at(text, 5, 2), digits_at(text, 8, 2));
}

void append_date(std::string& out, std::int32_t date) {
  const CivilDate parts = civil(date);
  const auto digit = [](std::int32_t number) { return static_cast<char>('0' + number % 10); };
  const std::array<char, 10> text = {
      digit(parts.year / 1000),
      digit(parts.year / 100),
      digit(parts.year / 10),
      digit(parts.year),
      '-',
      digit(parts.month / 10),
      digit(parts.month),
      '-',
      digit(parts.day / 10),
      digit(parts.day),
  };
  out.append(text.data(), text.size());
}

std::string format_date(std::int32_t date) {
  std::string out;
  append_date(out, date);
  return out;
}

bool add_months(std::int32_t date, std::int64_t months, std::int32_t& result) {
  constexpr std::int64_t all_months = 9999 * 12;
  if (months > all_months || months < -all_months) return false;
  const CivilDate parts = civil(date);
  const std::int32_t target = month_number(parts) + static_cast<std::int32_t>(months);
  const std::int32_t year = target / 12;
  if (target < 12 || year > 9999) return false;
  const std::int32_t month = target % 12 + 1;
  std::int32_t day = parts.day;
  if (day > 28) {
    const std::int32_t last = days_in_month(year, month);
    if (day > last) day = last;
  }
  result = days_from_civil(year, month, day);
  return true;
}

bool add_days(std::int32_t date, std::int64_t days, std::int32_t& result) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(std::int64_t{date}, days, &sum) || !in_calendar(sum)) return false;
  result = static_cast<std::int32_t>(sum);
  return true;
}

std::int32_t months_between(std::int32_t from, std::int32_t to) {
  if (to < from) return -months_between(to, from);
  const CivilDate first = civil(from);
  const CivilDate last = civil(to);
  const std::int32_t months = month_number(last) - month_number(first);
  return last.day < first.day ? months - 1 : months;
}

std::int32_t years_between(std::int32_t from, std::int32_t to) { return months_between(from, to) / 12; }

std::int32_t weeks_between(std::int32_t from, std::int32_t to) { return (to - from) / 7; }

std::int32_t start_of_month(std::int32_t date) { return date - civil(date).day + 1; }

std::int32_t end_of_month(std::int32_t date) {
  const CivilDate parts = civil(date);
  return date - parts.day + days_in_month(parts.year, parts.month);
}

bool start_of_financial_year(std::int32_t date, std::int32_t& result) {
  const CivilDate parts = civil(date);
  const std::int32_t year = parts.month < 4 ? parts.year - 1 : parts.year;
  if (year < 1) return false;
  result = days_from_civil(year, 4, 1);
  return true;
}

}  // namespace proviso::value
