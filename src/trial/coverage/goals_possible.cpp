#include "trial/coverage/goals_possible.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "trial/coverage/truth_set.hpp"

namespace proviso::trial {
namespace {

using model::FactId;
using model::Node;
using model::NodeId;
using model::NodeKind;

/// Values other than truths are known, which stands as `no`, or unknown.
using Set = TruthSet;
constexpr Set no = only_no;
constexpr Set yes = only_yes;
constexpr Set unknown = only_unknown;
constexpr Set known_value = no;

/// More facts than this are not tried one against the other.
constexpr std::size_t most_facts = 10;

class Possibilities {
 public:
  Possibilities(const model::Library& library, const model::Record& record, const std::vector<FactId>& given)
      : library_(library), record_(record), given_(given) {}

  /// Everything below the node; operands come before what uses them, so the order of numbers is that of evaluation.
  void reach(NodeId id) {
    if (id == model::none || !reached_.insert(id).second) return;
    const Node& node = library_.nodes[id];
    for (const NodeId operand : node.operands) reach(operand);
    if (node.kind == NodeKind::fact && node.loop == model::none) found(node.index);
    if (goes_over_list(node.kind) && library_.loops[node.loop].owner == model::none) {
      found(library_.loops[node.loop].list);
    }
  }

  /// The facts of the record that may be missing, as far as reached by now.
  const std::vector<FactId>& open() const { return open_; }

  /// Each of the first facts of open() is known where its bit is set.
  void evaluate(std::size_t facts, std::size_t bits) {
    known_.clear();
    for (std::size_t i = 0; i < facts; ++i) known_[open_[i]] = (bits >> i & 1) != 0;
    for (const NodeId id : reached_) sets_[id] = what(library_.nodes[id]);
  }
  Set of(NodeId id) const { return sets_.at(id); }

 private:
  const model::Library& library_;
  const model::Record& record_;
  const std::vector<FactId>& given_;
  std::set<NodeId> reached_;
  std::vector<FactId> open_;
  std::map<FactId, bool> known_;
  std::map<NodeId, Set> sets_;

  static bool goes_over_list(NodeKind kind) {
    return kind == NodeKind::any || kind == NodeKind::every || kind == NodeKind::count || kind == NodeKind::sum ||
           kind == NodeKind::least || kind == NodeKind::greatest;
  }

  bool always_known(FactId fact) const {
    const model::Fact& declared = record_.facts[fact];
    return (declared.assumed && !declared.measured) || std::find(given_.begin(), given_.end(), fact) != given_.end();
  }

  void found(FactId fact) {
    if (!always_known(fact) && std::find(open_.begin(), open_.end(), fact) == open_.end()) open_.push_back(fact);
  }

  Set whether_known(FactId fact) const {
    if (always_known(fact)) return known_value;
    const auto chosen = known_.find(fact);
    if (chosen == known_.end()) return known_value | unknown;
    return chosen->second ? known_value : unknown;
  }

  Set operand(const Node& node, std::size_t which) const { return sets_.at(node.operands[which]); }

  /// Known if all operands are; a truth is then yes or no.
  Set strict(const Node& node) const {
    Set result = node.type.kind == value::Kind::truth ? yes | no : known_value;
    for (const NodeId each : node.operands) {
      const Set set = sets_.at(each);
      if ((set & ~unknown) == 0) return unknown;
      result |= set & unknown;
    }
    return result;
  }

  Set from_value(const Node& node, Set value) const {
    return node.type.kind == value::Kind::truth && (value & known_value) ? value | yes : value;
  }

  std::vector<Set> operands(const Node& node) const {
    std::vector<Set> sets;
    for (const NodeId each : node.operands) sets.push_back(sets_.at(each));
    return sets;
  }

  /// Over a list that is known; it may be empty, or have any elements.
  Set over_list(const Node& node) const {
    const model::Loop& loop = library_.loops[node.loop];
    const Set list = loop.owner == model::none ? whether_known(loop.list) : known_value | unknown;
    Set result = list & unknown;
    if ((list & known_value) == 0) return result;
    for (const NodeId each : node.operands) result |= sets_.at(each) & unknown;
    switch (node.kind) {
      case NodeKind::any:
        return result | no | (node.operands.empty() ? yes : operand(node, 0) & yes);
      case NodeKind::every:
        return result | yes | (operand(node, 0) & no);
      case NodeKind::least:
      case NodeKind::greatest:
        return result | known_value | unknown;
      default:
        return result | known_value;
    }
  }

  Set what(const Node& node) const {
    switch (node.kind) {
      case NodeKind::constant:
        return node.type.kind == value::Kind::truth && node.value != 0 ? yes : no;
      case NodeKind::unknown:
        return unknown;
      case NodeKind::fact:
        return from_value(node, whether_known(node.index));
      case NodeKind::threshold:
        return from_value(node, known_value);
      case NodeKind::definition:
        return operand(node, 0);
      case NodeKind::divide:
      case NodeKind::modulo:
        return strict(node) | (is_constant(node, 1) ? 0 : unknown);
      case NodeKind::narrow_duration:
        return strict(node) | unknown;
      case NodeKind::duration_times:
        return strict(node) | (is_constant(node, 1) ? 0 : unknown);
      case NodeKind::lookup:
      case NodeKind::hook:
        return from_value(node, known_value) | unknown;
      case NodeKind::is_known:
        return (operand(node, 0) & ~unknown ? yes : 0) | (operand(node, 0) & unknown ? no : 0);
      case NodeKind::negation:
        return negated(operand(node, 0));
      case NodeKind::conjunction:
        return all_of(operands(node));
      case NodeKind::disjunction:
        return negated(none_of(operands(node)));
      case NodeKind::none_of:
        return none_of(operands(node));
      case NodeKind::at_least:
        return at_least(node.value, operands(node));
      case NodeKind::conditional:
        return (operand(node, 0) & yes ? operand(node, 1) : 0) | (operand(node, 0) & no ? operand(node, 2) : 0) |
               (operand(node, 0) & unknown);
      case NodeKind::first_known:
        return first_known(node);
      default:
        return goes_over_list(node.kind) ? over_list(node) : strict(node);
    }
  }

  bool is_constant(const Node& node, std::size_t which) const {
    const NodeKind kind = library_.nodes[node.operands[which]].kind;
    return kind == NodeKind::constant || kind == NodeKind::threshold;
  }

  Set first_known(const Node& node) const {
    Set result = 0;
    for (const NodeId each : node.operands) {
      result |= sets_.at(each) & ~unknown;
      if ((sets_.at(each) & unknown) == 0) return result;
    }
    return result | unknown;
  }
};

}  // namespace

TruthSet possible_truths(const model::Library& library, const model::Record& record, NodeId expression, NodeId applies,
                         const std::vector<FactId>& given) {
  if (expression == model::none) return only_yes;
  Possibilities possibilities(library, record, given);
  possibilities.reach(expression);
  const std::size_t facts = std::min(most_facts, possibilities.open().size());
  possibilities.reach(applies);
  Set result = 0;
  for (std::size_t bits = 0; bits < std::size_t{1} << facts; ++bits) {
    possibilities.evaluate(facts, bits);
    if (applies == model::none || (possibilities.of(applies) & yes)) result |= possibilities.of(expression);
  }
  return result;
}

}  // namespace proviso::trial
