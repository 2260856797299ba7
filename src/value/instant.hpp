#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// Times of day beside dates. What decides is the day, and the day is that of England: a time that says how far its
/// clock is ahead of universal time is an instant, and its day the one in England then; any other is of England's clock
/// already.
namespace proviso::value {

/// A date, with or without a time of day.
struct WrittenTime {
  std::int32_t day = 0;                ///< in England
  std::optional<std::int64_t> second;  ///< since 1970 in universal time, of an instant; parts of a second are left out
};

/// Reads `2019-04-01`, `2019-04-01T13:45`, `2019-04-01T13:45:00.000` and the latter two with `Z` or an offset such as
/// `+01:00` behind them, and nothing else; nothing where it has another form, is no day or no time of day, or where its
/// day in England leaves the calendar.
std::optional<WrittenTime> parse_time(std::string_view text);
/// The day of `parse_time`.
std::optional<std::int32_t> parse_day(std::string_view text);

/// How many minutes a clock is ahead of universal time: 0 for `Z`, 60 for `+01:00`, -330 for `-05:30`; at most 14 hours
/// either way.
std::optional<std::int32_t> parse_offset(std::string_view text);

/// The day in England when a clock that is so many minutes ahead of universal time shows the day and the minute of it;
/// nothing where that leaves the calendar. Summer time is from 01:00 in universal time on the last Sunday of March to
/// 01:00 on the last Sunday of October, as the law has it since 1996; years before are read by the same rule.
std::optional<std::int32_t> day_in_england(std::int32_t day, std::int32_t minute, std::int32_t minutes_ahead);

}  // namespace proviso::value
