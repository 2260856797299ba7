#include <fmt/format.h>

#include "check/expressions/expressions.hpp"
#include "check/expressions/meant.hpp"

// Hooks, called.
namespace proviso::check {

NodeId Expressions::call_hook(const Context& context, const syntax::Expression& written) {
  Symbol* symbol = find_symbol(context.tree, written.text, written.mark);
  if (!symbol && unread(written.text)) return failed(written.span);
  if (!symbol || symbol->kind != SymbolKind::hook) {
    auto& diagnostic = complain(Code::unknown_name, written.mark, fmt::format("there is no hook `{}`", written.text));
    std::vector<std::string> names;
    for (const auto& [key, other] : symbols_) {
      if (other.kind == SymbolKind::hook) names.push_back(other.name);
    }
    if (const auto close = text::closest(written.text, names))
      diagnostic.help = fmt::format("did you mean `{}`?", *close);
    return failed(written.span);
  }
  symbol->used = true;
  const model::Hook hook = library_.hooks[symbol->index];
  if (hook.parameters.size() != written.operands.size()) {
    complain(Code::wrong_arguments, written.span,
             fmt::format("hook `{}` takes {} argument{} and is given {}", symbol->name, hook.parameters.size(),
                         hook.parameters.size() == 1 ? "" : "s", written.operands.size()))
        .notes.push_back({"declared here", symbol->span});
    return failed(written.span);
  }
  std::vector<NodeId> operands;
  bool good = hook.result.kind != Kind::error;
  for (std::size_t i = 0; i < hook.parameters.size(); ++i) {
    const Type& wanted = hook.parameters[i];
    const NodeId argument = expression(context, written.operands[i], &wanted);
    const std::string percentage = with_percent_sign(trees_[context.tree].tree, written.operands[i], wanted);
    if (is_error(argument) || wanted.kind == Kind::error) {
      good = false;
    } else if (const auto converted = percentage.empty() ? hook_argument(argument, wanted) : std::nullopt) {
      operands.push_back(*converted);
    } else {
      auto& diagnostic = complain(
          Code::wrong_arguments, at(context, written.operands[i]).span,
          fmt::format("{}; hook `{}` takes {} there, as `{}`", describe(context, written.operands[i], argument),
                      symbol->name, model::format(library_, wanted), hook.parameter_names[i]));
      diagnostic.notes.push_back({"declared here", symbol->span});
      diagnostic.help = percentage;
      good = false;
    }
  }
  if (!good) return failed(written.span);
  Node node{NodeKind::hook, hook.result, std::move(operands), 0, 1, symbol->index, none, 0, written.span};
  return make(std::move(node));
}

/// A duration goes in whatever its kind is: the hook sees which.
std::optional<NodeId> Expressions::hook_argument(NodeId argument, const Type& wanted) {
  const bool duration = wanted.kind == Kind::duration && type(argument).kind == Kind::duration;
  return duration ? std::optional(argument) : conversions_.as(argument, wanted);
}

}  // namespace proviso::check
