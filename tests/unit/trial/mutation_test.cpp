#include <catch2/catch.hpp>

#include <set>
#include <sstream>

#include "mutation_support.hpp"
#include "seed.hpp"
#include "tries.hpp"

namespace proviso::trial::test {
namespace {

/// A mutant, and what changes in the usual record so that it is noticed.
struct Noticed {
  MutantKind kind;
  const char* before;
  const char* after;
  const char* facts;
  const char* expected;
};

const std::vector<Noticed> noticed = {
    {MutantKind::limit, "max_bmi: in Luton 35 kg/m2 from 2019-10-01", "max_bmi: in Luton 36 kg/m2 from 2019-10-01",
     "bmi = 36 kg/m2", "refuse"},
    {MutantKind::limit, "max_bmi: in Luton 35 kg/m2 from 2019-10-01", "max_bmi: in Luton 34 kg/m2 from 2019-10-01",
     "bmi = 35 kg/m2", "approve"},
    {MutantKind::limit, "max_bmi: 40 kg/m2 from 2019-04-01", "max_bmi: 41 kg/m2 from 2019-04-01",
     "bmi = 41 kg/m2, commissioner = Bedfordshire", "refuse"},
    {MutantKind::limit, "age >= 18", "age >= 19", "age = 18", "approve"},
    {MutantKind::limit, "age >= 18", "age >= 17", "age = 17", "refuse"},
    {MutantKind::limit, "grade between middle and high", "grade between high and high", "grade = middle", "approve"},
    {MutantKind::comparison, "bmi <= max_bmi", "bmi < max_bmi", "bmi = 35 kg/m2", "approve"},
    {MutantKind::comparison, "grade between middle and high", "grade > middle and grade <= high", "grade = middle",
     "approve"},
    {MutantKind::quantifier, "at least 2 of at_rest, at_night, walking", "at least 1 of at_rest, at_night, walking",
     "night = no", "refuse"},
    {MutantKind::quantifier, "all of bmi, adult, smoke_free, reason, severe, pain, often",
     "any of bmi, adult, smoke_free, reason, severe, pain, often", "bmi = 36 kg/m2", "refuse"},
    {MutantKind::criterion, "age >= 18", "left out", "age = 2", "refuse"},
    {MutantKind::criterion, "walks", "left out", "night = no, walks = yes", "approve"},
    {MutantKind::criterion, "at least 2 of at_rest, at_night, walking", "left out", "night = no", "refuse"},
    {MutantKind::clause, "exempt tumour when cancer", "left out", "cancer = yes", "exempt"},
    {MutantKind::outcome, "exempt tumour when cancer", "approve tumour when cancer", "cancer = yes", "exempt"},
    {MutantKind::outcome, "otherwise refuse", "otherwise review", "age = 2", "refuse"},
    {MutantKind::codes, "hip_codes", "hip_codes without opcs4:W37", "procedure = opcs4:W37.1", "approve"},
    {MutantKind::codes, "hip_codes", "hip_codes without opcs4:W39", "procedure = opcs4:W39", "approve"},
    {MutantKind::codes, "hip_codes", "hip_codes with opcs4:W36", "procedure = opcs4:W36.1", "not applicable"},
    {MutantKind::codes, "cause in { wear, break }", "cause in { wear }", "cause = break", "approve"},
    {MutantKind::period, "max_bmi: in Luton 35 kg/m2 from 2019-10-01", "max_bmi: in Luton 35 kg/m2 from 2019-10-02",
     "bmi = 36 kg/m2, referred = 2019-10-01", "refuse"},
    {MutantKind::period, "max_bmi: in Luton 35 kg/m2 from 2019-10-01", "max_bmi: in Luton 35 kg/m2 from 2019-09-30",
     "bmi = 36 kg/m2, referred = 2019-09-30", "approve"},
    {MutantKind::period, "effective from 2019-04-01", "effective from 2019-04-02", "referred = 2019-04-01", "approve"},
    {MutantKind::period, "variation in Bedfordshire from 2019-06-01", "variation in Bedfordshire from 2019-06-02",
     "visits = { }, commissioner = Bedfordshire, referred = 2019-06-01", "approve"},
    {MutantKind::period, "variation in Bedfordshire from 2019-06-01", "variation in Bedfordshire from 2019-05-31",
     "visits = { }, commissioner = Bedfordshire, referred = 2019-05-31", "refuse"},
    {MutantKind::variation, "variation in Bedfordshire from 2019-06-01", "left out",
     "visits = { }, commissioner = Bedfordshire", "approve"},
};

}  // namespace

TEST_CASE("a mutant survives until a scenario would notice it") {
  const Mutated without(vocabulary + hips + usual);
  CHECK(without.run.failing == 0);
  const std::uint64_t seed = random_seed();
  INFO("seed " << seed);
  for (std::size_t i = seed % one_in; i < noticed.size(); i += one_in) {
    const Noticed& each = noticed[i];
    INFO(each.before << " -> " << each.after);
    const Mutant& survivor = without.mutant(each.kind, each.before, each.after);
    CHECK(survivor.survived());
    CHECK(without.title(survivor.nearest) == "Usual");
    const Mutated with(vocabulary + hips + usual + like_usual(each.facts, each.expected));
    REQUIRE(with.run.failing == 0);
    CHECK(with.title(with.mutant(each.kind, each.before, each.after).caught_by) == "Noticing");
  }
}

TEST_CASE("the scenario that is proposed for a survivor catches it") {
  const Mutated without(vocabulary + hips + usual);
  std::size_t proposed = 0;
  std::uint64_t number = random_seed();
  INFO("seed " << number);
  for (const Mutant& survivor : without.run.mutants) {
    if (!survivor.survived() || !survivor.told_apart || ++number % one_in != 0) continue;
    const std::string scenario = catching_scenario(without.library, survivor);
    INFO(survivor.before << " -> " << survivor.after << "\n" << scenario);
    const Mutated with(vocabulary + hips + usual + scenario);
    REQUIRE(with.run.failing == 0);
    CHECK_FALSE(with.mutant(survivor.kind, survivor.before, survivor.after).survived());
    ++proposed;
  }
  CHECK(proposed > tries(noticed.size()));
}

TEST_CASE("one good scenario notices what is turned about") {
  const Mutated mutated(vocabulary + hips + usual);
  for (const auto& [kind, before, after] : std::vector<std::tuple<MutantKind, const char*, const char*>>{
           {MutantKind::comparison, "bmi <= max_bmi", "bmi > max_bmi"},
           {MutantKind::comparison, "age >= 18", "age < 18"},
           {MutantKind::quantifier, "not smoker", "smoker"},
           {MutantKind::quantifier, "grade between middle and high or age > 90",
            "grade between middle and high and age > 90"},
           {MutantKind::quantifier, "any v in visits where v.severe", "every v in visits where v.severe"},
           {MutantKind::quantifier, "at least 2 of at_rest, at_night, walking",
            "at least 3 of at_rest, at_night, walking"},
           {MutantKind::quantifier, "procedure in hip_codes", "not procedure in hip_codes"},
           {MutantKind::clause, "approve when all of bmi, adult, smoke_free, reason, severe, pain, often", "left out"},
           {MutantKind::codes, "cause in { wear, break }", "cause in { break }"}}) {
    INFO(before << " -> " << after);
    CHECK(mutated.title(mutated.mutant(kind, before, after).caught_by) == "Usual");
  }
}

TEST_CASE("known, none of and any are turned about") {
  const std::string policy = R"(policy other "Other" on Referral {
  source "Plan" effective 2019-04-01 dated by referred
  refuse when none of { painful "Pain": rest  restless "Night": night }
  review when any { missing "Missing": bmi is unknown  young "Young": age is known and age < 18 }
  approve when grade = high "High"
  otherwise refuse "Not funded"
}
scenario "Well" of other { given { referred = 2019-05-01, rest = no, night = no } expect refuse because painful }
scenario "No BMI" of other { given { referred = 2019-05-01, rest = yes, night = no, age = 20 } expect review }
scenario "Young" of other {
  given { referred = 2019-05-01, rest = yes, night = no, age = 17, bmi = 30 kg/m2 } expect review
}
scenario "High" of other {
  given { referred = 2019-05-01, rest = yes, night = no, age = 18, bmi = 30 kg/m2, grade = high } expect approve
}
)";
  const Mutated mutated(vocabulary + policy);
  CHECK(mutated.run.failing == 0);
  for (const auto& [before, after] :
       std::vector<std::pair<const char*, const char*>>{{"none of painful, restless", "any of painful, restless"},
                                                        {"any of missing, young", "all of missing, young"},
                                                        {"bmi is unknown", "bmi is known"},
                                                        {"age is known", "age is unknown"},
                                                        {"age is known and age < 18", "age is known or age < 18"}}) {
    INFO(before << " -> " << after);
    CHECK_FALSE(mutated.mutant(MutantKind::quantifier, before, after).survived());
  }
  CHECK_FALSE(mutated.mutant(MutantKind::comparison, "grade = high", "grade != high").survived());
  CHECK_FALSE(mutated.mutant(MutantKind::clause, "approve when grade = high", "left out").survived());
}

TEST_CASE("a mutant that decides every record alike is not told apart") {
  const std::string policy = R"(policy other "Other" on Referral {
  source "Plan" effective 2019-04-01 dated by referred
  approve when (count of v in visits) >= 0 "Any number of visits"
  otherwise refuse "Not funded"
}
scenario "One" of other { given { referred = 2019-05-01, visits = { { severe = yes } } } expect approve }
)";
  const Mutated mutated(vocabulary + policy);
  const Mutant& same = mutated.mutant(MutantKind::limit, "(count of v in visits) >= 0", "(count of v in visits) >= -1");
  CHECK(same.survived());
  CHECK_FALSE(same.told_apart);
  CHECK(same.tried >= 2000);
  CHECK(mutated.title(same.nearest) == "One");
  CHECK(mutated.text().find("tells it apart") != std::string::npos);
}

TEST_CASE("a limit that several policies read is noticed by the scenarios of any of them") {
  const std::string knees = R"(policy knees "Knees" on Referral {
  source "Plan" effective 2019-04-01 dated by referred in BLMK
  approve when bmi < max_bmi "BMI"
  otherwise refuse "Not funded"
}
scenario "Knees at the limit" of knees {
  given { commissioner = Luton, referred = 2020-01-01, bmi = 35 kg/m2 } expect refuse
}
)";
  const Mutated mutated(vocabulary + hips + knees + usual);
  const Mutant& moved = mutated.mutant(MutantKind::limit, "max_bmi: in Luton 35 kg/m2 from 2019-10-01",
                                       "max_bmi: in Luton 36 kg/m2 from 2019-10-01");
  CHECK(moved.policy == "example.hips");
  CHECK(moved.criterion == "bmi");
  CHECK(mutated.title(moved.caught_by) == "Knees at the limit");
  // A place in which none of them holds has no say.
  CHECK(mutated.find(MutantKind::limit, "age >= 18", "age >= 19") != nullptr);
}

TEST_CASE("what policies share is tried on the scenarios of all of them, whichever are chosen") {
  const std::string knees = R"(define is_old = age > 60
policy elbows "Elbows" on Referral {
  source "Plan" effective 2019-04-01 dated by referred
  approve when is_old "Old"
  otherwise refuse "Not funded"
}
policy knees "Knees" on Referral {
  source "Plan" effective 2019-04-01 dated by referred in BLMK
  approve when bmi < max_bmi and procedure in hip_codes and is_old "BMI"
  otherwise refuse "Not funded"
}
scenario "Old" of elbows { given { referred = 2020-01-01, age = 80 } expect approve }
scenario "Knees at the limit" of knees {
  given { commissioner = Luton, referred = 2020-01-01, bmi = 35 kg/m2, procedure = opcs4:W37, age = 61 } expect refuse
}
scenario "Knees below it" of knees {
  like "Knees at the limit"
  vary bmi, procedure, age {
    34 kg/m2, opcs4:W37, 61
    34 kg/m2, opcs4:W36, 61 -> refuse
    34 kg/m2, opcs4:W37, 60 -> refuse
  }
  expect approve
}
)";
  const std::string limit = "max_bmi: in Luton 35 kg/m2 from 2019-10-01";
  const Mutated only_hips(vocabulary + hips + knees + usual, 1, {"example.hips"});
  for (const Mutant& each : only_hips.run.mutants) CHECK(each.policy == "example.hips");
  const auto& moved = only_hips.mutant(MutantKind::limit, limit, "max_bmi: in Luton 36 kg/m2 from 2019-10-01");
  CHECK(only_hips.title(moved.caught_by) == "Knees at the limit");
  const auto& listed = only_hips.mutant(MutantKind::codes, "hip_codes", "hip_codes with opcs4:W36");
  CHECK(only_hips.title(listed.caught_by) == "Knees below it");

  const Mutated only_elbows(vocabulary + hips + knees + usual, 1, {"example.elbows"});
  const auto& defined = only_elbows.mutant(MutantKind::limit, "age > 60", "age > 61");
  CHECK(defined.policy == "example.elbows");
  CHECK(only_elbows.title(defined.caught_by) == "Knees below it");
  CHECK(only_elbows.find(MutantKind::limit, limit, "max_bmi: in Luton 36 kg/m2 from 2019-10-01") == nullptr);
  // What is changed once is changed for the first of them that is chosen.
  const Mutated only_knees(vocabulary + hips + knees + usual, 1, {"example.knees"});
  CHECK(only_knees.mutant(MutantKind::limit, "age > 60", "age > 61").policy == "example.knees");
  CHECK(only_knees.mutant(MutantKind::limit, limit, "max_bmi: in Luton 36 kg/m2 from 2019-10-01").policy ==
        "example.knees");
  const Mutated both(vocabulary + hips + knees + usual);
  std::size_t moves = 0;
  for (const Mutant& each : both.run.mutants) moves += each.before == "age > 60" && each.after == "age > 61" ? 1 : 0;
  CHECK(moves == 1);
}

TEST_CASE("no procedure code that is never given is taken into a list") {
  const std::string policy = R"(codes some opcs4 { W38.1..W38.4 }
codes early opcs4 { A01.1..A01.3 }
policy other "Other" on Referral {
  source "Plan" effective 2019-04-01 dated by referred
  approve when procedure in some or procedure in early "Procedure"
  otherwise refuse "Not funded"
}
scenario "One" of other { given { referred = 2019-05-01, procedure = opcs4:W38.2 } expect approve }
)";
  const Mutated mutated(vocabulary + policy);
  CHECK(mutated.find(MutantKind::codes, "some", "some with opcs4:W37.9") != nullptr);
  CHECK(mutated.find(MutantKind::codes, "some", "some with opcs4:W38.5") != nullptr);
  CHECK(mutated.find(MutantKind::codes, "early", "early with opcs4:A01.4") != nullptr);
  for (const Mutant& each : mutated.run.mutants) {
    INFO(each.after);
    CHECK(each.after.find(".0") == std::string::npos);
    CHECK(each.after.find("A00") == std::string::npos);
  }
}

TEST_CASE("a proposal is titled by what it changes, and says why") {
  std::string visits;
  for (int i = 0; i < 9; ++i) visits += (i == 0 ? "" : ", ") + std::string("{ on = 2019-05-01, severe = yes }");
  const std::string policy = R"(policy other "Other" on Referral {
  source "Plan" effective 2019-04-01 dated by referred
  approve when all {
    often "Often": (count of v in visits where v.severe) >= 9
    adult "Adult": age >= 18
    mobile "Walks": walks
    calm "Calm": rest
    awake "Awake": night
  }
  otherwise refuse "Not funded"
}
scenario "A title that is so long that nothing can be put behind it without its being too long for a page" of other {
  given { referred = 2020-01-01, age = 40, walks = yes, rest = yes, night = yes, visits = { )" +
                             visits + R"( } } expect approve
}
)";
  const Mutated mutated(vocabulary + policy);
  const Mutant& fewer = mutated.mutant(MutantKind::limit, "(count of v in visits where v.severe) >= 9",
                                       "(count of v in visits where v.severe) >= 8");
  REQUIRE(fewer.told_apart);
  CHECK(fewer.title == "visits of 8 entries: refuse");
  CHECK(fewer.expectation == "refuse because often");
  const Mutant& younger = mutated.mutant(MutantKind::limit, "age >= 18", "age >= 17");
  CHECK(younger.title == "age = 17: refuse");
  CHECK(younger.expectation == "refuse because adult");
  std::set<std::string> titles;
  for (const Mutant& each : mutated.run.mutants) {
    if (!each.told_apart) continue;
    INFO(each.title);
    CHECK(each.title.size() <= 84);  // with a number behind it
    const std::string scenario = catching_scenario(mutated.library, each);
    INFO(scenario);
    CHECK((titles.insert(each.title).second || mutated.text().find("the scenario proposed for") != std::string::npos));
    std::istringstream lines(scenario);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) CHECK((line.size() <= 110 || line.find("like \"") != std::string::npos));
  }
}

TEST_CASE("the day between two versions moves as one") {
  const std::string versions = R"(policy other "Other" on Referral {
  status superseded source "Plan" effective 2019-04-01 to 2020-03-31 dated by referred
  approve when rest "Rest"
  otherwise refuse "Not funded"
}
policy other "Other" on Referral {
  source "Plan" effective 2020-04-01 dated by referred
  approve when night "Night"
  otherwise refuse "Not funded"
}
scenario "Last day" of other { given { referred = 2020-03-31, rest = yes, night = no } expect approve }
scenario "First day" of other { given { referred = 2020-04-01, rest = yes, night = no } expect refuse }
)";
  const Mutated mutated(vocabulary + versions);
  CHECK(mutated.run.failing == 0);
  const auto caught_by = [&](const char* after) {
    return mutated.title(mutated.mutant(MutantKind::period, "effective from 2020-04-01", after).caught_by);
  };
  CHECK(caught_by("effective from 2020-03-31") == "Last day");
  CHECK(caught_by("effective from 2020-04-02") == "First day");
  CHECK(mutated.find(MutantKind::period, "effective from 2019-04-01 to 2020-03-31",
                     "effective from 2019-04-01 to 2020-03-30") == nullptr);
}

TEST_CASE("no mutant needs a value that is not in force") {
  const Mutated mutated(vocabulary + hips + usual);
  CHECK(mutated.find(MutantKind::period, "effective from 2019-04-01", "effective from 2019-03-31") == nullptr);
  CHECK(mutated.find(MutantKind::period, "max_bmi: 40 kg/m2 from 2019-04-01", "max_bmi: 40 kg/m2 from 2019-04-02") ==
        nullptr);
}

TEST_CASE("a case that does not end as expected catches nothing") {
  const std::string wrong = like_usual("age = 2", "approve");
  const Mutated mutated(vocabulary + hips + usual + wrong);
  CHECK(mutated.run.failing == 1);
  CHECK(mutated.mutant(MutantKind::limit, "age >= 18", "age >= 17").survived());
  CHECK(mutated.text().find("1 case was left out") != std::string::npos);
}

TEST_CASE("drafts have mutants where a scenario tries them") {
  const std::string draft = R"(policy other "Other" on Referral {
  status draft source "Plan" effective 2019-04-01 dated by referred
  approve when rest "Rest"
  otherwise refuse "Not funded"
}
scenario "Rest" of other { given { referred = 2020-03-31, rest = yes } expect approve with drafts }
)";
  const Mutated mutated(vocabulary + draft);
  CHECK_FALSE(mutated.mutant(MutantKind::quantifier, "rest", "not rest").survived());
  const Mutant& refusing = mutated.mutant(MutantKind::outcome, "otherwise refuse", "otherwise approve");
  CHECK(refusing.survived());
  CHECK(catching_scenario(mutated.library, refusing).find("with drafts") != std::string::npos);
}

}  // namespace proviso::trial::test
