#include <catch2/catch.hpp>

#include "input/csv_cells.hpp"
#include "input/list_table.hpp"
#include "sample.hpp"
#include "value/calendar.hpp"

namespace proviso::input {
namespace {

using sample::Filled;
using sample::library;

Filled read_csv_text(std::string_view text) { return sample::read_csv(library(), text); }

tl::expected<ListTable, FileError> load(const std::string& text, bool windows_1252 = false) {
  std::istringstream stream(text);
  RecordSource source(bytes_of(stream), Format::csv);
  return ListTable::load(source, windows_1252);
}

std::string header_error(const std::vector<std::string>& header,
                         const std::map<std::string, const ListTable*>& lists = {}) {
  const auto reader = make_csv_reader(library(), 0, header, lists);
  REQUIRE_FALSE(reader.has_value());
  return reader.error().message;
}

std::vector<std::string> cells_of(std::string_view text) {
  CsvCells cells;
  CAPTURE(text);
  REQUIRE(cells.split(text));
  return {cells.cells().begin(), cells.cells().end()};
}

TEST_CASE("cells are cut as RFC 4180 has it") {
  using Cells = std::vector<std::string>;
  CHECK(cells_of("") == Cells{""});
  CHECK(cells_of(",") == Cells{"", ""});
  CHECK(cells_of("a, b ,\"c\"") == Cells{"a", " b ", "c"});
  CHECK(cells_of("\"a,\n\r\n\"\"b\"\"\",\"\"\"\",\"\"") == Cells{"a,\n\r\n\"b\"", "\"", ""});
  CHECK(cells_of("é,\"£1,000\"") == Cells{"é", "£1,000"});
}

TEST_CASE("a quote inside a cell that does not begin with one is a character like others") {
  using Cells = std::vector<std::string>;
  CHECK(cells_of("5\" pipe,a\"b\"\"c, \"d\"") == Cells{"5\" pipe", "a\"b\"\"c", " \"d\""});
  const Filled filled = read_csv_text("id,ward\n1,\"a\nb\"\n2,51° 30' 26\" N\n3,7\n");
  REQUIRE(filled.results.errors.empty());
  CHECK(filled.text("ward", 1) == "51° 30' 26\" N");
  CHECK(filled.chunk.rows() == 3);
}

TEST_CASE("malformed cells are told with their column") {
  const auto message_of = [](std::string_view text) {
    CsvCells cells;
    CAPTURE(text);
    REQUIRE_FALSE(cells.split(text));
    return cells.message();
  };
  CHECK(message_of("\"a\"b") == "more after the closing quote of a cell at column 4");
  CHECK(message_of("x,\"a,b") == "a quote is never closed: it stands at column 3");
  CHECK(message_of("a\rb") == "a carriage return outside quotes at column 2");
  CHECK(message_of("ab\xff") == "bytes that are not UTF-8 at column 3");
  CHECK(message_of(std::string_view("a\0b", 3)) == "a NUL byte at column 2");
}

TEST_CASE("columns are fields, by their paths") {
  const Filled filled = read_csv_text(
      "\xEF\xBB\xBFid, patient.bmi\xC2\xA0,patient.bmi.on,patient.smoking,urgent,cost,ward\r\n"
      "R-1,36.5,2019-10-20,ex,Y,\"£1,234.50\", 7 \r\n"
      "R-2,,2019-10-20, never ,0,,\r\n");
  REQUIRE(filled.results.errors.empty());
  REQUIRE(filled.chunk.rows() == 2);
  CHECK(filled.undeclared.empty());
  CHECK(filled.bits("patient.bmi") == 36'500'000);
  CHECK(filled.chunk.column(filled.id("patient.bmi")).measured_on[0] == value::parse_date("2019-10-20"));
  CHECK(filled.bits("patient.smoking") == 1);
  CHECK(filled.yes("urgent", 0));
  CHECK(filled.bits("cost") == 1'234'500'000);
  CHECK(filled.chunk.text_of(static_cast<std::int32_t>(filled.bits("ward"))) == "7");
  CHECK_FALSE(filled.known("patient.bmi", 1));
  CHECK(filled.bits("patient.smoking", 1) == 0);
  CHECK(filled.known("urgent", 1));
  CHECK_FALSE(filled.yes("urgent", 1));
  CHECK_FALSE(filled.known("cost", 1));
  CHECK_FALSE(filled.known("ward", 1));
  CHECK(filled.results.records[1].line == 3);
}

TEST_CASE("blanks round a text are none of it, and blanks alone are unknown") {
  for (const char* cell : {"AC-1", "AC-1 ", "\tAC-1", "\"\nAC-1\r\n\"",
                           "\xC2\xA0"
                           "AC-1\xE2\x80\x8B"}) {
    CAPTURE(cell);
    const Filled filled = read_csv_text("id,ward\n1," + std::string(cell) + "\n");
    REQUIRE(filled.known("ward"));
    CHECK(filled.text("ward") == "AC-1");
  }
  CHECK(read_csv_text("ward\n Ward  7 \n").text("ward") == "Ward  7");
  for (const char* cell : {" ", "\xC2\xA0", "\"\t\n\"", "\xEF\xBB\xBF \xE3\x80\x80"}) {
    CAPTURE(cell);
    CHECK_FALSE(read_csv_text("id,ward\n1," + std::string(cell) + "\n").known("ward"));
  }
}

TEST_CASE("an id is told without the blanks round it") {
  const Filled filled = read_csv_text("id,urgent\n R-1\xC2\xA0,perhaps\n \xC2\xA0,perhaps\n");
  REQUIRE(filled.results.errors.size() == 2);
  CHECK(filled.results.errors[0].id == "\"R-1\"");
  CHECK(filled.results.errors[1].id == "null");
}

TEST_CASE("yes and no have many words") {
  for (const char* word : {"yes", "TRUE", "y", "1", " Yes "})
    CHECK(read_csv_text("urgent\n" + std::string(word) + "\n").yes("urgent"));
  for (const char* word : {"no", "False", "N", "0"}) {
    const Filled filled = read_csv_text("urgent\n" + std::string(word) + "\n");
    CHECK(filled.known("urgent"));
    CHECK_FALSE(filled.yes("urgent"));
  }
  const Filled filled = read_csv_text("id,urgent\n\"R\"\"1\",perhaps\n");
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(filled.results.errors[0].code == text::Code::mistyped_field);
  CHECK(filled.results.errors[0].field == "urgent");
  CHECK(filled.results.errors[0].message == "found `perhaps`, expected `yes` or `no`");
  CHECK(filled.results.errors[0].id == R"("R\"1")");
}

TEST_CASE("a record with too many or too few cells is malformed") {
  const Filled filled = read_csv_text("id,score\nA,1,2\nB\n\nC,3\n");
  REQUIRE(filled.results.records.size() == 4);
  REQUIRE(filled.results.errors.size() == 3);
  CHECK(filled.results.errors[0].message == "found 3 cells, expected 2");
  CHECK(filled.results.errors[0].id == "\"A\"");
  CHECK(filled.results.errors[1].message == "found 1 cell, expected 2");
  CHECK(filled.results.errors[2].id == "null");
  CHECK(filled.results.errors[2].line == 4);
  CHECK(filled.results.records[3].row == 0);
  CHECK(filled.bits("score") == 3'000'000);
}

TEST_CASE("malformed records leave the others alone") {
  const Filled filled = read_csv_text("id,score\nA,\"1\n\xff,2\nB,4\"\nC,5\n");
  REQUIRE(filled.results.records.size() == 2);
  CHECK(filled.results.errors.at(0).code == text::Code::malformed_record);
  CHECK(filled.chunk.rows() == 1);
  const Filled quote = read_csv_text("id,score\nA,\"1\nB,2\nC,3\n");
  CHECK(quote.results.errors.size() == 1);
  CHECK(quote.results.errors.at(0).id == "\"A\"");
  CHECK(quote.chunk.rows() == 2);
  const Filled later = read_csv_text("id,score\nA,\"1\nB,2\nC,\"3\"\nD,4\n");
  REQUIRE(later.results.errors.size() == 1);
  CHECK(later.results.errors[0].id == "\"A\"");
  CHECK(later.results.errors[0].message == "a quote is never closed: it stands at column 3");
  CHECK(later.chunk.rows() == 3);
}

TEST_CASE("a malformed record has its id where that stands before what is wrong") {
  const Filled filled = read_csv_text(std::string("id,ward,score\nA,caf\xe9,1\nB,x,\0\nC\xe9,x,1\nD,\"\xe9\",2\n", 43));
  REQUIRE(filled.results.errors.size() == 4);
  CHECK(filled.results.errors[0].id == "\"A\"");
  CHECK(filled.results.errors[1].id == "\"B\"");
  CHECK(filled.results.errors[2].id == "null");
  CHECK(filled.results.errors[3].id == "\"D\"");
}

TEST_CASE("a file that is no text in UTF-8 is told for what it is, where its first bytes say so") {
  const auto message_of = [](std::string_view first) { return parse_csv_header(first).error().message; };
  CHECK(message_of("\xFF\xFEi") == "the file is in UTF-16: save it as UTF-8");
  CHECK(message_of("\xFE\xFF") == "the file is in UTF-16: save it as UTF-8");
  CHECK(message_of("\x1F\x8B\x08") == "the file is compressed by gzip: unpack it first");
  CHECK(message_of("PK\x03\x04\x14") ==
        "the file is a zip archive, as a workbook is too: unpack it, or save the sheet as CSV");
  CHECK(message_of("\x89PNG\r") == "the file is a picture");
}

TEST_CASE("a unit in a column of its own is that of the number beside it") {
  const Filled filled =
      read_csv_text("id,patient.weight,patient.weight.unit\nA,81000,g\nB,81,\nC,81, kg \nD,,g\nE,81 kg,g\nF,81,m\n");
  CHECK(filled.undeclared.empty());
  CHECK(filled.bits("patient.weight", 0) == 81'000'000);
  CHECK(filled.bits("patient.weight", 1) == 81'000'000);
  CHECK(filled.bits("patient.weight", 2) == 81'000'000);
  CHECK_FALSE(filled.known("patient.weight", 3));
  REQUIRE(filled.results.errors.size() == 2);
  CHECK(filled.results.errors[0].message == "found `81 kg`, expected a number of kg");
  CHECK(filled.results.errors[1].message == "found the unit `m`, expected `kg`");
  CHECK(filled.results.errors[1].field == "patient.weight");
  CHECK(read_csv_text("score,score.unit\n1,kg\n").undeclared == std::set<std::string>{"score.unit"});
}

TEST_CASE("columns that are not declared are told") {
  const Filled filled = read_csv_text("id,foo,score.on,\nA,1,2019-01-01,x\n");
  CHECK(filled.results.errors.empty());
  CHECK(filled.undeclared == std::set<std::string>{"foo", "score.on", "column 4"});
}

TEST_CASE("a header that cannot be used is an error of the file") {
  CHECK(parse_csv_header("id,score, id").error().message == "the header has two columns `id`");
  CHECK(parse_csv_header("id,\"score").error().message ==
        "the header is malformed: a quote is never closed: it stands at column 4");
  CHECK(header_error({"id", "sore_throats"}) ==
        "the column `sore_throats` is a list, which must come from a file of its own");
}

TEST_CASE("lists come from a file of their own, joined by id") {
  const auto throats = load("on,id,severe,foo\n2019-01-01,A,yes,1\n2019-02-01,B,no,2\n2019-03-01,A,,3\n");
  const auto diagnoses = load("id,value\nA,I83.9\nB,\n");
  REQUIRE(throats.has_value());
  REQUIRE(diagnoses.has_value());
  CHECK(throats->size() == 3);
  const Filled filled =
      sample::read_csv(library(), "id\nA\nC\nB\n\"\"\n", {}, {{"sore_throats", &*throats}, {"diagnoses", &*diagnoses}});
  REQUIRE(filled.results.errors.empty());
  CHECK(filled.undeclared == std::set<std::string>{"sore_throats.foo"});
  const auto& offsets = filled.chunk.column(filled.id("sore_throats")).offsets;
  CHECK(std::vector<std::uint32_t>(offsets.begin(), offsets.begin() + 5) == std::vector<std::uint32_t>{0, 2, 2, 3, 3});
  CHECK(filled.known("sore_throats", 1));
  CHECK_FALSE(filled.known("sore_throats", 3));
  CHECK(filled.bits("sore_throats.on", 1) == value::parse_date("2019-03-01"));
  CHECK(filled.yes("sore_throats.severe", 0));
  CHECK_FALSE(filled.known("sore_throats.severe", 1));
  const auto code = filled.id("diagnoses") + 1;
  CHECK(program::bit(filled.chunk.column(code).known, 0));
  CHECK_FALSE(program::bit(filled.chunk.column(code).known, 1));
}

TEST_CASE("lists are joined by ids without the blanks round them") {
  const auto throats = load(
      "id,on\nA ,2019-01-01\n\xC2\xA0"
      "B,2019-02-01\n");
  const Filled filled = sample::read_csv(library(), "id\n A\nB\xC2\xA0\n \n", {}, {{"sore_throats", &throats.value()}});
  REQUIRE(filled.results.errors.empty());
  const auto& offsets = filled.chunk.column(filled.id("sore_throats")).offsets;
  CHECK(std::vector<std::uint32_t>(offsets.begin(), offsets.begin() + 4) == std::vector<std::uint32_t>{0, 1, 2, 2});
  CHECK_FALSE(filled.known("sore_throats", 2));
  CHECK(throats->without_record().rows == 0);
}

TEST_CASE("rows of a list that join no record are counted, and the first of them is told") {
  const auto throats = load("id,on\nA,2019-01-01\nB.0,2019-02-01\nB.0,2019-04-01\n");
  CHECK(throats->without_record().rows == 3);
  sample::read_csv(library(), "id\nA\nB\n\"\"\n", {}, {{"sore_throats", &throats.value()}});
  const ListTable::WithoutRecord unjoined = throats->without_record();
  CHECK(unjoined.rows == 2);
  CHECK(unjoined.id == "B.0");
  CHECK(unjoined.line == 3);
}

TEST_CASE("a record that cannot be read has its rows of a list all the same") {
  const auto throats = load("id,on\nA,2019-01-01\nB,2019-02-01\nC,2019-03-01\n");
  const Filled filled =
      sample::read_csv(library(), "id,score\nA,many\nB,1,2\nC,\"1\n", {}, {{"sore_throats", &throats.value()}});
  CHECK(filled.results.errors.size() == 3);
  CHECK(throats->without_record().rows == 0);
}

TEST_CASE("a list in Windows-1252 is read where it is asked for") {
  const std::string text = "id,value,Caf\xE9\nCaf\xE9,I83.9,\n\x81,I83.9,\n";
  CHECK(load(text).error().message ==
        "the header is malformed: bytes that are not UTF-8 at column 13; a file of Windows-1252 is read with "
        "`--encoding windows-1252`");
  CHECK(load("id,value\nCaf\xE9,I83.9\n").value().errors().at(0).message ==
        "bytes that are not UTF-8 at column 4; a file of Windows-1252 is read with `--encoding windows-1252`");
  CHECK(load(text, true).value().errors().at(0).message == "bytes that are not UTF-8 at column 1");
  const auto diagnoses = load(text.substr(0, text.find('\x81')), true);
  REQUIRE(diagnoses.has_value());
  CHECK(diagnoses->find("Café") != nullptr);
}

TEST_CASE("a list's columns count by name as a record's do, and its dates speak for each other") {
  const auto throats = load("ID\xC2\xA0,On,SEVERE\nA,03/04/2019,y\nB,25/03/2019,\n");
  const Filled filled = sample::read_csv(library(), "Id\nA\nB\n", {}, {{"sore_throats", &throats.value()}});
  REQUIRE(filled.results.errors.empty());
  CHECK(filled.undeclared.empty());
  CHECK(filled.bits("sore_throats.on", 0) == value::parse_date("2019-04-03"));
  CHECK(filled.yes("sore_throats.severe", 0));
  const auto mixed = load("id,on\nA,03/04/2019\nB,03/25/2019\n");
  const Filled refused = sample::read_csv(library(), "id\nA\nB\n", {}, {{"sore_throats", &mixed.value()}});
  REQUIRE(refused.results.errors.size() == 2);
  CHECK(refused.results.errors[0].field == "sore_throats[0].on");
  CHECK(refused.results.errors[0].message.find("`03/04/2019` could be 2019-04-03 or 2019-03-04") == 0);
}

TEST_CASE("what is wrong with an element is an error of its record") {
  const auto throats = load("id,on\nA,2019-01-01\nA,yesterday\nB,2019-01-01\n");
  const Filled filled = sample::read_csv(library(), "id\nA\nB\n", {}, {{"sore_throats", &throats.value()}});
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(filled.results.errors[0].field == "sore_throats[1].on");
  CHECK(filled.results.errors[0].id == "\"A\"");
  CHECK(filled.chunk.rows() == 1);
}

/// Of each record, whether its list of diagnoses is known.
std::vector<bool> known_lists(const Filled& filled) {
  std::vector<bool> known;
  for (std::size_t row = 0; row < filled.chunk.rows(); ++row) known.push_back(filled.known("diagnoses", row));
  return known;
}

TEST_CASE("a row of a list that cannot be read leaves the list of its record incomplete, and no other") {
  const auto table = load("id,value,on\nA,I83.9,\nA,I10,\"x\nB,I83.9,,\nC,caf\xe9,\nD,I83.9,\n");
  REQUIRE(table.has_value());
  CHECK(table->bad_rows() == 3);
  const Filled filled = sample::read_csv(library(), "id\nA\nB\nC\nD\nE\n", {}, {{"diagnoses", &*table}});
  REQUIRE(filled.results.errors.empty());
  CHECK(known_lists(filled) == std::vector<bool>{false, false, false, true, true});
  const auto& offsets = filled.chunk.column(filled.id("diagnoses")).offsets;
  CHECK(std::vector<std::uint32_t>(offsets.begin(), offsets.begin() + 6) ==
        std::vector<std::uint32_t>{0, 1, 1, 1, 2, 2});
  REQUIRE(filled.chunk.problems().size() == 3);
  CHECK(filled.chunk.problems()[0].message == "line 3 of its file cannot be read");
}

TEST_CASE("a row of a list that does not say whose it is leaves all lists incomplete") {
  const auto whole = load("id,value\nA,I10\n");
  const Filled good = sample::read_csv(library(), "id\nA\nB\n", {}, {{"diagnoses", &*whole}});
  CHECK(known_lists(good) == std::vector<bool>{true, true});
  // Without an id; cut off inside it; not UTF-8 in it; with a cell too many before it.
  for (const char* text :
       {"id,value\n ,I10\n", "id,value\nA,I83.9\nB\n", "id,value\nB\xe9,I10\n", "value,id\nI10,,B\n"}) {
    CAPTURE(text);
    const auto table = load(text);
    REQUIRE(table.has_value());
    CHECK(table->bad_rows() == 1);
    const Filled filled = sample::read_csv(library(), "id\nA\nB\n", {}, {{"diagnoses", &*table}});
    CHECK(known_lists(filled) == std::vector<bool>{false, false});
    REQUIRE(filled.chunk.problems().size() == 2);
    CHECK(filled.chunk.problems()[0].message.find("of its file does not say of which record it is") !=
          std::string::npos);
  }
}

TEST_CASE("blank lines of a list, and its heading once more, are no rows") {
  const auto table = load("id,value\n\nA,I10\n,\n\"\",\"\"\nid,value\nB,I10\n \n");
  REQUIRE(table.has_value());
  CHECK(table->bad_rows() == 0);
  CHECK(table->size() == 2);
}

TEST_CASE("a list file that cannot be used is an error of the file") {
  CHECK(load("on\n2019-01-01\n").error().message == "the file has no column `id`");
  CHECK(load("").error().message == "the file has no header");
  const auto table = load("id,value\n");
  CHECK(header_error({"id"}, {{"ward", &*table}}) == "the record has no list `ward`");
  CHECK(header_error({"score"}, {{"diagnoses", &*table}}) == "lists are joined by the column `id`, which is not there");
}

}  // namespace
}  // namespace proviso::input
