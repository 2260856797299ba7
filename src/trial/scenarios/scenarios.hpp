#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decide/decision.hpp"
#include "decide/engine.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"

/// Running scenarios: each of their records is decided by its policy alone, through the engine that decides referrals.
namespace proviso::trial {

/// How the scenario's policy decides: drafts too where the scenario says so, or where there is nothing but drafts.
decide::Options options_for(const model::Library& library, const model::Scenario& scenario, decide::Explain explain);

/// What came of a record by the engine's only policy. Where no version of it holds, `not applicable` without a
/// decision.
struct Result {
  model::Outcome outcome = model::Outcome::not_applicable;
  const decide::Decision* decision = nullptr;
};
Result result_of(const decide::Decisions& decisions, std::size_t record);

/// Whether the criterion or clause of that name is among those that decided, or keep the outcome open. The engine
/// explains by reasons: in full, every criterion would be.
bool has_decided(const decide::Engine& engine, const decide::Decisions& decisions, const decide::Decision& decision,
                 std::string_view name);

/// How a payment withholds; nothing where it does not.
std::optional<model::Strength> strength_of(const decide::Engine& engine, const Result& result);
/// What a payment counts the line as; nothing where it does not recount.
std::optional<model::Constant> recount_of(const decide::Engine& engine, const Result& result);
/// Whether the outcome, the amount and the strength are those that the scenario expects.
bool gives_outcome(const decide::Engine& engine, const Result& result, const model::Expectation& expected);

/// Whether that is what the scenario expects. The engine explains by reasons.
bool is_as_expected(const decide::Engine& engine, const decide::Decisions& decisions, std::size_t record,
                    const model::Expectation& expected);

/// A scenario's case: numbers in Library::scenarios and Scenario::cases.
struct CaseNumber {
  std::uint32_t scenario = model::none;
  std::uint32_t index = 0;
};
const model::ScenarioCase& case_of(const model::Library& library, CaseNumber number);

/// A fact or threshold that a criterion read, as it is shown.
struct SeenValue {
  std::string name;
  std::string value;  ///< with what goes with it: `36 kg/m2 on 2019-10-20`, `35 kg/m2 in Luton from 2019-10-01`
};

struct SeenCriterion {
  std::string name;
  std::string label;
  std::string expression;
  std::string result;      ///< yes, no, unknown
  std::uint32_t item = 0;  ///< in decide::Version::items
  std::uint32_t depth = 0;
  bool decided = false;  ///< is among the reasons of the outcome, or the clause that gives it
  std::vector<SeenValue> values;
};

/// A case that did not end as expected.
struct Failure {
  CaseNumber number;
  std::string expected;    ///< `refuse because bmi`
  std::string came;        ///< `refuse by otherwise`, `information needed about patient.bmi`
  std::string difference;  ///< in words, what is not as expected: `the outcome`, `bmi did not decide, but severe`
  std::string version;     ///< `version of 2019-04-01, in Luton, on 2019-11-01`; empty where the policy does not hold
  std::vector<SeenCriterion> criteria;  ///< all of the policy; where it does not apply, `applies when` alone
  std::vector<std::string> assumed;     ///< `suspected_cancer = no`
  std::vector<std::string> notes;
};

struct ScenarioRun {
  std::size_t scenarios = 0;
  std::size_t cases = 0;
  std::size_t unverified = 0;   ///< scenarios with an `unverified` line
  std::vector<CaseNumber> run;  ///< all cases that ran, in order
  std::vector<Failure> failures;
  double seconds = 0;
};

/// Whether `--filter` selects a scenario: the text is part of its title, its policy's full name or its file, in upper
/// or lower case.
bool selected(const model::Scenario& scenario, std::string_view file, std::string_view filter);
/// Likewise a policy, by its full name or its file.
bool selected(const model::Policy& policy, std::string_view file, std::string_view filter);

/// Runs those scenarios, by number in Library::scenarios.
ScenarioRun run_scenarios(const model::Library& library, const std::vector<std::uint32_t>& scenarios);

}  // namespace proviso::trial
