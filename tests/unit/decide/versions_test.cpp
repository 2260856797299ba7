#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using decide::Explain;
using decide::Options;

namespace {

void period(model::Policy& policy, const char* first, const char* last) {
  policy.effective.first = day(first);
  policy.has_start = true;
  if (last != nullptr) policy.effective.last = day(last);
}

/// The old version refuses, the new one approves.
World two_versions() {
  World world;
  period(world.policy({World::otherwise(Outcome::refuse)}), "2018-01-01", "2018-12-31");
  period(world.policy({World::otherwise(Outcome::approve)}), "2019-04-01", nullptr);
  return world;
}

std::int32_t version_day(const Trial& trial, std::size_t record) {
  return trial.engine.versions()[trial.decision(record)->version].policy->effective.first;
}

}  // namespace

TEST_CASE("the deciding date chooses the version; where none holds, nothing is said") {
  const World world = two_versions();
  Trial trial(world);
  for (const char* date : {"2017-12-31", "2018-01-01", "2018-12-31", "2019-01-01", "2019-04-01", "2030-01-01"}) {
    trial.record().date("referred", date);
  }
  trial.decide();
  CHECK(trial.decision(0) == nullptr);
  CHECK(trial.outcome(1) == Outcome::refuse);
  CHECK(version_day(trial, 1) == day("2018-01-01"));
  CHECK(trial.decision(1)->on == day("2018-01-01"));
  CHECK(trial.outcome(2) == Outcome::refuse);
  CHECK(trial.outcome(3) == Outcome::not_applicable);
  CHECK(trial.decision(3) == nullptr);
  CHECK(trial.outcome(4) == Outcome::approve);
  CHECK(version_day(trial, 4) == day("2019-04-01"));
  CHECK(trial.outcome(5) == Outcome::approve);
}

TEST_CASE("a date given for all chooses for all, and stands in for a missing one") {
  const World world = two_versions();
  Trial trial(world, {{}, false, day("2018-05-05"), Explain::reasons});
  trial.record();
  trial.record(true);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::refuse);
  CHECK(trial.outcome(1) == Outcome::refuse);
  CHECK(trial.decision(1)->on == day("2018-05-05"));
}

TEST_CASE("without its deciding date a record needs that alone") {
  World world;
  world.policy({World::when(Outcome::approve, world.read("a")), World::otherwise(Outcome::refuse)}).applies =
      world.read("b");
  Trial trial(world);
  trial.record(true);
  trial.record(true).truth("b", true);
  trial.record(true).truth("b", false);
  trial.decide();
  CHECK(trial.needs(0) == "referred(missing: dated by)");
  CHECK(trial.needs(1) == "referred(missing: dated by)");
  CHECK(trial.outcome(1) == Outcome::information_needed);
  CHECK_FALSE(trial.decision(1)->has_date);
  CHECK(trial.outcome(2) == Outcome::not_applicable);
  CHECK(trial.decision(2) == nullptr);
}

TEST_CASE("what is excluded on some days alone is not excluded while the date is missing") {
  World world;
  model::Threshold limit;
  limit.name = "limit";
  limit.type = World::of(Kind::number);
  limit.values.push_back({{limit.type, true, decimal(1)}, {}, model::none, {}, {}});
  limit.values.push_back({{limit.type, true, decimal(10)}, {day("2019-01-01"), INT32_MAX}, model::none, {}, {}});
  world.library.thresholds.push_back(limit);
  model::Policy& policy = world.policy({World::otherwise(Outcome::refuse)});
  policy.applies = world.less(world.read("x"), world.threshold(0));
  policy.placements[0].stretches = World::stretches({day("2019-01-01")});
  Trial trial(world);
  trial.record(true).value("x", 5);
  trial.record(true).value("x", 50);
  trial.record().value("x", 5);
  trial.record().date("referred", "2018-12-31").value("x", 5);
  trial.decide();
  CHECK(trial.needed(0) == "referred");
  CHECK(trial.outcome(1) == Outcome::not_applicable);
  CHECK(trial.outcome(2) == Outcome::refuse);
  CHECK(trial.outcome(3) == Outcome::not_applicable);
}

TEST_CASE("each day has its threshold, in one chunk") {
  World world;
  model::Threshold limit;
  limit.name = "limit";
  limit.type = World::of(Kind::number);
  for (int i = 0; i < 4; ++i) {
    model::Period since;
    if (i > 0) since.first = day("2018-01-01") + 100 * i;
    limit.values.push_back({{limit.type, true, decimal(10 * i)}, since, model::none, {}, {}});
  }
  world.library.thresholds.push_back(limit);
  model::Policy& policy = world.policy({World::when(Outcome::approve, world.less(world.read("x"), world.threshold(0))),
                                        World::otherwise(Outcome::refuse)});
  const std::int32_t start = day("2018-01-01");
  policy.placements[0].stretches = World::stretches({start + 100, start + 200, start + 300});
  Trial trial(world);
  for (int i = 0; i < 500; ++i) {
    trial.record().date("referred", value::format_date(day("2018-01-01") + i)).value("x", i % 40);
  }
  trial.decide();
  for (int i = 0; i < 500; ++i) {
    INFO("day " << i);
    CHECK((trial.outcome(static_cast<std::size_t>(i)) == Outcome::approve) == (i % 40 < 10 * std::min(i / 100, 3)));
  }
}

TEST_CASE("versions may be dated by different facts") {
  World world;
  period(world.policy({World::otherwise(Outcome::refuse)}), "2018-01-01", "2018-12-31");
  model::Policy& later = world.policy({World::otherwise(Outcome::approve)});
  period(later, "2019-01-01", nullptr);
  later.dated_by = world.listed;
  later.applies = world.not_(world.read("a"));
  Trial trial(world);
  trial.record(true).date("referred", "2018-06-01");
  trial.record(true).date("referred", "2020-06-01").date("listed", "2020-06-01").truth("a", false);
  trial.record(true).date("referred", "2020-06-01");
  trial.record(true).date("listed", "2020-06-01");
  trial.record(true);
  trial.record(true).date("referred", "2020-06-01").truth("a", true);
  trial.decide();
  CHECK(trial.outcome(0) == Outcome::refuse);
  CHECK(trial.outcome(1) == Outcome::approve);
  CHECK(trial.decision(1)->on == day("2020-06-01"));
  CHECK(trial.needed(2) == "listed");
  CHECK(trial.needed(3) == "referred");
  CHECK(trial.needed(4) == "referred listed");
  CHECK(trial.outcome(5) == Outcome::not_applicable);
}

TEST_CASE("a version that surely holds decides once those before it are excluded") {
  World world;
  model::Policy& first = world.policy({World::otherwise(Outcome::refuse)});
  period(first, "2018-01-01", "2018-12-31");
  first.applies = world.read("a");
  model::Policy& later = world.policy({World::otherwise(Outcome::approve)});
  period(later, "2019-01-01", nullptr);
  later.dated_by = world.listed;
  Trial trial(world);
  trial.record(true).date("listed", "2020-01-01").truth("a", false);
  trial.decide();
  CHECK(trial.outcome() == Outcome::approve);
}

TEST_CASE("a policy without a date decides whatever the dates") {
  World world;
  world.policy({World::otherwise(Outcome::review)}).dated_by = model::none;
  Trial trial(world);
  trial.record(true).decide();
  CHECK(trial.outcome() == Outcome::review);
  CHECK_FALSE(trial.decision()->has_date);
}

TEST_CASE("in full, policies that do not hold or do not apply are listed as not applicable") {
  World world = two_versions();
  world.library.policies.back().applies = world.read("a");
  Trial trial(world, {{}, false, {}, Explain::full});
  trial.record().date("referred", "2019-01-15");
  trial.record().truth("a", false);
  trial.decide();
  REQUIRE(trial.decision(0) != nullptr);
  CHECK(trial.outcome(0) == Outcome::not_applicable);
  CHECK_FALSE(trial.decision(0)->holds);
  REQUIRE(trial.decision(1) != nullptr);
  CHECK(trial.decision(1)->holds);
  CHECK(trial.because(1) == "applies when=no");
}
