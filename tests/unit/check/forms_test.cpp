#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

namespace {

const char* const written = "bmi smoke_free severe(pain_now night_pain either) aided(aid_used hurts)";

}  // namespace

TEST_CASE("a policy without variations has the form that is written") {
  const auto checked = check_text(head + "define unused = yes\n");
  CHECK(hips(checked).forms.size() == 1);
  CHECK(criteria(form(checked, "Luton", "2019-11-01")) == written);
}

TEST_CASE("a variation holds in its place, in those inside it, and on its days alone") {
  const auto checked = check_text(head + variation("remove smoke_free", "BLMK", "2019-10-01 to 2020-03-31"));
  CHECK(checked.codes().empty());
  const std::string varied = "bmi severe(pain_now night_pain either) aided(aid_used hurts)";
  CHECK(criteria(form(checked, "Luton", "2019-09-30")) == written);
  CHECK(criteria(form(checked, "Luton", "2019-10-01")) == varied);
  CHECK(criteria(form(checked, "BLMK", "2020-03-31")) == varied);
  CHECK(criteria(form(checked, "Bedfordshire", "2020-03-31")) == varied);
  CHECK(criteria(form(checked, "Luton", "2020-04-01")) == written);
  CHECK(criteria(form(checked, "England", "2019-11-01")) == written);
  CHECK(criteria(form(checked, "Leicester", "2019-11-01")) == written);
}

TEST_CASE("a criterion is added at the end of the outermost group, or of the group that is named") {
  const auto checked = check_text(head + variation("add sdm \"Shared\": aid") +
                                  variation("add stairs \"Stairs\": night to severe", "Bedfordshire"));
  CHECK(checked.codes().empty());
  CHECK(criteria(form(checked, "Luton", "2019-11-01")) == std::string(written) + " sdm");
  const auto& varied = form(checked, "Bedfordshire", "2019-11-01");
  CHECK(criteria(varied) == "bmi smoke_free severe(pain_now night_pain either stairs) aided(aid_used hurts)");
  CHECK(varied.clauses[1].condition.criteria[2].expression == "at least 2 of pain_now, night_pain, either, stairs");
}

TEST_CASE("larger places apply before smaller ones, whatever the order in the file") {
  const auto outer = variation("replace smoke_free \"Never\": smoking = never", "BLMK");
  const auto inner = variation("remove smoke_free");
  for (const auto& text : {outer + inner, inner + outer}) {
    const auto checked = check_text(head + text);
    CHECK(checked.codes().empty());
    CHECK(criteria(form(checked, "Luton", "2019-11-01")).find("smoke_free") == std::string::npos);
    const auto& varied = form(checked, "Bedfordshire", "2019-11-01");
    CHECK(varied.clauses[1].condition.criteria[1].expression == "smoking = never");
    CHECK(varied.clauses[1].condition.criteria[1].label == "Never");
  }
}

TEST_CASE("what a larger place removes, a smaller one cannot change") {
  const auto checked = check_text(head + variation("remove smoke_free", "BLMK") +
                                  variation("replace smoke_free \"Never\": smoking = never"));
  CHECK(checked.codes() == Codes{"P0710"});
  CHECK(checked.first_message() == "Luton changes `smoke_free`, which BLMK removes on the same days");
}

TEST_CASE("exemptions are added, replaced and removed") {
  const auto checked = check_text(head + variation("add exempt trauma when night \"Trauma\"") +
                                  variation("replace exempt cancer when night \"Cancer is known\"", "Bedfordshire"));
  CHECK(checked.codes().empty());
  const auto& luton = form(checked, "Luton", "2019-11-01");
  REQUIRE(luton.clauses.size() == 4);
  CHECK(luton.clauses[1].name == "trauma");
  CHECK(luton.clauses[1].sentence == "Trauma");
  CHECK(luton.clauses[1].outcome == model::Outcome::exempt);
  const auto& bedfordshire = form(checked, "Bedfordshire", "2019-11-01");
  REQUIRE(bedfordshire.clauses.size() == 3);
  CHECK(bedfordshire.clauses[0].expression == "night");
  CHECK(bedfordshire.clauses[0].sentence == "Cancer is known");
  const auto removed = check_text(head + variation("remove cancer"));
  CHECK(form(removed, "Luton", "2019-11-01").clauses.size() == 2);
}

TEST_CASE("a category is changed and a policy omitted") {
  const auto checked =
      check_text(head + variation("category prior_approval") + variation("omit policy", "Bedfordshire"));
  CHECK(checked.codes().empty());
  CHECK(form(checked, "Luton", "2019-11-01").category == model::Category::prior_approval);
  CHECK_FALSE(form(checked, "Luton", "2019-11-01").omitted);
  CHECK(form(checked, "Bedfordshire", "2019-11-01").omitted);
  CHECK(form(checked, "Bedfordshire", "2019-11-01").category == model::Category::threshold);
}

TEST_CASE("a hook that may only tighten joins the criterion that it replaces") {
  const auto checked =
      check_text(head + variation("replace smoke_free \"Smoke-free\": hook luton.smoking(smoking, quit, referred)"));
  CHECK(checked.codes().empty());
  const auto& criterion = form(checked, "Luton", "2019-11-01").clauses[1].condition.criteria[1];
  const auto& node = checked.library.nodes[criterion.condition.node];
  REQUIRE(node.kind == model::NodeKind::conjunction);
  CHECK(node.operands[0] == hips(checked).written().clauses[1].condition.criteria[1].condition.node);
  CHECK(checked.library.nodes[node.operands[1]].kind == model::NodeKind::hook);
  CHECK(criterion.expression ==
        "(smoking = never or weeks from quit to referred >= 8) and hook luton.smoking(smoking, quit, referred)");
}

TEST_CASE("two variations that change the same thing in one place on one day contradict each other") {
  const std::string first = variation("remove smoke_free");
  for (const std::string second : {"remove smoke_free", "replace smoke_free \"x\": night"}) {
    INFO(second);
    CHECK(check_text(head + first + variation(second, "Luton", "2020-10-01")).codes() == Codes{"P0708"});
    CHECK(check_text(head + variation(second, "Luton", "2020-10-01") + first).codes() == Codes{"P0708"});
  }
  const std::string group = variation("remove severe");
  for (const std::string second : {"remove pain_now", "add stairs \"Stairs\": night to severe"}) {
    INFO(second);
    CHECK(check_text(head + group + variation(second)).codes() == Codes{"P0708"});
    CHECK(check_text(head + variation(second) + group).codes() == Codes{"P0708"});
  }
  CHECK(check_text(head + variation("add a \"A\": night") + variation("add a \"A\": pain")).codes() == Codes{"P0708"});
  CHECK(check_text(head + variation("category notice") + variation("category ifr_only")).codes() == Codes{"P0708"});
  CHECK(check_text(head + variation("omit policy") + variation("omit policy")).codes() == Codes{"P0708"});
  CHECK(check_text(head + variation("remove smoke_free remove smoke_free")).codes() == Codes{"P0708"});
}

TEST_CASE("whether changes of one place contradict each other does not depend on which is declared first") {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"replace approve approve when all { single \"Single\": night }", "add fifth \"Fifth\": night"},
      {"remove approve", "add fifth \"Fifth\": night"},
      {"remove severe", "remove pain_now"},
      {"replace severe \"Any\": any { painful \"First\": pain sleepless \"Second\": night }", "remove pain_now"},
      {"replace severe \"Any\": any { painful \"First\": pain sleepless \"Second\": night }",
       "add stairs \"S\": night to severe"},
      {"remove severe", "add stairs \"Stairs\": night to severe"},
  };
  for (const auto& [first, second] : pairs) {
    INFO(first << ", " << second);
    CHECK(check_text(head + variation(first) + variation(second)).codes() == Codes{"P0708"});
    CHECK(check_text(head + variation(second) + variation(first)).codes() == Codes{"P0708"});
    CHECK(check_text(head + variation(first + " " + second)).codes() == Codes{"P0708"});
    CHECK(check_text(head + variation(second + " " + first)).codes() == Codes{"P0708"});
  }
}

TEST_CASE("where `add` adds does not depend on what the same place changes besides") {
  const std::string grouped = R"(policy hands "Hands" on Referral {
  source "Policy" effective 2019-04-01 dated by referred in BLMK
  approve by_day when all { daily "Pain": pain }
  approve by_night when all { nightly "At night": night }
  otherwise refuse "Not funded"
}
)";
  const auto of_hands = [](const std::string& changes) {
    return "variation of hands in Luton { from 2019-10-01 source \"Paper\" " + changes + " }\n";
  };
  const std::string remove = of_hands("remove by_night");
  const std::string add = of_hands("add aided_too \"Aid\": aid");
  CHECK(check_text(head + grouped + remove + add).codes() == Codes{"P0711"});
  CHECK(check_text(head + grouped + add + remove).codes() == Codes{"P0711"});
}

TEST_CASE("a clause and a criterion of one name are said where they are written, and where a variation adds one") {
  const std::string text = head.substr(0, head.find("exempt cancer")) + "exempt bmi" +
                           head.substr(head.find("exempt cancer") + std::string("exempt cancer").size());
  const auto checked = check_text(text + variation("remove smoke_free"));
  CHECK(checked.codes() == Codes{"P0203"});
  CHECK(checked.first_message() == "policy `hips` has a clause and a criterion `bmi`");
  CHECK(check_text(head + variation("add exempt bmi when night \"Night\"")).codes() == Codes{"P0203"});
  CHECK(check_text(head + variation("add exempt cancer when night \"Night\"")).codes() == Codes{"P0203"});
  CHECK(check_text(head + variation("add cancer \"Cancer\": night")).codes() == Codes{"P0203"});
}

TEST_CASE("a variation that speaks of one of several unnamed clauses is told to have them named") {
  const std::string two = head.substr(0, head.find("  otherwise refuse")) + "  approve when night and aid\n" +
                          head.substr(head.find("  otherwise refuse"));
  const auto checked = check_text(two + variation("remove approve"));
  CHECK(checked.codes() == Codes{"P0210"});
  CHECK(checked.first_message() == "policy `hips` has more than one `approve`");
}

TEST_CASE("variations that follow one another, or change different things, do not contradict each other") {
  CHECK(check_text(head + variation("remove smoke_free", "Luton", "2019-10-01 to 2020-03-31") +
                   variation("replace smoke_free \"x\": night", "Luton", "2020-04-01"))
            .codes()
            .empty());
  CHECK(check_text(head + variation("remove smoke_free") + variation("remove severe")).codes().empty());
  CHECK(check_text(head + variation("add a \"A\": night to severe") + variation("add b \"B\": pain to severe"))
            .codes()
            .empty());
}

TEST_CASE("what a variation leaves must be a policy") {
  CHECK(check_text(head + variation("remove aid_used remove hurts")).codes() == Codes{"P0507"});
  CHECK(check_text(head + variation("remove pain_now remove either")).codes() == Codes{"P0506"});
  CHECK(check_text(head + variation("add bmi \"Twice\": night")).codes() == Codes{"P0203"});
}

TEST_CASE("changes that change nothing are warned about") {
  CHECK(check_text(head + variation("replace smoke_free \"Does not smoke\": smoking = never or "
                                    "weeks from quit to referred >= 8"))
            .codes() == Codes{"P0709"});
  CHECK(check_text(head + variation("category threshold")).codes() == Codes{"P0709"});
  CHECK(check_text(head + variation("remove smoke_free", "Luton", "2022-01-01")).codes() == Codes{"P0709"});
  CHECK(check_text(head + variation("omit policy", "BLMK") + variation("category notice")).codes() == Codes{"P0709"});
  CHECK(check_text(head + variation("remove smoke_free") + variation("remove smoke_free", "Leicester")).codes() ==
        Codes{"P0702"});
}

TEST_CASE("a variation fits every version that it overlaps, or ends before the one that it does not fit") {
  const std::string later = R"(policy hips "Hip replacement" on Referral {
  source "Policy" effective 2021-04-01 dated by referred in BLMK
  approve when all { bmi "BMI": bmi <= max_bmi }
  otherwise refuse "Not funded"
}
)";
  const auto checked = check_text(head + later + variation("remove smoke_free"));
  CHECK(checked.codes() == Codes{"P0710"});
  CHECK(checked.first_message() == "policy `hips` from 2021-04-01 has no criterion or clause `smoke_free`");
  CHECK(check_text(head + later + variation("remove smoke_free", "Luton", "2019-10-01 to 2021-03-31")).codes().empty());
}

TEST_CASE("a draft without the criterion is no error while it is a draft") {
  const std::string draft = R"(policy hips "Hip replacement" on Referral {
  status draft source "Policy" effective 2020-04-01 dated by referred in BLMK
  approve when all { bmi "BMI": bmi <= max_bmi }
  otherwise refuse "Not funded"
}
)";
  const auto checked = check_text(head + draft + variation("remove smoke_free"));
  CHECK(checked.codes() == Codes{"P0709"});
  CHECK(checked.first_message() ==
        "the draft of policy `hips` from 2020-04-01 has no criterion or clause `smoke_free`");
}

TEST_CASE("a clause keeps its sort, because it keeps its place") {
  CHECK(check_text(head + variation("replace approve cancer when night \"x\"")).codes() == Codes{"P0503"});
}

TEST_CASE("a file that a policy names is a plain one inside the library's folder") {
  for (const std::string path : {"/dev/zero", "../golden.cpp", "hooks/../../golden.cpp", "hooks", "no_such.lua"}) {
    INFO(path);
    CHECK(check_text("library a\nhook h.x() -> yes/no from \"" + path + "\"\n").codes() == Codes{"P0801"});
    CHECK(check_text("library a\ntable t(a number) -> number from \"" + path + "\"\n").codes() == Codes{"P0603"});
  }
}

TEST_CASE("each hook that its script does not have is said, where it is declared") {
  const auto checked = check_text(
      "library a\nhook luton.smoking() -> yes/no from \"hooks/luton.lua\"\n"
      "hook luton.early() -> yes/no from \"hooks/luton.lua\"\nhook luton.late() -> yes/no from \"hooks/luton.lua\"\n");
  CHECK(checked.codes() == Codes{"P0802", "P0802"});
  CHECK(checked.sources.start(checked.diagnostics.sorted().front().span).line == 3);
}

TEST_CASE("no two parameters share a name") {
  CHECK(check_text("library a\nhook luton.smoking(a text; a text) -> yes/no from \"hooks/luton.lua\"\n").codes() ==
        Codes{"P0202"});
}
