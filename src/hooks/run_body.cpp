#include <algorithm>

#include "hooks/environment.hpp"
#include "hooks/machine.hpp"
#include "hooks/registry.hpp"
#include "hooks/values.hpp"

// The function that a call begins with: out of a new run of the script's body, or kept from the first.
namespace proviso::hooks {

Machine::Entry& Machine::entry_of(const model::Hook& hook) {
  for (Entry& entry : entries_) {
    if (entry.hook == &hook) return entry;
  }
  return entries_.emplace_back(Entry{&hook, false, 0, {}, 0});
}

/// Leaves the table that the script returns on the top.
void Machine::run_body() {
  if (budget_.environment_changed) make_environment(state_);
  lua_rawgeti(state_, LUA_REGISTRYINDEX, slot::body);
  lua_rawgeti(state_, LUA_REGISTRYINDEX, slot::environment);
  lua_setupvalue(state_, -2, 1);
  lua_call(state_, 0, 1);
  if (!lua_istable(state_, -1)) {
    luaL_error(state_, "the script returns %s, and not a table of functions", describe(state_, -1).c_str());
  }
}

/// Leaves the hook's function alone on the stack, and a budget for its call of which nothing is used.
void Machine::push_function(Entry& entry) {
  if (entry.kept) {
    restore(entry);
    lua_rawgeti(state_, LUA_REGISTRYINDEX, entry.function);
  } else {
    run_body();
    lua_pushlstring(state_, entry.hook->field.data(), entry.hook->field.size());
    lua_rawget(state_, -2);
    lua_remove(state_, -2);
    if (!lua_isfunction(state_, -1)) {
      luaL_error(state_, "the script returns a table without a function `%s`", entry.hook->field.c_str());
    }
    entry.longest = budget_.longest;
    if (entry.function == 0) keep(entry);
    allocated_ = budget_.allocated;
    budget_.begin(state_);
  }
  // What the body made is there to be compared, whether it was made now or before.
  budget_.longest = std::max(budget_.longest, entry.longest);
}

/// Whether the function on the top can serve again. It can where the body has left nothing that changes: no globals,
/// and in the function, and in those that it reaches, no upvalues but the environment and values that cannot change
/// themselves (no tables, then). What the upvalues are bound to can change, and is put back before every call. So a
/// call finds what a new run of the body would have given it.
void Machine::keep(Entry& entry) {
  const int top = lua_gettop(state_);
  const int first = next_slot_;
  std::vector<std::pair<const void*, int>> seen;
  entry.kept = !budget_.environment_changed && keep_closure(entry, top, seen);
  lua_settop(state_, top);
  entry.function = entry.kept ? seen.front().second : -1;
  if (!entry.kept) {
    entry.upvalues.clear();
    forget(first);
  }
}

bool Machine::keep_closure(Entry& entry, int closure, std::vector<std::pair<const void*, int>>& seen) {
  const void* const identity = lua_topointer(state_, closure);
  const bool known = std::any_of(seen.begin(), seen.end(), [&](const auto& one) { return one.first == identity; });
  if (known) return true;
  constexpr std::size_t most = 32;
  if (seen.size() == most) return false;
  luaL_checkstack(state_, 8, nullptr);
  const int here = store(closure);
  seen.emplace_back(identity, here);
  if (lua_iscfunction(state_, closure) != 0) return lua_getupvalue(state_, closure, 1) == nullptr;
  for (int number = 1; lua_getupvalue(state_, closure, number) != nullptr; ++number) {
    const int value = lua_gettop(state_);
    lua_rawgeti(state_, LUA_REGISTRYINDEX, slot::environment);
    const bool environment = lua_rawequal(state_, -1, value) != 0;
    lua_pop(state_, 1);
    if (environment) {
      entry.upvalues.push_back({here, number, slot::environment});
    } else {
      if (lua_istable(state_, value) && !is_library_table(state_, value)) return false;
      if (lua_isfunction(state_, value) && !keep_closure(entry, value, seen)) return false;
      entry.upvalues.push_back({here, number, store(value)});
    }
    lua_settop(state_, value - 1);
  }
  return true;
}

/// Its slot in the registry.
int Machine::store(int index) {
  lua_pushvalue(state_, index);
  lua_rawseti(state_, LUA_REGISTRYINDEX, next_slot_);
  return next_slot_++;
}

/// Empties the slots from there on.
void Machine::forget(int first) {
  for (; next_slot_ > first; --next_slot_) {
    lua_pushnil(state_);
    lua_rawseti(state_, LUA_REGISTRYINDEX, next_slot_ - 1);
  }
}

void Machine::restore(const Entry& entry) {
  if (budget_.environment_changed) make_environment(state_);
  for (const Entry::Upvalue& upvalue : entry.upvalues) {
    lua_rawgeti(state_, LUA_REGISTRYINDEX, upvalue.closure);
    lua_rawgeti(state_, LUA_REGISTRYINDEX, upvalue.value);
    lua_setupvalue(state_, -2, upvalue.number);
    lua_pop(state_, 1);
  }
}

}  // namespace proviso::hooks
