#include <array>
#include <chrono>
#include <iterator>

#include "value/calendar.hpp"

// Working days by table: how many there are in the first days of the known years, and which they are. A sum is then
// two look-ups, however long the period.
namespace proviso::value {
namespace {

struct Holiday {
  std::int32_t year;
  std::uint32_t month;
  std::uint32_t day;

  constexpr std::int32_t date() const {
    using namespace std::chrono;
    const sys_days days = std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
    return static_cast<std::int32_t>(days.time_since_epoch().count());
  }
};

constexpr Holiday holidays[] = {
#define PROVISO_BANK_HOLIDAY(year, month, day, name) {year, month, day},
#include "value/bank_holidays_england.def"
#undef PROVISO_BANK_HOLIDAY
};

constexpr std::int32_t first_year = std::begin(holidays)->year;
constexpr std::int32_t last_year = std::prev(std::end(holidays))->year;
constexpr std::int32_t first_day = Holiday{first_year, 1, 1}.date();
constexpr std::int32_t end_day = Holiday{last_year + 1, 1, 1}.date();
constexpr std::size_t day_count = std::size_t{end_day - first_day};

constexpr bool is_weekend(std::int32_t date) {
  const std::int32_t weekday = (date + 3) % 7;  // 1970-01-01 was a Thursday; Monday is 0
  return weekday >= 5;
}
static_assert(first_day >= 0, "is_weekend takes no date before 1970");

struct WorkingDays {
  /// Working days among the first `i` days of the known years.
  std::array<std::uint16_t, day_count + 1> before{};
  /// The working days as days after the first day, in order; as many as before.back() says.
  std::array<std::uint16_t, day_count> days{};
  bool holidays_in_order = true;
};

constexpr WorkingDays make_working_days() {
  WorkingDays table;
  std::size_t holiday = 0;
  std::uint16_t count = 0;
  for (std::size_t day = 0; day < day_count; ++day) {
    const std::int32_t date = first_day + static_cast<std::int32_t>(day);
    table.before[day] = count;
    const bool is_holiday = holiday < std::size(holidays) && holidays[holiday].date() == date;
    if (is_holiday) ++holiday;
    if (!is_holiday && !is_weekend(date)) table.days[count++] = static_cast<std::uint16_t>(day);
  }
  table.before[day_count] = count;
  // One that is out of order, or twice there, is never met and holds up those after it.
  table.holidays_in_order = holiday == std::size(holidays);
  return table;
}

constexpr WorkingDays table = make_working_days();
static_assert(table.holidays_in_order, "bank_holidays_england.def is not in the order of its dates");
static_assert(day_count <= UINT16_MAX);

constexpr std::int64_t total = table.before[day_count];

/// How many known working days come before the date: false where not all days since the first known one are known.
/// The day after the last known one is allowed, for all before it are.
bool working_days_before(std::int64_t date, std::int64_t& count) {
  if (date < first_day || date > end_day) return false;
  count = table.before[static_cast<std::size_t>(date - first_day)];
  return true;
}

/// The known working day with this number, from 0.
bool working_day(std::int64_t number, std::int32_t& date) {
  if (number < 0 || number >= total) return false;
  date = first_day + table.days[static_cast<std::size_t>(number)];
  return true;
}

}  // namespace

std::int32_t first_holiday_year() { return first_year; }
std::int32_t last_holiday_year() { return last_year; }

bool add_working_days(std::int32_t date, std::int64_t count, std::int32_t& result) {
  if (count == 0) {
    result = date;
    return true;
  }
  if (count > total || count < -total) return false;
  std::int64_t before = 0;
  if (count < 0) return working_days_before(date, before) && working_day(before + count, result);
  return working_days_before(std::int64_t{date} + 1, before) && working_day(before + count - 1, result);
}

bool working_days_between(std::int32_t from, std::int32_t to, std::int32_t& result) {
  if (from == to) {
    result = 0;
    return true;
  }
  std::int64_t before = 0;
  std::int64_t until = 0;
  if (!working_days_before(std::int64_t{from} + 1, before)) return false;
  if (!working_days_before(std::int64_t{to} + 1, until)) return false;
  result = static_cast<std::int32_t>(until - before);
  return true;
}

bool working_day_of_month(std::int32_t date, std::int64_t number, std::int32_t& result) {
  const std::int32_t start = start_of_month(date);
  const std::int32_t end = end_of_month(date);
  std::int64_t before = 0;
  std::int32_t day = 0;
  // A month of the known years, or one that would end after them: then the day is not of the month or not known.
  if (number < 1 || number > 31 || !working_days_before(start, before)) return false;
  if (!working_day(before + number - 1, day) || day > end) return false;
  result = day;
  return true;
}

}  // namespace proviso::value
