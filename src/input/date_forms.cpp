#include "input/date_forms.hpp"

#include <algorithm>
#include <array>

#include "value/calendar.hpp"
#include "value/characters.hpp"
#include "value/instant.hpp"

namespace proviso::input {
namespace {

/// A date cut into its numbers. `first` and `second` are the two before a year at the end.
struct Parts {
  enum class Shape : std::uint8_t { year_first, year_last, named_month } shape = Shape::year_first;
  std::int32_t year = 0;
  std::int32_t first = 0;   // the month, where the year or its name says so
  std::int32_t second = 0;  // then the day
  bool short_year = false;
  bool half_days = false;  // AM or PM
  bool seconds = false;
  std::int32_t minute = 0;             // of the day, by a clock without AM or PM
  std::optional<std::int32_t> offset;  // minutes that the clock is ahead of universal time, where that is said
};

/// Takes a text from its front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool blanks() {
    const std::size_t before = text_.size();
    while (take(' ')) {
    }
    return text_.size() < before;
  }
  /// How many digits were taken, at most `most`; 0 also where more follow.
  std::size_t digits(std::size_t most, std::int32_t& number) {
    std::size_t count = 0;
    number = 0;
    while (count < most && count < text_.size() && value::is_digit(text_[count]))
      number = number * 10 + (text_[count++] - '0');
    text_.remove_prefix(count);
    return !text_.empty() && value::is_digit(text_.front()) ? 0 : count;
  }
  /// Any number of digits.
  bool fraction() {
    const std::size_t count = std::min(text_.find_first_not_of("0123456789"), text_.size());
    text_.remove_prefix(count);
    return count > 0;
  }
  bool letters(std::string_view small) {
    if (text_.size() < small.size()) return false;
    for (std::size_t i = 0; i < small.size(); ++i) {
      if ((text_[i] | 0x20) != small[i]) return false;
    }
    text_.remove_prefix(small.size());
    return true;
  }
  /// All that is left.
  std::string_view rest() const { return text_; }

 private:
  std::string_view text_;
};

bool month_by_name(Scanner& scanner, std::int32_t& month) {
  constexpr std::array<std::string_view, 12> names = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!scanner.letters(names[i])) continue;
    month = static_cast<std::int32_t>(i) + 1;
    return true;
  }
  return false;
}

// `13:45`, `13:45:00.000`, `01:45:00 PM`.
bool clock(Scanner& scanner, Parts& parts) {
  std::int32_t hours = 0;
  std::int32_t minutes = 0;
  std::int32_t seconds = 0;
  if (scanner.digits(2, hours) == 0 || !scanner.take(':') || scanner.digits(2, minutes) != 2) return false;
  if (scanner.take(':')) {
    parts.seconds = true;
    if (scanner.digits(2, seconds) != 2 || (scanner.take('.') && !scanner.fraction())) return false;
  }
  if (hours > 23 || minutes > 59 || seconds > 59) return false;
  parts.minute = hours * 60 + minutes;
  Scanner after = scanner;
  after.blanks();
  parts.half_days = after.letters("am") || after.letters("pm");
  if (!parts.half_days) return true;
  scanner = after;
  return hours >= 1 && hours <= 12;
}

bool year_at_end(Scanner& scanner, char separator, Parts& parts) {
  std::int32_t first = parts.first;
  if (separator == '-' && month_by_name(scanner, parts.first)) {
    parts.shape = Parts::Shape::named_month;
    parts.second = first;
    const std::size_t count = scanner.take('-') ? scanner.digits(4, parts.year) : 0;
    parts.short_year = count == 2;
    return count == 2 || count == 4;
  }
  parts.shape = Parts::Shape::year_last;
  return scanner.digits(2, parts.second) > 0 && scanner.take(separator) && scanner.digits(4, parts.year) == 4;
}

// Everything that has the form of a date, whether or not there is such a day.
bool cut(std::string_view text, Parts& parts) {
  Scanner scanner(text);
  std::int32_t number = 0;
  const std::size_t count = scanner.digits(4, number);
  const char separator = scanner.take('-') ? '-' : scanner.take('/') ? '/' : '\0';
  if (separator == '\0') return false;
  if (count == 4) {
    parts.year = number;
    if (scanner.digits(2, parts.first) != 2 || !scanner.take(separator) || scanner.digits(2, parts.second) != 2) {
      return false;
    }
  } else {
    parts.first = number;
    if (count == 0 || count > 2 || !year_at_end(scanner, separator, parts)) return false;
  }
  if (scanner.at_end()) return true;
  const bool iso = count == 4 && separator == '-';
  if (!(iso && scanner.take('T')) && !scanner.blanks()) return false;
  if (!clock(scanner, parts)) return false;
  if (scanner.at_end()) return true;
  if (!iso || parts.half_days) return false;
  const bool blank = scanner.blanks();
  // What is left of `+00:00` whose plus sign was lost.
  parts.offset = blank && scanner.rest() == "00:00" ? 0 : value::parse_offset(scanner.rest());
  return parts.offset.has_value();
}

WrittenDate fault(DateFault what) { return {what, 0, 0, false}; }

WrittenDate found(std::optional<std::int32_t> date) {
  return date ? WrittenDate{DateFault::none, *date, 0, false} : fault(DateFault::not_a_date);
}

/// Of a date that begins with its year.
std::optional<std::int32_t> day_of(const Parts& parts) {
  const auto written = value::date_from_civil(parts.year, parts.first, parts.second);
  return written && parts.offset ? value::day_in_england(*written, parts.minute, *parts.offset) : written;
}

WrittenDate in_order(const Parts& parts, const DateReading& reading) {
  const auto day_first = value::date_from_civil(parts.year, parts.second, parts.first);
  const auto month_first = value::date_from_civil(parts.year, parts.first, parts.second);
  if (!day_first && !month_first) return fault(DateFault::not_a_date);
  if (reading.order == DateOrder::day_first) return day_first ? found(day_first) : fault(DateFault::month_first_only);
  if (reading.order == DateOrder::month_first)
    return month_first ? found(month_first) : fault(DateFault::day_first_only);
  if (day_first == month_first) return found(day_first);
  const WrittenDate either{DateFault::either, day_first.value_or(0), month_first.value_or(0), false};
  if (parts.half_days) {
    if (!month_first) return fault(DateFault::day_first_only);
    return parts.seconds && (!day_first || !reading.day_first_seen) ? found(month_first)
           : day_first                                              ? either
                                                                    : found(month_first);
  }
  if (!day_first) return fault(DateFault::month_first_only);
  if (!month_first) return found(day_first);
  if (reading.month_first_seen) return either;
  return {DateFault::none, *day_first, *month_first, true};
}

WrittenDate with_named_month(const Parts& parts, const DateReading& reading) {
  std::int32_t year = parts.year;
  if (parts.short_year) {
    if (reading.first_year == 0) return fault(DateFault::no_century);
    year += reading.first_year / 100 * 100;
    if (year < reading.first_year) year += 100;
  }
  return found(value::date_from_civil(year, parts.first, parts.second));
}

// `43556`, `43556.57`: day 1 is 1 January 1900, and day 60 a 29 February that there was not.
bool is_serial(std::string_view text, std::int32_t& day) {
  Scanner scanner(text);
  if (scanner.digits(7, day) == 0) return false;
  return scanner.at_end() || (scanner.take('.') && scanner.fraction() && scanner.at_end());
}

WrittenDate from_serial(std::int32_t day) {
  constexpr std::int32_t never_was = 60;
  constexpr std::int32_t last = 2958465;  // 9999-12-31
  if (day == never_was) return fault(DateFault::never_was);
  if (day < 1 || day > last) return fault(DateFault::not_a_date);
  constexpr std::int32_t end_of_1899 = -25568;  // 1899-12-31
  return found(end_of_1899 + day - (day > never_was ? 1 : 0));
}

}  // namespace

WrittenDate read_written_date(std::string_view text, const DateReading& reading) {
  text = value::trimmed(text);
  std::int32_t day = 0;
  if (is_serial(text, day)) {
    // Shorter numbers are no dates of our time: nothing to suggest.
    if (!reading.excel) return fault(day >= 10000 ? DateFault::serial_number : DateFault::not_a_date);
    return from_serial(day);
  }
  Parts parts;
  if (!cut(text, parts)) return fault(DateFault::not_a_date);
  switch (parts.shape) {
    case Parts::Shape::year_first:
      if (parts.half_days) return fault(DateFault::not_a_date);
      return found(day_of(parts));
    case Parts::Shape::named_month:
      return with_named_month(parts, reading);
    case Parts::Shape::year_last:
      break;
  }
  return in_order(parts, reading);
}

void add_signs(std::string_view cell, DateSigns& signs) {
  cell = value::trimmed(cell);
  if (cell.size() < 8 || !value::is_digit(cell[0])) return;
  const char separator = value::is_digit(cell[1]) ? cell[2] : cell[1];
  if (separator != '/' && separator != '-') return;
  Parts parts;
  if (!cut(cell, parts) || parts.shape != Parts::Shape::year_last) return;
  const bool day_first = value::date_from_civil(parts.year, parts.second, parts.first).has_value();
  const bool month_first = value::date_from_civil(parts.year, parts.first, parts.second).has_value();
  if (day_first && !month_first) signs.day_first = true;
  if (month_first && (!day_first || (parts.half_days && parts.seconds))) signs.month_first = true;
}

}  // namespace proviso::input
