#include "settle/relations_reads.hpp"

#include <algorithm>

namespace proviso::settle {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;

/// The nodes that policies work out.
class Reached {
 public:
  Reached(const model::Library& library, const std::vector<const model::Policy*>& policies)
      : seen_(library.nodes.size()) {
    for (const model::Policy* policy : policies) add(*policy);
    // Operands come before the nodes that use them.
    for (auto node = static_cast<NodeId>(seen_.size()); node-- > 0;) {
      if (!seen_[node]) continue;
      for (const NodeId operand : library.nodes[node].operands) seen_[operand] = true;
    }
  }

  bool contains(NodeId node) const { return seen_[node]; }

 private:
  void add(const model::Policy& policy) {
    add(policy.applies);
    for (const model::Form& form : policy.forms) {
      for (const NodeId node : form.values) add(node);
      for (const model::Clause& clause : form.clauses) {
        add(clause.condition);
        if (!clause.payment) continue;
        add(clause.payment->amount);
        add(clause.payment->code);
      }
    }
  }

  void add(const model::Condition& condition) {
    add(condition.node);
    for (const model::Criterion& criterion : condition.criteria) add(criterion.condition);
  }

  void add(NodeId node) {
    if (node != model::none) seen_[node] = true;
  }

  std::vector<bool> seen_;
};

/// Notes what one node asks.
void note(const model::Library& library, const Node& node, RelationReads& reads) {
  const model::Relation& relation = library.relations[reads.relation];
  if (node.loop != model::none) {
    const model::Loop& loop = library.loops[node.loop];
    if (loop.record != relation.record || loop.list != relation.list) return;
    reads.list = true;
    if (node.kind != NodeKind::fact) return;
    for (const auto& element : relation.elements) {
      if (element.first != node.index) continue;
      if (std::find(reads.elements.begin(), reads.elements.end(), element) == reads.elements.end()) {
        reads.elements.push_back(element);
      }
    }
  } else if (node.kind == NodeKind::fact) {
    reads.list = reads.list || node.index == relation.list;
    reads.rank = reads.rank || (relation.group && node.index == relation.rank);
  }
}

}  // namespace

std::vector<RelationReads> relation_reads(const model::Library& library, std::uint32_t record) {
  std::vector<const model::Policy*> policies;
  for (const model::Policy& policy : library.policies) {
    if (policy.record == record) policies.push_back(&policy);
  }
  for (const model::Agreement& agreement : library.agreements) {
    if (agreement.lines.record == record) policies.push_back(&agreement.lines);
  }
  return relation_reads(library, record, policies);
}

std::vector<RelationReads> relation_reads(const model::Library& library, std::uint32_t record,
                                          const std::vector<const model::Policy*>& policies) {
  std::vector<RelationReads> all;
  for (std::uint32_t number = 0; number < library.relations.size(); ++number) {
    if (library.relations[number].record == record) all.push_back({number, false, false, {}});
  }
  if (all.empty()) return all;
  const Reached reached(library, policies);
  for (NodeId node = 0; node < library.nodes.size(); ++node) {
    if (!reached.contains(node)) continue;
    for (RelationReads& reads : all) note(library, library.nodes[node], reads);
  }
  all.erase(std::remove_if(all.begin(), all.end(), [](const auto& reads) { return !reads.list && !reads.rank; }),
            all.end());
  for (RelationReads& reads : all) std::sort(reads.elements.begin(), reads.elements.end());
  return all;
}

}  // namespace proviso::settle
