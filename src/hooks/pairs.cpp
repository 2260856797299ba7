#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "hooks/budget.hpp"
#include "hooks/environment.hpp"

// `pairs` in one order whatever the addresses: booleans, numbers, texts.
namespace proviso::hooks {
namespace {

struct Key {
  enum class Kind : std::uint8_t { boolean, integer, fraction, text } kind;
  lua_Integer integer = 0;  ///< or boolean
  lua_Number fraction = 0;
  std::string_view text;  ///< in the table, which holds it
};

/// No float among keys is a whole number that an integer can be, nor not a number.
bool below(lua_Integer integer, lua_Number fraction) {
  constexpr lua_Number beyond = 9223372036854775808.0;
  if (fraction >= beyond) return true;
  if (fraction < -beyond) return false;
  return integer <= static_cast<lua_Integer>(std::floor(fraction));
}

bool before(const Key& a, const Key& b) {
  const bool numbers = (a.kind == Key::Kind::integer && b.kind == Key::Kind::fraction) ||
                       (a.kind == Key::Kind::fraction && b.kind == Key::Kind::integer);
  if (numbers) {
    return a.kind == Key::Kind::integer ? below(a.integer, b.fraction) : !below(b.integer, a.fraction);
  }
  if (a.kind != b.kind) return a.kind < b.kind;
  if (a.kind == Key::Kind::fraction) return a.fraction < b.fraction;
  return a.kind == Key::Kind::text ? a.text < b.text : a.integer < b.integer;
}

Key key_at(lua_State* state, int index) {
  switch (lua_type(state, index)) {
    case LUA_TBOOLEAN:
      return {Key::Kind::boolean, lua_toboolean(state, index), 0, {}};
    case LUA_TNUMBER:
      if (lua_isinteger(state, index) != 0) return {Key::Kind::integer, lua_tointeger(state, index), 0, {}};
      return {Key::Kind::fraction, 0, lua_tonumber(state, index), {}};
    case LUA_TSTRING: {
      std::size_t size = 0;
      const char* const text = lua_tolstring(state, index, &size);
      return {Key::Kind::text, 0, 0, {text, size}};
    }
    default:
      luaL_error(state, "`pairs` is given a table with a %s for a key, which has no place in an order",
                 luaL_typename(state, index));
      return {};
  }
}

void push_key(lua_State* state, const Key& key) {
  switch (key.kind) {
    case Key::Kind::boolean:
      lua_pushboolean(state, static_cast<int>(key.integer));
      return;
    case Key::Kind::integer:
      lua_pushinteger(state, key.integer);
      return;
    case Key::Kind::fraction:
      lua_pushnumber(state, key.fraction);
      return;
    case Key::Kind::text:
      lua_pushlstring(state, key.text.data(), key.text.size());
      return;
  }
}

/// Upvalues: the table, its keys, how many of them are done.
int next_pair(lua_State* state) {
  lua_Integer done = lua_tointeger(state, lua_upvalueindex(3));
  while (lua_rawgeti(state, lua_upvalueindex(2), ++done) != LUA_TNIL) {
    charge(state, 1);
    lua_pushvalue(state, -1);
    // One that has been set to nil since is left out.
    if (lua_rawget(state, lua_upvalueindex(1)) != LUA_TNIL) {
      lua_pushinteger(state, done);
      lua_replace(state, lua_upvalueindex(3));
      return 2;
    }
    lua_pop(state, 2);
  }
  return 1;
}

int sorted_pairs(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  lua_settop(state, 1);
  // A table that was emptied is as long to go through as when it was full, and it took instructions to fill it.
  charge(state, 1 + budget_of(state).used_instructions() / 32);
  std::vector<Key> keys;
  lua_pushnil(state);
  while (lua_next(state, 1) != 0) {
    lua_pop(state, 1);
    charge(state, 4);
    keys.push_back(key_at(state, 2));
  }
  std::sort(keys.begin(), keys.end(), before);
  lua_createtable(state, static_cast<int>(keys.size()), 0);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    push_key(state, keys[i]);
    lua_rawseti(state, -2, static_cast<lua_Integer>(i) + 1);
  }
  lua_pushinteger(state, 0);
  lua_pushcclosure(state, guarded<next_pair>, 3);
  return 1;
}

}  // namespace

void install_pairs(lua_State* state) {
  lua_pushcfunction(state, guarded<sorted_pairs>);
  lua_setfield(state, -2, "pairs");
}

}  // namespace proviso::hooks
