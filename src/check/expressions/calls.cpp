#include <fmt/format.h>

#include "check/expressions/expressions.hpp"
#include "check/expressions/meant.hpp"

// Definitions and tables, used.
namespace proviso::check {

namespace {

std::string arguments(std::size_t number) {
  if (number == 0) return "no arguments";
  return fmt::format("{} argument{}", number, number == 1 ? "" : "s");
}

std::string values(std::size_t number) {
  if (number == 0) return "no values";
  return fmt::format("{} value{}", number, number == 1 ? "" : "s");
}

}  // namespace

NodeId Expressions::call(const Context& context, const syntax::Expression& written) {
  Symbol* symbol = find_symbol(context.tree, written.text, written.mark);
  if (!symbol && unread(written.text)) return failed(written.span);
  if (!symbol) {
    std::vector<std::string> names;
    for (const auto& name : visible_names(context.tree)) names.push_back(name);
    auto& diagnostic =
        complain(Code::unknown_name, written.mark, fmt::format("there is no definition or table `{}`", written.text));
    if (const auto close = text::closest(written.text, names))
      diagnostic.help = fmt::format("did you mean `{}`?", *close);
    return failed(written.span);
  }
  symbol->used = true;
  if (symbol->kind == SymbolKind::definition) return call_definition(context, written, *symbol);
  if (symbol->kind == SymbolKind::table) return call_table(context, written, *symbol);
  if (symbol->kind == SymbolKind::hook) return symbol_value(context, *symbol, written.span);
  auto& diagnostic =
      complain(Code::wrong_arguments, written.span, fmt::format("`{}` takes no arguments", symbol->name));
  diagnostic.notes.push_back({"declared here", symbol->span});
  return failed(written.span);
}

NodeId Expressions::call_definition(const Context& context, const syntax::Expression& written, Symbol& symbol) {
  const auto& definition = declaration<syntax::Definition>(symbol);
  if (definition.parameters.size() != written.operands.size()) {
    auto& diagnostic =
        complain(Code::wrong_arguments, written.span,
                 fmt::format("`{}` takes {} and is given {}", symbol.name, arguments(definition.parameters.size()),
                             arguments(written.operands.size())));
    diagnostic.notes.push_back({"defined here", symbol.span});
    return failed(written.span);
  }
  Context inside;
  inside.tree = symbol.tree;
  inside.record = context.record;
  inside.innermost = context.innermost;
  bool good = true;
  for (std::size_t i = 0; i < written.operands.size(); ++i) {
    const Type wanted = types_.resolve_type(symbol.tree, definition.parameters[i].type);
    const NodeId argument = expression(context, written.operands[i], &wanted);
    if (is_error(argument) || wanted.kind == Kind::error) {
      good = false;
      continue;
    }
    // A quantity in a smaller unit stays in it, where it is exact.
    const bool quantities =
        wanted.kind == Kind::quantity && Conversions::quantity_type(type(argument)).kind == Kind::quantity;
    const std::string percentage = with_percent_sign(trees_[context.tree].tree, written.operands[i], wanted);
    const Type as = quantities ? conversions_.common(wanted, type(argument)).value_or(wanted) : wanted;
    const auto converted = percentage.empty() ? conversions_.as(argument, as) : std::nullopt;
    const bool either = wanted.kind == Kind::duration && wanted.duration == value::DurationKind::either &&
                        type(argument).kind == Kind::duration;
    if (!converted && !either) {
      auto& diagnostic =
          complain(Code::wrong_arguments, at(context, written.operands[i]).span,
                   fmt::format("{}; parameter `{}` is {}", describe(context, written.operands[i], argument),
                               definition.parameters[i].name.text, model::format(library_, wanted)));
      diagnostic.notes.push_back({"defined here", symbol.span});
      diagnostic.help = percentage;
      good = false;
      continue;
    }
    // A duration parameter takes the kind of what it is given.
    inside.bindings.push_back({definition.parameters[i].name.text, either ? argument : *converted, none});
  }
  if (!good) return failed(written.span);
  for (const Symbol* open : open_definitions_) {
    if (open != &symbol) continue;
    auto& diagnostic =
        complain(Code::circular_definition, symbol.span, fmt::format("`{}` is defined by itself", symbol.name));
    diagnostic.notes.push_back({"used here, inside its own definition", written.span});
    return failed(written.span);
  }
  const NodeId body = definition_body(inside, symbol);
  if (is_error(body)) return failed(written.span);
  Node node{NodeKind::definition, type(body), {body}, 0, 1, symbol.index, none, 0, written.span};
  return make(std::move(node));
}

/// What the definition says, as an expression one deeper than the one that uses it.
NodeId Expressions::definition_body(const Context& inside, Symbol& symbol) {
  open_definitions_.push_back(&symbol);
  ++expression_depth_;
  const NodeId body = expression(inside, declaration<syntax::Definition>(symbol).body);
  --expression_depth_;
  open_definitions_.pop_back();
  return body;
}

/// A definition without parameters: checked once for each record that it is used on.
NodeId Expressions::definition_value(const Context& context, Symbol& symbol, Span span) {
  const auto key = std::pair{symbol.index, context.record};
  if (const auto it = definition_values_.find(key); it != definition_values_.end()) return it->second;
  for (std::size_t i = 0; i < open_definitions_.size(); ++i) {
    if (open_definitions_[i] != &symbol) continue;
    std::string path;
    for (std::size_t j = i; j < open_definitions_.size(); ++j)
      path += fmt::format("`{}` uses ", open_definitions_[j]->name);
    auto& diagnostic = complain(Code::circular_definition, open_definitions_[i]->span,
                                fmt::format("`{}` is defined by itself: {}`{}`", symbol.name, path, symbol.name));
    for (std::size_t j = i + 1; j < open_definitions_.size(); ++j) {
      diagnostic.notes.push_back(
          {fmt::format("by way of `{}`", open_definitions_[j]->name), open_definitions_[j]->span});
    }
    return failed(span);
  }
  Context inside;
  inside.tree = symbol.tree;
  inside.record = context.record;
  const NodeId body = definition_body(inside, symbol);
  NodeId result = failed(span);
  if (!is_error(body)) {
    Node node{NodeKind::definition, type(body), {body}, 0, 1, symbol.index, none, 0, span};
    result = make(std::move(node));
  }
  definition_values_[key] = result;
  return result;
}

NodeId Expressions::call_table(const Context& context, const syntax::Expression& written, Symbol& symbol) {
  // Copied: checking the arguments may not move tables, but a reference would not say so.
  const auto keys = library_.tables[symbol.index].keys;
  const Type result = library_.tables[symbol.index].value;
  if (keys.size() != written.operands.size()) {
    auto& diagnostic = complain(Code::wrong_arguments, written.span,
                                fmt::format("table `{}` is looked up by {} and is given {}", symbol.name,
                                            values(keys.size()), values(written.operands.size())));
    diagnostic.notes.push_back({"declared here", symbol.span});
    return failed(written.span);
  }
  std::vector<NodeId> operands;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const NodeId key = expression(context, written.operands[i], &keys[i]);
    if (is_error(key) || keys[i].kind == Kind::error) return failed(written.span);
    const std::string percentage = with_percent_sign(trees_[context.tree].tree, written.operands[i], keys[i]);
    const auto converted = percentage.empty() ? conversions_.as(key, keys[i]) : std::nullopt;
    if (!converted) {
      auto& diagnostic =
          complain(Code::wrong_arguments, at(context, written.operands[i]).span,
                   fmt::format("{}; table `{}` wants {} there", describe(context, written.operands[i], key),
                               symbol.name, model::format(library_, keys[i])));
      diagnostic.notes.push_back({"declared here", symbol.span});
      diagnostic.help = percentage;
      return failed(written.span);
    }
    operands.push_back(*converted);
  }
  Node node{NodeKind::lookup, result, std::move(operands), 0, 1, symbol.index, none, 0, written.span};
  return make(std::move(node));
}

}  // namespace proviso::check
