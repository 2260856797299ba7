#pragma once

#include <string>

#include "trial/mutation/mutation.hpp"
#include "trial/scenarios/scenario_reports.hpp"

/// What is said of mutants.
namespace proviso::trial {

/// Each survivor with its line, what was changed, the case that comes nearest, and a scenario that would catch it, to
/// be pasted; then a line for each policy, and the whole. Spans of the run are those of the library.
void append_mutation_text(std::string& out, const Sourced& sourced, const MutationRun& run, bool colour);

/// One JSON object on one line, without its end: counts, kinds, policies and survivors.
void append_mutation_json(std::string& out, const Sourced& sourced, const MutationRun& run);

/// The scenario that catches a survivor which was told apart, as its author may write it; empty for others.
std::string catching_scenario(const model::Library& library, const Mutant& mutant);

/// What the facts of `catching_scenario` change in the nearest scenario: `patient.bmi = 35 kg/m2`.
std::string catching_facts(const model::Library& library, const Mutant& mutant);

/// How many of the policy's or kind's mutants were tried and caught.
struct MutationCount {
  std::string name;
  std::size_t tried = 0;
  std::size_t caught = 0;
};
/// In the order of the run.
std::vector<MutationCount> count_by_policy(const MutationRun& run);
std::vector<MutationCount> count_by_kind(const MutationRun& run);

}  // namespace proviso::trial
