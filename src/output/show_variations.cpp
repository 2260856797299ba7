#include "output/show_variations.hpp"

#include <algorithm>
#include <map>

namespace proviso::output {
namespace {

using model::Change;

struct Before {
  std::string expression;
  std::string label;
};

/// What each name of a policy says while variations are applied to it.
class Wording {
 public:
  explicit Wording(const model::Form& form) : category_(form.category) {
    for (const model::Clause& clause : form.clauses) {
      gather(clause.condition.criteria);
      if (!clause.otherwise) said_.emplace(clause.name, Before{clause.expression, clause.sentence});
    }
  }

  AppliedChange apply(const Change& change) {
    AppliedChange applied{&change, {}, {}};
    if (change.kind == Change::Kind::category) {
      applied.was = model::spelling(category_);
      category_ = change.category;
      return applied;
    }
    const auto found = said_.find(change.name);
    if (found != said_.end() && change.kind != Change::Kind::add) {
      applied.was = found->second.expression;
      applied.was_label = found->second.label;
    }
    if (change.kind == Change::Kind::add || change.kind == Change::Kind::replace) {
      said_[change.name] = {change.expression, change.label.empty() ? applied.was_label : change.label};
    }
    return applied;
  }

 private:
  std::map<std::string, Before, std::less<>> said_;
  model::Category category_;

  void gather(const std::vector<model::Criterion>& criteria) {
    for (const model::Criterion& criterion : criteria) {
      said_.emplace(criterion.name, Before{criterion.expression, criterion.label});
      gather(criterion.condition.criteria);
    }
  }
};

AppliedVariation apply(const model::Library& library, const model::Variation& variation, Wording& wording) {
  AppliedVariation result{&variation, library.places[variation.place].name, spell_sources(variation.sources), {}};
  for (const Change& change : variation.changes) result.changes.push_back(wording.apply(change));
  return result;
}

bool overlap(const model::Period& a, const model::Period& b) { return a.first <= b.last && b.first <= a.last; }

}  // namespace

std::vector<AppliedVariation> applied_variations(const model::Library& library, const model::Policy& policy,
                                                 const std::vector<std::uint32_t>& numbers) {
  std::vector<AppliedVariation> result;
  result.reserve(numbers.size());
  Wording wording(policy.written());
  for (const std::uint32_t number : numbers) result.push_back(apply(library, library.variations[number], wording));
  return result;
}

std::vector<AppliedVariation> variations_during(const model::Library& library, const model::Policy& policy,
                                                model::Period days) {
  std::vector<AppliedVariation> result;
  const std::string name = policy.full_name();
  for (const model::Variation& variation : library.variations) {
    if (variation.policy != name || !overlap(variation.period, days)) continue;
    const bool inside = policy.places.empty() ||
                        std::any_of(policy.places.begin(), policy.places.end(),
                                    [&](model::PlaceId each) { return library.inside(variation.place, each); });
    if (!inside) continue;
    Wording wording(policy.written());
    const std::int32_t first = std::max(variation.period.first, days.first);
    for (const model::Variation& larger : library.variations) {
      const bool applies = larger.policy == name && larger.place != variation.place &&
                           library.inside(variation.place, larger.place) && larger.period.contains(first);
      if (applies) apply(library, larger, wording);
    }
    result.push_back(apply(library, variation, wording));
  }
  return result;
}

std::string_view word_of(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::replace:
      return "replace";
    case Change::Kind::add:
      return "add";
    case Change::Kind::remove:
      return "remove";
    case Change::Kind::category:
      return "category";
    case Change::Kind::omit:
      return "omit";
  }
  return "";
}

std::string spell(const Change& change, bool past) {
  switch (change.kind) {
    case Change::Kind::replace:
      return (past ? "replaced " : "replaces ") + change.name;
    case Change::Kind::add:
      return (past ? "added " : "adds ") + change.name + (change.group.empty() ? "" : " to " + change.group);
    case Change::Kind::remove:
      return (past ? "removed " : "removes ") + change.name;
    case Change::Kind::category:
      return "category " + std::string(model::spelling(change.category));
    case Change::Kind::omit:
      return past ? "omitted the policy" : "omits the policy";
  }
  return "";
}

std::string spell_changes(const model::Variation& variation, bool past) {
  std::string out;
  const Change* before = nullptr;
  for (const Change& change : variation.changes) {
    // `adds a, b` rather than `adds a; adds b`.
    const bool goes_on = before != nullptr && before->kind == change.kind && before->group.empty() &&
                         change.group.empty() && !change.name.empty();
    if (goes_on) {
      out += ", " + change.name;
    } else {
      if (before != nullptr) out += "; ";
      out += spell(change, past);
    }
    before = &change;
  }
  return out;
}

std::string spell_sources(const std::vector<model::Citation>& sources) {
  std::string out;
  for (const model::Citation& source : sources) out += (out.empty() ? "" : "; ") + model::format(source);
  return out;
}

}  // namespace proviso::output
