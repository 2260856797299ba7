#include <algorithm>
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

TEST_CASE("a count is between no two limits without a whole number between them, one of which is a count",
          "[regression]") {
  const Json record = {{"referred", "2020-05-05"}, {"numbers", {1, 2}}};
  const std::string count = "(count of n in numbers where flag)";
  CHECK(answer("review when " + count + " between (count of n in numbers) and 1.5\n otherwise refuse\n", record)
            .outcome == "refuse");
  CHECK(answer("review when " + count + " between 2.5 and (count of n in numbers where other)\n otherwise refuse\n",
               record)
            .outcome == "refuse");
}

TEST_CASE("what is left over of quantities of two units is worked out in the smaller", "[regression]") {
  const Json record = {{"referred", "2020-05-05"}};
  CHECK(answer("review when 0.000017 g mod 0.000059 mg = 0.000008 mg\n otherwise refuse\n", record).outcome ==
        "review");
  CHECK(answer("review when 0.5 g mod 70 mg = 0.01 g\n otherwise refuse\n", record).outcome == "review");
  CHECK(answer("review when 70 mg mod 0.5 g = 70 mg\n otherwise refuse\n", record).outcome == "review");
  CHECK(answer("review when 1 hours mod 7 minutes = 4 minutes\n otherwise refuse\n", record).outcome == "review");
}

const char* const measures = R"(library local.rules
record Case {
  referred  date
  hour      number hours
  minute    number minutes
  day       number days
  week      number weeks
  far       number km
  near      number mm
  lengths   list of number hours
}
define as_long(t number hours) = t = 20 minutes
define added(t number hours) = t + minute
table fee(length number hours) -> number { 0.5 hours -> 1 }
policy rule "A rule" on Case {
  category threshold
  status adopted
  source "Paper"
  effective 2018-01-01
  dated by referred
)";

/// What both evaluators say of the condition: `review` where it is yes, `refuse` where it is no.
std::string measured_outcome(const std::string& condition, Json facts) {
  facts["referred"] = "2020-05-05";
  Evaluators evaluators({measures + ("review when " + condition + "\n otherwise refuse\n}\n")});
  INFO(condition << "\n" << evaluators.complaints());
  REQUIRE(evaluators.good());
  const Answers expected = evaluators.by_reference(facts);
  INFO("expected\n" << show(expected) << "found\n" << show(evaluators.alone(facts)));
  CHECK(difference(expected, evaluators.alone(facts)) == "");
  return expected.front().outcome;
}

TEST_CASE("quantities in two units are added and subtracted exactly, in whichever order they stand", "[regression]") {
  const Json one = {{"hour", 1}, {"minute", 20}, {"day", 1}, {"week", 1}, {"far", 1}, {"near", 0.5}};
  for (const char* condition :
       {"hour + 20 minutes = 80 minutes", "20 minutes + hour = 80 minutes", "hour + minute = 80 minutes",
        "minute + hour = 80 minutes", "hour + 40 minutes <= 100 minutes", "hour - minute = 40 minutes",
        "minute - hour = -40 minutes", "day + hour = 25 hours", "hour + day = 25 hours", "far + near > 1 km",
        "near + far > 1 km", "1 kg + 1 ug > 1 kg", "1 kg - 1 ug < 1 kg", "week + 3 days = 10 days",
        "3 days + week = 10 days", "week + 3 days = 240 hours", "hour + minute + day = 1520 minutes"}) {
    CHECK(measured_outcome(condition, one) == "review");
  }
  CHECK(measured_outcome("week + 3 days = day * 10", one) == "review");
}

TEST_CASE("what is chosen between quantities in two units is what it was", "[regression]") {
  const Json one = {{"hour", 1}, {"minute", 10}, {"week", 1}};
  for (const char* condition :
       {"(minimum of hour, minute) = 10 minutes", "(minimum of minute, hour) = 10 minutes",
        "(maximum of hour, 70 minutes) = 70 minutes", "(maximum of 70 minutes, hour) = 70 minutes",
        "(if hour = 2 hours then hour else minute) = 10 minutes", "(first known of near, far) is unknown",
        "(first known of day, minute) = 10 minutes", "(minimum of week, 3 days) = 3 days"}) {
    CHECK(measured_outcome(condition, one) == "review");
  }
}

TEST_CASE("a parameter keeps the smaller unit of what it is given", "[regression]") {
  const Json one = {{"hour", 1}, {"minute", 20}};
  CHECK(measured_outcome("as_long(20 minutes)", one) == "review");
  CHECK(measured_outcome("as_long(minute)", one) == "review");
  CHECK(measured_outcome("as_long(hour)", one) == "refuse");
  CHECK(measured_outcome("added(hour) = 80 minutes", one) == "review");
  CHECK(measured_outcome("added(minute) = 40 minutes", one) == "review");
}

TEST_CASE("a quantity that is not exact in the unit that a table asks for finds no row", "[regression]") {
  CHECK(measured_outcome("fee(minute) = 1", {{"minute", 30}}) == "review");
  // Which is not no, and nothing to ask for.
  CHECK(measured_outcome("fee(minute) = 2", {{"minute", 20}}) == "review");
  CHECK(measured_outcome("not (fee(minute) is known)", {{"minute", 20}}) == "review");
}

TEST_CASE("a quantity is looked for in a list of another unit as it is", "[regression]") {
  const Json one = {{"minute", 20}, {"lengths", {0.333333, 0.5}}};
  CHECK(measured_outcome("minute in lengths", one) == "refuse");
  CHECK(measured_outcome("30 minutes in lengths", one) == "review");
  CHECK(measured_outcome("minute in { 0.333333 hours }", one) == "refuse");
}

TEST_CASE("what the smaller of two units cannot hold is unknown in whichever order they stand", "[regression]") {
  // 9,300,000 km in mm is more than a number can be with its six places; compared, both are as they are.
  const Json one = {{"far", 9300000}, {"near", 1}};
  CHECK(measured_outcome("(far + near) is unknown", one) == "review");
  CHECK(measured_outcome("(near + far) is unknown", one) == "review");
  CHECK(measured_outcome("far > near and near < far", one) == "review");
  // What is known is not passed over for the next.
  CHECK(measured_outcome("(first known of far, near) is unknown", one) == "review");
  CHECK(measured_outcome("(first known of near, far) = 1 mm", one) == "review");
  const Json long_ago = {{"week", 9000000000000}};
  CHECK(measured_outcome("week > 3 days and 3 days < week", long_ago) == "review");
}

TEST_CASE("a percentage is a number that there is, though what stands before its sign is none", "[regression]") {
  const Json record = {{"referred", "2020-05-05"}};
  const std::string most = "922337203685477.5807%";
  CHECK(answer("review when " + most + " > 70949015668113.6601%\n otherwise refuse\n", record).outcome == "review");
  CHECK(answer("review when -" + most + " + " + most + " = 0%\n otherwise refuse\n", record).outcome == "review");
  const auto complaint = [&](const std::string& literal) {
    return Evaluators({vocabulary + ("review when " + literal + " > 1%\n otherwise refuse\n}\n")}).complaints();
  };
  CHECK(complaint("922337203685478%").find("out of range: numbers stay below 922,337,203,685,478") !=
        std::string::npos);
  CHECK(complaint("0.00001%").find("more than four places") != std::string::npos);
  CHECK(complaint("0.00010%").find("places") == std::string::npos);
}

TEST_CASE("needs inside a list form that does not depend on the element around it keep their order", "[regression]") {
  const Json record = {{"referred", "2020-05-05"}, {"episodes", {{{"parts", {Json::object()}}}, Json::object()}}};
  const auto result =
      answer("review when any outer in episodes where (each_has_parts or flag)\n otherwise refuse\n", record);
  CHECK(names(result.needs) == std::vector<std::string>{"episodes", "flag"});
}

TEST_CASE("a list whose measurements are out of date is asked for as out of date, and as missing where one is",
          "[regression]") {
  const Json old = {{"ok", {{"value", true}, {"on", "2019-12-21"}}}};
  const std::string clauses = "review when any e in episodes where e.ok\n otherwise refuse\n";
  const auto needs = [&](const Json& episodes) {
    return answer(clauses, {{"referred", "2021-08-23"}, {"episodes", episodes}}).needs;
  };
  using Needs = std::vector<reference::Need>;
  CHECK(needs(Json::array({old})) == Needs{{"episodes", true}});
  CHECK(needs(Json::array({old, old})) == Needs{{"episodes", true}});
  CHECK(needs(Json::array({old, Json::object()})) == Needs{{"episodes", false}});
  CHECK(needs(Json::array({Json::object(), old})) == Needs{{"episodes", false}});
  CHECK(needs(Json{{"some", Json::array({old})}}) == Needs{{"episodes", false}});
}

TEST_CASE("a count over a list given in part decides by what is there", "[regression]") {
  const Json record = {{"referred", "2020-05-05"}, {"numbers", {{"some", {1, 5}}}}, {"limit", 2}};
  const auto outcome = [&](const std::string& condition) {
    return answer("review when " + condition + "\n otherwise refuse\n", record).outcome;
  };
  CHECK(outcome("(count of n in numbers) >= 2") == "review");
  CHECK(outcome("(count of n in numbers) < 2") == "refuse");
  CHECK(outcome("(count of n in numbers where n > 2) != 0") == "review");
  CHECK(outcome("(count of n in numbers) >= 0") == "review");
  CHECK(outcome("(count of n in numbers) >= limit") == "review");
  CHECK(outcome("(count of n in numbers) > 2") == "information needed");
  CHECK(outcome("(count of n in numbers) = 1") == "refuse");
  CHECK(outcome("(count of n in numbers) in { 0, 1 }") == "refuse");
  CHECK(outcome("(count of n in numbers) between 0 and 1") == "refuse");
  CHECK(outcome("limit between 1 and (count of n in numbers)") == "review");
  CHECK(outcome("(count of n in numbers) + 0 >= 2") == "information needed");
  CHECK(outcome("(count of n in numbers) is known") == "refuse");
}

TEST_CASE("nothing is in an empty list, whatever it is", "[regression]") {
  const Json record = {{"referred", "2020-05-05"}, {"numbers", Json::array()}};
  CHECK(answer("review when limit in numbers\n otherwise refuse\n", record).outcome == "refuse");
  const Json some = {{"referred", "2020-05-05"}, {"numbers", {{"some", Json::array()}}}};
  CHECK(names(answer("review when limit in numbers\n otherwise refuse\n", some).needs) ==
        std::vector<std::string>{"limit", "numbers"});
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

/// What both evaluators come to without the deciding date, and what they ask for.
std::pair<std::string, std::vector<std::string>> undated(const std::string& attribute, const std::string& gate,
                                                         const char* on) {
  const std::string text = R"(library local.rules
record Case { referred date  weight number kg measured)" +
                           attribute + R"( }
policy rule "A rule" on Case {
  category threshold
  status adopted
  source "Paper"
  effective 2018-01-01
  dated by referred
  applies when )" + gate + "\n  otherwise refuse\n}\n";
  const reference::Answer answer = answer_of(text, {{"weight", {{"value", 40}, {"on", on}}}});
  return {answer.outcome, names(answer.needs)};
}

TEST_CASE("without the deciding date a measurement may count or not, on the days on which the policy holds",
          "[regression]") {
  const std::pair<std::string, std::vector<std::string>> asks{"information needed", {"referred"}};
  const std::pair<std::string, std::vector<std::string>> excluded{"not applicable", {}};
  const std::string month = " valid 1 months";
  CHECK(undated(month, "weight is known", "2019-05-01") == asks);
  CHECK(undated(month, "weight is unknown", "2019-05-01") == asks);
  CHECK(undated(month, "(first known of weight, 90 kg) < 50 kg", "2019-05-01") == asks);
  CHECK(undated(month, "weight is known and weight > 50 kg", "2019-05-01") == excluded);
  CHECK(undated(month, "weight is known", "2017-12-01") == asks);
  CHECK(undated(month, "weight is known", "2017-11-30") == excluded);
  CHECK(undated("", "weight > 50 kg", "2017-11-30") == excluded);
  CHECK(undated("", "weight > 50 kg", "2018-01-02") == asks);
}

TEST_CASE("a payment does not ask for what leaves the sum as it is", "[regression]") {
  const auto paid = [](const std::string& clauses, Json line) {
    line["referred"] = "2020-05-05";
    const std::string text = R"(library local.rules
record Case { referred date  flag yes/no  fee money  other_fee money  charge money price }
payment rule "A rule" on Case { source "Paper"  effective 2018-01-01  dated by referred
)" + clauses + "}\n";
    const reference::Answer answer = answer_of(text, line);
    return answer.amount ? answer.outcome + ' ' + std::to_string(static_cast<long>(*answer.amount / reference::one))
                         : answer.outcome;
  };
  const std::string capped = "pay £100 when flag\n otherwise pay in full\n";
  CHECK(paid(capped, {{"charge", 10}}) == "pay 10");
  CHECK(paid(capped, {{"charge", 101}}) == "information needed");
  CHECK(paid(capped, Json::object()) == "information needed");
  CHECK(paid("pay fee when flag\n otherwise pay other_fee\n", {{"charge", 10}, {"fee", 4}, {"other_fee", 4}}) ==
        "pay 4");
  CHECK(paid("pay fee when flag\n otherwise pay other_fee\n", {{"charge", 10}, {"fee", 4}}) == "information needed");
  CHECK(paid("withhold must when flag\n otherwise pay £0\n", {{"charge", 10}}) == "information needed");
  CHECK(paid("withhold may when flag \"a\"\n otherwise withhold must \"b\"\n", {{"charge", 10}}) ==
        "information needed");
  CHECK(paid("adjust to £10 when flag\n otherwise adjust to charge\n", {{"charge", 10}}) == "adjust 10");
}

const char* const ledger_rules = R"(library local.rules
record Case { id text  referred date  patient text check nhs_number  flag yes/no  weight number measured valid 1 months
  second number  since date assume 2019-06-01  charge money price }
relate others on Case: e where e.second = second and e.referred between since and since + 3 months
group together on Case by patient ordered by second
payment rule "A rule" on Case {
  source "Paper"
  effective 2018-01-01
  dated by referred
)";

/// What both evaluators need of each line of a ledger, `outcome` where nothing; they must agree.
std::vector<std::vector<std::string>> needed(const std::string& clauses, const std::vector<Json>& lines) {
  Evaluators evaluators({ledger_rules + clauses + "}\n"});
  INFO(evaluators.complaints());
  REQUIRE(evaluators.good());
  const reference::Ledger ledger{lines, {}};
  const std::vector<LineAnswer> expected = evaluators.by_reference(ledger);
  const std::vector<LineAnswer> found = evaluators.over(ledger);
  std::vector<std::vector<std::string>> all;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    INFO("line " << line << "\nexpected " << show(expected.at(line)) << "found " << show(found.at(line)));
    CHECK(difference(expected.at(line), found.at(line)) == "");
    all.push_back(names(found.at(line).answers.front().needs));
    std::sort(all.back().begin(), all.back().end());
    if (all.back().empty()) all.back().push_back(found.at(line).outcome);
  }
  return all;
}

/// A line of the 6th of January 2020, with these facts too.
Json line_of(const std::string& id, const std::string& patient, Json facts) {
  facts.update({{"id", id}, {"referred", "2020-01-06"}, {"patient", patient}, {"charge", 10}});
  return facts;
}

using Needed = std::vector<std::vector<std::string>>;

TEST_CASE("a line is asked for what it lacks itself by its own name, though it is read through its group",
          "[regression]") {
  const std::string clauses = "withhold must when any e in together where e.flag\n otherwise pay in full\n";
  const Json no = {{"flag", false}};
  const Json unsaid = Json::object();
  const std::string first = "9990000018";
  const std::string other = "9990000026";
  CHECK(needed(clauses, {line_of("a", first, unsaid), line_of("b", first, no), line_of("c", other, no)}) ==
        Needed{{"flag"}, {"together"}, {"pay"}});
  CHECK(needed(clauses, {line_of("a", first, unsaid), line_of("b", first, unsaid)}) ==
        Needed{{"flag", "together"}, {"flag", "together"}});
}

TEST_CASE("a line's own measurement that is out of date is that for its group too", "[regression]") {
  const std::string clauses = "withhold must when any e in together where e.weight > 5\n otherwise pay in full\n";
  const Json old = {{"weight", {{"value", 9}, {"on", "2019-01-01"}}}};
  const Json ledger = {line_of("a", "9990000018", old), line_of("b", "9990000018", {{"weight", 1}})};
  CHECK(needed(clauses, ledger.get<std::vector<Json>>()) == Needed{{"weight"}, {"together"}});
  Evaluators evaluators({ledger_rules + clauses + "}\n"});
  CHECK(evaluators.over(reference::Ledger{ledger.get<std::vector<Json>>(), {}}).front().answers.front().needs ==
        std::vector<reference::Need>{{"weight", true}});
}

TEST_CASE("an NHS number is one number however it is written, in groups as elsewhere", "[regression]") {
  const std::string clauses = "pay in full when rank in together = 1\n otherwise withhold must\n";
  const Json unordered = {{"second", 1}};
  std::vector<Json> lines = {line_of("c", "999 000 0018", unordered), line_of("a", "9990000018", unordered),
                             line_of("b", "999-000-0018", unordered)};
  CHECK(needed(clauses, lines) == Needed{{"withhold"}, {"pay"}, {"withhold"}});
  // A line whose number is none may be anybody's.
  lines.push_back(line_of("d", "99900-000-18", unordered));
  CHECK(needed(clauses, lines) == Needed{{"query"}, {"query"}, {"query"}, {"patient"}});
}

TEST_CASE("a line whose rank is open for want of its own fact is asked for that, and the others for the rank",
          "[regression]") {
  const std::string clauses = "pay in full when rank in together = 1\n otherwise withhold must\n";
  const std::string patient = "9990000018";
  CHECK(needed(clauses, {line_of("a", patient, Json::object()), line_of("b", patient, {{"second", 2}}),
                         line_of("c", "9990000026", Json::object())}) ==
        Needed{{"second"}, {"rank in together"}, {"pay"}});
}

TEST_CASE("nothing is assumed for the window of lines of which nothing is asked", "[regression]") {
  const std::string clauses = "withhold must when every e in others\n otherwise pay in full\n";
  CHECK(needed(clauses, {line_of("a", "9990000018", Json::object())}) == Needed{{"second"}});
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
