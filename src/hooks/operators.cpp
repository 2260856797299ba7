#include "hooks/operators.hpp"

#include "hooks/budget.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

// Comparisons, and methods of exact values.
namespace proviso::hooks {

using value::DurationKind;
using value::Kind;

namespace {

int equal(lua_State* state) {
  lua_pushboolean(state, compare(state, 1, 2) == 0 ? 1 : 0);
  return 1;
}
int less(lua_State* state) {
  lua_pushboolean(state, compare(state, 1, 2) < 0 ? 1 : 0);
  return 1;
}
int less_or_equal(lua_State* state) {
  lua_pushboolean(state, compare(state, 1, 2) <= 0 ? 1 : 0);
  return 1;
}

/// `v:is(x)`: the `==` that also takes Lua numbers, which Lua's own never does. Unknown where x is.
int is(lua_State* state) {
  if (exact_at(state, 1) == nullptr) fail(state, "`is` is called with a colon, as `value:is(1)`");
  if (lua_isnoneornil(state, 2)) {
    lua_pushnil(state);
    return 1;
  }
  return equal(state);
}

template <std::int32_t value::CivilDate::*part>
int date_part(lua_State* state) {
  const Exact* const exact = exact_at(state, 1);
  if (exact == nullptr || exact->kind != Kind::date) fail(state, describe(state, 1) + " where a date was expected");
  lua_pushinteger(state, value::civil(static_cast<std::int32_t>(exact->bits)).*part);
  return 1;
}

template <typename Number>
int order(Number a, Number b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

}  // namespace

bool one_dimension(const Exact& a, const Exact& b) {
  return a.kind == Kind::quantity && b.kind == Kind::quantity && value::dimension(a.unit) == value::dimension(b.unit);
}

void duration_as_quantity(lua_State* state, Exact& exact, const Exact& other) {
  if (exact.kind != Kind::duration || other.kind != Kind::quantity) return;
  const value::Unit unit = exact.duration == DurationKind::months ? value::Unit::months : value::Unit::days;
  if (value::dimension(unit) != value::dimension(other.unit)) return;
  std::int64_t bits = 0;
  if (!decimal_of_integer(exact.bits, bits)) fail(state, "number out of range");
  exact = {bits, Kind::quantity, unit, {}};
}

[[noreturn]] void fail(lua_State* state, const std::string& message) {
  lua_pushlstring(state, message.data(), message.size());
  luaL_where(state, 1);
  lua_insert(state, -2);
  lua_concat(state, 2);
  lua_error(state);
  __builtin_unreachable();
}

[[noreturn]] void cannot(lua_State* state, const char* verb, int left, int right) {
  if (lua_isnoneornil(state, left) || lua_isnoneornil(state, right)) {
    fail(state, std::string("nil is unknown and cannot be ") + verb);
  }
  fail(state, describe(state, left) + " and " + describe(state, right) + ": they cannot be " + verb);
}

int compare(lua_State* state, int left, int right) {
  Operand x;
  Operand y;
  if (!to_operand(state, left, x) || !to_operand(state, right, y)) cannot(state, "compared", left, right);
  Exact& a = x.exact;
  Exact& b = y.exact;
  if (a.kind == b.kind && a.kind != Kind::quantity && a.kind != Kind::duration) return order(a.bits, b.bits);
  duration_as_quantity(state, a, b);
  duration_as_quantity(state, b, a);
  if (one_dimension(a, b)) {
    return order(value::detail::product(a.bits, value::size(a.unit)),
                 value::detail::product(b.bits, value::size(b.unit)));
  }
  // A bare number counts in the unit of the other side.
  const bool with_number = (is_number(a) && is_decimal(b)) || (is_decimal(a) && is_number(b));
  const bool durations = a.kind == Kind::duration && b.kind == Kind::duration && a.duration == b.duration;
  if (!with_number && !durations) cannot(state, "compared", left, right);
  return order(a.bits, b.bits);
}

void install_comparisons(lua_State* state) {
  constexpr luaL_Reg operators[] = {
      {"__eq", guarded<equal>}, {"__lt", guarded<less>}, {"__le", guarded<less_or_equal>}, {nullptr, nullptr}};
  luaL_setfuncs(state, operators, 0);
}

void install_operators(lua_State* state) {
  install_arithmetic(state);
  install_comparisons(state);
  constexpr luaL_Reg methods[] = {{"is", guarded<is>},
                                  {"year", guarded<date_part<&value::CivilDate::year>>},
                                  {"month", guarded<date_part<&value::CivilDate::month>>},
                                  {"day", guarded<date_part<&value::CivilDate::day>>},
                                  {nullptr, nullptr}};
  lua_newtable(state);
  luaL_setfuncs(state, methods, 0);
  lua_setfield(state, -2, "__index");
}

}  // namespace proviso::hooks
