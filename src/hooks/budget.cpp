#include "hooks/budget.hpp"

#include <algorithm>
#include <cstdlib>

namespace proviso::hooks {
namespace {

/// Lua's header of a text, roughly.
constexpr std::size_t text_header = 32;

int error_mark = 0;

void on_count(lua_State* state, lua_Debug* /*where*/) {
  Budget& budget = budget_of(state);
  if (budget.spent == Spent::nothing) {
    budget.left -=
        static_cast<std::int64_t>(budget.period()) * static_cast<std::int64_t>(1 + budget.longest / weight_of_text);
    if (budget.left > 0) return;
    budget.spent = Spent::instructions;
  }
  // From here every instruction stops the run, whatever catches the error.
  lua_sethook(state, on_count, LUA_MASKCOUNT, 1);
  stop(state);
}

/// Whether the budget has the bytes. Where it says no, Lua collects all garbage and asks once more.
bool has(Budget& budget, std::size_t more, std::size_t size, bool text) {
  if (text) {
    const std::size_t length = size > text_header ? size - text_header : 0;
    if (length > budget.limits.text) {
      budget.spent = Spent::text;
      return false;
    }
    budget.longest = std::max(budget.longest, length);
  }
  if (budget.allocated + more > budget.limits.allocated) {
    budget.spent = Spent::allocated;
    return false;
  }
  if (budget.used + more > budget.base + budget.limits.memory) {
    if (++budget.collections > collection_limit) budget.spent = Spent::memory;
    return false;
  }
  return true;
}

/// Lua grows its stack by a new block, to which it moves before it frees the old one.
void follow_stack(Budget& budget) {
  budget.stack = budget.newest;
  if (budget.newest_size > stack_limit && budget.spent == Spent::nothing) budget.spent = Spent::stack;
}

/// Lua's allocator. Of a new block, `old_size` says what it is for.
void* allocate(void* account, void* block, std::size_t old_size, std::size_t size) {
  Budget& budget = *static_cast<Budget*>(account);
  const std::size_t held = block == nullptr ? 0 : old_size;
  if (size == 0) {
    if (block != nullptr && block == budget.stack) follow_stack(budget);
    std::free(block);
    budget.used -= held;
    return nullptr;
  }
  // Lua relies on it that a block can always be made smaller.
  const bool text = block == nullptr && old_size == LUA_TSTRING;
  if (size > held && !has(budget, size - held, size, text)) return nullptr;
  void* const result = std::realloc(block, size);
  if (result == nullptr) return nullptr;
  budget.used = budget.used - held + size;
  if (size > held) budget.allocated += size - held;
  if (block == nullptr) {
    budget.newest = result;
    budget.newest_size = size;
    if (++budget.blocks == 2) budget.stack = result;
  }
  return result;
}

}  // namespace

int Budget::period() const {
  return static_cast<int>(std::clamp<std::uint64_t>(limits.instructions, 1, static_cast<std::uint64_t>(hook_period)));
}

void Budget::begin(lua_State* state) {
  spent = Spent::nothing;
  left = static_cast<std::int64_t>(std::min<std::uint64_t>(limits.instructions, INT64_MAX));
  allocated = 0;
  longest = base_longest;
  collections = 0;
  lua_sethook(state, on_count, LUA_MASKCOUNT, period());
}

lua_State* new_state(Budget& budget) {
  lua_State* const state = lua_newstate(allocate, &budget);
  if (state == nullptr) return nullptr;
  *static_cast<Budget**>(lua_getextraspace(state)) = &budget;
  // What a run leaves is collected after it; in it only where its memory ends.
  lua_gc(state, LUA_GCSTOP);
  return state;
}

void stop(lua_State* state) {
  // Not a text: making one could need memory. No script sees it, because the only thing that catches raises it again.
  lua_pushlightuserdata(state, &error_mark);
  lua_error(state);
  std::abort();  // lua_error does not come back
}

}  // namespace proviso::hooks
