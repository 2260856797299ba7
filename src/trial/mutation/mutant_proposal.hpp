#pragma once

#include <vector>

#include "model/library.hpp"
#include "trial/mutation/mutation.hpp"

/// The scenarios that would notice survivors.
namespace proviso::trial {

/// What must be said beside `like`, the nearest scenario, of a mutant that was told apart: the row of a table is no
/// part of what another scenario takes over.
model::GivenRecord facts_to_say(const model::Library& library, const Mutant& mutant);

/// Gives those that were told apart the titles of their scenarios: what is changed, and what comes of it. No two
/// scenarios of a policy have the same, unless they are the same.
void give_titles(const model::Library& library, std::vector<Mutant>& mutants);

}  // namespace proviso::trial
