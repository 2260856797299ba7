#pragma once

#include <catch2/catch.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "all_scenarios.hpp"
#include "check/check.hpp"
#include "syntax/parse.hpp"
#include "text/render.hpp"
#include "trial/scenarios/scenario_reports.hpp"
#include "trial/scenarios/scenarios.hpp"

namespace proviso::trial::scenario_tests {

/// A library of one file, which has no errors.
struct Tried {
  text::Sources sources;
  model::Library library;

  explicit Tried(const std::string& content) {
    text::Diagnostics diagnostics;
    const auto file = sources.add("example.policy", content);
    std::vector<check::SourceTree> trees;
    trees.push_back({syntax::parse(sources, file, diagnostics), file, "."});
    library = check::check(trees, sources, diagnostics);
    INFO(text::render(diagnostics, sources, text::Format::text, false));
    REQUIRE(!diagnostics.has_errors());
  }

  ScenarioRun run() const { return run_scenarios(library, test::all_scenarios(library)); }
  Sourced sourced() const { return {library, sources}; }
};

/// One policy that holds in BLMK from 2019-04-01 to 2021-03-31, one draft, and one that was a draft beside an adopted
/// version.
inline const std::string vocabulary = R"(library example
places { England { BLMK { Bedfordshire ods:06F Luton ods:06P } LLR } }
record Visit { on date  severe yes/no }
record Referral {
  id text  referred date  commissioner place
  bmi number kg/m2 measured valid 12 months  smoker yes/no  rest yes/no  night yes/no
  cancer yes/no assume no  visits list of Visit  diagnoses list of code icd10
}
codes tumours icd10 { C00..C97 }
threshold max_bmi: number kg/m2 { may vary from 30 to 45  40 from 2019-04-01  in Luton 35 from 2019-10-01 }
policy hips "Hips" on Referral {
  source "Plan" effective 2019-04-01 to 2021-03-31 dated by referred in BLMK
  exempt tumour when cancer or any d in diagnoses where d in tumours "Cancer"
  review often when (count of v in visits where v.severe) >= 2 "Many severe visits"
  approve when all {
    bmi "BMI": bmi <= max_bmi
    smoke_free "Does not smoke": not smoker
    pain "Pain": any { at_rest "At rest": rest  at_night "At night": night }
  }
  otherwise refuse "Not funded"
}
policy advice "Advice" on Referral {
  status draft source "Proposal"
  approve when not smoker "None is needed"
  otherwise review "Advice"
}
policy renewed "Renewed" on Referral {
  source "Plan" effective 2019-04-01 to 2020-03-31 dated by referred
  approve when not smoker "Does not smoke"
  otherwise refuse "Smokes"
}
policy renewed "Renewed" on Referral {
  status draft source "Proposal" effective 2020-04-01 dated by referred
  approve when bmi <= 40 kg/m2 "BMI"
  otherwise refuse "BMI is too great"
}
)";

/// All criteria of hips are met, for which no fact is missing.
inline const std::string base = R"(scenario "base" of hips {
  given {
    referred = 2019-11-01, commissioner = Bedfordshire, bmi = 30 kg/m2, smoker = no, rest = yes, night = no,
    visits = {}, diagnoses = {}
  }
  expect approve
}
)";

/// The base and one more scenario, that differs from it in `but`.
inline Tried like_base(const std::string& but, const std::string& expected) {
  return Tried(vocabulary + base + "scenario \"other\" of hips { like \"base\" but { " + but + " } " + expected +
               " }\n");
}

/// The difference that such a scenario shows; empty where it is as expected.
inline std::string difference(const std::string& but, const std::string& expected) {
  const Tried tried = like_base(but, expected);
  const ScenarioRun run = tried.run();
  CHECK(run.cases == 2);
  return run.failures.empty() ? "" : run.failures.front().difference;
}

}  // namespace proviso::trial::scenario_tests
