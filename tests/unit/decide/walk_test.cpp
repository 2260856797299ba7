#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using decide::Explain;
using decide::Options;

namespace {

void set(Trial& trial, const char* name, Truth truth) {
  if (truth != Truth::unknown) trial.truth(name, truth == Truth::yes);
}

constexpr Truth every_truth[] = {Truth::no, Truth::yes, Truth::unknown};

}  // namespace

TEST_CASE("one clause and otherwise: yes decides, no goes on, unknown leaves both possible") {
  World world;
  world.policy({World::when(Outcome::approve, world.read("a")), World::otherwise(Outcome::refuse)});
  Trial trial(world);
  for (const Truth a : every_truth) set(trial.record(), "a", a);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::refuse);
  CHECK(trial.clause(0) == "otherwise");
  CHECK(trial.outcome(1) == Outcome::approve);
  CHECK(trial.clause(1) == "approve");
  CHECK(trial.outcome(2) == Outcome::information_needed);
  CHECK(trial.clause(2).empty());
  CHECK(trial.needs(2) == "a(missing: approve)");
}

TEST_CASE("three clauses: the walk's truth table") {
  World world;
  world.policy({World::when(Outcome::exempt, world.read("a"), "cancer"), World::when(Outcome::approve, world.read("b")),
                World::when(Outcome::refuse, world.read("c"), "smoker"), World::otherwise(Outcome::refuse)});
  Trial trial(world);
  for (const Truth a : every_truth) {
    for (const Truth b : every_truth) {
      for (const Truth c : every_truth) {
        trial.record();
        set(trial, "a", a);
        set(trial, "b", b);
        set(trial, "c", c);
      }
    }
  }
  trial.decide();
  std::size_t row = 0;
  for (const Truth a : every_truth) {
    for (const Truth b : every_truth) {
      for (const Truth c : every_truth) {
        INFO("record " << row);
        std::string expected;
        if (a == Truth::yes) {
          expected = "exempt by cancer";
        } else if (a == Truth::unknown) {
          expected = b == Truth::unknown ? "information needed about a b" : "information needed about a";
        } else if (b == Truth::yes) {
          expected = "approve by approve";
        } else if (b == Truth::unknown) {
          expected = "information needed about b";
        } else {
          // An unknown `smoker` can only give what `otherwise` gives: the clause that ends the walk is reported.
          expected = c == Truth::yes ? "refuse by smoker" : "refuse by otherwise";
        }
        std::string found(model::spelling(trial.outcome(row)));
        found += trial.outcome(row) == Outcome::information_needed ? " about " + trial.needed(row)
                                                                   : " by " + trial.clause(row);
        CHECK(found == expected);
        ++row;
      }
    }
  }
}

TEST_CASE("an unknown clause asks for nothing if those after it can only give its own outcome") {
  World world;
  world.policy({World::when(Outcome::approve, world.read("a")), World::when(Outcome::review, world.read("b")),
                World::when(Outcome::approve, world.read("c"), "second"), World::otherwise(Outcome::approve)});
  Trial trial(world);
  trial.record().decide();
  CHECK(trial.outcome() == Outcome::information_needed);
  CHECK(trial.needed() == "a b");
  CHECK(trial.because() == "approve=unknown review=unknown");
}

TEST_CASE("where `applies when` is unknown, not applicable is a possible outcome") {
  World world;
  world.policy({World::when(Outcome::approve, world.read("b")), World::otherwise(Outcome::refuse)}).applies =
      world.read("a");
  Trial trial(world);
  trial.record().truth("b", true);
  trial.record();
  trial.record().truth("a", false);
  trial.record().truth("a", true).truth("b", true);
  trial.decide();
  CHECK(trial.needs(0) == "a(missing: applies when)");
  CHECK(trial.needs(1) == "a(missing: applies when) b(missing: approve)");
  CHECK(trial.outcome(2) == Outcome::not_applicable);
  CHECK(trial.decision(2) == nullptr);
  CHECK(trial.outcome(3) == Outcome::approve);
}

TEST_CASE("several outcomes and nothing to ask for is a review, with the reason") {
  World world;
  const NodeId broken = world.greater(world.divide(world.number(1), world.read("x")), world.number(0));
  world.policy(
      {World::when(Outcome::approve, world.group(model::GroupKind::all, {World::criterion("ratio", broken),
                                                                         World::criterion("fit", world.read("a"))})),
       World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record().value("x", 0).truth("a", true);
  trial.record().value("x", 0);
  trial.record().value("x", 0).truth("a", false);
  trial.record().value("x", 2).truth("a", true);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::review);
  CHECK(trial.notes(0) == "division by zero in `ratio`");
  CHECK(trial.because(0) == "ratio=unknown");
  CHECK(trial.clause(0).empty());
  SECTION("while a fact is missing too, that comes first") {
    CHECK(trial.outcome(1) == Outcome::information_needed);
    CHECK(trial.needs(1) == "a(missing: fit)");
    CHECK(trial.notes(1) == "division by zero in `ratio`");
  }
  SECTION("where the outcome does not hang on it, it is on the record all the same") {
    CHECK(trial.outcome(2) == Outcome::refuse);
    CHECK(trial.notes(2) == "division by zero in `ratio`");
    CHECK(trial.needed(2).empty());
    CHECK(trial.because(2) == "fit=no");
    CHECK(trial.outcome(3) == Outcome::approve);
  }
}

TEST_CASE("what could not be worked out is on the record wherever in a criterion it stands") {
  World world;
  const auto ratio = [&] { return world.divide(world.number(1), world.read("x")); };
  const auto over = [&](NodeId value) { return world.greater(value, world.number(2)); };
  const auto notes = [&](NodeId condition, Explain explain = Explain::reasons) {
    World asked = world;
    asked.policy({World::when(Outcome::approve, condition), World::otherwise(Outcome::refuse)});
    Trial trial(asked, {{}, false, {}, explain});
    trial.record().value("x", 0).truth("a", false).truth("b", true);
    trial.visits().visit(false);
    return trial.decide().notes();
  };
  const std::string noted = "division by zero in `approve`";
  CHECK(notes(world.all({over(ratio()), world.read("a")})) == noted);
  CHECK(notes(world.any({world.read("b"), over(ratio())})) == noted);
  CHECK(notes(over(world.node(NodeKind::first_known, Kind::number, {ratio(), world.number(3)}))) == noted);
  CHECK(notes(world.node(NodeKind::is_known, Kind::truth, {world.defined(ratio())})) == noted);
  CHECK(notes(over(world.node(NodeKind::conditional, Kind::number, {world.read("b"), ratio(), ratio()}))) == noted);
  SECTION("in the elements of a list") {
    const model::LoopId loop = world.loop_over_visits();
    const NodeId urgent = world.read(world.visit_urgent, loop);
    CHECK(notes(world.over(NodeKind::any, loop, {world.all({urgent, over(ratio())})})) == noted);
    CHECK(notes(over(world.over(NodeKind::sum, loop, {ratio(), urgent}))).empty());
    CHECK(notes(over(world.over(NodeKind::sum, loop, {ratio(), world.not_(urgent)}))) == noted);
  }
  SECTION("but not what was never worked out") {
    CHECK(notes(over(world.node(NodeKind::first_known, Kind::number, {world.number(3), ratio()}))).empty());
    const NodeId chosen = world.node(NodeKind::conditional, Kind::number, {world.read("a"), ratio(), world.number(1)});
    CHECK(notes(over(chosen)).empty());
  }
  SECTION("also where no reasons are given and the outcome does not hang on it") {
    CHECK(notes(world.all({over(ratio()), world.read("a")}), Explain::none) == noted);
  }
}

TEST_CASE("a review without a data problem still has a reason") {
  World world;
  world.policy({World::when(Outcome::approve, world.unknown()), World::otherwise(Outcome::refuse)});
  Trial trial(world, Options{{}, false, {}, decide::Explain::none});
  trial.record().decide();
  CHECK(trial.outcome() == Outcome::review);
  CHECK_FALSE(trial.notes().empty());
}

TEST_CASE("the record's outcome is the strictest of its policies") {
  World world;
  world.policy({World::when(Outcome::exempt, world.read("a")), World::otherwise(Outcome::approve)}, "one");
  world.policy({World::when(Outcome::refuse, world.read("b")), World::otherwise(Outcome::review)}, "two");
  Trial trial(world);
  trial.record().truth("a", true).truth("b", false);
  trial.record().truth("a", true).truth("b", true);
  trial.record().truth("a", true);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::review);
  CHECK(trial.outcome(1) == Outcome::refuse);
  CHECK(trial.outcome(2) == Outcome::information_needed);
  const decide::Decision& first = *trial.decision(0);
  REQUIRE(first.next != model::none);
  CHECK(trial.engine.versions()[first.version].policy->name == "one");
  CHECK(trial.decisions.decisions[first.next].outcome == Outcome::review);
}

TEST_CASE("only policies in force decide, and only those asked for") {
  World world;
  world.policy({World::otherwise(Outcome::refuse)}, "draft").status = model::Status::draft;
  world.policy({World::otherwise(Outcome::refuse)}, "retired").status = model::Status::retired;
  world.policy({World::otherwise(Outcome::approve)}, "old").status = model::Status::superseded;
  const auto outcome = [&](Options options) {
    Trial trial(world, std::move(options));
    return trial.record().decide().outcome();
  };
  CHECK(outcome({}) == Outcome::approve);
  CHECK(outcome({{}, true, {}, decide::Explain::reasons}) == Outcome::refuse);
  CHECK(outcome({{"test.old"}, true, {}, decide::Explain::reasons}) == Outcome::approve);
  Trial trial(world, {{"old", "older"}, false, {}, decide::Explain::reasons});
  CHECK(trial.engine.unknown_policies() == std::vector<std::string>{"older"});
}

TEST_CASE("a record decides alike alone and among many") {
  World world;
  const NodeId small = world.less(world.read("x"), world.number(5));
  world
      .policy({World::when(Outcome::exempt, world.read("c"), "cancer"),
               World::when(Outcome::approve,
                           world.group(model::GroupKind::all,
                                       {World::criterion("small", small),
                                        World::criterion("either", world.any({world.read("a"), world.read("b")}))})),
               World::otherwise(Outcome::refuse)})
      .applies = world.not_(world.read("d"));
  const auto fill = [](Trial& trial, std::size_t i) {
    trial.record();
    const auto truth = [&](const char* name, std::size_t which) {
      if (which != 2) trial.truth(name, which == 1);
    };
    truth("a", i % 3);
    truth("b", i / 3 % 3);
    truth("c", i / 9 % 3);
    truth("d", i / 27 % 3);
    if (i / 81 % 3 != 2) trial.value("x", static_cast<std::int64_t>(i / 81 % 3) * 7);
  };
  Trial together(world);
  for (std::size_t i = 0; i < 243; ++i) fill(together, i);
  together.decide();
  for (std::size_t i = 0; i < 243; ++i) {
    INFO("record " << i);
    Trial alone(world);
    fill(alone, i);
    alone.decide();
    CHECK(alone.outcome() == together.outcome(i));
    CHECK(alone.clause() == together.clause(i));
    CHECK(alone.needs() == together.needs(i));
    CHECK(alone.because() == together.because(i));
  }
}
