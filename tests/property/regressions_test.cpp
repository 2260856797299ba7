#include <catch2/catch.hpp>

#include "property/evaluators.hpp"
#include "property/settlements.hpp"

// Where the two evaluators once differed, by name: each case as small as it could be made.
namespace proviso::property {
namespace {

const char* const vocabulary = R"(library local.rules
record Case {
  referred  date
  closed    date
  flag      yes/no
  other     yes/no
  limit     number
  numbers   list of number
  episodes  list of Episode
}
record Episode {
  ok     yes/no measured valid 1 weeks
  parts  list of Part
}
record Part {
  cost  money
}
define each_has_parts = every inner in episodes where (any part in inner.parts)
policy rule "A rule" on Case {
  category threshold
  status adopted
  source "Paper"
  effective 2018-01-01
  dated by referred
)";

/// Both evaluators' answer for a policy with these clauses; they must agree.
reference::Answer answer(const std::string& clauses, const Json& record) {
  Evaluators evaluators({vocabulary + clauses + "}\n"});
  INFO(evaluators.complaints());
  REQUIRE(evaluators.good());
  const Answers expected = evaluators.by_reference(record);
  INFO("expected\n" << show(expected) << "found\n" << show(evaluators.alone(record)));
  CHECK(difference(expected, evaluators.alone(record)) == "");
  return expected.front();
}

std::vector<std::string> names(const std::vector<reference::Need>& needs) {
  std::vector<std::string> all;
  for (const reference::Need& need : needs) all.push_back(need.fact);
  return all;
}

TEST_CASE("a count is looked for in a set by its bounds", "[regression]") {
  const Json record = {{"referred", "2020-05-05"}, {"numbers", {1, 2}}};
  const auto result = answer("review when (count of n in numbers where flag) in { 3, 4 }\n otherwise refuse\n", record);
  CHECK(result.outcome == "refuse");
}

TEST_CASE("needs inside a list form that does not depend on the element around it keep their order", "[regression]") {
  const Json record = {{"referred", "2020-05-05"}, {"episodes", {{{"parts", {Json::object()}}}, Json::object()}}};
  const auto result =
      answer("review when any outer in episodes where (each_has_parts or flag)\n otherwise refuse\n", record);
  CHECK(names(result.needs) == std::vector<std::string>{"episodes", "flag"});
}

TEST_CASE("a list whose measurements are out of date is asked for as missing", "[regression]") {
  const Json record = {{"referred", "2021-08-23"}, {"episodes", {{{"ok", {{"value", true}, {"on", "2019-12-21"}}}}}}};
  const auto result = answer("review when any e in episodes where e.ok\n otherwise refuse\n", record);
  CHECK(result.needs == std::vector<reference::Need>{{"episodes", false}});
}

TEST_CASE("within asks in the order of the comparisons that it stands for", "[regression]") {
  const Json record = {{"referred", "2020-05-05"}};
  const auto result =
      answer("review when 2020-01-01 within 3 months before closed and flag\n otherwise refuse\n", record);
  CHECK(names(result.needs) == std::vector<std::string>{"closed", "flag"});
}

TEST_CASE("a clause that decides is its own reason, whatever failed before it", "[regression]") {
  const Json record = {{"referred", "2020-05-05"}, {"flag", false}, {"other", true}};
  const auto result =
      answer("review first_clause when flag\n approve second_clause when other\n otherwise refuse\n", record);
  CHECK(result.because == std::vector<std::string>{"second_clause"});
}

TEST_CASE("a draft does not end the open period of the version in force", "[regression]") {
  const std::string later =
      "otherwise refuse\n}\npolicy rule \"A rule\" on Case {\n category threshold\n status draft\n"
      " source \"Paper\"\n effective 2021-06-01\n dated by referred\n otherwise approve\n";
  CHECK(answer(later, {{"referred", "2022-10-16"}}).outcome == "refuse");
}

/// Both evaluators' answer of a whole library; they must agree.
reference::Answer answer_of(const std::string& text, const Json& record) {
  Evaluators evaluators({text});
  INFO(evaluators.complaints());
  REQUIRE(evaluators.good());
  const Answers expected = evaluators.by_reference(record);
  INFO("expected\n" << show(expected) << "found\n" << show(evaluators.alone(record)));
  CHECK(difference(expected, evaluators.alone(record)) == "");
  return expected.front();
}

const char* const head = R"(policy rule "A rule" on Case {
  category threshold
  status adopted
  source "Paper"
  effective 2018-01-01
  dated by referred
)";

TEST_CASE("an undeclared place is not the place that is assumed where none is given", "[regression]") {
  const std::string text = std::string("library local.rules\nplaces { Realm { Town } }\n") +
                           "record Case { referred date  home place assume Realm }\n" + head +
                           "refuse when home = Town\n otherwise approve\n}\n";
  CHECK(names(answer_of(text, {{"referred", "2020-05-05"}, {"home", "Nowhere"}}).needs) ==
        std::vector<std::string>{"home"});
  CHECK(answer_of(text, {{"referred", "2020-05-05"}}).outcome == "approve");
}

TEST_CASE("a hook inside a list form is explained whatever rows the list forms around it share", "[regression]") {
  const std::string text =
      std::string("library local.rules\nrecord Case { referred date  closed date  episodes list of Episode }\n") +
      "record Episode { flag yes/no  on date }\n" + "hook calc.later(a date; b date) -> yes/no from \"hooks.lua\"\n" +
      head +
      "review when every e in episodes where (hook calc.later(closed, (latest x.on for x in episodes)) "
      "or (count of f in episodes where e.flag) != 2)\n otherwise approve\n}\n";
  CHECK(answer_of(text, {{"referred", "2020-05-05"}}).outcome == "information needed");
  const Json episodes = {{{"on", "2020-01-01"}, {"flag", true}}, {{"on", "2020-02-01"}, {"flag", false}}};
  CHECK(answer_of(text, {{"referred", "2020-05-05"}, {"closed", "2020-03-01"}, {"episodes", episodes}}).outcome ==
        "review");
}

TEST_CASE("without its place a line is queried where it is queried in every place, for whatever reason",
          "[regression]") {
  const std::string text = R"(library local.rules
places { Realm { Town } }
record Case { referred date  home place  charge money price  flag yes/no  costs list of money }
payment rule "A rule" on Case {
  source "Paper"
  effective 2018-01-01
  dated by referred
  placed by home
  query odd when any {
    flagged "Flagged": flag
    dear "Dear": (maximum of c for c in costs) >= £5
  }
  otherwise pay £3
}
variation of rule in Town {
  from 2018-01-01
  source "Local paper"
  remove flagged
}
)";
  // In Town nothing is missing, but nothing has a maximum either.
  const Json record = {{"referred", "2020-01-06"}, {"flag", true}, {"costs", Json::array()}, {"charge", 10}};
  CHECK(answer_of(text, record).outcome == "query");
}

/// What the reference says of the lines under one agreement; settle::Accounts must say the same.
reference::Settlements settlements_of(const std::string& agreement, const std::vector<Json>& lines) {
  const Evaluators evaluators({R"(library local.rules
places { North { Town } South }
record Case { id text  supplied date  home place  provider code ods  patient text  drug code opcs4
  quantity number  unit_price money  cheap yes/no }
threshold original_price: money { may vary from £0 to £900  £100 from 1000-01-01  in Town £80 from 1000-01-01 }
agreement gain "Gain share" on Case {
  source "Paper"
  between provider and patient
  covers drug in { opcs4:A01 }
  dated by supplied
  placed by home
  baseline original_price
  saving (baseline - unit_price) * quantity
  share provider 50%, patient 50%
  settle monthly rounded to 1p half even
)" + agreement + "}\n"});
  INFO(evaluators.complaints());
  REQUIRE(evaluators.good());
  const reference::Settlements expected = reference::settle(evaluators.world(), "Case", lines);
  Random random(1);
  CHECK(difference(expected, settle_in_blocks(evaluators, lines, {}, random)) == "");
  return expected;
}

TEST_CASE("a line behind the period that a target alone asks about is of no settlement", "[regression]") {
  const Json line = {
      {"id", "a"},     {"supplied", "2019-10-09"}, {"provider", "RXA"}, {"patient", "P"}, {"drug", "A01"},
      {"quantity", 1}, {"unit_price", 60},         {"cheap", true}};
  const std::string terms =
      "  period 2018-10-01 to 2019-01-11\n"
      "  target goal \"Cheap\" among patient met unit_price < original_price at least 7% by 2019-12-01\n";
  // Without its place it cannot be said whether it is cheap.
  CHECK(settlements_of(terms, {line}).settled.empty());
  Json placed = line;
  placed["home"] = "South";
  CHECK(settlements_of(terms, {placed}).targets.at(0).met == 1);
}

}  // namespace
}  // namespace proviso::property
