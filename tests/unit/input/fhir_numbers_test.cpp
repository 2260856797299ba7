#include <catch2/catch.hpp>

#include "fhir_sample.hpp"

namespace proviso::input {
namespace {

using namespace sample;

/// What becomes of the number in an Observation of the BMI: the number as the record has it, or the notes.
std::string observed(const std::string& number) {
  const FhirRecord record = made_of({request("\"x\": 1"), bmi(number, "2023-03-02")});
  const std::string start = "\"bmi\": {\"value\": ";
  const std::size_t at = record.json.find(start);
  if (at == std::string::npos) return notes_of(record);
  return record.json.substr(at + start.size(), record.json.find(',', at) - at - start.size());
}
std::string answered_as(const std::string& answer_json) {
  const FhirRecord record = made_of({request("\"x\": 1"), response(answer_json)});
  return record.json + ' ' + notes_of(record);
}

TEST_CASE("a decimal of FHIR is read digit by digit") {
  CHECK(observed("34.999999") == "34.999999");
  CHECK(observed("8999999999999.999999") == "8999999999999.999999");
  CHECK(observed("0.1") == "0.1");
  CHECK(observed("3.5e1") == "35");
  CHECK(observed("35.00") == "35");
  CHECK(observed("35.0000000000000000000000") == "35");
  CHECK(observed("-0.0") == "0");
  CHECK(answered_as(answer("cost", R"("valueDecimal": 9007199254740.993001)")) ==
        R"({"id": "sr1", "cost": 9007199254740.993001} )");
}

TEST_CASE("a decimal with more than six places is none, and is not rounded") {
  const std::string too_fine = "`patient.bmi`: the newest Observation has more than six places after the point\n";
  CHECK(observed("34.99999999999999999999") == too_fine);
  CHECK(observed("34.9999999") == too_fine);
  CHECK(observed("1e-7") == too_fine);
  CHECK(answered_as(answer("cost", R"("valueDecimal": 1.5000000000000000001)")) ==
        R"({"id": "sr1"} `cost`: the answer has more than six places after the point)"
        "\n");
  CHECK(answered_as(answer("share", R"("valueQuantity": {"value": 5.60000001, "unit": "%"})")) ==
        R"({"id": "sr1"} `share`: the answer has more than six places after the point)"
        "\n");
  CHECK(answered_as(answer("wait", R"("valueQuantity": {"value": 6.0000001, "code": "wk"})")).find("\"wait\"") ==
        std::string::npos);
}

TEST_CASE("a number that no fact can have leaves its fact unknown, and keeps no other from being read") {
  for (const char* const number : {"123456789012345678901234567890", "1e400", "-18446744073709551617", "1e-400"}) {
    CAPTURE(number);
    const FhirRecord record = made_of({request(), bmi(number, "2023-03-02")});
    CHECK(record.json == R"({"id": "sr1", "referred": "2023-05-16"})");
    CHECK(record.notes.size() == 1);
  }
}

TEST_CASE("one number written in two ways is one value") {
  CHECK(json_of({request(), bmi("31.50", "2023-03-02"), bmi("31.5", "2023-03-02")}).find("31.5") != std::string::npos);
  CHECK(json_of({request(), bmi("31.0", "2023-03-02"), bmi("31", "2023-03-02")}).find("\"value\": 31,") !=
        std::string::npos);
}

TEST_CASE("a text is no number, whatever is in it") {
  CHECK(observed(R"("31")") == "`patient.bmi`: the newest Observation has no number\n");
  // FHIR has no such character in its texts.
  const FhirMapping mapping = fhir_mapping();
  const std::string odd = bundle({request(), bmi(R"("\u000131")", "2023-03-02")});
  CHECK(record_of(mapping, {odd}).error().message == "not JSON of FHIR: a text begins with a control character");
  CHECK(record_of(mapping, {bundle({request(R"("note": "a \\u00011.5 \" 1.5, 2")")})}).has_value());
}

TEST_CASE("what is no number of JSON is an error") {
  const FhirMapping mapping = fhir_mapping();
  for (const char* const number : {"1.", ".5", "01.5", "+1.5", "1.5.5", "1e", "0x10", "1.5a", "NaN", "--1.5", "1.5 2.5",
                                   "1.5\"x\"", "[1.5 2.5]", "{1.5: 2}", "{1.5 : 2}", "-"}) {
    CAPTURE(number);
    const auto record = record_of(mapping, {bundle({request("\"x\": " + std::string(number))})});
    REQUIRE_FALSE(record);
    CHECK(record.error().code == text::Code::malformed_record);
  }
  CHECK(record_of(mapping, {"1.5"})->json == "{}");
}

}  // namespace
}  // namespace proviso::input
