#include "input/fhir_moment.hpp"

#include <charconv>

#include "value/calendar.hpp"
#include "value/instant.hpp"

namespace proviso::input::fhir {
namespace {

/// The number that the digits are; nothing where something else is among them.
std::optional<std::int32_t> number(std::string_view digits) {
  std::int32_t value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

bool is_before(const Moment& a, const Moment& b) {
  return a.second && b.second ? *a.second < *b.second : a.last < b.first;
}

}  // namespace

Moment moment_of(std::string_view written) {
  Moment moment;
  if (const auto time = value::parse_time(written)) {
    moment.first = moment.last = time->day;
    moment.day = value::format_date(time->day);
    moment.second = time->second;
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
