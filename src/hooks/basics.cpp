#include <string>

#include "hooks/budget.hpp"
#include "hooks/environment.hpp"
#include "hooks/values.hpp"
#include "value/decimal.hpp"

// assert error ipairs pcall select tonumber tostring type.
namespace proviso::hooks {
namespace {

/// What catching an error costs, in instructions: it takes about that time.
constexpr std::size_t cost_of_error = 100;

int assert_true(lua_State* state) {
  luaL_checkany(state, 1);
  if (lua_toboolean(state, 1) != 0) return lua_gettop(state);
  if (lua_isnoneornil(state, 2)) return luaL_error(state, "assertion failed!");
  lua_settop(state, 2);
  return lua_error(state);
}

int error(lua_State* state) {
  const auto level = static_cast<int>(luaL_optinteger(state, 2, 1));
  lua_settop(state, 1);
  if (lua_type(state, 1) == LUA_TSTRING && level > 0) {
    luaL_where(state, level);
    lua_pushvalue(state, 1);
    lua_concat(state, 2);
  }
  return lua_error(state);
}

int next_element(lua_State* state) {
  const lua_Integer index = luaL_checkinteger(state, 2);
  luaL_checktype(state, 1, LUA_TTABLE);
  if (index == LUA_MAXINTEGER) return 0;
  lua_pushinteger(state, index + 1);
  return lua_rawgeti(state, 1, index + 1) == LUA_TNIL ? 1 : 2;
}

int ipairs(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  lua_pushcfunction(state, guarded<next_element>);
  lua_pushvalue(state, 1);
  lua_pushinteger(state, 0);
  return 3;
}

/// Catches what the script did wrong; not that its budget is spent, which is raised again.
int protected_call(lua_State* state) {
  luaL_checkany(state, 1);
  const int status = lua_pcall(state, lua_gettop(state) - 1, LUA_MULTRET, 0);
  Budget& budget = budget_of(state);
  if (status == LUA_ERRMEM && budget.spent == Spent::nothing) budget.spent = Spent::memory;
  if (budget.spent != Spent::nothing) stop(state);
  if (status != LUA_OK) charge(state, cost_of_error);
  luaL_checkstack(state, 1, nullptr);
  lua_pushboolean(state, status == LUA_OK ? 1 : 0);
  lua_insert(state, 1);
  return lua_gettop(state);
}

int select(lua_State* state) {
  const int count = lua_gettop(state);
  charge(state, 1 + static_cast<std::size_t>(count) / 16);
  std::size_t size = 0;
  if (lua_type(state, 1) == LUA_TSTRING && lua_tolstring(state, 1, &size)[0] == '#' && size == 1) {
    lua_pushinteger(state, count - 1);
    return 1;
  }
  lua_Integer first = luaL_checkinteger(state, 1);
  if (first < 0) {
    first += count;
  } else if (first > count) {
    first = count;
  }
  luaL_argcheck(state, first >= 1, 1, "index out of range");
  return count - static_cast<int>(first);
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

int number_in_base(lua_State* state, lua_Integer base) {
  luaL_checktype(state, 1, LUA_TSTRING);
  luaL_argcheck(state, base >= 2 && base <= 36, 2, "base out of range");
  std::size_t size = 0;
  const char* const text = lua_tolstring(state, 1, &size);
  charge_bytes(state, size);
  const bool negative = size > 0 && text[0] == '-';
  std::size_t at = negative ? 1 : 0;
  bool valid = at < size;
  lua_Unsigned number = 0;
  for (; at < size && valid; ++at) {
    const int digit = digit_of(text[at]);
    valid = digit < base;
    number = number * static_cast<lua_Unsigned>(base) + static_cast<lua_Unsigned>(digit);
  }
  if (valid) {
    lua_pushinteger(state, static_cast<lua_Integer>(negative ? 0 - number : number));
  } else {
    lua_pushnil(state);
  }
  return 1;
}

/// An exact number is whole, or the float nearest to it.
int to_number(lua_State* state) {
  if (!lua_isnoneornil(state, 2)) return number_in_base(state, luaL_checkinteger(state, 2));
  luaL_checkany(state, 1);
  if (lua_type(state, 1) == LUA_TNUMBER) {
    lua_settop(state, 1);
    return 1;
  }
  if (lua_type(state, 1) == LUA_TSTRING) {
    std::size_t size = 0;
    const char* const text = lua_tolstring(state, 1, &size);
    charge_bytes(state, size);
    if (lua_stringtonumber(state, text) == size + 1) return 1;
  } else if (const Exact* const exact = exact_at(state, 1); exact != nullptr && exact->kind == value::Kind::number) {
    if (exact->bits % value::decimal_scale == 0) {
      lua_pushinteger(state, exact->bits / value::decimal_scale);
    } else {
      lua_pushnumber(state, static_cast<double>(exact->bits) / static_cast<double>(value::decimal_scale));
    }
    return 1;
  }
  lua_pushnil(state);
  return 1;
}

/// Of a table or function its type alone: an address would differ from run to run.
int to_text(lua_State* state) {
  luaL_checkany(state, 1);
  lua_settop(state, 1);
  switch (lua_type(state, 1)) {
    case LUA_TUSERDATA: {
      const std::string text = format(*exact_at(state, 1));
      lua_pushlstring(state, text.data(), text.size());
      return 1;
    }
    case LUA_TSTRING:
      return 1;
    case LUA_TNUMBER:
      lua_tolstring(state, 1, nullptr);
      return 1;
    case LUA_TBOOLEAN:
      lua_pushstring(state, lua_toboolean(state, 1) != 0 ? "true" : "false");
      return 1;
    default:
      lua_pushstring(state, luaL_typename(state, 1));
      return 1;
  }
}

int type(lua_State* state) {
  luaL_checkany(state, 1);
  const Exact* const exact = exact_at(state, 1);
  lua_pushstring(state, exact != nullptr ? type_name(exact->kind) : luaL_typename(state, 1));
  return 1;
}

}  // namespace

void install_basics(lua_State* state) {
  constexpr luaL_Reg functions[] = {
      {"assert", guarded<assert_true>},   {"error", guarded<error>},   {"ipairs", guarded<ipairs>},
      {"pcall", guarded<protected_call>}, {"select", guarded<select>}, {"tonumber", guarded<to_number>},
      {"tostring", guarded<to_text>},     {"type", guarded<type>},     {nullptr, nullptr}};
  luaL_setfuncs(state, functions, 0);
}

}  // namespace proviso::hooks
