#include <charconv>

#include "hooks/equality.hpp"
#include "hooks/machine.hpp"
#include "hooks/values.hpp"

// What is wrong with a script before any record is seen.
namespace proviso::hooks {
namespace {

using value::Kind;

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
  const model::Script* script;
  const model::Hook* hook;  ///< null: only the body is looked at
  std::vector<Mistake>* mistakes;
};

namespace {

/// How Lua sees a value of the type.
Plain plain_of(const value::Type& type) {
  switch (type.kind) {
    case Kind::truth:
      return Plain::boolean;
    case Kind::number:
    case Kind::money:
    case Kind::percent:
    case Kind::quantity:
      return Plain::number;
    case Kind::date:
    case Kind::duration:
      return Plain::exact;
    default:
      return Plain::text;
  }
}

/// Looks at the function on the top, which the hook calls.
void look_at_function(lua_State* state, const model::Script& script, const model::Hook& hook,
                      std::vector<Mistake>& mistakes) {
  std::vector<Parameter> parameters;
  for (std::size_t i = 0; i < hook.parameters.size(); ++i) {
    lua_pushvalue(state, -1);
    const char* const name = lua_getlocal(state, nullptr, static_cast<int>(i) + 1);
    if (name == nullptr) break;
    if (hook.parameters[i].kind != Kind::error) parameters.push_back({name, plain_of(hook.parameters[i])});
  }
  lua_pushvalue(state, -1);
  lua_Debug about{};
  if (lua_getinfo(state, ">S", &about) == 0 || about.linedefined <= 0) return;
  const auto found = idle_equalities(script.text, about.linedefined, about.lastlinedefined, parameters);
  mistakes.insert(mistakes.end(), found.begin(), found.end());
}

}  // namespace

int Machine::look(lua_State* state) {
  const Look& look = *static_cast<const Look*>(lua_touserdata(state, 1));
  look.machine->run_body();
  if (look.hook == nullptr) return 0;
  const std::string& field = look.hook->field;
  lua_pushlstring(state, field.data(), field.size());
  lua_rawget(state, -2);
  if (lua_isnil(state, -1)) {
    look.mistakes->push_back({"the table that the script returns has no function `" + field + "`", 0});
  } else if (!lua_isfunction(state, -1)) {
    look.mistakes->push_back({"field `" + field + "` is " + describe(state, -1) + ", and not a function", 0});
  } else {
    look_at_function(state, *look.script, *look.hook, *look.mistakes);
  }
  return 0;
}

std::vector<Mistake> Machine::examine(const model::Script& script, const model::Hook* hook) {
  if (!mistake_.empty()) return {mistake_of(mistake_)};
  budget_.begin(state_);
  std::vector<Mistake> mistakes;
  Look look{this, &script, hook, &mistakes};
  const std::string failed = protect(guarded<Machine::look>, &look);
  if (!failed.empty()) mistakes.push_back(mistake_of(failed));
  return mistakes;
}

std::vector<Mistake> examine(const model::Script& script, const model::Hook* hook) {
  return Machine(script, "=script", {}).examine(script, hook);
}

}  // namespace proviso::hooks
