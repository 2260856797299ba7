#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "../decide/payment_support.hpp"
#include "output/csv_writer.hpp"
#include "output/json_writer.hpp"
#include "output/shown_value.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using decide::Explain;
using nlohmann::json;

namespace {

std::string payment_result(const Trial& trial, std::size_t record = 0) {
  std::string out;
  output::JsonWriter(trial.engine).append(out, trial.chunk, trial.decisions, record, 7);
  return out;
}

/// Withheld without authorisation (a); with it, paid up to the tariff where it is a repeat (b), else in full.
Ledger authorised() {
  Ledger ledger;
  Ledger::Gives tariff = Ledger::at_most(ledger.read("tariff"));
  tariff.amount_expression = "tariff";
  ledger.payment({Ledger::when(Ledger::withhold(model::Strength::may), ledger.not_(ledger.read("a")), "no_code"),
                  Ledger::when(tariff, ledger.read("b"), "repeat"), Ledger::otherwise(Ledger::in_full())});
  return ledger;
}

std::string amount(std::int64_t money) {
  std::string out;
  output::append_amount(out, money);
  return out;
}

}  // namespace

TEST_CASE("an amount has two places at least, and no sign of its currency") {
  CHECK(amount(decimal(31) + decimal(1) / 2) == "31.50");
  CHECK(amount(0) == "0.00");
  CHECK(amount(-decimal(1) / 8) == "-0.125");
  CHECK(amount(decimal(1234567)) == "1234567.00");
}

TEST_CASE("a sum that is withheld, as the interface has it") {
  const Ledger ledger = authorised();
  Trial trial(ledger);
  trial.record().truth("a", false).value("charge", 100).decide();
  CHECK(payment_result(trial) ==
        R"({"id": null, "record": "Referral", "line": 7, "outcome": "withhold", "price": "100.00", )"
        R"("amount": "0.00", "decisions": [)"
        R"({"policy": "test.tariffs", "version": null, "on": "2019-06-01", "category": "payment", )"
        R"("outcome": "withhold", "amount": "0.00", "strength": "may", "clause": "no_code", "text": "no_code it", )"
        R"("because": [{"criterion": "no_code", "label": "no_code it", "result": "yes", )"
        R"("expression": "no_code expression", "values": [{"name": "a", "value": "no"}], "source": "Paper, 3.3"}], )"
        R"("needs": [], "assumed": [], "notes": []}], "library": "sha256:0"})");
}

TEST_CASE("an amount says what it was worked out from") {
  const Ledger ledger = authorised();
  Trial trial(ledger);
  trial.record().truth("a", true).truth("b", true).value("charge", 100).value("tariff", 80);
  trial.record().truth("a", true).truth("b", true).value("charge", 100);
  trial.record().truth("a", true).truth("b", false).value("charge", 100);
  trial.record().truth("a", true).truth("b", false);
  trial.decide();
  const json capped = json::parse(payment_result(trial, 0));
  CHECK(capped["price"] == "100.00");
  CHECK(capped["amount"] == "80.00");
  const json& decision = capped["decisions"][0];
  CHECK(decision["outcome"] == "pay");
  CHECK(decision["amount"] == "80.00");
  CHECK_FALSE(decision.contains("strength"));
  CHECK_FALSE(decision.contains("recount"));
  CHECK(decision["amount_from"] ==
        json::parse(R"({"expression": "tariff", "values": [{"name": "tariff", "value": "£80.00"}]})"));

  const json open = json::parse(payment_result(trial, 1));
  CHECK(open["outcome"] == "information needed");
  CHECK(open["amount"].is_null());
  CHECK(open["decisions"][0]["amount"].is_null());
  CHECK(open["decisions"][0]["clause"].is_null());
  CHECK(open["decisions"][0]["because"][0]["criterion"] == "repeat");
  CHECK(open["decisions"][0]["amount_from"]["values"][0]["value"] == "unknown");
  CHECK(open["decisions"][0]["needs"] ==
        json::parse(R"([{"fact": "tariff", "ask": null, "why": ["amount"], "state": "missing"}])"));

  const json in_full = json::parse(payment_result(trial, 2));
  CHECK(in_full["decisions"][0]["amount"] == "100.00");
  CHECK_FALSE(in_full["decisions"][0].contains("amount_from"));

  const json unpriced = json::parse(payment_result(trial, 3));
  CHECK(unpriced["decisions"][0]["outcome"] == "pay");
  CHECK(unpriced["decisions"][0]["amount"].is_null());
  CHECK(unpriced["amount"].is_null());
}

TEST_CASE("a line that is recounted says as what, and where the code came from") {
  Ledger ledger;
  Ledger::Gives recounted = Ledger::recount(ledger.read("hrg"), ledger.pounds(20));
  recounted.code_expression = "hrg";
  recounted.amount_expression = "£20";
  ledger.payment({Ledger::otherwise(recounted)});
  for (const Explain explain : {Explain::none, Explain::reasons, Explain::full}) {
    Trial trial(ledger, {{}, false, {}, explain});
    trial.record().value("charge", 100);
    trial.chunk.set_value(ledger.id_of("hrg"), 0, value::parse_code(value::CodeSystem::hrg, "WF01B").value());
    const json decision = json::parse(payment_result(trial.decide()))["decisions"][0];
    CHECK(decision["outcome"] == "adjust");
    CHECK(decision["amount"] == "20.00");
    CHECK(decision["recount"] == "hrg:WF01B");
    if (explain == Explain::none) {
      CHECK_FALSE(decision.contains("amount_from"));
      continue;
    }
    CHECK(decision["amount_from"] == json::parse(R"({"expression": "£20", "values": []})"));
    CHECK(decision["recount_from"] ==
          json::parse(R"({"expression": "hrg", "values": [{"name": "hrg", "value": "hrg:WF01B"}]})"));
    CHECK(decision["because"].empty());
  }
}

TEST_CASE("a policy beside a payment has no amount, and a record that nothing covers has its price") {
  Ledger ledger = authorised();
  ledger.policy({World::otherwise(Outcome::refuse)}, "hips").applies = ledger.read("c");
  ledger.library.policies[0].applies = ledger.read("d");
  Trial trial(ledger);
  trial.record().truth("a", false).truth("c", true).truth("d", true).value("charge", 100);
  trial.record().truth("a", false).truth("c", false).truth("d", false).value("charge", 100);
  trial.decide();
  const json both = json::parse(payment_result(trial, 0));
  CHECK(both["outcome"] == "refuse");
  CHECK(both["amount"] == "0.00");
  REQUIRE(both["decisions"].size() == 2);
  CHECK(both["decisions"][0]["amount"] == "0.00");
  CHECK_FALSE(both["decisions"][1].contains("amount"));
  const json neither = json::parse(payment_result(trial, 1));
  CHECK(neither["amount"] == "100.00");
  CHECK(neither["decisions"].empty());
}

TEST_CASE("CSV has columns for what is paid where there are payments") {
  Ledger ledger = authorised();
  Ledger::Gives recounted = Ledger::recount(ledger.code("WF01B"));
  ledger
      .payment({Ledger::when(Ledger::query(), ledger.greater(ledger.read(ledger.rank), ledger.number(1)), "second"),
                Ledger::otherwise(recounted)},
               "groups")
      .applies = ledger.read("c");
  ledger.library.policies[0].applies = ledger.read("d");
  Trial trial(ledger);
  trial.record().truth("c", true).truth("d", true).truth("a", false).value("charge", 100).value("rank in day", 1);
  trial.record().truth("c", true).truth("d", false).value("charge", 100);
  const auto key = trial.chunk.text_number("999 000 0018");
  trial.chunk.set_value(ledger.nhs, 1, key);
  trial.chunk.set_value(ledger.site, 1, key);
  trial.record().truth("c", false).truth("d", false).value("charge", 100);
  trial.decide();
  std::string out;
  const output::CsvWriter writer(trial.engine);
  writer.append_header(out);
  for (std::size_t record = 0; record < 3; ++record) {
    writer.append(out, trial.chunk, trial.decisions, record, record + 2);
  }
  writer.append(out, {"null", 5, "P0902", "", "malformed"});
  CHECK(out ==
        "id,line,policy,version,place,on,category,outcome,clause,text,because,needs,amount,strength,recount,"
        "price,line_amount,error\n"
        ",2,test.tariffs,,,2019-06-01,payment,withhold,no_code,no_code it,no_code,,0.00,may,,100.00,0.00,\n"
        ",2,test.groups,,,2019-06-01,payment,adjust,otherwise,Otherwise it,second,,100.00,,hrg:WF01B,100.00,0.00,\n"
        // The name of a rank has blanks of its own.
        ",3,test.groups,,,2019-06-01,payment,information needed,,,second,rank_in_day,,,,100.00,,\n"
        ",4,,,,,,not applicable,,,,,,,,100.00,100.00,\n"
        ",5,,,,,,,,,,,,,,,,P0902: malformed\n");
}

TEST_CASE("without payments and a price, nothing is said of money") {
  World world;
  world.policy({World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record().decide();
  CHECK(payment_result(trial).find("amount") == std::string::npos);
  std::string out;
  output::CsvWriter(trial.engine).append_header(out);
  CHECK(out == "id,line,policy,version,place,on,category,outcome,clause,text,because,needs,error\n");
}
