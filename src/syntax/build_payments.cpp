#include <utility>

#include "syntax/build.hpp"

/// What payments have that policies do not, relations and groups.
namespace proviso::syntax {

PaymentOutcome Builder::payment_outcome(NodeIndex node) {
  const auto parts = children(node);
  PaymentOutcome outcome;
  outcome.span = span(node);
  switch (rule(node)) {
    case Rule::pay_in_full:
      outcome.word = "pay in full";
      break;
    case Rule::pay_amount:
      outcome.word = "pay";
      outcome.amount = expression(parts[0]);
      break;
    case Rule::adjust_to:
      outcome.word = "adjust to";
      outcome.amount = expression(parts[0]);
      break;
    case Rule::recount_as:
      outcome.word = "recount as";
      outcome.code = expression(parts[0]);
      if (parts.size() > 1) outcome.amount = expression(children(parts[1])[0]);
      break;
    case Rule::withhold:
      outcome.word = "withhold";
      outcome.strength = name(parts[0]);
      break;
    default:
      outcome.word = "query";
  }
  return outcome;
}

RelationDeclaration Builder::relation(NodeIndex node) {
  const auto parts = children(node);
  RelationDeclaration relation;
  relation.name = name(parts[0]);
  relation.record = name(parts[1]);
  relation.variable = name(parts[2]);
  if (rule(parts[3]) == Rule::related_record) relation.other = name(children(parts[3])[0]);
  relation.condition = expression(parts.back());
  relation.span = span(node);
  return relation;
}

/// What is worked out of facts has been complained about.
void Builder::add_path(NodeIndex node, std::vector<Name>& paths) const {
  if (rule(node) == Rule::path) paths.push_back(name(node));
}

GroupDeclaration Builder::group(NodeIndex node) {
  const auto parts = children(node);
  GroupDeclaration group;
  group.name = name(parts[0]);
  group.record = name(parts[1]);
  for (std::size_t i = 2; i < parts.size(); ++i) {
    if (rule(parts[i]) == Rule::ordered_by) {
      for (NodeIndex path : children(parts[i])) add_path(path, group.order);
    } else {
      add_path(parts[i], group.keys);
    }
  }
  group.span = span(node);
  return group;
}

}  // namespace proviso::syntax
