#include "trial/coverage/goals.hpp"

#include <algorithm>

#include "goals_support.hpp"

using namespace proviso;
using namespace proviso::trial;
using proviso::trial::test::Shown;
using proviso::trial::test::Written;

namespace {

const std::string head = R"(library example
places { England { BLMK { Bedfordshire ods:06F Luton ods:06P } LLR { Leicester ods:04C } } }
record Visit { on date  severe yes/no }
record Referral {
  referred date  commissioner place  procedure code opcs4
  bmi number kg/m2  smoking yes/no  pain yes/no  night yes/no  aid yes/no  cancer yes/no assume no
  weight number  born date  symptom_months number  visits list of Visit  acuity scale "6/6" < "6/9" < "6/12"
  began date
}
threshold max_bmi: number kg/m2 {
  may vary from 30 to 45
  40 from 2019-04-01
  in Luton 35 from 2020-01-01
}
)";

const Written& written_hips() {
  static const Written written(head + R"(
policy hips "Hip replacement" on Referral {
  source "Policy" effective 2019-04-01 dated by referred in BLMK
  applies when procedure = opcs4:W37.1
  exempt cancer when cancer "Suspected cancer"
  approve when all {
    bmi "BMI is within the limit": bmi <= max_bmi
    smoking "Does not smoke": not smoking
    severe "Severe": at least 2 of {
      pain "Pain": pain
      night "Night": night
      aid "Aid": aid
    }
  }
  otherwise refuse "Not funded"
}
)");
  return written;
}

std::string record(const std::string& facts, const std::string& place = "Bedfordshire",
                   const std::string& day = "2020-02-01") {
  return R"({"referred":")" + day + R"(","commissioner":")" + place + R"(","procedure":"W37.1")" +
         (facts.empty() ? "" : ",") + facts + "}";
}

const std::string good = R"("bmi":30,"smoking":false,"pain":true,"night":true,"aid":false)";

}  // namespace

TEST_CASE("a policy's goals stand in its order") {
  const Shown shown(written_hips(), "example.hips", {record(good)});
  const std::vector<std::string> expected{
      "the policy applies",
      "the policy does not apply",
      "cancer decides",
      "cancer decides by yes",
      "cancer decides by no",
      "approve decides",
      "bmi decides by yes",
      "bmi decides by no",
      "bmi decides by unknown",
      "bmi just below max_bmi, 40 kg/m2 (from 2019-04-01)",
      "bmi at max_bmi, 40 kg/m2 (from 2019-04-01)",
      "bmi just above max_bmi, 40 kg/m2 (from 2019-04-01)",
      "bmi just below max_bmi, 35 kg/m2 (Luton from 2020-01-01)",
      "bmi at max_bmi, 35 kg/m2 (Luton from 2020-01-01)",
      "bmi just above max_bmi, 35 kg/m2 (Luton from 2020-01-01)",
      "smoking decides by yes",
      "smoking decides by no",
      "smoking decides by unknown",
      "severe decides by yes",
      "severe decides by no",
      "severe decides by unknown",
      "pain decides by yes",
      "pain decides by no",
      "pain decides by unknown",
      "night decides by yes",
      "night decides by no",
      "night decides by unknown",
      "aid decides by yes",
      "aid decides by no",
      "aid decides by unknown",
      "otherwise refuse decides",
  };
  CHECK(shown.all() == expected);
  for (const Goal& goal : shown.goals().all()) CHECK(goal.policy == 0);
}

TEST_CASE("a criterion that has a value without deciding by it does not show it") {
  const Shown shown(written_hips(), "example.hips",
                    {
                        record(good),
                        record(R"("bmi":45,"smoking":false,"pain":true,"night":true,"aid":false)"),
                        record(R"("bmi":45,"smoking":true,"pain":true,"night":true,"aid":false)"),
                        record(R"("bmi":45,"smoking":false,"pain":true,"night":true,"aid":false,"cancer":true)"),
                        R"({"referred":"2020-02-01","commissioner":"Bedfordshire","procedure":"W38.1","bmi":45})",
                    });
  CHECK(shown.by(0) == std::vector<std::string>{"the policy applies", "cancer decides by no", "approve decides",
                                                "bmi decides by yes", "smoking decides by yes", "severe decides by yes",
                                                "pain decides by yes", "night decides by yes"});
  SECTION("one criterion is no") {
    CHECK(shown.shows(1, "bmi decides by no"));
    CHECK(shown.shows(1, "otherwise refuse decides"));
    CHECK_FALSE(shown.shows(1, "smoking decides by yes"));
    CHECK_FALSE(shown.shows(1, "severe decides by yes"));
  }
  SECTION("two are no: neither alone decides") {
    CHECK_FALSE(shown.shows(2, "bmi decides by no"));
    CHECK_FALSE(shown.shows(2, "smoking decides by no"));
    CHECK(shown.shows(2, "otherwise refuse decides"));
  }
  SECTION("an exemption decides before it") {
    CHECK(shown.by(3) == std::vector<std::string>{"the policy applies", "cancer decides", "cancer decides by yes"});
  }
  SECTION("the policy does not apply") { CHECK(shown.by(4) == std::vector<std::string>{"the policy does not apply"}); }
}

TEST_CASE("a group decides apart from what is in it") {
  const Shown shown(written_hips(), "example.hips",
                    {
                        record(R"("bmi":30,"smoking":false,"pain":true,"night":true,"aid":true)"),
                        record(R"("bmi":30,"smoking":false,"pain":true,"night":false,"aid":false)"),
                        record(R"("bmi":30,"smoking":false,"pain":false,"night":false,"aid":false)"),
                    });
  // Three of three: any one of them could be missing.
  CHECK(shown.shows(0, "severe decides by yes"));
  CHECK_FALSE(shown.shows(0, "pain decides by yes"));
  CHECK(shown.shows(1, "severe decides by no"));
  CHECK(shown.shows(1, "night decides by no"));
  CHECK_FALSE(shown.shows(1, "pain decides by yes"));
  CHECK(shown.shows(2, "severe decides by no"));
  CHECK_FALSE(shown.shows(2, "night decides by no"));
}

TEST_CASE("what is unknown decides where the outcome is open because of it") {
  const Shown shown(written_hips(), "example.hips",
                    {
                        record(R"("smoking":false,"pain":true,"night":true,"aid":false)"),
                        record(R"("smoking":true,"pain":true,"night":true,"aid":false)"),
                        record(R"("bmi":30,"smoking":false,"pain":true,"night":true)"),
                        record(R"("bmi":30,"smoking":false,"pain":true,"night":false)"),
                        R"({"referred":"2020-02-01","procedure":"W37.1","smoking":false,"pain":true,"night":true})",
                    });
  CHECK(shown.shows(0, "bmi decides by unknown"));
  CHECK_FALSE(shown.shows(1, "bmi decides by unknown"));
  CHECK_FALSE(shown.shows(2, "aid decides by unknown"));
  CHECK(shown.shows(2, "approve decides"));
  CHECK(shown.shows(3, "aid decides by unknown"));
  CHECK(shown.shows(3, "severe decides by unknown"));
  // The place is missing: nothing else is asked.
  CHECK(shown.by(4).empty());
}

TEST_CASE("a limit is tried within a step of the value that is in force") {
  const auto bmi = [](const std::string& value, const std::string& place) {
    return record(R"("bmi":)" + value + R"(,"smoking":false,"pain":true,"night":true,"aid":false)", place);
  };
  const Shown shown(written_hips(), "example.hips",
                    {
                        bmi("40", "Bedfordshire"),
                        bmi("41", "Bedfordshire"),
                        bmi("41.1", "Bedfordshire"),
                        bmi("39.5", "Bedfordshire"),
                        bmi("38.9", "Bedfordshire"),
                        bmi("40", "Luton"),
                        bmi("35", "Luton"),
                        record(R"("bmi":40,"cancer":true)"),
                    });
  const std::string everywhere = "max_bmi, 40 kg/m2 (from 2019-04-01)";
  const std::string luton = "max_bmi, 35 kg/m2 (Luton from 2020-01-01)";
  CHECK(shown.shows(0, "bmi at " + everywhere));
  CHECK_FALSE(shown.shows(0, "bmi just above " + everywhere));
  CHECK_FALSE(shown.shows(0, "bmi just below " + everywhere));
  CHECK(shown.shows(1, "bmi just above " + everywhere));
  CHECK_FALSE(shown.shows(1, "bmi at " + everywhere));
  CHECK_FALSE(shown.shows(2, "bmi just above " + everywhere));
  CHECK(shown.shows(3, "bmi just below " + everywhere));
  CHECK_FALSE(shown.shows(4, "bmi just below " + everywhere));
  CHECK_FALSE(shown.shows(5, "bmi at " + everywhere));
  CHECK_FALSE(shown.shows(5, "bmi at " + luton));
  CHECK(shown.shows(6, "bmi at " + luton));
  // An exemption decided: nothing was held against the limit to any effect.
  CHECK_FALSE(shown.shows(7, "bmi at " + everywhere));
}

TEST_CASE("what no record can show is no goal") {
  const Written written(head + R"(
policy p "P" on Referral {
  source "Policy" effective 2019-04-01 dated by referred in BLMK
  applies when procedure = opcs4:W37.1
  approve when all {
    whether_known "Known": bmi is known
    if_known "Known and low": bmi is known and bmi <= 40 kg/m2
    assumed "Assumed": not cancer
    dated "Recent": referred >= 2019-06-01
    applying "The procedure": procedure in { opcs4:W37.1, opcs4:W38.1 }
    placed "The place": commissioner = Luton
    pain "Pain": pain
    either "One of them": first known of smoking, cancer
  }
  otherwise refuse "Not funded"
}
)");
  const Shown shown(written, "example.p", {});
  for (const char* name : {"whether_known", "if_known", "assumed", "dated", "applying", "placed", "either"}) {
    CAPTURE(name);
    CHECK(shown.has(std::string(name) + " decides by yes"));
    CHECK(shown.has(std::string(name) + " decides by no"));
    CHECK_FALSE(shown.has(std::string(name) + " decides by unknown"));
  }
  CHECK(shown.has("pain decides by unknown"));
}

TEST_CASE("criteria of one fact are looked at together: what another settles is no goal") {
  const Written written(R"(library example
record Referral { referred date  cause one of wear, injury, infection, other  severity scale mild < moderate < severe
  pain yes/no  nights yes/no  lasting yes/no
  cancer yes/no assume no }
policy p "P" on Referral {
  source "Policy" effective 2019-04-01
  exempt cancer when cancer or (first known of pain, no) or cause = other "Cancer"
  exempt other when cause in { injury, infection } "Not covered"
  approve when all {
    worn "Worn": cause = wear
    bad "Bad": any {
      worst "Severe": severity = severe
      lasts "Not so severe, but lasting": all {
        lesser "Mild or moderate": severity <= moderate
        lasting "Lasting": lasting
      }
    }
    nights "Nights": nights
  }
  otherwise refuse "Not funded"
}
)");
  const auto on = [](const std::string& rest) { return R"({"referred":"2019-06-01",)" + rest + "}"; };
  const Shown shown(written, "example.p",
                    {on(R"("cause":"wear","severity":"mild","lasting":true,"nights":true)"),
                     on(R"("cause":"wear","lasting":true,"nights":true)"), on(R"("severity":"severe","nights":true)")});
  // Any other cause is exempt, and without a cause that is open too.
  CHECK(shown.has("worn decides by yes"));
  CHECK_FALSE(shown.has("worn decides by no"));
  CHECK_FALSE(shown.has("worn decides by unknown"));
  // What is not mild or moderate is severe, which is enough.
  CHECK_FALSE(shown.has("lesser decides by no"));
  CHECK(shown.shows(0, "lesser decides by yes"));
  CHECK(shown.shows(1, "lesser decides by unknown"));
  CHECK(shown.has("worst decides by no"));
  CHECK(shown.has("lasts decides by no"));
  CHECK(shown.has("other decides by no"));
  CHECK(shown.has("cancer decides by no"));
  CHECK(shown.has("nights decides by no"));
}

TEST_CASE("limits are found in definitions, lists, counts, elapsed time and dates") {
  const Written written(head + R"(
define grown_up = years from born to referred >= 16
policy p "P" on Referral {
  source "Policy" effective 2019-04-01 dated by referred
  applies when weight >= 2.5
  approve when all {
    adult "Adult": grown_up
    often "Often": (count of v in visits where v.on >= referred - 12 months) >= 2
    sight "Sight": acuity <= "6/9"
    some "Any at all": (count of v in visits) > 0
    between_limits "In between": symptom_months between 3 and 6
    equal "Equal": weight != 7
    other "Facts alone": began <= referred
  }
  otherwise refuse "Not funded"
}
)");
  const auto facts = [](const std::string& weight, const std::string& born, const std::string& acuity,
                        const std::string& months, const std::vector<std::string>& visits) {
    std::string list;
    for (const auto& on : visits) list += (list.empty() ? "" : ",") + (R"({"on":")" + on + "\"}");
    return R"({"referred":"2020-03-31","began":"2020-01-01","weight":)" + weight + R"(,"born":")" + born +
           R"(","acuity":")" + acuity + R"(","symptom_months":)" + months + R"(,"visits":[)" + list + "]}";
  };
  const std::vector<std::string> two = {"2019-03-31", "2019-04-01"};
  const Shown shown(written, "example.p",
                    {
                        facts("2.5", "2004-03-31", "6/9", "3", two),
                        facts("2.5", "2004-04-01", "6/9", "3", two),
                        facts("2.5", "2004-03-31", "6/9", "3", {"2019-03-31", "2019-03-30"}),
                        facts("2.5", "2004-03-31", "6/9", "3", {"2019-04-01", "2019-04-02", "2019-05-02"}),
                        facts("2.5", "2004-03-31", "6/12", "3", two),
                        facts("2.5", "2004-03-31", "6/9", "2", two),
                        facts("2.5", "2004-03-31", "6/9", "7", two),
                        facts("2.6", "2004-03-31", "6/9", "3", two),
                        facts("2.4", "2004-03-31", "6/9", "3", two),
                        facts("2.5", "2004-04-01", "6/12", "3", two),
                    });
  const auto shows = [&](std::size_t which, const std::string& what) { return shown.shows(which, what); };
  const std::string age = "years from born to referred ";
  const std::string count = "count of visits ";
  CHECK(shows(0, "weight at 2.5"));
  CHECK(shows(7, "weight just above 2.5"));
  CHECK(shows(8, "weight just below 2.5"));
  CHECK(shows(0, age + "at 16"));
  CHECK(shows(1, age + "just below 16"));
  CHECK_FALSE(shows(1, age + "at 16"));
  CHECK(shown.has(age + "just above 16"));
  CHECK(shows(2, "visits.on at referred - 12 months"));
  CHECK(shows(2, "visits.on just below referred - 12 months"));
  CHECK_FALSE(shows(2, "visits.on just above referred - 12 months"));
  CHECK(shows(3, "visits.on just above referred - 12 months"));
  CHECK_FALSE(shows(3, "visits.on at referred - 12 months"));
  CHECK(shows(2, count + "just below 2"));
  CHECK(shows(3, count + "just above 2"));
  CHECK(shows(0, "acuity at \"6/9\""));
  CHECK(shows(4, "acuity just above \"6/9\""));
  CHECK(shown.has("acuity just below \"6/9\""));
  CHECK(shown.has(count + "at 0"));
  CHECK_FALSE(shown.has(count + "just below 0"));
  CHECK(shows(5, "symptom_months just below 3"));
  CHECK(shows(6, "symptom_months just above 6"));
  // Where two criteria fail, neither limit has an effect.
  CHECK_FALSE(shows(9, age + "just below 16"));
  CHECK_FALSE(shows(9, "acuity just above \"6/9\""));
  // The record is excluded: its criteria are not looked at.
  CHECK_FALSE(shows(8, "symptom_months at 3"));
  CHECK_FALSE(shown.has("weight at 7"));
  CHECK_FALSE(shown.has("began at referred"));
}

TEST_CASE("variations, and what they put into the policy, are shown where they hold") {
  const Written written(head + R"(
policy hips "Hip replacement" on Referral {
  source "Policy" effective 2019-04-01 dated by referred in BLMK
  approve when all { bmi "BMI is within the limit": bmi <= 40 kg/m2  pain "Pain": pain }
  otherwise refuse "Not funded"
}
variation of hips in Luton { from 2020-01-01 source "Luton" add aid "Aid": aid }
variation of hips in Bedfordshire { from 2020-01-01 source "Bedfordshire" omit policy }
)");
  const std::string facts = R"("bmi":30,"pain":true,"aid":true)";
  const Shown shown(written, "example.hips",
                    {record(facts, "Luton"), record(facts, "Luton", "2019-06-01"), record(facts),
                     record(facts, "Bedfordshire", "2019-06-01"), record(facts, "Leicester")});
  const std::string luton = "the variation in Luton from 2020-01-01 is in force";
  const std::string bedfordshire = "the variation in Bedfordshire from 2020-01-01 is in force";
  CHECK(shown.shows(0, luton));
  CHECK(shown.shows(0, "aid decides by yes"));
  CHECK(shown.shows(0, "bmi decides by yes"));
  CHECK_FALSE(shown.shows(1, luton));
  CHECK_FALSE(shown.shows(1, "aid decides by yes"));
  CHECK(shown.shows(1, "bmi decides by yes"));
  CHECK(shown.shows(2, bedfordshire));
  CHECK(shown.by(2).size() == 1);
  CHECK_FALSE(shown.shows(3, bedfordshire));
  CHECK(shown.by(4).empty());
  // One criterion of several forms has one set of goals.
  const std::vector<std::string> all = shown.all();
  CHECK(std::count(all.begin(), all.end(), "bmi decides by yes") == 1);
}

TEST_CASE("drafts have goals where they are asked for, and versions their own") {
  const Written written(head + R"(
policy p "P" on Referral {
  source "Policy" effective 2019-04-01 to 2019-12-31 dated by referred status superseded
  approve when pain "Pain"
  otherwise refuse "Not funded"
}
policy p "P" on Referral {
  source "Policy" effective 2020-01-01 dated by referred
  approve when pain "Pain"
  otherwise refuse "Not funded"
}
policy p "P" on Referral {
  source "Policy" effective 2021-01-01 dated by referred status draft
  approve when night "Night"
  otherwise refuse "Not funded"
}
)");
  const std::vector<std::string> objects{R"({"referred":"2019-05-01","pain":true})",
                                         R"({"referred":"2021-05-01","pain":true,"night":false})"};
  const Shown without(written, "example.p", objects);
  const Shown with(written, "example.p", objects, true);
  const auto versions = [](const Shown& shown) {
    std::vector<std::uint32_t> policies;
    for (const Goal& goal : shown.goals().all()) {
      if (policies.empty() || policies.back() != goal.policy) policies.push_back(goal.policy);
    }
    return policies;
  };
  CHECK(versions(without) == std::vector<std::uint32_t>{0, 1});
  CHECK(versions(with) == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(without.by(1) == std::vector<std::string>{"approve decides", "approve decides by yes"});
  CHECK(with.by(1) == std::vector<std::string>{"approve decides by no", "otherwise refuse decides"});
}
