#include "check/policies/reachability.hpp"

#include <algorithm>

namespace proviso::check {

namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;

/// Pairs of conditions that are compared for one policy: a longer look would take more than the rest of the check.
constexpr std::size_t implication_limit = 1'000'000;

/// Whether what is said of a condition is said of its operands.
bool has_parts(const Node& node) {
  return node.kind == NodeKind::definition || node.kind == NodeKind::conjunction || node.kind == NodeKind::disjunction;
}

/// The written clause in another form: there as it was written, or a variation's under its name.
bool is_the_same(const model::Clause& written, const model::Clause& other) {
  return other.span == written.span || (other.variation != model::none && other.name == written.name);
}

}  // namespace

Reach Reachability::in_every_form(const model::Policy& policy, std::size_t clause) {
  const model::Form& written = policy.written();
  const Reach reach = in_form(written, clause);
  const auto is_reached = [](const Reach& each) {
    return each.kind == Reach::Kind::open || each.kind == Reach::Kind::constant;
  };
  if (reach.kind == Reach::Kind::open) return reach;
  for (const model::Form& form : policy.forms) {
    if (&form == &written || form.omitted) continue;
    const auto found = std::find_if(form.clauses.begin(), form.clauses.end(),
                                    [&](const auto& each) { return is_the_same(written.clauses[clause], each); });
    if (found == form.clauses.end()) continue;
    const Reach there = in_form(form, static_cast<std::size_t>(found - form.clauses.begin()));
    if (is_reached(there) != is_reached(reach)) return {};
    if (is_reached(there) && (there.kind != reach.kind || there.truth != reach.truth)) return {};
  }
  return reach;
}

Reach Reachability::in_form(const model::Form& form, std::size_t clause) {
  const NodeId condition = form.clauses[clause].condition.node;
  // `otherwise` must be there, reached or not.
  if (form.clauses[clause].otherwise || condition == model::none) return {};
  const auto has_condition = [&](std::size_t number) {
    return !form.clauses[number].otherwise && form.clauses[number].condition.node != model::none;
  };
  for (std::size_t earlier = 0; earlier < clause; ++earlier) {
    if (!has_condition(earlier)) continue;
    if (constant_truth(form.clauses[earlier].condition.node).value_or(false)) {
      return {Reach::Kind::after_constant, false, earlier};
    }
  }
  if (const auto found = constant_truth(condition)) return {Reach::Kind::constant, *found, 0};
  if (library_.nodes[condition].kind == NodeKind::unknown) return {};
  for (std::size_t earlier = 0; earlier < clause; ++earlier) {
    if (has_condition(earlier) && implies(condition, form.clauses[earlier].condition.node)) {
      return {Reach::Kind::decided_before, false, earlier};
    }
  }
  return {};
}

/// Yes/no of a condition that reads no fact; nothing where it may turn out either way.
std::optional<bool> Reachability::constant_truth(NodeId id) {
  const auto known = constants_.find(id);
  if (known != constants_.end()) return known->second;
  const auto found = constant_truth_of(library_.nodes[id]);
  constants_.emplace(id, found);
  return found;
}

std::optional<bool> Reachability::constant_truth_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::constant:
      return node.value != 0;
    case NodeKind::definition:
      return constant_truth(node.operands[0]);
    case NodeKind::negation: {
      const auto found = constant_truth(node.operands[0]);
      return found ? std::optional<bool>(!*found) : std::nullopt;
    }
    case NodeKind::compare: {
      const Node& a = library_.nodes[node.operands[0]];
      const Node& b = library_.nodes[node.operands[1]];
      if (a.kind != NodeKind::constant || b.kind != NodeKind::constant) return {};
      return model::holds(a.value, static_cast<model::Comparison>(node.word), b.value);
    }
    case NodeKind::conjunction:
      return constant_operands(node, false);
    case NodeKind::disjunction:
      return constant_operands(node, true);
    default:
      return {};
  }
}

std::optional<bool> Reachability::constant_operands(const Node& node, bool absorbing) {
  bool all_known = true;
  for (const NodeId operand : node.operands) {
    const auto found = constant_truth(operand);
    if (found == absorbing) return absorbing;
    all_known = all_known && found.has_value();
  }
  return all_known ? std::optional<bool>(!absorbing) : std::nullopt;
}

/// Whether `earlier` is yes whenever `later` is, as far as their shape tells.
bool Reachability::implies(NodeId later, NodeId earlier) {
  if (later == earlier) return true;
  if (!has_parts(library_.nodes[later]) && !has_parts(library_.nodes[earlier])) return false;
  const std::uint64_t pair = (std::uint64_t{later} << 32) | earlier;
  const auto known = implied_.find(pair);
  if (known != implied_.end()) return known->second;
  if (implied_.size() >= implication_limit) return false;
  const bool found = parts_imply(later, earlier);
  implied_.emplace(pair, found);
  return found;
}

bool Reachability::parts_imply(NodeId later, NodeId earlier) {
  const Node& a = library_.nodes[later];
  const Node& b = library_.nodes[earlier];
  const auto implied = [&](NodeId operand) { return implies(later, operand); };
  const auto implying = [&](NodeId operand) { return implies(operand, earlier); };
  if (a.kind == NodeKind::definition) return implying(a.operands[0]);
  if (b.kind == NodeKind::definition) return implied(b.operands[0]);
  if (b.kind == NodeKind::conjunction) return std::all_of(b.operands.begin(), b.operands.end(), implied);
  if (a.kind == NodeKind::disjunction) return std::all_of(a.operands.begin(), a.operands.end(), implying);
  if (b.kind == NodeKind::disjunction) return std::any_of(b.operands.begin(), b.operands.end(), implied);
  return std::any_of(a.operands.begin(), a.operands.end(), implying);
}

}  // namespace proviso::check
