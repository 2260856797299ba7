#include "trial/coverage/goals_reach.hpp"

#include <algorithm>
#include <map>

#include "program/chunk.hpp"
#include "program/program.hpp"
#include "trial/coverage/what_if.hpp"

namespace proviso::trial {
namespace {

using decide::Item;
using decide::Version;
using model::FactId;
using model::GroupKind;
using model::NodeId;
using model::NodeKind;
using value::Kind;

/// A fact of few values, with the items that read it and what each can come to by value.
struct SharedFact {
  std::vector<std::uint32_t> items;
  std::vector<std::vector<TruthSet>> sets;  ///< by value, then as items
};

class Reach {
 public:
  Reach(const decide::Segment& segment, std::vector<TruthSet> possible)
      : segment_(segment),
        version_(segment.version()),
        library_(*version_.library),
        record_(library_.records[version_.policy->record]),
        clauses_(version_),
        possible_(std::move(possible)) {}

  std::vector<TruthSet> find() {
    std::vector<TruthSet> result = possible_;
    for (SharedFact& fact : shared_facts()) {
      std::vector<TruthSet> by_fact(result.size(), 0);
      for (const std::vector<TruthSet>& sets : fact.sets) {
        sets_ = possible_;
        for (std::size_t i = 0; i < fact.items.size(); ++i) sets_[fact.items[i]] &= sets[i];
        for (const std::uint32_t clause : version_.clause_items) work_out(clause);
        for (std::uint32_t item = Version::placed_item + 1; item < result.size(); ++item) {
          if (matters(item)) by_fact[item] |= sets_[item];
        }
      }
      for (std::size_t item = 0; item < result.size(); ++item) result[item] &= by_fact[item];
    }
    return result;
  }

 private:
  const decide::Segment& segment_;
  const Version& version_;
  const model::Library& library_;
  const model::Record& record_;
  WhatIf clauses_;
  std::vector<TruthSet> possible_;
  std::vector<TruthSet> sets_;  ///< by item, for one value of a fact

  bool has_few_values(const decide::Read& read) const {
    if (read.what != decide::Read::What::fact || read.node == model::none) return false;
    const model::Fact& fact = record_.facts[read.index];
    const Kind kind = fact.type.kind;
    return !fact.measured && (kind == Kind::truth || kind == Kind::enumeration || kind == Kind::scale);
  }

  /// Whether what is known of an expression's value stays as it is when more facts are known.
  bool only_grows(NodeId id) const {
    const model::Node& node = library_.nodes[id];
    if (node.kind == NodeKind::is_known || node.kind == NodeKind::first_known || node.kind == NodeKind::hook)
      return false;
    return std::all_of(node.operands.begin(), node.operands.end(), [&](NodeId each) { return only_grows(each); });
  }

  std::vector<SharedFact> shared_facts() const {
    std::map<FactId, SharedFact> by_fact;
    for (std::uint32_t number = 0; number < version_.items.size(); ++number) {
      const Item& item = version_.items[number];
      if (item.is_group() || item.node == model::none) continue;
      for (const decide::Read& read : item.reads) {
        if (has_few_values(read)) by_fact[read.index].items.push_back(number);
      }
    }
    std::vector<SharedFact> shared;
    for (auto& [fact, readers] : by_fact) {
      if (readers.items.size() < 2) continue;
      try_values(fact, readers);
      shared.push_back(std::move(readers));
    }
    return shared;
  }

  /// A record for each value of the fact, and one without it where it can be missing; nothing else is known, nor
  /// assumed, for it may be anything.
  program::Chunk records_by_value(FactId fact) const {
    const model::Fact& declared = record_.facts[fact];
    const std::size_t count =
        declared.type.kind == Kind::truth ? 2 : library_.enumerations[declared.type.id].values.size();
    program::Chunk chunk(library_, version_.policy->record);
    for (std::size_t value = 0; value < std::min(count, program::chunk_capacity - 1); ++value) {
      const std::size_t row = chunk.add_row(0);
      if (declared.type.kind == Kind::truth) {
        chunk.set_truth(fact, row, value == 1);
      } else {
        chunk.set_value(fact, row, static_cast<std::int64_t>(value));
      }
    }
    chunk.add_row(0);
    chunk.finish();
    for (FactId other = 0; other < record_.facts.size(); ++other) {
      if (other == fact || !record_.facts[other].assumed || record_.facts[other].level != 0) continue;
      program::Column& column = chunk.column(other);
      std::fill(column.known.begin(), column.known.end(), 0);
      std::fill(column.yes.begin(), column.yes.end(), 0);
      std::fill(column.assumed.begin(), column.assumed.end(), 0);
    }
    return chunk;
  }

  void try_values(FactId fact, SharedFact& readers) const {
    const program::Chunk chunk = records_by_value(fact);
    std::vector<NodeId> roots;
    for (const std::uint32_t item : readers.items) roots.push_back(version_.items[item].node);
    const program::Program program =
        program::compile(library_, version_.policy->record, roots, segment_.setting(), version_.dated_by);
    program::Workspace registers;
    registers.run(program, chunk);
    for (std::size_t row = 0; row < chunk.rows(); ++row) {
      std::vector<TruthSet>& sets = readers.sets.emplace_back();
      for (const std::uint32_t item : readers.items) {
        const NodeId node = version_.items[item].node;
        const auto& reads = version_.items[item].reads;
        const bool alone = std::count_if(reads.begin(), reads.end(), [](const decide::Read& read) {
                             return read.what != decide::Read::What::lookup;
                           }) == 1;
        sets.push_back(alone ? set_of(registers.truth(node, row)) : certain(node, program, registers, row));
      }
    }
  }

  /// What the node can come to, whatever the facts are that are unknown in this record.
  TruthSet certain(NodeId id, const program::Program& program, const program::Workspace& registers,
                   std::size_t row) const {
    const model::Node& node = library_.nodes[id];
    std::vector<TruthSet> operands;
    if (is_logic(node.kind)) {
      for (const NodeId each : node.operands) operands.push_back(certain(each, program, registers, row));
    }
    switch (node.kind) {
      case NodeKind::definition:
        return operands.front();
      case NodeKind::negation:
      case NodeKind::none_of:
        return none_of(operands);
      case NodeKind::conjunction:
        return all_of(operands);
      case NodeKind::disjunction:
        return negated(none_of(operands));
      case NodeKind::at_least:
        return at_least(node.value, operands);
      default:
        break;
    }
    if (!program.has(id) || !only_grows(id)) return any_truth;
    const value::Truth truth = registers.truth(id, row);
    return truth == value::Truth::unknown ? any_truth : set_of(truth);
  }

  static bool is_logic(NodeKind kind) {
    return kind == NodeKind::definition || kind == NodeKind::negation || kind == NodeKind::none_of ||
           kind == NodeKind::conjunction || kind == NodeKind::disjunction || kind == NodeKind::at_least;
  }

  void work_out(std::uint32_t item) {
    const Item& whole = version_.items[item];
    if (!whole.is_group()) return;
    std::vector<TruthSet> inside;
    for (std::uint32_t inner = item + 1; inner < whole.end; inner = version_.items[inner].end) {
      work_out(inner);
      inside.push_back(sets_[inner]);
    }
    switch (whole.kind) {
      case GroupKind::all:
        sets_[item] = all_of(inside);
        break;
      case GroupKind::any:
        sets_[item] = negated(none_of(inside));
        break;
      case GroupKind::none_of:
        sets_[item] = none_of(inside);
        break;
      default:
        sets_[item] = at_least(clauses_.at_least_of(item), inside);
    }
  }

  /// Whether the item's value can change the outcome: nothing decides before it, and nothing beside it settles the
  /// groups that it is in.
  bool matters(std::uint32_t item) const {
    if (!holds(sets_[Version::applies_item], only_yes)) return false;
    const std::uint32_t clause = clauses_.clause_of(item);
    for (std::uint32_t earlier = 0; earlier < clause; ++earlier) {
      const TruthSet set = sets_[version_.clause_items[earlier]];
      if (set == only_yes) return false;
      if (!holds(set, only_no) && !given_from(clause, version_.heads[earlier].outcome)) return false;
    }
    return !is_settled(version_.clause_items[clause], item);
  }

  /// Whether that clause or a later one has the outcome.
  bool given_from(std::uint32_t clause, model::Outcome outcome) const {
    return std::any_of(version_.heads.begin() + clause, version_.heads.end(),
                       [&](const decide::ClauseHead& head) { return head.outcome == outcome; });
  }

  /// Whether the group is what it is whatever an item inside it is.
  bool is_settled(std::uint32_t group, std::uint32_t item) const {
    if (group == item) return false;
    const Item& whole = version_.items[group];
    for (std::uint32_t inner = group + 1; inner < whole.end; inner = version_.items[inner].end) {
      const bool holds_it = inner <= item && item < version_.items[inner].end;
      if (holds_it && is_settled(inner, item)) return true;
      if (!holds_it && whole.kind == GroupKind::all && sets_[inner] == only_no) return true;
      const bool by_yes = whole.kind == GroupKind::any || whole.kind == GroupKind::none_of;
      if (!holds_it && by_yes && sets_[inner] == only_yes) return true;
    }
    return false;
  }
};

}  // namespace

std::vector<TruthSet> deciding_truths(const decide::Segment& segment, std::vector<TruthSet> possible) {
  return Reach(segment, std::move(possible)).find();
}

}  // namespace proviso::trial
