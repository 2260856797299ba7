#include <catch2/catch.hpp>

#include "fhir_sample.hpp"

namespace proviso::input {
namespace {

using namespace sample;

constexpr const char* nhs_system = "https://fhir.nhs.uk/Id/nhs-number";
constexpr const char* hospital = "https://hospital.example.org/numbers";

std::string identifier(const std::string& system, const std::string& value) {
  return R"({"system": ")" + system + R"(", "value": ")" + value + "\"}";
}
std::string identified(const std::string& system, const std::string& value) {
  return R"("identifier": )" + identifier(system, value);
}

/// A patient with an NHS number and a number of a hospital.
std::string person(const std::string& id, const std::string& number, const std::string& local) {
  return R"({"resourceType": "Patient", "id": ")" + id + R"(", "birthDate": "1987-02-09", "identifier": [)" +
         identifier(nhs_system, number) + ", " + identifier(hospital, local) + "]}";
}

/// A request with that subject, in a bundle with one patient of a BMI of 31, and with these others.
FhirRecord asked_for(const std::string& subject, std::vector<std::string> others = {}) {
  others.push_back(R"({"resourceType": "ServiceRequest", "id": "sr1", "authoredOn": "2023-05-16", "subject": )" +
                   subject + '}');
  others.push_back(person("1", "9990000018", "H17"));
  others.push_back(bmi("31", "2023-01-01"));
  return made_of(others);
}

bool has_all_of_patient(const FhirRecord& record) {
  return record.json.find("\"born\"") != std::string::npos && record.json.find("\"bmi\"") != std::string::npos;
}

constexpr const char* nothing_of_patient = R"({"id": "sr1", "referred": "2023-05-16"})";

bool has_note(const FhirRecord& record, const std::string& message) {
  return notes_of(record).find(message) != std::string::npos;
}

const std::string name_one = "; name one patient, by a reference to a Patient or by an NHS number";

TEST_CASE("a request is about the patient that its subject names, in whatever way that can be followed") {
  for (const std::string& subject : {
           std::string(R"({"reference": "Patient/1"})"),
           R"({"reference": "Patient/1", )" + identified(nhs_system, "999 000 0018") + "}",
           R"({"reference": "Patient/1", )" + identified(hospital, "H17") + "}",
           R"({"reference": "Patient/1", )" + identified("https://other.example.org", "9") + "}",
           std::string(R"({"reference": "Patient/1", "type": "Patient", "display": "Jane Example"})"),
           "{" + identified(nhs_system, "9990000018") + "}",
           "{" + identified(hospital, "H17") + "}",
       }) {
    CAPTURE(subject);
    const FhirRecord record = asked_for(subject);
    CHECK(has_all_of_patient(record));
    CHECK(notes_of(record) == "");
  }
}

TEST_CASE("a request whose reference and identifier are of two patients is nobody's") {
  for (const char* const number : {"9990000026", "9990000019"}) {
    const FhirRecord record = asked_for(R"({"reference": "Patient/1", )" + identified(nhs_system, number) + "}");
    CHECK(record.json == nothing_of_patient);
    CHECK(has_note(record,
                   "the subject of the request is one patient by its reference and another by its identifier: "
                   "nothing about any patient was used" +
                       name_one));
  }
  const FhirRecord record = asked_for(R"({"reference": "Patient/1", )" + identified(hospital, "H18") + "}",
                                      {person("2", "9990000026", "H18")});
  CHECK(record.json == nothing_of_patient);
  CHECK(has_note(record, "is one patient by its reference and another by its identifier"));
}

TEST_CASE("a request whose subject cannot be followed to anybody is not taken for the only patient's") {
  for (const std::string& subject : {
           std::string(R"({"reference": "#x"})"),
           std::string(R"({"reference": ""})"),
           std::string(R"({"display": "Jane Example"})"),
           "{" + identified("https://other.example.org", "H17") + "}",
           "{" + identified(hospital, "H18") + "}",
           std::string(R"({"identifier": {"value": "9990000018"}})"),
           std::string(R"("Patient/1")"),
           std::string(R"([{"reference": "Patient/1"}])"),
           std::string(R"({"extension": [{"url": "https://example.org", "valueCode": "unknown"}]})"),
       }) {
    CAPTURE(subject);
    const FhirRecord record = asked_for(subject);
    CHECK(record.json == nothing_of_patient);
    CHECK(has_note(record,
                   "the subject of the request cannot be followed to a patient: nothing about any patient was "
                   "used" +
                       name_one));
  }
  const FhirRecord two_with_one_number =
      asked_for("{" + identified(hospital, "H17") + "}", {person("2", "9990000026", "H17")});
  CHECK(two_with_one_number.json == nothing_of_patient);
  CHECK(has_note(two_with_one_number, "cannot be followed to a patient"));
}

TEST_CASE(
    "a request whose subject has an NHS number with a wrong check digit is nobody's, and the number is not told") {
  const FhirRecord record = asked_for("{" + identified(nhs_system, "9990000019") + "}");
  CHECK(record.json == nothing_of_patient);
  CHECK(has_note(record, "the subject of the request has no right NHS number: nothing about any patient was used"));
  CHECK_FALSE(has_note(record, "9990000019"));
}

TEST_CASE("a request about a group, or what else is no patient, is about no patient") {
  const std::string group =
      R"({"resourceType": "Group", "id": "g", "member": [{"entity": {"reference": "Patient/1"}}]})";
  for (const char* const subject :
       {R"({"reference": "Group/g"})", R"({"reference": "Group/away"})",
        R"({"reference": "https://a.example.org/Device/7"})", R"({"reference": "urn:uuid:a", "type": "Group"})"}) {
    CAPTURE(subject);
    const FhirRecord record = asked_for(subject, {group});
    CHECK(record.json == nothing_of_patient);
    CHECK(has_note(record, "the subject of the request is not a patient: nothing about any patient was used"));
  }
}

TEST_CASE("a request about a patient who is not there leaves the one who is aside, and says so") {
  for (const std::string& subject :
       {std::string(R"({"reference": "Patient/9"})"), std::string(R"({"reference": "urn:uuid:b"})"),
        "{" + identified(nhs_system, "9990000026") + "}"}) {
    CAPTURE(subject);
    const FhirRecord record = asked_for(subject);
    CHECK(record.json == nothing_of_patient);
    CHECK(has_note(record, "no Patient that is there is whom the request is about, and none was used"));
  }
  // Of a patient without a resource what is known is said of the address alone.
  const FhirRecord record = made_of({request(), bmi("31", "2023-01-01")});
  CHECK(record.json.find("\"bmi\"") != std::string::npos);
  CHECK(notes_of(record) == "");
}

TEST_CASE("a request that says nothing of whom it is about is taken for the only patient's") {
  for (const char* const subject : {"null", "{}", "[]"}) {
    CAPTURE(subject);
    CHECK(has_all_of_patient(asked_for(subject)));
  }
}

TEST_CASE("a subject that nobody can follow counts against the patient in focus, too") {
  const std::string mine = R"({"resourceType": "ServiceRequest", "id": "sr1", "subject": {"reference": "Patient/1", )" +
                           identified(nhs_system, "9990000026") + "}}";
  const std::string dangling = R"({"resourceType": "ServiceRequest", "id": "sr1", "subject": {"reference": "#x"}})";
  for (const std::string& each : {mine, dangling}) {
    const FhirRecord record =
        made_of({each, person("1", "9990000018", "H17"), bmi("31", "2023-01-01")}, {"sr1", "Patient/1"});
    CHECK(record.json == R"({"id": "sr1"})");
    CHECK(has_note(record, "nothing about any patient was used"));
  }
}

}  // namespace
}  // namespace proviso::input
