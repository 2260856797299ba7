#include "trial/scenarios/separated.hpp"

#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace proviso::trial {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;
using model::none;

/// Where something is written: what stands in several forms of a policy is written once.
using Writing = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>;

class Separation {
 public:
  explicit Separation(const model::Library& library) : library_(library) {}

  model::Library run() {
    for (std::uint32_t number = 0; number < library_.policies.size(); ++number) {
      model::Policy& policy = library_.policies[number];
      policy_ = number;
      if (policy.applies != none) {
        policy.applies = own(policy.applies, {policy.span.file, policy.span.begin, none, "applies when"});
      }
      for (model::Form& form : policy.forms) {
        for (model::Clause& clause : form.clauses) {
          separate(clause.condition, {clause.span.file, clause.span.begin, clause.variation, clause.name});
          if (!clause.payment) continue;
          for (NodeId* value : {&clause.payment->amount, &clause.payment->code}) {
            if (*value != none) *value = own(*value, {clause.span.file, clause.span.begin, clause.variation, "amount"});
          }
        }
      }
    }
    return std::move(library_);
  }

 private:
  model::Library library_;
  std::uint32_t policy_ = 0;
  std::map<std::pair<std::uint32_t, Writing>, std::unordered_map<NodeId, NodeId>> owned_;
  std::map<std::vector<std::uint64_t>, NodeId> groups_;

  void separate(model::Condition& condition, const Writing& writing) {
    if (condition.node == none) return;
    if (condition.kind == model::GroupKind::expression) {
      condition.node = own(condition.node, writing);
      return;
    }
    for (model::Criterion& criterion : condition.criteria) {
      separate(criterion.condition, {criterion.span.file, criterion.span.begin, criterion.variation, criterion.name});
    }
    condition.node = group(condition);
  }

  /// A copy of the expression for that writing, down to what is declared elsewhere.
  NodeId own(NodeId node, const Writing& writing) { return copy(node, owned_[{policy_, writing}]); }

  NodeId copy(NodeId id, std::unordered_map<NodeId, NodeId>& copies) {
    const NodeKind kind = library_.nodes[id].kind;
    if (kind == NodeKind::definition || kind == NodeKind::fact || kind == NodeKind::threshold) return id;
    if (const auto known = copies.find(id); known != copies.end()) return known->second;
    Node node = library_.nodes[id];
    for (NodeId& operand : node.operands) operand = copy(operand, copies);
    const NodeId made = add(std::move(node));
    copies.emplace(id, made);
    return made;
  }

  /// Its operands are the criteria, which have nodes of their own by now.
  NodeId group(const model::Condition& condition) {
    Node node = library_.nodes[condition.node];
    if (node.kind == NodeKind::unknown) return condition.node;
    node.operands.clear();
    for (const model::Criterion& criterion : condition.criteria) node.operands.push_back(criterion.condition.node);
    std::vector<std::uint64_t> key = {static_cast<std::uint64_t>(node.kind), static_cast<std::uint64_t>(node.value)};
    key.insert(key.end(), node.operands.begin(), node.operands.end());
    const auto [known, is_new] = groups_.try_emplace(std::move(key), none);
    if (is_new) known->second = add(std::move(node));
    return known->second;
  }

  NodeId add(Node&& node) {
    library_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(library_.nodes.size() - 1);
  }
};

}  // namespace

model::Library separated(const model::Library& library) { return Separation(library).run(); }

}  // namespace proviso::trial
