#include "syntax/nodes.hpp"

#include <algorithm>

namespace proviso::syntax {

std::vector<NodeIndex> Nodes::between(std::size_t first, std::size_t last) const {
  std::vector<NodeIndex> found;
  for (std::size_t end = last; end > first; end -= nodes_[end - 1].size)
    found.push_back(static_cast<NodeIndex>(end - 1));
  std::reverse(found.begin(), found.end());
  return found;
}

std::vector<NodeIndex> Nodes::children(NodeIndex parent) const {
  return between(parent + 1 - nodes_[parent].size, parent);
}

std::vector<NodeIndex> Nodes::roots() const { return between(0, nodes_.size()); }

}  // namespace proviso::syntax
