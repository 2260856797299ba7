#include <catch2/catch.hpp>

#include "support.hpp"
#include "value/decimal.hpp"

using namespace proviso;
using namespace proviso::check;

namespace {

const std::string referral_vocabulary = R"(library example
places { England { BLMK { Luton ods:06P } } }
record Episode { on date  treated yes/no  scores list of number }
record Patient { bmi number kg/m2 measured valid 12 months  hba1c number %  nhs_number text check nhs_number }
record Referral {
  referred date  commissioner place  procedure code opcs4  waited duration  cancer yes/no assume no
  diagnoses list of code icd10  episodes list of Episode  patient Patient
}
policy hips "Hip replacement" on Referral {
  source "Policy" effective 2019-04-01 dated by referred
  exempt cancer_pathway when cancer "Cancer"
  approve when all { bmi "BMI": patient.bmi <= 40 kg/m2  treated "Treated": any e in episodes where e.treated }
  otherwise refuse "Not funded"
}
)";

std::string scenario(const std::string& lines, const std::string& title = "one") {
  return "scenario \"" + title + "\" of hips { " + lines + " }\n";
}

Checked check_scenarios(const std::string& scenarios) { return check_text(referral_vocabulary + scenarios); }

const model::GivenFact* given(const Checked& checked, const std::string& fact, std::size_t number = 0,
                              std::size_t index = 0) {
  const auto& found = checked.library.scenarios.at(number);
  const auto id = checked.library.records[found.record].find(0, fact);
  REQUIRE(id != model::none);
  for (const auto& each : found.cases.at(index).given) {
    if (each.fact == id) return &each;
  }
  return nullptr;
}

std::string spelt(const Checked& checked, const std::string& fact, std::size_t number = 0, std::size_t index = 0) {
  const auto* found = given(checked, fact, number, index);
  return found == nullptr ? "nothing" : model::format(checked.library, found->constant);
}

}  // namespace

TEST_CASE("a scenario gives values of every type") {
  const auto checked = check_scenarios(scenario(R"(given {
    referred = 2019-11-01, commissioner = Luton, procedure = opcs4:W37.1, waited = 3 weeks, cancer = yes,
    diagnoses = { icd10:I83.9, icd10:L40 }, patient.bmi = 36.5 kg/m2 on 2019-10-20, patient.nhs_number = "9990000018" }
    expect exempt because cancer_pathway)"));
  CHECK(checked.codes() == Codes{});
  CHECK(spelt(checked, "referred") == "2019-11-01");
  CHECK(spelt(checked, "commissioner") == "Luton");
  CHECK(spelt(checked, "procedure") == "opcs4:W37.1");
  CHECK(spelt(checked, "waited") == "21 days");
  CHECK(spelt(checked, "cancer") == "yes");
  CHECK(spelt(checked, "patient.bmi") == "36.5 kg/m2");
  CHECK(given(checked, "patient.bmi")->measured_on == day("2019-10-20"));
  REQUIRE(given(checked, "diagnoses")->elements.size() == 2);
  CHECK(model::format(checked.library, given(checked, "diagnoses")->elements[1][0].constant) == "icd10:L40");
  const auto& expected = checked.library.scenarios[0].cases[0].expected;
  CHECK(expected.outcome == model::Outcome::exempt);
  CHECK(expected.because == std::vector<std::string>{"cancer_pathway"});
  CHECK_FALSE(expected.about.has_value());
}

TEST_CASE("braces stand for the fields of a nested record, and for the elements of a list") {
  const auto checked = check_scenarios(scenario(R"(given { patient = { bmi = 36 kg/m2, hba1c = 6.5 },
    episodes = { { on = 2019-01-03, treated = yes, scores = { 1, 2 } }, { on = 2019-02-03 }, { } }, diagnoses = { } }
    expect approve)"));
  CHECK(checked.codes() == Codes{});
  CHECK(spelt(checked, "patient.bmi") == "36 kg/m2");
  CHECK(spelt(checked, "patient.hba1c") == "6.5%");
  const auto* episodes = given(checked, "episodes");
  REQUIRE(episodes->elements.size() == 3);
  REQUIRE(episodes->elements[0].size() == 3);
  CHECK(episodes->elements[0][2].elements.size() == 2);
  CHECK(episodes->elements[2].empty());
  CHECK(given(checked, "diagnoses")->constant.known);
  CHECK(given(checked, "diagnoses")->elements.empty());
}

TEST_CASE("like takes over all facts but those that are given anew, through any number of scenarios") {
  const auto checked =
      check_scenarios(scenario("like \"two\" but { patient.bmi = unknown } expect information needed about "
                               "patient.bmi, episodes",
                               "three") +
                      scenario("given { referred = 2019-11-01, patient.bmi = 36 kg/m2 } expect approve") +
                      scenario("like \"one\" but { cancer = yes } expect exempt", "two"));
  CHECK(checked.codes() == Codes{});
  CHECK(spelt(checked, "referred") == "2019-11-01");
  CHECK(spelt(checked, "patient.bmi") == "unknown");
  CHECK(spelt(checked, "cancer") == "yes");
  CHECK(spelt(checked, "patient.bmi", 2) == "36 kg/m2");
  CHECK(checked.library.scenarios[0].cases[0].expected.about->size() == 2);
}

TEST_CASE("vary makes a case of each row, with the scenario's expectation where it has none") {
  const auto checked = check_scenarios(scenario(R"(given { referred = 2019-11-01, patient.bmi = 30 kg/m2 }
    vary patient.bmi, cancer {
      40 kg/m2 on 2019-10-20, no -> approve
      unknown, yes
    }
    expect exempt)"));
  CHECK(checked.codes() == Codes{});
  const auto& cases = checked.library.scenarios[0].cases;
  REQUIRE(cases.size() == 2);
  CHECK(cases[0].label == "patient.bmi = 40 kg/m2 on 2019-10-20, cancer = no");
  CHECK(cases[0].expected.outcome == model::Outcome::approve);
  CHECK(spelt(checked, "patient.bmi", 0, 1) == "unknown");
  CHECK(spelt(checked, "referred", 0, 1) == "2019-11-01");
  CHECK(cases[1].expected.outcome == model::Outcome::exempt);
}

TEST_CASE("mistakes in facts are found when the scenario is read") {
  const auto fault = [](const std::string& fact) {
    return check_scenarios(scenario("given { " + fact + " } expect approve")).codes();
  };
  CHECK(fault("patient.bmy = 36 kg/m2") == Codes{"P0205"});
  CHECK(fault("bmi = 36 kg/m2") == Codes{"P0205"});
  CHECK(fault("episodes = { { onn = 2019-01-01 } }") == Codes{"P0205"});
  CHECK(fault("patient.bmi = 36 kg") == Codes{"P0302"});
  CHECK(fault("patient.bmi = yes") == Codes{"P0301"});
  CHECK(fault("procedure = icd10:I83.9") == Codes{"P0301"});
  CHECK(fault("procedure = opcs4:37") == Codes{"P0601"});
  CHECK(fault("referred = 2019-02-30") == Codes{"P0401"});
  CHECK(fault("commissioner = Lutton") == Codes{"P0701"});
  CHECK(fault("referred = referred") == Codes{"P0301"});
  CHECK(fault("patient = 3") == Codes{"P1007"});
  CHECK(fault("patient.bmi = { 36 kg/m2 }") == Codes{"P1007"});
  CHECK(fault("episodes = 3") == Codes{"P1007"});
  CHECK(fault("episodes = { 3 }") == Codes{"P1007"});
  CHECK(fault("episodes = { on = 2019-01-01 }") == Codes{"P1007"});
  CHECK(fault("cancer = yes on 2019-01-01") == Codes{"P1007"});
  CHECK(fault("patient.nhs_number = \"9990000001\"") == Codes{"P1007"});
  CHECK(fault("cancer = yes, cancer = no") == Codes{"P0202"});
  CHECK(fault("patient.hba1c = 6.12345") == Codes{"P0110"});
}

TEST_CASE("a nested record is left out as a whole") {
  const auto checked = check_scenarios(scenario("given { patient = { bmi = 36 kg/m2, hba1c = 6% } } expect approve") +
                                       scenario("like \"one\" but { patient = unknown } expect refuse", "two"));
  CHECK(checked.codes() == Codes{});
  CHECK(spelt(checked, "patient.bmi", 1) == "unknown");
  CHECK(spelt(checked, "patient.hba1c", 1) == "unknown");
}

TEST_CASE("a fact of a nested record is found by its last name") {
  const auto checked = check_scenarios(scenario("given { bmi = 36 kg/m2 } expect approve"));
  REQUIRE(checked.diagnostics.all().size() == 1);
  CHECK(checked.diagnostics.all()[0].help == "did you mean `patient.bmi`?");
}

TEST_CASE("mistakes in what is expected, and in what a scenario is like, are found too") {
  const auto faults = [](const std::string& text) { return check_scenarios(text).codes(); };
  const auto base = scenario("given { cancer = yes } expect exempt", "base");
  CHECK(faults(scenario("given { } expect refuse because bmy")) == Codes{"P1005"});
  CHECK(faults(scenario("given { } expect refuse about patient.bmi")) == Codes{"P1006"});
  CHECK(faults(scenario("given { } expect not applicable because bmi")) == Codes{"P1006"});
  CHECK(faults(scenario("given { } expect pay £0")) == Codes{"P1006"});
  CHECK(faults(scenario("given { } expect information needed about bmi")) == Codes{"P0205"});
  CHECK(faults(scenario("given { }")) == Codes{"P1003"});
  CHECK(faults(scenario("given { } vary cancer { yes -> exempt\n no }")) == Codes{"P1003"});
  CHECK(faults(scenario("given { } vary cancer, referred { yes -> exempt }")) == Codes{"P1004"});
  CHECK(faults(scenario("given { } vary cancer { } expect exempt")) == Codes{"P1003"});
  CHECK(faults(scenario("given { } expect aprove")) == Codes{"P0101"});
  CHECK(faults(scenario("like \"two\" but { } expect approve")) == Codes{"P1001"});
  CHECK(faults(scenario("like \"one\" expect approve")) == Codes{"P1002"});
  CHECK(faults(scenario("like \"two\" expect approve") + scenario("like \"one\" expect approve", "two")) ==
        Codes{"P1002"});
  CHECK(faults(base + base) == Codes{"P0202"});
  CHECK(faults(base + "scenario \"other\" of hipps { given { } expect approve }\n") == Codes{"P0201"});
  CHECK(faults(scenario("given { } expect approve expect refuse")) == Codes{"P0505"});
}

TEST_CASE("a scenario of another policy is liked where the policy has none of that title") {
  const std::string other = R"(policy knees "Knee replacement" on Referral {
  source "Policy" effective 2019-04-01 dated by referred
  approve when cancer otherwise refuse "Not funded" }
policy hands "Hands" on Referral {
  source "Policy" effective 2019-04-01 dated by referred
  approve when cancer otherwise refuse "Not funded" }
)";
  const auto of = [](const std::string& policy, const std::string& lines, const std::string& title) {
    return "scenario \"" + title + "\" of " + policy + " { " + lines + " }\n";
  };
  const auto two = of("hips", "given { cancer = yes } expect exempt", "base") +
                   of("knees", "given { cancer = no } expect refuse", "base");
  const auto checked = check_scenarios(other + two + of("knees", "like \"base\" expect refuse", "same"));
  CHECK(checked.codes() == Codes{});
  CHECK(spelt(checked, "cancer", 2) == "no");
  CHECK(check_scenarios(other + two + of("hands", "like \"base\" expect refuse", "same")).codes() == Codes{"P0210"});
}
