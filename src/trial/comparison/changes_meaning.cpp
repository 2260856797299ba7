#include "trial/comparison/changes_meaning.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace proviso::trial {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;

/// Visits every node once, operands in their order, outermost first.
void visit(const model::Library& library, NodeId id, std::unordered_set<NodeId>& seen,
           const std::function<void(NodeId)>& use) {
  if (id == model::none || !seen.insert(id).second) return;
  use(id);
  for (const NodeId operand : library.nodes[id].operands) visit(library, operand, seen, use);
}

}  // namespace

Meanings::Meanings(const model::Library& old_library, const model::Library& new_library)
    : old_(old_library), new_(new_library) {}

void Meanings::read_records(std::uint32_t old_record, std::uint32_t new_record) {
  if (old_record == old_record_ && new_record == new_record_) return;
  old_record_ = old_record;
  new_record_ = new_record;
  found_.clear();
}

bool Meanings::same(const model::Type& old_type, const model::Type& new_type) const {
  if (old_type.kind != new_type.kind) return false;
  const bool listed = old_type.kind == value::Kind::enumeration || old_type.kind == value::Kind::scale;
  return listed || model::format(old_, old_type) == model::format(new_, new_type);
}

bool Meanings::same(const model::Constant& old_constant, const model::Constant& new_constant) const {
  return same(old_constant.type, new_constant.type) &&
         model::format(old_, old_constant) == model::format(new_, new_constant);
}

bool Meanings::same_name(const Node& a, const Node& b) const {
  switch (a.kind) {
    case NodeKind::fact:
      return old_.records[old_record_].facts[a.index].name == new_.records[new_record_].facts[b.index].name;
    case NodeKind::threshold:
      return old_.thresholds[a.index].name == new_.thresholds[b.index].name;
    case NodeKind::in_codes:
      return old_.code_lists[a.index].name == new_.code_lists[b.index].name;
    case NodeKind::lookup:
      return old_.tables[a.index].name == new_.tables[b.index].name;
    case NodeKind::definition:
      return old_.definitions[a.index].name == new_.definitions[b.index].name;
    case NodeKind::hook:
      return old_.hooks[a.index].name == new_.hooks[b.index].name;
    default:
      return (a.index == model::none) == (b.index == model::none);
  }
}

bool Meanings::alike(const Node& a, const Node& b) const {
  if (a.kind != b.kind || a.word != b.word || a.second != b.second) return false;
  if ((a.loop == model::none) != (b.loop == model::none) || !same(a.type, b.type)) return false;
  if (a.loop != model::none) {
    const auto& old_list = old_.records[old_record_].facts[old_.loops[a.loop].list];
    if (old_list.name != new_.records[new_record_].facts[new_.loops[b.loop].list].name) return false;
  }
  if (a.kind == NodeKind::constant) {
    return model::format(old_, {a.type, true, a.value}) == model::format(new_, {b.type, true, b.value});
  }
  return a.value == b.value && same_name(a, b);
}

bool Meanings::same(NodeId old_node, NodeId new_node) {
  if (old_node == model::none || new_node == model::none) return old_node == new_node;
  const std::uint64_t pair = std::uint64_t{old_node} << 32 | new_node;
  if (found_.count(pair) != 0) return true;
  const Node& a = old_.nodes[old_node];
  const Node& b = new_.nodes[new_node];
  if (!alike(a, b) || a.operands.size() != b.operands.size()) return false;
  for (std::size_t i = 0; i < a.operands.size(); ++i) {
    if (!same(a.operands[i], b.operands[i])) return false;
  }
  found_.insert(pair);
  return true;
}

std::vector<Meanings::ChangedDefinition> Meanings::changed_definitions(NodeId old_node, NodeId new_node) {
  std::vector<ChangedDefinition> changed;
  std::unordered_set<NodeId> seen;
  std::vector<NodeId> olds;
  visit(old_, old_node, seen, [&](NodeId id) {
    if (old_.nodes[id].kind == NodeKind::definition) olds.push_back(id);
  });
  seen.clear();
  visit(new_, new_node, seen, [&](NodeId id) {
    const Node& node = new_.nodes[id];
    if (node.kind != NodeKind::definition) return;
    const std::string& name = new_.definitions[node.index].name;
    const auto told = [&](const ChangedDefinition& each) { return each.name == name; };
    if (std::any_of(changed.begin(), changed.end(), told)) return;
    NodeId other = model::none;
    for (const NodeId each : olds) {
      if (old_.definitions[old_.nodes[each].index].name != name) continue;
      if (same(each, id)) return;
      if (other == model::none) other = each;
    }
    if (other != model::none) changed.push_back({name, old_.nodes[other].operands[0], node.operands[0]});
  });
  // A definition whose own words are as they were changed through another that it uses.
  const auto through_another = [&](const ChangedDefinition& each) {
    return std::any_of(changed.begin(), changed.end(), [&](const ChangedDefinition& inner) {
      const auto in_new = definitions_in(new_, each.new_body);
      return inner.name != each.name && std::find(in_new.begin(), in_new.end(), inner.name) != in_new.end() &&
             same_but_for_definitions(each.old_body, each.new_body);
    });
  };
  changed.erase(std::remove_if(changed.begin(), changed.end(), through_another), changed.end());
  return changed;
}

bool Meanings::same_but_for_definitions(NodeId old_body, NodeId new_body) const {
  if (old_body == model::none || new_body == model::none) return old_body == new_body;
  const Node& a = old_.nodes[old_body];
  const Node& b = new_.nodes[new_body];
  if (!alike(a, b)) return false;
  if (a.kind == NodeKind::definition) return true;
  return std::equal(a.operands.begin(), a.operands.end(), b.operands.begin(), b.operands.end(),
                    [&](NodeId x, NodeId y) { return same_but_for_definitions(x, y); });
}

std::vector<std::string> definitions_in(const model::Library& library, NodeId root) {
  std::vector<std::string> names;
  std::unordered_set<NodeId> seen;
  visit(library, root, seen, [&](NodeId id) {
    const Node& node = library.nodes[id];
    if (node.kind == NodeKind::definition) names.push_back(library.definitions[node.index].name);
  });
  return names;
}

}  // namespace proviso::trial
