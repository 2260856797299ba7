#include "input/mapping.hpp"

#include <catch2/catch.hpp>

#include "csv_dirt.hpp"
#include "input/mapping_start.hpp"
#include "input/names.hpp"
#include "value/calendar.hpp"

namespace proviso::input {
namespace {

using sample::Filled;
using sample::library;
using sample::read_mapped;
using sample::trouble;

/// Every error as `LINE:COLUMN: MESSAGE`.
std::vector<std::string> mapping_errors_of(std::string_view text) {
  const auto mapping = read_mapping(text, library(), 0);
  std::vector<std::string> out;
  if (mapping) return out;
  for (const MappingError& error : mapping.error()) {
    out.push_back(std::to_string(error.line) + ':' + std::to_string(error.column) + ": " + error.message);
  }
  return out;
}

std::string mapping_error_of(std::string_view text) {
  const auto errors = mapping_errors_of(text);
  CAPTURE(text);
  return errors.size() == 1 ? errors.front() : std::to_string(errors.size()) + " errors";
}

std::string mapped_header_error(std::string_view header, std::string_view mapping_text = {}) {
  const auto names = parse_csv_header(header);
  if (!names) return names.error().message;
  const auto mapping = read_mapping(mapping_text, library(), 0);
  CsvOptions options;
  options.mapping = &mapping.value();
  const auto reader = make_csv_reader(library(), 0, *names, {}, options);
  return reader ? std::string() : reader.error().message;
}

TEST_CASE("names of columns count without their capitals, underscores, blanks and marks") {
  CHECK(normalised_name("\xEF\xBB\xBF ORGANISATION_IDENTIFIER  (CODE OF\xC2\xA0"
                        "COMMISSIONER)\xE2\x80\x8B") == "organisation identifier (code of commissioner)");
  CHECK(normalised_name("_a__b c_") == "a b c");
  CHECK(normalised_name("Patient.BMI") == "patient.bmi");
  CHECK(normalised_name(" \xC2\xA0 ").empty());
}

TEST_CASE("a column gives the field that it is named for") {
  const Filled filled = read_mapped(library(), "",
                                    "ID,Patient.BMI,PATIENT.BMI.ON,Patient.NHS Number,Drug_Given,shoe size\n"
                                    "R-1,36,01/04/2019,9990000018,W37.1,43\n");
  CHECK(trouble(filled) == "");
  CHECK(filled.bits("patient.bmi") == 36'000'000);
  CHECK(filled.chunk.column(filled.id("patient.bmi")).measured_on[0] == value::parse_date("2019-04-01"));
  CHECK(filled.known("patient.nhs_number"));
  CHECK(filled.known("drug_given"));
  CHECK(filled.known("id"));
  CHECK(filled.undeclared == std::set<std::string>{"shoe size"});
}

TEST_CASE("two columns of one name are an error that names both") {
  CHECK(mapped_header_error("cost,score,COST ") == "the header has two columns that are one name: `cost` and `COST`");
  CHECK(mapped_header_error("drug_given,drug given") ==
        "the header has two columns that are one name: `drug_given` and `drug given`");
  CHECK(mapped_header_error("cost,cost") == "the header has two columns `cost`");
  CHECK(mapped_header_error("cost,costs,,") == "");
}

TEST_CASE("a mapping says which column gives which field") {
  const Filled filled =
      read_mapped(library(),
                  "\xEF\xBB\xBF# Referrals of a trust\r\n"
                  "\n"
                  "id = \"UBRN\"\n"
                  "patient.bmi = \"body_mass index (KG/M2)\"   # any case\n"
                  "patient.bmi.on = \"BMI \\\"DATE\\\"\", month first\n"
                  "patient.weight=\"WEIGHT\",unit g,unknown \"0\",\"n/a\"\n"
                  "patient.smoking = \"SMOKES\", \"Y\" = current, \"N\" = \"never\", \"9\" = unknown\n"
                  "commissioner = always \"06P\"\n"
                  "urgent = always yes\n"
                  "unknown \"TBC\"\n"
                  "ignore \"notes\", \"NOT THERE\"\n",
                  "UBRN,BODY MASS INDEX (kg/m2),\"BMI \"\"DATE\"\"\",WEIGHT,SMOKES,Notes,cost,other\n"
                  "1,36,03/04/2019,81500,Y,x,tbc,y\n"
                  "2,TBC,,0,n,x,1,y\n"
                  "3,37,,80 mm,9,x, TBC ,y\n"
                  "4,TBC,TBC, N/A ,never,x,,y\n");
  CHECK(trouble(filled) == "found the unit `mm`, expected `kg`");
  REQUIRE(filled.chunk.rows() == 3);
  CHECK(filled.results.errors.front().id == "\"3\"");
  CHECK(filled.bits("patient.bmi") == 36'000'000);
  CHECK(filled.chunk.column(filled.id("patient.bmi")).measured_on[0] == value::parse_date("2019-03-04"));
  CHECK(filled.bits("patient.weight") == 81'500'000);
  CHECK(filled.bits("patient.smoking", 0) == 2);
  CHECK(filled.bits("patient.smoking", 1) == 0);
  CHECK(filled.bits("patient.smoking", 2) == 0);
  CHECK_FALSE(filled.known("patient.bmi", 1));
  CHECK_FALSE(filled.known("patient.weight", 1));
  CHECK_FALSE(filled.known("patient.weight", 2));
  CHECK_FALSE(filled.known("cost", 0));
  CHECK(filled.bits("cost", 1) == 1'000'000);
  for (std::size_t row = 0; row < 3; ++row) {
    CHECK(filled.bits("commissioner", row) == 1);
    CHECK(filled.yes("urgent", row));
  }
  CHECK(filled.undeclared == std::set<std::string>{"other"});
}

TEST_CASE("the unit of a mapping is that of cells that name none") {
  const auto weight = [](const std::string& cell) {
    return read_mapped(library(), "patient.weight = \"W\", unit g", "W\n" + cell + "\n");
  };
  const std::vector<std::pair<std::string, std::int64_t>> cells = {
      {"81500", 81'500'000},           {"81500 g", 81'500'000},      {"85 kg", 85'000'000},   {"1 mg", 1},
      {"\"1,234 kg\"", 1'234'000'000}, {"85\xC2\xA0kg", 85'000'000}, {"\"1,234\"", 1'234'000}};
  for (const auto& [cell, expected] : cells) {
    CAPTURE(cell);
    CHECK(trouble(weight(cell)) == "");
    CHECK(weight(cell).bits("patient.weight") == expected);
  }
  CHECK(trouble(weight("85 cm")) == "found the unit `cm`, expected `kg`");
}

TEST_CASE("a field's own words outweigh those of the file") {
  const Filled filled =
      read_mapped(library(), "unknown \"M\"\nward = \"W\", \"m\" = \"Maternity\"\n", "W,score\nM,m\n");
  CHECK(filled.chunk.text_of(static_cast<std::int32_t>(filled.bits("ward"))) == "Maternity");
  CHECK_FALSE(filled.known("score"));
}

TEST_CASE("what a field is not told of its column") {
  // One column for two fields; a column that has the name of another field.
  const Filled filled = read_mapped(library(), "referred = \"patient.born\"\npatient.born = \"patient.born\"\n",
                                    "patient.born\n1950-01-02\n");
  CHECK(filled.bits("referred") == filled.bits("patient.born"));
  CHECK(mapped_header_error("cost,TOTAL", "cost = \"TOTAL\"") ==
        "the column `cost` is a field that the mapping takes from elsewhere: the mapping can `ignore` it");
  CHECK(mapped_header_error("cost,TOTAL", "cost = \"TOTAL\"\nignore \"Cost\"") == "");
  CHECK(mapped_header_error("cost", "score = \"SCORE\"") == "the file has no column `SCORE`, which the mapping names");
}

TEST_CASE("errors of a mapping say where and what") {
  CHECK(mapping_error_of("patient.bim = \"BMI\"") ==
        "1:1: `Referral` has no field `patient.bim`; did you mean `patient.bmi`?");
  CHECK(mapping_error_of("\n  score = SCORE") ==
        "2:11: found `SCORE`, expected the name of a column in quotes, or `always`");
  CHECK(mapping_error_of("score") == "1:6: found the end of the line, expected `=`");
  CHECK(mapping_error_of("scoer \"S\"") ==
        "1:1: found `scoer`, expected a field with `=`, `ignore`, `unknown` or `encoding`; did you mean `score`?");
  CHECK(mapping_error_of("ingore \"S\"") ==
        "1:1: found `ingore`, expected a field with `=`, `ignore`, `unknown` or `encoding`; did you mean `ignore`?");
  CHECK(mapping_error_of("= \"S\"") == "1:1: found `=`, expected a field");
  CHECK(mapping_error_of("score = \"S") == "1:9: the quote is never closed");
  CHECK(mapping_error_of("score = \"\\x\"") == "1:9: found an escape other than `\\\"`, `\\\\`, `\\n` and `\\t`");
  CHECK(mapping_error_of("score = \"\"") == "1:9: found an empty text, expected the name of a column");
  CHECK(mapping_error_of("score = \"é\" \"b\"") == "1:13: found `b`, expected the end of the line");
  CHECK(mapping_error_of("score = \"a\",") ==
        "1:13: found the end of the line, expected what more there is to say of the column");
  CHECK(mapping_error_of("score = \"a\xFF\"") == "1:11: bytes that are not UTF-8");
  CHECK(mapping_error_of("score = \"a\"\nscore = \"b\"") == "2:1: `score` has its column in line 1");
  CHECK(mapping_error_of("sore_throats = \"a\"") ==
        "1:1: `sore_throats` is a list, which must come from a file of its own");
  CHECK(mapping_error_of("sore_throats.on = \"a\"") ==
        "1:1: `sore_throats.on` is of the list `sore_throats`, which must come from a file of its own");
  CHECK(mapping_error_of("score.on = \"a\"") == "1:1: `score` is not measured, so it has no day of measurement");
  CHECK(mapping_error_of("encoding latin") == "1:10: found `latin`, expected `utf-8` or `windows-1252`");
  CHECK(mapping_error_of("ignore notes") == "1:8: found `notes`, expected the name of a column in quotes");
  const auto both = mapping_errors_of("scor = \"a\"\ncost = always lots\n");
  REQUIRE(both.size() == 2);
  CHECK(both[1] == "2:15: found `lots`, expected an amount in pounds such as `352.14`");
}

TEST_CASE("options are for the fields that they mean something for") {
  CHECK(mapping_error_of("score = \"a\", day first") == "1:14: `score` is not a date");
  CHECK(mapping_error_of("score = \"a\", excel") == "1:14: `score` is not a date");
  CHECK(mapping_error_of("referred = \"a\", day") == "1:20: found the end of the line, expected `first`");
  CHECK(mapping_error_of("referred = \"a\", day first, month first") == "1:28: the order of dates is said twice");
  CHECK(mapping_error_of("referred = \"a\", years from 30") == "1:28: found `30`, expected a year such as `1930`");
  CHECK(
      mapping_error_of("referred = \"a\", excle") ==
      "1:17: found `excle`, expected `day first`, `month first`, `excel`, `years from`, `unit`, `unknown` or a word in "
      "quotes with its meaning; did you mean `excel`?");
  CHECK(mapping_error_of("score = \"a\", unit kg") == "1:14: `score` is not a quantity");
  CHECK(mapping_error_of("patient.weight = \"a\", unit cm") ==
        "1:28: found the unit `cm`, expected one that converts to `kg`");
  CHECK(mapping_error_of("patient.smoking = \"a\", \"M\"") ==
        "1:27: found the end of the line, expected `=` and what the word means");
  CHECK(mapping_error_of("patient.smoking = \"a\", \"M\" = sometimes") ==
        "1:30: found `sometimes`, expected one of never, ex, current");
  CHECK(mapping_error_of("patient.smoking = \"a\", \"M\" = ex, \"m\" = never") ==
        "1:34: `m` has its meaning already: capitals and small letters are one");
  CHECK(mapping_error_of("patient.smoking = \"a\", \"\" = ex") ==
        "1:24: an empty cell is unknown: it cannot mean anything else");
  CHECK(mapping_error_of("commissioner = always \"Lutton\"") == "1:23: `Lutton` is not a declared place");
  CHECK(mapping_error_of("referred = always 01/04/19") ==
        "1:19: found `01/04/19`, expected a date such as `2019-04-01`");
  CHECK(
      mapping_errors_of("referred = \"a\", day first, excel, years from 1950, unknown \"x\", \"y\", \"z\" = 2019-04-01")
          .empty());
}

TEST_CASE("columns that a file does not have are told with the mapping's line") {
  const auto mapping = read_mapping("score = \"SCORE\"\n  cost =  \"TOTAL COTS\"\nurgent = always no\n", library(), 0);
  const auto errors = missing_columns(mapping.value(), {"score", "TOTAL COST"});
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].line == 2);
  CHECK(errors[0].column == 11);
  CHECK(errors[0].message == "the file has no column `TOTAL COTS`; did you mean `TOTAL COST`?");
}

std::string started(std::string_view text) {
  model::Library labelled = sample::referral();
  for (model::Fact& fact : labelled.records.front().facts) {
    if (fact.name == "patient.born") fact.label = "Date of birth";
    if (fact.name == "cost") fact.label = "Total cost";
  }
  std::istringstream stream{std::string(text)};
  RecordSource source(bytes_of(stream), Format::csv);
  const auto start = start_csv(source, nullptr, true);
  const std::string mapping = start_mapping(labelled, 0, start.value(), source, "referrals.csv");
  // Whatever is started is read, and fits the file.
  const auto read = read_mapping(mapping, labelled, 0);
  CAPTURE(mapping);
  REQUIRE(read.has_value());
  CHECK(missing_columns(*read, start.value().header).empty());
  return mapping;
}

TEST_CASE("a started mapping has what is certain as lines and what is likely as comments") {
  const std::string mapping = started(
      "Referred,TOTAL_COST,BMI,Date of Birth,NHS NO,smoking,\"ward \"\"code\"\"\",Sore\n"
      "03/04/2019,£5,36,01-APR-50,9990000018,never,7,1\n"
      "13/04/2019,TBC,35,02-APR-50,9990000018,Smoker,8,2\n");
  const auto has = [&](std::string_view line) {
    CAPTURE(mapping, line);
    CHECK(('\n' + mapping).find('\n' + std::string(line) + '\n') != std::string::npos);
  };
  has("referred = \"Referred\"");
  has("cost = \"TOTAL_COST\"  # its label");
  has("#   values that do not fit: `TBC`: `, unknown \"WORD\"` after the column says that one says nothing");
  has("# patient.bmi = \"BMI\"  # like its name, 2 of 2 values fit");
  has("#   read as kg/m2: `, unit UNIT` after the column where its cells are in another");
  has("patient.born = \"Date of Birth\"  # its label");
  has("#   2 of 2 values have years of two digits: `, years from 1930` makes 30 the year 1930, and 29 2029");
  has("# patient.nhs_number = \"NHS NO\"  # all 2 values are NHS numbers");
  has("# patient.smoking = \"smoking\"  # like its name, 1 of 2 values fit");
  has("# ward = \"ward \\\"code\\\"\"  # like its name, 2 of 2 values fit");
  has("# ignore \"Sore\"");
  has("# urgent =   # yes/no");
  has("# patient.bmi.on =   # date of measurement");
}

TEST_CASE("a started mapping flags dates that could be read two ways") {
  const auto remarks = [](const std::string& dates) {
    const std::string mapping = started("referred\n" + dates);
    const std::size_t from = mapping.find("#   ");
    return from == std::string::npos ? std::string() : mapping.substr(from, mapping.find('\n', from) - from);
  };
  CHECK(remarks("2019-04-03\n13/04/2019\n") == "");
  CHECK(remarks("03/04/2019\n13/04/2019\n") == "");
  CHECK(
      remarks("03/04/2019\n05/04/2019\n") ==
      "#   2 of 2 values could be day first or month first: `, day first` or `, month first` says which; without, they "
      "are read day first");
  CHECK(remarks("03/04/2019\n04/13/2019\n") ==
        "#   1 of 2 values have their month first: where all have, `, month first` after the column reads them");
  CHECK(remarks("43556\n43557\n") ==
        "#   2 of 2 values are plain numbers: where Excel counted days, `, excel` after the column reads them");
}

TEST_CASE("a started mapping leaves alone a column of units, which is read by its name") {
  const std::string mapping = started("patient.weight,patient.weight.unit\n81,kg\n");
  CHECK(mapping.find("patient.weight.unit") == std::string::npos);
  CHECK(mapping.find("patient.weight = \"patient.weight\"") != std::string::npos);
}

TEST_CASE("a started mapping is read back, whatever the file") {
  for (const char* file : {"\n", "a\"b\n", "#,=,\\,\"a\nb\",\"x\ty\",\x1B[31m,,é\n1,2,3,4,5,6,7,8\n",
                           "Caf\xE9,cost\n\xA3"
                           "1,\xA3"
                           "2\n",
                           "id,referred\n\"1\n2,3,4\n", "patient.bmi,patient.bmi.on,BMI,bmi on\n1,2,3,4\n"}) {
    CAPTURE(file);
    std::istringstream stream{std::string(file)};
    RecordSource source(bytes_of(stream), Format::csv);
    if (start_csv(source, nullptr, true)) started(file);
  }
  CHECK(started("Caf\xE9,cost\nx,\xA3"
                "2\n")
            .find("\nencoding windows-1252\n") != std::string::npos);
}

}  // namespace
}  // namespace proviso::input
