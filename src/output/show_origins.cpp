#include "output/show_origins.hpp"

#include <algorithm>

namespace proviso::output {
namespace {

using model::Change;

bool within(const text::Span& inner, const text::Span& outer) {
  return inner.file == outer.file && outer.begin <= inner.begin && inner.end <= outer.end && outer.begin < outer.end;
}

bool makes(const Change& change) { return change.kind == Change::Kind::add || change.kind == Change::Kind::replace; }

void gather_names(const std::vector<model::Criterion>& criteria, std::vector<std::string>& names) {
  for (const model::Criterion& criterion : criteria) {
    names.push_back(criterion.name);
    gather_names(criterion.condition.criteria, names);
  }
}

}  // namespace

Origins::Origins(const model::Library& library, const model::Form& form) {
  for (const std::uint32_t number : form.variations) {
    const model::Variation& variation = library.variations[number];
    for (const Change& change : variation.changes) made_.push_back({&variation, &change});
  }
  for (const model::Clause& clause : form.clauses) gather_names(clause.condition.criteria, criteria_);
}

Origins::Origin Origins::origin(std::size_t order) const {
  if (order == 0) return {};
  return {made_[order - 1].variation, made_[order - 1].change, order};
}

/// What a change put there bears its name or is written within it. What was made before the group around it was
/// replaced is part of that.
Origins::Origin Origins::of(const model::Criterion& criterion, const Origin& around) const {
  std::size_t order = around.order;
  for (std::size_t i = order; i < made_.size(); ++i) {
    const Change& change = *made_[i].change;
    if (!makes(change)) continue;
    if ((!change.clause && change.name == criterion.name) || within(criterion.span, change.span)) order = i + 1;
  }
  return origin(order);
}

Origins::Origin Origins::of(const model::Clause& clause) const {
  if (clause.otherwise) return {};
  const bool shares_name = std::find(criteria_.begin(), criteria_.end(), clause.name) != criteria_.end();
  std::size_t order = 0;
  for (std::size_t i = 0; i < made_.size(); ++i) {
    const Change& change = *made_[i].change;
    if (makes(change) && change.name == clause.name && (change.clause || !shares_name)) order = i + 1;
  }
  return origin(order);
}

Origins::Origin Origins::of_category() const {
  for (std::size_t i = made_.size(); i-- > 0;) {
    if (made_[i].change->kind == Change::Kind::category) return origin(i + 1);
  }
  return {};
}

/// Of the largest place: once it omits the policy, nothing that smaller ones say of it matters.
Origins::Origin Origins::of_omission() const {
  for (std::size_t i = 0; i < made_.size(); ++i) {
    if (made_[i].change->kind == Change::Kind::omit) return origin(i + 1);
  }
  return {};
}

}  // namespace proviso::output
