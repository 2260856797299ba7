#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace proviso::input {

enum class DateOrder : std::uint8_t { unsaid, day_first, month_first };

/// How the dates of a column are read. Nothing of it touches dates that begin with their year.
struct DateReading {
  DateOrder order = DateOrder::unsaid;  ///< as the mapping says; unsaid: day first, unless the column speaks against it
  bool excel = false;                   ///< plain numbers are days as Excel counts them
  bool day_first_seen = false;          ///< the column has dates that can only be day first
  bool month_first_seen = false;        ///< and such as can only be month first, or have the American clock
  std::int16_t first_year = 0;          ///< years of two digits are of the hundred from here on; 0: are refused
};

/// What is wrong with a text as a date.
enum class DateFault : std::uint8_t {
  none,
  not_a_date,
  either,            ///< day first or month first, and which is not said
  month_first_only,  ///< but dates are read day first
  day_first_only,    ///< but dates are read month first
  no_century,        ///< a year of two digits
  serial_number,     ///< a plain number, in a column that is not said to be of Excel's
  never_was,         ///< Excel's 29 February 1900
};

struct WrittenDate {
  DateFault fault = DateFault::not_a_date;
  std::int32_t date = 0;
  std::int32_t other = 0;  ///< fault either: read day first it is `date`, month first `other`
  bool assumed = false;    ///< it could be either, nothing says so, and it was read day first
};

/// Reads a date in any of the forms that files have, blanks at its ends aside:
/// - `2019-04-01`, `2019-04-01 13:45:00.000`, `2019-04-01T13:45:00`, also with `Z` or an offset such as `+01:00` after
///   the time, or ` 00:00` (what is left of `+00:00` whose plus sign was lost), `2019/04/01`, `2019/04/01 13:45`;
/// - `01/04/2019`, `01-04-2019`, `1/4/2019 13:45`;
/// - `04/01/2019 01:45:00 PM`: month first, since that clock is the American export's;
/// - `01-Apr-2019`, `01-APR-19`, with or without a time;
/// - `43556`, `43556.57`: days since the end of 1899 as Excel counts them, where the reading says so.
/// The time of day must be one, and is then left out; with an offset the day is the one in England then.
WrittenDate read_written_date(std::string_view text, const DateReading& reading);

/// What the dates of a column say of its order.
struct DateSigns {
  bool day_first = false;
  bool month_first = false;
};
/// Adds what a cell says, if it is a date at all.
void add_signs(std::string_view cell, DateSigns& signs);

}  // namespace proviso::input
