#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "text/source.hpp"
#include "trial/scenarios/scenarios.hpp"

/// What is said of a run of scenarios.
namespace proviso::trial {

/// `policies/hips.policy:41`; empty where the span has no file.
std::string file_and_line(const text::Sources& sources, text::Span span);

/// The library, and the files that its spans point into.
struct Sourced {
  const model::Library& library;
  const text::Sources& sources;
};

/// How much is said of a failure.
enum class FailureForm : std::uint8_t {
  whole,  ///< all that its cause can be read from; criteria that did not decide only for the scenario's first failure
  brief,  ///< what was expected and what came, where
};

/// Quiet when all is as expected: a line, and one more where scenarios are unverified.
void append_run_text(std::string& out, const Sourced& sourced, const ScenarioRun& run, bool colour,
                     FailureForm form = FailureForm::whole);

/// One of them, as it stands there: several lines and an empty one.
void append_failure_text(std::string& out, const Sourced& sourced, const Failure& failure, bool colour);

/// A member of a JSON object: its name, and its value as JSON.
struct JsonMember {
  std::string name;
  std::string value;
};

/// One JSON object on one line, without its end: counts, failures with all of their criteria, unverified scenarios, and
/// the policies of the library that have no scenario; then what else was found.
void append_run_json(std::string& out, const Sourced& sourced, const ScenarioRun& run,
                     const std::vector<JsonMember>& further = {});

/// JUnit's XML: a suite for each policy, a test case for each case.
void append_run_junit(std::string& out, const Sourced& sourced, const ScenarioRun& run);
/// The same where nothing could be run: one error that says why.
void append_no_run_junit(std::string& out, std::string_view why);

/// `blmk.hip_replacement "BMI above the limit" (3 cases) policies/hips.policy:41`, a line each.
void append_list_text(std::string& out, const Sourced& sourced, const std::vector<std::uint32_t>& scenarios);
/// One JSON object on one line, without its end.
void append_list_json(std::string& out, const Sourced& sourced, const std::vector<std::uint32_t>& scenarios);

/// The scenarios of the run, each once, in its order.
std::vector<std::uint32_t> scenarios_of(const ScenarioRun& run);
/// Full names of the policies that have no scenario, in the order of the library. Those that are retired need none.
std::vector<std::string> policies_without_scenarios(const model::Library& library);

}  // namespace proviso::trial
