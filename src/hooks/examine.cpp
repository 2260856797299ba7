#include <charconv>

#include "hooks/machine.hpp"
#include "hooks/values.hpp"

// What is wrong with a script before any record is seen.
namespace proviso::hooks {
namespace {

/// How messages of Lua name the script here; a line follows.
constexpr std::string_view script_prefix = "script:";
constexpr std::string_view failure_prefix = "failed: ";

/// Takes the line off a message of Lua; of what Machine itself says, the script is the subject.
Mistake mistake_of(std::string_view message) {
  if (message.substr(0, failure_prefix.size()) != failure_prefix) return {"the script " + std::string(message), 0};
  message.remove_prefix(failure_prefix.size());
  Mistake mistake;
  if (message.substr(0, script_prefix.size()) == script_prefix) {
    const std::string_view rest = message.substr(script_prefix.size());
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), mistake.line);
    const auto digits = static_cast<std::size_t>(end - rest.data());
    if (error == std::errc{} && rest.substr(digits, 2) == ": ") message = rest.substr(digits + 2);
  }
  mistake.message = message;
  return mistake;
}

}  // namespace

struct Machine::Look {
  Machine* machine;
  const std::vector<std::string>* fields;
  std::vector<Mistake>* mistakes;
};

int Machine::look(lua_State* state) {
  const Look& look = *static_cast<const Look*>(lua_touserdata(state, 1));
  look.machine->run_body();
  for (const std::string& field : *look.fields) {
    lua_pushlstring(state, field.data(), field.size());
    lua_rawget(state, -2);
    if (lua_isnil(state, -1)) {
      look.mistakes->push_back({"the table that the script returns has no function `" + field + "`", 0});
    } else if (!lua_isfunction(state, -1)) {
      look.mistakes->push_back({"field `" + field + "` is " + describe(state, -1) + ", and not a function", 0});
    }
    lua_pop(state, 1);
  }
  return 0;
}

std::vector<Mistake> Machine::examine(const std::vector<std::string>& fields) {
  if (!mistake_.empty()) return {mistake_of(mistake_)};
  budget_.begin(state_);
  std::vector<Mistake> mistakes;
  Look look{this, &fields, &mistakes};
  const std::string failed = protect(guarded<Machine::look>, &look);
  if (!failed.empty()) mistakes.push_back(mistake_of(failed));
  return mistakes;
}

std::vector<Mistake> examine(const model::Script& script, const std::vector<std::string>& fields) {
  return Machine(script, "=script", {}).examine(fields);
}

}  // namespace proviso::hooks
