#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "output/show_reads.hpp"
#include "output/show_values.hpp"
#include "output/show_variations.hpp"

/// A policy or payment as it holds in a place on a day, gathered for showing it.
namespace proviso::output {

struct PolicyView {
  const model::Library* library = nullptr;
  std::optional<std::int32_t> on;
  model::PlaceId place = model::none;          ///< none: as written, with what every place makes of it
  std::vector<const model::Policy*> versions;  ///< all of its name, by first day
  const model::Policy* policy = nullptr;       ///< the version shown; null: none on that day
  const model::Form* form = nullptr;           ///< as written, or as it is in the place; null where it does not hold
  std::string why_not;                         ///< `it holds in BLMK`, `Luton omits it from 2019-10-01`
  model::Period unchanged;                     ///< with a place: the days around that one on which nothing changes
  std::vector<std::string> differs_in;         ///< with a place: those inside it where it is something else that day
  std::string record;
  std::string dated_by;
  std::string placed_by;
  std::string price;                         ///< of a payment: the fact that is the price asked
  std::vector<AppliedVariation> variations;  ///< with a place those applied, larger places first; without one, all
                                             ///< of the version's days (or that hold on the day)
  std::vector<DependencyView> thresholds;
  std::vector<DependencyView> code_lists;
  std::vector<NamedView> definitions;
  std::vector<TableView> tables;
  std::vector<NamedView> relations;
  std::vector<std::string> hooks;  ///< `luton.smoking(status, quit) -> yes/no from hooks/luton.lua`
};

/// Each policy of that name or full name, in the place (none: as written), on the day. Without a day: the last version
/// that decides, else the last, and in a place what it last becomes there. Empty: no such policy.
std::vector<PolicyView> view_policy(const model::Library& library, std::string_view name,
                                    std::optional<std::int32_t> on, model::PlaceId place = model::none);

/// The same for all versions of one policy.
PolicyView view_versions(const model::Library& library, std::vector<const model::Policy*> versions,
                         std::optional<std::int32_t> on, model::PlaceId place);

/// The version of the day, a draft only where there is no other; null where there is none.
const model::Policy* version_on(const std::vector<const model::Policy*>& versions, std::optional<std::int32_t> on);
/// The stretch of the version in the place to which the day falls; without a day, the last of its own days.
const model::Stretch& stretch_on(const model::Library& library, const model::Policy& policy, model::PlaceId place,
                                 std::optional<std::int32_t> on);

/// `Luton, MiltonKeynes`; nothing for no place.
std::string spell_places(const model::Library& library, const std::vector<model::PlaceId>& places);
/// `all`, `any`, `at least 2 of`, `none of`; nothing for an expression.
std::string spell_group(const model::Condition& condition);
/// What a clause gives: `refuse`; of a payment `withhold must`, `pay tariff(hrg)`, `recount as hrg:WF01B pay £20`.
std::string spell_outcome(const model::Clause& clause);
/// `payment`, or else `policy`.
std::string_view word_of(const model::Policy& policy);

}  // namespace proviso::output
