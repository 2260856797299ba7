#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "hooks/session.hpp"

/// One script and its hooks, without a library's text around them.
namespace proviso::hooks::sample {

using value::Kind;
using value::Type;

inline Type of(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}
inline Type quantity(value::Unit unit) {
  Type type = of(Kind::quantity);
  type.unit = unit;
  return type;
}
inline Type duration(value::DurationKind kind) {
  Type type = of(Kind::duration);
  type.duration = kind;
  return type;
}
/// Enumeration 0 is `never, ex, current`; 1 is the scale `"6/6" < "6/12"`.
inline Type status() { return of(Kind::enumeration); }

inline Argument unknown() { return {}; }
inline Argument known(std::int64_t bits) { return {true, bits, {}}; }
inline Argument text(std::string_view said) { return {true, 0, said}; }

class Hooks {
 public:
  explicit Hooks(std::string script, const Limits& limits = {}) : limits_(limits) {
    library_.scripts.push_back({"hooks/luton.lua", "sha256:0", std::move(script)});
    library_.enumerations.push_back({"status", {"never", "ex", "current"}, false});
    library_.enumerations.push_back({"acuity", {"6/6", "6/12"}, true});
    library_.places.push_back({"England", "", {}, model::none, 1, {}});
    library_.places.push_back({"Luton", "", {"06P"}, 0, 1, {}});
  }

  /// Declares a hook for the field, called `luton.FIELD`.
  model::HookId add(const std::string& field, const Type& result, std::vector<Type> parameters = {}) {
    model::Hook hook;
    hook.library = "luton";
    hook.name = "luton." + field;
    hook.field = field;
    hook.script = 0;
    hook.result = result;
    hook.parameters = std::move(parameters);
    library_.hooks.push_back(std::move(hook));
    session_.reset();
    return static_cast<model::HookId>(library_.hooks.size() - 1);
  }

  Answer call(model::HookId hook, const std::vector<Argument>& arguments = {}) {
    if (session_ == nullptr) session_ = std::make_unique<Session>(library_, limits_);
    return session_->call(hook, arguments);
  }
  /// Declares it, and calls it.
  Answer ask(const std::string& field, const Type& result = of(Kind::truth), std::vector<Type> parameters = {},
             const std::vector<Argument>& arguments = {}) {
    return call(add(field, result, std::move(parameters)), arguments);
  }
  const model::Library& library() const { return library_; }

 private:
  model::Library library_;
  Limits limits_;
  std::unique_ptr<Session> session_;
};

/// What a script's function says that has this body.
inline Answer answer_of(const std::string& body, const Type& result = of(Kind::truth),
                        std::vector<Type> parameters = {}, const std::vector<Argument>& arguments = {}) {
  Hooks hooks("return { f = function(a, b, c) " + body + "\nend }");
  return hooks.ask("f", result, std::move(parameters), arguments);
}

/// Whether the expression of Lua is true; it must come to a boolean.
inline bool holds(const std::string& expression) {
  const Answer answer = answer_of("return " + expression);
  INFO(expression);
  INFO(answer.problem);
  CHECK(answer.known);
  return answer.known && answer.bits == 1;
}

/// Why the body failed.
inline std::string problem_of(const std::string& body) { return answer_of(body).problem; }

/// Why the expression failed, without what every such message begins with.
inline std::string failure_of(const std::string& expression) {
  const std::string begin = "hook `luton.f` failed: hooks/luton.lua:1: ";
  const std::string problem = problem_of("return " + expression);
  INFO(expression << " -> " << problem);
  CHECK(problem.substr(0, begin.size()) == begin);
  return problem.size() < begin.size() ? problem : problem.substr(begin.size());
}

}  // namespace proviso::hooks::sample
