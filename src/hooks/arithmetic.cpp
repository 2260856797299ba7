#include <string>

#include "hooks/budget.hpp"
#include "hooks/operators.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

// The operators of exact values. They mean what they mean in policies; the type rules are those of
// check/arithmetic.cpp.
namespace proviso::hooks {
namespace {

using value::DurationKind;
using value::Kind;

struct Pair {
  Operand left;
  Operand right;
};

Pair operands(lua_State* state, const char* verb) {
  Pair pair;
  if (!to_operand(state, 1, pair.left) || !to_operand(state, 2, pair.right)) cannot(state, verb);
  return pair;
}

/// Brings two quantities of one dimension to the smaller of their units, in which both are exact.
void in_smaller_unit(lua_State* state, Exact& a, Exact& b) {
  if (value::size(a.unit) < value::size(b.unit)) return in_smaller_unit(state, b, a);
  if (a.unit == b.unit) return;
  if (!value::rescale(a.bits, value::size(a.unit), value::size(b.unit), a.bits)) fail(state, "number out of range");
  a.unit = b.unit;
}

Exact checked_duration(lua_State* state, std::int64_t count, DurationKind kind) {
  if (count > value::duration_limit || count < -value::duration_limit) fail(state, "duration out of range");
  return {count, Kind::duration, {}, kind};
}

Exact moved(lua_State* state, const Exact& date, const Exact& duration, bool back) {
  const std::int64_t count = back ? -duration.bits : duration.bits;
  const auto from = static_cast<std::int32_t>(date.bits);
  std::int32_t to = 0;
  const bool ok =
      duration.duration == DurationKind::months ? value::add_months(from, count, to) : value::add_days(from, count, to);
  if (!ok) fail(state, "date out of range");
  return {to, Kind::date, {}, {}};
}

int sum(lua_State* state, bool plus) {
  const char* const verb = plus ? "added" : "subtracted";
  Pair pair = operands(state, verb);
  Exact& a = pair.left.exact;
  Exact& b = pair.right.exact;
  if (a.kind == Kind::date && b.kind == Kind::duration) {
    push(state, moved(state, a, b, !plus));
    return 1;
  }
  if (a.kind == Kind::date && b.kind == Kind::date && !plus) {
    fail(state, "dates do not subtract: say what is counted, as days_from(a, b)");
  }
  duration_as_quantity(state, a, b);
  duration_as_quantity(state, b, a);
  if (a.kind == Kind::duration && b.kind == Kind::duration && a.duration == b.duration) {
    push(state, checked_duration(state, plus ? a.bits + b.bits : a.bits - b.bits, a.duration));
    return 1;
  }
  const bool together = one_dimension(a, b) || (a.kind == b.kind && (is_number(a) || a.kind == Kind::money));
  if (!together) cannot(state, verb);
  if (a.kind == Kind::quantity) in_smaller_unit(state, a, b);
  Exact result = a;
  const bool ok = plus ? value::add(a.bits, b.bits, result.bits) : value::subtract(a.bits, b.bits, result.bits);
  if (!ok) fail(state, "number out of range");
  push(state, result);
  return 1;
}

int add(lua_State* state) { return sum(state, true); }
int subtract(lua_State* state) { return sum(state, false); }

Exact times(lua_State* state, const Exact& duration, const Exact& factor) {
  if (factor.bits % value::decimal_scale != 0) fail(state, "a duration is multiplied by whole numbers alone");
  std::int64_t product = 0;
  if (__builtin_mul_overflow(duration.bits, factor.bits / value::decimal_scale, &product)) {
    fail(state, "duration out of range");
  }
  return checked_duration(state, product, duration.duration);
}

int multiply(lua_State* state) {
  const auto [left, right] = operands(state, "multiplied");
  const Exact& a = left.exact;
  const Exact& b = right.exact;
  if (a.kind == Kind::duration && is_number(b)) {
    push(state, times(state, a, b));
    return 1;
  }
  if (is_number(a) && b.kind == Kind::duration) {
    push(state, times(state, b, a));
    return 1;
  }
  if (!(is_decimal(a) && is_decimal(b) && (is_number(a) || is_number(b)))) cannot(state, "multiplied");
  Exact result = is_number(a) ? b : a;
  if (!value::multiply(a.bits, b.bits, result.bits)) fail(state, "number out of range");
  push(state, result);
  return 1;
}

int divide(lua_State* state) {
  auto [left, right] = operands(state, "divided");
  Exact& a = left.exact;
  Exact& b = right.exact;
  Exact result;
  if (one_dimension(a, b)) {
    in_smaller_unit(state, a, b);  // so that the quotient is rounded once
  } else if (is_decimal(a) && is_number(b)) {
    result = a;
  } else if (!(a.kind == Kind::money && b.kind == Kind::money)) {
    cannot(state, "divided");
  }
  if (b.bits == 0) fail(state, "division by zero");
  if (!value::divide(a.bits, b.bits, result.bits)) fail(state, "number out of range");
  push(state, result);
  return 1;
}

int negate(lua_State* state) {
  Exact exact = *exact_at(state, 1);
  if (exact.kind == Kind::date) fail(state, "a date cannot be negated");
  exact.bits = -exact.bits;
  push(state, exact);
  return 1;
}

int join(lua_State* state) {
  std::string result;
  for (const int index : {1, 2}) {
    if (const Exact* const exact = exact_at(state, index)) {
      result += format(*exact);
    } else if (lua_isstring(state, index) != 0) {
      std::size_t size = 0;
      const char* const text = lua_tolstring(state, index, &size);
      charge_bytes(state, size);
      result.append(text, size);
    } else {
      cannot(state, "joined");
    }
  }
  lua_pushlstring(state, result.data(), result.size());
  return 1;
}

}  // namespace

Exact absolute(lua_State* state, Exact exact) {
  if (exact.kind == Kind::date) fail(state, "a date has no absolute value");
  if (exact.bits < 0) exact.bits = -exact.bits;
  return exact;
}

void install_arithmetic(lua_State* state) {
  constexpr luaL_Reg operators[] = {
      {"__add", guarded<add>},    {"__sub", guarded<subtract>}, {"__mul", guarded<multiply>},
      {"__div", guarded<divide>}, {"__unm", guarded<negate>},   {"__concat", guarded<join>},
      {nullptr, nullptr}};
  luaL_setfuncs(state, operators, 0);
}

}  // namespace proviso::hooks
