#include <string>

#include "hooks/budget.hpp"
#include "hooks/environment.hpp"
#include "hooks/values.hpp"

// concat insert remove unpack: on what a table itself holds, never through a metatable.
namespace proviso::hooks {
namespace {

lua_Integer length_of(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  return static_cast<lua_Integer>(lua_rawlen(state, 1));
}

/// The environment and the library have metatables, and change only where those say so.
lua_Integer length_of_own(lua_State* state) {
  const lua_Integer length = length_of(state);
  if (lua_getmetatable(state, 1) != 0) luaL_error(state, "the library cannot be changed");
  return length;
}

int insert(lua_State* state) {
  const lua_Integer length = length_of_own(state);
  const int count = lua_gettop(state);
  if (count != 2 && count != 3) return luaL_error(state, "wrong number of arguments to 'insert'");
  lua_Integer at = length + 1;
  if (count == 3) {
    at = luaL_checkinteger(state, 2);
    luaL_argcheck(state, at >= 1 && at <= length + 1, 2, "position out of bounds");
  }
  charge(state, static_cast<std::size_t>(length + 1 - at));
  for (lua_Integer i = length + 1; i > at; --i) {
    lua_rawgeti(state, 1, i - 1);
    lua_rawseti(state, 1, i);
  }
  lua_settop(state, count);
  lua_rawseti(state, 1, at);
  return 0;
}

int remove(lua_State* state) {
  const lua_Integer length = length_of_own(state);
  lua_Integer at = length;
  if (lua_gettop(state) > 1) {
    at = luaL_checkinteger(state, 2);
    const bool inside = (at >= 1 && at <= length + 1) || (length == 0 && at == 0);
    luaL_argcheck(state, inside, 2, "position out of bounds");
  }
  charge(state, at < length ? static_cast<std::size_t>(length - at) : 0);
  lua_rawgeti(state, 1, at);
  for (; at < length; ++at) {
    lua_rawgeti(state, 1, at + 1);
    lua_rawseti(state, 1, at);
  }
  lua_pushnil(state);
  lua_rawseti(state, 1, at);
  return 1;
}

void append_element(lua_State* state, std::string& out, lua_Integer index) {
  lua_rawgeti(state, 1, index);
  if (const Exact* const exact = exact_at(state, -1)) {
    out += format(*exact);
  } else if (lua_isstring(state, -1) != 0) {
    std::size_t size = 0;
    const char* const text = lua_tolstring(state, -1, &size);
    check_text_size(state, out.size() + size);
    charge_bytes(state, size);
    out.append(text, size);
  } else {
    luaL_error(state, "'concat' is given a table that has a %s among its values", luaL_typename(state, -1));
  }
  lua_pop(state, 1);
}

int concat(lua_State* state) {
  const lua_Integer length = length_of(state);
  std::size_t size = 0;
  const char* const separator = luaL_optlstring(state, 2, "", &size);
  lua_Integer at = luaL_optinteger(state, 3, 1);
  const lua_Integer last = luaL_optinteger(state, 4, length);
  std::string result;
  for (bool more = at <= last; more; ++at) {
    charge_bytes(state, size);
    append_element(state, result, at);
    more = at < last;
    if (!more) break;
    check_text_size(state, result.size() + size);
    result.append(separator, size);
  }
  check_text_size(state, result.size());
  lua_pushlstring(state, result.data(), result.size());
  return 1;
}

int unpack(lua_State* state) {
  const lua_Integer length = length_of(state);
  const lua_Integer first = luaL_optinteger(state, 2, 1);
  const lua_Integer last = luaL_optinteger(state, 3, length);
  if (first > last) return 0;
  const lua_Unsigned more = static_cast<lua_Unsigned>(last) - static_cast<lua_Unsigned>(first);
  if (more >= static_cast<lua_Unsigned>(values_limit)) return luaL_error(state, "too many values to unpack");
  const int count = static_cast<int>(more) + 1;
  charge(state, static_cast<std::size_t>(count));
  luaL_checkstack(state, count, nullptr);
  for (int i = 0; i < count; ++i) lua_rawgeti(state, 1, first + i);
  return count;
}

}  // namespace

void install_tables(lua_State* state) {
  constexpr luaL_Reg functions[] = {{"concat", guarded<concat>},
                                    {"insert", guarded<insert>},
                                    {"remove", guarded<remove>},
                                    {"unpack", guarded<unpack>},
                                    {nullptr, nullptr}};
  luaL_setfuncs(state, functions, 0);
}

}  // namespace proviso::hooks
