#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

/// What the grammar found, before it is a tree: nodes that name their rule and their stretch of text.
namespace proviso::syntax {

enum class Rule : std::uint8_t {
  none,
#define PROVISO_RULE(name) name,
#define PROVISO_FOLDING_RULE(name) name,
#include "syntax/rules.def"
#undef PROVISO_RULE
#undef PROVISO_FOLDING_RULE
};

/// `size` counts the node and all below it. Offsets are bytes of the file; `end` leaves the white space behind out.
struct Node {
  Rule rule = Rule::none;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size = 1;
};

using NodeIndex = std::uint32_t;

/// Nodes in the order in which their rules ended: the children of a node stand right before it. So a rule that fails
/// takes back what it left by shortening the vector.
class Nodes {
 public:
  std::size_t size() const { return nodes_.size(); }
  const Node& operator[](NodeIndex index) const { return nodes_[index]; }
  void shorten(std::size_t size) { nodes_.resize(size); }

  /// Adds a node above all those from `first` on.
  void close(Rule rule, std::size_t first, std::uint32_t begin, std::uint32_t end) {
    nodes_.push_back(Node{rule, begin, end, static_cast<std::uint32_t>(nodes_.size() - first + 1)});
  }
  /// Whether there is exactly one node, with whatever is below it, from `first` on.
  bool single_since(std::size_t first) const {
    return nodes_.size() > first && nodes_.back().size == nodes_.size() - first;
  }

  /// In the order of the text.
  std::vector<NodeIndex> children(NodeIndex parent) const;
  /// The nodes that nothing stands above.
  std::vector<NodeIndex> roots() const;

 private:
  std::vector<NodeIndex> between(std::size_t first, std::size_t last) const;

  std::vector<Node> nodes_;
};

}  // namespace proviso::syntax
