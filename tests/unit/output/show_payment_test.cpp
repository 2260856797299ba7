#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "../decide/payment_support.hpp"
#include "output/show.hpp"
#include "output/show_compare.hpp"
#include "output/show_history.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using nlohmann::json;

namespace {

/// One clause of each kind, with limits that its amounts alone read; Wales withholds with another strength, and Luton
/// pays another amount that is written alike.
Ledger every_kind() {
  Ledger ledger;
  model::Threshold limit;
  limit.name = "most";
  limit.type = World::of(Kind::money);
  limit.values.push_back({{limit.type, true, decimal(40)}, {day("2019-04-01"), INT32_MAX}, model::none, {}, {}});
  ledger.library.thresholds.push_back(limit);
  const NodeId most = ledger.threshold(0);
  ledger.library.nodes[most].type = limit.type;
  const auto says = [](Ledger::Gives gives, const char* amount, const char* code = "") {
    gives.amount_expression = amount;
    gives.code_expression = code;
    return gives;
  };
  const auto clauses = [&](NodeId paid, model::Strength strength) {
    const NodeId a = ledger.read("a");
    return std::vector<model::Clause>{
        Ledger::when(Outcome::exempt, a, "child"),
        Ledger::when(says(Ledger::at_most(paid), "most"), a, "pay"),
        Ledger::when(says(Ledger::adjust(most), "most"), a, "high"),
        Ledger::when(says(Ledger::recount(ledger.code("WF01B"), most), "most", "hrg:WF01B"), a, "recount"),
        Ledger::when(says(Ledger::recount(ledger.code("WF01B")), "", "hrg:WF01B"), a, "follow_up"),
        Ledger::when(Ledger::withhold(strength), a, "withhold"),
        Ledger::when(Ledger::query(), a, "query"),
        Ledger::otherwise(Ledger::in_full())};
  };
  const auto of_luton = clauses(ledger.pounds(30), model::Strength::must);
  const auto of_wales = clauses(most, model::Strength::may);
  model::Policy& policy = ledger.payment(clauses(most, model::Strength::must));
  policy.label = "Tariffs";
  policy.effective = {day("2019-04-01"), day("2021-03-31")};
  policy.has_start = true;
  World::placed_by(policy, ledger.commissioner);
  World::vary(policy, ledger.luton, World::form(of_luton));
  World::vary(policy, ledger.wales, World::form(of_wales));
  for (model::Form& form : policy.forms) form.category = model::Category::payment;
  return ledger;
}

std::string shown(const Ledger& ledger) {
  std::string out;
  output::append_shown(out, output::view_policy(ledger.library, "tariffs", {}).front());
  return out;
}

}  // namespace

TEST_CASE("a payment is shown with what each clause gives, as the language writes it") {
  const std::string out = shown(every_kind());
  const auto has = [&](const std::string& line) {
    INFO(line << "\n" << out);
    CHECK(out.find("\n" + line + "\n") != std::string::npos);
  };
  has("category      payment");
  has("price         charge");
  has("exempt child when child expression");
  // A clause that is not named is called by its first word, which is not said again.
  has("pay most when pay expression");
  has("adjust to most high when high expression");
  has("recount as hrg:WF01B pay most when recount expression");
  has("recount as hrg:WF01B follow_up when follow_up expression");
  has("withhold must when withhold expression");
  has("query when query expression");
  has("otherwise pay in full");
  // The limit is one that amounts alone read.
  has("  most (money)");
}

TEST_CASE("a payment as JSON") {
  std::string out;
  const Ledger ledger = every_kind();
  output::append_shown_json(out, output::view_policy(ledger.library, "tariffs", {}).front());
  const json found = json::parse(out);
  CHECK(found["price"] == "charge");
  CHECK(found["category"] == "payment");
  const json& clauses = found["clauses"];
  CHECK_FALSE(clauses[0].contains("gives"));
  CHECK(clauses[1]["gives"] == "pay most");
  CHECK(clauses[1]["outcome"] == "pay");
  CHECK(clauses[1]["amount"] == "most");
  CHECK(clauses[1]["strength"].is_null());
  CHECK(clauses[3]["outcome"] == "adjust");
  CHECK(clauses[3]["recount"] == "hrg:WF01B");
  CHECK(clauses[5]["strength"] == "must");
  CHECK(clauses[7]["gives"] == "pay in full");
  for (const json& clause : clauses) CHECK_FALSE(clause["outcome"].get<std::string>().empty());
  CHECK(found["thresholds"][0]["name"] == "most");
}

TEST_CASE("a policy's clauses are shown as they were") {
  Ledger ledger;
  ledger.policy({World::otherwise(Outcome::refuse)}, "tariffs");
  CHECK(shown(ledger).find("price") == std::string::npos);
  std::string out;
  output::append_shown_json(out, output::view_policy(ledger.library, "tariffs", {}).front());
  CHECK_FALSE(json::parse(out).contains("price"));
  CHECK_FALSE(json::parse(out)["clauses"][0].contains("gives"));
}

TEST_CASE("places that pay differently are told apart, even where they write it alike") {
  const Ledger ledger = every_kind();
  const auto differences = [&](model::PlaceId first, model::PlaceId second) {
    const auto compared = output::compare_places(ledger.library, {first, second}, day("2020-06-01"));
    return compared.policies.empty() ? std::vector<output::Difference>() : compared.policies.front().differences;
  };
  CHECK(differences(ledger.england, ledger.leicester).empty());
  const auto strengths = differences(ledger.england, ledger.wales);
  REQUIRE(strengths.size() == 1);
  CHECK(strengths[0].name == "withhold");
  CHECK(strengths[0].cells[0].lines.back() == "withhold must when withhold expression");
  CHECK(strengths[0].cells[1].lines.back() == "withhold may when withhold expression");
  const auto amounts = differences(ledger.england, ledger.luton);
  REQUIRE(amounts.size() == 1);
  CHECK(amounts[0].name == "pay");
  CHECK(amounts[0].cells[0].lines.back() == "as test means it");
}

TEST_CASE("the history of a payment says that it is one, and what its limits were") {
  const Ledger ledger = every_kind();
  std::string out;
  output::append_history(out, output::history_of(ledger.library, "test.tariffs", model::none));
  CHECK(out.find("the payment begins: payment, adopted") != std::string::npos);
  CHECK(out.find("the payment ends") != std::string::npos);
  CHECK(out.find("most is £40.00") != std::string::npos);
}
