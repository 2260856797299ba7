#include "trial/comparison/changes_readers.hpp"

#include <algorithm>
#include <set>

namespace proviso::trial {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;

std::uint64_t fact_key(std::uint32_t record, std::uint32_t fact) { return std::uint64_t{record} << 32 | fact; }

void add_leaf(std::vector<Leaf>& leaves, const model::Policy& policy, const model::Form& form, std::string name,
              std::string expression, NodeId node) {
  if (node != model::none) leaves.push_back({&policy, &form, std::move(name), std::move(expression), node});
}

void add_criteria(std::vector<Leaf>& leaves, const model::Policy& policy, const model::Form& form,
                  const std::vector<model::Criterion>& criteria) {
  for (const model::Criterion& each : criteria) {
    if (each.condition.kind == model::GroupKind::expression) {
      add_leaf(leaves, policy, form, each.name, each.expression, each.condition.node);
    } else {
      add_criteria(leaves, policy, form, each.condition.criteria);
    }
  }
}

std::vector<Readers::NamedFact> facts_named_by(const model::Policy& policy) {
  return {{"dated by", policy.dated_by}, {"placed by", policy.placed_by}};
}

std::vector<Readers::NamedFact> facts_named_by(const model::Agreement& agreement) {
  std::vector<Readers::NamedFact> facts;
  for (const model::Agreement::Party& party : agreement.parties) facts.push_back({"between", party.fact});
  for (auto& each : facts_named_by(agreement.lines)) facts.push_back(std::move(each));
  if (agreement.after) {
    facts.push_back({"after", agreement.after->lowest});
    for (const model::FactId fact : agreement.after->same) facts.push_back({"after", fact});
  }
  for (const model::Agreement::Target& each : agreement.targets) facts.push_back({"target " + each.name, each.among});
  facts.push_back({"corrected by", agreement.corrected_by});
  return facts;
}

std::size_t shared_policies(const std::vector<Reader>& a, const std::vector<Reader>& b) {
  return static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](const Reader& each) {
    return std::any_of(b.begin(), b.end(), [&](const Reader& other) { return other.policy == each.policy; });
  }));
}

}  // namespace

std::vector<Leaf> leaves_of(const model::Policy& policy, const model::Form& form) {
  std::vector<Leaf> leaves;
  add_leaf(leaves, policy, form, "applies when", policy.applies_expression, policy.applies);
  for (const model::Clause& clause : form.clauses) {
    if (clause.condition.kind == model::GroupKind::expression) {
      add_leaf(leaves, policy, form, clause.name, clause.expression, clause.condition.node);
    } else {
      add_criteria(leaves, policy, form, clause.condition.criteria);
    }
    if (!clause.payment) continue;
    add_leaf(leaves, policy, form, clause.name, clause.payment->amount_expression, clause.payment->amount);
    add_leaf(leaves, policy, form, clause.name, clause.payment->code_expression, clause.payment->code);
  }
  return leaves;
}

std::vector<Leaf> leaves_of(const model::Agreement& agreement) {
  std::vector<Leaf> leaves;
  const model::Policy& policy = agreement.lines;
  const auto add = [&](std::string name, const std::string& expression, NodeId node) {
    add_leaf(leaves, policy, policy.written(), std::move(name), expression, node);
  };
  add("covers", policy.applies_expression, policy.applies);
  add("baseline", agreement.baseline_expression, agreement.baseline);
  add("saving", agreement.saving_expression, agreement.saving);
  for (const model::Agreement::Deduction& each : agreement.deductions) add("deduct", each.expression, each.amount);
  for (const model::Agreement::Target& each : agreement.targets) {
    for (const NodeId node : {each.where, each.met}) add("target " + each.name, {}, node);
  }
  return leaves;
}

Readers::Readers(const model::Library& library) {
  decide::SeenNodes seen(library);
  for (const model::Policy& policy : library.policies) {
    for (const model::Form& form : policy.forms) {
      for (const Leaf& leaf : leaves_of(policy, form)) read(library, leaf, seen);
    }
    read_named(library, policy, facts_named_by(policy));
  }
  for (const model::Agreement& agreement : library.agreements) {
    for (const Leaf& leaf : leaves_of(agreement)) read(library, leaf, seen);
    read_named(library, agreement.lines, facts_named_by(agreement));
  }
}

void Readers::read_named(const model::Library& library, const model::Policy& policy,
                         const std::vector<NamedFact>& facts) {
  for (const auto& [word, fact] : facts) {
    if (fact != model::none) read_fact(library, {&policy, nullptr, word, {}, model::none}, fact);
  }
}

void Readers::read(const model::Library& library, const Leaf& leaf, decide::SeenNodes& seen) {
  const std::uint32_t record = leaf.policy->record;
  seen.forget();
  std::vector<NodeId> open = {leaf.node};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    if (id == model::none || !seen.see(id)) continue;
    const Node& node = library.nodes[id];
    if (node.kind == NodeKind::threshold) add(Kind::threshold, node.index, leaf);
    if (node.kind == NodeKind::in_codes) add(Kind::codes, node.index, leaf);
    if (node.kind == NodeKind::lookup) add(Kind::table, node.index, leaf);
    if (node.kind == NodeKind::hook) add(Kind::hook, node.index, leaf);
    if (node.kind == NodeKind::definition) {
      add(Kind::definition, node.index, leaf);
      auto& uses = uses_[node.index];
      const auto known = [&](const Use& use) { return use.node == id && use.record == record; };
      if (std::none_of(uses.begin(), uses.end(), known)) uses.push_back({record, id});
    }
    if (node.kind == NodeKind::fact) read_fact(library, leaf, node.index);
    if (node.loop != model::none) read_fact(library, leaf, library.loops[node.loop].list);
    open.insert(open.end(), node.operands.begin(), node.operands.end());
  }
}

/// A fact that a relation brings is one of the record whose lines it brings, and which of those lines they are is for
/// other facts of both records to say.
void Readers::read_fact(const model::Library& library, const Leaf& leaf, model::FactId fact) {
  const std::uint32_t record = leaf.policy->record;
  add(Kind::fact, fact_key(record, fact), leaf);
  const std::uint32_t number = library.records[record].facts[fact].relation;
  if (number == model::none) return;
  const model::Relation& relation = library.relations[number];
  const auto add_other = [&](model::FactId other) { add(Kind::fact, fact_key(relation.other, other), leaf); };
  for (const auto& [own, other] : relation.elements) {
    if (own == fact) add_other(other);
  }
  for (const auto& [own, other] : relation.keys) {
    add(Kind::fact, fact_key(record, own), leaf);
    add_other(other);
  }
  for (const model::FactId each : relation.order) add(Kind::fact, fact_key(record, each), leaf);
  if (!relation.window) return;
  add(Kind::fact, fact_key(record, relation.window->own), leaf);
  add_other(relation.window->other);
}

void Readers::add(Kind kind, std::uint64_t number, const Leaf& leaf) {
  std::vector<Reader>& readers = readers_[{kind, number}];
  const std::string policy = leaf.policy->full_name();
  auto reader = std::find_if(readers.begin(), readers.end(), [&](const Reader& each) { return each.policy == policy; });
  if (reader == readers.end()) reader = readers.insert(readers.end(), {policy, {}});
  auto& criteria = reader->criteria;
  if (std::find(criteria.begin(), criteria.end(), leaf.name) == criteria.end()) criteria.push_back(leaf.name);
}

const std::vector<Reader>& Readers::of(Kind kind, std::uint32_t number, std::uint32_t record) const {
  static const std::vector<Reader> nobody;
  const auto found = readers_.find({kind, kind == Kind::fact ? fact_key(record, number) : number});
  return found == readers_.end() ? nobody : found->second;
}

const std::vector<Readers::Use>& Readers::uses(std::uint32_t definition) const {
  static const std::vector<Use> nobody;
  const auto found = uses_.find(definition);
  return found == uses_.end() ? nobody : found->second;
}

std::vector<Reader> together(std::vector<Reader> olds, const std::vector<Reader>& news) {
  for (const Reader& each : news) {
    auto same = std::find_if(olds.begin(), olds.end(), [&](const Reader& old) { return old.policy == each.policy; });
    if (same == olds.end()) same = olds.insert(olds.end(), {each.policy, {}});
    for (const std::string& name : each.criteria) {
      if (std::find(same->criteria.begin(), same->criteria.end(), name) == same->criteria.end()) {
        same->criteria.push_back(name);
      }
    }
  }
  std::sort(olds.begin(), olds.end(), [](const Reader& a, const Reader& b) { return a.policy < b.policy; });
  return olds;
}

std::vector<Matched> match(const std::vector<NamedThing>& olds, const std::vector<NamedThing>& news) {
  std::map<std::string, std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>> by_name;
  for (std::uint32_t i = 0; i < olds.size(); ++i) by_name[olds[i].name].first.push_back(i);
  for (std::uint32_t i = 0; i < news.size(); ++i) by_name[news[i].name].second.push_back(i);
  std::vector<Matched> result;
  for (auto& [name, numbers] : by_name) {
    auto& [old_numbers, new_numbers] = numbers;
    const bool ambiguous = old_numbers.size() > 1 || new_numbers.size() > 1;
    // Those that share most readers find each other first; what is left over is paired in order.
    for (const bool sharing : {true, false}) {
      for (std::uint32_t& number : new_numbers) {
        if (number == model::none) continue;
        auto best = old_numbers.end();
        std::size_t most = 0;
        for (auto each = old_numbers.begin(); each != old_numbers.end(); ++each) {
          const std::size_t shared = shared_policies(olds[*each].readers, news[number].readers);
          if (best == old_numbers.end() || shared > most) {
            best = each;
            most = shared;
          }
        }
        if (best == old_numbers.end() || (sharing && ambiguous && most == 0)) continue;
        result.push_back({*best, number, name, ambiguous});
        old_numbers.erase(best);
        number = model::none;
      }
    }
    for (const std::uint32_t number : old_numbers) result.push_back({number, model::none, name, ambiguous});
    for (const std::uint32_t number : new_numbers) {
      if (number != model::none) result.push_back({model::none, number, name, ambiguous});
    }
  }
  return result;
}

}  // namespace proviso::trial
