#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

// A percentage is written with its sign: a plain number beside one would stand for its hundredfold.

namespace {

Checked checked_percent(const std::string& declarations, const std::string& condition,
                        const std::string& given = "discount = 50%") {
  return check_text("library a\nrecord R { on date  discount percent  hba1c number %  n number  cost money }\n" +
                    declarations +
                    "\npolicy p \"P\" on R {\n  source \"Paper\" effective 2019-04-01 dated by on\n  approve when " +
                    condition + "\n  otherwise refuse \"No\"\n}\nscenario \"S\" of p {\n  given { " + given +
                    " }\n  expect information needed\n}\n");
}

Codes faults_of(const std::string& condition) { return checked_percent("", condition).codes(); }

}  // namespace

TEST_CASE("a number beside a percentage lacks its sign") {
  for (const std::string condition :
       {"discount < 50", "50 > discount", "discount between 10% and 50", "discount between 10 and 50",
        "discount in { 10%, 50 }", "hba1c >= 7", "discount > -50"}) {
    INFO(condition);
    CHECK(faults_of(condition) == Codes{"P0301"});
  }
  const auto help = [](const std::string& condition) {
    return checked_percent("", condition).diagnostics.sorted().front().help;
  };
  CHECK(help("discount < 50") == "did you mean `50%`?");
  CHECK(help("discount > -5") == "did you mean `-5%`?");
  CHECK(help("hba1c >= 7.5") == "did you mean `7.5%`?");
}

TEST_CASE("what is worked out compares with a percentage, and a percentage with a number") {
  for (const std::string condition :
       {"discount < 50%", "discount < n", "discount < n / 2", "n < 50%", "discount = 0.5", "1 >= discount",
        "discount between 0.1 and 0.5", "discount * 2 < 1", "cost * (1 + discount) > £1", "hba1c >= 7%",
        "discount = (if n > 2 then 0.5 else n)"}) {
    INFO(condition);
    CHECK(faults_of(condition).empty());
  }
  CHECK(faults_of("50% = 0.5") == Codes{"P0508"});  // both are written out: it is always so
}

TEST_CASE("a percentage that is declared, given or handed over has its sign") {
  const auto threshold = [](const std::string& value) {
    return checked_percent("threshold most: percent { " + value + " from 2019-04-01 }", "discount < most");
  };
  CHECK(threshold("50%").codes().empty());
  CHECK(threshold("50").codes() == Codes{"P0301"});
  CHECK(threshold("50").diagnostics.sorted().front().help == "did you mean `50%`?");
  CHECK(threshold("-50").diagnostics.sorted().front().help == "did you mean `-50%`?");
  CHECK(check_text("library a\nrecord R { part percent assume 5  other number % assume 7 }\n").codes() ==
        Codes{"P0301", "P0301"});
  const std::string over = "define over(limit percent) = discount > limit";
  CHECK(checked_percent(over, "over(50%)").codes().empty());
  CHECK(checked_percent(over, "over(n)").codes().empty());
  CHECK(checked_percent(over, "over(50)").codes() == Codes{"P0306"});
  const std::string table = "table rate(part percent) -> number { 50% -> 1 }";
  CHECK(checked_percent(table, "rate(50%) = 1").codes().empty());
  CHECK(checked_percent(table, "rate(50) = 1").codes() == Codes{"P0306"});
  CHECK(checked_percent("table rate(part percent) -> number { 50 -> 1 }", "rate(50%) = 1").codes() == Codes{"P0301"});
}

TEST_CASE("a scenario gives a percentage with its sign, and a number in percent as input does") {
  CHECK(checked_percent("", "discount < 50%", "discount = 50").codes() == Codes{"P0301"});
  const auto checked = checked_percent("", "hba1c < 50%", "hba1c = 7.5");
  INFO(checked.first_message());
  REQUIRE(checked.codes().empty());
  const auto& given = checked.library.scenarios.front().cases.front().given.front();
  CHECK(given.constant.type.kind == value::Kind::percent);
  CHECK(given.constant.bits == 75'000);
}
