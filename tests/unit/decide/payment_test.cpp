#include <catch2/catch.hpp>

#include "payment_support.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using decide::Explain;
using decide::Options;
using model::Strength;

namespace {

/// What a payment that always gives that comes to for a line of the price (none: without one), and what the line is
/// paid.
std::pair<std::string, std::string> always(Ledger& ledger, const Ledger::Gives& gives,
                                           std::optional<std::int64_t> price) {
  ledger.library.policies.clear();
  ledger.payment({Ledger::otherwise(gives)});
  Trial trial(ledger);
  trial.record();
  if (price) trial.value("charge", *price);
  trial.decide();
  return {given(trial), paid(trial)};
}

using Pair = std::pair<std::string, std::string>;

}  // namespace

TEST_CASE("what each outcome pays of a price of £100") {
  Ledger ledger;
  const NodeId wf01b = ledger.code("WF01B");
  CHECK(always(ledger, Ledger::in_full(), 100) == Pair("pay £100.00", "£100.00"));
  CHECK(always(ledger, Ledger::at_most(ledger.pounds(80)), 100) == Pair("pay £80.00", "£80.00"));
  CHECK(always(ledger, Ledger::adjust(ledger.pounds(60)), 100) == Pair("adjust £60.00", "£60.00"));
  CHECK(always(ledger, Ledger::recount(wf01b), 100) == Pair("adjust £100.00 as WF01B", "£100.00"));
  CHECK(always(ledger, Ledger::recount(wf01b, ledger.pounds(20)), 100) == Pair("adjust £20.00 as WF01B", "£20.00"));
  CHECK(always(ledger, Ledger::withhold(Strength::may), 100) == Pair("withhold may £0.00", "£0.00"));
  CHECK(always(ledger, Ledger::query(), 100) == Pair("query no amount", "no amount"));
}

TEST_CASE("no payment allows more than the price") {
  Ledger ledger;
  const NodeId much = ledger.pounds(150);
  CHECK(always(ledger, Ledger::at_most(much), 100).first == "pay £100.00");
  CHECK(always(ledger, Ledger::adjust(much), 100).first == "adjust £100.00");
  CHECK(always(ledger, Ledger::recount(ledger.code("WF01B"), much), 100).first == "adjust £100.00 as WF01B");
}

TEST_CASE("without a price nothing is known but that nothing is paid") {
  Ledger ledger;
  CHECK(always(ledger, Ledger::in_full(), {}) == Pair("pay no amount", "no amount"));
  CHECK(always(ledger, Ledger::at_most(ledger.pounds(80)), {}) == Pair("pay no amount", "no amount"));
  CHECK(always(ledger, Ledger::recount(ledger.code("WF01B")), {}) == Pair("adjust no amount as WF01B", "no amount"));
  CHECK(always(ledger, Ledger::withhold(), {}) == Pair("withhold must £0.00", "£0.00"));
}

TEST_CASE("a credit is not withheld") {
  Ledger ledger;
  CHECK(always(ledger, Ledger::withhold(), -50) == Pair("withhold must -£50.00", "-£50.00"));
  CHECK(always(ledger, Ledger::at_most(ledger.pounds(80)), -50) == Pair("pay -£50.00", "-£50.00"));
}

TEST_CASE("a line is paid the least that its payments allow, and no more than its price") {
  Ledger ledger;
  ledger.payment(
      {Ledger::when(Ledger::at_most(ledger.pounds(80)), ledger.read("a")), Ledger::otherwise(Ledger::in_full())},
      "one");
  ledger.payment(
      {Ledger::when(Ledger::adjust(ledger.pounds(60)), ledger.read("b")), Ledger::otherwise(Ledger::in_full())}, "two");
  ledger.payment({Ledger::when(Ledger::withhold(), ledger.read("c")), Ledger::otherwise(Ledger::in_full())}, "three");
  Trial trial(ledger);
  const auto line = [&](bool a, bool b, bool c, std::int64_t price) {
    trial.record().truth("a", a).truth("b", b).truth("c", c).value("charge", price);
  };
  line(false, false, false, 100);
  line(true, false, false, 100);  // 80 < 100
  line(true, true, false, 100);   // 60 < 80
  line(true, true, false, 50);    // 50 < 60
  line(true, true, true, 100);
  trial.decide();
  CHECK(paid(trial, 0) == "£100.00");
  CHECK(trial.outcome(0) == Outcome::pay);
  CHECK(paid(trial, 1) == "£80.00");
  CHECK(trial.outcome(1) == Outcome::pay);
  CHECK(paid(trial, 2) == "£60.00");
  CHECK(trial.outcome(2) == Outcome::adjust);
  CHECK(paid(trial, 3) == "£50.00");
  CHECK(paid(trial, 4) == "£0.00");
  CHECK(trial.outcome(4) == Outcome::withhold);
  // Each decision keeps what it allows by itself.
  CHECK(given(trial, 4, 0) == "pay £80.00");
  CHECK(given(trial, 4, 1) == "adjust £60.00");
  CHECK(given(trial, 4, 2) == "withhold must £0.00");
}

TEST_CASE("a line is paid in full where no payment covers it, or it is exempt") {
  Ledger ledger;
  ledger.payment({Ledger::when(Outcome::exempt, ledger.read("b"), "emergency"), Ledger::otherwise(Ledger::withhold())})
      .applies = ledger.read("a");
  Trial trial(ledger);
  trial.record().truth("a", false).value("charge", 100);
  trial.record().truth("a", true).truth("b", true).value("charge", 100);
  trial.record().truth("a", false);
  trial.decide();
  CHECK(given(trial, 0) == "nothing");
  CHECK(paid(trial, 0) == "£100.00");
  CHECK(given(trial, 1) == "exempt no amount");
  CHECK(trial.clause(1) == "emergency");
  CHECK(paid(trial, 1) == "£100.00");
  CHECK(paid(trial, 2) == "no amount");
}

TEST_CASE("a draft pays nothing and withholds nothing, but on trial") {
  Ledger ledger;
  ledger.payment({Ledger::otherwise(Ledger::withhold())}).status = model::Status::draft;
  for (const bool on_trial : {false, true}) {
    Trial trial(ledger, {{}, on_trial, {}, Explain::reasons});
    trial.record().value("charge", 100).decide();
    CHECK(paid(trial) == (on_trial ? "£0.00" : "£100.00"));
  }
}

TEST_CASE("a line has no amount while a payment on it is open or asks for an answer") {
  Ledger ledger;
  ledger.payment(
      {Ledger::when(Ledger::in_full(), ledger.read("a")), Ledger::otherwise(Ledger::adjust(ledger.pounds(60)))}, "one");
  ledger.payment({Ledger::when(Ledger::query(), ledger.read("b")), Ledger::otherwise(Ledger::withhold())}, "two");
  Trial trial(ledger);
  trial.record().truth("b", false).value("charge", 100);                   // open, withheld
  trial.record().truth("a", true).truth("b", true).value("charge", 100);   // pay, query
  trial.record().truth("a", true).truth("b", false).value("charge", 100);  // pay, withheld
  trial.decide();
  CHECK(given(trial, 0) == "information needed no amount");
  CHECK(given(trial, 0, 1) == "withhold must £0.00");
  CHECK(trial.outcome(0) == Outcome::withhold);
  CHECK(paid(trial, 0) == "no amount");
  CHECK(given(trial, 1, 1) == "query no amount");
  CHECK(trial.outcome(1) == Outcome::query);
  CHECK(paid(trial, 1) == "no amount");
  CHECK(paid(trial, 2) == "£0.00");
}

TEST_CASE("a record without a price field has no amount") {
  Ledger ledger;
  ledger.library.records[0].price = model::none;
  ledger.payment({Ledger::otherwise(Ledger::withhold())});
  Trial trial(ledger);
  trial.record().value("charge", 100).decide();
  CHECK(given(trial) == "withhold must £0.00");
  CHECK(paid(trial) == "no amount");
}

TEST_CASE("clauses that give the same ask for nothing between them") {
  Ledger ledger;
  const NodeId tariff = ledger.read("tariff");
  const NodeId wf01b = ledger.code("WF01B");
  const auto asks = [&](const Ledger::Gives& one, const Ledger::Gives& other) {
    ledger.library.policies.clear();
    ledger.payment({Ledger::when(one, ledger.read("a"), "first"), Ledger::otherwise(other)});
    Trial trial(ledger);
    trial.record().value("charge", 100).value("tariff", 70).decide();
    CHECK((trial.outcome() == Outcome::information_needed) == (trial.needs() == "a(missing: first)"));
    return trial.outcome() == Outcome::information_needed;
  };
  CHECK_FALSE(asks(Ledger::in_full(), Ledger::in_full()));
  CHECK_FALSE(asks(Ledger::at_most(tariff), Ledger::at_most(tariff)));
  CHECK_FALSE(asks(Ledger::recount(wf01b, tariff), Ledger::recount(wf01b, tariff)));
  CHECK_FALSE(asks(Ledger::withhold(Strength::risk), Ledger::withhold(Strength::risk)));
  CHECK_FALSE(asks(Ledger::query(), Ledger::query()));
  SECTION("however they say it") {
    CHECK_FALSE(asks(Ledger::at_most(tariff), Ledger::at_most(ledger.pounds(70))));
    CHECK_FALSE(asks(Ledger::in_full(), Ledger::at_most(ledger.pounds(101))));
    CHECK_FALSE(asks(Ledger::recount(wf01b), Ledger::recount(wf01b, ledger.pounds(101))));
  }
  SECTION("the outcome alone is not enough") {
    CHECK(asks(Ledger::in_full(), Ledger::at_most(tariff)));
    CHECK(asks(Ledger::at_most(tariff), Ledger::at_most(ledger.pounds(60))));
    CHECK(asks(Ledger::at_most(tariff), Ledger::adjust(tariff)));
    CHECK(asks(Ledger::adjust(tariff), Ledger::recount(wf01b, tariff)));
    CHECK(asks(Ledger::recount(wf01b), Ledger::recount(wf01b, tariff)));
    CHECK(asks(Ledger::recount(wf01b), Ledger::recount(ledger.code("WF01A"))));
    CHECK(asks(Ledger::withhold(Strength::must), Ledger::withhold(Strength::may)));
  }
}

TEST_CASE("between clauses that give the same, one that gives something else is asked about") {
  Ledger ledger;
  const NodeId tariff = ledger.read("tariff");
  ledger.payment({Ledger::when(Ledger::at_most(tariff), ledger.read("a"), "first"),
                  Ledger::when(Ledger::withhold(), ledger.read("b")),
                  Ledger::when(Ledger::at_most(tariff), ledger.read("c"), "third"),
                  Ledger::otherwise(Ledger::at_most(tariff))});
  Trial trial(ledger);
  trial.record().value("charge", 100).value("tariff", 70);
  trial.record().truth("b", false).value("charge", 100).value("tariff", 70);
  trial.decide();
  // Whatever c is, the tariff is paid once a and b are no.
  CHECK(trial.needed(0) == "a b");
  CHECK(given(trial, 1) == "pay £70.00");
  CHECK(trial.clause(1) == "otherwise");
}

TEST_CASE("a fact that the amount lacks is asked for in the amount's name") {
  Ledger ledger;
  const NodeId both = ledger.sum(ledger.read("tariff"), ledger.read("deposit"));
  ledger.payment({Ledger::when(Ledger::adjust(both), ledger.read("a")), Ledger::otherwise(Ledger::in_full())});
  Trial trial(ledger);
  trial.record().truth("a", true).value("charge", 100).value("tariff", 30);
  trial.record().truth("a", false).value("charge", 100).value("tariff", 30);
  trial.record().truth("a", true).value("charge", 100).value("tariff", 30).value("deposit", 20);  // 30 + 20
  trial.record().value("charge", 100);
  trial.decide();
  CHECK(given(trial, 0) == "information needed no amount");
  CHECK(trial.needs(0) == "deposit(missing: amount)");
  CHECK(trial.because(0) == "adjust=yes");
  CHECK(trial.clause(0).empty());
  CHECK(paid(trial, 0) == "no amount");
  CHECK(given(trial, 1) == "pay £100.00");
  CHECK(given(trial, 2) == "adjust £50.00");
  // Where a is yes, both will matter: all is asked at once, the conditions first.
  CHECK(trial.needs(3) == "a(missing: adjust) tariff(missing: amount) deposit(missing: amount)");
}

TEST_CASE("while a payment is open, what the amounts lack that may still be paid is asked, and no other") {
  Ledger ledger;
  const NodeId tariff = ledger.read("tariff");
  ledger.payment({Ledger::when(Ledger::at_most(tariff), ledger.read("a"), "first"),
                  Ledger::when(Ledger::recount(ledger.read("hrg"), ledger.read("deposit")), ledger.read("b"), "second"),
                  Ledger::when(Ledger::adjust(tariff), ledger.read("c"), "third"),
                  Ledger::otherwise(Ledger::withhold())});
  Trial trial(ledger);
  trial.record().value("charge", 100);
  trial.record().value("charge", 100).truth("b", false);
  trial.record().value("charge", 100).truth("a", false).truth("b", true);
  trial.record().value("charge", 100).truth("a", false).truth("c", false);
  trial.record().value("charge", 100).value("deposit", 5).truth("a", false);
  trial.decide();
  CHECK(trial.needs(0) ==
        "a(missing: first) b(missing: second) c(missing: third) tariff(missing: amount) "
        "deposit(missing: amount) hrg(missing: code)");
  CHECK(trial.needs(1) == "a(missing: first) c(missing: third) tariff(missing: amount)");
  CHECK(trial.needs(2) == "deposit(missing: amount) hrg(missing: code)");
  CHECK(trial.needs(3) == "b(missing: second) deposit(missing: amount) hrg(missing: code)");
  CHECK(trial.needs(4) == "b(missing: second) c(missing: third) hrg(missing: code) tariff(missing: amount)");
}

TEST_CASE("a condition that no fact would settle asks nothing, but the amount behind it does") {
  Ledger ledger;
  const NodeId broken = ledger.greater(ledger.divide(ledger.number(1), ledger.read("x")), ledger.number(0));
  ledger.payment(
      {Ledger::when(Ledger::at_most(ledger.read("tariff")), broken, "ratio"), Ledger::otherwise(Ledger::withhold())});
  Trial trial(ledger);
  trial.record().value("charge", 100).value("x", 0);
  trial.record().value("charge", 100).value("x", 0).value("tariff", 50);
  trial.decide();
  CHECK(given(trial, 0) == "information needed no amount");
  CHECK(trial.needs(0) == "tariff(missing: amount)");
  CHECK(given(trial, 1) == "query no amount");
}

TEST_CASE("a code that is not known is asked about too") {
  Ledger ledger;
  ledger.payment({Ledger::otherwise(Ledger::recount(ledger.read("hrg"), ledger.read("tariff")))});
  Trial trial(ledger);
  trial.record().value("charge", 100);
  trial.record().value("charge", 100).value("tariff", 20);
  trial.decide();
  CHECK(trial.needs(0) == "tariff(missing: amount) hrg(missing: code)");
  CHECK(trial.needs(1) == "hrg(missing: code)");
  CHECK_FALSE(trial.decision(1)->recount.has_value());
}

TEST_CASE("an amount that cannot be worked out though nothing is missing is a query, with the reason") {
  Ledger ledger;
  const NodeId share = ledger.node(NodeKind::divide, Kind::money, {ledger.read("tariff"), ledger.read("x")});
  ledger.payment({Ledger::otherwise(Ledger::at_most(share))});
  Trial trial(ledger);
  trial.record().value("charge", 100).value("tariff", 30).value("x", 0);
  trial.record().value("charge", 100).value("x", 0);
  trial.record().value("charge", 100).value("tariff", 30).value("x", 2);  // 30 / 2
  trial.decide();
  CHECK(given(trial, 0) == "query no amount");
  CHECK(trial.clause(0).empty());
  CHECK(trial.notes(0) == "division by zero in `amount`");
  CHECK(paid(trial, 0) == "no amount");
  CHECK(trial.needs(1) == "tariff(missing: amount)");
  CHECK(given(trial, 2) == "pay £15.00");
}

TEST_CASE("an amount that nothing explains is a query with a reason all the same") {
  Ledger ledger;
  ledger.payment({Ledger::otherwise(Ledger::at_most(ledger.node(NodeKind::unknown, Kind::money)))});
  for (const Explain explain : {Explain::none, Explain::reasons, Explain::full}) {
    Trial trial(ledger, {{}, false, {}, explain});
    trial.record().value("charge", 100).decide();
    CHECK(given(trial) == "query no amount");
    CHECK(trial.notes() == "the facts are there, but do not give the amount or the code");
  }
}

TEST_CASE("what a policy would hand to a person, a payment asks") {
  Ledger ledger;
  const NodeId broken = ledger.greater(ledger.divide(ledger.number(1), ledger.read("x")), ledger.number(0));
  ledger.payment({Ledger::when(Ledger::in_full(), broken, "ratio"), Ledger::otherwise(Ledger::withhold())});
  Trial trial(ledger);
  trial.record().value("charge", 100).value("x", 0);
  trial.record().value("charge", 100);
  trial.decide();
  CHECK(given(trial, 0) == "query no amount");
  CHECK(trial.notes(0) == "division by zero in `ratio`");
  CHECK(given(trial, 1) == "information needed no amount");
  CHECK(trial.needed(1) == "x");
}

TEST_CASE("a query that a clause asks needs no further reason") {
  Ledger ledger;
  ledger.payment({Ledger::when(Ledger::query(), ledger.read("a"), "odd"), Ledger::otherwise(Ledger::in_full())});
  Trial trial(ledger);
  trial.record().truth("a", true).value("charge", 100).decide();
  CHECK(given(trial) == "query no amount");
  CHECK(trial.clause() == "odd");
  CHECK(trial.notes().empty());
}

TEST_CASE("a policy and a payment on one record: the strictest of both, and the payment's amount") {
  Ledger ledger;
  ledger.policy({World::when(Outcome::approve, ledger.read("a")), World::otherwise(Outcome::refuse)}, "hips");
  ledger.payment({Ledger::when(Ledger::at_most(ledger.pounds(80)), ledger.read("b")),
                  Ledger::when(Ledger::withhold(), ledger.read("c")), Ledger::otherwise(Ledger::query())});
  Trial trial(ledger);
  const auto line = [&](std::optional<bool> a, bool b, bool c) {
    trial.record().truth("b", b).truth("c", c).value("charge", 100);
    if (a) trial.truth("a", *a);
  };
  line(true, true, false);   // approve, pay
  line(false, true, false);  // refuse, pay
  line(true, false, true);   // approve, withhold
  line({}, true, false);     // open, pay
  line({}, false, false);    // open, query
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::approve);
  CHECK(paid(trial, 0) == "£80.00");
  CHECK(trial.outcome(1) == Outcome::refuse);
  CHECK(paid(trial, 1) == "£80.00");
  CHECK(trial.outcome(2) == Outcome::withhold);
  // What a policy still needs holds up no payment.
  CHECK(trial.outcome(3) == Outcome::information_needed);
  CHECK(paid(trial, 3) == "£80.00");
  CHECK(trial.outcome(4) == Outcome::information_needed);
  CHECK(paid(trial, 4) == "no amount");
}

TEST_CASE("what an amount was worked out from is kept beside the reasons") {
  Ledger ledger;
  ledger.fact(ledger.id_of("deposit")).assumed = model::Constant{World::of(Kind::money), true, decimal(5)};
  const NodeId both = ledger.sum(ledger.read("tariff"), ledger.read("deposit"));
  ledger.payment({Ledger::when(Ledger::recount(ledger.read("hrg"), both), ledger.read("a"), "counted"),
                  Ledger::otherwise(Ledger::in_full())});
  const auto hrg = value::parse_code(value::CodeSystem::hrg, "WF01B").value();
  const auto decide = [&](Trial& trial, bool a) {
    trial.record().truth("a", a).value("charge", 100).value("tariff", 30);
    trial.chunk.set_value(ledger.id_of("hrg"), 0, hrg);
    trial.decide();
  };
  Trial trial(ledger);
  decide(trial, true);
  CHECK(given(trial) == "adjust £35.00 as WF01B");
  CHECK(trial.because() == "counted=yes");
  CHECK(trial.assumed() == "deposit");
  const decide::Decision& decision = *trial.decision();
  REQUIRE(decision.worked_out.count == 2);
  const auto& items = trial.engine.versions()[0].items;
  const decide::Reason& amount = trial.decisions.reasons[decision.worked_out.first];
  CHECK(items[amount.item].name == "amount");
  CHECK(items[amount.item].expression == "amount expression");
  REQUIRE(items[amount.item].reads.size() == 2);
  CHECK(trial.decisions.values[amount.first_value].bits == decimal(30));
  CHECK(trial.decisions.values[amount.first_value + 1].bits == decimal(5));
  CHECK(items[trial.decisions.reasons[decision.worked_out.first + 1].item].name == "code");

  SECTION("of another clause, nothing is read for it") {
    Trial other(ledger);
    decide(other, false);
    CHECK(other.decision()->worked_out.count == 0);
    CHECK(other.assumed().empty());
  }
  SECTION("in full, criteria are still criteria alone") {
    Trial full(ledger, {{}, false, {}, Explain::full});
    decide(full, true);
    CHECK(full.because() == "counted=yes");
    CHECK(full.decision()->worked_out.count == 2);
  }
  SECTION("without explanations, the amount alone is there") {
    Trial bare(ledger, {{}, false, {}, Explain::none});
    decide(bare, true);
    CHECK(given(bare) == "adjust £35.00 as WF01B");
    CHECK(bare.decision()->worked_out.count == 0);
  }
}

TEST_CASE("what was wrong with the price, or with what an amount reads, is said where it took part") {
  Ledger ledger;
  ledger.payment({Ledger::when(Ledger::in_full(), ledger.read("a")),
                  Ledger::when(Ledger::at_most(ledger.read("tariff")), ledger.read("b")),
                  Ledger::otherwise(Ledger::withhold())});
  Trial trial(ledger);
  const auto line = [&](std::uint32_t row, bool a, bool b) {
    trial.record().truth("a", a).truth("b", b);
    for (const char* name : {"charge", "tariff"}) {
      trial.chunk.add_problem(ledger.id_of(name), row, std::string("not ") + name);
    }
  };
  line(0, true, false);
  line(1, false, true);
  line(2, false, false);
  trial.decide();
  CHECK(trial.notes(0) == "`charge`: not charge");
  CHECK(trial.notes(1) == "`charge`: not charge; `tariff`: not tariff");
  CHECK(trial.needs(1) == "tariff(missing: amount)");
  CHECK(trial.notes(2).empty());
}

TEST_CASE("in full, a payment that does not apply has no amount") {
  Ledger ledger;
  ledger.payment({Ledger::otherwise(Ledger::withhold())}).applies = ledger.read("a");
  Trial trial(ledger, {{}, false, {}, Explain::full});
  trial.record().truth("a", false).value("charge", 100).decide();
  CHECK(given(trial) == "not applicable no amount");
  CHECK(paid(trial) == "£100.00");
}

TEST_CASE("a payment without the date that decides needs it, and pays nothing yet") {
  Ledger ledger;
  ledger.payment({Ledger::otherwise(Ledger::in_full())});
  Trial trial(ledger);
  trial.record(true).value("charge", 100).decide();
  CHECK(given(trial) == "information needed no amount");
  CHECK(trial.needed() == "referred");
  CHECK(paid(trial) == "no amount");
}

TEST_CASE("without its place a line is decided where every place pays it the same") {
  Ledger ledger;
  const auto in_places = [&](const Ledger::Gives& in_england, const Ledger::Gives& in_wales,
                             std::optional<std::int64_t> price) {
    ledger.library.policies.clear();
    model::Policy& policy = ledger.payment({Ledger::otherwise(Ledger::query())});
    World::placed_by(policy, ledger.commissioner);
    World::vary(policy, ledger.england, World::form({Ledger::otherwise(in_england)}));
    World::vary(policy, ledger.wales, World::form({Ledger::otherwise(in_wales)}));
    Trial trial(ledger);
    trial.record();
    if (price) trial.value("charge", *price);
    trial.decide();
    return trial.needed().empty() ? given(trial) : "needs " + trial.needed();
  };
  const std::string place = "needs commissioner";
  CHECK(in_places(Ledger::in_full(), Ledger::in_full(), 100) == "pay £100.00");
  CHECK(in_places(Ledger::in_full(), Ledger::in_full(), {}) == "pay no amount");
  CHECK(in_places(Ledger::in_full(), Ledger::at_most(ledger.pounds(80)), 100) == place);
  // Both pay £70, the price.
  CHECK(in_places(Ledger::in_full(), Ledger::at_most(ledger.pounds(80)), 70) == "pay £70.00");
  CHECK(in_places(Ledger::in_full(), Ledger::at_most(ledger.pounds(80)), {}) == place);
  CHECK(in_places(Ledger::at_most(ledger.pounds(80)), Ledger::at_most(ledger.pounds(80)), {}) == "pay no amount");
  CHECK(in_places(Ledger::at_most(ledger.pounds(80)), Ledger::at_most(ledger.pounds(90)), {}) == place);
  CHECK(in_places(Ledger::withhold(Strength::must), Ledger::withhold(Strength::must), 100) == "withhold must £0.00");
  CHECK(in_places(Ledger::withhold(Strength::must), Ledger::withhold(Strength::no_obligation), 100) == place);
  CHECK(in_places(Ledger::recount(ledger.code("WF01A")), Ledger::recount(ledger.code("WF01B")), 100) == place);
}

TEST_CASE("where the list of a relation is unknown, the keys that the line lacks are asked for") {
  Ledger ledger;
  ledger.payment(
      {Ledger::when(Ledger::withhold(), ledger.any_severe_earlier(), "again"), Ledger::otherwise(Ledger::in_full())});
  Trial trial(ledger);
  const auto nhs = trial.chunk.text_number("999 000 0018");
  trial.record().value("charge", 100);
  trial.record().value("charge", 100);
  trial.chunk.set_value(ledger.nhs, 1, nhs);
  trial.record().value("charge", 100);
  trial.chunk.set_value(ledger.nhs, 2, nhs);
  trial.chunk.begin_list(ledger.earlier, 2);
  trial.chunk.add_problem(ledger.nhs, 0, "not an NHS number");
  trial.decide();
  CHECK(trial.needs(0) == "nhs(missing: again)");
  CHECK(trial.notes(0) == "`nhs`: not an NHS number");
  // With its keys it is the other lines that were not given.
  CHECK(trial.needs(1) == "earlier(missing: again)");
  CHECK(given(trial, 2) == "pay £100.00");
}

TEST_CASE("what a line lacks is asked for by its own name where it is itself in the list of its group") {
  Ledger ledger;
  model::Relation& group = ledger.library.relations[0];
  group.group = true;
  const FactId own = ledger.id_of("a");
  group.elements = {{ledger.earlier_severe, own}};
  ledger.payment(
      {Ledger::when(Ledger::withhold(), ledger.any_severe_earlier(), "again"), Ledger::otherwise(Ledger::in_full())});
  Trial trial(ledger);
  const auto nhs = trial.chunk.text_number("9990000018");
  // Of each two lines that are one group the first lacks the fact, and of the last two the second too.
  for (std::size_t row = 0; row < 4; ++row) {
    trial.record().value("charge", 100);
    trial.chunk.set_value(ledger.nhs, row, nhs);
    trial.chunk.begin_list(ledger.earlier, row);
    trial.chunk.add_row(ledger.fact(ledger.earlier).elements);
    const std::size_t second = trial.chunk.add_row(ledger.fact(ledger.earlier).elements);
    if (row < 2) trial.chunk.set_truth(ledger.earlier_severe, second, false);
    if (row == 1) trial.chunk.set_truth(own, row, false);
  }
  trial.chunk.add_problem(own, 2, "`perhaps` is neither yes nor no");
  trial.chunk.column(ledger.earlier).itself = {0, 3, 4, 7};
  trial.decide();
  CHECK(trial.needs(0) == "a(missing: again)");
  CHECK(trial.needs(1) == "earlier(missing: again)");
  CHECK(trial.needs(2) == "a(missing: again) earlier(missing: again)");
  CHECK(trial.needs(3) == "earlier(missing: again) a(missing: again)");
  // It is not read by its own name, but it is asked for.
  CHECK(trial.notes(0).empty());
  CHECK(trial.notes(2) == "`a`: `perhaps` is neither yes nor no");
}

TEST_CASE("where it is said why the list of a relation cannot be known, nothing is asked for and it is a query") {
  Ledger ledger;
  ledger.payment(
      {Ledger::when(Ledger::withhold(), ledger.any_severe_earlier(), "again"), Ledger::otherwise(Ledger::in_full())});
  ledger.policy(
      {World::when(Outcome::refuse, ledger.any_severe_earlier(), "again"), World::otherwise(Outcome::approve)},
      "on_paper");
  Trial trial(ledger);
  const auto nhs = trial.chunk.text_number("9990000018");
  for (std::uint32_t row = 0; row < 4; ++row) {
    trial.record().value("charge", 100);
    if (row != 3) trial.chunk.set_value(ledger.nhs, row, nhs);
    if (row == 1 ||
        row == 2) {  // an incomplete list with an element: of the first nothing is known, the second is severe
      trial.chunk.begin_list(ledger.earlier, row);
      const std::size_t element = trial.chunk.add_row(ledger.fact(ledger.earlier).elements);
      if (row == 2) trial.chunk.set_truth(ledger.earlier_severe, element, true);
    }
    if (row != 3) trial.chunk.add_problem(ledger.earlier, row, "the register could not be read completely");
  }
  trial.chunk.finish();
  for (const std::size_t row : {std::size_t{1}, std::size_t{2}})
    program::clear_bit(trial.chunk.column(ledger.earlier).known, row);
  trial.decide();
  for (const std::size_t row : {std::size_t{0}, std::size_t{1}}) {
    CAPTURE(row);
    CHECK(given(trial, row) == "query no amount");
    CHECK(trial.needs(row).empty());
    CHECK(trial.notes(row) == "`earlier`: the register could not be read completely");
    CHECK(given(trial, row, 1) == "review no amount");
  }
  CHECK(given(trial, 2) == "withhold must £0.00");
  CHECK(trial.needs(3) == "nhs(missing: again)");
}

TEST_CASE("of a rank the facts that order the group are asked for too") {
  Ledger ledger;
  ledger.library.relations[1].order = {ledger.id_of("x"), ledger.id_of("y")};
  ledger.payment(
      {Ledger::when(Ledger::withhold(), ledger.greater(ledger.read(ledger.rank), ledger.number(1)), "second"),
       Ledger::otherwise(Ledger::in_full())});
  Trial trial(ledger);
  const auto text = trial.chunk.text_number("9990000018");
  for (std::uint32_t row = 0; row < 3; ++row) {
    trial.record().value("charge", 100).value("y", 1);
    trial.chunk.set_value(ledger.nhs, row, text);
    if (row != 0) trial.chunk.set_value(ledger.site, row, text);
    if (row == 2) trial.value("x", 1);
  }
  trial.chunk.add_problem(ledger.rank, 2, "another line lacks a fact");
  trial.decide();
  CHECK(trial.needs(0) == "site(missing: second) x(missing: second)");
  CHECK(trial.needs(1) == "x(missing: second)");
  // What another line lacks this one cannot say.
  CHECK(trial.needs(2) == "rank in day(missing: second)");
  CHECK(trial.notes(2) == "`rank in day`: another line lacks a fact");
}

TEST_CASE("where a rank is unknown, the keys of its group that the line lacks are asked for") {
  Ledger ledger;
  ledger.payment(
      {Ledger::when(Ledger::withhold(), ledger.greater(ledger.read(ledger.rank), ledger.number(1)), "second"),
       Ledger::otherwise(Ledger::in_full())});
  Trial trial(ledger);
  const auto text = trial.chunk.text_number("999 000 0018");
  for (std::uint32_t row = 0; row < 4; ++row) trial.record().value("charge", 100);
  for (const std::size_t row : {std::size_t{1}, std::size_t{2}, std::size_t{3}})
    trial.chunk.set_value(ledger.nhs, row, text);
  for (const std::size_t row : {std::size_t{2}, std::size_t{3}}) trial.chunk.set_value(ledger.site, row, text);
  trial.chunk.set_value(ledger.rank, 3, decimal(2));
  trial.decide();
  CHECK(trial.needs(0) == "nhs(missing: second) site(missing: second)");
  CHECK(trial.needs(1) == "site(missing: second)");
  CHECK(trial.needs(2) == "rank in day(missing: second)");
  CHECK(given(trial, 3) == "withhold must £0.00");
}
