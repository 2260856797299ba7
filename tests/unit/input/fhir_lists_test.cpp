#include <catch2/catch.hpp>

#include "fhir_sample.hpp"

// Whether a list is all that there is: only a search for all of it says so.
namespace proviso::input {
namespace {

using namespace sample;

const std::string server = "https://ehr.example.org/fhir/";

std::string icd10(const std::string& code) { return coding("http://hl7.org/fhir/sid/icd-10", code); }
std::string arthrosis(const std::string& members = "") { return condition(icd10("M17.1"), members); }
std::string hypertension(const std::string& members = "") { return condition(icd10("I10"), members); }

std::string entry(const std::string& resource, const std::string& mode = "match") {
  return R"({"resource": )" + resource + R"(, "search": {"mode": ")" + mode + "\"}}";
}
std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}
std::string link(const std::string& relation, const std::string& url) {
  return R"({"relation": ")" + relation + R"(", "url": ")" + url + "\"}";
}
/// The bundle that a server answers a search with.
std::string answer_to(const std::string& links, const std::vector<std::string>& entries,
                      const std::string& members = "", const std::string& type = "searchset") {
  return R"({"resourceType": "Bundle", "type": ")" + type + R"(", "link": [)" + links + "], " + members +
         R"("entry": [)" + joined(entries) + "]}";
}
const std::string by_patient = link("self", server + "Condition?patient=1");

/// What is made of the list of diagnoses, with a request of the patient beside the bundle.
FhirRecord made_with(const std::string& found) {
  static const FhirMapping mapping = fhir_mapping();
  const std::string all = bundle({request("\"x\": 1"), found});
  const auto record = record_of(mapping, {all});
  return record ? *record : FhirRecord{"error: " + record.error().message, {}, {}};
}
std::string diagnoses_of(const std::string& found) {
  const std::string json = made_with(found).json;
  constexpr std::string_view before = R"({"id": "sr1", "diagnoses": )";
  if (json == R"({"id": "sr1"})") return "unknown";
  return json.substr(0, before.size()) == before ? json.substr(before.size(), json.size() - before.size() - 1) : json;
}

TEST_CASE("of diagnoses that somebody put into a bundle it is not known that they are all") {
  for (const char* const type : {"collection", "document", "message", "batch", "transaction", ""}) {
    CAPTURE(type);
    CHECK(diagnoses_of(answer_to(by_patient, {entry(arthrosis())}, "", type)) == R"({"some": ["M17.1"]})");
    CHECK(diagnoses_of(answer_to(by_patient, {}, "", type)) == "unknown");
  }
  CHECK(diagnoses_of(arthrosis()) == R"({"some": ["M17.1"]})");
}

TEST_CASE("a search by the patient alone found all, or that there are none") {
  CHECK(diagnoses_of(answer_to(by_patient, {entry(arthrosis()), entry(hypertension())})) == R"(["M17.1", "I10"])");
  CHECK(diagnoses_of(answer_to(by_patient, {})) == "[]");
  CHECK(diagnoses_of(answer_to(by_patient, {entry(arthrosis())}, R"("total": 1, )")) == R"(["M17.1"])");
  const std::string included = entry(patient("\"x\": 1"), "include");
  CHECK(diagnoses_of(answer_to(by_patient, {entry(arthrosis()), included}, R"("total": 1, )")) == R"(["M17.1"])");
  for (const std::string query :
       {"patient=Patient/1", "subject=1", "patient=https://ehr.example.org/fhir/Patient/1",
        "patient=1&_sort=-date&_count=50&_format=json&_total=accurate&_pretty=true", "_sort=-date&patient=1"}) {
    CAPTURE(query);
    CHECK(diagnoses_of(answer_to(link("self", server + "Condition?" + query), {entry(arthrosis())})) == R"(["M17.1"])");
    CHECK(diagnoses_of(answer_to(link("self", "Condition?" + query), {entry(arthrosis())})) == R"(["M17.1"])");
  }
}

TEST_CASE("a search is of the patient in focus, whoever names him") {
  const FhirMapping mapping = fhir_mapping();
  const std::string order = R"({"resourceType": "ServiceRequest", "id": "sr1"})";
  const std::string found = answer_to(by_patient, {entry(arthrosis())});
  CHECK(record_of(mapping, {order, found}, {"sr1", "1"})->json == R"({"id": "sr1", "diagnoses": ["M17.1"]})");
  CHECK(record_of(mapping, {order, found}, {"sr1", "2"})->json == R"({"id": "sr1"})");
  const std::string nothing = answer_to(by_patient, {});
  CHECK(record_of(mapping, {order, nothing}, {"sr1", "1"})->json == R"({"id": "sr1", "diagnoses": []})");
  CHECK(record_of(mapping, {order, nothing})->json == R"({"id": "sr1"})");
  // A patient whose resource stands in the bundle by another address than that of the server.
  const std::string local =
      R"({"resourceType": "Bundle", "entry": [{"fullUrl": "urn:uuid:7", "resource": )" + patient("\"x\": 1") +
      R"(}, {"resource": {"resourceType": "ServiceRequest", "id": "sr1", "subject": {"reference": "urn:uuid:7"}}}]})";
  CHECK(record_of(mapping, {local, found})->json == R"({"id": "sr1", "diagnoses": ["M17.1"]})");
}

TEST_CASE("a search that may have left something out found some") {
  const std::string some = R"({"some": ["M17.1"]})";
  const std::vector<std::string> found = {entry(arthrosis())};
  SECTION("because it was for less than all") {
    for (const std::string query :
         {"patient=1&code=http://snomed.info/sct|1", "patient=1&clinical-status=active", "_sort=date", "",
          "patient=1&_lastUpdated=gt2023-01-01", "patient=1&_count=0", "patient=1&patient=2", "patient=1&subject=1",
          "patient=", "patient", "patient:missing=true", "patient=1&_summary=true", "patient=Patient%2F1",
          "patient=1&&x"}) {
      CAPTURE(query);
      CHECK(diagnoses_of(answer_to(link("self", server + "Condition?" + query), found)) == some);
    }
    CHECK(diagnoses_of(answer_to(link("self", server + "Condition"), found)) == some);
    CHECK(diagnoses_of(answer_to("", found)) == some);
    CHECK(diagnoses_of(answer_to("", {})) == "unknown");
  }
  SECTION("because there are more pages, or entries") {
    CHECK(diagnoses_of(answer_to(joined({by_patient, link("next", server + "?page=2")}), found)) == some);
    CHECK(diagnoses_of(answer_to(by_patient, found, R"("total": 2, )")) == some);
    CHECK(diagnoses_of(answer_to(by_patient, found, R"("total": "1", )")) == some);
    CHECK(diagnoses_of(answer_to(by_patient, {}, R"("total": 1, )")) == "unknown");
    CHECK(diagnoses_of(answer_to(by_patient, {entry(arthrosis()), R"({"fullUrl": "urn:x"})"})) == some);
  }
  SECTION("because the server says something of it") {
    const std::string warning = R"({"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]})";
    CHECK(diagnoses_of(answer_to(by_patient, {entry(arthrosis()), entry(warning, "outcome")})) == some);
    CHECK(diagnoses_of(answer_to(by_patient, {entry(arthrosis()), entry(warning)})) == some);
  }
  SECTION("because it was for something else, or for somebody else") {
    const std::string include = entry(arthrosis(), "include");
    CHECK(diagnoses_of(answer_to(link("self", server + "ServiceRequest?patient=1"), {include})) == some);
    CHECK(diagnoses_of(answer_to(link("self", server + "Condition?patient=2"), found)) == some);
    CHECK(diagnoses_of(answer_to(link("self", server + "Condition?patient=2"), {})) == "unknown");
  }
}

TEST_CASE("what was found and may belong to the list keeps it from being all of it") {
  const auto beside = [&](const std::string& other) {
    return diagnoses_of(answer_to(by_patient, {entry(arthrosis()), entry(other)}));
  };
  const std::string some = R"({"some": ["M17.1"]})";
  SECTION("a diagnosis without a code of the system, or without any") {
    CHECK(beside(condition(snomed("44054006"))) == some);
    CHECK(beside(condition(R"({"text": "diabetes"})")) == some);
    CHECK(beside(about("Condition", "\"x\": 1")) == some);
    CHECK(diagnoses_of(answer_to(by_patient, {entry(condition(snomed("44054006")))})) == "unknown");
  }
  SECTION("one that is not verified, that may have its meaning turned, or is of nobody") {
    CHECK(beside(hypertension(R"(, "verificationStatus": )" + coding("x", "provisional"))) == some);
    CHECK(beside(hypertension(R"(, "verificationStatus": )" + coding("x", "misspelt"))) == some);
    CHECK(beside(hypertension(R"(, "clinicalStatus": {"text": "?"})")) == some);
    CHECK(beside(hypertension(R"(, "modifierExtension": [{"url": "https://example.org/x"}])")) == some);
    CHECK(beside(R"({"resourceType": "Condition", "code": )" + icd10("I10") + '}') == some);
    CHECK(beside(about("Condition", "\"code\": " + icd10("I10"), "Patient/2")) == some);
  }
  SECTION("but not one that says itself that it is not so, or no longer") {
    const std::string all = R"(["M17.1"])";
    for (const char* const status : {"refuted", "entered-in-error"}) {
      CHECK(beside(hypertension(R"(, "verificationStatus": )" + coding("x", status))) == all);
    }
    for (const char* const status : {"inactive", "resolved", "remission"}) {
      CHECK(beside(hypertension(R"(, "clinicalStatus": )" + coding("x", status))) == all);
    }
    CHECK(beside(hypertension(R"(, "abatementDateTime": "2020-01-01")")) == all);
    CHECK(diagnoses_of(answer_to(by_patient, {entry(hypertension(R"(, "abatementString": "long ago")"))})) == "[]");
  }
}

TEST_CASE(
    "each type of resource that gives a list must have been searched for, and what the request says it says itself") {
  const FhirMapping mapping = fhir_mapping(
      "record Referral\ndiagnoses = ServiceRequest.reasonCode\ndiagnoses = Condition.code\ndiagnoses = "
      "Encounter.reasonCode\n");
  const std::string reason = request(R"("reasonCode": [)" + icd10("M16.1") + "]");
  const std::string conditions = answer_to(by_patient, {entry(arthrosis())});
  const std::string encounters = answer_to(link("self", server + "Encounter?patient=1"), {});
  const auto made = [&](const std::vector<std::string>& resources) {
    const std::string all = bundle(resources);
    return record_of(mapping, {all})->json;
  };
  CHECK(made({reason, conditions}) == R"({"id": "sr1", "diagnoses": {"some": ["M16.1", "M17.1"]}})");
  CHECK(made({reason, conditions, encounters}) == R"({"id": "sr1", "diagnoses": ["M16.1", "M17.1"]})");
  CHECK(made({request("\"x\": 1"), conditions, encounters}) == R"({"id": "sr1", "diagnoses": ["M17.1"]})");
  const FhirMapping of_request = fhir_mapping("record Referral\ndiagnoses = ServiceRequest.reasonCode\n");
  CHECK(record_of(of_request, {reason})->json == R"({"id": "sr1", "diagnoses": {"some": ["M16.1"]}})");
}

TEST_CASE("which statuses a line names say what belongs to its list") {
  const FhirMapping mapping = fhir_mapping("record Referral\ndiagnoses = Condition.code, status resolved\n");
  const auto made = [&](const std::string& other) {
    const std::string resolved = hypertension(R"(, "clinicalStatus": )" + coding("x", "resolved"));
    const std::string all = bundle({request("\"x\": 1"), answer_to(by_patient, {entry(resolved), entry(other)})});
    return record_of(mapping, {all})->json;
  };
  CHECK(made(arthrosis(R"(, "clinicalStatus": )" + coding("x", "active"))) == R"({"id": "sr1", "diagnoses": ["I10"]})");
  CHECK(made(arthrosis()) == R"({"id": "sr1", "diagnoses": {"some": ["I10"]}})");
}

TEST_CASE("what a person answers is all, whatever was found") {
  const std::string answers = response(answer("diagnoses", R"("valueString": "I10")"));
  const auto with_answers = [&](const std::string& found) { return json_of({request("\"x\": 1"), found, answers}); };
  CHECK(with_answers(arthrosis()) == R"({"id": "sr1", "diagnoses": ["I10"]})");
  CHECK(with_answers(answer_to(by_patient, {entry(arthrosis())})) == R"({"id": "sr1", "diagnoses": ["I10"]})");
}

TEST_CASE("a bundle whose links are of any shape is read") {
  for (const char* const links : {"7", "null", "\"x\"", "{}", R"({"relation": 7, "url": 8})", R"({"relation": "self"})",
                                  R"({"relation": "self", "url": ["?"]})", R"({"relation": "self", "url": "?"})"}) {
    CAPTURE(links);
    CHECK(diagnoses_of(answer_to(links, {entry(arthrosis())})) == R"({"some": ["M17.1"]})");
  }
}

}  // namespace
}  // namespace proviso::input
