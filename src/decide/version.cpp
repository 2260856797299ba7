#include "decide/version.hpp"

#include <algorithm>

#include "value/calendar.hpp"

namespace proviso::decide {
namespace {

using model::FactId;
using model::Node;
using model::NodeId;
using model::NodeKind;

bool is_aggregate(NodeKind kind) {
  return kind == NodeKind::count || kind == NodeKind::sum || kind == NodeKind::least || kind == NodeKind::greatest;
}

/// Everything below a node, each node once, left to right.
class Reader {
 public:
  Reader(const model::Library& library, const model::Record& record)
      : library_(library), record_(record), seen_(library.nodes.size(), false) {}

  std::vector<Read> reads;
  std::vector<FactId> facts;

  void visit(NodeId id) {
    if (id == model::none || seen_[id]) return;
    seen_[id] = true;
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold) show({Read::What::threshold, node.index, id});
    if (node.kind == NodeKind::fact) read_fact(node.index, id);
    const bool goes_over_list = is_aggregate(node.kind) || node.kind == NodeKind::any || node.kind == NodeKind::every;
    if (goes_over_list) {
      const model::Loop& loop = library_.loops[node.loop];
      read_fact(loop.list, model::none);
      // The value of an aggregate inside another loop is one for each element: too many to show.
      if (is_aggregate(node.kind) && loop.enclosing == model::none) show({Read::What::aggregate, loop.list, id});
    }
    for (const NodeId operand : node.operands) visit(operand);
  }

 private:
  const model::Library& library_;
  const model::Record& record_;
  std::vector<bool> seen_;

  void read_fact(FactId id, NodeId node) {
    facts.push_back(id);
    const model::Fact& fact = record_.facts[id];
    const FactId list = outermost_list(record_, fact.level);
    show({Read::What::fact, list == model::none ? id : list, list == model::none ? node : model::none});
    if (fact.elements != model::none && record_.levels[fact.elements].plain) {
      facts.push_back(record_.levels[fact.elements].facts.front());
    }
  }

  void show(const Read& read) {
    const auto same = [&](const Read& other) {
      return other.what == read.what && other.index == read.index &&
             (read.what != Read::What::aggregate || other.node == read.node);
    };
    if (std::none_of(reads.begin(), reads.end(), same)) reads.push_back(read);
  }
};

class Layout {
 public:
  Layout(const model::Library& library, Version& version)
      : library_(library), record_(library.records[version.policy->record]), version_(version) {}

  std::uint32_t add(std::string_view name, std::string_view label, std::string_view expression,
                    const model::Condition& condition, std::uint32_t depth) {
    const auto number = static_cast<std::uint32_t>(version_.items.size());
    Item item;
    item.name = name;
    item.label = label;
    item.expression = expression;
    item.kind = condition.kind;
    item.node = condition.node;
    item.depth = depth;
    if (!item.is_group()) item.reads = reads(condition.node);
    version_.items.push_back(std::move(item));
    for (const model::Criterion& criterion : condition.criteria) {
      add(criterion.name, criterion.label, criterion.expression, criterion.condition, depth + 1);
    }
    version_.items[number].end = static_cast<std::uint32_t>(version_.items.size());
    return number;
  }

  Facts facts(NodeId root, FactId further) const {
    Reader reader(library_, record_);
    reader.visit(root);
    Facts result;
    result.all = std::move(reader.facts);
    if (further != model::none) result.all.push_back(further);
    std::sort(result.all.begin(), result.all.end());
    result.all.erase(std::unique(result.all.begin(), result.all.end()), result.all.end());
    std::copy_if(result.all.begin(), result.all.end(), std::back_inserter(result.assumed),
                 [&](FactId fact) { return record_.facts[fact].assumed.has_value(); });
    return result;
  }

 private:
  const model::Library& library_;
  const model::Record& record_;
  Version& version_;

  std::vector<Read> reads(NodeId root) const {
    Reader reader(library_, record_);
    reader.visit(root);
    return std::move(reader.reads);
  }
};

std::vector<std::unique_ptr<Segment>> segments_of(const model::Library& library, const model::Policy& policy,
                                                  model::Period rest) {
  std::vector<std::unique_ptr<Segment>> segments;
  for (const std::int32_t change : policy.changes) {
    if (change <= rest.first || change > rest.last) continue;
    segments.push_back(std::make_unique<Segment>(library, policy, model::Period{rest.first, change - 1}));
    rest.first = change;
  }
  segments.push_back(std::make_unique<Segment>(library, policy, rest));
  return segments;
}

}  // namespace

model::FactId outermost_list(const model::Record& record, model::LevelId level) {
  FactId list = model::none;
  while (level != 0) {
    list = record.levels[level].list;
    level = record.levels[level].parent;
  }
  return list;
}

Segment::Segment(const model::Library& library, const model::Policy& policy, model::Period days)
    : library_(&library), policy_(&policy), days_(days) {}

std::int32_t Segment::day() const { return std::max(days_.first, value::first_date); }

const program::Program& Segment::gate() const {
  std::call_once(gate_once_, [this] {
    gate_.emplace(program::compile(*library_, policy_->record, {policy_->applies}, day(), policy_->dated_by));
  });
  return *gate_;
}

const program::Program& Segment::whole() const {
  std::call_once(whole_once_, [this] { whole_.emplace(program::compile(*library_, *policy_, day())); });
  return *whole_;
}

Version lay_out(const model::Library& library, const model::Policy& policy, model::Period days) {
  Version version;
  version.policy = &policy;
  Layout layout(library, version);
  model::Condition condition;
  condition.node = policy.applies;
  layout.add("applies when", {}, policy.applies_expression, condition, 0);
  layout.add("dated by", {}, {}, {}, 0);
  version.applies_facts = layout.facts(policy.applies, policy.dated_by);
  for (const model::Clause& clause : policy.clauses) {
    version.clause_items.push_back(layout.add(clause.name, clause.sentence, clause.expression, clause.condition, 0));
    version.clause_facts.push_back(layout.facts(clause.condition.node, model::none));
  }
  version.segments = segments_of(library, policy, days);
  return version;
}

}  // namespace proviso::decide
