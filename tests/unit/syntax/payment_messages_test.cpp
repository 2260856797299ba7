#include <catch2/catch.hpp>

#include "reading.hpp"

using namespace proviso::syntax;
using reading::help_of;
using reading::Lines;
using reading::read_file;
using reading::said;

namespace {

/// What is said of a line of a payment, between two that are right and must be read whatever stands between them.
Lines of_payment(const std::string& line) {
  const auto file = read_file("library x\npayment p on R {\n  pay in full one_before when a\n  " + line +
                              "\n  query behind when c\n" + "  otherwise withhold must\n}\ndefine after_it = 1\n");
  REQUIRE(file.tree.declarations.size() == 2);
  const auto& clauses = std::get<PolicyDeclaration>(file.tree.declarations.at(0)).clauses;
  REQUIRE(clauses.size() >= 3);
  CHECK(clauses.front().name.text == "one_before");
  CHECK(clauses.at(clauses.size() - 2).name.text == "behind");
  CHECK(clauses.back().word == "otherwise");
  return file.complaints;
}

/// Likewise of a line of an agreement.
Lines of_agreement(const std::string& line) {
  const auto file =
      read_file("library x\nagreement a on R {\n  covers drug in products\n  " + line +
                "\n  dated by supplied\n  deduct cost from provider\n  settle monthly\n}\ndefine after_it = 1\n");
  REQUIRE(file.tree.declarations.size() == 2);
  const auto& agreement = std::get<AgreementDeclaration>(file.tree.declarations.at(0));
  CHECK(agreement.covers != no_expression);
  CHECK(agreement.dated_by.text == "supplied");
  CHECK(agreement.deductions.size() == 1);
  CHECK(agreement.settle.has_value());
  return file.complaints;
}

}  // namespace

TEST_CASE("message: clauses of payments") {
  CHECK(of_payment("pay £0") == Lines{"4:9 P0101 expected `when`, found `query`"});
  CHECK(of_payment("pay £0 a b") == Lines{"4:12 P0101 expected `when`, found `b`"});
  CHECK(of_payment("pay when a") == Lines{"4:7 P0101 expected a value or a condition, found `when`"});
  CHECK(of_payment("pay in fall when a") == Lines{"4:10 P0101 expected `full`, found `fall`"});
  CHECK(of_payment("adjust £5 when a") == Lines{"4:10 P0101 expected `to`, found `£`"});
  CHECK(of_payment("adjust to when a") == Lines{"4:13 P0101 expected a value or a condition, found `when`"});
  CHECK(of_payment("recount hrg:RD01A when a") == Lines{"4:11 P0101 expected `as`, found `hrg`"});
  CHECK(of_payment("recount as hrg:RD01A pay when a") ==
        Lines{"4:28 P0101 expected a value or a condition, found `when`"});
  CHECK(of_payment("withhold when a") ==
        Lines{"4:12 P0101 expected how strongly: `must`, `may`, `none` or `risk`, found `when`"});
  CHECK(of_payment("withhold") ==
        Lines{"4:11 P0101 expected how strongly: `must`, `may`, `none` or `risk`, found `query`"});
  CHECK(of_payment("withhold much when a") ==
        Lines{"4:12 P0101 expected how strongly: `must`, `may`, `none` or `risk`, found `much`"});
  CHECK(of_payment("withold must when a") ==
        Lines{"4:3 P0101 expected a line or a clause of the payment, found `withold`"});
  CHECK(of_payment("query who a") == Lines{"4:13 P0101 expected `when`, found `a`"});
}

TEST_CASE("message: what was probably meant in a payment") {
  CHECK(help_of("payment p on R {\n  withold must when a\n}") == "did you mean `withhold`?");
  CHECK(help_of("payment p on R {\n  withhold musst when a\n}") == "did you mean `must`?");
  CHECK(help_of("payment p on R {\n  pay in ful when a\n}") == "did you mean `full`?");
  CHECK(help_of("payment p on R {\n  withhold when a\n}") ==
        "`must`: will not pay; `may`: reserves the right not to; `none`: is under no obligation; `risk`: at the "
        "provider's own risk");
  CHECK(help_of("payment p on R {\n  otherwise qurey\n}") == "did you mean `query`?");
  CHECK(help_of("paymnt p on R {\n}") == "did you mean `payment`?");
  CHECK(help_of("agrement p on R {\n}") == "did you mean `agreement`?");
}

TEST_CASE("message: what another writes in a payment") {
  const auto help = [](const std::string& line) {
    return help_of("payment p on R {\n  " + line + "\n  otherwise query\n}");
  };
  CHECK(of_payment("pay 50% of charge when a") == Lines{"4:11 P0101 expected `when`, found `of`"});
  CHECK(help("pay 50% of charge when a") == "a part of a sum is a product: `charge * 50%`");
  CHECK(of_payment("query b when rank of scans > 1") == Lines{"4:21 P0101 expected `in`, found `of`"});
  CHECK(help("query b when rank of scans > 1") == "the number of a line in a group is `rank in scans`");
  CHECK(of_payment("query b when due = working day rank of month of started") == Lines{});
  CHECK(help("adjust £5 when a") == "did you mean `adjust to`?");
  CHECK(help("recount hrg:BZ34A when a") == "did you mean `recount as`?");
  CHECK(help("query \"Why?\" when a") == "the sentence stands behind the condition");
  CHECK(help("split 50/50").find("its lines are category, status") == 0);
  CHECK(help("otherwise query when a") ==
        "`otherwise` has no condition; to give it one make it a clause, without `otherwise`");
}

TEST_CASE("message: money with commas") {
  CHECK(of_payment("pay £1,000 when a") == Lines{"4:7 P0101 expected money without commas, found `£1,000`"});
  CHECK(of_payment("adjust to £1,234,567.89 when a") ==
        Lines{"4:13 P0101 expected money without commas, found `£1,234,567.89`"});
  CHECK(help_of("payment p on R {\n  pay £1,234,567.89 when a\n}") == "write `£1234567.89`");
  CHECK(of_agreement("share above £1,000 in a year a 50%, b 50%") ==
        Lines{"4:15 P0101 expected money without commas, found `£1,000`"});
  CHECK(said("scenario \"s\" of p {\n  given { charge = £1,000 }\n}") ==
        Lines{"3:20 P0101 expected money without commas, found `£1,000`"});
  // What has no three digits behind the comma is no such sum.
  CHECK(of_payment("pay £1,00 when a") == Lines{"4:9 P0101 expected `when`, found `,`"});
}

TEST_CASE("message: how lines are grouped and ordered") {
  const auto file = read_file("library x\ngroup a on R by b, month of c ordered by d\ngroup e on R by f order by g\n");
  CHECK(file.complaints ==
        Lines{"2:20 P0101 expected a fact alone, found `month`", "3:19 P0101 expected a declaration, found `order`"});
  REQUIRE(file.diagnostics.size() == 2);
  CHECK(file.diagnostics[0].help == "lines belong together by facts, not by what is worked out from them");
  CHECK(file.diagnostics[1].help == "did you mean `ordered by`?");
  // The group is there with the keys that could be read.
  const auto& group = std::get<GroupDeclaration>(file.tree.declarations.at(0));
  CHECK(group.keys.size() == 1);
  CHECK(group.order.size() == 1);
  CHECK(help_of("group a on R by b ordered by c descending") ==
        "lines are ordered from the least up, and in no other way");
}

TEST_CASE("message: a variation of what a payment gives") {
  const auto file = read_file(
      "library x\nvariation of p in Luton {\n  from 2019-04-01\n  replace withhold must w when a \"Why\"\n"
      "  add pay £7 p7 when b\n  add pay \"Pays\": c\n  omit payment\n}\n");
  CHECK(file.complaints ==
        Lines{"4:3 P0503 a variation changes the criteria and exemptions of a payment, and no `withhold`",
              "5:3 P0503 a variation changes the criteria and exemptions of a payment, and no `pay`",
              "7:8 P0101 expected `policy`, found `payment`"});
  const auto& changes = std::get<VariationDeclaration>(file.tree.declarations.at(0)).changes;
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].name.text == "pay");
}

TEST_CASE("message: the otherwise of a payment, and of a policy") {
  CHECK(said("payment p on R {\n  otherwise nothing\n}") ==
        Lines{"3:13 P0101 expected an outcome: `pay in full`, `pay £X`, `adjust to £X`, `recount as CODE`, "
              "`withhold must`, `query` or `exempt`, found `nothing`"});
  CHECK(said("policy p on R {\n  otherwise nothing\n}") ==
        Lines{"3:13 P0101 expected `approve`, `refuse`, `review` or `exempt`, found `nothing`"});
  CHECK(said("policy p on R {\n  approve\n  refuse when a\n}") == Lines{"3:10 P0101 expected `when`, found `refuse`"});
}

TEST_CASE("message: relations, groups and ranks") {
  CHECK(said("relate a on R: where b = c") ==
        Lines{"2:16 P0106 `where` is a word of the language, and cannot be a name"});
  CHECK(said("relate a on R: e b = c") == Lines{"2:18 P0101 expected `where`, found `b`"});
  CHECK(said("relate a on R e where b = c") == Lines{"2:15 P0101 expected `:`, found `e`"});
  CHECK(said("relate a R: e where b = c") == Lines{"2:10 P0101 expected `on`, found `R`"});
  CHECK(said("group a on R\ndefine b = 1") == Lines{"2:13 P0101 expected `by`, found `define`"});
  CHECK(said("group a on R by b, ordered_by c") == Lines{"2:31 P0101 expected a declaration, found `c`"});
  CHECK(said("group a on R by b ordered c") == Lines{"2:27 P0101 expected `by`, found `c`"});
  CHECK(said("define a = rank in text") == Lines{"2:20 P0101 expected the name of a list, or `{`, found `text`"});
  // A mistake in one leaves the others alone.
  const auto file = read_file(
      "library x\nrelate a on R: e where\ngroup b on R by\nrelate c on R: e where e.d = d\n"
      "group f on R by h\n");
  CHECK(file.complaints == Lines{"2:23 P0101 expected a value or a condition, found `group`",
                                 "3:16 P0101 expected a fact, found `relate`"});
  CHECK(file.tree.declarations.size() == 2);
}

TEST_CASE("message: lines of agreements") {
  CHECK(of_agreement("share commissioner, provider 50%") ==
        Lines{"4:21 P0101 expected a percentage such as `50%`, found `,`"});
  CHECK(of_agreement("share commissioner 50, provider 50") ==
        Lines{"4:22 P0101 expected a percentage such as `50%`, found `50`"});
  CHECK(of_agreement("share commissioner 0.5, provider 0.5") ==
        Lines{"4:22 P0101 expected a percentage such as `50%`, found `0.5`"});
  CHECK(of_agreement("share commissioner 50% and provider 50%") == Lines{"4:26 P0101 expected `,`, found `and`"});
  CHECK(of_agreement("share") ==
        Lines{"4:8 P0101 expected a party and its percentage, as `provider 50%`, found `dated`"});
  CHECK(of_agreement("share above 100000 in a year commissioner 50%, provider 50%") ==
        Lines{"4:15 P0101 expected an amount such as `£100`, found `100000`"});
  CHECK(of_agreement("share above £100000 commissioner 50%, provider 50%") ==
        Lines{"4:23 P0101 expected `in`, found `commissioner`"});
  CHECK(of_agreement("cap £5 per year") ==
        Lines{"4:7 P0101 expected a party and its amount, as `provider £250000 per year`, found `£`"});
  CHECK(of_agreement("cap provider £5") == Lines{"4:18 P0101 expected `per`, found `dated`"});
  CHECK(of_agreement("cap provider 5 per year") == Lines{"4:16 P0101 expected an amount such as `£100`, found `5`"});
  CHECK(of_agreement("between commissioner, provider") == Lines{"4:33 P0101 expected `and`, found `dated`"});
  CHECK(of_agreement("between commissioner and") == Lines{"4:27 P0101 expected a name, found `dated`"});
  CHECK(of_agreement("period 18 months") == Lines{"4:19 P0101 expected `from`, found `dated`"});
  CHECK(of_agreement("period") ==
        Lines{"4:9 P0101 expected a period: `18 months from 2018-12-01`, or its first and last day, found `dated`"});
  CHECK(of_agreement("baseline") == Lines{"4:11 P0101 expected a value or a condition, found `dated`"});
  CHECK(of_agreement("baseline £5 unit") == Lines{"4:15 P0101 expected a line of the agreement, found `unit`"});
  CHECK(of_agreement("covers_it a > 5 kilos") ==
        Lines{"4:3 P0101 expected a line of the agreement, found `covers_it`"});
  CHECK(of_agreement("baseline 5 unit") == Lines{"4:14 P0101 expected a unit, found `unit`"});
  CHECK(of_agreement("baseline £5 per") == Lines{"4:18 P0101 expected a word, as `unit`, found `dated`"});
  CHECK(of_agreement("saving a floor") == Lines{"4:17 P0101 expected an amount such as `£100`, found `dated`"});
  CHECK(of_agreement("deduct cost") == Lines{"4:14 P0101 expected `from`, found `dated`"});
  CHECK(of_agreement("settle weekly") ==
        Lines{"4:10 P0101 expected `monthly`, `quarterly` or `yearly`, found `weekly`"});
  CHECK(of_agreement("after pay market_price") == Lines{"4:13 P0101 expected `lowest`, found `market_price`"});
  CHECK(of_agreement("after pay lowest") == Lines{"4:19 P0101 expected a name, found `dated`"});
  CHECK(of_agreement("corrected version") == Lines{"4:13 P0101 expected `by`, found `version`"});
  CHECK(of_agreement("placed by") == Lines{"4:12 P0101 expected a name, found `dated`"});
  CHECK(of_agreement("target t among p at least 90% by 2019-01-01") ==
        Lines{"4:20 P0101 expected `met` and what must hold, found `at`"});
  CHECK(of_agreement("target t among p met q at least 90 by 2019-01-01") ==
        Lines{"4:35 P0101 expected a percentage such as `50%`, found `90`"});
  CHECK(of_agreement("target t among p met q at least 90% by 3 months") ==
        Lines{"4:50 P0101 expected `from`, found `dated`"});
  CHECK(of_agreement("target t among p met q at least 90% by 2019-1-1") ==
        Lines{"4:42 P0101 expected a date such as `2019-04-01`, found `2019-1-1`"});
}

TEST_CASE("message: what was probably meant in an agreement") {
  const auto help = [](const std::string& line) { return help_of("agreement a on R {\n  " + line + "\n}"); };
  CHECK(help("savings a - b") == "did you mean `saving`?");
  CHECK(help("shares a 50%") == "did you mean `share`?");
  CHECK(help("floor £0") == "`floor £X` stands behind the `saving` or the `settle`, on their line");
  CHECK(help("effective 2018-12-01") == "an agreement holds for a `period`");
  CHECK(help("applies when a = b") == "an agreement says what it `covers`");
  CHECK(help("category notice") == "an agreement has no category");
  CHECK(help("share a 50, b 50") == "did you mean `50%`?");
  CHECK(help("share a 0.5, b 0.5") == "did you mean `50%`?");
  CHECK(help("share a 0.075, b 0.925") == "did you mean `7.5%`?");
  CHECK(help("share above £9 a 50%, b 50%") == "a tier is of a year: `above £1000 in a year`");
  CHECK(help("period 18 months from 15/12/2018") == "year, month and day: `2019-04-01` is the 1st of April 2019");
  CHECK(help("split 50/50").find("its lines are between, covers") == 0);
  CHECK(help("settle monthly rounded to 1p floor £0") ==
        "behind `rounded to` the first `floor` is the way of rounding: say that before `floor £X`");
}

TEST_CASE("an agreement or a payment that is not closed ends before the next declaration") {
  for (const std::string open : {"agreement a on R {\n  dated by d\n", "payment p on R {\n  query when a\n"}) {
    const auto file = read_file("library x\n" + open + "define b = 1\n");
    REQUIRE(file.complaints.size() == 1);
    CHECK(file.complaints[0].find("block is not closed: expected `}`, found `define`") != std::string::npos);
    CHECK(file.tree.declarations.size() == 2);
  }
  for (const std::string next : {"  payment q on R {\n  }", "  agreement b \"B\" on R {\n  }",
                                 "  relate c on R: e where e.d = d", "  group d on R by e"}) {
    const auto file = read_file("library x\nagreement a on R {\n  dated by d\n" + next + "\n");
    INFO(next);
    CHECK(file.complaints.size() == 1);
    CHECK(file.tree.declarations.size() == 2);
  }
}

TEST_CASE("message: what scenarios expect of payments") {
  const auto expecting = [](const std::string& line) {
    return said("scenario \"s\" of p {\n  " + line + "\n  given { a = 1 }\n}");
  };
  CHECK(expecting("expect pay") == Lines{});
  CHECK(expecting("expect adjust £5") == Lines{"3:17 P0101 expected a line of the scenario, found `£`"});
  CHECK(expecting("expect withhold much") ==
        Lines{"3:19 P0101 expected how strongly: `must`, `may`, `none` or `risk`, found `much`"});
  CHECK(expecting("expect withold") ==
        Lines{"3:10 P0101 expected an outcome: `approve`, `refuse`, `review`, `exempt`, `information needed`, "
              "`not applicable`, `pay`, `adjust`, `recount as CODE`, `withhold` or `query`, found `withold`"});
  CHECK(expecting("expect recount as hrg:BZ34A") == Lines{});
  CHECK(expecting("expect recount as hrg:BZ34A pay £5 because a") == Lines{});
  CHECK(expecting("expect recount hrg:BZ34A") == Lines{"3:18 P0101 expected `as`, found `hrg`"});
  CHECK(expecting("expect pay because otherwise") == Lines{"3:22 P1005 `otherwise` is no criterion or clause"});
}
