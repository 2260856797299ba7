#include "trial/drawing/drawn.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "check/check.hpp"
#include "decide/decider.hpp"
#include "syntax/parse.hpp"
#include "trial/drawing/pool.hpp"
#include "trial/scenarios/given.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

using namespace proviso;
using model::Outcome;

namespace {

constexpr std::size_t outcome_count = static_cast<std::size_t>(model::Outcome::refuse) + 1;

/// Eight criteria under `all`, one of which counts in a list; a limit that a place sets; an age.
const char* const text_of_library = R"(library drawn
places { England { BLMK { Bedfordshire ods:06F Luton ods:06P } Leicester ods:04C } }
record Visit { on date  severe yes/no }
record Referral {
  id text  referred date  commissioner place  procedure code opcs4
  bmi number kg/m2 measured valid 12 months
  born date  pain yes/no  grade scale mild < moderate < severe  x_ray date
  visits list of Visit  weeks_treated number  smoking one of never, ex, current  quit date  cancer yes/no assume no
}
codes hips opcs4 { W37.1 W38.1..W38.4 W93 }
threshold max_bmi: number kg/m2 {
  may vary from 30 to 45
  40 from 2019-04-01
  in Luton 35 from 2019-10-01
}
policy hips "Hip replacement" on Referral {
  source "Policy" effective 2019-04-01 dated by referred in BLMK
  applies when procedure in hips
  exempt cancer when cancer "Suspected cancer"
  approve when all {
    bmi      "BMI is within the limit": bmi <= max_bmi
    adult    "The patient is 18 or over": years from born to referred >= 18
    pain     "There is pain": pain
    grade    "The disease is at least moderate": grade >= moderate
    x_ray    "An X-ray within six months": x_ray within 6 months before referred
    visits   "Three severe visits in a year": (count of v in visits where v.severe and v.on > referred - 1 year) >= 3
    treated  "Twelve weeks of treatment": weeks_treated >= 12
    smoking  "Has not smoked for eight weeks": smoking = never or weeks from quit to referred >= 8
  }
  otherwise refuse "Not funded"
}
)";

struct Fixture {
  Fixture() {
    text::Sources sources;
    text::Diagnostics diagnostics;
    const auto file = sources.add("drawn.policy", text_of_library);
    std::vector<check::SourceTree> trees;
    trees.push_back({syntax::parse(sources, file, diagnostics), file, "."});
    library = check::check(trees, sources, diagnostics);
    REQUIRE_FALSE(diagnostics.has_errors());
    record = library.record("Referral");
  }
  model::Library library;
  std::uint32_t record;

  model::FactId fact(std::string_view name) const { return library.records[record].find(0, name); }

  std::string json(const model::GivenRecord& given) const {
    std::string out;
    trial::GivenJson(library, record).append(out, given, "");
    return out;
  }

  std::array<int, outcome_count> outcomes(const std::vector<model::GivenRecord>& records) const {
    const decide::Engine engine(library, "Referral");
    decide::Decider decider(engine);
    decide::Decisions decisions;
    program::Chunk chunk(library, record);
    std::array<int, outcome_count> counts{};
    for (std::size_t first = 0; first < records.size(); first += program::chunk_capacity) {
      chunk.clear();
      for (std::size_t i = first; i < records.size() && i < first + program::chunk_capacity; ++i) {
        trial::add_record(chunk, records[i]);
      }
      chunk.finish();
      decider.decide(chunk, decisions);
      for (const auto& each : decisions.records) ++counts[static_cast<std::size_t>(each.outcome)];
    }
    return counts;
  }
};

}  // namespace

TEST_CASE("Drawn records reach every outcome of a policy with eight criteria") {
  const Fixture fixture;
  const std::uint64_t seed = std::random_device{}();
  CAPTURE(seed);
  trial::Drawing drawing(fixture.library, fixture.record, {"drawn.hips"}, seed);
  std::vector<model::GivenRecord> records;
  while (records.size() < 2000) records.push_back(drawing.next());
  const auto counts = fixture.outcomes(records);
  for (const Outcome outcome :
       {Outcome::approve, Outcome::refuse, Outcome::information_needed, Outcome::not_applicable, Outcome::exempt}) {
    INFO(model::spelling(outcome));
    CHECK(counts[static_cast<std::size_t>(outcome)] >= 60);
  }
  CHECK(counts[static_cast<std::size_t>(Outcome::not_applicable)] < 1000);
}

TEST_CASE("The same seed draws the same records") {
  const Fixture fixture;
  trial::Drawing a(fixture.library, fixture.record, {}, 42);
  trial::Drawing b(fixture.library, fixture.record, {}, 42);
  trial::Drawing c(fixture.library, fixture.record, {}, 43);
  bool differs = false;
  for (int i = 0; i < 300; ++i) {
    const std::string drawn = fixture.json(a.next());
    REQUIRE(drawn == fixture.json(b.next()));
    differs = differs || drawn != fixture.json(c.next());
  }
  CHECK(differs);
}

TEST_CASE("Values are drawn at limits and one step to each side, of all places") {
  const Fixture fixture;
  trial::Drawing drawing(fixture.library, fixture.record, {}, 5);
  std::set<std::int64_t> bmi;
  std::set<std::int64_t> weeks;
  std::set<std::int64_t> ages_in_days;
  std::set<std::size_t> visits;
  std::size_t without_bmi = 0;
  for (int i = 0; i < 4000; ++i) {
    const model::GivenRecord record = drawing.next();
    const model::GivenFact* referred = trial::find(record, fixture.fact("referred"));
    if (const auto* fact = trial::find(record, fixture.fact("bmi")))
      bmi.insert(fact->constant.bits / value::decimal_scale);
    if (trial::find(record, fixture.fact("bmi")) == nullptr) ++without_bmi;
    if (const auto* fact = trial::find(record, fixture.fact("weeks_treated"))) {
      weeks.insert(fact->constant.bits / value::decimal_scale);
    }
    if (const auto* fact = trial::find(record, fixture.fact("visits"))) visits.insert(fact->elements.size());
    const auto* born = trial::find(record, fixture.fact("born"));
    if (born == nullptr || referred == nullptr) continue;
    std::int32_t adult = 0;
    value::add_months(static_cast<std::int32_t>(referred->constant.bits), -18 * 12, adult);
    ages_in_days.insert(adult - born->constant.bits);
  }
  for (const std::int64_t each : {34, 35, 36, 39, 40, 41}) CHECK(bmi.count(each) == 1);
  CHECK(*bmi.begin() < 30);
  CHECK(*bmi.rbegin() > 45);
  for (const std::int64_t each : {11, 12, 13}) CHECK(weeks.count(each) == 1);
  for (const std::int64_t each : {-1, 0, 1}) CHECK(ages_in_days.count(each) == 1);
  for (std::size_t each = 0; each <= 4; ++each) CHECK(visits.count(each) == 1);
  CHECK(*visits.rbegin() <= trial::most_elements);
  CHECK(without_bmi > 40);
}

TEST_CASE("A record near another differs from it in one to three facts") {
  const Fixture fixture;
  trial::Drawing drawing(fixture.library, fixture.record, {}, 9);
  const auto& record = fixture.library.records[fixture.record];
  for (int i = 0; i < 200; ++i) {
    const model::GivenRecord base = drawing.next();
    const auto changed = trial::difference(base, drawing.near(base));
    INFO(fixture.json(base));
    CHECK(changed.size() <= 3);
    for (const auto& fact : changed) CHECK(record.facts[fact.fact].level == 0);
  }
}

TEST_CASE("Neighbours differ in one fact, and hold both sides of each limit") {
  const Fixture fixture;
  trial::Drawing drawing(fixture.library, fixture.record, {}, 11);
  model::GivenRecord base = drawing.next();
  while (trial::find(base, fixture.fact("bmi")) == nullptr) base = drawing.next();
  std::map<model::FactId, std::set<std::int64_t>> values;
  std::set<model::FactId> left_out;
  for (const model::GivenRecord& neighbour : drawing.neighbours(base)) {
    const auto changed = trial::difference(base, neighbour);
    REQUIRE(changed.size() == 1);
    if (!changed[0].constant.known) left_out.insert(changed[0].fact);
    values[changed[0].fact].insert(changed[0].constant.bits / value::decimal_scale);
  }
  CHECK(left_out.size() == base.size());
  auto& bmi = values[fixture.fact("bmi")];
  bmi.insert(trial::find(base, fixture.fact("bmi"))->constant.bits / value::decimal_scale);
  for (const std::int64_t each : {34, 35, 36, 39, 40, 41}) CHECK(bmi.count(each) == 1);
  CHECK(values.count(fixture.fact("id")) == 0);
}

TEST_CASE("Nothing is drawn where no policy is") {
  const Fixture fixture;
  trial::Drawing drawing(fixture.library, fixture.record, {"drawn.nothing"}, 1);
  CHECK(drawing.next().empty());
  CHECK(drawing.neighbours({}).empty());
}

TEST_CASE("the price and what is paid are drawn, and ranks are those of a group", "[drawn]") {
  text::Sources sources;
  text::Diagnostics diagnostics;
  const std::uint32_t file = sources.add(
      "drawn.policy",
      "library example record Activity { id text nhs text started date b yes/no charge money price due money }\n"
      "group same on Activity by nhs, started\n"
      "payment p \"P\" on Activity { source \"S\" effective 2018-04-01 dated by started\n"
      "  pay due when all { b \"B\": b later \"L\": rank in same > 1 }\n  otherwise adjust to £20 }\n");
  const syntax::Tree tree = syntax::parse(sources, file, diagnostics);
  const model::Library library = check::check({{tree, file, ""}}, sources, diagnostics);
  REQUIRE_FALSE(diagnostics.has_errors());
  const model::Record& record = library.records[0];
  const model::Relation& group = library.relations[0];
  trial::Drawing drawing(library, 0, {}, 4);
  std::size_t priced = 0;
  std::size_t cut = 0;
  std::size_t due = 0;
  for (int i = 0; i < 400; ++i) {
    const model::GivenRecord given = drawing.next();
    const model::GivenFact* const charge = trial::find(given, record.price);
    if (charge != nullptr) ++priced;
    if (charge != nullptr && charge->constant.bits > 20 * value::decimal_scale) ++cut;
    if (trial::find(given, record.find(0, "due")) != nullptr) ++due;
    const model::GivenFact* const rank = trial::find(given, group.rank);
    if (rank == nullptr) continue;
    CHECK(rank->constant.bits >= value::decimal_scale);
    CHECK(rank->constant.bits % value::decimal_scale == 0);
  }
  CHECK(priced > 200);
  CHECK(cut > 20);
  CHECK(cut < priced);
  CHECK(due > 200);
}
