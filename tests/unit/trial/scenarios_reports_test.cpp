#include <algorithm>

#include "scenarios_support.hpp"

using namespace proviso;
using namespace proviso::trial;
using namespace proviso::trial::scenario_tests;

namespace {

std::string text_of(const Tried& tried, bool colour = false) {
  ScenarioRun run = tried.run();
  run.seconds = 0.034;
  std::string out;
  append_run_text(out, tried.sourced(), run, colour);
  return out;
}

}  // namespace

TEST_CASE("all as expected is one line") {
  CHECK(text_of(Tried(vocabulary + base)) == "1 scenario, 1 case: all as expected (0.03 s)\n");
  CHECK(text_of(Tried(vocabulary)) == "no scenarios\n");
  CHECK(text_of(like_base("smoker = yes", "expect refuse unverified \"not seen\"")) ==
        "2 scenarios, 2 cases: all as expected (0.03 s)\n"
        "1 scenario is unverified: nobody has confirmed what it expects\n");
}

TEST_CASE("of a scenario's failures the first has all criteria, the others those that decided") {
  const std::string rows =
      "scenario \"rows\" of hips {\n  like \"base\"\n  vary smoker, bmi {\n    yes, 30 kg/m2\n"
      "    no, 50 kg/m2\n  }\n  expect approve\n}\n";
  const Tried tried(vocabulary + base + rows +
                    "scenario \"alone\" of hips { like \"base\" but { smoker = yes } expect review }\n");
  const std::string text = text_of(tried);
  CAPTURE(text);
  const std::size_t second = text.find("FAILED", 1);
  const std::size_t third = text.find("FAILED", second + 1);
  CHECK(text.find("    no      approve") < second);
  const std::string other = text.substr(second, third - second);
  CHECK(other.find("criteria that decided:") != std::string::npos);
  CHECK(other.find("* no        bmi: BMI") != std::string::npos);
  CHECK(other.find("smoke_free") == std::string::npos);
  CHECK(text.find("smoke_free", third) != std::string::npos);
}

TEST_CASE("in brief, a failure is what was expected and what came") {
  const Tried tried = like_base("smoker = yes", "expect approve");
  std::string out;
  ScenarioRun run = tried.run();
  run.seconds = 0.034;
  append_run_text(out, tried.sourced(), run, false, FailureForm::brief);
  CHECK(out ==
        "FAILED \"other\" of example.hips\n"
        "  example.policy:" +
            std::to_string(tried.sources.start(tried.library.scenarios[1].span).line) +
            "\n"
            "  expected:   approve\n"
            "  came:       refuse by otherwise\n"
            "  difference: the outcome\n"
            "\n"
            "2 scenarios, 2 cases: 1 not as expected (0.03 s)\n");
}

TEST_CASE("colour is put on, or not") {
  CHECK(text_of(like_base("smoker = yes", "expect approve")).find('\x1b') == std::string::npos);
  CHECK(text_of(like_base("smoker = yes", "expect approve"), true).find("\x1b[1;31mFAILED\x1b[0m") == 0);
}

TEST_CASE("policies without scenarios are those that decide or will") {
  Tried tried(vocabulary + base);
  CHECK(policies_without_scenarios(tried.library) == std::vector<std::string>{"example.advice", "example.renewed"});
  for (auto& policy : tried.library.policies) {
    if (policy.name == "advice") policy.status = model::Status::retired;
  }
  CHECK(policies_without_scenarios(tried.library) == std::vector<std::string>{"example.renewed"});
}

TEST_CASE("XML holds any title") {
  Tried tried(vocabulary + base);
  tried.library.scenarios.front().title = "a<b & \"c\" \x01\x1b\n\xff\xef\xbf\xbe é";
  std::string out;
  append_run_junit(out, tried.sourced(), tried.run());
  const std::string lost = "\xef\xbf\xbd";
  CHECK(out.find("name=\"a&lt;b &amp; &quot;c&quot; " + lost + lost + "&#10;" + lost + lost + " é\"") !=
        std::string::npos);
  CHECK(out.find("tests=\"1\" failures=\"0\"") != std::string::npos);
}

TEST_CASE("a suite is a policy's, whatever the order of the scenarios") {
  const std::string wrong = " { given { referred = 2019-11-01, smoker = yes } expect exempt }\n";
  const std::string right = " { given { referred = 2019-11-01, smoker = yes } expect review }\n";
  const Tried tried(vocabulary + "scenario \"1\" of advice" + wrong + "scenario \"2\" of renewed" + wrong +
                    "scenario \"3\" of advice" + right);
  std::string out;
  append_run_junit(out, tried.sourced(), tried.run());
  CHECK(out.find("<testsuite name=\"example.advice\" tests=\"2\" failures=\"1\" errors=\"0\">") != std::string::npos);
  CHECK(out.find("<testsuite name=\"example.renewed\" tests=\"1\" failures=\"1\" errors=\"0\">") != std::string::npos);
  CHECK(out.find("message=\"expected exempt, came review by otherwise: the outcome\"") != std::string::npos);
}

TEST_CASE("the place of a case is that of its row") {
  const Tried tried(vocabulary + base +
                    "scenario \"rows\" of hips {\n  like \"base\"\n  vary smoker {\n    no\n    yes\n"
                    "  }\n  expect approve\n}\n");
  const ScenarioRun run = tried.run();
  REQUIRE(run.failures.size() == 1);
  const auto& tried_case = tried.library.scenarios[1].cases[run.failures.front().number.index];
  CHECK(tried_case.label == "smoker = yes");
  const std::string content(tried.sources.file(0).content());
  const auto line =
      std::count(content.begin(), content.begin() + static_cast<long>(content.find("    yes\n")), '\n') + 1;
  CHECK(file_and_line(tried.sources, tried_case.span) == "example.policy:" + std::to_string(line));
  CHECK(file_and_line(tried.sources, {99, 0, 0}).empty());
}
