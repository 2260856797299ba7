#include "hooks/session.hpp"

#include "hooks/convert.hpp"
#include "hooks/machine.hpp"

namespace proviso::hooks {

/// A script's machine is made when a hook of it is first called.
struct Session::State {
  const model::Library& library;
  Limits limits;
  std::vector<std::unique_ptr<Machine>> machines;

  Machine& fresh(std::uint32_t script) {
    const model::Script& written = library.scripts[script];
    machines[script] = std::make_unique<Machine>(written, "@" + written.file, limits);
    return *machines[script];
  }

  Answer call(Machine& machine, const model::Hook& hook, const std::vector<Argument>& arguments) const {
    if (machine.mistake().empty()) return machine.call(library, hook, arguments);
    Answer answer;
    answer.problem = machine.mistake();
    return answer;
  }
};

Session::Session(const model::Library& library, const Limits& limits) : state_(new State{library, limits, {}}) {
  state_->machines.resize(library.scripts.size());
}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Answer Session::call(model::HookId id, const std::vector<Argument>& arguments) {
  const model::Hook& hook = state_->library.hooks[id];
  const std::unique_ptr<Machine>& machine = state_->machines[hook.script];
  if (machine == nullptr) state_->fresh(hook.script);
  const bool used = machine->used();
  Answer answer = state_->call(*machine, hook, arguments);
  // What a machine holds of earlier calls must not show, not even in when its memory ends: a new one has the last word.
  if (machine->worn() && used) answer = state_->call(state_->fresh(hook.script), hook, arguments);
  if (machine->worn()) state_->machines[hook.script].reset();
  if (!answer.problem.empty()) answer.problem = "hook `" + hook.name + "` " + answer.problem;
  return answer;
}

}  // namespace proviso::hooks
