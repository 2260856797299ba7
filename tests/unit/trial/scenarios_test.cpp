#include "scenarios_support.hpp"

#include <chrono>

#include <fmt/format.h>

using namespace proviso;
using namespace proviso::trial;
using namespace proviso::trial::scenario_tests;

TEST_CASE("every outcome is expected or not") {
  CHECK(difference("cancer = no", "expect approve") == "");
  CHECK(difference("smoker = yes", "expect refuse") == "");
  CHECK(difference("cancer = yes", "expect exempt") == "");
  CHECK(difference("visits = { { severe = yes }, { severe = yes } }", "expect review") == "");
  CHECK(difference("smoker = unknown", "expect information needed") == "");
  CHECK(difference("commissioner = LLR", "expect not applicable") == "");
  for (const char* but : {"cancer = no", "smoker = yes", "cancer = yes", "smoker = unknown"}) {
    INFO(but);
    CHECK(difference(but, "expect review") == "the outcome");
    CHECK(difference(but, "expect not applicable") == "the outcome");
  }
}

TEST_CASE("a reason must be among those that decided") {
  // Of a group, of a group in it, and of the criteria inside.
  CHECK(difference("rest = no", "expect refuse because pain") == "");
  CHECK(difference("rest = no", "expect refuse because at_rest, at_night, pain") == "");
  CHECK(difference("cancer = no", "expect approve because bmi, smoke_free, pain, at_rest") == "");
  CHECK(difference("cancer = no", "expect approve because at_night") ==
        "`at_night` did not decide: it is no; what did: `approve`, `bmi`, `smoke_free`, `pain`, `at_rest`");
  CHECK(difference("rest = no", "expect refuse because bmi") ==
        "`bmi` did not decide: it is yes; what did: `often`, `pain`, `at_rest`, `at_night`");
  // Of several, each.
  CHECK(difference("rest = no", "expect refuse because pain, smoke_free") ==
        "`smoke_free` did not decide: it is yes; what did: `often`, `pain`, `at_rest`, `at_night`");
  // What keeps the outcome open.
  CHECK(difference("smoker = unknown", "expect information needed because smoke_free") == "");
  CHECK(difference("smoker = unknown", "expect information needed because bmi") ==
        "`bmi` did not decide: it is yes; what did: `smoke_free`");
  // With another outcome the reason's value says why.
  CHECK(difference("smoker = no", "expect refuse because smoke_free") == "the outcome; `smoke_free` is yes");
}

TEST_CASE("a clause is a reason too") {
  CHECK(difference("cancer = yes", "expect exempt because tumour") == "");
  CHECK(difference("visits = { { severe = yes }, { severe = yes } }", "expect review because often") == "");
  CHECK(difference("smoker = no", "expect approve because approve") == "");
  CHECK(difference("cancer = no, smoker = yes", "expect refuse because tumour") ==
        "`tumour` did not decide: it is no; what did: `often`, `smoke_free`");
}

TEST_CASE("the facts that are needed are just those") {
  CHECK(difference("smoker = unknown", "expect information needed about smoker") == "");
  CHECK(difference("rest = unknown, night = unknown", "expect information needed about night, rest") == "");
  CHECK(difference("rest = unknown, night = unknown", "expect information needed about rest") ==
        "`night` is asked for too");
  CHECK(difference("rest = unknown", "expect information needed about rest, night") == "`night` is not asked for");
  CHECK(difference("rest = unknown", "expect information needed about smoker") ==
        "`smoker` is not asked for; `rest` is asked for too");
  // A measurement that is out of date is needed again.
  CHECK(difference("bmi = 30 kg/m2 on 2018-10-31", "expect information needed about bmi") == "");
  CHECK(difference("bmi = 30 kg/m2 on 2018-11-01", "expect approve") == "");
}

TEST_CASE("places and dates decide which version says what") {
  CHECK(difference("bmi = 36 kg/m2", "expect approve") == "");
  CHECK(difference("bmi = 36 kg/m2, commissioner = Luton", "expect refuse because bmi") == "");
  CHECK(difference("bmi = 36 kg/m2, commissioner = Luton, referred = 2019-09-30", "expect approve") == "");
  CHECK(difference("commissioner = LLR", "expect approve") ==
        "the outcome; no version of the policy holds in LLR on 2019-11-01");
  CHECK(difference("referred = 2019-03-31", "expect approve") ==
        "the outcome; no version of the policy holds in Bedfordshire on 2019-03-31");
  CHECK(difference("referred = unknown", "expect information needed about referred") == "");
  CHECK(difference("commissioner = unknown, bmi = 36 kg/m2", "expect information needed about commissioner") == "");
}

TEST_CASE("drafts decide where they are asked, or where there is nothing else") {
  const auto failures = [](const std::string& scenario) { return Tried(vocabulary + scenario).run().failures.size(); };
  CHECK(failures("scenario \"a\" of advice { given { smoker = yes } expect review }") == 0);
  const std::string given = "given { referred = 2020-04-01, smoker = yes, bmi = 30 kg/m2 }";
  CHECK(failures("scenario \"a\" of renewed { " + given + " expect not applicable }") == 0);
  CHECK(failures("scenario \"a\" of renewed { " + given + " with drafts expect approve }") == 0);
  // Both ways in one library: neither takes the other's engine.
  CHECK(failures("scenario \"a\" of renewed { " + given + " expect approve }\nscenario \"b\" of renewed { " + given +
                 " with drafts expect approve }") == 1);
}

TEST_CASE("a failure shows every criterion with what it read") {
  const Tried tried = like_base(
      "commissioner = Luton, bmi = 36 kg/m2 on 2019-10-20, rest = no, visits = { { on = 2019-01-03, severe = yes } }",
      "expect approve");
  const ScenarioRun run = tried.run();
  REQUIRE(run.failures.size() == 1);
  const Failure& failure = run.failures.front();
  CHECK(failure.expected == "approve");
  CHECK(failure.came == "refuse by otherwise");
  CHECK(failure.version == "version of 2019-04-01, in Luton, on 2019-11-01");
  CHECK(failure.assumed == std::vector<std::string>{"cancer = no"});
  std::string seen;
  for (const SeenCriterion& each : failure.criteria) {
    seen += fmt::format("{}{}={}{}", seen.empty() ? "" : " ", each.name, each.result, each.decided ? "*" : "");
  }
  CHECK(seen == "tumour=no often=no* approve=no bmi=no* smoke_free=yes pain=no* at_rest=no* at_night=no*");
  const auto values = [&](std::string_view name) {
    std::string out;
    for (const SeenCriterion& each : failure.criteria) {
      if (each.name != name) continue;
      for (const SeenValue& value : each.values) out += value.name + " = " + value.value + "; ";
    }
    return out;
  };
  CHECK(values("bmi") == "bmi = 36 kg/m2 on 2019-10-20; max_bmi = 35 kg/m2 in Luton from 2019-10-01; ");
  CHECK(values("tumour") == "cancer = no, assumed; diagnoses = { }; ");
  CHECK(values("often") == "visits = 1 entry: { { on = 2019-01-03, severe = yes } }; count of visits = 1; ");
}

TEST_CASE("failures come in the order of the scenarios, whatever their policies") {
  const std::string wrong = " { given { referred = 2019-11-01, smoker = yes } expect exempt }\n";
  const Tried tried(vocabulary + "scenario \"1\" of advice" + wrong + "scenario \"2\" of renewed" + wrong +
                    "scenario \"3\" of advice" + wrong);
  const ScenarioRun run = tried.run();
  std::string order;
  for (const Failure& failure : run.failures) order += tried.library.scenarios[failure.number.scenario].title;
  CHECK(order == "123");
  CHECK(run.run.size() == 3);
}

TEST_CASE("a filter is part of a title, a policy or a file") {
  model::Scenario scenario;
  scenario.title = "BMI above the limit";
  scenario.policy = "blmk.hip_replacement";
  CHECK(selected(scenario, "policies/blmk/hips.policy", ""));
  CHECK(selected(scenario, "policies/blmk/hips.policy", "above the"));
  CHECK(selected(scenario, "policies/blmk/hips.policy", "bmi ABOVE"));
  CHECK(selected(scenario, "policies/blmk/hips.policy", "blmk.hip"));
  CHECK(selected(scenario, "policies/blmk/hips.policy", "blmk/hips"));
  CHECK_FALSE(selected(scenario, "policies/blmk/hips.policy", "knee"));
}

TEST_CASE("more cases than one chunk holds, quickly") {
  constexpr int count = 3000;
  std::string text = vocabulary + base + "scenario \"many\" of hips { like \"base\" vary bmi {\n";
  for (int i = 0; i < count; ++i) {
    // The 2500th says what does not come.
    text += fmt::format("{} kg/m2 -> {}\n", 30 + i % 20, (i % 20 <= 10) != (i == 2500) ? "approve" : "refuse");
  }
  const Tried tried(text + "} expect approve }\n");
  const ScenarioRun run = tried.run();
  CHECK(run.cases == count + 1);
  REQUIRE(run.failures.size() == 1);
  CHECK(run.failures.front().number.index == 2500);
  CHECK(run.seconds < 1);
}
