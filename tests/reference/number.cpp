#include "reference/number.hpp"

#include <array>

namespace proviso::reference {
namespace {

struct Unit {
  std::string_view name;
  std::string_view dimension;
  std::int64_t size;
};

constexpr std::array<Unit, 25> units = {{
    {"ug", "mass", 1},
    {"mg", "mass", 1'000},
    {"g", "mass", 1'000'000},
    {"kg", "mass", 1'000'000'000},
    {"mm", "length", 1},
    {"cm", "length", 10},
    {"m", "length", 1'000},
    {"km", "length", 1'000'000},
    {"ml", "volume", 1},
    {"l", "volume", 1'000},
    {"months", "months", 1},
    {"years", "months", 12},
    {"minutes", "time", 1},
    {"hours", "time", 60},
    {"days", "time", 60 * 24},
    {"weeks", "time", 60 * 24 * 7},
    // Compound units convert only to themselves.
    {"kg/m2", "kg/m2", 1},
    {"mmol/mol", "mmol/mol", 1},
    {"mmol/l", "mmol/l", 1},
    {"g/l", "g/l", 1},
    {"mg/l", "mg/l", 1},
    {"mmHg", "mmHg", 1},
    {"dB", "dB", 1},
    {"degrees", "degrees", 1},
    {"ml/min", "ml/min", 1},
}};

const Unit* find(std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

}  // namespace

std::optional<Integer> in_range(Integer millionths) {
  const Integer limit = INT64_MAX;
  if (millionths > limit || millionths < -limit) return std::nullopt;
  return millionths;
}

Integer whole_below(Integer numerator, Integer denominator) {
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const Integer quotient = numerator / denominator;
  return numerator % denominator < 0 ? quotient - 1 : quotient;
}

Integer nearest(Integer numerator, Integer denominator) {
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const Integer below = whole_below(numerator, denominator);
  const Integer rest = numerator - below * denominator;
  if (rest * 2 < denominator) return below;
  if (rest * 2 > denominator) return below + 1;
  return below % 2 == 0 ? below : below + 1;
}

std::optional<Integer> parse_number(std::string_view text, int most_places) {
  bool negative = false;
  if (!text.empty() && text.front() == '-') {
    negative = true;
    text.remove_prefix(1);
  }
  Integer value = 0;
  int places = -1;
  bool digits = false;
  for (const char c : text) {
    if (c == '.' && places < 0) {
      places = 0;
    } else if (c >= '0' && c <= '9') {
      digits = true;
      if (places >= 0 && ++places > most_places) {
        if (c != '0') return std::nullopt;
        continue;
      }
      value = value * 10 + (c - '0');
      if (value > Integer{INT64_MAX} * 10) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  if (!digits) return std::nullopt;
  for (int i = places < 0 ? 0 : places; i < most_places; ++i) value *= 10;
  return in_range(negative ? -value : value);
}

std::optional<Integer> round_to(Integer value, Integer step, std::string_view mode) {
  const Integer below = whole_below(value, step);
  const Integer rest = value - below * step;
  if (rest == 0) return in_range(value);
  const Integer toward_zero = value > 0 ? below : below + 1;
  const Integer away = value > 0 ? below + 1 : below;
  Integer chosen = 0;
  if (mode == "floor") {
    chosen = below;
  } else if (mode == "ceiling") {
    chosen = below + 1;
  } else if (mode == "up") {
    chosen = away;
  } else if (mode == "down") {
    chosen = toward_zero;
  } else if (rest * 2 != step) {
    chosen = rest * 2 < step ? below : below + 1;
  } else if (mode == "half up") {
    chosen = away;
  } else if (mode == "half down") {
    chosen = toward_zero;
  } else {
    chosen = below % 2 == 0 ? below : below + 1;
  }
  return in_range(chosen * step);
}

std::string dimension_of(std::string_view unit) {
  const Unit* found = find(unit);
  return found == nullptr ? std::string(unit) : std::string(found->dimension);
}

Integer size_of(std::string_view unit) {
  const Unit* found = find(unit);
  return found == nullptr ? 1 : found->size;
}

std::optional<Integer> convert(Integer value, std::string_view from, std::string_view to) {
  if (from == to) return value;
  const Integer smallest = value * size_of(from);
  if (smallest % size_of(to) != 0) return std::nullopt;
  return in_range(smallest / size_of(to));
}

}  // namespace proviso::reference
