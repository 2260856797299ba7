#include <catch2/catch.hpp>

#include "property/evaluators.hpp"

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

}  // namespace
}  // namespace proviso::property
