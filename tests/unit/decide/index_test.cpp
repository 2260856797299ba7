#include <catch2/catch.hpp>

#include <chrono>
#include <set>

#include "support.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using decide::Explain;
using decide::FamilyId;

namespace {

std::vector<model::Clause> refuse() { return {World::otherwise(Outcome::refuse)}; }

std::set<FamilyId> found(Trial& trial, std::size_t record = 0) {
  std::set<FamilyId> families;
  trial.engine.index().find(trial.chunk, record, [&](FamilyId family) { families.insert(family); });
  return families;
}

using Families = std::set<FamilyId>;

}  // namespace

TEST_CASE("policies are looked up by the values that they ask of a fact") {
  World world;
  world.policy(refuse(), "first").applies = world.procedure_in(10, 20);
  world.policy(refuse(), "second").applies = world.all({world.read("a"), world.defined(world.procedure_in(15, 30))});
  world.policy(refuse(), "third").applies = world.any({world.procedure_in(1, 1), world.procedure_in(30, 40)});
  world.policy(refuse(), "everything");
  world.policy(refuse(), "by_condition").applies = world.read("a");
  world.policy(refuse(), "either").applies = world.any({world.procedure_in(1, 1), world.read("a")});
  world.policy(refuse(), "not_in").applies = world.not_(world.procedure_in(1, 1));
  Trial trial(world);
  for (const std::int64_t code : {9, 10, 15, 20, 21, 30, 31, 41}) trial.record().procedure(code);
  trial.record();
  trial.chunk.finish();
  CHECK(trial.engine.index().always() == std::vector<FamilyId>{3, 4, 5, 6});
  CHECK(trial.engine.index().size() == 3);
  CHECK(found(trial, 0) == Families{});
  CHECK(found(trial, 1) == Families{0});
  CHECK(found(trial, 2) == Families{0, 1});
  CHECK(found(trial, 3) == Families{0, 1});
  CHECK(found(trial, 4) == Families{1});
  CHECK(found(trial, 5) == Families{1, 2});
  CHECK(found(trial, 6) == Families{2});
  CHECK(found(trial, 7) == Families{});
  CHECK(found(trial, 8) == Families{0, 1, 2});  // any, while it is unknown
}

TEST_CASE("constants and sets of constants are values too") {
  World world;
  const auto of = [&](std::int64_t packed) {
    const NodeId node = world.node(NodeKind::constant, Kind::code);
    world.library.nodes[node].value = packed;
    return node;
  };
  world.policy(refuse(), "equal").applies = world.compare(of(7), model::Comparison::equal, world.read(world.procedure));
  world.policy(refuse(), "set").applies =
      world.node(NodeKind::in_set, Kind::truth, {world.read(world.procedure), of(7), of(9)});
  world.policy(refuse(), "unequal").applies =
      world.compare(world.read(world.procedure), model::Comparison::not_equal, of(7));
  Trial trial(world);
  for (const std::int64_t code : {7, 8, 9}) trial.record().procedure(code);
  trial.chunk.finish();
  CHECK(found(trial, 0) == Families{0, 1});
  CHECK(found(trial, 1) == Families{});
  CHECK(found(trial, 2) == Families{1});
  CHECK(trial.engine.index().always() == std::vector<FamilyId>{2});
}

TEST_CASE("a code list has all its blocks, and none where it may be out of force") {
  World world;
  model::Policy& dated = world.policy(refuse(), "dated");
  dated.applies = world.procedure_in(10, 10);
  model::CodeList& list = world.library.code_lists.back();
  list.blocks.push_back({{day("2019-10-01"), INT32_MAX}, model::none, {20}, {20}, {}, {}});
  list.blocks.push_back({{day("2019-10-01"), INT32_MAX}, world.luton, {30}, {30}, {}, {}});
  dated.placements[0].stretches = World::stretches({day("2019-10-01")});
  model::Policy& late = world.policy(refuse(), "late");
  late.applies = world.procedure_in(10, 10);
  world.library.code_lists.back().blocks.front().period.first = day("2019-10-01");
  Trial trial(world);
  for (const std::int64_t code : {10, 20, 30, 40}) trial.record().procedure(code);
  trial.chunk.finish();
  CHECK(found(trial, 0) == Families{0});
  CHECK(found(trial, 1) == Families{0});
  CHECK(found(trial, 2) == Families{0});
  CHECK(found(trial, 3) == Families{});
  CHECK(trial.engine.index().always() == std::vector<FamilyId>{1});
}

TEST_CASE("a measured fact is not looked up: what is there may be out of date") {
  World world;
  world.policy(refuse()).applies = world.compare(world.read(world.bmi), model::Comparison::equal, world.number(30));
  CHECK(Trial(world).engine.index().size() == 0);
}

TEST_CASE("policies are looked up by the places where they hold") {
  World world;
  const auto add = [&](const char* name, std::vector<model::PlaceId> places) {
    model::Policy& policy = world.policy(refuse(), name);
    World::placed_by(policy, world.commissioner, std::move(places));
    const NodeId applies = world.procedure_in(1, 9);
    world.library.policies.back().applies = applies;
  };
  add("england", {world.england});
  add("luton", {world.luton});
  add("everywhere", {});
  add("blmk_and_wales", {world.blmk, world.wales});
  add("both", {world.luton, world.blmk});
  Trial trial(world);
  for (const model::PlaceId place :
       {world.england, world.blmk, world.bedfordshire, world.luton, world.leicester, world.wales}) {
    trial.record().procedure(5).at(place);
  }
  trial.record().procedure(5);
  trial.record().at(world.luton);
  trial.record().at(world.luton).procedure(10);
  trial.chunk.finish();
  CHECK(found(trial, 0) == Families{0, 2});
  CHECK(found(trial, 1) == Families{0, 2, 3, 4});
  CHECK(found(trial, 2) == Families{0, 2, 3, 4});
  CHECK(found(trial, 3) == Families{0, 1, 2, 3, 4});
  CHECK(found(trial, 4) == Families{0, 2});
  CHECK(found(trial, 5) == Families{2, 3});
  CHECK(found(trial, 6) == Families{0, 1, 2, 3, 4});  // in any place, while that is unknown
  CHECK(found(trial, 7) == Families{0, 1, 2, 3, 4});  // any procedure
  CHECK(found(trial, 8) == Families{});
}

TEST_CASE("versions of a policy are looked up together, by what all of them ask") {
  World world;
  world.policy(refuse()).applies = world.procedure_in(1, 1);
  world.library.policies[0].effective.last = day("2019-03-31");
  const NodeId two = world.procedure_in(2, 2);
  model::Policy& second = world.policy(refuse());
  second.applies = two;
  second.effective.first = day("2019-04-01");
  Trial trial(world);
  trial.record().procedure(1);
  trial.record().procedure(2);
  trial.record().procedure(3);
  trial.record().procedure(1).date("referred", "2019-01-01");
  trial.decide();
  CHECK(found(trial, 0) == Families{0});
  CHECK(trial.outcome(0) == Outcome::not_applicable);
  CHECK(trial.outcome(1) == Outcome::refuse);
  CHECK(found(trial, 2) == Families{});
  CHECK(trial.outcome(3) == Outcome::refuse);
}

namespace {

/// `count` policies on one procedure and one of six places each, and every tenth on none.
World many(std::size_t count) {
  World world;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = "policy_" + std::to_string(i);
    const auto code = static_cast<std::int64_t>(i / 6);
    const NodeId applies = world.procedure_in(code, code);
    const NodeId fits = world.less(world.read("x"), world.number(static_cast<std::int64_t>(i % 50)));
    model::Policy& policy =
        world.policy({World::when(Outcome::approve, fits), World::otherwise(Outcome::refuse)}, name);
    policy.applies = applies;
    World::placed_by(policy, world.commissioner, {static_cast<model::PlaceId>(i % 6)});
  }
  return world;
}

void fill(Trial& trial, const World& world, int number, std::size_t codes) {
  trial.record().value("x", number % 50);
  if (number % 11 != 10) trial.procedure(number % static_cast<int>(codes));
  if (number % 13 != 12) trial.at(static_cast<model::PlaceId>(number % static_cast<int>(world.library.places.size())));
  if (number % 17 == 16) trial.date("referred", "2018-01-01");
}

std::string described(const Trial& trial, std::size_t record) {
  std::string out;
  for (std::uint32_t each = trial.decisions.records[record].first; each != model::none;) {
    const decide::Decision& decision = trial.decisions.decisions[each];
    if (decision.outcome != Outcome::not_applicable) {
      out += trial.engine.versions()[decision.version].policy->name + ": ";
      out += model::spelling(decision.outcome);
      out += "; ";
    }
    each = decision.next;
  }
  return out;
}

}  // namespace

TEST_CASE("the lookup leaves out nothing that applies") {
  const World world = many(90);
  Trial looked_up(world);
  Trial in_full(world, {{}, false, {}, Explain::full});
  for (int i = 0; i < 600; ++i) {
    fill(looked_up, world, i, 17);
    fill(in_full, world, i, 17);
  }
  looked_up.decide();
  in_full.decide();
  for (std::size_t record = 0; record < 600; ++record) {
    INFO("record " << record);
    REQUIRE(described(looked_up, record) == described(in_full, record));
    Trial alone(world);
    fill(alone, world, static_cast<int>(record), 17);
    alone.decide();
    REQUIRE(described(looked_up, record) == described(alone, 0));
  }
}

TEST_CASE("ten thousand policies are made ready and decide quickly") {
  const World world = many(10'000);
  const auto start = std::chrono::steady_clock::now();
  Trial trial(world);
  for (int i = 0; i < 1000; ++i) trial.record().procedure(i).at(world.luton).value("x", 25);
  trial.decide();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  for (std::size_t i = 0; i < 1000; ++i) {
    INFO("record " << i);
    REQUIRE(trial.outcome(i) != Outcome::not_applicable);
  }
  CHECK(taken.count() < 5);  // a quadratic step takes minutes
}
