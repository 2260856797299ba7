#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "trial/scenarios/scenarios.hpp"

/// Whether the scenarios would notice a mistake: policies are changed, one small thing at a time, and the scenarios
/// run.
namespace proviso::trial {

enum class MutantKind : std::uint8_t {
  limit,       ///< a threshold or literal moved by a step
  comparison,  ///< `<=` for `<`, and the like
  quantifier,  ///< `all` for `any`, `at least 2 of` for 3, `every` for `any`, `and` for `or`, `not` put in or left out
  criterion,   ///< dropped
  clause,      ///< dropped
  outcome,     ///< of a clause, another
  codes,       ///< a code at the end of an interval of a code list left out, or one beside it taken in
  period,      ///< a first or last day moved by a day
  variation,   ///< left out
};
inline constexpr std::size_t mutant_kinds = 9;
/// `limit`.
std::string_view spelling(MutantKind kind);

/// One change that was tried.
struct Mutant {
  MutantKind kind;
  std::string policy;     ///< the full name; of a limit that several read, the first
  std::string criterion;  ///< or clause, or `applies when`; empty: none of them
  std::string before;     ///< `patient.bmi <= max_bmi`
  std::string after;      ///< `patient.bmi < max_bmi`
  text::Span span;        ///< of what was changed, or of the criterion around it
  CaseNumber caught_by;   ///< none: it survived
  // Of survivors:
  CaseNumber nearest;       ///< the case that comes nearest to noticing it; none: no scenario reaches it
  std::size_t tried = 0;    ///< records that were tried to tell it from the policy as it is
  bool told_apart = false;  ///< one was found for which it decides otherwise
  std::uint32_t record = model::none;
  model::GivenRecord apart;  ///< that record: the nearest case with as few facts changed as could be found
  std::string expectation;   ///< what comes of it as the policy is, for a scenario to expect: `refuse because bmi`
  std::string title;         ///< of that scenario: `patient.bmi = 36 kg/m2: refuse`, no other of its policy's
  std::string outcomes;      ///< `approve, not refuse`: what comes of it as the policy is, and as changed

  bool survived() const { return caught_by.scenario == model::none; }
};

struct MutationRun {
  std::vector<Mutant> mutants;  ///< by policy, in the order of the library
  std::size_t caught = 0;
  std::size_t failing = 0;      ///< cases left out because they do not end as expected by the policies as they are
  std::size_t tried_apart = 0;  ///< the most records that were tried for a survivor
  std::uint64_t seed = 0;
  double seconds = 0;

  std::size_t survivors() const { return mutants.size() - caught; }
};

/// All mutants of those policies, by full name (none: of all), that have scenarios, on that many threads. A mutant is
/// run against the scenarios of its policy; of what several policies read, against those of all of them. What comes of
/// it does not depend on the number of threads, nor changes the library.
MutationRun mutate(const model::Library& library, const std::vector<std::string>& policies, std::size_t threads,
                   std::uint64_t seed);

}  // namespace proviso::trial
