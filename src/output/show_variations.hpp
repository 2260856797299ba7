#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"

/// Variations as they are shown: what each changes.
namespace proviso::output {

struct AppliedChange {
  const model::Change* change = nullptr;
  std::string was;        ///< the expression or category before; empty: nothing was there
  std::string was_label;  ///< the sentence before
};

struct AppliedVariation {
  const model::Variation* variation = nullptr;
  std::string place;
  std::string source;  ///< all its sources, with semicolons
  std::vector<AppliedChange> changes;
};

/// The variations, larger places before smaller ones, as they change the policy one after the other.
std::vector<AppliedVariation> applied_variations(const model::Library& library, const model::Policy& policy,
                                                 const std::vector<std::uint32_t>& numbers);
/// All that hold on some of those days somewhere where the policy holds, each as it changes what larger places made.
std::vector<AppliedVariation> variations_during(const model::Library& library, const model::Policy& policy,
                                                model::Period days);

/// `adds shared_decision to severe`, `category prior_approval`, `omits the policy`.
std::string spell(const model::Change& change, bool past = false);
/// All of them: `adds a, b; removes c`; in the past `added a, b; removed c`.
std::string spell_changes(const model::Variation& variation, bool past = false);
/// All its sources, with semicolons.
std::string spell_sources(const std::vector<model::Citation>& sources);
/// `replace`, `add`, `remove`, `category`, `omit`.
std::string_view word_of(model::Change::Kind kind);

}  // namespace proviso::output
