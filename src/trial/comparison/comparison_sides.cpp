#include "trial/comparison/comparison_sides.hpp"

#include <algorithm>

#include "trial/scenarios/scenarios.hpp"

namespace proviso::trial {

Sides::Sides(const model::Library& old_library, const model::Library& new_library, const std::string& record,
             const ComparisonOptions& options)
    : options_(options), libraries_{&old_library, &new_library} {
  decide::Options deciding = options.deciding;
  deciding.explain = decide::Explain::reasons;
  for (const Side side : both_sides) {
    engines_[side] = std::make_unique<decide::Engine>(*libraries_[side], record, deciding);
    if (!options.place.empty()) wanted_place_[side] = libraries_[side]->place(options.place);
  }
  number_policies();
  number_places();
  number_names();
}

/// In the order of their names, whichever library they are from.
void Sides::number_policies() {
  std::map<std::string, NamedPolicy> found;
  for (const Side side : both_sides) {
    for (const model::Policy& policy : libraries_[side]->policies) {
      if (policy.record != engines_[side]->record_index()) continue;
      NamedPolicy& named = found[policy.full_name()];
      named.name = policy.full_name();
      named.label = policy.label;
      named.there[side] = true;
    }
    for (const decide::Family& family : engines_[side]->families()) found[family.name].decides[side] = true;
  }
  std::map<std::string, std::uint32_t> numbers;
  for (auto& [name, policy] : found) {
    numbers[name] = static_cast<std::uint32_t>(policies_.size());
    policies_.push_back(std::move(policy));
  }
  for (const Side side : both_sides) {
    for (const decide::Version& version : engines_[side]->versions()) {
      policy_of_version_[side].push_back(numbers[version.policy->full_name()]);
    }
  }
}

/// In the order of the new library, then those of the old one alone.
void Sides::number_places() {
  std::map<std::string, std::uint32_t> numbers;
  for (const Side side : {after, before}) {
    for (const model::Place& place : libraries_[side]->places) {
      const auto [known, fresh] = numbers.try_emplace(place.name, static_cast<std::uint32_t>(places_.size()));
      if (fresh) places_.push_back(place.name);
      place_of_[side].push_back(known->second);
    }
  }
}

std::string_view Sides::strength(Side side, const decide::Decision& decision) const {
  const auto strength = strength_of(*engines_[side], {decision.outcome, &decision});
  return strength ? model::spelling(*strength) : std::string_view();
}

std::string Sides::recount(Side side, const decide::Decision& decision) const {
  const auto code = recount_of(*engines_[side], {decision.outcome, &decision});
  return code ? model::format(*libraries_[side], *code) : std::string();
}

void Sides::number_names() {
  for (const Side side : both_sides) {
    for (const decide::Version& version : engines_[side]->versions()) {
      for (const decide::Item& item : version.items) item_names_[side].push_back(number_of(item.name));
    }
    for (const model::Fact& fact : engines_[side]->record().facts) fact_names_[side].push_back(number_of(fact.name));
  }
}

std::uint32_t Sides::number_of(std::string_view name) {
  return names_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size())).first->second;
}

}  // namespace proviso::trial
