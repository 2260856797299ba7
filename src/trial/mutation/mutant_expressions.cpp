#include <fmt/format.h>

#include <optional>
#include <utility>

#include "trial/drawing/step.hpp"
#include "trial/mutation/mutant_plan.hpp"

// Changes within expressions. A node is changed where it stands, and so for all criteria of the policy that share it.
namespace proviso::trial {
namespace {

using model::Comparison;
using model::NodeKind;

Comparison reversed(Comparison word) {
  switch (word) {
    case Comparison::equal:
      return Comparison::not_equal;
    case Comparison::not_equal:
      return Comparison::equal;
    case Comparison::less:
      return Comparison::greater_or_equal;
    case Comparison::less_or_equal:
      return Comparison::greater;
    case Comparison::greater:
      return Comparison::less_or_equal;
    case Comparison::greater_or_equal:
      break;
  }
  return Comparison::less;
}

/// The same but for where both sides are equal.
std::optional<Comparison> at_the_edge(Comparison word) {
  switch (word) {
    case Comparison::less:
      return Comparison::less_or_equal;
    case Comparison::less_or_equal:
      return Comparison::less;
    case Comparison::greater:
      return Comparison::greater_or_equal;
    case Comparison::greater_or_equal:
      return Comparison::greater;
    case Comparison::equal:
    case Comparison::not_equal:
      break;
  }
  return std::nullopt;
}

/// Yes/no that no other change turns about.
bool is_plain_truth(const model::Node& node) {
  if (node.type.kind != value::Kind::truth) return false;
  switch (node.kind) {
    case NodeKind::fact:
    case NodeKind::in_codes:
    case NodeKind::in_set:
    case NodeKind::in_list:
    case NodeKind::is_known:
    case NodeKind::lookup:
    case NodeKind::hook:
      return true;
    case NodeKind::any:
    case NodeKind::every:
      return node.operands.empty();
    default:
      return false;
  }
}

/// Nodes whose yes/no operands are conditions: turning one about changes something that nothing else changes.
bool takes_conditions(NodeKind kind) {
  switch (kind) {
    case NodeKind::conjunction:
    case NodeKind::disjunction:
    case NodeKind::conditional:
    case NodeKind::definition:
    case NodeKind::any:
    case NodeKind::every:
    case NodeKind::count:
    case NodeKind::sum:
    case NodeKind::least:
    case NodeKind::greatest:
      return true;
    default:
      return false;
  }
}

bool takes_literals(NodeKind kind) {
  switch (kind) {
    case NodeKind::definition:
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::multiply:
    case NodeKind::divide:
    case NodeKind::modulo:
    case NodeKind::minimum:
    case NodeKind::maximum:
    case NodeKind::duration_times:
    case NodeKind::add_duration:
    case NodeKind::subtract_duration:
    case NodeKind::add_working_days:
    case NodeKind::subtract_working_days:
    case NodeKind::working_day_of_month_of:
    case NodeKind::compare:
    case NodeKind::compare_scaled:
    case NodeKind::between:
    case NodeKind::conditional:
    case NodeKind::first_known:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool is_steppable(const value::Type& type) {
  switch (type.kind) {
    case value::Kind::number:
    case value::Kind::money:
    case value::Kind::percent:
    case value::Kind::quantity:
    case value::Kind::date:
    case value::Kind::duration:
    case value::Kind::scale:
      return true;
    default:
      return false;
  }
}

std::optional<std::int64_t> stepped(const model::Library& library, const value::Type& type, std::int64_t bits,
                                    int way) {
  if (!is_steppable(type)) return std::nullopt;
  const std::int64_t moved = bits + way * step_of(library, type, bits);
  if (type.kind != value::Kind::scale) return moved;
  const auto values = static_cast<std::int64_t>(library.enumerations[type.id].values.size());
  return moved >= 0 && moved < values ? std::optional(moved) : std::nullopt;
}

void MutantPlan::mutate_expression(NodeId root, const Site& site) {
  if (root == model::none) return;
  if (is_plain_truth(library_.nodes[root])) negate(root, site);
  if (!visited_.insert(root).second) return;
  if (library_.nodes[root].kind != NodeKind::definition) {
    mutate_node(root, site);
    return mutate_operands(root, site);
  }
  // What policies share is changed once, for all of them.
  const auto readers = definitions_.find(root);
  if (readers == definitions_.end() || &families_[readers->second.first_family] != family_) return;
  const Readers* const around = std::exchange(inside_definition_, &readers->second);
  mutate_node(root, site);
  mutate_operands(root, site);
  inside_definition_ = around;
}

void MutantPlan::mutate_operands(NodeId root, const Site& site) {
  const std::vector<NodeId> operands = library_.nodes[root].operands;
  const bool conditions = takes_conditions(library_.nodes[root].kind);
  for (const NodeId operand : operands) {
    if (conditions || !is_plain_truth(library_.nodes[operand])) {
      mutate_expression(operand, site);
    } else {
      // As it stands here, turning it about changes nothing, or what another mutant changes.
      for (const NodeId inner : library_.nodes[operand].operands) mutate_expression(inner, site);
      if (visited_.insert(operand).second) mutate_node(operand, site);
    }
  }
}

void MutantPlan::mutate_node(NodeId id, const Site& site) {
  const Node& node = library_.nodes[id];
  switch (node.kind) {
    case NodeKind::compare:
    case NodeKind::compare_scaled:
      mutate_comparison(id, site);
      break;
    case NodeKind::between:
      mutate_between(id, site);
      break;
    case NodeKind::in_set:
      mutate_set(id, site);
      break;
    case NodeKind::negation:
      change_kind(id, NodeKind::conjunction, site);
      break;
    case NodeKind::conjunction:
    case NodeKind::disjunction:
      if (node.operands.size() < 2) break;
      change_kind(id, node.kind == NodeKind::conjunction ? NodeKind::disjunction : NodeKind::conjunction, site);
      break;
    case NodeKind::any:
    case NodeKind::every:
      if (node.operands.empty()) break;
      change_kind(id, node.kind == NodeKind::any ? NodeKind::every : NodeKind::any, site);
      break;
    default:
      break;
  }
  mutate_literals(id, site);
}

void MutantPlan::mutate_comparison(NodeId id, const Site& site) {
  const auto word = static_cast<Comparison>(library_.nodes[id].word);
  for (const auto other : {at_the_edge(word), std::optional(reversed(word))}) {
    if (!other) continue;
    Edit edit;
    edit.node(library_, id).word = static_cast<std::uint8_t>(*other);
    add(MutantKind::comparison, site, std::move(edit), id);
  }
}

/// One end after the other left out of what is between them.
void MutantPlan::mutate_between(NodeId id, const Site& site) {
  for (const bool low : {true, false}) {
    const Node& node = library_.nodes[id];
    const auto comparison = [&](NodeId number, std::size_t end, Comparison word) {
      Node compare = node;
      compare.kind = NodeKind::compare;
      compare.operands = {node.operands[0], node.operands[end]};
      compare.word = static_cast<std::uint8_t>(word);
      return Edit::OfNode{spare(id, number), std::move(compare)};
    };
    Edit edit;
    edit.nodes.push_back(comparison(0, 1, low ? Comparison::greater : Comparison::greater_or_equal));
    edit.nodes.push_back(comparison(1, 2, low ? Comparison::less_or_equal : Comparison::less));
    Node& both = edit.node(library_, id);
    both.kind = NodeKind::conjunction;
    both.operands = {spare(id, 0), spare(id, 1)};
    add(MutantKind::comparison, site, std::move(edit), id);
  }
}

void MutantPlan::mutate_set(NodeId id, const Site& site) {
  constexpr std::size_t most = 12;
  const std::size_t size = library_.nodes[id].operands.size();
  if (size < 3) return;  // without its only member, nothing is in it: as if turned about
  for (std::size_t member = 1; member < size && member <= most; ++member) {
    Edit edit;
    auto& operands = edit.node(library_, id).operands;
    const Node& left_out = library_.nodes[operands[member]];
    operands.erase(operands.begin() + static_cast<std::ptrdiff_t>(member));
    PlannedMutant& planned = add(MutantKind::codes, site, std::move(edit), id);
    if (left_out.kind == NodeKind::constant) planned.telling = {{left_out.type, true, left_out.value}};
  }
}

void MutantPlan::change_kind(NodeId id, NodeKind kind, const Site& site) {
  if (!is_new(fmt::format("kind {} {}", id, static_cast<int>(kind)))) return;
  Edit edit;
  edit.node(library_, id).kind = kind;
  add(MutantKind::quantifier, site, std::move(edit), id);
}

void MutantPlan::negate(NodeId id, const Site& site) {
  if (!is_new(fmt::format("negate {}", id))) return;
  Edit edit;
  edit.nodes.push_back({spare(id, 0), library_.nodes[id]});
  Node& node = edit.node(library_, id);
  node.kind = NodeKind::negation;
  node.operands = {spare(id, 0)};
  node.loop = model::none;
  add(MutantKind::quantifier, site, std::move(edit), id);
}

void MutantPlan::mutate_literals(NodeId id, const Site& site) {
  if (!takes_literals(library_.nodes[id].kind)) return;
  for (std::size_t i = 0; i < library_.nodes[id].operands.size(); ++i) {
    const NodeId operand = library_.nodes[id].operands[i];
    if (library_.nodes[operand].kind != NodeKind::constant) continue;
    for (const int way : {1, -1}) {
      const Node& constant = library_.nodes[operand];
      const auto value = stepped(library_, constant.type, constant.value, way);
      if (!value) continue;
      Edit edit;
      edit.nodes.push_back({spare(id, 0), constant});
      edit.nodes.back().content.value = *value;
      edit.node(library_, id).operands[i] = spare(id, 0);
      // A definition shows by its name alone: its value is what changes.
      const model::Constant now{constant.type, true, constant.value};
      const model::Constant then{constant.type, true, *value};
      if (library_.nodes[id].kind == NodeKind::definition) {
        const std::string name = library_.definitions[library_.nodes[id].index].name + " = ";
        add(MutantKind::limit, site, std::move(edit), name + model::format(library_, now),
            name + model::format(library_, then))
            .telling = {now, then};
      } else {
        add(MutantKind::limit, site, std::move(edit), id).telling = {now, then};
      }
    }
  }
}

}  // namespace proviso::trial
