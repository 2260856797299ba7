#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hooks/budget.hpp"

namespace proviso::hooks {

inline constexpr std::size_t script_limit = 256 * 1024;

/// A Lua state with one script in it.
///
/// Every run begins alike. The script's body is run again for every call, in an environment without globals, so that
/// its locals and tables are new. That is left out where it makes no difference that could be seen: see `keep`.
class Machine {
 public:
  /// Loads the script, and does not run it. `name` is how its messages name it.
  Machine(const model::Script& script, const std::string& name, const Limits& limits);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  /// Why the script could not be loaded, going on from its name; empty where all is well.
  const std::string& mistake() const { return mistake_; }

  Answer call(const model::Library& library, const model::Hook& hook, const std::vector<Argument>& arguments);
  /// Runs the body, and says what is wrong with it, and with the function that the hook calls where one is given.
  std::vector<Mistake> examine(const model::Script& script, const model::Hook* hook);

  bool used() const { return calls_ > 0; }
  /// Whether the last call left so much behind that the next one could tell.
  bool worn() const { return worn_; }

 private:
  /// A function that calls begin with, where the body need not run again.
  struct Entry {
    const model::Hook* hook = nullptr;
    bool kept = false;
    int function = 0;  ///< in the registry
    struct Upvalue {
      int closure;  ///< in the registry
      int number;
      int value;  ///< in the registry
    };
    std::vector<Upvalue> upvalues;
    std::size_t longest = 0;  ///< text that the body made
  };
  struct Call;
  struct Look;

  Budget budget_;
  lua_State* state_ = nullptr;
  std::string mistake_;
  std::vector<Entry> entries_;
  int next_slot_ = 0;
  std::uint64_t calls_ = 0;
  std::size_t allocated_ = 0;  ///< in this call, before the budget's last beginning
  bool worn_ = false;

  /// Runs it with lua_pcall; says why it failed, or nothing.
  std::string protect(lua_CFunction function, void* data);
  std::string failure(int status);
  void collect();

  Entry& entry_of(const model::Hook& hook);
  void run_body();
  void push_function(Entry& entry);
  void keep(Entry& entry);
  bool keep_closure(Entry& entry, int closure, std::vector<std::pair<const void*, int>>& seen);
  int store(int index);
  void forget(int first);
  void restore(const Entry& entry);

  static int load(lua_State* state);
  static int run(lua_State* state);
  static int look(lua_State* state);
};

}  // namespace proviso::hooks
