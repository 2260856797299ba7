#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using decide::Explain;
using model::GroupKind;

namespace {

std::vector<model::Criterion> three(World& world) {
  return {World::criterion("one", world.read("a")), World::criterion("two", world.read("b")),
          World::criterion("three", world.read("c"))};
}

std::string because(GroupKind kind, std::uint32_t count, bool a, bool b, bool c) {
  World world;
  world.policy(
      {World::when(Outcome::approve, world.group(kind, three(world), count)), World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record().truth("a", a).truth("b", b).truth("c", c).decide();
  return std::string(model::spelling(trial.outcome())) + ": " + trial.because();
}

}  // namespace

TEST_CASE("the criteria that made a group what it is") {
  CHECK(because(GroupKind::all, 0, true, true, true) == "approve: one=yes two=yes three=yes");
  CHECK(because(GroupKind::all, 0, true, false, false) == "refuse: two=no three=no");
  CHECK(because(GroupKind::any, 0, true, false, true) == "approve: one=yes three=yes");
  CHECK(because(GroupKind::any, 0, false, false, false) == "refuse: one=no two=no three=no");
  CHECK(because(GroupKind::at_least, 2, true, false, true) == "approve: one=yes three=yes");
  CHECK(because(GroupKind::at_least, 2, true, false, false) == "refuse: two=no three=no");
  CHECK(because(GroupKind::none_of, 0, false, false, false) == "approve: one=no two=no three=no");
  CHECK(because(GroupKind::none_of, 0, false, true, true) == "refuse: two=yes three=yes");
}

TEST_CASE("a group inside a group stands before what decided it") {
  World world;
  const auto inner = world.group(GroupKind::at_least, three(world), 2);
  world.policy({World::when(Outcome::approve, world.group(GroupKind::all, {World::criterion("fit", world.read("d")),
                                                                           World::criterion("severe", inner)})),
                World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record().truth("d", true).truth("a", true).truth("b", false).truth("c", false).decide();
  CHECK(trial.because() == "severe=no two=no three=no");
}

TEST_CASE("a clause has its own reasons; `otherwise` has why those before it failed, exemptions apart") {
  World world;
  world.policy({World::when(Outcome::exempt, world.read("d"), "cancer"),
                World::when(Outcome::approve, world.group(GroupKind::all, three(world))),
                World::when(Outcome::refuse, world.read("e"), "smoker"), World::otherwise(Outcome::review)});
  Trial trial(world);
  trial.record().truth("d", false).truth("a", false).truth("b", true).truth("e", true);
  trial.record().truth("d", false).truth("a", false).truth("b", true).truth("e", false);
  trial.record().truth("d", true).truth("a", false).truth("e", false);
  trial.decide();
  CHECK(trial.because(0) == "smoker=yes");
  CHECK(trial.because(1) == "one=no smoker=no");
  CHECK(trial.because(2) == "cancer=yes");
}

TEST_CASE("in full, every criterion of every clause") {
  World world;
  world
      .policy({World::when(Outcome::exempt, world.read("d"), "cancer"),
               World::when(Outcome::approve, world.group(GroupKind::any, three(world))),
               World::otherwise(Outcome::refuse)})
      .applies = world.read("e");
  Trial trial(world, {{}, false, {}, Explain::full});
  trial.record().truth("d", true).truth("e", true).truth("b", false).decide();
  CHECK(trial.because() == "applies when=yes cancer=yes approve=unknown one=unknown two=no three=unknown");
}

TEST_CASE("without explanation there are no reasons, but what was asked and assumed is there") {
  World world;
  world.policy({World::when(Outcome::approve, world.all({world.read("a"), world.not_(world.read("cancer"))})),
                World::otherwise(Outcome::refuse)});
  Trial trial(world, {{}, false, {}, Explain::none});
  trial.record().decide();
  CHECK(trial.needed() == "a");
  CHECK(trial.because().empty());
  CHECK(trial.assumed() == "cancer");
}

TEST_CASE("facts that were assumed are listed if a clause that was tried reads them") {
  World world;
  const model::LoopId loop = world.loop_over_visits();
  const NodeId urgent = world.over(NodeKind::any, loop, {world.read(world.visit_urgent, loop)});
  world.policy({World::when(Outcome::approve, world.read("a")),
                World::when(Outcome::review, world.any({world.read("cancer"), urgent})),
                World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record().truth("a", true);
  trial.record().truth("a", false);
  trial.record().truth("a", false).truth("cancer", false).visits().visit(true);
  trial.record().truth("a", false).truth("cancer", true);
  trial.decide();
  CHECK(trial.assumed(0).empty());
  CHECK(trial.assumed(1) == "cancer");
  CHECK(trial.needed(1) == "visits");
  CHECK(trial.assumed(2) == "visits.urgent");
  CHECK(trial.assumed(3).empty());
}

TEST_CASE("an assumed fact that `applies when` reads took part in every decision") {
  World world;
  world.policy({World::otherwise(Outcome::refuse)}).applies = world.not_(world.read("cancer"));
  Trial trial(world);
  trial.record();
  trial.record().truth("cancer", false);
  trial.decide();
  CHECK(trial.assumed(0) == "cancer");
  CHECK(trial.assumed(1).empty());
}

TEST_CASE("an expression's facts and limits are shown once each, left to right, through definitions") {
  World world;
  model::Threshold limit;
  limit.name = "limit";
  limit.type = World::of(Kind::number);
  limit.values.push_back({{limit.type, true, decimal(5)}, {}, model::none, {}, {}});
  limit.values.push_back({{limit.type, true, decimal(50)}, {day("2019-01-01"), INT32_MAX}, model::none, {}, {}});
  world.library.thresholds.push_back(limit);
  const NodeId x = world.defined(world.read("x"));
  const NodeId small =
      world.less(world.node(NodeKind::add, Kind::number, {x, world.read(world.bmi)}), world.threshold(0));
  model::Policy& policy =
      world.policy({World::when(Outcome::approve, world.all({small, world.less(world.read("x"), world.number(9))})),
                    World::otherwise(Outcome::refuse)});
  policy.placements[0].stretches = World::stretches({day("2019-01-01")});
  Trial trial(world);
  trial.record().value("x", 100).measured("bmi", 30, "2019-05-05");
  trial.record().value("x", 100).measured("bmi", 30, "2001-05-05");
  trial.decide();
  const decide::Version& version = trial.engine.versions()[0];
  const auto& reads = version.items[version.clause_items[0]].reads;
  REQUIRE(reads.size() == 3);
  CHECK(reads[0].index == world.id_of("x"));
  CHECK(reads[1].index == world.bmi);
  CHECK(reads[2].what == decide::Read::What::threshold);
  const decide::Reason& reason = trial.decisions.reasons[trial.decision(0)->reasons.first];
  const decide::ReadValue* values = &trial.decisions.values[reason.first_value];
  CHECK(values[0].bits == decimal(100));
  CHECK(values[1].known);
  CHECK_FALSE(values[1].out_of_date);
  CHECK(values[2].bits == 1);  // the second value
  const decide::Reason& later = trial.decisions.reasons[trial.decision(1)->reasons.first];
  CHECK(trial.decisions.values[later.first_value + 1].out_of_date);
  CHECK(trial.outcome(1) == Outcome::refuse);
}

TEST_CASE("what a table has is shown before what it was looked up by, and is unknown where it has nothing") {
  World world;
  const NodeId points = world.looked_up(world.defined(world.read("x")), {{1, 10}, {2, 20}});
  const NodeId twice = world.all({world.less(points, world.read("y")), world.less(points, world.number(99))});
  world.policy({World::when(Outcome::approve, twice), World::otherwise(Outcome::refuse)});
  Trial trial(world, {{}, false, {}, Explain::full});
  for (const std::int64_t key : {2, 3}) trial.record().value("x", key).value("y", 50);
  trial.decide();
  const decide::Version& version = trial.engine.versions()[0];
  const auto& reads = version.items[version.clause_items[0]].reads;
  REQUIRE(reads.size() == 3);
  CHECK(reads[0].what == decide::Read::What::lookup);
  CHECK(reads[1].index == world.id_of("x"));
  const auto shown = [&](std::size_t record) {
    const decide::Reason& reason = trial.decisions.reasons[trial.decision(record)->reasons.first];
    return trial.decisions.values[reason.first_value];
  };
  CHECK(shown(0).known);
  CHECK(shown(0).bits == decimal(20));
  CHECK_FALSE(shown(1).known);
}

TEST_CASE("what is looked up for each entry of a list is not shown; what a count of them looks up is") {
  World world;
  const model::LoopId loop = world.loop_over_visits();
  const NodeId each = world.less(world.looked_up(world.read(world.visit_days, loop), {{1, 10}}), world.read("x"));
  const NodeId some = world.over(NodeKind::any, loop, {each});
  const model::LoopId other = world.loop_over_visits();
  const NodeId count = world.over(NodeKind::count, other, {world.read(world.visit_severe, other)});
  const NodeId counted = world.less(world.looked_up(count, {{0, 5}, {1, 10}}), world.number(9));
  world.policy(
      {World::when(Outcome::approve, some), World::when(Outcome::review, counted), World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record().value("x", 1).visits().visit(true, 1);
  trial.decide();
  const decide::Version& version = trial.engine.versions()[0];
  const auto looks_up = [&](std::size_t clause) {
    const auto& reads = version.items[version.clause_items[clause]].reads;
    return std::any_of(reads.begin(), reads.end(),
                       [](const decide::Read& read) { return read.what == decide::Read::What::lookup; });
  };
  CHECK_FALSE(looks_up(0));
  CHECK(looks_up(1));
  CHECK(trial.outcome() == Outcome::refuse);
}
