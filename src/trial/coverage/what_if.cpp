#include "trial/coverage/what_if.hpp"

#include "decide/walk.hpp"

namespace proviso::trial {

using decide::Item;
using value::Truth;

WhatIf::WhatIf(const decide::Version& version)
    : version_(version), clause_of_(version.items.size(), model::none), at_least_(version.items.size(), 0) {
  for (std::uint32_t clause = 0; clause < version.clause_items.size(); ++clause) {
    std::uint32_t item = version.clause_items[clause];
    for (std::uint32_t inner = item; inner < version.items[item].end; ++inner) clause_of_[inner] = clause;
    const model::Condition& condition = version.clauses()[clause].condition;
    at_least_[item] = condition.count;
    ++item;
    note_counts(condition.criteria, item);
  }
}

/// Items stand in the order of the criteria, each before those inside it; `item` is the first of them, then the next.
void WhatIf::note_counts(const std::vector<model::Criterion>& criteria, std::uint32_t& item) {
  for (const model::Criterion& criterion : criteria) {
    at_least_[item++] = criterion.condition.count;
    note_counts(criterion.condition.criteria, item);
  }
}

void WhatIf::take(const decide::View& view) {
  truths_.resize(version_.items.size());
  for (std::size_t item = 0; item < truths_.size(); ++item) truths_[item] = view.truth(version_.items[item].node);
}

PossibleOutcome WhatIf::outcome_if(std::uint32_t item, Truth value) const { return walk(item, value); }

std::uint32_t WhatIf::tried() const {
  std::uint32_t clause = 0;
  while (clause < version_.heads.size() && truths_[version_.clause_items[clause]] != Truth::yes) ++clause;
  return clause < version_.heads.size() ? clause + 1 : clause;
}

Truth WhatIf::evaluate(std::uint32_t item, std::uint32_t changed, Truth value) const {
  if (item == changed) return value;
  const Item& whole = version_.items[item];
  const bool holds_it = changed > item && changed < whole.end;
  return holds_it ? evaluate_group(item, changed, value) : truths_[item];
}

Truth WhatIf::evaluate_group(std::uint32_t item, std::uint32_t changed, Truth value) const {
  const std::vector<Item>& items = version_.items;
  std::uint32_t yes = 0;
  std::uint32_t unknown = 0;
  std::uint32_t all = 0;
  for (std::uint32_t inner = item + 1; inner < items[item].end; inner = items[inner].end, ++all) {
    const Truth truth = evaluate(inner, changed, value);
    yes += truth == Truth::yes ? 1U : 0U;
    unknown += truth == Truth::unknown ? 1U : 0U;
  }
  const auto reaches = [&](std::uint32_t count) {
    return yes >= count ? Truth::yes : yes + unknown < count ? Truth::no : Truth::unknown;
  };
  switch (items[item].kind) {
    case model::GroupKind::all:
      return reaches(all);
    case model::GroupKind::any:
      return reaches(1);
    case model::GroupKind::at_least:
      return reaches(at_least_[item]);
    case model::GroupKind::none_of:
      return value::negated(reaches(1));
    case model::GroupKind::expression:
      break;
  }
  return truths_[item];
}

/// As decide::walk: yes decides, no goes on, unknown leaves the clause's outcome possible and goes on.
PossibleOutcome WhatIf::walk(std::uint32_t changed, Truth value) const {
  const Truth applies = evaluate(decide::Version::applies_item, changed, value);
  if (applies == Truth::no) return decide::not_applicable;
  decide::Outcomes possible;
  if (applies == Truth::unknown) possible.add(decide::not_applicable);
  PossibleOutcome last;
  for (std::uint32_t clause = 0; clause < version_.heads.size(); ++clause) {
    const Truth truth = evaluate(version_.clause_items[clause], changed, value);
    if (truth == Truth::no) continue;
    last = version_.heads[clause].result;
    possible.add(*last);
    if (truth == Truth::yes) break;
  }
  return possible.single() ? last : std::nullopt;
}

}  // namespace proviso::trial
