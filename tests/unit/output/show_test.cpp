#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "../decide/support.hpp"
#include "output/show.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using nlohmann::json;

namespace {

std::int64_t code(const char* text) { return value::parse_code(value::CodeSystem::opcs4, text).value(); }

World shown_world() {
  World world;
  model::Threshold limit;
  limit.name = "limit";
  limit.type = World::of(Kind::number);
  limit.unverified = "General knowledge";
  limit.values.push_back({{limit.type, true, decimal(40)}, {day("2019-04-01"), INT32_MAX}, "", {}, {}});
  limit.values.push_back(
      {{limit.type, true, decimal(35)}, {day("2020-04-01"), INT32_MAX}, "", model::Citation{"Paper 7", "3"}, {}});
  world.library.thresholds.push_back(limit);
  model::CodeList hips;
  hips.name = "hips";
  hips.system = value::CodeSystem::opcs4;
  const auto w37 = value::covered(value::CodeSystem::opcs4, code("W37"));
  hips.blocks.push_back({{},
                         {w37.first, code("W38.1"), code("W93")},
                         {w37.last, code("W38.4"), value::covered(value::CodeSystem::opcs4, code("W94")).last}});
  world.library.code_lists.push_back(hips);
  const NodeId in_hips = world.node(NodeKind::in_codes, Kind::truth, {world.read("procedure")});
  world.library.nodes[in_hips].index = 0;
  model::Policy& policy = world.policy(
      {World::when(Outcome::exempt, world.read("a"), "cancer"),
       World::when(Outcome::approve,
                   world.group(model::GroupKind::at_least,
                               {World::criterion("fit", world.less(world.read("x"), world.threshold(0)))}, 1)),
       World::otherwise(Outcome::refuse)});
  policy.label = "Hips";
  policy.applies = in_hips;
  policy.applies_expression = "procedure in hips";
  policy.effective = {day("2019-04-01"), day("2021-03-31")};
  policy.has_start = true;
  policy.notes = {"A note"};
  policy.unverified = {"A guess"};
  return world;
}

}  // namespace

TEST_CASE("a policy as it holds on a day") {
  const World world = shown_world();
  const auto views = output::view_policy(world.library, "hips", day("2020-06-01"));
  REQUIRE(views.size() == 1);
  std::string out;
  output::append_shown(out, views[0]);
  CHECK(out == R"(test.hips  Hips
as it holds on 2020-06-01
on            Referral
category      threshold
status        adopted
source        Paper, 3.3
effective     from 2019-04-01 to 2021-03-31
dated by      referred
applies when  procedure in hips

exempt cancer when cancer expression
    cancer it

approve when at least 1 of
    approve it
  fit  fit holds
      fit expression

otherwise refuse
    Otherwise it

Thresholds
  limit (number)
    35 from 2020-04-01
      source: Paper 7, 3
    unverified: General knowledge

Code lists
  hips (code opcs4)
    W37 W38.1..W38.4 W93..W94

Notes
  A note

Unverified
  A guess

Versions
  from 2019-04-01 to 2021-03-31, adopted (shown here)
)");
}

TEST_CASE("the same as JSON, and all values without a day") {
  const World world = shown_world();
  std::string out;
  output::append_shown_json(out, output::view_policy(world.library, "test.hips", {}).at(0));
  const json found = json::parse(out);
  CHECK(found["policy"] == "test.hips");
  CHECK(found["on"].is_null());
  CHECK(found["thresholds"][0]["values"].size() == 2);
  CHECK(found["thresholds"][0]["values"][1]["source"] == "Paper 7, 3");
  CHECK(found["clauses"][1]["group"] == "at least 1 of");
  CHECK(found["clauses"][1]["criteria"][0]["criterion"] == "fit");
  CHECK(found["codes"][0]["values"][0]["value"] == "W37 W38.1..W38.4 W93..W94");
  CHECK(found["versions"][0]["to"] == "2021-03-31");
}

TEST_CASE("a day without a version, and a name without a policy") {
  const World world = shown_world();
  const auto views = output::view_policy(world.library, "hips", day("2001-01-01"));
  REQUIRE(views.size() == 1);
  CHECK(views[0].policy == nullptr);
  std::string out;
  output::append_shown(out, views[0]);
  CHECK(out.find("No version holds on that day.") != std::string::npos);
  out.clear();
  output::append_shown_json(out, views[0]);
  CHECK(json::parse(out)["versions"].size() == 1);
  CHECK(output::view_policy(world.library, "knees", {}).empty());
}
