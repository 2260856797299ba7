#include "value/format.hpp"

#include <charconv>

#include "value/decimal.hpp"

namespace proviso::value {
namespace {

bool is_one(std::int64_t number, std::int64_t one) { return number == one || number == -one; }

// What a count of the unit is multiplied by, and which kind of duration that gives.
std::optional<std::pair<std::int64_t, DurationKind>> calendar_unit(Unit unit) {
  switch (unit) {
    case Unit::years:
      return std::pair{std::int64_t{12}, DurationKind::months};
    case Unit::months:
      return std::pair{std::int64_t{1}, DurationKind::months};
    case Unit::weeks:
      return std::pair{std::int64_t{7}, DurationKind::days};
    case Unit::days:
      return std::pair{std::int64_t{1}, DurationKind::days};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string format_duration(std::int64_t count, DurationKind kind) {
  if (kind == DurationKind::either) {
    kind = (count & 1) == 0 ? DurationKind::months : DurationKind::days;
    count >>= 1;
  }
  const Unit unit = kind == DurationKind::months ? Unit::months : Unit::days;
  std::string out = std::to_string(count);
  out += ' ';
  out += is_one(count, 1) ? singular_spelling(unit) : spelling(unit);
  return out;
}

std::string format_quantity(std::int64_t scaled, Unit unit) {
  std::string out;
  append_decimal(out, scaled);
  out += ' ';
  out += is_one(scaled, decimal_scale) ? singular_spelling(unit) : spelling(unit);
  return out;
}

std::optional<std::pair<std::int64_t, DurationKind>> parse_duration(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  const std::size_t blanks = text.find_first_not_of(' ');
  if (blanks == 0 || blanks == std::string_view::npos) return std::nullopt;
  const std::optional<Unit> unit = unit_by_spelling(text.substr(blanks));
  if (!unit) return std::nullopt;
  const auto calendar = calendar_unit(*unit);
  if (!calendar) return std::nullopt;
  std::int64_t total = 0;
  if (__builtin_mul_overflow(count, calendar->first, &total)) return std::nullopt;
  if (total > duration_limit || total < -duration_limit) return std::nullopt;
  return std::pair{total, calendar->second};
}

}  // namespace proviso::value
