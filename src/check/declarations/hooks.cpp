#include "check/declarations/hooks.hpp"

#include <fmt/format.h>

#include "check/named_files.hpp"
#include "hooks/session.hpp"
#include "value/digest.hpp"
#include "value/text.hpp"

// Hooks: their signatures, their scripts, and calls of them.
namespace proviso::check {

/// The script's number; none where it cannot be read. Hooks of one file share it.
std::uint32_t Hooks::script(const SourceTree& tree, const syntax::HookDeclaration& hook) {
  if (const auto known = scripts_.find(path_beside(sources_, tree, hook.file)); known != scripts_.end())
    return known->second;
  auto [path, text, problem] = read_beside(sources_, tree, hook.file);
  const auto fail = [&](std::string_view why) {
    complain(Code::script_file, hook.file_span, fmt::format("`{}`: {}", hook.file, why));
    return none;
  };
  if (!problem.empty()) return fail(problem);
  library_.files.push_back(path);
  if (!value::valid_utf8(text)) return fail("it is not text in UTF-8");
  const auto number = static_cast<std::uint32_t>(library_.scripts.size());
  const std::string digest = value::sha256(text);
  library_.scripts.push_back({hook.file, digest, std::move(text)});
  return scripts_[path] = number;
}

void Hooks::check_hook(Symbol& symbol) {
  const auto& written = declaration<syntax::HookDeclaration>(symbol);
  model::Hook& hook = library_.hooks[symbol.index];
  hook.library = symbol.library;
  hook.field = symbol.name.substr(symbol.name.rfind('.') + 1);
  hook.span = symbol.span;
  types_.check_parameters(written.parameters);
  for (const auto& parameter : written.parameters) {
    Type type = types_.resolve_type(symbol.tree, parameter.type);
    if (type.kind == Kind::list || type.kind == Kind::record) {
      complain(Code::hook_type, parameter.type.span,
               fmt::format("a hook takes single values, and `{}` is {}", parameter.name.text,
                           model::format(library_, type)));
      type = Type{};
    }
    hook.parameter_names.push_back(parameter.name.text);
    hook.parameters.push_back(type);
  }
  hook.result = types_.resolve_type(symbol.tree, written.result);
  if (hook.result.kind == Kind::list || hook.result.kind == Kind::record || hook.result.kind == Kind::text) {
    auto& diagnostic = complain(Code::hook_type, written.result.span,
                                fmt::format("a hook does not answer {}", model::format(library_, hook.result)));
    if (hook.result.kind == Kind::text) diagnostic.help = "name the answers that it may give: `one of a, b, c`";
    hook.result = Type{};
  }
  if (!written.tendency.text.empty()) {
    hook.tendency = written.tendency.text == "tighten" ? model::Tendency::tighten : model::Tendency::loosen;
    if (hook.result.kind != Kind::truth && hook.result.kind != Kind::error) {
      complain(Code::hook_tendency, written.tendency.span,
               fmt::format("only a hook that answers yes/no may {} a criterion", written.tendency.text));
    }
  }
  hook.script = script(trees_[symbol.tree], written);
}

/// Each script is run now, so that what is wrong with it is known before any record is seen.
void Hooks::examine_scripts() {
  std::vector<bool> broken(library_.scripts.size(), false);
  for (const auto& [key, symbol] : symbols_) {
    if (symbol.kind != SymbolKind::hook) continue;
    const auto& hook = library_.hooks[symbol.index];
    if (hook.script == none || broken[hook.script]) continue;
    const auto& script = library_.scripts[hook.script];
    // What is wrong with the script as a whole is said once.
    auto mistakes = hooks::examine(script, nullptr);
    broken[hook.script] = !mistakes.empty();
    if (mistakes.empty()) mistakes = hooks::examine(script, &hook);
    for (const auto& mistake : mistakes) {
      const std::string line = mistake.line == 0 ? "" : fmt::format(" line {},", mistake.line);
      complain(Code::script_mistake, declaration<syntax::HookDeclaration>(symbol).file_span,
               fmt::format("`{}`:{} {}", script.file, line, mistake.message));
    }
  }
}

}  // namespace proviso::check
