#include "decide/version.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <set>
#include <unordered_set>
#include <utility>

namespace proviso::decide {
namespace {

using model::FactId;
using model::Node;
using model::NodeId;
using model::NodeKind;

bool is_aggregate(NodeKind kind) {
  return kind == NodeKind::count || kind == NodeKind::sum || kind == NodeKind::least || kind == NodeKind::greatest;
}

bool goes_over_list(NodeKind kind) { return is_aggregate(kind) || kind == NodeKind::any || kind == NodeKind::every; }

/// Whether a node has one value for each record, and not one for each element of a loop that it stands in.
class OnePerRecord {
 public:
  explicit OnePerRecord(const model::Library& library) : library_(library) {}

  bool operator()(NodeId id) {
    visit(id);
    return std::includes(own_.begin(), own_.end(), mentioned_.begin(), mentioned_.end());
  }

 private:
  const model::Library& library_;
  std::unordered_set<NodeId> seen_;
  std::set<model::LoopId> own_;        ///< the loops of its own list forms
  std::set<model::LoopId> mentioned_;  ///< those whose elements it reads

  void visit(NodeId id) {
    if (!seen_.insert(id).second) return;
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::fact && node.loop != model::none) mentioned_.insert(node.loop);
    if (goes_over_list(node.kind)) {
      own_.insert(node.loop);
      const model::LoopId owner = library_.loops[node.loop].owner;
      if (owner != model::none) mentioned_.insert(owner);
    }
    for (const NodeId operand : node.operands) visit(operand);
  }
};

/// Everything below a node, each node once, left to right.
class NodeReader {
 public:
  NodeReader(const model::Library& library, const model::Record& record, SeenNodes& seen)
      : library_(library), record_(record), seen_(seen) {
    seen_.forget();
  }

  std::vector<Read> reads;
  std::vector<FactId> facts;

  void visit(NodeId id) {
    if (id == model::none || !seen_.see(id)) return;
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold) show({Read::What::threshold, node.index, id});
    if (node.kind == NodeKind::fact) read_fact(node.index, id);
    if (node.kind == NodeKind::hook) show({Read::What::hook, node.index, id});
    if (node.kind == NodeKind::lookup) read_lookup(node.index, id);
    if (goes_over_list(node.kind)) {
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
  SeenNodes& seen_;

  void read_fact(FactId id, NodeId node) {
    facts.push_back(id);
    const model::Fact& fact = record_.facts[id];
    // A relation's list, and a rank, stand on its keys.
    if (fact.relation != model::none && fact.level == 0) {
      for (const auto& [own, other] : library_.relations[fact.relation].keys) facts.push_back(own);
    }
    const FactId list = outermost_list(record_, fact.level);
    show({Read::What::fact, list == model::none ? id : list, list == model::none ? node : model::none});
    if (fact.elements != model::none && record_.levels[fact.elements].plain) {
      facts.push_back(record_.levels[fact.elements].facts.front());
    }
  }

  /// Of one that looks up something else for each element of a list there are too many values to show.
  void read_lookup(std::uint32_t table, NodeId node) {
    if (is_declared(library_.tables[table]) && OnePerRecord(library_)(node)) show({Read::What::lookup, table, node});
  }

  void show(const Read& read) {
    const auto same = [&](const Read& other) {
      return other.what == read.what && other.index == read.index &&
             (is_by_number(read.what) || other.node == read.node);
    };
    if (std::none_of(reads.begin(), reads.end(), same)) reads.push_back(read);
  }
};

class Layout {
 public:
  Layout(const model::Library& library, SeenNodes& seen, Version& version)
      : library_(library), record_(library.records[version.policy->record]), seen_(seen), version_(version) {}

  std::uint32_t add(std::string_view name, std::string_view label, std::string_view expression,
                    const model::Condition& condition, std::uint32_t depth = 0, std::uint32_t variation = model::none) {
    const auto number = static_cast<std::uint32_t>(version_.items.size());
    Item item;
    item.name = name;
    item.label = label;
    item.expression = expression;
    item.kind = condition.kind;
    item.node = condition.node;
    item.depth = depth;
    item.variation = variation;
    if (!item.is_group()) item.reads = reads(condition.node);
    version_.items.push_back(std::move(item));
    for (const model::Criterion& criterion : condition.criteria) {
      add(criterion.name, criterion.label, criterion.expression, criterion.condition, depth + 1,
          criterion.variation == model::none ? variation : criterion.variation);
    }
    version_.items[number].end = static_cast<std::uint32_t>(version_.items.size());
    return number;
  }

  /// What a payment's clause works out; none where it is not there.
  std::uint32_t add_value(std::string_view name, std::string_view expression, NodeId value, std::uint32_t variation) {
    if (value == model::none) return model::none;
    Item item;
    item.name = name;
    item.expression = expression;
    item.value = value;
    item.variation = variation;
    item.reads = reads(value);
    item.end = static_cast<std::uint32_t>(version_.items.size()) + 1;
    version_.items.push_back(std::move(item));
    return version_.items.back().end - 1;
  }

  Facts facts(std::initializer_list<NodeId> roots, std::initializer_list<FactId> further = {}) const {
    NodeReader reader(library_, record_, seen_);
    for (const NodeId root : roots) reader.visit(root);
    Facts result;
    result.all = std::move(reader.facts);
    std::copy_if(further.begin(), further.end(), std::back_inserter(result.all),
                 [](FactId fact) { return fact != model::none; });
    std::sort(result.all.begin(), result.all.end());
    result.all.erase(std::unique(result.all.begin(), result.all.end()), result.all.end());
    std::copy_if(result.all.begin(), result.all.end(), std::back_inserter(result.assumed),
                 [&](FactId fact) { return record_.facts[fact].assumed.has_value(); });
    return result;
  }

 private:
  const model::Library& library_;
  const model::Record& record_;
  SeenNodes& seen_;
  Version& version_;

  std::vector<Read> reads(NodeId root) const {
    NodeReader reader(library_, record_, seen_);
    reader.visit(root);
    return std::move(reader.reads);
  }
};

/// Whether two clauses of a payment give the same: equal expressions are one node, and with the outcome they tell the
/// kinds of payment apart.
bool same_result(const model::Clause& a, const model::Clause& b) {
  if (a.outcome != b.outcome || a.payment.has_value() != b.payment.has_value()) return false;
  if (!a.payment) return true;
  return a.payment->strength == b.payment->strength && a.payment->amount == b.payment->amount &&
         a.payment->code == b.payment->code;
}

/// Policies: the outcome. Payments: a number for each that is different, above that of `not applicable`.
std::uint32_t result_of(const model::Policy& policy, const std::vector<model::Clause>& clauses, std::size_t clause) {
  if (!policy.payment) return static_cast<std::uint32_t>(clauses[clause].outcome);
  std::size_t first = 0;
  while (!same_result(clauses[first], clauses[clause])) ++first;
  return not_applicable + 1 + static_cast<std::uint32_t>(first);
}

void lay_out_payments(Layout& layout, const model::Form& form, model::FactId price, Version& version) {
  using Kind = model::Payment::Kind;
  for (const model::Clause& clause : form.clauses) {
    PaymentHead& head = version.payments.emplace_back();
    if (!clause.payment) continue;
    const model::Payment& payment = *clause.payment;
    head.amount_item = layout.add_value(amount_name, payment.amount_expression, payment.amount, clause.variation);
    head.code_item = layout.add_value(code_name, payment.code_expression, payment.code, clause.variation);
    const bool pays = payment.kind != Kind::withhold && payment.kind != Kind::query;
    head.facts = layout.facts({payment.amount, payment.code}, {pays ? price : model::none});
  }
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

Version lay_out(const model::Library& library, const model::Policy& policy, const model::Form& form, SeenNodes& seen) {
  Version version;
  version.library = &library;
  version.policy = &policy;
  version.form = &form;
  version.dated_by = policy.dated_by;
  version.placed_by = policy.placed_by;
  version.applies = policy.applies;
  version.payment = policy.payment;
  Layout layout(library, seen, version);
  model::Condition condition;
  condition.node = policy.applies;
  layout.add("applies when", {}, policy.applies_expression, condition);
  layout.add("dated by", {}, {}, {});
  layout.add("placed by", {}, {}, {});
  version.applies_facts = layout.facts({policy.applies}, {policy.dated_by, policy.placed_by});
  for (const model::Clause& clause : form.clauses) {
    version.heads.push_back({clause.condition.node, clause.outcome, clause.otherwise,
                             result_of(policy, form.clauses, version.heads.size())});
    version.clause_items.push_back(
        layout.add(clause.name, clause.sentence, clause.expression, clause.condition, 0, clause.variation));
    version.clause_facts.push_back(layout.facts({clause.condition.node}));
  }
  if (policy.payment) lay_out_payments(layout, form, library.records[policy.record].price, version);
  return version;
}

}  // namespace proviso::decide
