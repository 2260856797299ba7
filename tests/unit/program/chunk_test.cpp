#include <catch2/catch.hpp>

#include "support.hpp"

namespace {

using namespace proviso::program;
using namespace proviso::program::support;

struct Record {
  Builder b;
  FactId urgent = b.fact("urgent", truth_type);
  FactId score = b.fact("score", number_type);
  FactId lines = b.list("lines");
  FactId amount = b.fact("amount", number_type, b.elements(lines));
  FactId name = b.fact("name", {.kind = Kind::text});
};

}  // namespace

TEST_CASE("what the input leaves out is assumed, and marked so") {
  Record r;
  r.b.library.records[0].facts[r.urgent].assumed = proviso::model::Constant{truth_type, true, 1};
  r.b.library.records[0].facts[r.score].assumed = proviso::model::Constant{number_type, true, number(5)};
  Chunk chunk(r.b.library, 0);
  for (int round = 0; round < 2; ++round) {
    chunk.clear();
    for (int i = 0; i < 100; ++i) chunk.add_row(0);
    chunk.set_truth(r.urgent, 70, false);
    chunk.set_value(r.score, 3, number(1));
    chunk.finish();
    CHECK(bit(chunk.column(r.urgent).yes, 99));
    CHECK_FALSE(bit(chunk.column(r.urgent).yes, 70));
    CHECK_FALSE(bit(chunk.column(r.urgent).assumed, 70));
    CHECK(bit(chunk.column(r.urgent).assumed, 71));
    CHECK(chunk.column(r.score).wide[99] == number(5));
    CHECK(chunk.column(r.score).wide[3] == number(1));
    CHECK_FALSE(bit(chunk.column(r.score).assumed, 3));
  }
}

TEST_CASE("a value that was given and counts as unknown was not left out, so nothing is assumed for it") {
  Record r;
  r.b.library.records[0].facts[r.score].assumed = proviso::model::Constant{number_type, true, number(5)};
  Chunk chunk(r.b.library, 0);
  for (int i = 0; i < 3; ++i) chunk.add_row(0);
  chunk.add_problem(r.score, 1, "it fails its check");
  chunk.finish();
  CHECK(bit(chunk.column(r.score).known, 0));
  CHECK_FALSE(bit(chunk.column(r.score).known, 1));
  CHECK_FALSE(bit(chunk.column(r.score).assumed, 1));
  CHECK(bit(chunk.column(r.score).assumed, 2));
}

TEST_CASE("a record that is dropped leaves nothing behind") {
  Record r;
  Chunk chunk(r.b.library, 0);
  const auto add = [&](int elements) {
    const std::size_t row = chunk.add_row(0);
    chunk.set_truth(r.urgent, row, true);
    chunk.begin_list(r.lines, row);
    for (int i = 0; i < elements; ++i) chunk.set_value(r.amount, chunk.add_row(r.b.elements(r.lines)), number(i));
  };
  add(2);
  add(70);
  chunk.add_problem(r.score, 1, "not a number");
  chunk.drop_last_record();
  CHECK(chunk.problems().empty());
  CHECK(chunk.rows() == 1);
  CHECK(chunk.rows(r.b.elements(r.lines)) == 2);
  chunk.add_row(0);  // without a list, and with an unknown fact in the place of one that was known
  add(1);
  chunk.set_value(r.amount, chunk.add_row(r.b.elements(r.lines)), number(9));
  chunk.finish();
  CHECK_FALSE(bit(chunk.column(r.urgent).known, 1));
  CHECK_FALSE(bit(chunk.column(r.lines).known, 1));
  const std::vector<std::uint32_t>& offsets = chunk.column(r.lines).offsets;
  CHECK(std::vector<std::uint32_t>(offsets.begin(), offsets.begin() + 4) == std::vector<std::uint32_t>{0, 2, 2, 4});
  CHECK(chunk.column(r.amount).wide[3] == number(9));
}

TEST_CASE("texts have the library's number where a policy mentions them") {
  Record r;
  r.b.library.texts = {"ward 1", "ward 2"};
  Chunk chunk(r.b.library, 0);
  CHECK(chunk.text_number("ward 2") == 1);
  const std::int32_t other = chunk.text_number("ward 3");
  CHECK(other == 2);
  for (int i = 0; i < 500; ++i) chunk.text_number("text " + std::to_string(i));
  CHECK(chunk.text_number("ward 3") == other);
  CHECK(chunk.text_number("") == 503);
  CHECK(chunk.text_of(1) == "ward 2");
  CHECK(chunk.text_of(other) == "ward 3");
  CHECK(chunk.text_of(503).empty());
  chunk.clear();
  CHECK(chunk.text_number("ward 4") == 2);
}

TEST_CASE("a chunk that is filled again stays where it is in memory") {
  Record r;
  Chunk chunk(r.b.library, 0);
  const auto fill = [&] {
    for (std::size_t i = 0; i < chunk_capacity; ++i) {
      chunk.begin_list(r.lines, chunk.add_row(0));
      chunk.add_row(r.b.elements(r.lines));
    }
    chunk.finish();
  };
  fill();
  const std::uint64_t stamp = chunk.layout_stamp();
  chunk.clear();
  fill();
  CHECK(chunk.layout_stamp() == stamp);
  CHECK(Chunk(r.b.library, 0).layout_stamp() != stamp);
}
