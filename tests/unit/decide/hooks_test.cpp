#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::decide::test;

namespace {

constexpr const char* script = R"lua(
return {
  negates = function(a) if a == nil then return nil end return not a, "it was turned round" end,
  says_nothing = function() return nil end,
  fails = function() error("boom") end,
}
)lua";

World with_hook(const char* field) {
  World world;
  const NodeId called = world.call(field, script, Kind::truth, {world.read("a")});
  model::Policy& policy = world.policy(
      {World::when(Outcome::approve, world.group(model::GroupKind::all, {World::criterion("local", called),
                                                                         World::criterion("other", world.read("b"))})),
       World::otherwise(Outcome::refuse)});
  policy.applies = world.read("c");
  return world;
}

}  // namespace

TEST_CASE("a hook's answer decides its criterion") {
  const World world = with_hook("negates");
  Trial trial(world);
  trial.record().truth("c", true).truth("a", false).truth("b", true);
  trial.record().truth("c", true).truth("a", true).truth("b", true);
  trial.record().truth("c", true).truth("b", true);
  trial.record().truth("c", true).truth("b", false);
  trial.record().truth("c", false);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::approve);
  CHECK(trial.outcome(1) == Outcome::refuse);
  CHECK(trial.because(1) == "local=no");
  CHECK(trial.needs(2) == "a(missing: local)");
  CHECK(trial.outcome(3) == Outcome::refuse);
  CHECK(trial.decision(4) == nullptr);
}

TEST_CASE("what a hook said is kept with the criterion") {
  const World world = with_hook("negates");
  Trial trial(world);
  trial.record().truth("c", true).truth("a", true).truth("b", true).decide();
  const decide::Reason& reason = trial.decisions.reasons[trial.decision()->reasons.first];
  const auto& reads = trial.engine.versions()[0].items[reason.item].reads;
  REQUIRE(reads.size() == 2);
  CHECK(reads[0].what == decide::Read::What::hook);
  const decide::ReadValue& value = trial.decisions.values[reason.first_value];
  CHECK(value.known);
  CHECK(value.bits == 0);
  REQUIRE(value.sentence != model::none);
  CHECK(trial.decisions.sentences[value.sentence] == "it was turned round");
}

TEST_CASE("a failed hook is for a person to review, and its reason is there; missing facts are asked for first") {
  const World world = with_hook("fails");
  Trial trial(world);
  trial.record().truth("c", true).truth("a", true).truth("b", true);
  trial.record().truth("c", true).truth("b", true);
  trial.record().truth("c", true).truth("a", true).truth("b", false);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::review);
  CHECK(trial.notes(0).find("boom") != std::string::npos);
  CHECK(trial.notes(0).find("in `local`") != std::string::npos);
  CHECK(trial.outcome(1) == Outcome::information_needed);
  CHECK(trial.needed(1) == "a");
  CHECK(trial.notes(1).find("boom") != std::string::npos);
  CHECK(trial.outcome(2) == Outcome::refuse);
  // Another criterion decides; that the hook failed is said all the same.
  CHECK(trial.notes(2).find("boom") != std::string::npos);
  CHECK(trial.needed(2).empty());
}

TEST_CASE("that a hook failed is said where it stands beside others in one criterion") {
  World world;
  const NodeId called = world.call("fails", script, Kind::truth, {world.read("a")});
  const NodeId silent = world.call("says_nothing", script, Kind::truth, {world.read("a")});
  world.policy(
      {World::when(Outcome::approve, world.all({called, silent, world.read("b")})), World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record().truth("a", true).truth("b", false).decide();
  CHECK(trial.outcome() == Outcome::refuse);
  CHECK(trial.notes().find("boom") != std::string::npos);
  CHECK(trial.notes().find("in `approve`") != std::string::npos);
  CHECK(trial.notes().find("no answer") == std::string::npos);
}

TEST_CASE("a hook that says nothing leaves the criterion unknown") {
  const World world = with_hook("says_nothing");
  Trial trial(world);
  trial.record().truth("c", true).truth("a", true).truth("b", true);
  trial.record().truth("c", true).truth("b", true);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::review);
  CHECK(trial.notes(0) == "hook `test.says_nothing` gave no answer in `local`");
  CHECK(trial.outcome(1) == Outcome::information_needed);
  CHECK(trial.notes(1).empty());
}

TEST_CASE("hooks answer alike for many records and for one") {
  const World world = with_hook("negates");
  Trial together(world);
  const auto fill = [](Trial& trial, int number) {
    trial.record().truth("c", number % 3 != 0).truth("b", number % 5 != 0);
    if (number % 7 != 0) trial.truth("a", number % 2 == 0);
  };
  for (int i = 0; i < 200; ++i) fill(together, i);
  together.decide();
  for (int i = 0; i < 200; ++i) {
    Trial alone(world);
    fill(alone, i);
    alone.decide();
    INFO("record " << i);
    const auto record = static_cast<std::size_t>(i);
    REQUIRE(together.outcome(record) == alone.outcome());
    REQUIRE(together.because(record) == alone.because());
    REQUIRE(together.needs(record) == alone.needs());
    REQUIRE(together.notes(record) == alone.notes());
  }
}
