#include <fmt/format.h>

#include "check/expressions/expressions.hpp"

// any, every, count, sum, minimum, maximum, latest, earliest over a list.
namespace proviso::check {

/// The loop over the form's list; none where it is no list. Loops over one list in one place are one loop, so that what
/// they share is worked out once.
LoopId Expressions::loop_over(const Context& context, const syntax::Expression& written) {
  const auto& list = at(context, written.operands[0]);
  const Resolved found = resolve(context, list.text, list.span);
  if (found.kind == Resolved::Kind::complained) return none;
  if (found.kind == Resolved::Kind::nothing) {
    unknown_name(context, list.text, list.span, nullptr);
    return none;
  }
  // A value given as null may be a list as well as anything else: over it, the form is unknown.
  if (found.kind == Resolved::Kind::fact && library_.records[context.record].facts[found.fact].type.kind == Kind::any) {
    return none;
  }
  const bool is_list =
      found.kind == Resolved::Kind::fact && library_.records[context.record].facts[found.fact].type.kind == Kind::list;
  if (!is_list) {
    complain(Code::type_mismatch, list.span, fmt::format("{} is not a list", quoted(list.span)));
    return none;
  }
  return loop_of(context, written.variable.text, found.fact, found.loop);
}

LoopId Expressions::loop_of(const Context& context, const std::string& variable, model::FactId list, LoopId owner) {
  const auto level = library_.records[context.record].facts[list].elements;
  for (LoopId id = 0; id < library_.loops.size(); ++id) {
    const auto& loop = library_.loops[id];
    if (loop.record == context.record && loop.list == list && loop.enclosing == context.innermost &&
        loop.owner == owner) {
      return id;
    }
  }
  library_.loops.push_back({variable, list, level, context.innermost, owner, context.record});
  return static_cast<LoopId>(library_.loops.size() - 1);
}

NodeId Expressions::list_form(const Context& context, const syntax::Expression& written) {
  const bool truth_form = written.kind == ExpressionKind::any || written.kind == ExpressionKind::every;
  const bool counted = written.kind == ExpressionKind::count;
  const Type fallback = truth_form ? of(Kind::truth) : counted ? of(Kind::number) : of(Kind::any);
  const LoopId loop = loop_over(context, written);
  if (loop == none) return unknown_node(fallback, written.span);
  for (const auto& binding : context.bindings) {
    if (binding.name != written.variable.text) continue;
    complain(Code::duplicate_name, written.variable.span,
             fmt::format("`{}` already stands for something here", written.variable.text));
    return unknown_node(fallback, written.span);
  }
  Context inside = context;
  inside.bindings.push_back({written.variable.text, none, loop});
  inside.innermost = loop;
  const std::size_t parts = written.operands.size() - (written.has_condition ? 1 : 0);
  NodeId condition = none;
  if (written.has_condition) condition = truth(inside, written.operands.back(), "`where`");
  condition = inside_window(inside, loop, written.kind == ExpressionKind::every, condition);
  if (truth_form || counted) {
    std::vector<NodeId> operands;
    if (condition != none) operands.push_back(condition);
    const NodeKind kind = counted                               ? NodeKind::count
                          : written.kind == ExpressionKind::any ? NodeKind::any
                                                                : NodeKind::every;
    Node node{kind, fallback, std::move(operands), 0, 1, none, loop, 0, written.span};
    return make(std::move(node));
  }
  if (parts < 2) return failed(written.span);
  return aggregate(inside, written, loop, expression(inside, written.operands[1]), condition);
}

NodeId Expressions::aggregate(const Context& context, const syntax::Expression& written, LoopId loop, NodeId value,
                              NodeId condition) {
  Type found = type(value);
  const auto id = written.operands[1];
  if (found.kind == Kind::error) return failed(written.span);
  const bool dates = written.kind == ExpressionKind::latest || written.kind == ExpressionKind::earliest;
  if (found.kind == Kind::any && dates) {
    found = of(Kind::date);
    value = *conversions_.as(value, found);
  }
  if (dates && found.kind != Kind::date) {
    complain(Code::type_mismatch, at(context, id).span,
             fmt::format("{}; `{}` needs a date", describe(context, id, value),
                         written.kind == ExpressionKind::latest ? "latest" : "earliest"));
    return unknown_node(of(Kind::date), written.span);
  }
  if (written.kind == ExpressionKind::sum && found.kind != Kind::any && !is_decimal(found)) {
    complain(Code::type_mismatch, at(context, id).span,
             fmt::format("{}; `sum` needs a number", describe(context, id, value)));
    return failed(written.span);
  }
  if (written.kind != ExpressionKind::sum && !orderable(context, written, id, found)) return failed(written.span);
  NodeKind kind = NodeKind::sum;
  if (written.kind == ExpressionKind::least || written.kind == ExpressionKind::earliest) kind = NodeKind::least;
  if (written.kind == ExpressionKind::greatest || written.kind == ExpressionKind::latest) kind = NodeKind::greatest;
  std::vector<NodeId> operands = {value};
  if (condition != none) operands.push_back(condition);
  Node node{kind, found, std::move(operands), 0, 1, none, loop, 0, written.span};
  return make(std::move(node));
}

}  // namespace proviso::check
