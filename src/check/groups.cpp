#include <fmt/format.h>

#include "check/checker.hpp"

// Groups of criteria as nodes, and as text.
namespace proviso::check {

namespace {

NodeKind node_kind(model::GroupKind kind) {
  switch (kind) {
    case model::GroupKind::any:
      return NodeKind::disjunction;
    case model::GroupKind::none_of:
      return NodeKind::none_of;
    case model::GroupKind::at_least:
      return NodeKind::at_least;
    case model::GroupKind::all:
    case model::GroupKind::expression:
      break;
  }
  return NodeKind::conjunction;
}

}  // namespace

/// The truth of a group, whose criteria are there. An empty one, complained about already, is unknown.
NodeId Checker::group_node(const model::Condition& group, Span span) {
  if (group.criteria.empty()) return unknown_node(of(Kind::truth), span);
  Node node{node_kind(group.kind), of(Kind::truth), {}, 0, 1, none, none, 0, span};
  if (group.kind == model::GroupKind::at_least) node.value = group.count;
  for (const auto& criterion : group.criteria) node.operands.push_back(criterion.condition.node);
  return make(std::move(node));
}

/// A group as a criterion's expression: `at least 2 of pain, night`.
std::string Checker::spell_group(const model::Condition& group) {
  std::string out = group.kind == model::GroupKind::all       ? "all of "
                    : group.kind == model::GroupKind::any     ? "any of "
                    : group.kind == model::GroupKind::none_of ? "none of "
                                                              : fmt::format("at least {} of ", group.count);
  for (std::size_t i = 0; i < group.criteria.size(); ++i) {
    if (i > 0) out += ", ";
    out += group.criteria[i].name;
  }
  return out;
}

std::string Checker::spell(const Context& context, const syntax::Condition& written,
                           const model::Condition& checked) const {
  return checked.kind == model::GroupKind::expression ? print(context, written.expression) : spell_group(checked);
}

}  // namespace proviso::check
