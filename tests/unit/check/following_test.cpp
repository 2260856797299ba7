#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

// What follows from a mistake elsewhere is not told, and what others write is told with what is written here.

namespace {

/// A record with the fields, and policies that are approved under the conditions.
Checked checked_with(const std::string& fields, const std::vector<std::string>& conditions,
                     const std::string& head = "effective 2019-04-01 dated by referred") {
  std::string text =
      "library example\nplaces { England { North ods:01A } }\n"
      "threshold most: number { 5 from 2019-04-01 }\nrecord Referral {\n  id text\n  referred date\n" +
      fields + "\n}\n";
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    text += "policy p" + std::to_string(i) + " \"P\" on Referral {\n  source \"Paper\"\n  " + head +
            "\n  approve when " + conditions[i] + "\n  otherwise refuse \"No\"\n}\n";
  }
  return check_text(text);
}

Codes field_codes(const std::string& fields, const std::string& condition) {
  return checked_with(fields, {condition}).codes();
}

const std::string usual_fields =
    "  age number years\n  born date\n  weight number kg\n  procedure code opcs4\n  cancer yes/no";

std::string help_with(const std::string& condition) {
  const auto checked = checked_with(usual_fields, {condition});
  INFO(condition);
  REQUIRE(checked.codes().size() == 1);
  return checked.diagnostics.sorted().front().help;
}

}  // namespace

TEST_CASE("a field that could not be read is not missed where it is used") {
  CHECK(field_codes("  age integer\n  other yes/no", "age >= 18 and other") == Codes{"P0206"});
  CHECK(field_codes("  visits list of Visit\n}\nrecord Visit {\n  cost integer", "any v in visits where v.cost > 3") ==
        Codes{"P0206"});
  CHECK(field_codes("  age integer", "ages >= 18") == Codes{"P0206", "P0201"});
  CHECK(checked_with("  start integer", {"yes and referred is known"}, "effective 2019-04-01 dated by start").codes() ==
        Codes{"P0206"});
}

TEST_CASE("a place that could not be read is not missed by each policy") {
  const auto checked = checked_with("  place place\n  age number", {"age > 18", "age > 3"},
                                    "effective 2019-04-01 dated by referred in England");
  CHECK(checked.codes() == Codes{"P0106"});
}

TEST_CASE("a first day that could not be read is not missed where values have days") {
  for (const std::string period : {"01/01/2019", "from 2019-04-01", "2019-02-30", "2019-04-01 until 2020-04-01"}) {
    INFO(period);
    const auto checked = checked_with("  age number", {"age > most"}, "effective " + period + "\n  dated by referred");
    CHECK(checked.codes().size() == 1);
  }
  CHECK(checked_with("  age number", {"age > most"}, "dated by referred").codes() == Codes{"P0403"});
}

TEST_CASE("an `otherwise` behind a mistake in a set is there") {
  CHECK(field_codes(usual_fields, "all {\n    c: procedure in {W37.1, W38.1}\n    d: cancer\n  }") == Codes{"P0101"});
}

TEST_CASE("words of other languages come with those of this one") {
  CHECK(help_with("cancer = true") == "did you mean `yes`?");
  CHECK(help_with("cancer = No") == "did you mean `no`?");
  CHECK(help_with("procedure = W37") == "a code stands behind its system: `opcs4:W37`");
  const auto assumed = checked_with("  smokes yes/no assume false", {"smokes"});
  REQUIRE_FALSE(assumed.codes().empty());
  CHECK(assumed.diagnostics.sorted().front().help == "did you mean `no`?");
}

TEST_CASE("numbers and dates in quotes, and dates as people write them, come with how they are written here") {
  CHECK(help_with("age >= \"18\"") == "write it without quotes: `18 years`");
  CHECK(help_with("\"2000-04-01\" > born") == "write it without quotes: `2000-04-01`");
  CHECK(help_with("born < \"1 April 2000\"") == "a date is written year, month and day, without quotes: `2019-04-01`");
  CHECK(help_with("born < 01/04/2000") == "a date is written year, month and day: `2019-04-01`");
  CHECK(help_with("cancer = \"yes\"").empty());
}

TEST_CASE("a code list of no system that there is has no codes of another") {
  CHECK(checked_with("  drug code dmd\n  procedure code opcs4\n}\ncodes few dmdd { 123 }\nrecord Other {\n  x number",
                     {"drug in few or procedure in few"})
            .codes() == Codes{"P0206"});
}

TEST_CASE("a hook that is called without its word is told how to be called") {
  const auto checked = checked_with(
      "  age number\n}\nhook fit(age number) -> yes/no from \"hooks/luton.lua\"\nrecord Other {\n  x number",
      {"fit(age)"});
  bool told = false;
  for (const auto& each : checked.diagnostics.sorted()) told = told || each.help == "call it: `hook fit(...)`";
  CHECK(told);
}

TEST_CASE("a count that no group reaches is quoted as it is written") {
  const auto checked = checked_with("  age number", {"at least 99999999999999999999 of { a \"A\": age > 3 }"});
  CHECK(checked.codes() == Codes{"P0506"});
  CHECK(checked.first_message() == "`at least 99999999999999999999 of` 1 criteria can never hold");
}

namespace {

/// A policy, a variation and scenarios that name what it declares, with one piece of it written otherwise.
Codes codes_where(const std::string& piece, const std::string& written) {
  std::string text = R"(library example
places { England { North ods:01A } }
type Grade = scale low < high
record Referral {
  id text
  referred date
  home place
  n number
  procedure code opcs4
  grade Grade
  ok yes/no
}
codes hips opcs4 { W37 }
threshold most: number { 5 from 2019-01-01 }
define heavy = n > most
table rate(of_grade Grade) -> number { low -> 1 high -> 2 }
relate others on Referral: e where e.id = id and e.referred within 3 months before referred
group same on Referral by home
policy p "P" on Referral {
  source "Paper" effective 2019-04-01 dated by referred placed by home in England
  applies when procedure in hips and rate(grade) < 3 and rank in same < 5 and count of o in others < 3
  approve main when all {
    heavy "Heavy": heavy
    fit "Fit": ok
    few "Few": n > 3
  } "Yes"
  otherwise refuse "No"
}
variation of p in North {
  from 2019-10-01 source "Minutes"
  replace fit "Fit": n > 5
  remove few
}
scenario "S" of p {
  given { referred = 2019-05-01, home = North, procedure = opcs4:W37, grade = low, ok = no, n = 3 }
  expect refuse because fit
}
scenario "T" of p {
  like "S" but { ok = yes }
  expect refuse because heavy
}
)";
  const auto found = text.find(piece);
  REQUIRE(found != std::string::npos);
  text.replace(found, piece.size(), written);
  INFO(text);
  return check_text(text).codes();
}

}  // namespace

TEST_CASE("what a line that could not be read declares is not missed where it is named") {
  const std::string clause = "approve main when all {";
  for (const std::string written : {"approved when all {", "approve main if all {", "approve main all {",
                                    "approve main when at least two of {", "approve main when All {"}) {
    INFO(written);
    CHECK(codes_where(clause, written) == Codes{"P0101"});
  }
}

TEST_CASE("what a declaration that could not be read declares is not missed where it is named") {
  const std::vector<std::pair<std::string, std::string>> misspelt = {{"record R", "reocrd R"},
                                                                     {"places {", "plcaes {"},
                                                                     {"policy p", "poilcy p"},
                                                                     {"type Grade", "tpye Grade"},
                                                                     {"codes hips", "coeds hips"},
                                                                     {"table rate", "tabel rate"},
                                                                     {"threshold m", "treshold m"},
                                                                     {"define h", "defin h"},
                                                                     {"relate o", "realte o"},
                                                                     {"group same", "gruop same"},
                                                                     {"scenario \"S\"", "scenraio \"S\""}};
  for (const auto& [right, wrong] : misspelt) {
    INFO(wrong);
    CHECK(codes_where(right, wrong) == Codes{"P0101"});
  }
}

TEST_CASE("a fact of an unknown type, and the first day of a variation, are not missed as well") {
  CHECK(codes_where("referred date", "referred dat") == Codes{"P0206"});
  CHECK(codes_where("from 2019-10-01", "form 2019-10-01") == Codes{"P0101"});
}

TEST_CASE("what is wrong beside a line that could not be read is told with it") {
  const auto codes = codes_where("approve main when all {\n    heavy \"Heavy\": heavy",
                                 "approved when all {\n    heavy \"Heavy\": heavyy");
  CHECK(codes == Codes{"P0101"});
  CHECK(codes_where("otherwise refuse \"No\"", "refuse other when nothing \"No\"\n  otherwize refuse \"No\"") ==
        Codes{"P0201", "P0101"});
}
