#include "trial/comparison/comparison_causes.hpp"

#include <algorithm>

#include "output/policy_view.hpp"
#include "value/calendar.hpp"

namespace proviso::trial {
namespace {

using decide::Item;
using decide::Reason;
using decide::Version;
using value::Truth;

constexpr std::string_view not_there = "not there";

std::string truth_of(const Reason* reason) {
  if (reason == nullptr) return "always";
  return reason->result == Truth::yes ? "yes" : reason->result == Truth::no ? "no" : "unknown";
}

std::string clause_of(const SideDecision& decided, const Version& version) {
  if (decided.decision->clause == model::none) return "no clause";
  const model::Clause& clause = version.clauses()[decided.decision->clause];
  const std::string name = clause.otherwise ? "otherwise" : clause.name;
  const std::string_view outcome = model::spelling(clause.outcome);
  return name == outcome ? name : name + " " + std::string(outcome);
}

}  // namespace

const decide::Engine& FullEngines::of(Side side, std::uint32_t policy) {
  const std::lock_guard lock(making_);
  std::unique_ptr<decide::Engine>& engine = engines_[policy][side];
  if (engine == nullptr) {
    decide::Options options = sides_.options().deciding;
    options.policies = {sides_.policies()[policy].name};
    options.explain = decide::Explain::full;
    const decide::Engine& whole = sides_.engine(side);
    engine = std::make_unique<decide::Engine>(whole.library(), whole.record().name, options);
  }
  return *engine;
}

Causes::Causes(const Sides& sides) : sides_(sides), meanings_(sides.library(before), sides.library(after)) {
  meanings_.read_records(sides.engine(before).record_index(), sides.engine(after).record_index());
}

std::vector<CausePart> Causes::of(const std::array<SideDecision, 2>& cases) {
  cases_ = &cases;
  parts_.clear();
  if (whether_it_holds()) return std::move(parts_);
  for (const Side side : both_sides) {
    versions_[side] = &decided(side).engine->versions()[decided(side).decision->version];
    reasons_[side].assign(versions_[side]->items.size(), nullptr);
    const decide::Range& range = decided(side).decision->reasons;
    for (std::uint32_t i = 0; i < range.count; ++i) {
      const Reason& reason = decided(side).decisions->reasons[range.first + i];
      reasons_[side][reason.item] = &reason;
    }
  }
  const std::array<std::int32_t, 2> first_days = {versions_[before]->policy->effective.first,
                                                  versions_[after]->policy->effective.first};
  if (first_days[before] != first_days[after]) {
    const auto version_of = [](std::int32_t day) {
      return day == INT32_MIN ? std::string("from the first") : "from " + value::format_date(day);
    };
    parts_.push_back({"version", {}, {}, version_of(first_days[before]), version_of(first_days[after]), {}});
  }
  // Where the deciding date or the place is missing, no criterion was looked at.
  const auto looked_at = [&](Side side) { return decided(side).decision->reasons.count > 0; };
  if (!looked_at(before) || !looked_at(after)) {
    compare_needs();
    return std::move(parts_);
  }
  const std::size_t told = parts_.size();
  pairs_ = &pair_items();
  if (whether_it_applies()) return std::move(parts_);
  compare_deciding();
  if (parts_.size() == told) compare_clauses();
  if (parts_.size() == told) compare_needs();
  return std::move(parts_);
}

/// True where the policy holds for the case in one library alone: that is the whole cause.
bool Causes::whether_it_holds() {
  const auto holds = [&](Side side) {
    const decide::Decision* decision = decided(side).decision;
    return decision != nullptr && (decision->holds || decision->outcome != model::Outcome::not_applicable);
  };
  if (holds(before) && holds(after)) return false;
  const auto word = [&](Side side) { return holds(side) ? "holds" : "does not hold"; };
  parts_.push_back({"holds", {}, {}, word(before), word(after), {}});
  return true;
}

Causes::FoundItem Causes::item(Side side, std::uint32_t number) const {
  if (number >= versions_[side]->items.size()) return {};
  return {number, &versions_[side]->items[number], reasons_[side][number]};
}

bool Causes::whether_it_applies() {
  const Pair pair = {item(before, Version::applies_item), item(after, Version::applies_item)};
  const auto not_applying = [&](const FoundItem& found) {
    return found.reason != nullptr && found.reason->result == Truth::no;
  };
  // `applies when` may also be open: then the clauses count too.
  const bool open = !not_applying(pair[before]) && !not_applying(pair[after]);
  const auto truth = [&](Side side) { return pair[side].reason == nullptr ? Truth::yes : pair[side].reason->result; };
  if (truth(before) == truth(after)) return false;
  add("applies", pair);
  // `applies when` is left out of the reasons where the policy has none: it applies.
  for (const Side side : both_sides) {
    std::string& text = side == before ? parts_.back().before : parts_.back().after;
    if (pair[side].reason == nullptr) text = "yes";
  }
  return !open;
}

void Causes::compare_clauses() {
  const std::string was = clause_of(decided(before), *versions_[before]);
  const std::string is = clause_of(decided(after), *versions_[after]);
  if (was != is) parts_.push_back({"clause", {}, {}, was, is, {}});
}

void Causes::compare_needs() {
  std::array<std::string, 2> facts;
  for (const Side side : both_sides) {
    const decide::Range& needs = decided(side).decision->needs;
    for (std::uint32_t i = 0; i < needs.count; ++i) {
      const model::FactId fact = decided(side).decisions->needs[needs.first + i].fact;
      facts[side] += (i == 0 ? "" : ", ") + decided(side).engine->record().facts[fact].name;
    }
    if (facts[side].empty()) facts[side] = "nothing";
  }
  parts_.push_back({"needs", {}, {}, facts[before], facts[after], {}});
}

/// A criterion that left one clause that counts for another is met twice, and told once.
bool Causes::told(const Pair& pair) const {
  const FoundItem& shown = pair[after].there() ? pair[after] : pair[before];
  return shown.item->depth > 0 && std::any_of(parts_.begin(), parts_.end(), [&](const CausePart& part) {
           return (part.what == "criterion" || part.what == "group") && part.name == shown.item->name;
         });
}

void Causes::add(std::string_view what, const Pair& pair) {
  CausePart part;
  const Item& shown = pair[after].there() ? *pair[after].item : *pair[before].item;
  const bool clause = shown.depth == 0 && what == "criterion";
  part.what = clause ? "clause" : std::string(what);
  part.name = shown.name;
  part.label = shown.label;
  part.before = pair[before].there() ? truth_of(pair[before].reason) : std::string(not_there);
  part.after = pair[after].there() ? truth_of(pair[after].reason) : std::string(not_there);
  add_details(part, pair);
  parts_.push_back(std::move(part));
}

void Causes::add_details(CausePart& part, const Pair& pair) {
  if (!pair[before].there() || !pair[after].there()) {
    const Side side = pair[after].there() ? after : before;
    const std::string text = group_text(*versions_[side], *pair[side].item);
    part.details.push_back({"expression", {}, side == before ? text : "", side == after ? text : ""});
    return;
  }
  const std::string was = group_text(*versions_[before], *pair[before].item);
  const std::string is = group_text(*versions_[after], *pair[after].item);
  if (was != is) part.details.push_back({"expression", {}, was, is});
  if (pair[before].item->is_group() || pair[after].item->is_group()) return;
  add_values(part, pair);
  add_codes(part, pair);
  if (part.details.empty()) add_hidden(part, pair);
}

}  // namespace proviso::trial
