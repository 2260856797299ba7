#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "value/type.hpp"

namespace proviso::value {

/// `18 months`, `1 month`, `42 days`, `-1 day`: always in months or days. With `either`, the count is as it is held:
/// twice the months, or twice the days and one.
std::string format_duration(std::int64_t count, DurationKind kind);

/// `35 kg/m2`, `1 week`, `1.5 weeks`: a decimal and its unit.
std::string format_quantity(std::int64_t scaled, Unit unit);

/// Reads `18 months`, `6 weeks`, `1 year`, `-3 days`: a whole number, blanks, and a unit of the calendar in the
/// singular or the plural. Years are months and weeks are days in what it returns. Nothing where the text has another
/// form, or the duration is beyond duration_limit.
std::optional<std::pair<std::int64_t, DurationKind>> parse_duration(std::string_view text);

}  // namespace proviso::value
