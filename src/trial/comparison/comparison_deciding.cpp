#include <algorithm>

#include "output/policy_view.hpp"
#include "trial/comparison/clause_pairing.hpp"
#include "trial/comparison/comparison_causes.hpp"

// Which clauses and criteria made a policy come to another outcome: those alone whose change, with what they came to,
// accounts for it.
namespace proviso::trial {
namespace {

using decide::Item;
using decide::Version;
using model::GroupKind;
using value::Truth;

int truth_rank(Truth truth) { return truth == Truth::no ? 0 : truth == Truth::unknown ? 1 : 2; }
Truth ranked(int rank) { return rank == 0 ? Truth::no : rank == 1 ? Truth::unknown : Truth::yes; }

/// A group's count stands in the policy, not in what is decided on.
const model::Condition* find_group(const std::vector<model::Criterion>& criteria, std::string_view name) {
  for (const model::Criterion& each : criteria) {
    if (each.name == name) return &each.condition;
    if (const model::Condition* inner = find_group(each.condition.criteria, name)) return inner;
  }
  return nullptr;
}

const model::Condition* condition_of(const Version& version, const Item& item) {
  for (std::size_t clause = 0; clause < version.clauses().size(); ++clause) {
    const model::Clause& each = version.clauses()[clause];
    if (&version.items[version.clause_items[clause]] == &item) return &each.condition;
    if (item.depth == 0) continue;
    if (const model::Condition* found = find_group(each.condition.criteria, item.name)) return found;
  }
  return nullptr;
}

/// What is not in a group changes nothing there: `all` is as if it were met.
Truth neutral(GroupKind kind) { return kind == GroupKind::all ? Truth::yes : Truth::no; }

Truth evaluate(const model::Condition& word, const std::vector<Truth>& members) {
  int least = 2;
  int greatest = 0;
  std::size_t met = 0;
  std::size_t possible = 0;
  for (const Truth each : members) {
    least = std::min(least, truth_rank(each));
    greatest = std::max(greatest, truth_rank(each));
    if (each == Truth::yes) ++met;
    if (each != Truth::no) ++possible;
  }
  switch (word.kind) {
    case GroupKind::all:
      return ranked(least);
    case GroupKind::any:
      return ranked(greatest);
    case GroupKind::none_of:
      return ranked(2 - greatest);
    default:
      return met >= word.count ? Truth::yes : possible >= word.count ? Truth::unknown : Truth::no;
  }
}

}  // namespace

std::string group_text(const Version& version, const Item& item) {
  if (!item.is_group()) return std::string(item.expression);
  const model::Condition* condition = condition_of(version, item);
  return condition == nullptr ? std::string() : output::spell_group(*condition);
}

const Causes::ItemPairs& Causes::pair_items() {
  const auto [found, fresh] = pairs_of_versions_.try_emplace(versions_);
  ItemPairs& pairs = found->second;
  if (!fresh) return pairs;
  pairs.old_of.assign(versions_[after]->items.size(), model::none);
  pairs.new_of.assign(versions_[before]->items.size(), model::none);
  const auto pair = [&](std::uint32_t old_item, std::uint32_t new_item) {
    pairs.old_of[new_item] = old_item;
    pairs.new_of[old_item] = new_item;
  };
  const auto clauses = pair_clauses(versions_[before]->clauses(), versions_[after]->clauses());
  for (std::uint32_t i = 0; i < clauses.size(); ++i) {
    if (clauses[i] != model::none) {
      pair(versions_[before]->clause_items[clauses[i]], versions_[after]->clause_items[i]);
    }
  }
  std::map<std::string_view, std::uint32_t> criteria;
  for (std::uint32_t i = 0; i < versions_[before]->items.size(); ++i) {
    const Item& each = versions_[before]->items[i];
    if (each.depth > 0) criteria.emplace(each.name, i);
  }
  for (std::uint32_t i = 0; i < versions_[after]->items.size(); ++i) {
    const Item& each = versions_[after]->items[i];
    const auto old = each.depth > 0 ? criteria.find(each.name) : criteria.end();
    if (old != criteria.end()) pair(old->second, i);
  }
  for (const Side side : both_sides) {
    const std::vector<Item>& items = versions_[side]->items;
    pairs.parents[side].assign(items.size(), model::none);
    for (std::uint32_t i = 0; i < items.size(); ++i) {
      for (std::uint32_t j = i + 1; j < items[i].end; ++j) pairs.parents[side][j] = i;
    }
  }
  return pairs;
}

Causes::Pair Causes::pair_of(Side side, std::uint32_t number) const {
  const std::uint32_t other = side == before ? pairs_->new_of[number] : pairs_->old_of[number];
  if (side == before) return {item(before, number), item(after, other)};
  return {item(before, other), item(after, number)};
}

/// The last clause that could decide: those below it count for nothing.
std::uint32_t Causes::last_that_counts(Side side) const {
  const std::uint32_t decider = decided(side).decision->clause;
  if (decider != model::none) return decider;
  const std::vector<std::uint32_t>& clauses = versions_[side]->clause_items;
  for (std::uint32_t i = 0; i < clauses.size(); ++i) {
    const decide::Reason* reason = reasons_[side][clauses[i]];
    if (reason == nullptr || reason->result == Truth::yes) return i;
  }
  return static_cast<std::uint32_t>(clauses.size() - 1);
}

/// True where the clause that decided both times gives another outcome: that is the whole cause.
bool Causes::compare_outcomes() {
  const std::uint32_t was = decided(before).decision->clause;
  const std::uint32_t is = decided(after).decision->clause;
  if (is == model::none) return false;
  const Pair pair = pair_of(after, versions_[after]->clause_items[is]);
  if (!pair[before].there()) return false;
  const auto& old_items = versions_[before]->clause_items;
  const auto old =
      static_cast<std::size_t>(std::find(old_items.begin(), old_items.end(), pair[before].number) - old_items.begin());
  const model::Clause& old_clause = versions_[before]->clauses()[old];
  const model::Clause& new_clause = versions_[after]->clauses()[is];
  if (old_clause.outcome == new_clause.outcome) return false;
  if (old == was) {
    compare_clauses();
    return true;
  }
  if (old_clause.outcome == decided(before).decision->outcome) {
    parts_.push_back({"clause",
                      clause_name(new_clause),
                      new_clause.sentence,
                      "gives " + std::string(model::spelling(old_clause.outcome)),
                      "gives " + std::string(model::spelling(new_clause.outcome)),
                      {}});
  }
  return false;
}

void Causes::compare_deciding() {
  if (compare_outcomes()) return;
  const std::vector<std::uint32_t>& news = versions_[after]->clause_items;
  const std::vector<std::uint32_t>& olds = versions_[before]->clause_items;
  for (std::uint32_t i = 0; i <= last_that_counts(after); ++i) account_for(pair_of(after, news[i]));
  for (std::uint32_t i = 0; i <= last_that_counts(before); ++i) {
    const Pair pair = pair_of(before, olds[i]);
    if (!pair[after].there()) account_for(pair);
  }
}

/// A clause, if it came to something else.
void Causes::account_for(const Pair& pair) {
  const auto truth = [&](Side side) { return pair[side].reason == nullptr ? Truth::no : pair[side].reason->result; };
  for (const Side side : both_sides) {
    if (pair[side].there() && pair[side].item->node == model::none) return;  // `otherwise`
  }
  if (truth(before) == truth(after)) return;
  account_for_group(pair, truth_rank(truth(after)) > truth_rank(truth(before)), truth(after));
}

/// Tells what in a group or clause, or else itself, made it come to `result`.
void Causes::account_for_group(const Pair& pair, bool raised, Truth result) {
  for (const Side side : both_sides) {
    if (pair[side].there() && !pair[side].item->is_group()) return add("criterion", pair);
  }
  bool word_counts = false;
  const bool alone = word_alone(pair, result, word_counts);
  const bool accounted = !alone && account_for_members(pair, raised, result);
  if (!accounted || word_counts) add("group", pair);
}

/// Whether the group's word, `any` instead of `all`, is enough to make it come to `result`; and whether it counts.
bool Causes::word_alone(const Pair& pair, Truth result, bool& word_counts) const {
  if (!pair[before].there() || !pair[after].there()) return false;
  const model::Condition* old_word = condition_of(*versions_[before], *pair[before].item);
  const model::Condition* new_word = condition_of(*versions_[after], *pair[after].item);
  if (old_word == nullptr || new_word == nullptr) return false;
  if (old_word->kind == new_word->kind && old_word->count == new_word->count) return false;
  std::vector<Truth> olds;
  std::vector<Truth> news;
  for (const Member& each : members(pair)) {
    const bool was_there =
        each.pair[before].there() && pairs_->parents[before][each.pair[before].number] == pair[before].number;
    const bool is_there =
        each.pair[after].there() && pairs_->parents[after][each.pair[after].number] == pair[after].number;
    if (was_there) olds.push_back(each.was);
    if (is_there) news.push_back(each.is);
  }
  if (evaluate(*old_word, news) == result) return false;
  word_counts = true;
  return evaluate(*new_word, olds) == result;
}

std::vector<Causes::Member> Causes::members(const Pair& pair) const {
  std::vector<Member> all;
  const auto inside = [&](Side side, const FoundItem& found) {
    return found.there() && pair[side].there() && pairs_->parents[side][found.number] == pair[side].number;
  };
  const Side known = pair[after].there() ? after : before;
  const GroupKind new_kind = pair[known].item->kind;
  const GroupKind old_kind = pair[before].there() ? pair[before].item->kind : new_kind;
  const auto add_member = [&](const Pair& member) {
    Member& each = all.emplace_back(Member{member, neutral(old_kind), neutral(new_kind), false});
    if (inside(before, member[before]) && member[before].reason != nullptr) each.was = member[before].reason->result;
    if (inside(after, member[after]) && member[after].reason != nullptr) each.is = member[after].reason->result;
    each.moved = member[before].there() && member[after].there() &&
                 inside(before, member[before]) != inside(after, member[after]);
  };
  for (const Side side : {after, before}) {
    if (!pair[side].there()) continue;
    for (std::uint32_t i = pair[side].number + 1; i < pair[side].item->end; ++i) {
      const Pair member = pair_of(side, i);
      if (!inside(side, member[side]) || (side == before && inside(after, member[after]))) continue;
      add_member(member);
    }
  }
  return all;
}

/// False where nothing in the group accounts for its result.
bool Causes::account_for_members(const Pair& pair, bool raised, Truth result) {
  const GroupKind kind = pair[pair[after].there() ? after : before].item->kind;
  const bool negated = kind == GroupKind::none_of;
  const bool up = raised != negated;
  const int wanted = negated ? 2 - truth_rank(result) : truth_rank(result);
  // One alone is enough to make `all` fail, or `any` be met.
  const bool one_is_enough = kind == GroupKind::all ? !up : kind != GroupKind::at_least && up;
  bool accounted = false;
  for (const Member& each : members(pair)) {
    if (up ? truth_rank(each.is) <= truth_rank(each.was) : truth_rank(each.is) >= truth_rank(each.was)) continue;
    if (one_is_enough && truth_rank(each.is) != wanted) continue;
    accounted = true;
    if (told(each.pair)) continue;
    if (each.moved) {
      add("criterion", each.pair);
      parts_.back().details.push_back(
          {"group", {}, "in " + group_of(before, each.pair[before]), "in " + group_of(after, each.pair[after])});
    } else if (each.pair[before].there() && each.pair[after].there()) {
      account_for_group(each.pair, truth_rank(each.is) > truth_rank(each.was), each.is);
    } else {
      add("criterion", each.pair);
    }
  }
  return accounted;
}

/// The group or clause that a criterion stands in; nothing for a clause.
std::string Causes::group_of(Side side, const FoundItem& found) const {
  const std::uint32_t parent = pairs_->parents[side][found.number];
  if (parent == model::none) return {};
  const std::vector<std::uint32_t>& clauses = versions_[side]->clause_items;
  const auto clause = std::find(clauses.begin(), clauses.end(), parent);
  if (clause == clauses.end()) return std::string(versions_[side]->items[parent].name);
  return telling_name(versions_[side]->clauses(), static_cast<std::size_t>(clause - clauses.begin()));
}

}  // namespace proviso::trial
