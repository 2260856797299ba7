#include <cmath>

#include "hooks/budget.hpp"
#include "hooks/environment.hpp"
#include "hooks/values.hpp"
#include "value/decimal.hpp"

// abs ceil floor max min tointeger type, of Lua numbers and exact values alike. Nothing random, and nothing whose last
// digit may differ from machine to machine.
namespace proviso::hooks {
namespace {

int absolute_value(lua_State* state) {
  if (const Exact* const exact = exact_at(state, 1)) {
    push(state, absolute(state, *exact));
  } else if (lua_isinteger(state, 1) != 0) {
    const lua_Integer number = lua_tointeger(state, 1);
    // The least integer stays as it is, as in Lua.
    lua_pushinteger(state, number < 0 ? static_cast<lua_Integer>(0 - static_cast<lua_Unsigned>(number)) : number);
  } else {
    luaL_checktype(state, 1, LUA_TNUMBER);
    lua_pushnumber(state, std::fabs(lua_tonumber(state, 1)));
  }
  return 1;
}

template <bool up>
int whole(lua_State* state) {
  const Exact* const exact = exact_at(state, 1);
  if (exact != nullptr && exact->kind == value::Kind::number) {
    const std::int64_t rest = exact->bits % value::decimal_scale;
    const int step = up ? (rest > 0 ? 1 : 0) : (rest < 0 ? -1 : 0);
    lua_pushinteger(state, exact->bits / value::decimal_scale + step);
  } else if (lua_isinteger(state, 1) != 0) {
    lua_settop(state, 1);
  } else {
    luaL_checktype(state, 1, LUA_TNUMBER);
    const lua_Number number = up ? std::ceil(lua_tonumber(state, 1)) : std::floor(lua_tonumber(state, 1));
    lua_Integer integer = 0;
    if (lua_numbertointeger(number, &integer)) {
      lua_pushinteger(state, integer);
    } else {
      lua_pushnumber(state, number);
    }
  }
  return 1;
}

/// Whether the first is below the second. Lua numbers compare as Lua does; with an exact value, as that does.
bool below(lua_State* state, int a, int b) {
  const bool plain = lua_type(state, a) == LUA_TNUMBER && lua_type(state, b) == LUA_TNUMBER;
  return plain ? lua_compare(state, a, b, LUA_OPLT) != 0 : compare(state, a, b) < 0;
}

template <bool greatest>
int extreme(lua_State* state) {
  const int count = lua_gettop(state);
  luaL_checkany(state, 1);
  charge(state, static_cast<std::size_t>(count));
  if (exact_at(state, 1) == nullptr) luaL_checktype(state, 1, LUA_TNUMBER);
  int best = 1;
  for (int i = 2; i <= count; ++i) {
    if (greatest ? below(state, best, i) : below(state, i, best)) best = i;
  }
  lua_pushvalue(state, best);
  return 1;
}

int to_integer(lua_State* state) {
  luaL_checkany(state, 1);
  int integer = 0;
  const lua_Integer number = lua_type(state, 1) == LUA_TNUMBER ? lua_tointegerx(state, 1, &integer) : 0;
  if (integer != 0) {
    lua_pushinteger(state, number);
  } else {
    lua_pushnil(state);
  }
  return 1;
}

int type_of_number(lua_State* state) {
  luaL_checkany(state, 1);
  if (lua_type(state, 1) == LUA_TNUMBER) {
    lua_pushstring(state, lua_isinteger(state, 1) != 0 ? "integer" : "float");
  } else {
    lua_pushnil(state);
  }
  return 1;
}

}  // namespace

void install_mathematics(lua_State* state) {
  constexpr luaL_Reg functions[] = {{"abs", guarded<absolute_value>},  {"ceil", guarded<whole<true>>},
                                    {"floor", guarded<whole<false>>},  {"max", guarded<extreme<true>>},
                                    {"min", guarded<extreme<false>>},  {"tointeger", guarded<to_integer>},
                                    {"type", guarded<type_of_number>}, {nullptr, nullptr}};
  luaL_setfuncs(state, functions, 0);
  lua_pushinteger(state, LUA_MAXINTEGER);
  lua_setfield(state, -2, "maxinteger");
  lua_pushinteger(state, LUA_MININTEGER);
  lua_setfield(state, -2, "mininteger");
}

}  // namespace proviso::hooks
