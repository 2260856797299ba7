#include "value/instant.hpp"

#include "value/calendar.hpp"
#include "value/characters.hpp"

namespace proviso::value {
namespace {

constexpr std::int64_t minutes_of_day = 1440;
constexpr std::size_t date_length = 10;

/// The number in the two digits at the front, which are taken off; nothing where it is more than `most`.
std::optional<std::int32_t> take_two_digits(std::string_view& text, std::int32_t most) {
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
  const std::int32_t number = (text[0] - '0') * 10 + (text[1] - '0');
  if (number > most) return std::nullopt;
  text.remove_prefix(2);
  return number;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// Parts of a second, if any.
bool take_fraction(std::string_view& text) {
  if (!take(text, '.')) return true;
  if (text.empty() || !is_digit(text.front())) return false;
  while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
  return true;
}

/// Seconds of the day, of `13:45` and `13:45:00.000` at the front, which is taken off.
std::optional<std::int32_t> take_clock(std::string_view& text) {
  const auto hours = take_two_digits(text, 23);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = take_two_digits(text, 59);
  if (!minutes) return std::nullopt;
  std::int32_t seconds = 0;
  if (take(text, ':')) {
    constexpr std::int32_t leap_second = 60;
    const auto found = take_two_digits(text, leap_second);
    if (!found || !take_fraction(text)) return std::nullopt;
    seconds = *found == leap_second ? leap_second - 1 : *found;
  }
  return (*hours * 60 + *minutes) * 60 + seconds;
}

/// The last Sunday on or before the date.
std::int32_t sunday_before(std::int32_t date) {
  constexpr std::int32_t some_sunday = 3;  // 1970-01-04
  return date - ((date - some_sunday) % 7 + 7) % 7;
}

bool is_summer(std::int32_t day, std::int32_t minute) {
  const std::int32_t year = civil(day).year;
  const std::int32_t starts = sunday_before(*date_from_civil(year, 3, 31));
  const std::int32_t ends = sunday_before(*date_from_civil(year, 10, 31));
  constexpr std::int32_t one_o_clock = 60;
  if (day == starts) return minute >= one_o_clock;
  return day == ends ? minute < one_o_clock : day > starts && day < ends;
}

}  // namespace

std::optional<std::int32_t> parse_offset(std::string_view text) {
  if (text == "Z") return 0;
  const bool ahead = take(text, '+');
  if (!ahead && !take(text, '-')) return std::nullopt;
  constexpr std::int32_t most = 14;
  const auto hours = take_two_digits(text, most);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = take_two_digits(text, 59);
  if (!minutes || !text.empty() || (*hours == most && *minutes > 0)) return std::nullopt;
  const std::int32_t offset = *hours * 60 + *minutes;
  return ahead ? offset : -offset;
}

std::optional<std::int32_t> day_in_england(std::int32_t day, std::int32_t minute, std::int32_t minutes_ahead) {
  // In universal time that may be the day before or after.
  const std::int32_t shifted = minute - minutes_ahead;
  const std::int32_t days = shifted < 0 ? -1 : shifted >= minutes_of_day ? 1 : 0;
  std::int32_t universal = 0;
  if (!add_days(day, days, universal)) return std::nullopt;
  const auto rest = static_cast<std::int32_t>(shifted - days * minutes_of_day);
  const bool next_day = is_summer(universal, rest) && rest >= minutes_of_day - 60;
  std::int32_t result = 0;
  return add_days(universal, next_day ? 1 : 0, result) ? std::optional(result) : std::nullopt;
}

std::optional<WrittenTime> parse_time(std::string_view text) {
  const auto day = parse_date(text.substr(0, date_length));
  if (!day) return std::nullopt;
  text.remove_prefix(date_length);
  if (text.empty()) return WrittenTime{*day, std::nullopt};
  if (!take(text, 'T')) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  if (text.empty()) return WrittenTime{*day, std::nullopt};
  const auto ahead = parse_offset(text);
  if (!ahead) return std::nullopt;
  const auto in_england = day_in_england(*day, *clock / 60, *ahead);
  if (!in_england) return std::nullopt;
  return WrittenTime{*in_england, (std::int64_t{*day} * minutes_of_day - *ahead) * 60 + *clock};
}

std::optional<std::int32_t> parse_day(std::string_view text) {
  const auto time = parse_time(text);
  return time ? std::optional(time->day) : std::nullopt;
}

}  // namespace proviso::value
