#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reference/calendar.hpp"
#include "reference/number.hpp"
#include "syntax/tree.hpp"

namespace proviso::reference {

/// What a value is of. A bare word is an enumeration's value whose enumeration is not known yet: the other side says.
enum class Kind { any, truth, decimal, date, duration, text, code, enumeration, place, word, list };

/// A value, known or not: an unknown one still says what it is of, so that `1 kg + unknown` and an empty sum have a
/// unit. Which of the members mean anything follows from the kind.
struct Value {
  Kind kind = Kind::any;
  bool known = false;

  bool yes = false;      ///< truth
  Integer number = 0;    ///< decimal, in millionths
  std::string unit;      ///< decimal: empty, `£`, or a unit; a percentage is a plain number
  DayNumber day = 0;     ///< date
  long count = 0;        ///< duration, of months or of days
  bool in_days = false;  ///< duration
  std::string text;      ///< text, enumeration, place, word; code without its dot, in capitals
  const std::vector<syntax::Name>* values = nullptr;  ///< enumeration: its values in order
  /// A count that is not known: the least and the most that it may be; `unlimited` where others may be missing.
  std::optional<std::pair<Integer, Integer>> bounds;
};

inline Value unknown_of(Kind kind, std::string unit = {}) {
  Value value;
  value.kind = kind;
  value.unit = std::move(unit);
  return value;
}
/// More than any number.
inline constexpr Integer unlimited = one * one * one * one * one;
/// The same sort of value, not known.
inline Value unknown_like(Value value) {
  value.known = false;
  value.bounds.reset();
  return value;
}

/// Truth with its third value.
inline Value truth(std::optional<bool> yes) {
  Value value;
  value.kind = Kind::truth;
  value.known = yes.has_value();
  value.yes = yes.value_or(false);
  return value;
}
inline std::optional<bool> truth_of(const Value& value) {
  if (value.kind != Kind::truth || !value.known) return std::nullopt;
  return value.yes;
}

inline Value decimal(std::optional<Integer> number, std::string unit = {}) {
  Value value = unknown_of(Kind::decimal, std::move(unit));
  value.known = number.has_value();
  value.number = number.value_or(0);
  return value;
}
inline Value date(std::optional<DayNumber> day) {
  Value value;
  value.kind = Kind::date;
  value.known = day.has_value();
  value.day = day.value_or(0);
  return value;
}
inline Value duration(Integer count, bool in_days) {
  Value value;
  value.kind = Kind::duration;
  // What every form of a duration can hold.
  const Integer limit = (Integer{1} << 30) - 1;
  value.known = count >= -limit && count <= limit;
  value.count = value.known ? static_cast<long>(count) : 0;
  value.in_days = in_days;
  return value;
}

// Operations on values, in operations.cpp. What is unknown or not defined is unknown.

/// The decimal in the unit, unknown where it is not exact in that; a duration as a quantity of time; a word as a value
/// of the enumeration.
Value in_terms_of(const Value& value, const Value& like);
/// Of two quantities the one with the smaller unit, in which both are exact; a duration beside a quantity is one too.
/// Of any other two values the first.
Value smaller_of(const Value& a, const Value& b);
/// Below 0, 0, or above 0; nothing where one is unknown or the two do not compare. Exact, whatever the units.
std::optional<int> order(const Value& a, const Value& b);
/// By the bounds of a count where one is not known.
std::optional<bool> compare(const Value& a, const std::string& operation, const Value& b);
Value negate(const Value& a);
Value plus(const Value& a, const Value& b);
Value times(const Value& a, const Value& b);
Value over(const Value& a, const Value& b);
Value modulo(const Value& a, const Value& b);

// Kleene's tables.
std::optional<bool> both(std::optional<bool> a, std::optional<bool> b);
std::optional<bool> either(std::optional<bool> a, std::optional<bool> b);
std::optional<bool> opposite(std::optional<bool> a);

}  // namespace proviso::reference
