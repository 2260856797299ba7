#include <catch2/catch.hpp>

#include "sample.hpp"
#include "value/calendar.hpp"

namespace proviso::input {
namespace {

using sample::Filled;
using sample::library;

Filled read_json_text(std::string_view text, Format format = Format::ndjson) {
  return sample::read_json(library(), text, format);
}

RecordError record_error_of(std::string_view text, Format format = Format::json) {
  const Filled filled = read_json_text(text, format);
  CAPTURE(text);
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(filled.chunk.rows() == 0);
  return filled.results.errors.front();
}

TEST_CASE("an empty object is a record of which nothing is known") {
  const Filled filled = read_json_text("{}");
  REQUIRE(filled.chunk.rows() == 1);
  for (const model::Fact& fact : library().records.front().facts) {
    if (fact.level == 0) CHECK_FALSE(filled.known(fact.name));
  }
}

TEST_CASE("keys may come in any order and with escapes") {
  const Filled filled = read_json_text(
      R"({"ward": "B", "s\u0063ore": 3, "patient": {"smoking": "ex", "born": "1950-01-01"}, "id": "A"})");
  REQUIRE(filled.results.errors.empty());
  CHECK(filled.bits("score") == 3'000'000);
  CHECK(filled.bits("patient.smoking") == 1);
  CHECK(filled.bits("patient.born") == value::parse_date("1950-01-01"));
  CHECK(filled.chunk.text_of(static_cast<std::int32_t>(filled.bits("id"))) == "A");
}

TEST_CASE("lists become rows of their level, lists inside them too") {
  const Filled filled = read_json_text(
      "{\"diagnoses\": [\"I83.9\", null], \"sore_throats\": [{\"on\": \"2019-01-01\", \"tests\": [{\"result\": 1}]}, "
      "null]}\n"
      "{}\n"
      "{\"diagnoses\": [], \"sore_throats\": [{\"tests\": []}, {\"tests\": [{\"result\": 2}, {\"result\": 3}]}]}\n");
  REQUIRE(filled.results.errors.empty());
  const auto offsets = [&](std::string_view list, std::size_t rows) {
    const auto& all = filled.chunk.column(filled.id(list)).offsets;
    return std::vector<std::uint32_t>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(rows) + 1);
  };
  CHECK(offsets("diagnoses", 3) == std::vector<std::uint32_t>{0, 2, 2, 2});
  CHECK(offsets("sore_throats", 3) == std::vector<std::uint32_t>{0, 2, 2, 4});
  CHECK(offsets("sore_throats.tests", 4) == std::vector<std::uint32_t>{0, 1, 1, 1, 3});
  CHECK(filled.known("diagnoses", 0));
  CHECK_FALSE(filled.known("diagnoses", 1));
  CHECK(filled.known("diagnoses", 2));
  CHECK(filled.known("sore_throats.on", 0));
  CHECK_FALSE(filled.known("sore_throats.on", 1));
  CHECK(filled.bits("sore_throats.tests.result", 2) == 3'000'000);
}

TEST_CASE("of a list that is given in part the elements are there, and the list is not known") {
  const Filled filled = read_json_text(
      "{\"diagnoses\": {\"some\": [\"I83.9\", \"E11.9\"]}}\n"
      "{\"diagnoses\": {\"some\": []}}\n"
      "{\"diagnoses\": {\"some\": null}}\n"
      "{\"sore_throats\": {\"some\": [{\"severe\": true, \"tests\": {\"some\": [{\"result\": 1}]}}], \"foo\": [1]}}\n"
      "{\"diagnoses\": [\"I10\"]}\n");
  REQUIRE(filled.results.errors.empty());
  const auto elements = [&](std::string_view list, std::size_t row) {
    const std::vector<std::uint32_t>& offsets = filled.chunk.column(filled.id(list)).offsets;
    return offsets[row + 1] - offsets[row];
  };
  CHECK_FALSE(filled.known("diagnoses", 0));
  CHECK(elements("diagnoses", 0) == 2);
  for (const std::size_t nothing : {std::size_t{1}, std::size_t{2}}) {
    CHECK_FALSE(filled.known("diagnoses", nothing));
    CHECK(elements("diagnoses", nothing) == 0);
  }
  CHECK_FALSE(filled.known("sore_throats", 3));
  CHECK(elements("sore_throats", 3) == 1);
  CHECK(filled.yes("sore_throats.severe"));
  CHECK_FALSE(filled.known("sore_throats.tests", 0));
  CHECK(elements("sore_throats.tests", 0) == 1);
  CHECK(filled.known("diagnoses", 4));
  CHECK(filled.undeclared == std::set<std::string>{"sore_throats.foo"});
  CHECK(record_error_of(R"({"diagnoses": {"some": "I83.9"}})").field == "diagnoses.some");
  CHECK(record_error_of(R"({"diagnoses": {"some": "I83.9"}})").message == "found `I83.9`, expected a list");
  CHECK(record_error_of(R"({"diagnoses": {"some": ["I83.9", 4]}})").field == "diagnoses[1]");
  CHECK(record_error_of(R"({"diagnoses": {"some": [], "some": []}})").code == text::Code::duplicate_key_in_record);
  CHECK(record_error_of(R"({"diagnoses": {"all": []}})").message == "found an object, expected a list");
}

TEST_CASE("a bad record leaves nothing behind, and the others are read") {
  const Filled filled = read_json_text(
      "{\"id\": \"A\", \"sore_throats\": [{\"severe\": true}], \"patient\": {\"nhs_number\": \"1\"}, \"score\": "
      "\"x\"}\n"
      "{\"id\": \"B\", \"sore_throats\": [{\"severe\": false}], \"score\": 1}\n");
  REQUIRE(filled.results.records.size() == 2);
  CHECK(filled.results.records[0].row == model::none);
  CHECK(filled.results.records[0].error == 0);
  CHECK(filled.results.records[1].row == 0);
  CHECK(filled.results.records[1].line == 2);
  CHECK(filled.chunk.rows(0) == 1);
  CHECK(filled.chunk.rows(library().records.front().facts[filled.id("sore_throats")].elements) == 1);
  CHECK_FALSE(filled.yes("sore_throats.severe"));
  CHECK(filled.chunk.problems().empty());
  CHECK(filled.results.errors[0].id == "\"A\"");
  CHECK(filled.results.errors[0].line == 1);
}

TEST_CASE("the field of an error is where the value stands") {
  CHECK(record_error_of(R"({"patient": 3})").field == "patient");
  CHECK(record_error_of(R"({"patient": 3})").message == "found the number `3`, expected an object");
  CHECK(record_error_of(R"({"sore_throats": {}})").field == "sore_throats");
  CHECK(record_error_of(R"({"sore_throats": {}})").message == "found an object, expected a list");
  CHECK(record_error_of(R"({"sore_throats": [{}, {"on": "x"}]})").field == "sore_throats[1].on");
  CHECK(record_error_of(R"({"sore_throats": [{}, 5]})").field == "sore_throats[1]");
  CHECK(record_error_of(R"({"sore_throats": [{"tests": [{}, {}, {"result": []}]}]})").field ==
        "sore_throats[0].tests[2].result");
  CHECK(record_error_of(R"({"diagnoses": ["I83.9", 4]})").field == "diagnoses[1]");
  CHECK(record_error_of(R"({"diagnoses": [{"system": "opcs4", "code": "I83.9"}]})").field == "diagnoses[0].system");
}

TEST_CASE("a key given twice is an error") {
  for (const auto& [text, field] : std::vector<std::pair<std::string, std::string>>{
           {R"({"score": 1, "score": 1})", "score"},
           {R"({"score": 1, "sc\u006fre": null})", "score"},
           {R"({"foo": 1, "foo": 2})", "foo"},
           {R"({"patient": {"born": null, "born": null}})", "patient.born"},
           {R"({"patient": {}, "patient": {}})", "patient"},
           {R"({"patient": {"foo": 1, "\u0066oo": 1}})", "patient.foo"},
           {R"({"sore_throats": [{"on": null, "on": null}]})", "sore_throats[0].on"},
           {R"({"patient": {"bmi": {"value": 1, "value": 1}}})", "patient.bmi.value"},
           {R"({"diagnoses": [{"code": "I83", "code": "I83"}]})", "diagnoses[0].code"}}) {
    const RecordError error = record_error_of(text);
    CHECK(error.code == text::Code::duplicate_key_in_record);
    CHECK(error.field == field);
  }
  std::string many = "{";
  for (int i = 0; i < 40; ++i) many += "\"x" + std::to_string(i) + "\": 1, ";
  CHECK(read_json_text(many + "\"y\": 1}").results.errors.empty());
  CHECK(record_error_of(many + "\"x39\": 1}").code == text::Code::duplicate_key_in_record);
  CHECK(record_error_of(many + "\"x3\": 1}").code == text::Code::duplicate_key_in_record);
  // The same key in different objects is no repetition.
  CHECK(read_json_text(R"({"sore_throats": [{"on": null}, {"on": null}]})").results.errors.empty());
}

TEST_CASE("undeclared fields are read over, and told once") {
  const Filled filled = read_json_text(
      "{\"foo\": {\"a\": [1, {\"b\": null}]}, \"score\": 1, \"patient\": {\"bar\": 1}, \"sore_throats\": [{\"baz\": "
      "1}]}\n"
      "{\"foo\": 2, \"patient\": {\"bmi\": {\"value\": 1, \"method\": \"self\"}}}\n");
  CHECK(filled.results.errors.empty());
  CHECK(filled.bits("score") == 1'000'000);
  CHECK(filled.undeclared == std::set<std::string>{"foo", "patient.bar", "sore_throats.baz", "patient.bmi.method"});
}

TEST_CASE("made-up field names take no memory without end") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "{\"a" + std::to_string(i) + "\": 1, \"b" + std::to_string(i) + "\": 2}\n";
  CHECK(read_json_text(text).undeclared.size() == RecordReader::undeclared_limit);
}

TEST_CASE("what is not one JSON object is malformed") {
  for (const char* text : {"",
                           " ",
                           "null",
                           "1",
                           "\"a\"",
                           "[]",
                           "[{}]",
                           "{",
                           "}",
                           "{]",
                           "{} {}",
                           "{}{}",
                           "{},",
                           "{}x",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\" 1}",
                           "{\"a\":1,}",
                           "{,\"a\":1}",
                           "{\"a\":1,,\"b\":2}",
                           "{\"a\":1 \"b\":2}",
                           "{\"a\":\"b\":1}",
                           "{a:1}",
                           "{1:1}",
                           "{'a':1}",
                           "{\"a\":1]",
                           "{\"a\":[1}",
                           "{\"a\":[1,]}",
                           "{\"a\":[,1]}",
                           "{\"a\":[1 2]}",
                           "{\"a\":{\"b\":1}",
                           "{\"a\":[}",
                           "{\"a\":]}",
                           "{\"a\"::1}",
                           "{\"a\":1}}",
                           "{\"a\":[]]}",
                           "// {}",
                           "{\"a\":1} // b",
                           "{\"a\":/**/1}"}) {
    const Filled filled = read_json_text(std::string(text) + "\n");
    CAPTURE(text);
    REQUIRE(filled.results.errors.size() == 1);
    CHECK(filled.results.errors.front().code == text::Code::malformed_record);
    CHECK(filled.results.errors.front().field.empty());
    CHECK_FALSE(filled.results.errors.front().message.empty());
  }
}

// Each value stands in a declared field, in a part of one, in a list, and in an undeclared field.
std::vector<std::string> places(const std::string& value) {
  return {"{\"score\": " + value + "}",
          "{\"ward\": " + value + "}",
          "{\"foo\": " + value + "}",
          "{\"foo\": [[" + value + "]]}",
          "{\"urgent\": " + value + "}",
          "{\"patient\": {\"bmi\": {\"value\": " + value + "}}}",
          "{\"foo\": {\"a\": " + value + ", \"b\": 1}}",
          "{\"diagnoses\": [" + value + "]}",
          "{\"patient\": " + value + "}"};
}

TEST_CASE("values are checked wherever they stand") {
  using namespace std::string_literals;
  for (const std::string& value : {"01"s,
                                   "-"s,
                                   "+1"s,
                                   ".5"s,
                                   "1."s,
                                   "1.e1"s,
                                   "1e"s,
                                   "1e+"s,
                                   "-01"s,
                                   "0x10"s,
                                   "1_000"s,
                                   "1,000"s,
                                   "NaN"s,
                                   "Infinity"s,
                                   "-Infinity"s,
                                   "1 2"s,
                                   "--1"s,
                                   "1-"s,
                                   "1.2.3"s,
                                   "1e1.5"s,
                                   "٣"s,
                                   "tru"s,
                                   "truex"s,
                                   "True"s,
                                   "nul"s,
                                   "nulll"s,
                                   "falsey"s,
                                   "\"\\x\""s,
                                   "\"\\u12\""s,
                                   "\"\\u12G4\""s,
                                   "\"\\ud800\""s,
                                   "\"\\udc00\""s,
                                   "\"\\ud800\\ud800\""s,
                                   "\"\\ud800x\""s,
                                   "\"a\nb\""s,
                                   "\"\t\""s,
                                   "\"\x01\""s,
                                   "\"\x00\""s,
                                   "\"\xff\""s,
                                   "\"\xc3\""s,
                                   "\"\xc0\xaf\""s,
                                   "\"\xed\xa0\x80\""s,
                                   "\"\xf4\x90\x80\x80\""s,
                                   "\"a"s,
                                   "a\""s,
                                   "\"a\"b"s,
                                   "\"a\"\"b\""s,
                                   "'a'"s,
                                   "\f1"s,
                                   "1\f"s,
                                   "\xC2\xA0"
                                   "1"s,
                                   "\"a\"\f"s,
                                   "\x00"s,
                                   "1\x00"s,
                                   "{\"\\ud800\": 1}"s,
                                   "{\"\\x\": 1}"s,
                                   ""s}) {
    for (const std::string& text : places(value)) {
      if (value.empty() && text.find("[]") != std::string::npos) continue;
      const Filled filled = read_json_text(text, Format::json);
      CAPTURE(text);
      REQUIRE(filled.results.errors.size() == 1);
      CHECK(filled.results.errors.front().code == text::Code::malformed_record);
    }
  }
}

TEST_CASE("values that are JSON are never malformed") {
  using namespace std::string_literals;
  for (const std::string& value : {"0"s,
                                   "-0"s,
                                   "-0.0"s,
                                   "1E5"s,
                                   "1e+5"s,
                                   "1.5E-3"s,
                                   "1e9999"s,
                                   "123456789012345678901234567890"s,
                                   "0.00000000000000000001"s,
                                   "\"\""s,
                                   "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""s,
                                   "\"\\u0000\""s,
                                   "\"\\ud83d\\ude00\""s,
                                   "\"😀\""s,
                                   "\"\x7f\""s,
                                   "\"\\uFFFF\""s,
                                   "\" \""s,
                                   "[]"s,
                                   "[ ]"s,
                                   "{}"s,
                                   "{ }"s,
                                   "[[],[[]]]"s,
                                   "[null,1,\"a\",true,false]"s,
                                   "{\"\":0}"s,
                                   "{\"a\":{\"b\":[{}]}}"s,
                                   "{\"\\u0000\":1}"s,
                                   "\t1 \r\n"s,
                                   "\"[{,:\\\"}]\""s}) {
    for (const std::string& text : places(value)) {
      const Filled filled = read_json_text(text, Format::json);
      CAPTURE(text);
      for (const RecordError& error : filled.results.errors) CHECK(error.code == text::Code::mistyped_field);
    }
  }
}

TEST_CASE("nesting without end is malformed, and never a crash") {
  for (const std::size_t depth : {std::size_t{100}, std::size_t{200}, std::size_t{100000}}) {
    for (const char* field : {"foo", "ward", "diagnoses", "patient", "sore_throats"}) {
      const std::string lists = std::string(depth, '[') + std::string(depth, ']');
      const Filled filled = read_json_text("{\"" + std::string(field) + "\": " + lists + "}");
      REQUIRE(filled.results.records.size() == 1);
      if (depth == 100) continue;
      CHECK(filled.results.errors.at(0).code == text::Code::malformed_record);
      CHECK(read_json_text("{\"" + std::string(field) + "\": " + std::string(depth, '[')).results.errors.size() == 1);
      std::string objects = "{\"" + std::string(field) + "\": ";
      for (std::size_t i = 0; i < depth; ++i) objects += "{\"a\":";
      CHECK(read_json_text(objects).results.errors.size() == 1);
      CHECK(read_json_text(objects + "1" + std::string(depth + 1, '}')).results.errors.size() == 1);
    }
  }
}

TEST_CASE("malformed records say what is wrong and where") {
  CHECK(record_error_of(R"({"score": 1 "ward": 2})").message == "unexpected `\"` at column 13");
  CHECK(record_error_of(R"({"ward": "é", "score": 01})").message == "found `01`, expected a value at column 24");
  CHECK(record_error_of(R"({"ward": "\ud800"})").message == "bad escape in a text at column 10");
  CHECK(record_error_of("{\"ward\": \"\xff\"}").message == "bytes that are not UTF-8 at column 11");
  CHECK(record_error_of(R"({"score": 1} {})").message == "found more after the object at column 14");
  CHECK(record_error_of("[]\n", Format::ndjson).message == "found `[]`, expected a JSON object");
  CHECK(record_error_of("\n", Format::ndjson).message == "found nothing, expected a JSON object");
  CHECK(record_error_of(R"({"ward": "a)").message == "a text is not closed");
}

TEST_CASE("what is UTF-16 or compressed is said to be, in each of its lines") {
  const std::string message = "the file is in UTF-16: save it as UTF-8";
  const auto first = [](std::string_view text, Format format) {
    return read_json_text(text, format).results.errors.at(0).message;
  };
  CHECK(first(std::string_view("\xFF\xFE{\0}\0", 6), Format::json) == message);
  CHECK(first(std::string_view("\xFE\xFF\0{\0}", 6), Format::json) == message);
  CHECK(first(std::string_view("{\0\"\0a\0\"\0", 8), Format::json) == message);
  const Filled lines = read_json_text(std::string_view("\xFF\xFE{\0}\0\n\0{\0}\0", 12));
  REQUIRE(lines.results.errors.size() == 2);
  CHECK(lines.results.errors.back().message == message);
  CHECK(first("\x1F\x8B\x08", Format::json) == "the file is compressed by gzip: unpack it first");
  CHECK(first("Px", Format::json) == "found `Px`, expected a JSON object");
}

TEST_CASE("what stands after the object of a line is said to, with the id of the record") {
  const std::string object = R"({"id":"17","on":"2019-04-01"})";
  for (const char* const rest : {",", ", ", " // c", " // don't \"", "]", " [", "}", ",{", "x", " \"a"}) {
    CAPTURE(rest);
    for (const Format format : {Format::ndjson, Format::json}) {
      const RecordError error = record_error_of(object + rest, format);
      const std::size_t blank = rest[0] == ' ' ? 1 : 0;
      CHECK(error.code == text::Code::malformed_record);
      CHECK(error.message == "found more after the object at column " + std::to_string(object.size() + blank + 1));
      CHECK(error.id == "\"17\"");
    }
  }
  CHECK(record_error_of(R"({"id": "17", "ward": "}\\\"", "score": [1]},)").id == "\"17\"");
  CHECK(record_error_of(R"({"id": "17", "score": 1 "ward": 2},)").message == "unexpected `\"` at column 25");
  CHECK(record_error_of(R"({"id": "17", "score": x},)").id == "\"17\"");
}

TEST_CASE("the id of a bad record is told where it can be read") {
  CHECK(record_error_of(R"({"id": "R-\u00e9\"", "score": "x"})").id == R"("R-\u00e9\"")");
  CHECK(record_error_of(R"({"score": "x", "id" : "R-1" })").id == "\"R-1\"");
  CHECK(record_error_of(R"({"score": "x", "id": 17})").id == "17");
  CHECK(record_error_of(R"({"score": "x", "id": {"a": 1}})").id == "null");
  CHECK(record_error_of(R"({"score": "x"})").id == "null");
  CHECK(record_error_of(R"({"id": "R-1", "score": 1,})").id == "\"R-1\"");
  CHECK(record_error_of(R"({"score": 1,, "id": "R-1"})").id == "null");
}

TEST_CASE("the id is told of a record that is cut off, or has bytes in it that no text may have") {
  CHECK(record_error_of(R"({"id":"y","day":"2020-01-01","a")").id == "\"y\"");
  CHECK(record_error_of(R"({"id":17,"sore_throats":[{"a")").id == "17");
  CHECK(record_error_of("{\"id\":\"y\",\"ward\":\"\x01\"}").id == "\"y\"");
  CHECK(record_error_of("{\"id\":\"y\",\"ward\":\"\xff\"}").id == "\"y\"");
  CHECK(record_error_of("{\"ward\":\"\xff\",\"sore_throats\":[{\"a\":\"]\"}],\"score\":1,\"\\u0069d\":\"y\"}").id ==
        "\"y\"");
  CHECK(record_error_of(R"({"id":"b","diagnoses":["M16"})").id == "\"b\"");
}

TEST_CASE("an id that may be cut off itself, or could not be printed, is not told") {
  for (const char* const text :
       {R"({"id":"y)", R"({"id":17)", R"({"id":)", R"({"id")", R"({"id":1x,"a":"})", R"({"id":"\x","a":"})",
        "{\"id\":\"\xff\"}", "{\"id\":\"\x01\"}", R"({"id":{"a":1},"b":"})", R"(["id","y"])"}) {
    CAPTURE(text);
    CHECK(record_error_of(text, Format::ndjson).id == "null");
  }
}

TEST_CASE("what is malformed is called so whatever else is wrong with the record") {
  CHECK(record_error_of(R"({"score": "x", "ward": 01})").code == text::Code::malformed_record);
  CHECK(record_error_of(R"({"score": 1, "score": 1, "ward": )").code == text::Code::malformed_record);
}

TEST_CASE("no truncation of a record is read as a record, nor crashes") {
  const std::string whole =
      R"({"id": "R-1", "diagnoses": ["I83.9", {"code": "M16"}], "patient": {"bmi": {"value": 36.5, "unit": "kg/m2", )"
      R"("on": "2019-10-20"}, "smoking": "\u0065x"}, "foo": [1, {"é": null}, true], "urgent": false})";
  REQUIRE(read_json_text(whole).results.errors.empty());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const Filled filled = read_json_text(whole.substr(0, length) + "\n");
    CAPTURE(length);
    REQUIRE(filled.results.errors.size() == 1);
    CHECK(filled.results.errors.front().code == text::Code::malformed_record);
  }
}

TEST_CASE("a flawed record is an error with its line") {
  SourceLimits limits;
  limits.record = 20;
  const Filled filled =
      sample::read_json(library(), "{}\n{\"ward\": \"" + std::string(50, 'x') + "\"}\n{}\n", Format::ndjson, limits);
  REQUIRE(filled.results.records.size() == 3);
  CHECK(filled.results.records[2].row == 1);
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(filled.results.errors[0].code == text::Code::record_too_large);
  CHECK(filled.results.errors[0].line == 2);
  CHECK(filled.results.errors[0].id == "null");
}

TEST_CASE("records of a JSON array have the line that they start on") {
  const Filled filled = read_json_text("[\n {\"score\": 1},\n\n {\"score\":\n \"x\"}, {}\n]", Format::json);
  REQUIRE(filled.results.records.size() == 3);
  CHECK(filled.results.records[0].line == 2);
  CHECK(filled.results.records[1].line == 4);
  CHECK(filled.results.errors.at(0).line == 4);
  CHECK(filled.results.records[2].line == 5);
}

}  // namespace
}  // namespace proviso::input
