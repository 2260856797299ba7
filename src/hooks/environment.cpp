#include "hooks/environment.hpp"

#include "hooks/budget.hpp"
#include "hooks/registry.hpp"
#include "hooks/values.hpp"

namespace proviso::hooks {
namespace {

/// Its address marks the metatables of library tables.
char library_mark = 0;

int refuse_change(lua_State* state) { return luaL_error(state, "the library cannot be changed"); }

/// A first global: from here the environment is not as it was, and the next run gets another.
int define_global(lua_State* state) {
  budget_of(state).environment_changed = true;
  lua_rawset(state, 1);
  return 0;
}

/// Replaces the table on the top by an empty one that shows it and refuses every change.
void make_read_only(lua_State* state) {
  lua_newtable(state);
  lua_createtable(state, 0, 4);
  lua_pushvalue(state, -3);
  lua_setfield(state, -2, "__index");
  lua_pushcfunction(state, guarded<refuse_change>);
  lua_setfield(state, -2, "__newindex");
  lua_pushboolean(state, 0);
  lua_setfield(state, -2, "__metatable");
  lua_pushboolean(state, 1);
  lua_rawsetp(state, -2, &library_mark);
  lua_setmetatable(state, -2);
  lua_remove(state, -2);
}

void install_part(lua_State* state, const char* name, void (*install)(lua_State*)) {
  lua_newtable(state);
  install(state);
  make_read_only(state);
  lua_setfield(state, -2, name);
}

/// `("x"):rep(3)` finds its function through the metatable of texts, which has no arithmetic.
void install_text_metatable(lua_State* state) {
  lua_pushliteral(state, "");
  lua_createtable(state, 0, 2);
  lua_newtable(state);
  install_strings(state);
  lua_setfield(state, -2, "__index");
  lua_pushboolean(state, 0);
  lua_setfield(state, -2, "__metatable");
  lua_setmetatable(state, -2);
  lua_pop(state, 1);
}

}  // namespace

void install_library(lua_State* state) {
  install_text_metatable(state);
  lua_createtable(state, 0, 3);  // the metatable of environments
  lua_newtable(state);           // the library
  install_basics(state);
  install_pairs(state);
  install_constructors(state);
  install_part(state, "string", install_strings);
  install_part(state, "table", install_tables);
  install_part(state, "math", install_mathematics);
  lua_setfield(state, -2, "__index");
  lua_pushcfunction(state, guarded<define_global>);
  lua_setfield(state, -2, "__newindex");
  lua_pushboolean(state, 0);
  lua_setfield(state, -2, "__metatable");
  lua_rawseti(state, LUA_REGISTRYINDEX, slot::environment_metatable);
}

void make_environment(lua_State* state) {
  lua_newtable(state);
  lua_rawgeti(state, LUA_REGISTRYINDEX, slot::environment_metatable);
  lua_setmetatable(state, -2);
  lua_rawseti(state, LUA_REGISTRYINDEX, slot::environment);
  budget_of(state).environment_changed = false;
}

bool is_library_table(lua_State* state, int index) {
  if (lua_getmetatable(state, index) == 0) return false;
  const bool marked = lua_rawgetp(state, -1, &library_mark) == LUA_TBOOLEAN;
  lua_pop(state, 2);
  return marked;
}

void check_text_size(lua_State* state, std::size_t size) {
  Budget& budget = budget_of(state);
  if (size <= budget.limits.text) return;
  budget.spent = Spent::text;
  stop(state);
}

}  // namespace proviso::hooks
