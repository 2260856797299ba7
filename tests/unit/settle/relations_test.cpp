#include "settle/relations.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "relations_sample.hpp"

namespace proviso::settle {
namespace {

using namespace sample;

using Names = std::vector<std::string>;

/// Lines of the same patient, whose `discharged` is within the length before the line's own `admitted`.
model::Relation earlier(const World& world, std::int32_t length, value::DurationKind kind, bool before = true) {
  model::Relation relation;
  relation.name = "earlier";
  relation.other = 0;
  relation.keys = {{world.patient, world.patient}};
  relation.window = model::Relation::Window{world.admitted, world.discharged, length, kind, before};
  return relation;
}
model::Relation earlier_days(const World& world, std::int32_t days) {
  return earlier(world, days, value::DurationKind::days);
}

model::Relation group(const World& world, std::vector<FactId> keys, std::vector<FactId> order) {
  model::Relation relation;
  relation.name = "together";
  relation.other = 0;
  for (const FactId key : keys) relation.keys.emplace_back(key, key);
  relation.order = std::move(order);
  relation.group = true;
  static_cast<void>(world);
  return relation;
}

Line spell(const std::string& id, const std::string& admitted, const std::string& discharged) {
  return {{{"id", id}, {"patient", "999"}, {"admitted", admitted}, {"discharged", discharged}}};
}

std::vector<std::int64_t> ranks(const std::vector<Filled>& lines) {
  std::vector<std::int64_t> all;
  for (const Filled& line : lines) all.push_back(line.rank.value_or(0));
  return all;
}

TEST_CASE("a window of days has both of its ends, and nothing beyond them") {
  World world;
  world.relate(earlier_days(world, 30), {"id", "discharged"});
  // 30 days before 1 May 2019 is 1 April, 31 days before it 31 March.
  const auto lines = filled(world, {spell("own", "2019-05-01", "2019-05-20"), spell("in", "2019-03-20", "2019-04-01"),
                                    spell("out", "2019-03-20", "2019-03-31"), spell("same", "2019-04-30", "2019-05-01"),
                                    spell("later", "2019-04-30", "2019-05-02")});
  CHECK(lines[0] == Filled{true, {"in", "same"}, {}});
}

TEST_CASE("a window of months ends where the calendar's months do") {
  World world;
  world.relate(earlier(world, 1, value::DurationKind::months), {"id", "discharged"});
  // A month before 31 March 2019 is 28 February: there is no 31st.
  const auto lines = filled(world, {spell("own", "2019-03-31", "2019-06-01"), spell("in", "2019-01-01", "2019-02-28"),
                                    spell("out", "2019-01-01", "2019-02-27")});
  CHECK(lines[0].found == Names{"in"});
}

TEST_CASE("a window after a date mirrors the one before it") {
  World world;
  world.relate(earlier(world, 1, value::DurationKind::months, false), {"id", "discharged"});
  // A month after 31 January 2020, a leap year, is 29 February.
  const auto lines =
      filled(world, {spell("own", "2020-01-31", "2020-01-31"), spell("in", "2020-02-01", "2020-02-29"),
                     spell("out", "2020-02-01", "2020-03-01"), spell("early", "2020-01-01", "2020-01-30")});
  CHECK(lines[0].found == Names{"in"});
}

TEST_CASE("where the calendar ends before the window does, nothing is left out") {
  World world;
  world.relate(earlier(world, 12, value::DurationKind::months), {"id", "discharged"});
  const auto lines =
      filled(world, {spell("own", "0001-05-01", "0001-06-01"), spell("later", "2019-01-01", "2019-02-28")});
  CHECK(lines[0].found == Names{"later"});
}

TEST_CASE("no line is in its own relation, but one that is just like it is") {
  World world;
  world.relate(earlier_days(world, 30), {"id"});
  const Line line = spell("twin", "2019-05-01", "2019-05-01");
  CHECK(filled(world, {line})[0] == Filled{true, {}, {}});
  const auto twins = filled(world, {line, line});
  CHECK(twins[0] == Filled{true, {"twin"}, {}});
  CHECK(twins[1] == Filled{true, {"twin"}, {}});
}

TEST_CASE("a line without a key has an unknown list, and is found by nobody") {
  World world;
  model::Relation relation = earlier_days(world, 30);
  relation.keys.emplace_back(world.provider, world.provider);
  world.relate(relation, {"id"});
  Line whole = spell("whole", "2019-05-01", "2019-05-01");
  whole.facts["provider"] = "R1H";
  const Line part = spell("part", "2019-05-01", "2019-05-01");
  Relations relations(world.library, 0);
  const Blocks blocks = {{whole, part, part}};
  gather(relations, world.library, 0, blocks);
  relations.complete();
  const auto lines = fill(relations, world, blocks);
  CHECK(lines[0] == Filled{true, {}, {}});
  CHECK(lines[1] == Filled{false, {}, {}});
  CHECK(relations.without_key() == std::map<std::string, std::uint64_t>{{"earlier", 2}});
}

TEST_CASE("a key that is assumed is a key") {
  World world;
  world.library.texts = {"X"};
  world.library.records[0].facts[world.commissioner].assumed = model::Constant{of(Kind::text), true, 0};
  model::Relation relation;
  relation.name = "same_commissioner";
  relation.other = 0;
  relation.keys = {{world.commissioner, world.commissioner}};
  world.relate(relation, {"id"});
  const auto lines = filled(world, {{{{"id", "said"}, {"commissioner", "X"}}}, {{{"id", "assumed"}}}});
  CHECK(lines[0].found == Names{"assumed"});
  CHECK(lines[1].found == Names{"said"});
}

TEST_CASE("what a missing date leaves open is brought") {
  World world;
  world.relate(earlier_days(world, 30), {"id"});
  Line undated = spell("undated", "2019-05-01", "2019-05-01");
  undated.facts.erase("discharged");
  Line unplaced = spell("unplaced", "2019-05-01", "2010-01-01");
  unplaced.facts.erase("admitted");
  const auto lines = filled(world, {spell("own", "2019-05-01", "2019-06-01"), undated, unplaced});
  CHECK(lines[0].found == Names{"undated"});
  // Its own date is not known: every line of the patient may lie in the window.
  CHECK(lines[2].found == Names{"own", "undated"});
}

TEST_CASE("the keys of two sides may be different facts") {
  World world;
  model::Relation relation;
  relation.name = "passed_on";
  relation.other = 0;
  relation.keys = {{world.provider, world.commissioner}};
  world.relate(relation, {"id"});
  const auto lines = filled(world, {{{{"id", "a"}, {"provider", "R1H"}}},
                                    {{{"id", "b"}, {"commissioner", "R1H"}}},
                                    {{{"id", "c"}, {"commissioner", "R1H"}, {"provider", "nobody else's"}}}});
  CHECK(std::is_permutation(lines[0].found.begin(), lines[0].found.end(), Names{"b", "c"}.begin()));
  CHECK(lines[0].found.size() == 2);
  CHECK_FALSE(lines[1].known);
  CHECK(lines[2] == Filled{true, {}, {}});
}

TEST_CASE("a group is all lines of the key, the line itself among them, in the order of its rank") {
  World world;
  world.relate(group(world, {world.patient, world.admitted}, {world.order}), {"id"}, true);
  const auto scan = [](const std::string& id, const std::string& patient, const std::string& order) {
    return Line{{{"id", id}, {"patient", patient}, {"admitted", "2019-05-01"}, {"order", order}}};
  };
  const auto lines =
      filled(world, {scan("a", "1", "30"), scan("b", "1", "4"), scan("c", "2", "1"), scan("d", "1", "10")});
  // By value, not by digits: 4, 10, 30.
  CHECK(lines[0] == Filled{true, {"b", "d", "a"}, 3});
  CHECK(lines[1] == Filled{true, {"b", "d", "a"}, 1});
  CHECK(lines[2] == Filled{true, {"c"}, 1});
  CHECK(lines[3] == Filled{true, {"b", "d", "a"}, 2});
}

TEST_CASE("ties are ranked by id, and texts go by their bytes") {
  World world;
  world.relate(group(world, {world.patient}, {world.provider}), {"id"}, true);
  const auto line = [](const std::string& id, const std::string& provider) {
    Line made{{{"patient", "1"}}};
    if (!id.empty()) made.facts["id"] = id;
    if (!provider.empty()) made.facts["provider"] = provider;
    return made;
  };
  // B < a in bytes, and "10" < "9".
  CHECK(ranks(filled(world, {line("9", "a"), line("10", "a"), line("2", "B"), line("", "a")})) ==
        std::vector<std::int64_t>{3, 2, 1, 4});
}

TEST_CASE("a missing fact of the order leaves open the ranks of the lines that it may stand before or after") {
  World world;
  world.relate(group(world, {world.patient}, {world.admitted, world.order}), {"id"}, true);
  const auto scan = [](const std::string& id, const std::string& admitted, const std::string& order) {
    Line line{{{"id", id}, {"patient", "1"}}};
    if (!admitted.empty()) line.facts["admitted"] = admitted;
    if (!order.empty()) line.facts["order"] = order;
    return line;
  };
  const Line first = scan("first", "2019-05-01", "1");
  const Line second = scan("second", "2019-05-01", "2");
  const Line later = scan("later", "2019-05-02", "");
  // Alone on its day, a line needs no further fact; of two lines of one day both ranks are open.
  CHECK(ranks(filled(world, {first, second, later})) == std::vector<std::int64_t>{1, 2, 3});
  CHECK(ranks(filled(world, {first, scan("no order", "2019-05-01", ""), later})) == std::vector<std::int64_t>{0, 0, 3});
  // A line without its day may be any of them.
  CHECK(ranks(filled(world, {first, second, scan("no day", "", "3")})) == std::vector<std::int64_t>{0, 0, 0});
  CHECK(ranks(filled(world, {scan("alone", "", "")})) == std::vector<std::int64_t>{1});
}

TEST_CASE("it is said of the lines that are complete that another one is not") {
  World world;
  world.relate(group(world, {world.patient}, {world.order}), {"id"}, true);
  const Blocks blocks = {{{{{"id", "whole"}, {"patient", "1"}, {"order", "1"}}}, {{{"id", "part"}, {"patient", "1"}}}}};
  Relations relations(world.library, 0);
  gather(relations, world.library, 0, blocks);
  relations.complete();
  program::Chunk chunk = chunk_of(world.library, 0, blocks[0]);
  relations.fill(chunk, 0);
  REQUIRE(chunk.problems().size() == 1);
  CHECK(chunk.problems()[0].row == 0);
  CHECK(chunk.problems()[0].fact == world.library.relations[0].rank);
  CHECK(filled_at(chunk, world.library.relations[0], 1).found == Names{"whole", "part"});
}

TEST_CASE("the order of the input ranks lines that are alike, and no others") {
  World world;
  world.relate(group(world, {world.patient}, {}), {}, true);
  const auto line = [](const std::string& order) { return Line{{{"patient", "1"}, {"order", order}}}; };
  const Line first = line("1");
  const Line second = line("2");
  // No id and nothing to order by: what else the lines say ranks them, whichever comes first.
  const auto one_way = ranks(filled(world, {first, second}));
  const auto other_way = ranks(filled(world, {second, first}));
  CHECK(one_way[0] == other_way[1]);
  CHECK(one_way[1] == other_way[0]);
  CHECK(one_way[0] != one_way[1]);
  CHECK(ranks(filled(world, {first, first, first})) == std::vector<std::int64_t>{1, 2, 3});
}

TEST_CASE("a line without a key has no rank") {
  World world;
  world.relate(group(world, {world.patient}, {}), {"id"}, true);
  CHECK(filled(world, {{{{"id", "a"}}}})[0] == Filled{false, {}, {}});
}

TEST_CASE("elements have the facts that are asked for, and no others") {
  World world;
  world.relate(group(world, {world.patient}, {}), {"id", "admitted", "order", "emergency", "weight"});
  const Line line{{{"id", "a"},
                   {"patient", "1"},
                   {"provider", "R1H"},
                   {"admitted", "2019-05-01"},
                   {"order", "7"},
                   {"emergency", "no"},
                   {"weight", "80"}},
                  {{"weight", "2019-04-30"}}};
  Relations relations(world.library, 0);
  const Blocks blocks = {{line, {{{"patient", "1"}}}}};
  gather(relations, world.library, 0, blocks);
  relations.complete();
  program::Chunk chunk = chunk_of(world.library, 0, blocks[0]);
  relations.fill(chunk, 0);
  const model::Relation& relation = world.library.relations[0];
  const auto column = [&](const std::string& path) -> const program::Column& {
    return chunk.column(chunk.record().find(chunk.record().facts[relation.list].elements, path));
  };
  REQUIRE(chunk.rows(chunk.record().facts[relation.list].elements) == 4);
  REQUIRE(filled_at(chunk, relation, 0).found == Names{"a", "?"});
  CHECK(column("admitted").narrow[0] == day("2019-05-01"));
  CHECK(column("order").wide[0] == decimal(7));
  CHECK(program::bit(column("emergency").known, 0));
  CHECK_FALSE(program::bit(column("emergency").yes, 0));
  CHECK(column("weight").wide[0] == decimal(80));
  CHECK(program::bit(column("weight").has_date, 0));
  CHECK(column("weight").measured_on[0] == day("2019-04-30"));
  CHECK_FALSE(program::bit(column("provider").known, 0));
  for (const char* path : {"admitted", "order", "emergency", "weight"})
    CHECK_FALSE(program::bit(column(path).known, 1));
  CHECK_FALSE(program::bit(column("weight").has_date, 1));
}

TEST_CASE("chunks that are filled one after the other keep nothing of the one before") {
  World world;
  world.relate(group(world, {world.patient}, {}), {"id", "order"});
  const Blocks blocks = {{{{{"id", "a"}, {"patient", "1"}, {"order", "1"}}}, {{{"id", "b"}, {"patient", "1"}}}},
                         {{{{"id", "c"}, {"patient", "2"}}}}};
  Relations relations(world.library, 0);
  gather(relations, world.library, 0, blocks);
  relations.complete();
  program::Chunk chunk(world.library, 0);
  for (const std::size_t block : {std::size_t{0}, std::size_t{1}, std::size_t{0}}) {
    chunk.clear();
    for (const Line& line : blocks[block]) add_line(chunk, line);
    chunk.finish();
    relations.fill(chunk, block);
    CHECK(filled_at(chunk, world.library.relations[0], 0).found == (block == 0 ? Names{"a", "b"} : Names{"c"}));
  }
}

TEST_CASE(
    "of a group it is said which of its elements is the line itself, and of a relation, which is without it, nothing") {
  World world;
  world.relate(group(world, {world.patient}, {world.order}), {"id"});
  world.relate(earlier_days(world, 30), {"id"});
  const auto line = [](const std::string& id, const std::string& patient, const std::string& order) {
    Line made{{{"id", id}, {"order", order}, {"admitted", "2019-05-01"}, {"discharged", "2019-05-01"}}};
    if (!patient.empty()) made.facts["patient"] = patient;
    return made;
  };
  const Lines lines = {line("a", "1", "3"), line("b", "2", "1"), line("c", "1", "2"), line("keyless", "", "1")};
  Relations relations(world.library, 0);
  gather(relations, world.library, 0, {lines});
  relations.complete();
  program::Chunk chunk = chunk_of(world.library, 0, lines);
  relations.fill(chunk, 0);
  const FactId list = world.library.relations[0].list;
  // By line, the elements c a, b, c a, and none.
  CHECK(chunk.column(list).itself == std::vector<std::uint32_t>{1, 2, 3, program::no_element});
  CHECK(text_at(chunk, chunk.record().find(chunk.record().facts[list].elements, "id"), 3) == "c");
  CHECK(chunk.column(world.library.relations[1].list).itself.empty());
  // A line that is not among those that were gathered is not itself in its group.
  program::Chunk other = chunk_of(world.library, 0, {line("d", "1", "9")});
  relations.fill(other, 1);
  CHECK(other.column(list).itself == std::vector<std::uint32_t>{program::no_element});
  chunk.clear();
  CHECK(chunk.column(list).itself.empty());
}

TEST_CASE("a register's lines are found by the record's keys, and only where there is a register") {
  World world;
  model::Relation relation;
  relation.name = "authorisations";
  relation.other = 1;
  relation.keys = {{world.patient, 1}};
  relation.window = model::Relation::Window{world.admitted, world.given, 3, value::DurationKind::months, true};
  world.relate(relation, {"id"});
  const Blocks lines = {{spell("A", "2019-05-01", "2019-05-02"), {{{"id", "B"}, {"patient", "998"}}}, {{{"id", "C"}}}}};

  Relations with(world.library, 0);
  CHECK(with.gathered() == std::vector<std::uint32_t>{1});
  with.gather(chunk_of(world.library, 1,
                       {{{{"id", "X1"}, {"patient", "999"}, {"given", "2019-02-01"}}},
                        {{{"id", "X2"}, {"patient", "999"}, {"given", "2019-01-31"}}},
                        {{{"id", "X3"}, {"given", "2019-04-01"}}}}),
              0);
  // Of another file of the register.
  with.gather(chunk_of(world.library, 1, {{{{"id", "X4"}, {"patient", "999"}, {"given", "2019-03-01"}}}}), 1);
  with.complete();
  const auto filled = fill(with, world, lines);
  CHECK(filled[0] == Filled{true, {"X1", "X4"}, {}});
  CHECK(filled[1] == Filled{true, {}, {}});
  CHECK(filled[2] == Filled{false, {}, {}});
  CHECK(with.without_key().at("authorisations") == 1);

  Relations without(world.library, 0);
  without.complete();
  CHECK(fill(without, world, lines)[0] == Filled{false, {}, {}});

  Relations empty(world.library, 0);
  empty.gather(chunk_of(world.library, 1, {}), 0);
  empty.complete();
  CHECK(fill(empty, world, lines)[0] == Filled{true, {}, {}});
}

TEST_CASE("the lists of a register that was not read completely have what was found, and are not known") {
  World world;
  model::Relation relation;
  relation.name = "authorisations";
  relation.other = 1;
  relation.keys = {{world.patient, 1}};
  world.relate(relation, {"id"});
  world.relate(group(world, {world.patient}, {}), {"id"});
  const Lines lines = {spell("A", "2019-05-01", "2019-05-02"), {{{"id", "B"}, {"patient", "998"}}}, {{{"id", "C"}}}};
  const auto filled_after = [&](const std::function<void(Relations&)>& note) {
    Relations relations(world.library, 0);
    CHECK(relations.keys(1) == std::vector<FactId>{1});
    CHECK(relations.keys(0).empty());
    relations.gather(chunk_of(world.library, 1, {{{{"id", "X1"}, {"patient", "999"}}}}), 0);
    gather(relations, world.library, 0, {lines});
    note(relations);
    relations.complete();
    program::Chunk chunk = chunk_of(world.library, 0, lines);
    relations.fill(chunk, 0);
    std::vector<Filled> filled;
    for (std::size_t row = 0; row < lines.size(); ++row) {
      filled.push_back(filled_at(chunk, world.library.relations[0], row));
      CHECK(filled_at(chunk, world.library.relations[1], row).known == (row < 2));
      const auto problems = std::count_if(chunk.problems().begin(), chunk.problems().end(), [&](const auto& problem) {
        return problem.row == row && problem.fact == world.library.relations[0].list;
      });
      CHECK(problems == (row < 2 && !filled[row].known ? 1 : 0));
    }
    return filled;
  };
  const std::vector<Filled> complete = {{true, {"X1"}, {}}, {true, {}, {}}, {false, {}, {}}};
  const std::vector<Filled> incomplete = {{false, {"X1"}, {}}, {false, {}, {}}, {false, {}, {}}};
  CHECK(filled_after([](Relations&) {}) == complete);
  CHECK(filled_after([](Relations& relations) { relations.not_read_completely(1); }) == incomplete);
  CHECK(filled_after([](Relations& relations) { relations.without_key(1, 1); }) == incomplete);
  // A fact that no relation finds lines by may be missing throughout.
  CHECK(filled_after([](Relations& relations) { relations.without_key(1, 0); }) == complete);
}

TEST_CASE("of several policies, those that are named ask") {
  World world;
  world.relate(earlier_days(world, 30), {"id"});
  world.library.policies.emplace_back().record = 0;
  CHECK_FALSE(Relations(world.library, 0, {&world.library.policies[0]}).empty());
  CHECK(Relations(world.library, 0, {&world.library.policies[1]}).empty());
}

TEST_CASE("what nothing on the record asks is neither gathered nor filled") {
  World world;
  world.relate(earlier_days(world, 30), {"id"});
  CHECK_FALSE(Relations(world.library, 0).empty());
  CHECK(Relations(world.library, 1).empty());
  world.library.policies[0].record = 1;
  CHECK(Relations(world.library, 0).empty());
  CHECK(Relations(world.library, 0).gathered().empty());
}

TEST_CASE("agreements and what payments pay ask for relations too") {
  World world;
  world.relate(earlier_days(world, 30), {"id"});
  const model::NodeId asking = world.library.policies[0].applies;
  world.library.policies[0].applies = model::none;
  REQUIRE(Relations(world.library, 0).empty());
  SECTION("the amount of a clause") {
    model::Clause clause;
    clause.payment.emplace();
    clause.payment->amount = asking;
    world.library.policies[0].forms[0].clauses.push_back(clause);
  }
  SECTION("a criterion of a group") {
    model::Clause clause;
    clause.condition.kind = model::GroupKind::all;
    clause.condition.criteria.emplace_back();
    clause.condition.criteria[0].condition.node = asking;
    world.library.policies[0].forms[0].clauses.push_back(clause);
  }
  SECTION("the saving of an agreement") {
    model::Agreement agreement;
    agreement.lines.record = 0;
    agreement.lines.forms[0].values.push_back(asking);
    world.library.agreements.push_back(agreement);
  }
  CHECK_FALSE(Relations(world.library, 0).empty());
}

TEST_CASE("a list of more lines than can be gone through is unknown, and says so") {
  constexpr std::size_t most = 10'000;
  World world;
  world.relate(group(world, {world.patient}, {}), {}, true);
  const auto found_of = [&](std::size_t count) {
    Relations relations(world.library, 0);
    Blocks blocks;
    for (std::size_t line = 0; line < count; ++line) {
      if (line % program::chunk_capacity == 0) blocks.emplace_back();
      blocks.back().push_back({{{"patient", "1"}}});
    }
    gather(relations, world.library, 0, blocks);
    relations.complete();
    program::Chunk chunk = chunk_of(world.library, 0, {blocks[0][0]});
    relations.fill(chunk, 0);
    CHECK(filled_at(chunk, world.library.relations[0], 0).rank == 1);
    CHECK(chunk.problems().size() == (count > most ? 1 : 0));
    return filled_at(chunk, world.library.relations[0], 0);
  };
  CHECK(found_of(most).found.size() == most);
  const Filled beyond = found_of(most + 1);
  CHECK_FALSE(beyond.known);
  CHECK(beyond.found.empty());
}

TEST_CASE("a line that was not there when lines were gathered is filled all the same") {
  World world;
  world.relate(group(world, {world.patient}, {}), {"id"}, true);
  Relations relations(world.library, 0);
  gather(relations, world.library, 0, {{{{{"id", "a"}, {"patient", "1"}}}}});
  relations.complete();
  const auto lines = fill(relations, world, {{}, {}, {}, {{{{"id", "b"}, {"patient", "1"}}}}});
  CHECK(lines[0] == Filled{true, {"a"}, {}});
}

}  // namespace
}  // namespace proviso::settle
