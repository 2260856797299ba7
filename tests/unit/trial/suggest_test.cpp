#include "trial/suggestion/suggest.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "all_scenarios.hpp"
#include "check/check.hpp"
#include "syntax/parse.hpp"
#include "syntax/print.hpp"
#include "text/render.hpp"
#include "trial/scenarios/scenarios.hpp"

using namespace proviso;

namespace {

const char* const sample_library = R"(library sample
places { England { BLMK { Bedfordshire ods:06F Luton ods:06P } Leicester ods:04C } }
record Visit { on date  severe yes/no }
record Patient { bmi number kg/m2 "Body mass index" measured valid 12 months  born date }
record Referral {
  id text  referred date  commissioner place  procedure code opcs4  patient Patient
  pain yes/no  night yes/no  grade scale mild < moderate < severe
  visits list of Visit  weeks_treated number  cancer yes/no assume no
}
codes hips opcs4 { W37.1 W38.1..W38.4 W93 }
threshold max_bmi: number kg/m2 {
  may vary from 30 to 45
  40 from 2019-04-01
  in Luton 35 from 2019-10-01
}
policy hips "Hip replacement" on Referral {
  source "Policy" effective 2019-04-01 dated by referred in BLMK
  applies when procedure in hips
  exempt cancer when cancer "Suspected cancer"
  review young when years from patient.born to referred < 18 "Children are seen by a panel"
  approve when all {
    bmi     "BMI is within the limit": patient.bmi <= max_bmi
    signs   "One or more signs of severe disease": any {
      pain  "Pain at rest": pain
      night "Pain at night": night
    }
    grade   "The disease is at least moderate": grade >= moderate
    visits  "Three severe visits in a year": (count of v in visits where v.severe and v.on > referred - 1 year) >= 3
    treated "Twelve weeks of treatment": weeks_treated >= 12
  }
  otherwise refuse "Not funded"
}
variation of hips in Bedfordshire { from 2020-04-01  source "Minutes"  remove treated }
)";

const char* const other_library = R"(library other
use sample
policy knees "Knee replacement" on Referral {
  source "Policy" effective 2019-04-01 dated by referred in BLMK
  review tried when pain and night
  otherwise refuse
}
)";

struct Files {
  explicit Files(const std::vector<std::string>& contents) {
    text::Diagnostics diagnostics;
    std::vector<check::SourceTree> trees;
    for (const std::string& content : contents) {
      const auto file = sources.add("file" + std::to_string(trees.size()) + ".policy", content);
      trees.push_back({syntax::parse(sources, file, diagnostics), file, "."});
    }
    printed = syntax::print(trees.back().tree);
    library = check::check(trees, sources, diagnostics);
    INFO(contents.back());
    INFO(text::render(diagnostics, sources, text::Format::text, false));
    REQUIRE_FALSE(diagnostics.has_errors());
  }
  text::Sources sources;
  model::Library library;
  std::string printed;  ///< the last file, formatted

  trial::ScenarioRun run() const { return trial::run_scenarios(library, trial::test::all_scenarios(library)); }
};

}  // namespace

TEST_CASE("Suggested scenarios check, pass, and show what was said") {
  const Files before({sample_library});
  const std::uint64_t seed = std::random_device{}();
  CAPTURE(seed);
  const trial::Suggested suggested = trial::suggest(before.library, {"sample.hips"}, seed);
  REQUIRE(suggested.policies.size() == 1);
  const trial::SuggestedPolicy& of_policy = suggested.policies.front();
  CHECK(of_policy.shown_before == 0);
  CHECK(of_policy.shown_after + of_policy.not_found.size() == of_policy.goals);
  CAPTURE(suggested.text);
  CHECK(of_policy.not_found.empty());
  const Files after({sample_library, suggested.text});
  CHECK(after.printed == suggested.text);
  REQUIRE(after.library.scenarios.size() == of_policy.scenarios);
  const trial::ScenarioRun run = after.run();
  CHECK(run.cases == of_policy.cases);
  CHECK(run.failures.empty());
  CHECK(run.unverified == of_policy.scenarios);
  std::set<std::string> titles;
  for (const auto& scenario : after.library.scenarios) CHECK(titles.insert(scenario.title).second);

  SECTION("With them there is nothing left to suggest") {
    const trial::Suggested again = trial::suggest(after.library, {"sample.hips"}, seed + 1);
    CHECK(again.policies.front().shown_before == of_policy.shown_after);
    CHECK(again.policies.front().scenarios == 0);
  }
  SECTION("Where one is missing, it is suggested again, like the approved one") {
    const std::string first = suggested.text.substr(0, suggested.text.find("}\n\n") + 2);
    const Files less({sample_library, first});
    REQUIRE(less.library.scenarios.size() == 1);
    const trial::Suggested rest = trial::suggest(less.library, {"sample.hips"}, seed);
    CHECK(rest.policies.front().shown_before > 0);
    CHECK(rest.policies.front().shown_after == of_policy.shown_after);
    CHECK(rest.text.find("scenario \"A case that is approved\"") == std::string::npos);
    CHECK(rest.text.find("like \"A case that is approved\" but {") != std::string::npos);
    CHECK(Files({sample_library, first, rest.text}).run().failures.empty());
  }
}

TEST_CASE("Limits are tables, and titles are the criteria's sentences") {
  const Files files({sample_library});
  const std::string text = trial::suggest(files.library, {}, 3).text;
  CAPTURE(text);
  CHECK(text.find("vary patient.bmi") != std::string::npos);
  CHECK(text.find("The limits of ") != std::string::npos);
  CHECK(text.find("unknown ") != std::string::npos);
  CHECK(text.find("expect approve") != std::string::npos);
  CHECK(text.find("Exempt: Suspected cancer") != std::string::npos);
  CHECK(text.find("pain = no") != std::string::npos);
  CHECK(text == trial::suggest(files.library, {}, 3).text);
}

TEST_CASE("Policies of several libraries are suggested for in one file") {
  const Files files({sample_library, other_library});
  const trial::Suggested suggested = trial::suggest(files.library, {}, 3);
  REQUIRE(suggested.policies.size() == 2);
  CHECK(suggested.text.find(" of other.knees {") != std::string::npos);
  const Files after({sample_library, other_library, suggested.text});
  CHECK(after.printed == suggested.text);
  CHECK(after.run().failures.empty());
}

TEST_CASE("What cannot be shown is said, with how many records were tried") {
  const Files files({R"(library sample
record Referral { referred date  bmi number  pain yes/no }
policy never "Never" on Referral {
  source "Policy" effective 2019-04-01 dated by referred
  approve both when bmi > 30 and bmi < 20 "Both"
  approve pain when pain "Pain"
  otherwise refuse
}
)"});
  const trial::Suggested suggested = trial::suggest(files.library, {}, 8);
  const trial::SuggestedPolicy& of_policy = suggested.policies.front();
  REQUIRE_FALSE(of_policy.not_found.empty());
  CHECK(of_policy.records_tried > 1000);
  CHECK(suggested.text.find("(seed 8), none shows\n#   ") != std::string::npos);
}

TEST_CASE("There is nothing to suggest for a policy that is not there") {
  const Files files({sample_library});
  const trial::Suggested suggested = trial::suggest(files.library, {"sample.ankles"}, 1);
  CHECK(suggested.policies.empty());
  CHECK(suggested.text.empty());
}

TEST_CASE("A policy that reads no fact has one scenario") {
  const std::string policy = R"(library sample
record Referral { id text  pain yes/no }
policy never "Never" on Referral {
  source "Policy"
  otherwise refuse
}
)";
  const Files files({policy});
  const trial::Suggested suggested = trial::suggest(files.library, {}, 8);
  REQUIRE(suggested.policies.size() == 1);
  CHECK(suggested.policies.front().not_found.empty());
  CHECK(suggested.policies.front().scenarios == 1);
  const Files after({policy, suggested.text});
  CHECK(after.printed == suggested.text);
  CHECK(after.run().failures.empty());
}
