#include "reference/value.hpp"

namespace proviso::reference {
namespace {

bool is_time(const std::string& unit) { return dimension_of(unit) == "time" || dimension_of(unit) == "months"; }

/// A duration as a quantity in days or months.
Value as_quantity(const Value& duration) {
  Value value = unknown_of(Kind::decimal, duration.in_days ? "days" : "months");
  value.known = duration.known;
  value.number = Integer{duration.count} * one;
  return value;
}

int sign(Integer a) { return a < 0 ? -1 : a > 0 ? 1 : 0; }

std::optional<int> place_of(const Value& value) {
  if (value.values == nullptr) return std::nullopt;
  for (std::size_t i = 0; i < value.values->size(); ++i) {
    if ((*value.values)[i].text == value.text) return static_cast<int>(i);
  }
  return std::nullopt;
}

/// From the one end of what a decimal may be to the other.
std::optional<std::pair<Integer, Integer>> range_of(const Value& value) {
  if (value.kind != Kind::decimal) return std::nullopt;
  if (value.known) return std::pair{value.number, value.number};
  return value.bounds;
}

}  // namespace

Value smaller_of(const Value& left, const Value& right) {
  const bool quantities = left.kind == Kind::decimal || right.kind == Kind::decimal;
  const Value a = quantities && left.kind == Kind::duration ? as_quantity(left) : left;
  const Value b = quantities && right.kind == Kind::duration ? as_quantity(right) : right;
  if (a.kind != Kind::decimal || b.kind != Kind::decimal || a.unit.empty() || b.unit.empty()) return a;
  return size_of(b.unit) < size_of(a.unit) ? b : a;
}

Value in_terms_of(const Value& value, const Value& like) {
  if (value.kind == Kind::any) {
    Value typed = unknown_like(like);
    return typed;
  }
  if (value.kind == Kind::duration && like.kind == Kind::decimal && is_time(like.unit)) {
    return in_terms_of(as_quantity(value), like);
  }
  if (value.kind == Kind::decimal && like.kind == Kind::decimal && value.unit != like.unit && !like.unit.empty()) {
    Value converted = value;
    converted.bounds.reset();
    converted.unit = like.unit;
    // A plain number where a unit is expected is in that unit.
    if (value.known && !value.unit.empty() && value.unit != "£") {
      const std::optional<Integer> number = convert(value.number, value.unit, like.unit);
      converted.known = number.has_value();
      converted.number = number.value_or(0);
    }
    return converted;
  }
  if ((value.kind == Kind::word || value.kind == Kind::text) && like.kind == Kind::enumeration) {
    Value typed = value;
    typed.kind = Kind::enumeration;
    typed.values = like.values;
    return typed;
  }
  if (value.kind == Kind::word && like.kind == Kind::place) {
    Value typed = value;
    typed.kind = Kind::place;
    return typed;
  }
  return value;
}

std::optional<int> order(const Value& left, const Value& right) {
  const Value a = left.kind == Kind::word || left.kind == Kind::text ? in_terms_of(left, right) : left;
  const Value b = right.kind == Kind::word || right.kind == Kind::text ? in_terms_of(right, left) : right;
  if (!a.known || !b.known) return std::nullopt;
  if (a.kind == Kind::duration && b.kind == Kind::decimal) return order(as_quantity(a), b);
  if (a.kind == Kind::decimal && b.kind == Kind::duration) return order(a, as_quantity(b));
  if (a.kind != b.kind) return std::nullopt;
  switch (a.kind) {
    case Kind::truth:
      return static_cast<int>(a.yes) - static_cast<int>(b.yes);
    case Kind::decimal: {
      if (a.unit == b.unit) return sign(a.number - b.number);
      if (dimension_of(a.unit) != dimension_of(b.unit)) return std::nullopt;
      return sign(a.number * size_of(a.unit) - b.number * size_of(b.unit));
    }
    case Kind::date:
      return sign(Integer{a.day} - b.day);
    case Kind::duration:
      // A month has no number of days.
      if (a.in_days != b.in_days) return std::nullopt;
      return sign(Integer{a.count} - b.count);
    case Kind::text:
    case Kind::code:
    case Kind::place:
    case Kind::word:
      return a.text.compare(b.text);
    case Kind::enumeration: {
      const std::optional<int> first = place_of(a);
      const std::optional<int> second = place_of(b);
      if (!first || !second) return std::nullopt;
      return *first - *second;
    }
    case Kind::any:
    case Kind::list:
      break;
  }
  return std::nullopt;
}

std::optional<bool> compare(const Value& a, const std::string& operation, const Value& b) {
  const auto first = range_of(a);
  const auto second = range_of(b);
  if (first && second && (!a.known || !b.known)) {
    // Of all that the two may be: whether a is surely less, surely more, ...
    if (operation == ">") return compare(b, "<", a);
    if (operation == ">=") return compare(b, "<=", a);
    if (operation == "!=") return opposite(compare(a, "=", b));
    if (operation == "<") {
      if (first->second < second->first) return true;
      if (first->first >= second->second) return false;
      return std::nullopt;
    }
    if (operation == "<=") {
      if (first->second <= second->first) return true;
      if (first->first > second->second) return false;
      return std::nullopt;
    }
    if (first->second < second->first || second->second < first->first) return false;
    // A count is a whole number.
    if ((a.known && a.number % one != 0) || (b.known && b.number % one != 0)) return false;
    return std::nullopt;
  }
  const std::optional<int> found = order(a, b);
  if (!found) return std::nullopt;
  if (operation == "=") return *found == 0;
  if (operation == "!=") return *found != 0;
  if (operation == "<") return *found < 0;
  if (operation == "<=") return *found <= 0;
  if (operation == ">") return *found > 0;
  return *found >= 0;
}

Value negate(const Value& a) {
  Value result = a;
  result.bounds.reset();
  result.number = -a.number;
  result.count = -a.count;
  return result;
}

Value plus(const Value& first, const Value& right) {
  // A date or a duration.
  if (first.kind == Kind::any && right.kind == Kind::duration) return {};
  if (first.kind == Kind::any) return unknown_like(right);
  const Value like = smaller_of(first, right);
  const Value left = in_terms_of(first, like);
  if (left.kind == Kind::date) {
    if (!left.known || !right.known) return date(std::nullopt);
    return date(right.in_days ? plus_days(left.day, right.count) : plus_months(left.day, right.count));
  }
  const Value b = in_terms_of(right, like);
  if (left.kind == Kind::duration && b.kind == Kind::duration) {
    if (!left.known || !b.known || left.in_days != b.in_days) return unknown_like(left.known ? left : b);
    return duration(Integer{left.count} + b.count, left.in_days);
  }
  if (!left.known || !b.known) return unknown_of(left.kind, left.unit);
  return decimal(in_range(left.number + b.number), left.unit);
}

Value times(const Value& a, const Value& b) {
  if (b.kind == Kind::duration) return times(b, a);
  if (a.kind == Kind::duration) {
    Value result = unknown_like(a);
    if (!a.known || !b.known || b.number % one != 0) return result;
    return duration(Integer{a.count} * (b.number / one), a.in_days);
  }
  const std::string unit = a.unit.empty() ? b.unit : a.unit;
  if ((a.kind == Kind::any || b.kind == Kind::any) && unit.empty()) return {};
  if (!a.known || !b.known) return unknown_of(Kind::decimal, unit);
  return decimal(in_range(nearest(a.number * b.number, one)), unit);
}

Value over(const Value& first, const Value& second) {
  // Beside a quantity a duration is one too.
  const bool quantities = first.kind == Kind::decimal || second.kind == Kind::decimal;
  const Value a = quantities && first.kind == Kind::duration ? as_quantity(first) : first;
  const Value b = quantities && second.kind == Kind::duration ? as_quantity(second) : second;
  const std::string unit = b.unit.empty() ? a.unit : std::string();
  if (a.kind == Kind::any && b.unit.empty()) return {};
  if (b.kind == Kind::any && !a.unit.empty()) return {};  // over a number, or over its like
  if (!a.known || !b.known || b.number == 0) return unknown_of(Kind::decimal, unit);
  // Quantities of two units: in the smaller, in which both are exact, if they can be held there.
  if (!b.unit.empty() && a.unit != b.unit) {
    const Value like = smaller_of(a, b);
    const Value above = in_terms_of(a, like);
    const Value below = in_terms_of(b, like);
    if (!above.known || !below.known) return unknown_of(Kind::decimal, unit);
    return decimal(in_range(nearest(above.number * one, below.number)), unit);
  }
  return decimal(in_range(nearest(a.number * one, b.number)), unit);
}

Value modulo(const Value& left, const Value& right) {
  const Value first = left.kind == Kind::any ? right : smaller_of(left, right);
  if (first.kind == Kind::any) return {};
  const Value like = first.kind == Kind::duration ? as_quantity(first) : first;
  const Value a = in_terms_of(left, like);
  const Value b = in_terms_of(right, like);
  if (!a.known || !b.known || b.number == 0) return unknown_of(Kind::decimal, like.unit);
  return decimal(a.number - whole_below(a.number, b.number) * b.number, like.unit);
}

std::optional<bool> both(std::optional<bool> a, std::optional<bool> b) {
  if (a == false || b == false) return false;
  if (a == true && b == true) return true;
  return std::nullopt;
}

std::optional<bool> either(std::optional<bool> a, std::optional<bool> b) {
  if (a == true || b == true) return true;
  if (a == false && b == false) return false;
  return std::nullopt;
}

std::optional<bool> opposite(std::optional<bool> a) {
  if (!a) return std::nullopt;
  return !*a;
}

}  // namespace proviso::reference
