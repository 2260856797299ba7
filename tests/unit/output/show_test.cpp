#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "../decide/support.hpp"
#include "output/show.hpp"
#include "output/show_compare.hpp"
#include "output/show_history.hpp"

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
  limit.values.push_back({{limit.type, true, decimal(40)}, {day("2019-04-01"), INT32_MAX}, model::none, {}, {}});
  limit.values.push_back({{limit.type, true, decimal(35)},
                          {day("2020-04-01"), INT32_MAX},
                          model::none,
                          model::Citation{"Paper 7", "3"},
                          {}});
  world.library.thresholds.push_back(limit);
  model::CodeList hips;
  hips.name = "hips";
  hips.system = value::CodeSystem::opcs4;
  const auto w37 = value::covered(value::CodeSystem::opcs4, code("W37"));
  hips.blocks.push_back({{},
                         model::none,
                         {w37.first, code("W38.1"), code("W93")},
                         {w37.last, code("W38.4"), value::covered(value::CodeSystem::opcs4, code("W94")).last},
                         {},
                         {}});
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

/// England with Luton and Bedford in it, which is numbered so.
constexpr model::PlaceId england = 0;
constexpr model::PlaceId luton = 1;
constexpr model::PlaceId bedford = 2;

/// The same in Luton: a limit of its own for a year, and from June a criterion added and the other replaced.
World varied_world() {
  World world = shown_world();
  world.library.places = {{"England", "", {}, model::none, bedford, {}},
                          {"Luton", "", {"06P"}, england, luton, {}},
                          {"Bedford", "", {}, england, bedford, {}}};
  model::Threshold& limit = world.library.thresholds[0];
  limit.values.push_back({{limit.type, true, decimal(30)},
                          {day("2019-10-01"), day("2020-09-30")},
                          luton,
                          model::Citation{"Paper 8", ""},
                          {}});
  model::Variation variation;
  variation.policy = "test.hips";
  variation.place = luton;
  variation.period = {day("2020-06-01"), INT32_MAX};
  variation.sources = {{"Luton paper", ""}};
  model::Change replaced;
  replaced.name = "fit";
  replaced.label = "Fitter";
  replaced.expression = "fitter expression";
  model::Change added;
  added.kind = model::Change::Kind::add;
  added.name = "more";
  added.label = "More";
  added.expression = "more expression";
  model::Change category;
  category.kind = model::Change::Kind::category;
  category.category = model::Category::prior_approval;
  variation.changes = {replaced, added, category};
  world.library.variations = {variation};
  model::Criterion fitter = World::criterion("fit", world.less(world.read("y"), world.threshold(0)));
  fitter.label = "Fitter";
  fitter.expression = "fitter expression";
  model::Criterion more = World::criterion("more", world.read("b"));
  more.expression = "more expression";
  model::Policy& policy = world.library.policies[0];
  model::Form form = policy.written();
  form.category = model::Category::prior_approval;
  form.variations = {0};
  form.clauses[1].condition = world.group(model::GroupKind::at_least, {fitter, more}, 1);
  policy.forms.push_back(form);
  policy.placements.push_back({luton,
                               {{{INT32_MIN, day("2019-09-30")}, 0},
                                {{day("2019-10-01"), day("2020-05-31")}, 0},
                                {{day("2020-06-01"), day("2020-09-30")}, 1},
                                {{day("2020-10-01"), INT32_MAX}, 1}}});
  return world;
}

std::string shown(const output::PolicyView& view) {
  std::string out;
  output::append_shown(out, view);
  return out;
}

bool says(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }

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
  CHECK(says(out, "No version holds on that day."));
  out.clear();
  output::append_shown_json(out, views[0]);
  CHECK(json::parse(out)["versions"].size() == 1);
  CHECK(output::view_policy(world.library, "knees", {}).empty());
}

TEST_CASE("a value is the place's own on its first and last days, and the larger one's around them") {
  const World world = varied_world();
  const auto value_on = [&](const char* date, model::PlaceId place) {
    const auto view = output::view_policy(world.library, "hips", day(date), place).at(0);
    REQUIRE(view.thresholds.at(0).values.size() == 1);
    return view.thresholds[0].values[0];
  };
  CHECK(value_on("2019-09-30", luton).value == "40");
  CHECK(value_on("2019-09-30", luton).place.empty());
  CHECK(value_on("2019-10-01", luton).value == "30");
  CHECK(value_on("2019-10-01", luton).place == "Luton");
  CHECK(value_on("2019-10-01", luton).source == "Paper 8");
  CHECK(value_on("2020-09-30", luton).value == "30");
  CHECK(value_on("2020-10-01", luton).value == "35");
  CHECK(value_on("2020-01-01", bedford).value == "40");
  // The last day is that on which it is still so there, not the one that is written.
  CHECK(value_on("2019-05-01", luton).days.last == day("2019-09-30"));
  CHECK(value_on("2019-05-01", bedford).days.last == day("2020-03-31"));
  CHECK(value_on("2020-01-01", luton).days.last == day("2020-09-30"));
}

TEST_CASE("what a variation put there is marked with its place, its days and its source") {
  const World world = varied_world();
  const std::string before = shown(output::view_policy(world.library, "hips", day("2020-05-31"), luton).at(0));
  CHECK_FALSE(says(before, "Luton paper"));
  CHECK(says(before, "category      threshold\n"));
  const std::string after = shown(output::view_policy(world.library, "hips", day("2020-06-01"), luton).at(0));
  CHECK(says(after, "as it holds in Luton (06P) on 2020-06-01\nunchanged     from 2020-06-01 to 2020-09-30\n"));
  CHECK(says(after, "category      prior_approval, changed in Luton from 2020-06-01\n"));
  CHECK(says(after, "  fit  Fitter\n      fitter expression\n      replaced in Luton from 2020-06-01: Luton paper\n"));
  // The source of one variation is not repeated.
  CHECK(says(after, "      more expression\n      added in Luton from 2020-06-01\n"));
  CHECK(says(after,
             "Varied in Luton from 2020-06-01: Luton paper\n  replaces fit: Fitter: fitter expression\n"
             "    was: fit holds: fit expression\n"));
  const auto around = output::view_policy(world.library, "hips", day("2020-06-01"), england).at(0);
  CHECK(around.differs_in == std::vector<std::string>{"Luton"});
  CHECK_FALSE(says(shown(around), "Luton paper"));
}

TEST_CASE("a policy that does not hold in the place says where it does") {
  World world = varied_world();
  world.library.policies[0].places = {luton};
  const auto view = output::view_policy(world.library, "hips", day("2020-06-01"), bedford).at(0);
  CHECK(view.form == nullptr);
  CHECK(says(shown(view), "The policy does not hold in Bedford: it holds in Luton.\n"));
  CHECK(output::view_policy(world.library, "hips", day("2020-06-01"), luton).at(0).form != nullptr);
}

TEST_CASE("the history has each change on the first day that is different, in the place whose it is") {
  const World world = varied_world();
  const auto lines = [&](model::PlaceId place) {
    std::vector<std::string> found;
    for (const auto& line : output::history_of(world.library, "test.hips", place).lines) {
      const std::string owner = line.place == model::none ? "" : world.library.places[line.place].name + " ";
      found.push_back(value::format_date(line.day) + " " + owner + line.text);
    }
    return found;
  };
  CHECK(lines(luton) == std::vector<std::string>{
                            "2019-04-01 the policy begins: threshold, adopted",
                            "2019-04-01 limit is 40",
                            "2019-10-01 Luton limit from 40 to 30",
                            "2020-06-01 Luton variation begins: replaces fit; adds more; category prior_approval",
                            "2020-10-01 Luton limit from 30 to 35 (as everywhere)",
                            "2021-04-01 the policy ends",
                        });
  CHECK(lines(bedford) == std::vector<std::string>{
                              "2019-04-01 the policy begins: threshold, adopted",
                              "2019-04-01 limit is 40",
                              "2020-04-01 limit from 40 to 35",
                              "2021-04-01 the policy ends",
                          });
  // Without a place: what both say, each once.
  CHECK(lines(model::none).size() == 7);
}

TEST_CASE("two places are compared criterion by criterion and value by value") {
  const World world = varied_world();
  const auto compared = [&](const char* date, model::PlaceId a, model::PlaceId b) {
    std::string found;
    for (const auto& policy : output::compare_places(world.library, {a, b}, day(date)).policies) {
      for (const auto& each : policy.differences) {
        found += each.what + " " + each.name + ": " + each.cells[0].lines.back() + " (" + each.cells[0].whose + ") | " +
                 each.cells[1].lines.back() + " (" + each.cells[1].whose + ")\n";
      }
    }
    return found;
  };
  CHECK(compared("2019-09-30", luton, bedford).empty());
  CHECK(compared("2019-10-01", bedford, luton) == "threshold limit: 40 (everywhere) | 30 (Luton)\n");
  CHECK(compared("2020-10-01", luton, bedford) ==
        "category : prior_approval (Luton) | threshold (as written)\n"
        "criterion fit: fitter expression (Luton) | fit expression (as written)\n"
        "criterion more: more expression (Luton) | not there ()\n");
  CHECK(compared("2020-10-01", bedford, england).empty());
  CHECK(compared("2001-01-01", luton, bedford).empty());
}

TEST_CASE("criteria of one wording that read different values differ") {
  World world = varied_world();
  model::Threshold other = world.library.thresholds[0];
  world.library.thresholds.push_back(other);
  model::Form& form = world.library.policies[0].forms[1];
  form = world.library.policies[0].written();
  form.variations = {0};
  form.clauses[1].condition = world.group(
      model::GroupKind::at_least, {World::criterion("fit", world.less(world.read("x"), world.threshold(1)))}, 1);
  world.library.variations[0].library = "luton";
  const auto comparison = output::compare_places(world.library, {luton, bedford}, day("2020-10-01"));
  REQUIRE(comparison.policies.size() == 1);
  const auto& first = comparison.policies[0].differences.at(0);
  CHECK(first.name == "fit");
  CHECK(first.cells[0].lines.back() == "as luton means it");
  CHECK(first.cells[1].lines.back() == "as test means it");
  // The same expression made anew is no difference.
  form.clauses[1].condition = world.group(
      model::GroupKind::at_least, {World::criterion("fit", world.less(world.read("x"), world.threshold(0)))}, 1);
  CHECK_FALSE(output::compare_places(world.library, {luton, bedford}, day("2020-10-01")).differs());
}

TEST_CASE("what one set of codes has and another has not") {
  const auto block = [](std::vector<std::pair<const char*, const char*>> intervals) {
    model::CodeBlock made;
    for (const auto& [first, last] : intervals) {
      made.firsts.push_back(value::covered(value::CodeSystem::opcs4, code(first)).first);
      made.lasts.push_back(value::covered(value::CodeSystem::opcs4, code(last)).last);
    }
    return made;
  };
  const auto difference = [](const model::CodeBlock& a, const model::CodeBlock& b) {
    return output::spell_difference(value::CodeSystem::opcs4, a, b);
  };
  const auto hips = block({{"W37", "W38"}, {"W93", "W95"}});
  CHECK(difference(hips, hips).empty());
  CHECK(difference(hips, {}) == "W37..W38 W93..W95");
  CHECK(difference({}, hips).empty());
  CHECK(difference(hips, block({{"W37", "W37"}})) == "W38 W93..W95");
  CHECK(difference(hips, block({{"W37", "W37"}, {"W38.1", "W38.1"}, {"W90", "W99"}})) == "W38 except W38.1");
  CHECK(difference(hips, block({{"W38", "W94"}})) == "W37 W95");
  CHECK(difference(block({{"W37", "W95"}}), hips) == "W39..W92");
}
