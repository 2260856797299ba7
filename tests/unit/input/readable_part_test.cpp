#include <catch2/catch.hpp>

#include <memory>
#include <optional>
#include <sstream>

#include "input/source.hpp"
#include "sample.hpp"
#include "value/calendar.hpp"

namespace proviso::input {
namespace {

using sample::Filled;
using sample::library;

/// As it is read where lines are held against one another.
Filled read_in_parts(std::string_view text, Format format) {
  Filled filled(library());
  std::istringstream stream{std::string(text)};
  RecordSource source(bytes_of(stream), format);
  std::unique_ptr<RecordReader> reader;
  if (format == Format::csv) {
    const auto start = start_csv(source, nullptr);
    reader = std::move(*make_csv_reader(library(), 0, start->header, {}, start->options));
  } else {
    reader = make_json_reader(library(), 0);
  }
  reader->keep_readable();
  Block block;
  while (source.next(block)) reader->read(block, filled.chunk, filled.results);
  filled.chunk.finish();
  return filled;
}

/// What is wrong with the fact, by the chunk's problems; nothing where nothing is.
std::optional<std::string> problem_of(const Filled& filled, std::string_view name, std::size_t row) {
  for (const program::InputProblem& problem : filled.chunk.problems()) {
    if (problem.row == row && filled.fact(problem.fact).name == name) return problem.message;
  }
  return std::nullopt;
}

/// The ids of the rows, `?` where one has none.
std::string ids(const Filled& filled) {
  std::string out;
  const program::Column& column = filled.chunk.column(filled.chunk.record().identifier);
  for (std::size_t row = 0; row < filled.chunk.rows(); ++row) {
    if (program::bit(column.known, row)) {
      out += filled.chunk.text_of(column.narrow[row]);
    } else {
      out += '?';
    }
    out += ' ';
  }
  return out;
}

TEST_CASE("of a line of CSV with a bad cell the other cells are kept, in its place") {
  const Filled filled =
      read_in_parts("id,score,referred,ward\nA,1,2019-01-01,B\nB,many,2019-01-02,C\nC,3,2019-01-03,D\n", Format::csv);
  CHECK(ids(filled) == "A B C ");
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(filled.results.errors[0].field == "score");
  REQUIRE(filled.results.records.size() == 3);
  CHECK(filled.results.records[1].row == 1);
  CHECK(filled.results.records[1].error == 0);
  CHECK(filled.results.records[2].row == 2);
  CHECK_FALSE(filled.known("score", 1));
  CHECK(filled.bits("referred", 1) == value::parse_date("2019-01-02"));
  CHECK(problem_of(filled, "score", 1));
  CHECK_FALSE(problem_of(filled, "score", 0));
}

TEST_CASE("a line that cannot be cut into the right number of cells leaves nothing") {
  const Filled filled = read_in_parts("id,score,ward\nA,1\n\"B,2,C\nC,3,D\n", Format::csv);
  CHECK(filled.results.errors.size() >= 1);
  CHECK_FALSE(filled.results.errors[0].blank);
  CHECK(filled.results.records[0].row == model::none);
}

TEST_CASE("a line that is empty, or the heading once more, is nothing that could be lost") {
  const Filled filled = read_in_parts("id,score,ward\nA,1,B\n\n,\nid, score ,ward\nB,2,C\n", Format::csv);
  CHECK(ids(filled) == "A B ");
  REQUIRE(filled.results.errors.size() == 3);
  for (const RecordError& error : filled.results.errors) CHECK(error.blank);
}

TEST_CASE("of a line in another encoding the cells that are ASCII are kept") {
  const Filled filled = read_in_parts("id,score,ward\nA,1,caf\xe9\nB,2,C\n", Format::csv);
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(ids(filled) == "A B ");
  CHECK(filled.bits("score", 0) == 1'000'000);
  CHECK_FALSE(filled.known("ward", 0));
  CHECK(problem_of(filled, "ward", 0) == "bytes that are not UTF-8");
}

TEST_CASE("of an object with a mistyped value the others are kept, also those behind it") {
  const Filled filled =
      read_in_parts(R"({"id": "A", "score": 1})"
                    "\n"
                    R"({"id": "B", "score": "many", "patient": {"born": 7, "smoking": "ex"}, "referred": "2019-01-02"})"
                    "\n"
                    R"({"id": "C", "score": 3})",
                    Format::ndjson);
  CHECK(ids(filled) == "A B C ");
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(filled.results.errors[0].field == "score");
  CHECK(filled.results.records[1].row == 1);
  CHECK_FALSE(filled.known("score", 1));
  CHECK_FALSE(filled.known("patient.born", 1));
  CHECK(filled.bits("patient.smoking", 1) == 1);
  CHECK(filled.bits("referred", 1) == value::parse_date("2019-01-02"));
  CHECK(problem_of(filled, "patient.born", 1));
}

TEST_CASE("a value that has the wrong form is gone over, whatever is in it") {
  const Filled filled = read_in_parts(
      R"({"score": {"value": [1, {"a": 2}]}, "patient": [3], "diagnoses": 4, "sore_throats": [{"on": []}, 5, {"severe": true}], )"
      R"("patient.bmi": 1, "wait": [[]], "id": "A", "ward": "B"})",
      Format::ndjson);
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(ids(filled) == "A ");
  CHECK(filled.known("ward", 0));
  for (const char* const name : {"score", "diagnoses", "wait", "patient.born", "patient.smoking"}) {
    CAPTURE(name);
    CHECK_FALSE(filled.known(name, 0));
    CHECK(problem_of(filled, name, 0));
  }
}

TEST_CASE("what is given twice is unknown, and all in an object that is") {
  const Filled filled =
      read_in_parts(R"({"id": "A", "score": 1, "score": 2, "patient": {"born": "1950-01-01"}, "other": 1, "other": 2, )"
                    R"("patient": {"smoking": "ex"}, "ward": "B"})",
                    Format::ndjson);
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(ids(filled) == "A ");
  CHECK_FALSE(filled.known("score", 0));
  CHECK_FALSE(filled.known("patient.born", 0));
  CHECK_FALSE(filled.known("patient.smoking", 0));
  CHECK(filled.known("ward", 0));
}

TEST_CASE("of text that is no JSON nothing is kept") {
  const Filled filled = read_in_parts("{\"id\": \"A\", \"score\": \"many\", \n{\"id\": \"B\"}\n\n", Format::ndjson);
  CHECK(ids(filled) == "B ");
  REQUIRE(filled.results.errors.size() == 2);
  CHECK_FALSE(filled.results.errors[0].blank);
  CHECK(filled.results.errors[1].blank);
}

}  // namespace
}  // namespace proviso::input
