#include <algorithm>
#include <unordered_set>

#include "check/part.hpp"

// Nodes of the model.
namespace proviso::check {

namespace {

std::size_t combine(std::size_t seed, std::uint64_t value) {
  return seed ^ (static_cast<std::size_t>(value) * 0x9E3779B97F4A7C15ULL + (seed << 6) + (seed >> 2));
}

std::size_t hash_of(const Node& node) {
  std::size_t hash = static_cast<std::size_t>(node.kind);
  hash = combine(hash, static_cast<std::uint64_t>(node.type.kind));
  hash = combine(hash, static_cast<std::uint64_t>(node.value));
  hash = combine(hash, static_cast<std::uint64_t>(node.second));
  hash = combine(hash, node.index);
  hash = combine(hash, node.loop);
  hash = combine(hash, node.word);
  for (const NodeId operand : node.operands) hash = combine(hash, operand);
  return hash;
}

bool same(const Node& a, const Node& b) {
  return a.kind == b.kind && a.type == b.type && a.value == b.value && a.second == b.second && a.index == b.index &&
         a.loop == b.loop && a.word == b.word && a.operands == b.operands;
}

}  // namespace

/// Equal nodes are one node, so that what is asked twice is worked out once. One that would be too high is unknown.
NodeId Part::make(Node node) {
  const std::size_t hash = hash_of(node);
  const auto [first, last] = workspace_.known_nodes.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    if (same(library_.nodes[it->second], node)) return it->second;
  }
  std::uint32_t height = 1;
  for (const NodeId operand : node.operands) height = std::max(height, workspace_.heights[operand] + 1);
  if (height > node_height_limit) {
    complain(Code::too_deep, node.span, std::string(too_deep_definitions)).help = shorter_definitions;
    return unknown_node(node.type, node.span);
  }
  const auto id = static_cast<NodeId>(library_.nodes.size());
  library_.nodes.push_back(std::move(node));
  workspace_.heights.push_back(height);
  workspace_.known_nodes.emplace(hash, id);
  return id;
}

NodeId Part::leaf(NodeKind kind, Type type, std::vector<NodeId> operands, Span span) {
  Node node{kind, type, std::move(operands), 0, 1, none, none, 0, span};
  return make(std::move(node));
}

NodeId Part::constant_node(const Type& type, std::int64_t bits, Span span) {
  Node node{NodeKind::constant, type, {}, bits, 1, none, none, 0, span};
  return make(std::move(node));
}

NodeId Part::unknown_node(const Type& type, Span span) { return leaf(NodeKind::unknown, type, {}, span); }

NodeId Part::failed(Span span) { return unknown_node(Type{}, span); }

std::vector<NodeId> Part::reachable_nodes(const std::vector<NodeId>& roots) const {
  std::vector<NodeId> found;
  std::vector<NodeId> open;
  std::unordered_set<NodeId> seen;
  const auto visit = [&](NodeId node) {
    if (node != none && seen.insert(node).second) open.push_back(node);
  };
  for (const auto root : roots) visit(root);
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    found.push_back(node);
    for (const auto operand : library_.nodes[node].operands) visit(operand);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::int64_t Part::text_number(const std::string& text) {
  const auto [it, fresh] = workspace_.texts.emplace(text, static_cast<std::int64_t>(library_.texts.size()));
  if (fresh) library_.texts.push_back(text);
  return it->second;
}

}  // namespace proviso::check
