#include "trial/drawing/plausible.hpp"

#include "scenarios_support.hpp"

using namespace proviso;
using namespace proviso::trial;
using namespace proviso::trial::scenario_tests;

namespace {

const std::string library = R"(library example
places { England { Luton ods:06P Bedfordshire ods:06F } }
record Visit { on date  seen_from date  seen_until date }
record Referral { referred date  commissioner place  born date  bmi number kg/m2 measured valid 12 months
  ill_from date  ill_until date  planned_operation date  pain yes/no  visits list of Visit }
policy p "P" on Referral {
  source "Plan" effective 2019-04-01 dated by referred placed by commissioner in England
  approve when pain "Pain"
  otherwise refuse "Not funded"
}
scenario "base" of p {
  given { referred = 2020-06-01, commissioner = Luton, born = 1980-01-01, bmi = 30 kg/m2, ill_from = 2020-01-01,
          visits = { { on = 2020-02-01 } } }
  expect information needed
}
)";

std::string like(const std::string& but) {
  return "scenario \"other\" of p { like \"base\" but { " + but + " } expect refuse }\n";
}

std::size_t doubts(const std::string& but) {
  const Tried tried(library + like(but));
  return Plausible(tried.library, "example.p").doubts(tried.library.scenarios[1].cases[0].given);
}

std::size_t effort(const std::string& but) {
  const Tried tried(library + like(but));
  const auto& scenarios = tried.library.scenarios;
  return Plausible(tried.library, "example.p").effort(scenarios[0].cases[0].given, scenarios[1].cases[0].given);
}

}  // namespace

TEST_CASE("what cannot have happened yet is odd") {
  CHECK(doubts("pain = yes") == 0);
  CHECK(doubts("referred = unknown, born = 2030-01-01") == 0);
  CHECK(doubts("born = 2020-06-01") == 1);
  CHECK(doubts("born = 2020-06-02") == 2);
  CHECK(doubts("ill_from = 2020-06-01") == 0);
  CHECK(doubts("ill_from = 2020-06-02") == 1);
  CHECK(doubts("ill_until = 2020-06-02, planned_operation = 2021-01-01") == 0);
  CHECK(doubts("ill_until = 2019-12-31") == 1);
  CHECK(doubts("bmi = 30 kg/m2 on 2020-06-02") == 1);
  CHECK(doubts("bmi = -1 kg/m2") == 1);
  CHECK(doubts("visits = { { on = 2020-06-02 }, { seen_from = 2020-02-01, seen_until = 2020-01-01 } }") == 2);
}

TEST_CASE("a record is the further from another the more differs") {
  CHECK(effort("born = 1980-01-01") == 0);
  CHECK(effort("pain = yes") < effort("pain = yes, born = 1990-01-01"));
  CHECK(effort("pain = yes, born = 1990-01-01") < effort("referred = 2020-06-02"));
  CHECK(effort("pain = yes, born = 1990-01-01") < effort("commissioner = Bedfordshire"));
  CHECK(effort("visits = { { on = 2020-02-02 } }") < effort("visits = { { on = 2020-02-02 }, { }, { } }"));
  CHECK(effort("pain = yes") < effort("born = 2020-07-01"));
}
