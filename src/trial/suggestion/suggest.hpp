#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/library.hpp"

/// Scenarios that are missing: for what no scenario shows yet of a policy, records are looked for that do.
namespace proviso::trial {

/// What was found for one policy.
struct SuggestedPolicy {
  std::string policy;            ///< the full name
  std::size_t goals = 0;         ///< that the policy has
  std::size_t shown_before = 0;  ///< by the scenarios that there are
  std::size_t shown_after = 0;   ///< by those and the suggested ones
  std::size_t scenarios = 0;     ///< suggested
  std::size_t cases = 0;         ///< of those
  std::size_t records_tried = 0;
  std::vector<std::string> not_found;  ///< goals that no record was found for
};

struct Suggested {
  /// A file of scenarios as the formatter writes it; with nothing to suggest, comments alone. Every scenario says that
  /// its outcome is the policy's own and to be confirmed.
  std::string text;
  std::vector<SuggestedPolicy> policies;
};

/// For those policies, by full name (none: for all that decide). The same seed suggests the same.
Suggested suggest(const model::Library& library, const std::vector<std::string>& policies, std::uint64_t seed);

}  // namespace proviso::trial
