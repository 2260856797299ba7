#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using decide::Explain;
using decide::Options;

namespace {

constexpr const char* same_everywhere = "the place is not known; every place gives the same outcome";

std::vector<model::Clause> always(Outcome outcome) { return {World::otherwise(outcome)}; }

/// x up to 40; up to 35 in BLMK; up to 30 in Luton from 2019-10-01.
World limits() {
  World world;
  model::Threshold limit;
  limit.name = "limit";
  limit.type = World::of(Kind::number);
  const std::int32_t since = day("2019-10-01");
  limit.values.push_back({{limit.type, true, decimal(40)}, {}, model::none, {}, {}});
  limit.values.push_back({{limit.type, true, decimal(35)}, {}, world.blmk, {}, {}});
  limit.values.push_back({{limit.type, true, decimal(30)}, {since, INT32_MAX}, world.luton, {}, {}});
  world.library.thresholds.push_back(limit);
  const NodeId fits = world.compare(world.read("x"), model::Comparison::less_or_equal, world.threshold(0));
  model::Policy& policy = world.policy({World::when(Outcome::approve, fits), World::otherwise(Outcome::refuse)});
  World::placed_by(policy, world.commissioner);
  policy.placements.push_back({world.blmk, {model::Stretch{}}});
  policy.placements.push_back({world.luton, World::stretches({since})});
  return world;
}

/// Refuses; approves in BLMK.
World varied() {
  World world;
  model::Policy& policy = world.policy(always(Outcome::refuse));
  World::placed_by(policy, world.commissioner);
  World::vary(policy, world.blmk, World::form(always(Outcome::approve)));
  return world;
}

}  // namespace

TEST_CASE("a record has the values of the smallest place that it is in, on its day") {
  const World world = limits();
  struct Case {
    model::PlaceId place;
    const char* date;
    std::int64_t limit;
  };
  const Case cases[] = {
      {world.leicester, "2019-11-01", 40},    {world.wales, "2019-11-01", 40}, {world.england, "2019-11-01", 40},
      {world.blmk, "2019-11-01", 35},         {world.luton, "2019-09-30", 35}, {world.luton, "2019-10-01", 30},
      {world.bedfordshire, "2019-11-01", 35},
  };
  Trial trial(world);
  for (const Case& each : cases) {
    trial.record().date("referred", each.date).at(each.place).value("x", each.limit);
    trial.record().date("referred", each.date).at(each.place).value("x", each.limit + 1);
  }
  trial.decide();
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    INFO("case " << i);
    CHECK(trial.outcome(2 * i) == Outcome::approve);
    CHECK(trial.outcome(2 * i + 1) == Outcome::refuse);
    CHECK(trial.decision(2 * i)->place == cases[i].place);
  }
  // Explained by the value of the place that it is of.
  const decide::Reason& reason = trial.decisions.reasons[trial.decision(8)->reasons.first];
  CHECK(trial.decisions.values[reason.first_value + 1].bits == 1);
}

TEST_CASE("many records of many places and days in one chunk are each decided as alone") {
  const World world = limits();
  Trial together(world);
  const char* dates[] = {"2019-09-30", "2019-10-01", "2021-01-01"};
  const auto fill = [&](Trial& trial, int number) {
    trial.record().date("referred", dates[number % 3]).value("x", 28 + number % 14);
    if (number % 8 != 7) trial.at(static_cast<model::PlaceId>(number % 6));
  };
  for (int i = 0; i < 900; ++i) fill(together, i);
  together.decide();
  for (int i = 0; i < 900; ++i) {
    Trial alone(world);
    fill(alone, i);
    alone.decide();
    INFO("record " << i);
    REQUIRE(together.outcome(static_cast<std::size_t>(i)) == alone.outcome());
    REQUIRE(together.needs(static_cast<std::size_t>(i)) == alone.needs());
    REQUIRE(together.notes(static_cast<std::size_t>(i)) == alone.notes());
  }
}

TEST_CASE("without its place a record needs that alone, where places differ") {
  const World world = limits();
  Trial trial(world);
  trial.record().value("x", 36);
  trial.record().value("x", 29);
  trial.record().value("x", 41);
  trial.record();                                                // x is missing everywhere
  trial.record().date("referred", "2019-09-01").value("x", 34);  // Luton has no value of its own yet
  trial.decide();
  CHECK(trial.needs(0) == "commissioner(missing: placed by)");
  CHECK(trial.outcome(0) == Outcome::information_needed);
  CHECK(trial.decision(0)->has_date);
  CHECK(trial.decision(0)->place == model::none);
  CHECK(trial.outcome(1) == Outcome::approve);
  CHECK(trial.notes(1) == same_everywhere);
  CHECK(trial.decision(1)->place == model::none);
  CHECK(trial.outcome(2) == Outcome::refuse);
  CHECK(trial.notes(2) == same_everywhere);
  CHECK(trial.needed(3) == "commissioner");
  CHECK(trial.outcome(4) == Outcome::approve);
}

TEST_CASE("a policy that is the same everywhere does not ask for the place") {
  World world;
  World::placed_by(world.policy(always(Outcome::approve)), world.commissioner);
  Trial trial(world);
  trial.record();
  trial.record().at(world.luton);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::approve);
  CHECK(trial.notes(0).empty());
  CHECK(trial.decision(1)->place == world.luton);
}

TEST_CASE("a policy holds in its places alone") {
  World world;
  model::Policy& policy = world.policy(always(Outcome::approve));
  World::placed_by(policy, world.commissioner, {world.blmk, world.wales});
  policy.applies = world.read("a");
  Trial trial(world);
  trial.record().truth("a", true).at(world.luton);
  trial.record().truth("a", true).at(world.wales);
  trial.record().truth("a", true).at(world.leicester);
  trial.record().truth("a", true).at(world.england);
  trial.record().truth("a", true);
  trial.record().truth("a", false);
  trial.record();
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::approve);
  CHECK(trial.outcome(1) == Outcome::approve);
  CHECK(trial.decision(2) == nullptr);
  CHECK(trial.decision(3) == nullptr);
  CHECK(trial.needs(4) == "commissioner(missing: placed by)");
  CHECK(trial.decision(5) == nullptr);
  CHECK(trial.needed(6) == "commissioner");
}

TEST_CASE("in full, a policy that does not hold in the record's place is listed") {
  World world;
  World::placed_by(world.policy(always(Outcome::approve)), world.commissioner, {world.blmk});
  Trial trial(world, {{}, false, {}, Explain::full});
  trial.record().at(world.leicester).decide();
  REQUIRE(trial.decision() != nullptr);
  CHECK(trial.decision()->outcome == Outcome::not_applicable);
  CHECK_FALSE(trial.decision()->holds);
  CHECK(trial.decision()->place == world.leicester);
}

TEST_CASE("a form holds in its place, and has clauses and a category of its own") {
  World world = varied();
  world.library.policies[0].forms[1].category = model::Category::prior_approval;
  Trial trial(world);
  trial.record().at(world.luton);
  trial.record().at(world.blmk);
  trial.record().at(world.wales);
  trial.record();
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::approve);
  CHECK(trial.outcome(1) == Outcome::approve);
  CHECK(trial.outcome(2) == Outcome::refuse);
  CHECK(trial.needed(3) == "commissioner");
  CHECK(trial.engine.versions()[trial.decision(0)->version].form->category == model::Category::prior_approval);
  CHECK(trial.engine.versions()[trial.decision(2)->version].form->category == model::Category::threshold);
}

TEST_CASE("the category is open where it depends on a place, or a day, that is missing") {
  World world;
  model::Policy& policy = world.policy(always(Outcome::approve));
  World::placed_by(policy, world.commissioner);
  model::Form another = World::form(always(Outcome::approve));
  another.category = model::Category::prior_approval;
  World::vary(policy, world.blmk, another, day("2019-10-01"));
  Trial trial(world);
  trial.record().at(world.luton).date("referred", "2019-11-01");
  trial.record().date("referred", "2019-11-01");
  trial.record().date("referred", "2019-09-01");
  trial.record(true).at(world.luton);
  trial.record(true).at(world.leicester);
  trial.decide();
  CHECK_FALSE(trial.decision(0)->category_is_open);
  CHECK(trial.outcome(1) == Outcome::approve);
  CHECK(trial.decision(1)->category_is_open);
  CHECK(trial.notes(1) == std::string(same_everywhere) + "; the policy's category depends on the place");
  CHECK_FALSE(trial.decision(2)->category_is_open);
  CHECK(trial.notes(2) == same_everywhere);
  CHECK(trial.needed(3) == "referred");
  CHECK(trial.decision(3)->category_is_open);
  CHECK(trial.needed(4) == "referred");
  CHECK_FALSE(trial.decision(4)->category_is_open);
}

TEST_CASE("a form holds for its period, both of its days included") {
  World world;
  model::Policy& policy = world.policy(always(Outcome::refuse));
  World::placed_by(policy, world.commissioner);
  World::vary(policy, world.luton, World::form(always(Outcome::approve)), day("2019-10-01"), day("2019-12-31"));
  Trial trial(world);
  for (const char* date : {"2019-09-30", "2019-10-01", "2019-12-31", "2020-01-01"}) {
    trial.record().at(world.luton).date("referred", date);
  }
  trial.record().at(world.bedfordshire).date("referred", "2019-11-01");
  trial.record().date("referred", "2019-11-01");
  trial.record().date("referred", "2020-11-01");
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::refuse);
  CHECK(trial.outcome(1) == Outcome::approve);
  CHECK(trial.outcome(2) == Outcome::approve);
  CHECK(trial.outcome(3) == Outcome::refuse);
  CHECK(trial.outcome(4) == Outcome::refuse);
  CHECK(trial.needed(5) == "commissioner");
  CHECK(trial.outcome(6) == Outcome::refuse);
  CHECK(trial.notes(6) == same_everywhere);
}

TEST_CASE("a place may omit a policy") {
  World world;
  model::Policy& policy = world.policy(always(Outcome::refuse));
  World::placed_by(policy, world.commissioner);
  policy.applies = world.read("a");
  World::vary(policy, world.luton, World::omitted(), day("2019-10-01"));
  Trial trial(world);
  trial.record().at(world.luton).truth("a", true).date("referred", "2019-10-01");
  trial.record().at(world.luton).truth("a", true).date("referred", "2019-09-30");
  trial.record().truth("a", true).date("referred", "2019-10-01");
  trial.record().truth("a", true).date("referred", "2019-09-30");
  trial.record().truth("a", false).date("referred", "2019-10-01");
  trial.decide();
  CHECK(trial.decision(0) == nullptr);
  CHECK(trial.outcome(1) == Outcome::refuse);
  CHECK(trial.needed(2) == "commissioner");
  CHECK(trial.outcome(3) == Outcome::refuse);
  CHECK(trial.decision(4) == nullptr);
}

TEST_CASE("only places that are declared and differ are asked about") {
  World world;
  model::Policy& policy = world.policy(always(Outcome::refuse));
  World::placed_by(policy, world.commissioner);
  // Every declared place has the variation, so that no record can be without it.
  World::vary(policy, world.england, World::form(always(Outcome::approve)));
  World::vary(policy, world.wales, World::form(always(Outcome::approve)));
  Trial trial(world);
  trial.record().decide();
  CHECK(trial.outcome() == Outcome::approve);
  CHECK(trial.notes() == same_everywhere);
}

TEST_CASE("without its date and its place a record needs both, the date first") {
  World world = varied();
  model::Policy& policy = world.library.policies[0];
  policy.applies = world.read("a");
  Trial trial(world);
  trial.record(true).truth("a", true);
  trial.record(true).truth("a", false);
  trial.record(true).truth("a", true).at(world.luton);
  trial.decide();
  CHECK(trial.needs(0) == "referred(missing: dated by) commissioner(missing: placed by)");
  CHECK(trial.decision(1) == nullptr);
  CHECK(trial.needed(2) == "referred");
}

TEST_CASE("without its date a record is not asked for it where its place has no such policy") {
  World world;
  model::Policy& policy = world.policy(always(Outcome::approve));
  World::placed_by(policy, world.commissioner, {world.blmk});
  World::vary(policy, world.luton, World::omitted());
  Trial trial(world);
  trial.record(true).at(world.leicester);
  trial.record(true).at(world.luton);
  trial.record(true).at(world.bedfordshire);
  trial.decide();
  CHECK(trial.decision(0) == nullptr);
  CHECK(trial.decision(1) == nullptr);
  CHECK(trial.needed(2) == "referred");
}

TEST_CASE("a date given for all stands in for the record's, in its place") {
  const World world = limits();
  Trial trial(world, {{}, false, day("2019-12-01"), Explain::reasons});
  trial.record(true).at(world.luton).value("x", 33);
  trial.record(true).at(world.bedfordshire).value("x", 33);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::refuse);
  CHECK(trial.outcome(1) == Outcome::approve);
}

TEST_CASE("versions with places of their own live side by side") {
  World world;
  World::placed_by(world.policy(always(Outcome::refuse)), world.commissioner, {world.england});
  world.library.policies[0].effective.last = day("2019-03-31");
  World::placed_by(world.policy(always(Outcome::approve)), world.commissioner, {world.blmk});
  world.library.policies[1].effective.first = day("2019-04-01");
  Trial trial(world);
  for (const char* date : {"2019-03-31", "2019-04-01"}) {
    for (const model::PlaceId place : {world.luton, world.leicester}) trial.record().date("referred", date).at(place);
  }
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::refuse);
  CHECK(trial.outcome(1) == Outcome::refuse);
  CHECK(trial.outcome(2) == Outcome::approve);
  CHECK(trial.decision(3) == nullptr);
}
