#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "decide/decision.hpp"
#include "decide/engine.hpp"
#include "trial/comparison/comparison.hpp"

namespace proviso::trial {

/// The two libraries as they decide the cases, with one numbering for what they have in common: policies, places,
/// criteria and facts go by their names. Threads share it.
class Sides {
 public:
  Sides(const model::Library& old_library, const model::Library& new_library, const std::string& record,
        const ComparisonOptions& options);

  const model::Library& library(Side side) const { return *libraries_[side]; }
  const decide::Engine& engine(Side side) const { return *engines_[side]; }
  const ComparisonOptions& options() const { return options_; }

  struct NamedPolicy {
    std::string name;  ///< the full name
    std::string label;
    std::array<bool, 2> there{};    ///< the library has it
    std::array<bool, 2> decides{};  ///< and some version of it decides
  };
  const std::vector<NamedPolicy>& policies() const { return policies_; }
  std::uint32_t policy_of(Side side, const decide::Decision& decision) const {
    return policy_of_version_[side][decision.version];
  }
  /// What a policy comes to in a library that says nothing of it for a record.
  CaseOutcome unsaid(Side side, std::uint32_t policy) const {
    return policies_[policy].there[side] ? as_case(model::Outcome::not_applicable) : no_such_policy;
  }

  /// Of both libraries, by number; 0 is no place.
  const std::vector<std::string>& places() const { return places_; }
  std::uint32_t place_of(Side side, model::PlaceId place) const {
    return place == model::none ? 0 : place_of_[side][place];
  }
  /// Whether decisions in the place are asked for.
  bool wanted(Side side, model::PlaceId place) const {
    return options_.place.empty() || (wanted_place_[side] != model::none && place != model::none &&
                                      libraries_[side]->inside(place, wanted_place_[side]));
  }

  std::uint32_t name_of_item(Side side, const decide::Decision& decision, std::uint32_t item) const {
    return item_names_[side][engines_[side]->versions()[decision.version].first_item + item];
  }
  std::uint32_t name_of_clause(Side side, const decide::Decision& decision) const {
    const decide::Version& version = engines_[side]->versions()[decision.version];
    return item_names_[side][version.first_item + version.clause_items[decision.clause]];
  }
  /// How a payment withholds, and what it counts the line as, in words; empty where it does neither.
  std::string_view strength(Side side, const decide::Decision& decision) const;
  std::string recount(Side side, const decide::Decision& decision) const;
  std::uint32_t name_of_fact(Side side, model::FactId fact) const { return fact_names_[side][fact]; }

 private:
  const ComparisonOptions& options_;
  std::array<const model::Library*, 2> libraries_;
  std::array<std::unique_ptr<decide::Engine>, 2> engines_;
  std::vector<NamedPolicy> policies_;
  std::array<std::vector<std::uint32_t>, 2> policy_of_version_;
  std::vector<std::string> places_ = {"no place"};
  std::array<std::vector<std::uint32_t>, 2> place_of_;
  std::array<model::PlaceId, 2> wanted_place_{model::none, model::none};
  std::array<std::vector<std::uint32_t>, 2> item_names_;  ///< by the number of the item among those of all versions
  std::array<std::vector<std::uint32_t>, 2> fact_names_;
  std::map<std::string, std::uint32_t, std::less<>> names_;

  void number_policies();
  void number_places();
  void number_names();
  std::uint32_t number_of(std::string_view name);
};

}  // namespace proviso::trial
