#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

namespace {

Codes compared(const std::string& changes, const std::string& days = "2019-10-01") {
  return check_text(head + variation(changes + " must not be looser than BLMK", "Luton", days)).codes();
}

const Codes shown = {};
const Codes not_shown = {"P0712"};

}  // namespace

TEST_CASE("added criteria tighten under `all`, and loosen under `any`") {
  CHECK(compared("add sdm \"Shared\": aid") == shown);
  CHECK(compared("add third \"Third\": night to aided") == not_shown);
  CHECK(compared("add third \"Third\": night to severe") == not_shown);
}

TEST_CASE("removed criteria loosen under `all`, and tighten under `any` and `at least`") {
  CHECK(compared("remove smoke_free") == not_shown);
  CHECK(compared("remove hurts") == shown);
  CHECK(compared("remove either") == shown);
}

TEST_CASE("a tighter value in the same comparison is shown, a looser one is not") {
  CHECK(compared("replace bmi \"BMI\": bmi <= 35 kg/m2", "2019-10-01 to 2019-12-31") == shown);
  CHECK(compared("replace bmi \"BMI\": 35 kg/m2 > bmi", "2019-10-01 to 2019-12-31") == shown);
  CHECK(compared("replace bmi \"BMI\": bmi < 40 kg/m2", "2019-10-01 to 2019-12-31") == shown);
  CHECK(compared("replace bmi \"BMI\": bmi <= 41 kg/m2", "2019-10-01 to 2019-12-31") == not_shown);
  CHECK(compared("replace bmi \"BMI\": bmi >= 35 kg/m2", "2019-10-01 to 2019-12-31") == not_shown);
  CHECK(compared("replace smoke_free \"Never\": smoking = never") == shown);
  CHECK(compared("replace smoke_free \"Ten weeks\": smoking = never or weeks from quit to referred >= 10") == shown);
  CHECK(compared("replace smoke_free \"Six weeks\": smoking = never or weeks from quit to referred >= 6") == not_shown);
  CHECK(compared("replace severe \"All\": all { a \"A\": pain b \"B\": night c \"C\": pain or night }") == not_shown);
  CHECK(compared("replace severe \"Three\": at least 3 of { a \"A\": pain b \"B\": night c \"C\": pain or night }") ==
        shown);
}

TEST_CASE("thresholds of the place take part") {
  // Luton's limit is 35 in the first half of 2020, and BLMK's 40.
  const std::string other = head.substr(0, head.find("in Luton 35")) + "in Luton 45 from 2020-01-01 to 2020-06-30" +
                            head.substr(head.find("\n  in LLR"));
  const std::string text = variation("category prior_approval must not be looser than BLMK");
  CHECK(check_text(head + text).codes() == shown);
  const auto checked = check_text(other + text);
  CHECK(checked.codes() == not_shown);
  CHECK(checked.first_message() == "criterion `bmi` in Luton is not shown to be no looser than in BLMK on 2020-01-01");
}

TEST_CASE("exemptions may be taken away, not added") {
  CHECK(compared("remove cancer") == shown);
  CHECK(compared("add exempt trauma when night \"Trauma\"") == not_shown);
  CHECK(compared("replace exempt cancer when pain and night \"Both\"") == shown);
  CHECK(compared("replace exempt cancer when pain or night \"Either\"") == not_shown);
  CHECK(compared("omit policy") == not_shown);
}

TEST_CASE("a hook is shown to tighten where it may only tighten") {
  CHECK(compared("replace smoke_free \"Smoke-free\": hook luton.smoking(smoking, quit, referred)") == shown);
  CHECK(compared("add hooked \"Smoke-free\": hook luton.smoking(smoking, quit, referred)") == shown);
}

TEST_CASE("the other place must be a larger one") {
  CHECK(check_text(head + variation("add sdm \"Shared\": aid must not be looser than LLR")).codes() == Codes{"P0702"});
  CHECK(check_text(head + variation("add sdm \"Shared\": aid must not be looser than Luton")).codes() ==
        Codes{"P0702"});
  CHECK(check_text(head + variation("add sdm \"Shared\": aid must not be looser than Narnia")).codes() ==
        Codes{"P0701"});
}

TEST_CASE("the policy must apply to no fewer records") {
  const std::string codes = "codes operations opcs4 { from 2019-01-01 { W37.1 W38.1 } in Luton from 2020-01-01 { ";
  const auto with = [&](const std::string& luton) {
    std::string text = head;
    text.replace(text.find("procedure = opcs4:W37.1"), 23, "procedure in operations");
    return check_text(text + codes + luton + " } }\n" +
                      variation("add sdm \"Shared\": aid must not be looser than BLMK"))
        .codes();
  };
  CHECK(with("W37.1 W38.1 W39.1") == shown);
  CHECK(with("W37.1") == not_shown);
}

TEST_CASE("places inside, with values of their own, take part") {
  // Luton's limit is 35 in the first half of 2020; with 45 it is looser than BLMK's 40.
  std::string looser = head;
  looser.replace(looser.find("in Luton 35"), 11, "in Luton 45");
  const std::string text = variation("add sdm \"Shared\": aid must not be looser than England", "BLMK");
  CHECK(check_text(head + text).codes() == shown);
  const auto checked = check_text(looser + text);
  CHECK(checked.codes() == not_shown);
  CHECK(checked.first_message() ==
        "criterion `bmi` in Luton is not shown to be no looser than in England on 2020-01-01");
}

TEST_CASE("what a tighter clause lets go must not come to a more lenient one") {
  const auto with = [](const std::string& clauses) {
    const std::string start = head.substr(0, head.find("  exempt cancer"));
    return check_text(start + clauses + "}\n" +
                      variation("add sdm \"Shared\": aid to listed must not be looser than BLMK"))
        .codes();
  };
  CHECK(with("approve listed when all { a \"A\": pain b \"B\": bmi <= max_bmi } otherwise refuse \"No\"") == shown);
  CHECK(with("approve listed when all { a \"A\": pain b \"B\": bmi <= max_bmi } otherwise exempt \"No rule\"") ==
        not_shown);
  CHECK(with("review listed when all { a \"A\": pain b \"B\": bmi <= max_bmi } otherwise refuse \"No\"") == shown);
  CHECK(with("review listed when all { a \"A\": pain b \"B\": bmi <= max_bmi } otherwise approve \"Yes\"") ==
        not_shown);
  CHECK(with("refuse listed when all { a \"A\": pain b \"B\": bmi >= max_bmi } otherwise approve \"Yes\"") ==
        not_shown);
}

TEST_CASE("a narrower `between` is tighter") {
  CHECK(compared("replace bmi \"BMI\": bmi between 20 kg/m2 and 35 kg/m2", "2019-10-01 to 2019-12-31") == not_shown);
  std::string text = head;
  text.replace(text.find("bmi <= max_bmi"), 14, "bmi between 18 kg/m2 and max_bmi");
  const auto replaced = [&](const std::string& bounds) {
    return check_text(text + variation("replace bmi \"BMI\": bmi between " + bounds + " must not be looser than BLMK",
                                       "Luton", "2019-10-01 to 2019-12-31"))
        .codes();
  };
  CHECK(replaced("20 kg/m2 and 40 kg/m2") == shown);
  CHECK(replaced("18 kg/m2 and 41 kg/m2") == not_shown);
}

TEST_CASE(
    "a payment is no looser where its criteria for paying are tighter, and no tighter amount is taken for granted") {
  const auto codes = [](const std::string& clauses, const std::string& change) {
    return check_text(
               "library x places { Here { There } } record Line { on date  where_from place  n number  k number  "
               "charge money price } payment pays on Line { source \"s\" effective 2018-04-01 " +
               clauses + " } variation of pays in There { from 2019-04-01 source \"s\" " + change +
               " must not be looser than Here }")
        .codes();
  };
  const std::string paid = "pay in full when all { c \"C\": n > 3 } otherwise withhold may";
  CHECK(codes(paid, "replace c \"C\": n > 4") == Codes{});
  CHECK(codes(paid, "replace c \"C\": n > 2") == Codes{"P0712"});
  CHECK(codes(paid, "add d \"D\": k > 1") == Codes{});
  const std::string withheld = "withhold must w when any { c \"C\": n > 3 } otherwise pay in full";
  CHECK(codes(withheld, "replace c \"C\": n > 2") == Codes{});
  CHECK(codes(withheld, "replace c \"C\": n > 5") == Codes{"P0712"});
  CHECK(codes(withheld, "remove w") == Codes{"P0712"});
  for (const std::string outcome : {"pay £5", "adjust to £5", "query"}) {
    const std::string clauses = outcome + " when any { c \"C\": n > 3 } otherwise pay in full";
    // What comes to it would else have been paid in full.
    CHECK(codes(clauses, "replace c \"C\": n > 2") == Codes{});
    CHECK(codes(clauses, "replace c \"C\": n > 5") == Codes{"P0712"});
  }
}

TEST_CASE("a shorter `within` is shown, a longer one and one of another kind are not") {
  const auto policy = [](const std::string& whole, const std::string& local) {
    const std::string window = R"(library example
places { England { BLMK { Luton ods:06P } } }
record Referral { on date  other date  commissioner place }
policy p "P" on Referral {
  source "Paper" effective 2019-04-01 dated by on in BLMK
  approve when all { recent "Recent": )" +
                               whole + R"( }
  otherwise refuse "Not funded"
}
variation of p in Luton { from 2019-10-01 source "Paper" replace recent: )" +
                               local + " must not be looser than BLMK }\n";
    return check_text(window).codes();
  };
  const std::string half_a_year = "other within 6 months before on";
  CHECK(policy(half_a_year, "other within 5 months before on") == shown);
  CHECK(policy(half_a_year, "other within 7 months before on") == not_shown);
  CHECK(policy(half_a_year, "other within 5 weeks before on") == not_shown);
  CHECK(policy(half_a_year, "other within 5 months after on") == not_shown);
  CHECK(policy("other within 6 weeks after on", "other within 30 days after on") == shown);
  CHECK(policy("other within 6 weeks after on", "other within 43 days after on") == not_shown);
  CHECK(policy("other >= on - 6 months", "other > on - 5 months") == shown);
  CHECK(policy("other >= on - 6 months", "on - 5 months <= other") == shown);
  CHECK(policy("other >= on - 6 months", "other >= on - 7 months") == not_shown);
  CHECK(policy("other < on + 6 months", "other < on - 1 month") == shown);
}
