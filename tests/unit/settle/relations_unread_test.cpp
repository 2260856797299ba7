#include <catch2/catch.hpp>

#include "relations_sample.hpp"
#include "settle/relations.hpp"

/// Lines that could not be read, among lines that could.
namespace proviso::settle {
namespace {

using namespace sample;

/// A line of which some facts could not be read.
struct Part {
  Line line;
  std::vector<FactId> unread;
};

/// Gathers what could be read of the last lines behind whole ones, as one block, and fills it: all of them, in order.
std::vector<Filled> filled_beside(const World& world, const Lines& lines, const std::vector<Part>& parts,
                                  std::vector<std::string>* problems = nullptr) {
  const auto make = [&] {
    program::Chunk chunk(world.library, 0);
    for (const Line& line : lines) add_line(chunk, line);
    for (const Part& part : parts) {
      add_line(chunk, part.line);
      for (const FactId fact : part.unread) chunk.add_problem(fact, chunk.rows() - 1, "found rubbish");
    }
    chunk.finish();
    return chunk;
  };
  Relations relations(world.library, 0);
  relations.gather(make(), 0);
  relations.complete();
  program::Chunk chunk = make();
  relations.fill(chunk, 0);
  std::vector<Filled> all;
  for (std::size_t row = 0; row < chunk.rows(); ++row) {
    all.push_back(filled_at(chunk, world.library.relations[0], row));
    if (problems == nullptr) continue;
    std::string text;
    for (const program::InputProblem& problem : chunk.problems()) {
      if (problem.row == row) text += chunk.record().facts[problem.fact].name + ": " + problem.message + "; ";
    }
    problems->push_back(text);
  }
  return all;
}

Line scan(const std::string& id, const std::string& patient, const std::string& provider) {
  return {{{"id", id}, {"patient", patient}, {"provider", provider}}};
}

/// The lines of one patient and provider, by `order`.
World world_of_scans() {
  World world;
  model::Relation relation;
  relation.name = "scans";
  relation.other = 0;
  relation.keys = {{world.patient, world.patient}, {world.provider, world.provider}};
  relation.order = {world.id};
  relation.group = true;
  world.relate(relation, {"id", "admitted"}, true);
  return world;
}

/// The lines of one patient that were discharged in the 30 days before.
World world_of_spells() {
  World world;
  model::Relation relation;
  relation.name = "earlier";
  relation.other = 0;
  relation.keys = {{world.patient, world.patient}};
  relation.window = model::Relation::Window{world.admitted, world.discharged, 30, value::DurationKind::days, true};
  world.relate(relation, {"id", "discharged"});
  return world;
}

TEST_CASE("a line with an unreadable value stands among the others with what could be read of it") {
  const World world = world_of_scans();
  const auto lines = filled_beside(world, {scan("B", "999", "RC9"), scan("C", "998", "RC9")},
                                   {{scan("A", "999", "RC9"), {world.order}}});
  CHECK(lines[0] == Filled{true, {"A", "B"}, 2});
  CHECK(lines[1] == Filled{true, {"C"}, 1});
}

TEST_CASE("a line whose key could not be read may belong to those that agree in the rest of it, and to no others") {
  const World world = world_of_scans();
  std::vector<std::string> problems;
  const Line without_provider = {{{"id", "A"}, {"patient", "999"}}};
  const auto lines = filled_beside(
      world,
      {scan("B", "999", "RC9"), scan("C", "999", "RD8"), scan("D", "998", "RC9"), scan("E", "997", "unheard of")},
      {{without_provider, {world.provider}}}, &problems);
  CHECK(lines[0] == Filled{false, {"B"}, {}});
  CHECK(lines[1] == Filled{false, {"C"}, {}});
  CHECK(lines[2] == Filled{true, {"D"}, 1});
  CHECK(lines[3] == Filled{true, {"E"}, 1});
  CHECK(problems[0] ==
        "rank in scans: the input could not be read completely; scans: the input could not be read completely; ");
  CHECK(problems[2].empty());
}

TEST_CASE("a line none of whose keys could be read may belong to all others") {
  const World world = world_of_scans();
  const auto lines = filled_beside(world, {scan("B", "999", "RC9"), scan("C", "998", "RC9")},
                                   {{{{{"id", "A"}}}, {world.patient, world.provider}}});
  CHECK(lines[0] == Filled{false, {"B"}, {}});
  CHECK(lines[1] == Filled{false, {"C"}, {}});
}

TEST_CASE("a line that says nothing of a key belongs to nobody, whatever else of it could not be read") {
  const World world = world_of_scans();
  const auto lines =
      filled_beside(world, {scan("B", "999", "RC9")}, {{{{{"id", "A"}, {"patient", "999"}}}, {world.order}}});
  CHECK(lines[0] == Filled{true, {"B"}, 1});
}

TEST_CASE("a line whose date could not be read is among those that the window may bring") {
  const World world = world_of_spells();
  const Line own = {{{"id", "own"}, {"patient", "999"}, {"admitted", "2019-05-01"}, {"discharged", "2019-05-02"}}};
  const auto lines = filled_beside(world, {own}, {{{{{"id", "A"}, {"patient", "999"}}}, {world.discharged}}});
  CHECK(lines[0] == Filled{true, {"A"}, {}});
}

TEST_CASE("a line whose key could not be read may belong to those alone whose window it may lie in") {
  const World world = world_of_spells();
  const auto admitted = [](const char* patient, const char* day) {
    return Line{{{"patient", patient}, {"admitted", day}}};
  };
  const Lines lines = {admitted("998", "2019-03-30"),
                       admitted("998", "2019-03-31"),
                       admitted("998", "2019-04-30"),
                       admitted("998", "2019-05-01"),
                       {{{"patient", "998"}}}};
  const auto complete = [&](const Line& unplaced) {
    std::vector<bool> all;
    for (const Filled& each : filled_beside(world, lines, {{unplaced, {world.patient}}})) all.push_back(each.known);
    all.pop_back();  // the line itself
    return all;
  };
  CHECK(complete({{{"id", "A"}, {"discharged", "2019-03-31"}}}) == std::vector{true, false, false, true, false});
  CHECK(complete({{{"id", "A"}}}) == std::vector{false, false, false, false, false});
}

TEST_CASE("a line some of whose keys could not be read may belong to others, and never to itself") {
  World world;
  model::Relation relation;
  relation.name = "by_provider";
  relation.other = 0;
  relation.keys = {{world.patient, world.provider}};
  world.relate(relation, {"id"});
  const Line one = {{{"id", "A"}, {"patient", "999"}}};
  const auto complete = [&](std::size_t count) {
    return filled_beside(world, {}, std::vector<Part>(count, {one, {world.provider}})).front().known;
  };
  CHECK(complete(1));
  CHECK_FALSE(complete(2));
}

TEST_CASE("lines whose key could not be read are not counted with those that have none") {
  const World world = world_of_scans();
  program::Chunk chunk(world.library, 0);
  add_line(chunk, {{{"id", "A"}, {"patient", "999"}}});
  add_line(chunk, {{{"id", "B"}, {"patient", "999"}}});
  chunk.add_problem(world.provider, 1, "found rubbish");
  chunk.finish();
  Relations relations(world.library, 0);
  relations.gather(chunk, 0);
  relations.complete();
  CHECK(relations.without_key() == std::map<std::string, std::uint64_t>{{"scans", 1}});
  CHECK(relations.unplaced() == std::map<std::string, std::uint64_t>{{"scans", 1}});
}

TEST_CASE("where a line of the input is lost, all lists and ranks of its lines are incomplete") {
  const World world = world_of_scans();
  Relations relations(world.library, 0);
  const Lines lines = {scan("A", "999", "RC9"), scan("B", "999", "RC9")};
  gather(relations, world.library, 0, {lines});
  relations.not_read_completely(0);
  relations.complete();
  CHECK(fill(relations, world, {lines}) ==
        std::vector<Filled>{Filled{false, {"A", "B"}, {}}, Filled{false, {"A", "B"}, {}}});
}

}  // namespace
}  // namespace proviso::settle
