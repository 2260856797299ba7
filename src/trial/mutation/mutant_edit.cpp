#include "trial/mutation/mutant_edit.hpp"

#include <algorithm>

namespace proviso::trial {
namespace {

using model::NodeId;

NodeId spaced_node(NodeId id) { return id == model::none ? id : id * (spare_nodes + 1) + spare_nodes; }

void space(model::Condition& condition) {
  condition.node = spaced_node(condition.node);
  for (model::Criterion& criterion : condition.criteria) space(criterion.condition);
}

/// What stands at that place of the edit; a new one with `content` where nothing does.
template <class Part, class Same>
Part& part_of(std::vector<Part>& parts, Same same, Part content) {
  const auto found = std::find_if(parts.begin(), parts.end(), same);
  if (found != parts.end()) return *found;
  return parts.emplace_back(std::move(content));
}

}  // namespace

model::Library spaced(const model::Library& library) {
  model::Library result = library;
  result.nodes.clear();
  model::Node nothing{};
  nothing.kind = model::NodeKind::unknown;
  nothing.type.kind = value::Kind::truth;
  result.nodes.resize(library.nodes.size() * (spare_nodes + 1), nothing);
  for (NodeId id = 0; id < library.nodes.size(); ++id) {
    model::Node& node = result.nodes[spaced_node(id)];
    node = library.nodes[id];
    for (NodeId& operand : node.operands) operand = spaced_node(operand);
  }
  for (model::Policy& policy : result.policies) {
    policy.applies = spaced_node(policy.applies);
    for (model::Form& form : policy.forms) {
      for (model::Clause& clause : form.clauses) {
        space(clause.condition);
        if (!clause.payment) continue;
        clause.payment->amount = spaced_node(clause.payment->amount);
        clause.payment->code = spaced_node(clause.payment->code);
      }
    }
  }
  return result;
}

model::Node& Edit::node(const model::Library& library, NodeId id) {
  const auto same = [id](const OfNode& each) { return each.id == id; };
  return part_of(nodes, same, OfNode{id, library.nodes[id]}).content;
}

model::Clause& Edit::clause(const model::Library& library, std::uint32_t policy, std::uint32_t form,
                            std::uint32_t clause) {
  const auto same = [&](const OfClause& each) {
    return each.policy == policy && each.form == form && each.clause == clause;
  };
  const model::Clause& now = library.policies[policy].forms[form].clauses[clause];
  return part_of(clauses, same, OfClause{policy, form, clause, now}).content;
}

model::ThresholdValue& Edit::threshold(const model::Library& library, std::uint32_t threshold, std::uint32_t value) {
  const auto same = [&](const OfThreshold& each) { return each.threshold == threshold && each.value == value; };
  return part_of(thresholds, same, OfThreshold{threshold, value, library.thresholds[threshold].values[value]}).content;
}

Edit::OfPolicy& Edit::policy(const model::Library& library, std::uint32_t policy) {
  const auto same = [policy](const OfPolicy& each) { return each.policy == policy; };
  const model::Policy& now = library.policies[policy];
  return part_of(policies, same, OfPolicy{policy, now.effective, now.placements});
}

void exchange(model::Library& library, Edit& edit) {
  for (auto& each : edit.nodes) std::swap(library.nodes[each.id], each.content);
  for (auto& each : edit.clauses) {
    std::swap(library.policies[each.policy].forms[each.form].clauses[each.clause], each.content);
  }
  for (auto& each : edit.thresholds) std::swap(library.thresholds[each.threshold].values[each.value], each.content);
  for (auto& each : edit.codes) std::swap(library.code_lists[each.list].blocks[each.block], each.content);
  for (auto& each : edit.variations) std::swap(library.variations[each.variation].period, each.content);
  for (auto& each : edit.policies) {
    std::swap(library.policies[each.policy].effective, each.effective);
    std::swap(library.policies[each.policy].placements, each.placements);
  }
}

}  // namespace proviso::trial
