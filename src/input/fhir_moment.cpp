#include "input/fhir_moment.hpp"

#include <charconv>

#include "input/fhir_values.hpp"
#include "value/calendar.hpp"

namespace proviso::input::fhir {
namespace {

/// The number that the digits are; nothing where something else is among them.
std::optional<std::int32_t> number(std::string_view digits) {
  std::int32_t value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// `10:30`; nothing where it is no time of day.
std::optional<std::int32_t> minutes(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = number(text.substr(0, 2));
  const auto minute = number(text.substr(3));
  if (!hour || !minute || *hour < 0 || *hour > 24 || *minute < 0 || *minute > 59) return std::nullopt;
  return *hour * 60 + *minute;
}

/// Seconds since 1970 of `T10:30:00.000+01:00` on the day; nothing without a zone. Parts of a second are left out.
std::optional<std::int64_t> second_of(std::int32_t day, std::string_view time) {
  if (time.size() < 7) return std::nullopt;
  const auto clock = minutes(time.substr(1, 5));
  const std::size_t zone = time.find_first_of("Z+-", 6);
  if (!clock || zone == std::string_view::npos) return std::nullopt;
  std::int32_t seconds = 0;
  if (time[6] == ':') {
    const auto found = number(time.substr(7, 2));
    if (!found || *found < 0) return std::nullopt;
    seconds = *found;
  }
  std::int64_t offset = 0;
  if (time[zone] != 'Z') {
    const auto ahead = minutes(time.substr(zone + 1));
    if (!ahead) return std::nullopt;
    offset = time[zone] == '+' ? *ahead : -*ahead;
  }
  constexpr std::int64_t minutes_of_day = 1440;
  return (std::int64_t{day} * minutes_of_day + *clock - offset) * 60 + seconds;
}

bool is_before(const Moment& a, const Moment& b) {
  return a.second && b.second ? *a.second < *b.second : a.last < b.first;
}

}  // namespace

Moment moment_of(std::string_view written) {
  Moment moment;
  if (const auto day = whole_day(written)) {
    moment.first = moment.last = *value::parse_date(*day);
    moment.day = std::string(*day);
    moment.second = second_of(moment.first, written.substr(day->size()));
    return moment;
  }
  const auto year = number(written.substr(0, 4));
  if (!year || written.size() < 4) return moment;
  if (written.size() == 4) {
    const auto first = value::date_from_civil(*year, 1, 1);
    const auto last = value::date_from_civil(*year, 12, 31);
    if (first && last) moment.first = *first, moment.last = *last;
  } else if (written.size() == 7 && written[4] == '-') {
    const auto month = number(written.substr(5));
    const auto first = month ? value::date_from_civil(*year, *month, 1) : std::nullopt;
    if (first) moment.first = *first, moment.last = value::end_of_month(*first);
  }
  return moment;
}

Moment moment_of(dom::object resource, std::string_view name) {
  const std::string begin(name);
  for (const char* const end : {"DateTime", "Instant", ""}) {
    const std::string_view written = text_of(resource, begin + end);
    if (!written.empty()) return moment_of(written);
  }
  const auto period = object_of(resource, begin + "Period");
  if (!period) return {};
  const Moment start = moment_of(text_of(*period, "start"));
  Moment moment = moment_of(text_of(*period, "end"));
  moment.first = start.first;
  if (start.day != moment.day) moment.day.clear(), moment.second.reset();
  return moment;
}

std::optional<std::size_t> newest(const std::vector<Moment>& moments,
                                  const std::function<std::string(std::size_t)>& value) {
  if (moments.empty()) return std::nullopt;
  std::size_t candidate = 0;
  for (std::size_t i = 1; i < moments.size(); ++i) {
    if (is_before(moments[candidate], moments[i])) candidate = i;
  }
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (i == candidate || is_before(moments[i], moments[candidate])) continue;
    if (moments[i].day != moments[candidate].day || value(i) != value(candidate)) return std::nullopt;
  }
  return candidate;
}

}  // namespace proviso::input::fhir
