#pragma once

#include <cstddef>
#include <string>

#include "decide/decision.hpp"
#include "decide/engine.hpp"
#include "program/chunk.hpp"
#include "trial/scenarios/scenarios.hpp"

/// What is said of a case that did not end as expected.
namespace proviso::trial {

/// A case as it was decided: row `record` of the chunk.
struct DecidedCase {
  const decide::Engine& engine;
  const program::Chunk& chunk;
  const decide::Decisions& decisions;
  std::size_t record;
};

/// `refuse because bmi`, `information needed about patient.bmi`.
std::string spell(const model::Library& library, const model::Record& record, const model::Expectation& expected);

/// What was expected and what came, and of the criteria those that decided. The engine explains by reasons.
Failure failure_of(const DecidedCase& decided, CaseNumber number);

/// Adds the difference, and all other criteria of the policy. The engine explains in full, and is otherwise the one
/// that the failure was found with.
void explain(Failure& failure, const DecidedCase& decided);

}  // namespace proviso::trial
