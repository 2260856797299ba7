#include <catch2/catch.hpp>

#include "fhir_sample.hpp"

namespace proviso::input {
namespace {

using namespace sample;

std::string answered(const std::string& items) { return json_of({request("\"x\": 1"), response(items)}); }

TEST_CASE("an answer gives the fact that its linkId names, whatever its type") {
  CHECK(answered(answer("urgent", R"("valueBoolean": false)")) == R"({"id": "sr1", "urgent": false})");
  CHECK(answered(answer("patient.born", R"("valueDate": "1987-02-09")")) ==
        R"({"id": "sr1", "patient": {"born": "1987-02-09"}})");
  CHECK(answered(answer("patient.smoking", R"("valueCoding": {"code": "ex"})")) ==
        R"({"id": "sr1", "patient": {"smoking": "ex"}})");
  CHECK(answered(answer("patient.smoking", R"("valueString": "ex")")) ==
        R"({"id": "sr1", "patient": {"smoking": "ex"}})");
  CHECK(answered(answer("patient.acuity", R"("valueCoding": {"code": "6/12"})")) ==
        R"({"id": "sr1", "patient": {"acuity": "6/12"}})");
  CHECK(answered(answer("commissioner", R"("valueCoding": {"code": "LLR"})")) ==
        R"({"id": "sr1", "commissioner": "LLR"})");
  CHECK(answered(answer("procedure", R"("valueString": "w371")")) == R"({"id": "sr1", "procedure": "W37.1"})");
  CHECK(answered(answer("score", R"("valueInteger": 3)")) == R"({"id": "sr1", "score": 3})");
  CHECK(answered(answer("share", R"("valueQuantity": {"value": 8.5, "unit": "%"})")) ==
        R"({"id": "sr1", "share": "8.5%"})");
  CHECK(answered(answer("patient.weight", R"("valueQuantity": {"value": 81500, "code": "g"})")) ==
        R"({"id": "sr1", "patient": {"weight": {"value": 81500, "unit": "g"}}})");
  CHECK(answered(answer("wait", R"("valueString": "6 weeks")")) == R"({"id": "sr1", "wait": "6 weeks"})");
  CHECK(answered(answer("ward", R"("valueString": "7")")) == R"({"id": "sr1", "ward": "7"})");
  CHECK(answered(answer("cost", R"("valueDecimal": 352.14)")) == R"({"id": "sr1", "cost": 352.14})");
  CHECK(answered(answer("cost", R"("valueMoney": {"value": 3, "currency": "EUR"})")) == R"({"id": "sr1"})");
}

TEST_CASE("items in groups and below answers are found") {
  CHECK(answered(R"({"linkId": "group", "item": [)" + answer("urgent", R"("valueBoolean": true)") + "]}") ==
        R"({"id": "sr1", "urgent": true})");
  CHECK(answered(R"({"linkId": "x", "answer": [{"valueBoolean": true, "item": [)" +
                 answer("urgent", R"("valueBoolean": true)") + "]}]}") == R"({"id": "sr1", "urgent": true})");
}

TEST_CASE("a measured fact has the day in an answer of its own") {
  const std::string value = answer("patient.bmi", R"("valueQuantity": {"value": 31, "code": "kg/m2"})");
  CHECK(answered(value + ", " + answer("patient.bmi.on", R"("valueDate": "2023-03-02")")) ==
        R"({"id": "sr1", "patient": {"bmi": {"value": 31, "unit": "kg/m2", "on": "2023-03-02"}}})");
  const FhirRecord record = made_of({request("\"x\": 1"), response(value)});
  CHECK(record.json == R"({"id": "sr1"})");
  CHECK(notes_of(record) == "`patient.bmi`: the answer does not say on which day it was measured\n");
}

TEST_CASE("an answer comes before resources, and one that cannot be used leaves the fact unknown") {
  const std::string on = ", " + answer("patient.bmi.on", R"("valueDate": "2023-01-02")");
  const std::string answer_29 = answer("patient.bmi", R"("valueQuantity": {"value": 29, "code": "kg/m2"})") + on;
  CHECK(json_of({request("\"x\": 1"), bmi("31", "2023-03-02"), response(answer_29)}).find("29") != std::string::npos);
  const FhirRecord record = made_of(
      {request("\"x\": 1"), bmi("31", "2023-03-02"), response(answer("patient.bmi", R"("valueDecimal": 29)") + on)});
  CHECK(record.json == R"({"id": "sr1"})");
  CHECK(notes_of(record) == "`patient.bmi`: the answer has no unit\n");
  CHECK(json_of({request("\"x\": 1"), bmi("31", "2023-03-02"), response(R"({"linkId": "patient.bmi", "answer": []})")})
            .find("31") != std::string::npos);
}

TEST_CASE("a list of records is a group for each, and emptiness is said") {
  const auto throat = [](const std::string& items) { return R"({"linkId": "sore_throats", "item": [)" + items + "]}"; };
  const std::string on = answer("sore_throats.on", R"("valueDate": "2022-03-05")");
  const std::string severe = answer("sore_throats.severe", R"("valueBoolean": true)");
  CHECK(answered(throat(on + ", " + severe) + ", " + throat(on)) ==
        R"({"id": "sr1", "sore_throats": [{"on": "2022-03-05", "severe": true}, {"on": "2022-03-05"}]})");
  CHECK(answered(throat(on + R"(, {"linkId": "sore_throats.tests", "item": [)" +
                        answer("sore_throats.tests.result", R"("valueInteger": 2)") + "]}")) ==
        R"({"id": "sr1", "sore_throats": [{"on": "2022-03-05", "tests": [{"result": 2}]}]})");
  CHECK(answered(answer("sore_throats.none", R"("valueBoolean": true)")) == R"({"id": "sr1", "sore_throats": []})");
  CHECK(answered(answer("sore_throats.none", R"("valueBoolean": false)")) == R"({"id": "sr1"})");
  CHECK(answered(answer("sore_throats.none", R"("valueBoolean": true)") + ", " + throat(on)) == R"({"id": "sr1"})");
  CHECK(answered(throat("")) == R"({"id": "sr1"})");
}

TEST_CASE("a list of codes is several answers, all of which can be used") {
  const auto diagnoses = [](const std::string& answers) {
    return R"({"linkId": "diagnoses", "answer": [)" + answers + "]}";
  };
  CHECK(answered(diagnoses(R"({"valueString": "M16.1"}, {"valueCoding": {"code": "N62"}})")) ==
        R"({"id": "sr1", "diagnoses": ["M16.1", "N62"]})");
  CHECK(answered(diagnoses(R"({"valueString": "M16.1"}, {"valueString": "worn hip"})")) == R"({"id": "sr1"})");
}

TEST_CASE("only completed responses about the patient count") {
  const std::string yes = answer("urgent", R"("valueBoolean": true)");
  const auto with = [&](const std::string& start) {
    return made_of(
        {request("\"x\": 1"), R"({"resourceType": "QuestionnaireResponse", )" + start + R"(, "item": [)" + yes + "]}"});
  };
  const std::string subject = R"("subject": {"reference": "Patient/1"}, "status": )";
  CHECK(with(subject + "\"completed\"").json == R"({"id": "sr1", "urgent": true})");
  CHECK(with(subject + "\"amended\"").json == R"({"id": "sr1", "urgent": true})");
  CHECK(with(subject + "\"in-progress\"").json == R"({"id": "sr1"})");
  CHECK(notes_of(with(subject + "\"in-progress\"")) == "a QuestionnaireResponse is `in-progress`, and was not used\n");
  CHECK(with(R"("status": "completed")").json == R"({"id": "sr1"})");
  CHECK(with(R"("status": "completed", "basedOn": [{"reference": "ServiceRequest/sr1"}])").json ==
        R"({"id": "sr1", "urgent": true})");
  CHECK(
      with(
          R"("status": "completed", "subject": {"reference": "Patient/2"}, "basedOn": [{"reference": "ServiceRequest/sr1"}])")
          .json == R"({"id": "sr1"})");
}

TEST_CASE("of several responses the newest that answers counts") {
  const auto dated = [](const std::string& yes, const std::string& authored) {
    return response(answer("urgent", "\"valueBoolean\": " + yes), "\"authored\": \"" + authored + '"');
  };
  CHECK(json_of({request("\"x\": 1"), dated("true", "2023-05-16T10:00:00Z"), dated("false", "2023-05-16T09:00:00Z")}) ==
        R"({"id": "sr1", "urgent": true})");
  CHECK(json_of({request("\"x\": 1"), dated("true", "2023-05-16"), dated("false", "2023-05-16")}) ==
        R"({"id": "sr1"})");
  CHECK(json_of({request("\"x\": 1"), dated("true", "2023-05-16"), dated("true", "2023")}) == R"({"id": "sr1"})");
  CHECK(json_of({request("\"x\": 1"), dated("true", "2023-05-16"),
                 response(answer("ward", R"("valueString": "7")"), R"("authored": "2024-01-01")")}) ==
        R"({"id": "sr1", "urgent": true, "ward": "7"})");
}

}  // namespace
}  // namespace proviso::input
