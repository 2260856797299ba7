#include <catch2/catch.hpp>
#include <sstream>

#include "input/list_table.hpp"
#include "input/mapping.hpp"
#include "input/mapping_start.hpp"
#include "sample.hpp"

// What relations bring from other lines: the input neither gives it nor is offered it.
namespace proviso::input {
namespace {

using sample::Filled;

/// The sample record with the group `same_day` (id, cost; and its rank), and a fact `last` after it.
model::Library grouped() {
  model::Library library = sample::referral();
  model::Record& record = library.records[0];
  const auto add = [&](const std::string& path, const std::string& name, value::Kind kind, model::LevelId level,
                       std::uint32_t relation) {
    const auto id = static_cast<model::FactId>(record.facts.size());
    model::Fact fact;
    fact.path = path;
    fact.name = name;
    fact.type = sample::of(kind);
    fact.level = level;
    fact.relation = relation;
    record.facts.push_back(fact);
    record.levels[level].facts.push_back(id);
    return id;
  };
  const model::FactId list = add("same_day", "same_day", value::Kind::list, 0, 0);
  const auto level = static_cast<model::LevelId>(record.levels.size());
  record.facts[list].elements = level;
  record.levels.push_back({0, list, false, {}});
  add("id", "same_day.id", value::Kind::text, level, 0);
  record.facts[add("cost", "same_day.cost", value::Kind::money, level, 0)].measured = true;
  add("rank in same_day", "rank in same_day", value::Kind::number, 0, 0);
  add("last", "last", value::Kind::number, 0, model::none);
  return library;
}

TEST_CASE("JSON does not give what relations bring") {
  const auto library = grouped();
  const Filled filled = sample::read_json(
      library, R"({"id": "A", "same_day": [{"id": "B", "cost": 5}], "rank in same_day": 1, "last": 7})");
  REQUIRE(filled.chunk.rows() == 1);
  CHECK_FALSE(filled.known("same_day"));
  CHECK_FALSE(filled.known("rank in same_day"));
  CHECK(filled.bits("last") == 7 * value::decimal_scale);
  CHECK(filled.undeclared == std::set<std::string>{"same_day", "rank in same_day"});
}

TEST_CASE("a column of CSV does not give what relations bring") {
  const auto library = grouped();
  const Filled filled = sample::read_csv(library, "id,same_day,RANK IN SAME DAY,same_day.cost,last\nA,1,1,5,7\n");
  REQUIRE(filled.chunk.rows() == 1);
  CHECK_FALSE(filled.known("same_day"));
  CHECK_FALSE(filled.known("rank in same_day"));
  CHECK(filled.bits("last") == 7 * value::decimal_scale);
  CHECK(filled.undeclared == std::set<std::string>{"same_day", "RANK IN SAME DAY", "same_day.cost"});
}

TEST_CASE("no second file gives the list of a relation") {
  const auto library = grouped();
  std::istringstream stream("id,cost\nA,5\n");
  RecordSource source(bytes_of(stream), Format::csv);
  const auto table = ListTable::load(source);
  REQUIRE(table.has_value());
  const auto reader = make_csv_reader(library, 0, {"id"}, {{"same_day", &*table}});
  REQUIRE_FALSE(reader.has_value());
  CHECK(reader.error().message == "`same_day` is filled from other records: it has no file of its own");
}

TEST_CASE("no mapping gives what relations bring") {
  const auto library = grouped();
  for (const char* field : {"same_day", "same_day.id", "same_day.cost", "same_day.cost.on"}) {
    const auto mapping = read_mapping(std::string(field) + " = \"X\"\n", library, 0);
    REQUIRE_FALSE(mapping.has_value());
    CHECK(mapping.error().front().message == "`Referral` has no field `" + std::string(field) + "`");
  }
}

TEST_CASE("a mapping that is started does not offer what relations bring") {
  const auto library = grouped();
  std::istringstream stream("id,same day,rank in same day,same_day.cost\nA,1,1,5\n");
  RecordSource source(bytes_of(stream), Format::csv);
  const auto start = start_csv(source, nullptr, true);
  REQUIRE(start.has_value());
  const std::string text = start_mapping(library, 0, *start, source, "lines.csv");
  CHECK(text.find("id = \"id\"") != std::string::npos);
  CHECK(text.find("# ignore \"same day\"") != std::string::npos);
  CHECK(text.find("# ignore \"rank in same day\"") != std::string::npos);
  CHECK(text.find("same_day =") == std::string::npos);
  CHECK(text.find("rank in same_day =") == std::string::npos);
  CHECK(text.find("# last =") != std::string::npos);
}

}  // namespace
}  // namespace proviso::input
