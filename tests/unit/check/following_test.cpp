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
