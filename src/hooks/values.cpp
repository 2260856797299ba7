#include "hooks/values.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "hooks/budget.hpp"
#include "hooks/registry.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"
#include "value/format.hpp"

namespace proviso::hooks {
namespace {

using value::Kind;

constexpr Kind exact_kinds[] = {Kind::number, Kind::money, Kind::quantity, Kind::date, Kind::duration};

int metatable_slot(Kind kind) {
  return slot::first_metatable + static_cast<int>(kind) - static_cast<int>(Kind::number);
}

}  // namespace

const char* type_name(Kind kind) {
  switch (kind) {
    case Kind::money:
      return "money";
    case Kind::quantity:
      return "quantity";
    case Kind::date:
      return "date";
    case Kind::duration:
      return "duration";
    default:
      return "decimal";
  }
}

void install_exact_values(lua_State* state) {
  for (const Kind kind : exact_kinds) {
    lua_newtable(state);
    // Messages of Lua itself name the type by this.
    lua_pushstring(state, type_name(kind));
    lua_setfield(state, -2, "__name");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    install_operators(state);
    lua_rawseti(state, LUA_REGISTRYINDEX, metatable_slot(kind));
  }
}

void push(lua_State* state, const Exact& exact) {
  *static_cast<Exact*>(lua_newuserdatauv(state, sizeof(Exact), 0)) = exact;
  lua_rawgeti(state, LUA_REGISTRYINDEX, metatable_slot(exact.kind));
  lua_setmetatable(state, -2);
}

std::string describe(lua_State* state, int index) {
  switch (lua_type(state, index)) {
    case LUA_TNONE:
      return "nothing";
    case LUA_TNIL:
      return "nil";
    case LUA_TSTRING:
      return "text";
    case LUA_TUSERDATA:
      break;
    default:
      return std::string("a ") + lua_typename(state, lua_type(state, index));
  }
  const Exact& exact = *exact_at(state, index);
  switch (exact.kind) {
    case Kind::money:
      return "money";
    case Kind::quantity:
      return "a quantity in " + std::string(value::spelling(exact.unit));
    case Kind::duration:
      return exact.duration == value::DurationKind::months ? "a duration of months" : "a duration of days";
    default:
      return std::string("a ") + type_name(exact.kind);
  }
}

std::string format(const Exact& exact) {
  switch (exact.kind) {
    case Kind::money:
      return value::format_money(exact.bits);
    case Kind::quantity:
      return value::format_quantity(exact.bits, exact.unit);
    case Kind::date:
      return value::format_date(static_cast<std::int32_t>(exact.bits));
    case Kind::duration:
      return value::format_duration(exact.bits, exact.duration);
    default:
      return value::format_decimal(exact.bits);
  }
}

bool decimal_of_integer(lua_Integer number, std::int64_t& bits) {
  std::int64_t scaled = 0;
  if (__builtin_mul_overflow(number, value::decimal_scale, &scaled) || scaled < -value::decimal_limit) return false;
  bits = scaled;
  return true;
}

bool decimal_of_float(lua_Number number, std::int64_t& bits) {
  // So far apart are decimals of six places here that a float is the nearest to one of them alone.
  constexpr double nearest_is_only = 2251799813685248.0;  // 2^51
  const double scaled = std::nearbyint(number * static_cast<double>(value::decimal_scale));
  if (std::fabs(scaled) < nearest_is_only) {
    if (scaled / static_cast<double>(value::decimal_scale) != number) return false;
    bits = static_cast<std::int64_t>(scaled);
    return true;
  }
  if (!std::isfinite(number)) return false;
  std::array<char, 32> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{}) return false;
  std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  std::string without_plus(text);
  if (const auto plus = without_plus.find("e+"); plus != std::string::npos) without_plus.erase(plus + 1, 1);
  const auto parsed = value::parse_decimal(without_plus, true);
  if (!parsed.value) return false;
  bits = *parsed.value;
  return true;
}

bool to_operand(lua_State* state, int index, Operand& operand) {
  if (const Exact* const exact = exact_at(state, index)) {
    operand = {*exact, false};
    return true;
  }
  if (lua_type(state, index) != LUA_TNUMBER) return false;
  operand = {{}, true};
  const bool integer = lua_isinteger(state, index) != 0;
  const bool exact = integer ? decimal_of_integer(lua_tointeger(state, index), operand.exact.bits)
                             : decimal_of_float(lua_tonumber(state, index), operand.exact.bits);
  if (!exact) {
    luaL_error(state, integer ? "a whole number is beyond the range of decimals"
                              : "a number is no decimal of at most six places");
  }
  return true;
}

}  // namespace proviso::hooks
