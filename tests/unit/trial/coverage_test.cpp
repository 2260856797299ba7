#include "trial/coverage/coverage.hpp"

#include <algorithm>

#include "all_scenarios.hpp"
#include "goals_support.hpp"
#include "trial/coverage/coverage_reports.hpp"
#include "trial/scenarios/words.hpp"

using namespace proviso;
using namespace proviso::trial;
using proviso::trial::test::all_scenarios;
using proviso::trial::test::Written;

namespace {

const std::string declarations = R"(library example
places { England { BLMK { Bedfordshire Luton } } }
record Referral { referred date  commissioner place
  bmi number kg/m2  smoking yes/no  aid yes/no  hip yes/no assume yes }
threshold max_bmi: number kg/m2 {
  may vary from 30 to 45
  40 from 2019-04-01
}
)";
const std::string policies = R"(
policy hips "Hips <and> \"knees\"" on Referral {
  source "Policy & plan" effective 2019-04-01 dated by referred in BLMK
  applies when hip
  approve when all {
    bmi "BMI is within the limit": bmi <= max_bmi
    smoking "Does not smoke": not smoking
  }
  otherwise refuse "Not funded"
}
variation of hips in Luton { from 2020-01-01 source "Luton" add aid "Decision aid": aid }
policy knees "Knees" on Referral {
  source "Policy" effective 2019-04-01 dated by referred
  approve when not smoking "Does not smoke"
  otherwise refuse "Not funded"
}
policy gone "Gone" on Referral {
  source "Policy" effective 2019-04-01 dated by referred status retired
  approve when smoking
  otherwise refuse "Not funded"
}
policy proposed "Proposed" on Referral {
  source "Policy" effective 2019-04-01 dated by referred status draft
  approve when smoking "Smokes"
  otherwise refuse "Not funded"
}
)";
const std::string scenarios = R"(
scenario "All criteria are met" of hips {
  given { referred = 2019-06-01, commissioner = Bedfordshire, bmi = 40 kg/m2, smoking = no }
  expect approve
}
scenario "BMI is above the limit" of hips {
  like "All criteria are met"
  vary bmi {
    41 kg/m2
    45 kg/m2
  }
  expect refuse
}
scenario "A smoker" of proposed {
  given { referred = 2019-06-01, smoking = yes }
  expect approve
}
)";

const Written& example() {
  static const Written written(declarations + policies + scenarios);
  return written;
}

/// What is shown of a policy, and by which scenario and case.
std::vector<std::string> shown(const Coverage& coverage, const std::string& policy) {
  std::vector<std::string> found;
  for (const PolicyCoverage& each : coverage.policies) {
    if (each.policy != policy) continue;
    for (std::size_t i = 0; i < each.goals.size(); ++i) {
      if (!each.is_shown(i)) continue;
      const CaseNumber by = each.shown_by[i];
      found.push_back(each.goals[i].what + ": " + std::to_string(by.scenario) + "." + std::to_string(by.index));
    }
  }
  return found;
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("each goal is shown by the first case that shows it") {
  const Coverage coverage = cover(example().library, all_scenarios(example().library));
  CHECK(shown(coverage, "example.hips") ==
        std::vector<std::string>{"the policy applies: 0.0", "approve decides: 0.0", "bmi decides by yes: 0.0",
                                 "bmi decides by no: 1.0", "bmi at max_bmi, 40 kg/m2: 0.0",
                                 "bmi just above max_bmi, 40 kg/m2: 1.0", "smoking decides by yes: 0.0",
                                 "otherwise refuse decides: 1.0"});
  REQUIRE(coverage.policies.size() == 3);
  const PolicyCoverage& hips = coverage.policies[0];
  CHECK(hips.shown == 8);
  CHECK(hips.goals.size() == 17);
  CHECK(hips.scenarios == 2);
  CHECK(hips.cases == 3);
  CHECK_FALSE(hips.complete());
}

TEST_CASE("policies without scenarios count with nothing shown, and drafts where there is nothing else") {
  const Coverage coverage = cover(example().library, all_scenarios(example().library));
  REQUIRE(coverage.policies.size() == 3);
  CHECK(coverage.policies[1].policy == "example.knees");
  CHECK(coverage.policies[1].shown == 0);
  CHECK(coverage.policies[1].goals.size() == 5);
  CHECK(coverage.policies[2].policy == "example.proposed");
  CHECK(coverage.policies[2].shown == 2);
  CHECK(coverage.policies[2].goals.size() == 5);
  CHECK(coverage.shown == 10);
  CHECK(coverage.goals == 27);
  CHECK(coverage.percent() == Approx(37.03));
}

TEST_CASE("a filter leaves the policies of the selected scenarios") {
  const Coverage coverage = cover(example().library, {2}, {"example.proposed"});
  REQUIRE(coverage.policies.size() == 1);
  CHECK(coverage.policies[0].policy == "example.proposed");
  CHECK(coverage.goals == 5);
}

TEST_CASE("a policy that is asked for and has no scenario is there with nothing shown") {
  const Coverage coverage = cover(example().library, {}, {"example.knees"});
  REQUIRE(coverage.policies.size() == 1);
  CHECK(coverage.policies[0].shown == 0);
  CHECK(coverage.goals == 5);
}

TEST_CASE("what a variation of another library brings in is said to be that library's") {
  const Written written(declarations + policies + scenarios,
                        "library local\nuse example\n"
                        "variation of example.hips in Bedfordshire { from 2020-01-01 source \"Local\" "
                        "add night \"Night\": aid }\n");
  std::string text;
  append_coverage_text(text, {written.library, written.sources}, cover(written.library, {0}, {"example.hips"}));
  CAPTURE(text);
  CHECK(text.find("  Bedfordshire, of library local\n") != std::string::npos);
  CHECK(text.find("  night, of library local\n") != std::string::npos);
  CHECK(text.find("  aid\n") != std::string::npos);
  CHECK(text.find("  bmi\n") != std::string::npos);
}

TEST_CASE("a scenario with drafts shows the draft, and one without it the version before") {
  const Written written(declarations + R"(
policy p "P" on Referral {
  source "Policy" effective 2019-04-01 dated by referred
  approve when smoking "Smokes"
  otherwise refuse "No"
}
policy p "P" on Referral {
  source "Policy" effective 2020-01-01 dated by referred status draft
  approve when aid "Aid"
  otherwise refuse "No"
}
scenario "As it is" of p {
  given { referred = 2020-06-01, smoking = yes }
  expect approve
}
)");
  CHECK(cover(written.library, {0}).goals == 5);
  const Written both(declarations + R"(
policy p "P" on Referral {
  source "Policy" effective 2019-04-01 dated by referred
  approve when smoking "Smokes"
  otherwise refuse "No"
}
policy p "P" on Referral {
  source "Policy" effective 2020-01-01 dated by referred status draft
  approve when aid "Aid"
  otherwise refuse "No"
}
scenario "As it is" of p {
  given { referred = 2020-06-01, smoking = yes }
  expect approve
}
scenario "As it may be" of p {
  like "As it is"
  with drafts
  expect information needed
}
)");
  const Coverage coverage = cover(both.library, {0, 1});
  CHECK(coverage.goals == 10);
  CHECK(shown(coverage, "example.p") == std::vector<std::string>{"approve decides: 0.0", "approve decides by yes: 0.0",
                                                                 "approve decides by unknown: 1.0"});
}

TEST_CASE("the score is only whole when all is shown") {
  CHECK(percent_of(0, 0) == 100);
  CHECK(percent_of(3, 3) == 100);
  CHECK(percent_of(99999, 100000) == Approx(99.99));
  CHECK(percent_of(1, 3) == Approx(33.33));
}

TEST_CASE("the text names what is missing by criterion and place in the file") {
  const Coverage coverage = cover(example().library, all_scenarios(example().library));
  std::string text;
  append_coverage_text(text, {example().library, example().sources}, coverage);
  const std::string expected = R"(example.hips: 9 of 17 goals are not shown
  example.policy:10  applies when
      no case in which the policy does not apply
  example.policy:14  bmi
      does not decide by unknown
      no bmi just below max_bmi, 40 kg/m2
  example.policy:15  smoking
      does not decide by no, unknown
  example.policy:19  Luton
      no case in which the variation in Luton from 2020-01-01 is in force
  example.policy:19  aid
      does not decide by yes, no, unknown

example.knees: 5 of 5 goals are not shown
  it has no scenario

example.proposed: 3 of 5 goals are not shown
  example.policy:32  approve
      does not decide by no, unknown
  example.policy:33  otherwise
      no case in which otherwise refuse decides

policy            cases  shown    score
----------------  -----  -------  ------
example.hips      3      8 of 17  47.05%
example.knees     0      0 of 5   0%
example.proposed  1      2 of 5   40%

coverage: 10 of 27 goals shown, 37.03%; 0 of 3 policies are complete
)";
  CHECK(text == expected);
}

TEST_CASE("JSON has each goal with the case that shows it") {
  const Coverage coverage = cover(example().library, {0, 1}, {"example.hips"});
  std::string json;
  append_coverage_json(json, {example().library, example().sources}, coverage);
  CHECK(json.substr(0, 90) ==
        R"({"shown": 8, "goals": 17, "percent": 47.05, "scenarios": 2, "cases": 3, "policies": [{"pol)");
  CHECK(json.find(R"({"aim": "above", "of": "bmi", "what": "bmi just above max_bmi, 40 kg/m2", "value": "40 kg/m2", )"
                  R"("threshold": "max_bmi", "version": "2019-04-01", "file": "example.policy", "line": 14, )"
                  R"("shown_by": {"scenario": "BMI is above the limit", "case": 1, "label": "bmi = 41 kg/m2"}})") !=
        std::string::npos);
  CHECK(occurrences(json, R"("shown_by": null)") == 9);
  CHECK(occurrences(json, R"("aim": )") == 17);
  CHECK(std::count(json.begin(), json.end(), '{') == std::count(json.begin(), json.end(), '}'));
  CHECK(std::count(json.begin(), json.end(), '\n') == 0);
}

TEST_CASE("the page is self-contained, and says in words what is missing") {
  const Coverage coverage = cover(example().library, all_scenarios(example().library));
  std::string page;
  append_coverage_html(page, {example().library, example().sources}, coverage);
  CHECK(page.substr(0, 45) == "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<m");
  CHECK(page.find("Hips &lt;and&gt; &quot;knees&quot;") != std::string::npos);
  CHECK(page.find("Policy &amp; plan") != std::string::npos);
  CHECK(page.find("<and>") == std::string::npos);
  for (const char* foreign : {"<script", "http:", "https:", "src=", "@import", "url("}) {
    CAPTURE(foreign);
    CHECK(page.find(foreign) == std::string::npos);
  }
  CHECK(occurrences(page, "class=\"mark shown\"") == coverage.shown);
  CHECK(occurrences(page, "class=\"mark missing\"") == coverage.goals - coverage.shown);
  CHECK(occurrences(page, ": not shown</span>") == coverage.goals - coverage.shown);
  CHECK(page.find("<strong>No scenario tries this policy.</strong>") != std::string::npos);
  for (const char* tag : {"table", "tr", "td", "section", "dl", "details", "span", "code", "tbody", "main"}) {
    CAPTURE(tag);
    const std::string name(tag);
    CHECK(occurrences(page, "<" + name + ">") + occurrences(page, "<" + name + " ") ==
          occurrences(page, "</" + name + ">"));
  }
}
