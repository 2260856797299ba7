#include <string>

#include "hooks/budget.hpp"
#include "hooks/texts.hpp"
#include "hooks/values.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

// How scripts make exact values, and count from date to date.
namespace proviso::hooks {
namespace {

using value::DurationKind;
using value::Kind;

[[noreturn]] void wrong(lua_State* state, const char* function, const char* wanted) {
  const std::string found = describe(state, 1);
  luaL_error(state, "`%s` takes %s, and is given %s", function, wanted, found.c_str());
  __builtin_unreachable();
}

/// The first argument as a bare decimal: a text, a Lua number, or a decimal.
std::int64_t decimal_argument(lua_State* state, const char* function) {
  if (lua_type(state, 1) == LUA_TSTRING) {
    const auto parsed = value::parse_decimal(text_argument(state, 1));
    if (!parsed.value) luaL_error(state, "`%s` is given a text that is no decimal", function);
    return *parsed.value;
  }
  Operand operand;
  if (!to_operand(state, 1, operand) || operand.exact.kind != Kind::number) {
    wrong(state, function, "a text or a number");
  }
  return operand.exact.bits;
}

int decimal(lua_State* state) {
  push(state, {decimal_argument(state, "decimal"), Kind::number, {}, {}});
  return 1;
}

int money(lua_State* state) {
  push(state, {decimal_argument(state, "money"), Kind::money, {}, {}});
  return 1;
}

int quantity(lua_State* state) {
  const std::int64_t bits = decimal_argument(state, "quantity");
  const bool named = lua_type(state, 2) == LUA_TSTRING;
  const auto unit = named ? value::unit_by_spelling(text_argument(state, 2)) : std::nullopt;
  if (!unit) luaL_error(state, "`quantity` takes a unit second, as \"kg/m2\"");
  push(state, {bits, Kind::quantity, *unit, {}});
  return 1;
}

int date(lua_State* state) {
  if (lua_type(state, 1) != LUA_TSTRING) wrong(state, "date", "a text");
  const auto day = value::parse_date(text_argument(state, 1));
  if (!day) luaL_error(state, "`date` is given a text that is no date as 2019-04-01");
  push(state, {*day, Kind::date, {}, {}});
  return 1;
}

template <std::int64_t size, DurationKind kind>
int duration(lua_State* state) {
  constexpr const char* name =
      kind == DurationKind::months ? (size == 1 ? "months" : "years") : (size == 1 ? "days" : "weeks");
  Operand operand;
  const bool number = to_operand(state, 1, operand) && operand.exact.kind == Kind::number;
  if (!number || operand.exact.bits % value::decimal_scale != 0) wrong(state, name, "a whole number");
  const std::int64_t count = operand.exact.bits / value::decimal_scale * size;
  if (count > value::duration_limit || count < -value::duration_limit) luaL_error(state, "duration out of range");
  push(state, {count, Kind::duration, {}, kind});
  return 1;
}

std::int32_t days_between(std::int32_t from, std::int32_t to) { return to - from; }

/// nil where a date is.
template <std::int32_t (*between)(std::int32_t, std::int32_t)>
int elapsed(lua_State* state) {
  std::int32_t days[2] = {};
  bool known = true;
  for (const int index : {1, 2}) {
    if (lua_isnoneornil(state, index)) {
      known = false;
      continue;
    }
    const Exact* const exact = exact_at(state, index);
    if (exact == nullptr || exact->kind != Kind::date) {
      const std::string found = describe(state, index);
      luaL_error(state, "two dates were expected, and one is %s", found.c_str());
      return 0;
    }
    days[index - 1] = static_cast<std::int32_t>(exact->bits);
  }
  if (known) {
    lua_pushinteger(state, between(days[0], days[1]));
  } else {
    lua_pushnil(state);
  }
  return 1;
}

}  // namespace

void install_constructors(lua_State* state) {
  constexpr luaL_Reg functions[] = {{"decimal", guarded<decimal>},
                                    {"money", guarded<money>},
                                    {"quantity", guarded<quantity>},
                                    {"date", guarded<date>},
                                    {"years", guarded<duration<12, DurationKind::months>>},
                                    {"months", guarded<duration<1, DurationKind::months>>},
                                    {"weeks", guarded<duration<7, DurationKind::days>>},
                                    {"days", guarded<duration<1, DurationKind::days>>},
                                    {"years_from", guarded<elapsed<value::years_between>>},
                                    {"months_from", guarded<elapsed<value::months_between>>},
                                    {"weeks_from", guarded<elapsed<value::weeks_between>>},
                                    {"days_from", guarded<elapsed<days_between>>},
                                    {nullptr, nullptr}};
  luaL_setfuncs(state, functions, 0);
}

}  // namespace proviso::hooks
