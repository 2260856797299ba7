#pragma once

#include <cstdint>

namespace proviso::value {

/// Three-valued truth. Kleene's tables hold for `and`, `or` and `not` (see program/planes.hpp for many at once).
enum class Truth : std::uint8_t { no, yes, unknown };

constexpr Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::unknown;
}
constexpr Truth either(Truth a, Truth b) {
  if (a == Truth::yes || b == Truth::yes) return Truth::yes;
  return a == Truth::no && b == Truth::no ? Truth::no : Truth::unknown;
}
constexpr Truth negated(Truth a) {
  return a == Truth::unknown ? Truth::unknown : a == Truth::yes ? Truth::no : Truth::yes;
}

}  // namespace proviso::value
