#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/library.hpp"
#include "trial/mutation/mutant_plan.hpp"
#include "trial/mutation/mutant_suites.hpp"

namespace proviso::trial {

/// Fills in what is said of survivors: the nearest case, and a record for which the mutant decides otherwise, where one
/// is found among the neighbours of the cases and records drawn for the policy.
void examine_survivors(const model::Library& library, const model::Library& spaced, const std::vector<Suite>& suites,
                       std::vector<PlannedMutant>& planned, std::size_t threads, std::uint64_t seed);

}  // namespace proviso::trial
