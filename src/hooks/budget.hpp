#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <lua.hpp>

#include "hooks/session.hpp"

/// What a run of a script may use, and what stops it. See SECURITY.md for what is promised.
namespace proviso::hooks {

/// What a run has used up. It stays so until the run ends: nothing that a script does goes on after it.
enum class Spent : std::uint8_t { nothing, instructions, memory, allocated, text, stack };

/// Instructions between two looks at the budget.
inline constexpr int hook_period = 1000;
/// Bytes of the Lua stack, which holds the values of all calls that are open: some 6,000, before it doubles.
inline constexpr std::size_t stack_limit = 96 * 1024;
/// Times that a run may be near its limit of memory and go on after all garbage has been collected. Each costs the time
/// of a collection, which is why there are not more of them.
inline constexpr int collection_limit = 16;
/// Every instruction counts once, and once more for each so many bytes of the longest text of the run: comparing,
/// joining and hashing texts is one instruction whatever their length.
inline constexpr std::size_t weight_of_text = 4096;

/// The one account of a Lua state, that its instructions, its allocator and all functions given to scripts draw on.
struct Budget {
  Limits limits;
  Spent spent = Spent::nothing;
  std::int64_t left = 0;         ///< instructions
  std::size_t used = 0;          ///< bytes held now
  std::size_t base = 0;          ///< bytes held before the script's first run: they do not count
  std::size_t allocated = 0;     ///< bytes asked for in this run
  std::size_t longest = 0;       ///< bytes of the longest text of this run
  std::size_t base_longest = 0;  ///< bytes of the longest text in the script
  int collections = 0;           ///< forced by the limit of memory in this run
  int blocks = 0;                ///< new ones since the state began; the second is the Lua stack
  void* stack = nullptr;         ///< the Lua stack
  void* newest = nullptr;        ///< the last new block
  std::size_t newest_size = 0;
  bool environment_changed = false;  ///< the script has defined a global

  explicit Budget(const Limits& given) : limits(given) {}
  int period() const;
  /// Instructions used so far, as of the last look.
  std::size_t used_instructions() const {
    return static_cast<std::size_t>(limits.instructions - static_cast<std::uint64_t>(left));
  }
  /// For a run of the script's body, or a call of a function of it.
  void begin(lua_State* state);
};

inline Budget& budget_of(lua_State* state) { return **static_cast<Budget**>(lua_getextraspace(state)); }

/// A state whose memory is the budget's and which counts its instructions by it; null where there is no memory.
lua_State* new_state(Budget& budget);

/// Ends the run: raises an error that no script can catch. Needs one free stack slot.
[[noreturn]] void stop(lua_State* state);

/// Takes `work` from the instructions that are left, and ends the run where they are spent.
inline void charge(lua_State* state, std::size_t work) {
  Budget& budget = budget_of(state);
  budget.left -= static_cast<std::int64_t>(work);
  if (budget.left <= 0) {
    budget.spent = Spent::instructions;
    stop(state);
  }
}
/// For work that goes over so many bytes.
inline void charge_bytes(lua_State* state, std::size_t bytes) { charge(state, 1 + bytes / 32); }

/// Every function that Lua calls is wrapped in this: none runs on a spent budget, and no exception but Lua's own goes
/// through Lua.
template <lua_CFunction function>
int guarded(lua_State* state) {
  if (budget_of(state).spent != Spent::nothing) stop(state);
  try {
    return function(state);
  } catch (const std::exception&) {
    // Only memory can fail so. The error is raised outside, where this exception has ended.
  }
  budget_of(state).spent = Spent::memory;
  stop(state);
}

}  // namespace proviso::hooks
