#include <catch2/catch.hpp>

#include "sample.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"

namespace proviso::input {
namespace {

using sample::Filled;
using sample::library;

// The record `{"field": value}`, with the path's objects round it.
std::string record_of(std::string_view field, std::string_view value) {
  const std::size_t dot = field.find('.');
  if (dot == std::string_view::npos) return "{\"" + std::string(field) + "\": " + std::string(value) + "}";
  return "{\"" + std::string(field.substr(0, dot)) + "\": " + record_of(field.substr(dot + 1), value) + "}";
}

Filled read_field(std::string_view field, std::string_view value) {
  return sample::read_json(library(), record_of(field, value));
}

void check_bits(std::string_view field, std::string_view value, std::int64_t bits) {
  CAPTURE(field, value);
  const Filled filled = read_field(field, value);
  REQUIRE(filled.results.errors.empty());
  REQUIRE(filled.known(field));
  CHECK(filled.bits(field) == bits);
}

void check_unknown(std::string_view field, std::string_view value) {
  CAPTURE(field, value);
  const Filled filled = read_field(field, value);
  REQUIRE(filled.results.errors.empty());
  CHECK_FALSE(filled.known(field));
}

void check_mistyped(std::string_view field, std::string_view value, std::string_view message,
                    std::string_view at = {}) {
  CAPTURE(field, value);
  const Filled filled = read_field(field, value);
  REQUIRE(filled.results.errors.size() == 1);
  const RecordError& error = filled.results.errors.front();
  CHECK(error.code == text::Code::mistyped_field);
  CHECK(error.field == std::string(field) + std::string(at));
  CHECK(error.message == message);
  CHECK(filled.chunk.rows() == 0);
}

std::int64_t day(std::string_view text) { return value::parse_date(text).value(); }

TEST_CASE("null is unknown for every type") {
  for (const model::Fact& fact : library().records.front().facts) {
    if (fact.level == 0) check_unknown(fact.name, "null");
  }
}

TEST_CASE("yes/no is true or false") {
  CHECK(read_field("urgent", "true").yes("urgent"));
  const Filled no = read_field("urgent", "false");
  CHECK(no.known("urgent"));
  CHECK_FALSE(no.yes("urgent"));
  check_mistyped("urgent", "\"yes\"", "found the text `yes`, expected `true` or `false`");
  check_mistyped("urgent", "\"true\"", "found the text `true`, expected `true` or `false`");
  check_mistyped("urgent", "\"\"", "found an empty text, expected `true` or `false`");
  check_mistyped("urgent", "1", "found the number `1`, expected `true` or `false`");
  check_mistyped("urgent", "{}", "found an object, expected `true` or `false`");
  check_mistyped("urgent", "[true]", "found a list, expected `true` or `false`");
}

TEST_CASE("numbers are decimals, never rounded") {
  check_bits("score", "12", 12'000'000);
  check_bits("score", "-0.000001", -1);
  check_bits("score", "1.25e1", 12'500'000);
  check_bits("score", "\"12.5\"", 12'500'000);
  check_bits("score", "0.1", 100'000);
  check_bits("score", "9223372036854.775807", INT64_MAX);
  check_mistyped("score", "0.1234567", "`0.1234567` has more than six places after the point");
  check_mistyped("score", "9223372036854.775808", "`9223372036854.775808` is out of range");
  check_mistyped("score", "1e400", "`1e400` is out of range");
  check_mistyped("score", "\"\"", "found an empty text, expected a number");
  check_mistyped("score", "\"TBC\"", "found `TBC`, expected a number");
  check_mistyped("score", "true", "found `true`, expected a number");
}

TEST_CASE("money may carry a pound sign and commas in their places") {
  check_bits("cost", "352.14", 352'140'000);
  check_bits("cost", "\"352.14\"", 352'140'000);
  check_bits("cost", "\"£352.14\"", 352'140'000);
  check_bits("cost", "\"-£0.50\"", -500'000);
  check_bits("cost", "\"1,234,567.5\"", 1'234'567'500'000);
  check_bits("cost", "\"£0.333333\"", 333'333);
  for (const char* bad : {"\"12,34\"", "\"1234,567\"", "\",123\"", "\"1,234,\"", "\"1.234,567\"", "\"£\"", "\"\"",
                          "\"--1\"", "\"£-1\"", "\"(1.00)\"", "\"1 000\"", "\"TBC\"", "true"}) {
    const Filled filled = read_field("cost", bad);
    CAPTURE(bad);
    REQUIRE(filled.results.errors.size() == 1);
    CHECK(filled.results.errors.front().field == "cost");
    CHECK(filled.results.errors.front().message.find("expected an amount in pounds such as `352.14`") !=
          std::string::npos);
  }
  check_mistyped("cost", "\"" + std::string(60, '1') + "\"", "`" + std::string(40, '1') + "...` is out of range");
}

TEST_CASE("a percentage is the share itself, or hundredths where marked or declared so") {
  check_bits("share", "0.5", 500'000);
  check_bits("share", "\"0.5\"", 500'000);
  check_bits("share", "\"50%\"", 500'000);
  check_bits("rate", "50", 500'000);
  check_bits("rate", "\"50\"", 500'000);
  check_bits("rate", "\"50%\"", 500'000);
  check_bits("rate", "12.3456", 123'456);
  check_mistyped("rate", "12.34567", "`12.34567` is a percentage with more than four places after the point");
  check_mistyped("share", "\"%\"", "found `%`, expected a percentage such as `50%`");
}

TEST_CASE("quantities convert exactly to the declared unit") {
  check_bits("patient.weight", "81", 81'000'000);
  check_bits("patient.weight", "\"81.5\"", 81'500'000);
  check_bits("patient.weight", "\"81 kg\"", 81'000'000);
  check_bits("patient.weight", "\"81500 g\"", 81'500'000);
  check_bits("patient.weight", R"({"value": 81, "unit": "kg"})", 81'000'000);
  check_bits("patient.weight", R"({"unit": "g", "value": "500"})", 500'000);
  check_bits("patient.weight", R"({"value": 81, "unit": null})", 81'000'000);
  check_unknown("patient.weight", R"({"value": null, "unit": "kg"})");
  check_unknown("patient.weight", "{}");
  check_mistyped("patient.weight", R"({"value": 81, "unit": "cm"})", "found the unit `cm`, expected `kg`");
  check_mistyped("patient.weight", R"({"value": 81, "unit": "stone"})", "found the unit `stone`, expected `kg`");
  check_mistyped("patient.weight", R"({"value": "81 kg", "unit": "g"})", "found `81 kg`, expected a number of kg");
  check_mistyped("patient.weight", "\" 12 \"", "found ` 12 `, expected a number of kg");
  check_mistyped("patient.weight", "\"1 234\"", "found `1 234`, expected a number of kg");
  check_mistyped("patient.weight", "\"1\u00a0234\"",
                 "found `1\xC2\xA0"
                 "234`, expected a number of kg");
  check_mistyped("patient.weight", R"({"value": 0.0001, "unit": "mg"})",
                 "`0.0001` has more than six places after the point in kg");
  check_mistyped("patient.weight", R"({"value": 81, "unit": 1})", "found the number `1`, expected a unit such as kg",
                 ".unit");
  check_mistyped("patient.weight", R"({"value": [81]})", "found a list, expected a plain value", ".value");
}

TEST_CASE("a measured fact may carry the day of its measurement") {
  const Filled filled = read_field("patient.bmi", R"({"value": 36, "unit": "kg/m2", "on": "2019-10-20"})");
  REQUIRE(filled.known("patient.bmi"));
  const program::Column& column = filled.chunk.column(filled.id("patient.bmi"));
  CHECK(filled.bits("patient.bmi") == 36'000'000);
  CHECK(program::bit(column.has_date, 0));
  CHECK(column.measured_on[0] == day("2019-10-20"));

  const Filled plain = read_field("patient.bmi", "\"36 kg/m2\"");
  CHECK(plain.known("patient.bmi"));
  CHECK_FALSE(program::bit(plain.chunk.column(plain.id("patient.bmi")).has_date, 0));

  check_unknown("patient.bmi", R"({"value": null, "on": "2019-10-20"})");
  check_unknown("patient.bmi", R"({"on": "2019-10-20"})");
  check_mistyped("patient.bmi", R"({"value": 36, "on": "20/10/2019"})",
                 "found `20/10/2019`, expected a date such as `2019-04-01`", ".on");

  const Filled code = read_field("drug_given", R"({"value": {"system": "opcs4", "code": "W37"}, "on": "2019-10-20"})");
  REQUIRE(code.known("drug_given"));
  CHECK(code.bits("drug_given") == value::parse_code(value::CodeSystem::opcs4, "W37"));
}

TEST_CASE("dates are of one form, and days that there are") {
  check_bits("referred", "\"2019-04-01\"", day("2019-04-01"));
  check_bits("referred", "\"2020-02-29\"", day("2020-02-29"));
  for (const char* bad : {"\"2019-02-29\"", "\"01/04/2019\"", "\"2019-4-1\"", "\"2019-04-01 00:00:00\"", "\"45123\"",
                          "\"2019-04-01 \"", "20190401", "\"\""}) {
    CAPTURE(bad);
    CHECK(read_field("referred", bad).results.errors.size() == 1);
  }
}

TEST_CASE("a time with an offset is of the day in England then, and another of the day that it names") {
  for (const char* written : {"\"2019-06-30T23:30:00Z\"", "\"2019-07-01T00:30:00+01:00\"", "\"2019-07-01\"",
                              "\"2019-07-01T00:30:00\"", "\"2019-06-30T18:30:00.000-05:00\""}) {
    CAPTURE(written);
    check_bits("referred", written, day("2019-07-01"));
  }
  const Filled measured = read_field("patient.bmi", R"({"value": 36, "on": "2019-06-30T23:30:00Z"})");
  CHECK(measured.chunk.column(measured.id("patient.bmi")).measured_on[0] == day("2019-07-01"));
  for (const char* bad : {"\"2019-04-01T\"", "\"2019-04-01T10\"", "\"2019-04-01T24:00:00Z\"", "\"2019-04-01Z\""}) {
    CAPTURE(bad);
    CHECK(read_field("referred", bad).results.errors.size() == 1);
  }
}

TEST_CASE("durations are of months or of days, as declared") {
  check_bits("wait", "\"6 weeks\"", 42);
  check_bits("cover", "\"18 months\"", 18);
  check_bits("cover", "\"1 year\"", 12);
  check_bits("pause", "\"2 months\"", 4);
  check_bits("pause", "\"2 days\"", 5);
  check_mistyped("wait", "\"1 month\"", "found `1 month`, expected a duration of days or weeks such as `6 weeks`");
  check_mistyped("cover", "6", "found the number `6`, expected a duration of months or years such as `18 months`");
}

TEST_CASE("codes come bare, with their system before them, or as an object") {
  const auto w371 = value::parse_code(value::CodeSystem::opcs4, "W37.1").value();
  for (
      const char* given :
      {"\"W37.1\"", "\"W371\"", "\"w37.1 \"", "\"opcs4:W37.1\"", R"({"system": "opcs4", "code": "W37.1"})",
       R"({"code": "W371"})", R"({"code": "W371", "system": "https://fhir.nhs.uk/Id/opcs-4"})",
       R"({"system": "https://fhir.hl7.org.uk/id/OPCS-4", "code": "W371", "display": "Total prosthetic replacement"})"}) {
    check_bits("procedure", given, w371);
  }
  check_bits("drug", R"({"system": "http://snomed.info/sct/83821000000107/version/20230412", "code": "60621009"})",
             value::parse_code(value::CodeSystem::snomed, "60621009").value());
  check_unknown("procedure", R"({"system": "opcs4", "code": null})");
  check_mistyped("procedure", "\"TBC\"", "found `TBC`, expected a code of opcs4");
  check_mistyped("procedure", "\"icd10:W37.1\"", "found `icd10:W37.1`, expected a code of opcs4");
  check_mistyped("procedure", R"({"system": "http://hl7.org/fhir/sid/icd-10", "code": "W37.1"})",
                 "found `http://hl7.org/fhir/sid/icd-10`, expected the code system opcs4", ".system");
  check_mistyped("procedure", "371", "found the number `371`, expected a code of opcs4");
}

TEST_CASE("values of enumerations and scales are texts") {
  check_bits("patient.smoking", "\"ex\"", 1);
  check_bits("patient.acuity", "\"6/12\"", 2);
  check_bits("patient.acuity", "\"1/60\"", 8);
  check_bits("patient.smoking", "\"\\u0065x\"", 1);
  check_mistyped("patient.smoking", "\"sometimes\"", "found `sometimes`, expected one of never, ex, current");
  check_mistyped("patient.acuity", "2",
                 "found the number `2`, expected one of 6/6, 6/9, 6/12, 6/18, 6/24, 6/36, 6/60, "
                 "3/60, ...");
}

TEST_CASE("places come by name or ODS code, and others are unknown, with the reason") {
  check_bits("commissioner", "\"Luton\"", 1);
  check_bits("commissioner", "\"06P\"", 1);
  check_bits("commissioner", "\"06p\"", 1);
  check_bits("commissioner", "\" QK1 \"", 2);
  for (const char* other : {"\"luton\"", "\"99Z\"", "\"Leicester, Leicestershire and Rutland\"", "\"\""}) {
    CAPTURE(other);
    const Filled filled = read_field("commissioner", other);
    CHECK(filled.results.errors.empty());
    CHECK_FALSE(filled.known("commissioner"));
    REQUIRE(filled.chunk.problems().size() == 1);
    CHECK(filled.chunk.problems().front().message.find("is not a declared place") != std::string::npos);
  }
  check_mistyped("commissioner", "7", "found the number `7`, expected a place by its name or ODS code");
}

TEST_CASE("text is kept as it is given") {
  const Filled filled = read_field("ward", R"(" Ward \"7\" \u00e9 ")");
  REQUIRE(filled.known("ward"));
  CHECK(filled.chunk.text_of(static_cast<std::int32_t>(filled.bits("ward"))) == " Ward \"7\" é ");
  check_mistyped("ward", "7", "found the number `7`, expected text");
}

TEST_CASE("an NHS number that fails its check is unknown, with the reason") {
  check_bits("patient.nhs_number", "\"9990000018\"",
             read_field("patient.nhs_number", "\"9990000018\"").bits("patient.nhs_number"));
  const Filled filled = read_field("patient.nhs_number", "\"9990000019\"");
  CHECK(filled.results.errors.empty());
  CHECK_FALSE(filled.known("patient.nhs_number"));
  REQUIRE(filled.chunk.problems().size() == 1);
  CHECK(filled.chunk.problems().front().fact == filled.id("patient.nhs_number"));
  CHECK(filled.chunk.problems().front().message.find("9990000019") == std::string::npos);
}

TEST_CASE("a dummy NHS number is unknown, and the reason says that it is one") {
  for (const char* given : {"\"9999999999\"", "\"000 000 0000\"", "\"900-000-0009\""}) {
    CAPTURE(given);
    const Filled filled = read_field("patient.nhs_number", given);
    CHECK(filled.results.errors.empty());
    CHECK_FALSE(filled.known("patient.nhs_number"));
    REQUIRE(filled.chunk.problems().size() == 1);
    CHECK(filled.chunk.problems().front().message ==
          "a dummy NHS number, such as one digit ten times: no patient has it");
  }
  CHECK(read_field("patient.nhs_number", "\"9999999484\"").known("patient.nhs_number"));
}

TEST_CASE("an NHS number is the same however it is written") {
  for (const char* given : {"\"9990000026\"", "\"999 000 0026\"", "\"999-000-0026\"", "\"999-000 0026\""}) {
    CAPTURE(given);
    const Filled filled = read_field("patient.nhs_number", given);
    REQUIRE(filled.known("patient.nhs_number"));
    CHECK(filled.chunk.text_of(static_cast<std::int32_t>(filled.bits("patient.nhs_number"))) == "9990000026");
  }
  // Other lengths and places of separators are no way to write it.
  for (const char* given : {"\" 9990000026\"", "\"99-9000-0026\"", "\"999 000 0027\"", "\"999  0000026\""}) {
    CAPTURE(given);
    CHECK_FALSE(read_field("patient.nhs_number", given).known("patient.nhs_number"));
  }
}

TEST_CASE("long values are cut in messages, between characters") {
  std::string value;
  for (int i = 0; i < 50; ++i) value += "é";
  std::string shown;
  for (int i = 0; i < 40; ++i) shown += "é";
  check_mistyped("score", "\"" + value + "\"", "found `" + shown + "...`, expected a number");
}

}  // namespace
}  // namespace proviso::input
