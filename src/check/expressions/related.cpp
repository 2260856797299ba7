#include <fmt/format.h>

#include <algorithm>

#include "check/expressions/expressions.hpp"

// Lists of other lines, as relations and groups bring them.
namespace proviso::check {

/// The window is written of one line and another; in a loop the other is the loop's element.
NodeId Expressions::inside_window(const Context& context, LoopId loop, bool every, NodeId condition) {
  const auto& list = library_.records[context.record].facts[library_.loops[loop].list];
  if (list.relation == none || list.type.kind != Kind::list) return condition;
  const auto entry = std::find_if(workspace_.written_relations.begin(), workspace_.written_relations.end(),
                                  [&](const auto& each) { return each.relation == list.relation; });
  if (entry == workspace_.written_relations.end() || entry->window == syntax::no_expression) return condition;
  const auto& written =
      std::get<syntax::RelationDeclaration>(trees_[entry->tree].tree.declarations[entry->declaration]);
  Context inside;
  inside.tree = entry->tree;
  inside.record = context.record;
  inside.innermost = loop;
  inside.bindings.push_back({written.variable.text, none, loop});
  const Span span = at(inside, entry->window).span;
  NodeId window = truth(inside, entry->window, "a relation");
  if (condition == none) return every ? none : window;
  if (every) window = leaf(NodeKind::negation, of(Kind::truth), {window}, span);
  return leaf(every ? NodeKind::disjunction : NodeKind::conjunction, of(Kind::truth), {window, condition}, span);
}

NodeId Expressions::rank(const Context& context, const syntax::Expression& written) {
  const Type number = of(Kind::number);
  if (context.record == none) return failed(written.span);
  const auto& record = library_.records[context.record];
  const auto fact = record.find(0, "rank in " + written.text);
  if (fact != none) return fact_node(context, fact, none, written.span);
  if (unread(written.text)) return unknown_node(number, written.span);
  auto& diagnostic = complain(Code::no_group_of_lines, written.span,
                              fmt::format("there is no group `{}` of records of type `{}`", written.text, record.name));
  std::vector<std::string> names;
  for (const auto& relation : library_.relations) {
    if (relation.group && relation.record == context.record) names.push_back(relation.name);
  }
  if (const auto close = text::closest(written.text, names)) {
    diagnostic.help = fmt::format("did you mean `rank in {}`?", *close);
  } else if (record.find(0, written.text) != none) {
    diagnostic.help = fmt::format("`{}` is no group: `group NAME on {} by ... ordered by ...` declares one",
                                  written.text, record.name);
  }
  return unknown_node(number, written.span);
}

}  // namespace proviso::check
