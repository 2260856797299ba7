#include <catch2/catch.hpp>

#include "fhir_sample.hpp"

namespace proviso::input {
namespace {

using namespace sample;

/// Whether the BMI of 31 about `subject` counts for a request about `of`, in a bundle with these others.
bool counts(const std::string& subject, const std::string& of, std::vector<std::string> others) {
  others.push_back(about("ServiceRequest", R"("id": "sr1", "status": "active")", of));
  others.push_back(about("Observation",
                         R"("status": "final", "effectiveDateTime": "2023-01-01", "code": )" + snomed("60621009") +
                             R"(, "valueQuantity": {"value": 31, "code": "kg/m2"})",
                         subject));
  return json_of(others).find("31") != std::string::npos;
}

/// A bundle of resources with their full URLs.
std::string entries(const std::vector<std::pair<std::string, std::string>>& resources) {
  std::string out = R"({"resourceType": "Bundle", "entry": [)";
  for (const auto& [url, resource] : resources) {
    out += (out.back() == '[' ? "" : ", ") + (R"({"fullUrl": ")" + url + R"(", "resource": )" + resource + '}');
  }
  return out + "]}";
}

TEST_CASE("what is about another patient is not used") {
  CHECK(counts("Patient/1", "Patient/1", {}));
  CHECK(counts("Patient/1", "Patient/1", {patient()}));
  CHECK(counts("https://example.org/fhir/Patient/1", "Patient/1", {}));
  CHECK(counts("Patient/1/_history/3", "Patient/1", {}));
  CHECK_FALSE(counts("Patient/2", "Patient/1", {}));
  CHECK_FALSE(counts("Patient/2", "Patient/1", {patient()}));
  CHECK_FALSE(counts("Group/1", "Patient/1", {}));
  CHECK_FALSE(counts("", "Patient/1", {patient()}));
  CHECK_FALSE(counts("https://a.example.org/Patient/1", "https://b.example.org/Patient/1", {}));
  const FhirRecord record = made_of(
      {request("\"x\": 1"),
       about("Observation", R"("status": "final", "effectiveDateTime": "2023-01-01", "code": )" + snomed("60621009"),
             "Patient/2")});
  CHECK(notes_of(record) ==
        "`patient.bmi`: a resource Observation is not said to be about the patient, and was not used\n");
}

TEST_CASE("patients are told apart by NHS number where there is one") {
  const auto person = [](const std::string& id, const std::string& number) {
    return R"({"resourceType": "Patient", "id": ")" + id +
           R"(", "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": ")" + number + "\"}]}";
  };
  CHECK(counts("Patient/2", "Patient/1", {person("1", "9990000018"), person("2", "999 000 0018")}));
  CHECK_FALSE(counts("Patient/2", "Patient/1", {person("1", "9990000018"), person("2", "9990000026")}));
  const FhirMapping mapping = fhir_mapping();
  const std::string by_number = bundle(
      {person("1", "9990000018"), request("\"x\": 1"),
       R"({"resourceType": "Condition", "code": )" + snomed("41040004") +
           R"(, "subject": {"identifier": {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}}})"});
  CHECK(record_of(mapping, {by_number})->json.find("\"downs\": true") != std::string::npos);
  const std::string two_ways = bundle(
      {person("1", "9990000018"), request("\"x\": 1"),
       R"({"resourceType": "Condition", "code": )" + snomed("41040004") +
           R"(, "subject": {"reference": "Patient/1", "identifier": {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000026"}}})"});
  CHECK(record_of(mapping, {two_ways})->json.find("downs") == std::string::npos);
}

TEST_CASE("two patients, and a request that does not say whom it is about: neither is used") {
  const std::string other = R"({"resourceType": "Patient", "id": "2", "birthDate": "1990-01-01"})";
  const std::string nobodys = R"({"resourceType": "ServiceRequest", "id": "sr1", "authoredOn": "2023-05-16"})";
  CHECK(json_of({nobodys, patient()}) ==
        R"({"id": "sr1", "referred": "2023-05-16", "patient": {"born": "1987-02-09"}})");
  const FhirRecord record = made_of({nobodys, patient(), other});
  CHECK(record.json == R"({"id": "sr1", "referred": "2023-05-16"})");
  CHECK(notes_of(record).find("there are several patients") == 0);
  CHECK(made_of({nobodys, patient(), other}, {"", "2"}).json.find("1990-01-01") != std::string::npos);
  CHECK(made_of({nobodys, patient(),
                 bmi("31", "2023-01-01").replace(bmi("31", "2023-01-01").find("Patient/1"), 9, "Patient/3")})
            .json.find("born") == std::string::npos);
}

TEST_CASE("a request about another patient than the one in focus leaves both unknown") {
  const FhirRecord record =
      made_of({request(), patient(), bmi("31", "2023-01-01")}, {"ServiceRequest/sr1", "Patient/2"});
  CHECK(record.json == R"({"id": "sr1", "referred": "2023-05-16"})");
  CHECK(notes_of(record).find("the request is about another patient than the one in focus") != std::string::npos);
}

TEST_CASE("references lead to full URLs, to what is contained and to what others wrote") {
  const FhirMapping mapping = fhir_mapping();
  const std::string by_uuid =
      entries({{"urn:uuid:a", patient()},
               {"urn:uuid:b", about("ServiceRequest", R"("id": "sr1")", "urn:uuid:a")},
               {"urn:uuid:c", about("Condition", "\"code\": " + snomed("41040004"), "Patient/1")}});
  CHECK(record_of(mapping, {by_uuid})->json == R"({"id": "sr1", "patient": {"born": "1987-02-09", "downs": true}})");
  const std::string relative = entries({{"https://a.example.org/Patient/1", patient()},
                                        {"https://b.example.org/Patient/1", patient(R"("birthDate": "1990-01-01")")},
                                        {"https://b.example.org/ServiceRequest/sr1", request("\"x\": 1")}});
  CHECK(record_of(mapping, {relative})->json == R"({"id": "sr1", "patient": {"born": "1990-01-01"}})");
  const std::string contained = R"({"resourceType": "ServiceRequest", "id": "sr1", "subject": {"reference": "#p"},
    "contained": [{"resourceType": "Patient", "id": "p", "birthDate": "1987-02-09"}]})";
  CHECK(record_of(mapping, {contained})->json == R"({"id": "sr1", "patient": {"born": "1987-02-09"}})");
}

TEST_CASE("the request in focus alone gives facts, and a resource counts as it stands first") {
  const std::string other = about("ServiceRequest", R"("id": "sr2", "authoredOn": "2020-01-01")");
  const FhirMapping mapping = fhir_mapping();
  const std::string both = bundle({other, request()});
  CHECK(record_of(mapping, {both}, {"ServiceRequest/sr1", ""})->json == R"({"id": "sr1", "referred": "2023-05-16"})");
  CHECK(record_of(mapping, {both}, {"sr2", ""})->json == R"({"id": "sr2", "referred": "2020-01-01"})");
  CHECK(record_of(mapping, {both}).error().message ==
        "there are several requests, and it is not said which is in focus");
  CHECK(record_of(mapping, {both}, {"sr3", ""}).error().message == "the request in focus is not there");
  const std::string draft = request(R"("authoredOn": "2023-05-17")");
  CHECK(record_of(mapping, {draft, both}, {"sr1", ""})->json == R"({"id": "sr1", "referred": "2023-05-17"})");
  FhirReader reader(mapping);
  REQUIRE(reader.open(both));
  REQUIRE(reader.request_count() == 2);
  CHECK(reader.read(1).json == R"({"id": "sr1", "referred": "2023-05-16"})");
}

}  // namespace
}  // namespace proviso::input
