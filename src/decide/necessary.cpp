#include <algorithm>
#include <iterator>
#include <map>

#include "decide/index.hpp"

// Reads from a condition what it asks of single facts.
namespace proviso::decide {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;
using Intervals = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// In order, and those that overlap as one.
void join(Intervals& intervals) {
  std::sort(intervals.begin(), intervals.end());
  Intervals joined;
  for (const auto& [first, last] : intervals) {
    if (joined.empty() || first > joined.back().second) {
      joined.emplace_back(first, last);
    } else {
      joined.back().second = std::max(joined.back().second, last);
    }
  }
  intervals = std::move(joined);
}

class ConditionReader {
 public:
  ConditionReader(const model::Library& library, const model::Record& record,
                  const std::vector<program::Setting>& settings)
      : library_(library), record_(record), settings_(settings) {}

  /// Once for each condition: definitions built on one another read the same ones again and again.
  const std::vector<FactValues>& read(NodeId id) {
    const auto known = found_.find(id);
    if (known != found_.end()) return known->second;
    return found_.emplace(id, work_out(library_.nodes[id])).first->second;
  }

 private:
  const model::Library& library_;
  const model::Record& record_;
  const std::vector<program::Setting>& settings_;
  std::map<NodeId, std::vector<FactValues>> found_;

  std::vector<FactValues> work_out(const Node& node) {
    switch (node.kind) {
      case NodeKind::definition:
        return read(node.operands[0]);
      case NodeKind::conjunction:
        return of_all(node);
      case NodeKind::disjunction:
        return of_any(node);
      case NodeKind::in_codes:
        return in_codes(node);
      case NodeKind::compare:
        return equal(node);
      case NodeKind::in_set:
        return in_set(node);
      default:
        return {};
    }
  }

  const Node& seen_through(NodeId id) const {
    while (library_.nodes[id].kind == NodeKind::definition) id = library_.nodes[id].operands[0];
    return library_.nodes[id];
  }

  /// The fact, if it is one of the record's own whose column is the value that the condition sees; else none.
  model::FactId fact(NodeId id) const {
    const Node& node = seen_through(id);
    if (node.kind != NodeKind::fact || node.loop != model::none) return model::none;
    const model::Fact& fact = record_.facts[node.index];
    const bool plain = fact.level == 0 && !fact.measured && value::lane_of(fact.type) != value::Lane::none;
    return plain ? node.index : model::none;
  }

  /// Any of them is necessary; of two on one fact, the first is kept.
  std::vector<FactValues> of_all(const Node& node) {
    std::vector<FactValues> result;
    for (const NodeId operand : node.operands) {
      for (const FactValues& each : read(operand)) {
        const bool known =
            std::any_of(result.begin(), result.end(), [&](const FactValues& other) { return other.fact == each.fact; });
        if (!known) result.push_back(each);
      }
    }
    return result;
  }

  /// Only what every operand asks of a fact.
  std::vector<FactValues> of_any(const Node& node) {
    std::vector<FactValues> result = read(node.operands.front());
    for (std::size_t i = 1; i < node.operands.size() && !result.empty(); ++i) {
      const std::vector<FactValues>& further = read(node.operands[i]);
      std::vector<FactValues> both;
      for (FactValues& each : result) {
        const auto same = std::find_if(further.begin(), further.end(),
                                       [&](const FactValues& other) { return other.fact == each.fact; });
        if (same == further.end()) continue;
        each.intervals.insert(each.intervals.end(), same->intervals.begin(), same->intervals.end());
        both.push_back(std::move(each));
      }
      result = std::move(both);
    }
    for (FactValues& each : result) join(each.intervals);
    return result;
  }

  /// Where no block is in force the condition is unknown, and asks for nothing that could be relied on.
  std::vector<FactValues> in_codes(const Node& node) const {
    const model::FactId id = fact(node.operands[0]);
    const model::CodeList& list = library_.code_lists[node.index];
    const bool everywhere = std::all_of(settings_.begin(), settings_.end(), [&](const program::Setting& setting) {
      return library_.in_force(list, setting.place, setting.date) != nullptr;
    });
    if (id == model::none || !everywhere) return {};
    Intervals intervals;
    for (const model::CodeBlock& block : list.blocks) {
      for (std::size_t i = 0; i < block.firsts.size(); ++i) intervals.emplace_back(block.firsts[i], block.lasts[i]);
    }
    return {{id, std::move(intervals)}};
  }

  std::vector<FactValues> equal(const Node& node) const {
    if (static_cast<model::Comparison>(node.word) != model::Comparison::equal) return {};
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      const Node& other = seen_through(node.operands[1 - side]);
      const model::FactId id = fact(node.operands[side]);
      if (id != model::none && other.kind == NodeKind::constant) return {{id, {{other.value, other.value}}}};
    }
    return {};
  }

  std::vector<FactValues> in_set(const Node& node) const {
    const model::FactId id = fact(node.operands[0]);
    if (id == model::none) return {};
    Intervals intervals;
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
      const Node& member = seen_through(node.operands[i]);
      if (member.kind != NodeKind::constant) return {};
      intervals.emplace_back(member.value, member.value);
    }
    return {{id, std::move(intervals)}};
  }
};

}  // namespace

std::vector<FactValues> necessary_values(const model::Library& library, const model::Record& record,
                                         model::NodeId condition, const std::vector<program::Setting>& settings) {
  if (condition == model::none) return {};
  ConditionReader reader(library, record, settings);
  std::vector<FactValues> result = reader.read(condition);
  for (FactValues& each : result) join(each.intervals);
  return result;
}

}  // namespace proviso::decide
