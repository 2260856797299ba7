#include "hooks/machine.hpp"

#include <algorithm>

#include "hooks/convert.hpp"
#include "hooks/environment.hpp"
#include "hooks/registry.hpp"
#include "hooks/values.hpp"

namespace proviso::hooks {
namespace {

/// Garbage is collected before a call where there is more of it than this.
constexpr std::size_t garbage_limit = 128 * 1024;
/// A call that asked for more than this may have been helped or hindered by what earlier ones left in the state.
constexpr std::size_t worn_limit = 256 * 1024;

std::string bytes(std::size_t count) {
  constexpr std::size_t kibi = 1024;
  if (count % (kibi * kibi) == 0) return std::to_string(count / (kibi * kibi)) + " MiB";
  if (count % kibi == 0) return std::to_string(count / kibi) + " KiB";
  return std::to_string(count) + " bytes";
}

/// For loading, which is before a script runs: bounded by the script's length, and by these.
Limits loading_limits(const Limits& limits) {
  return {limits.instructions, std::size_t{16} * 1024 * 1024, std::size_t{64} * 1024 * 1024, limits.text};
}

std::string spent_message(const Limits& limits, Spent spent) {
  switch (spent) {
    case Spent::nothing:
      break;
    case Spent::instructions:
      return "ran out of its " + std::to_string(limits.instructions) + " instructions";
    case Spent::memory:
      return "ran out of its " + bytes(limits.memory) + " of memory";
    case Spent::allocated:
      return "asked for more than " + bytes(limits.allocated) + " of memory in one call";
    case Spent::text:
      return "made a text of more than " + bytes(limits.text);
    case Spent::stack:
      return "nested its calls too deeply or passed too many values";
  }
  return "failed";
}

struct Loading {
  const model::Script* script;
  const std::string* name;
};

}  // namespace

struct Machine::Call {
  Machine* machine;
  const model::Library* library;
  const model::Hook* hook;
  const std::vector<Argument>* arguments;
  Answer* answer;
};

std::string format(const Limits& limits) {
  return std::to_string(limits.instructions) + " instructions, " + bytes(limits.memory);
}

Machine::Machine(const model::Script& script, const std::string& name, const Limits& limits)
    : budget_(loading_limits(limits)), next_slot_(slot::first_free) {
  if (script.text.size() > script_limit) {
    mistake_ = "is longer than " + bytes(script_limit);
    return;
  }
  if (!script.text.empty() && script.text.front() == LUA_SIGNATURE[0]) {
    mistake_ = "is bytecode, and only text is run";
    return;
  }
  state_ = new_state(budget_);
  if (state_ == nullptr) {
    mistake_ = "cannot be run: there is no memory";
    return;
  }
  budget_.begin(state_);
  Loading loading{&script, &name};
  mistake_ = protect(guarded<load>, &loading);
  if (!mistake_.empty()) return;
  lua_gc(state_, LUA_GCCOLLECT);
  budget_.limits = limits;
  budget_.base = budget_.used;
  budget_.base_longest = budget_.longest;
}

Machine::~Machine() {
  if (state_ == nullptr) return;
  lua_sethook(state_, nullptr, 0, 0);
  lua_close(state_);
}

int Machine::load(lua_State* state) {
  const Loading& loading = *static_cast<const Loading*>(lua_touserdata(state, 1));
  install_exact_values(state);
  install_library(state);
  make_environment(state);
  const std::string& text = loading.script->text;
  // Text alone: a made-up bytecode can do anything to the machine that reads it.
  if (luaL_loadbufferx(state, text.data(), text.size(), loading.name->c_str(), "t") != LUA_OK) return lua_error(state);
  lua_rawseti(state, LUA_REGISTRYINDEX, slot::body);
  return 0;
}

std::string Machine::protect(lua_CFunction function, void* data) {
  lua_settop(state_, 0);
  lua_pushcfunction(state_, function);
  lua_pushlightuserdata(state_, data);
  const int status = lua_pcall(state_, 1, 0, 0);
  if (status == LUA_OK && budget_.spent == Spent::nothing) return {};
  std::string message = failure(status);
  lua_settop(state_, 0);
  return message;
}

std::string Machine::failure(int status) {
  if (status == LUA_ERRMEM && budget_.spent == Spent::nothing) budget_.spent = Spent::memory;
  if (budget_.spent != Spent::nothing) return spent_message(budget_.limits, budget_.spent);
  if (lua_gettop(state_) == 0) return "failed";
  switch (lua_type(state_, -1)) {
    case LUA_TSTRING: {
      std::size_t size = 0;
      const char* const text = lua_tolstring(state_, -1, &size);
      return "failed: " + shown({text, size});
    }
    case LUA_TNUMBER:
      return "failed: it raised an error that is a number";
    default:
      return "failed: it raised an error that is " + describe(state_, -1);
  }
}

void Machine::collect() {
  if (budget_.used > budget_.base + garbage_limit) lua_gc(state_, LUA_GCCOLLECT);
}

Answer Machine::call(const model::Library& library, const model::Hook& hook, const std::vector<Argument>& arguments) {
  Answer answer;
  ++calls_;
  collect();
  allocated_ = 0;
  budget_.begin(state_);
  Call call{this, &library, &hook, &arguments, &answer};
  const std::string failed = protect(guarded<run>, &call);
  allocated_ += budget_.allocated;
  worn_ = budget_.spent != Spent::nothing || allocated_ > worn_limit;
  if (!failed.empty()) {
    answer = {};
    answer.problem = failed;
  }
  return answer;
}

int Machine::run(lua_State* state) {
  const Call& call = *static_cast<const Call*>(lua_touserdata(state, 1));
  lua_settop(state, 0);
  const auto count = static_cast<int>(call.arguments->size());
  luaL_checkstack(state, count + 8, nullptr);
  Machine& machine = *call.machine;
  Entry& entry = machine.entry_of(*call.hook);
  machine.push_function(entry);
  for (int i = 0; i < count; ++i) {
    const auto n = static_cast<std::size_t>(i);
    push_argument(state, *call.library, call.hook->parameters[n], (*call.arguments)[n]);
  }
  lua_call(state, count, LUA_MULTRET);
  take_answer(state, *call.library, call.hook->result, 1, *call.answer);
  return 0;
}

}  // namespace proviso::hooks
