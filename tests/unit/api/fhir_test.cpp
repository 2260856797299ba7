#include <catch2/catch.hpp>

#include "../service_support/service_under_test.hpp"
#include "folder.hpp"
#include "input/fhir.hpp"
#include "service/submission/replay.hpp"

// Resources of FHIR in the place of a record.
using namespace proviso::service;
using proviso::Folder;
using Json = nlohmann::json;

namespace {

Json parsed(const Response& response, int status = 200) {
  INFO(response.body);
  REQUIRE(response.status == status);
  return Json::parse(response.body);
}

/// The resource of that type in a bundle.
Json& resource_in(Json& bundle, const std::string& type, const std::string& id = "") {
  for (Json& entry : bundle["entry"]) {
    Json& resource = entry["resource"];
    if (resource["resourceType"] == type && (id.empty() || resource["id"] == id)) return resource;
  }
  FAIL("no such resource: " + type);
  return bundle;
}

/// What the outcome says is wrong: its code and its text.
std::pair<std::string, std::string> issue_of(const Response& response) {
  CHECK(response.content_type == "application/fhir+json");
  const Json outcome = parsed(response, 422);
  CHECK(outcome["resourceType"] == "OperationOutcome");
  REQUIRE(outcome["issue"].size() == 1);
  CHECK(outcome["issue"][0]["severity"] == "error");
  return {outcome["issue"][0]["code"], outcome["issue"][0]["details"]["text"]};
}

}  // namespace

TEST_CASE("a bundle is decided as the record that is made of it", "[api]") {
  ServiceUnderTest test;
  for (const char* const name : {"hip_replacement", "hip_replacement_without_bmi", "tonsillectomy"}) {
    INFO(name);
    const Json bundle = fhir_example(name);
    const auto book = test.service->rulebooks().current();
    const auto record = proviso::input::record_of(*book->fhir("Referral"), {bundle.dump()});
    REQUIRE(record.has_value());
    Json from_fhir = parsed(test.post_fhir("/v1/decide", bundle.dump()));
    Json from_json = parsed(test.post("/v1/decide", record->json));
    CHECK(from_fhir["notes"].empty());
    CHECK_FALSE(from_json.contains("notes"));
    for (Json* each : {&from_fhir, &from_json}) {
      each->erase("notes");
      each->erase("decision");
    }
    CHECK(from_fhir == from_json);
    REQUIRE(test.keeper.entries.size() == 2);
    CHECK(test.keeper.entries[0].facts == test.keeper.entries[1].facts);
    CHECK(test.keeper.entries[0].patient == test.keeper.entries[1].patient);
    test.keeper.entries.clear();
    Json needs_of_fhir = parsed(test.post_fhir("/v1/needs", bundle.dump()));
    needs_of_fhir.erase("notes");
    CHECK(needs_of_fhir == parsed(test.post("/v1/needs", record->json)));
    CHECK(test.keeper.entries.empty());
  }
}

TEST_CASE("the content type says that it is FHIR, however it is written", "[api]") {
  ServiceUnderTest test;
  const std::string bundle = fhir_example("hip_replacement").dump();
  for (const std::string type : {"application/fhir+json", "application/fhir+json; charset=utf-8",
                                 "Application/FHIR+JSON;fhirVersion=4.0", "application/fhir+json ; charset=utf-8"}) {
    INFO(type);
    CHECK(parsed(test.post("/v1/decide", bundle, {}, "", type))["outcome"] == "approve");
  }
  test.keeper.entries.clear();
  for (const std::string type : {"application/json", "", "application/x-www-form-urlencoded"}) {
    for (const std::string path : {"/v1/decide", "/v1/needs", "/v1/questionnaire"}) {
      const Json refused = parsed(test.post(path, bundle, {}, "", type), 415);
      CHECK(refused["error"]["message"] ==
            "the body is a resource of FHIR: send it with Content-Type: application/fhir+json");
    }
  }
  const Response xml = test.post("/v1/decide", "<Bundle/>", {}, "", "application/fhir+xml; charset=utf-8");
  CHECK(xml.status == 415);
  CHECK(xml.content_type == "application/fhir+json");
  CHECK(xml.body.find("FHIR is read as JSON alone") != std::string::npos);
  CHECK(test.keeper.entries.empty());
  // A record that only speaks of one is a record.
  Json record = approved_referral();
  record["remark"] = {{"resourceType", "Patient"}};
  CHECK(parsed(test.post("/v1/decide", record.dump()))["outcome"] == "approve");
}

TEST_CASE("what cannot be read is said as an OperationOutcome, and not kept", "[api]") {
  ServiceUnderTest test;
  for (const std::string path : {"/v1/decide", "/v1/needs", "/v1/questionnaire"}) {
    const auto issue = [&](const std::string& body, std::vector<std::pair<std::string, std::string>> query = {}) {
      return issue_of(test.post_fhir(path, body, std::move(query)));
    };
    const auto with_code = [&](const std::string& code, const std::string& body) {
      INFO(body);
      const auto [found, text] = issue(body);
      CHECK(found == code);
      CHECK_FALSE(text.empty());
    };
    with_code("structure", "");
    with_code("structure", "{");
    with_code("structure", "\xff");
    with_code("structure", R"({"resourceType": "Patient", "id": "9990000018", "id": "9990000018"})");
    with_code("required", "{}");
    with_code("required", "7");
    with_code("required", "[]");
    with_code("required", R"({"id": "9990000018", "procedure": "W37.1"})");
    with_code("required", R"({"resourceType": "Foo", "id": "9990000018"})");
    with_code("required", R"({"resourceType": "Bundle", "type": "collection"})");
    with_code("required", R"({"resourceType": ["ServiceRequest"]})");
    CHECK(issue(fhir_example("hip_replacement").dump(), {{"record", "Activity"}}).first == "not-supported");
    CHECK(issue(fhir_example("hip_replacement").dump(), {{"request", "9990000018"}}).first == "not-found");
  }
  CHECK(test.keeper.entries.empty());
  CHECK(test.logged.find("9990000018") == std::string::npos);
  CHECK(parsed(test.post_fhir("/v1/decide", "{}", {{"record", "None"}}), 400)["error"]["code"] == "unknown_record");
}

TEST_CASE("of several requests one is named", "[api]") {
  ServiceUnderTest test;
  Json bundle = fhir_example("hip_replacement");
  Json other = resource_in(bundle, "ServiceRequest");
  other["id"] = "hip-2";
  other.erase("identifier");
  other["priority"] = "urgent";
  bundle["entry"].push_back({{"resource", other}});
  const auto [code, text] = issue_of(test.post_fhir("/v1/decide", bundle.dump()));
  CHECK(code == "multiple-matches");
  CHECK(text.find("`?request=ServiceRequest/ID`") != std::string::npos);
  CHECK(parsed(test.post_fhir("/v1/decide", bundle.dump(), {{"request", "ServiceRequest/hip-2"}}))["id"] == "hip-2");
  CHECK(parsed(test.post_fhir("/v1/needs", bundle.dump(), {{"request", "hip-1"}}))["id"] == "000000000018");
}

TEST_CASE("what has no request in it is no referral: that is said, and nothing is kept", "[api]") {
  ServiceUnderTest test;
  for (const std::string path : {"/v1/decide", "/v1/needs", "/v1/questionnaire"}) {
    for (const std::string type :
         {"Patient", "Organization", "DeviceRequest", "Parameters", "Bundle", "QuestionnaireResponse", "Observation"}) {
      INFO(path << ' ' << type);
      const auto [code, text] =
          issue_of(test.post_fhir(path, R"({"resourceType": ")" + type + R"(", "type": "collection", "id": "1"})"));
      CHECK(code == "required");
      CHECK(text.find("request") != std::string::npos);
      CHECK(text.find("ServiceRequest") != std::string::npos);
    }
  }
  CHECK(test.keeper.entries.empty());
}

TEST_CASE("what was sent and could not be used is said, without any value", "[api]") {
  ServiceUnderTest test;
  Json bundle = fhir_example("hip_replacement");
  Json& bmi = resource_in(bundle, "Observation", "bmi-2019");
  bmi["valueQuantity"].erase("unit");
  bmi["valueQuantity"].erase("code");
  const Json notes = {"`patient.bmi`: the newest Observation has no unit"};
  CHECK(parsed(test.post_fhir("/v1/needs", bundle.dump()))["notes"] == notes);
  const Json decided = parsed(test.post_fhir("/v1/decide", bundle.dump()));
  CHECK(decided["notes"] == notes);
  CHECK(decided["outcome"] == "information needed");
}

TEST_CASE("a list that a bundle has in part is believed for what is in it, and asked for otherwise", "[api]") {
  const Folder folder;
  folder.write("small.policy", R"(library small
record Referral { id text  referred date  procedure code opcs4  diagnoses list of code icd10 "Diagnoses" ask "Which diagnoses?" }
codes cancer icd10 { C00..C97 }
policy knee "Knee" on Referral {
  category threshold
  effective 2019-04-01
  dated by referred
  applies when procedure = opcs4:W85.1
  exempt cancer when any d in diagnoses where d in cancer "Cancer is not restricted"
  otherwise refuse
}
)");
  folder.write("referral.fhir",
               "record Referral\nreferred = ServiceRequest.authoredOn\nprocedure = ServiceRequest.code\ndiagnoses = "
               "Condition.code\n");
  ServiceUnderTest test(Access::open(), false, folder.path());
  const Json subject = {{"reference", "Patient/1"}};
  const Json request = {{"resourceType", "ServiceRequest"},
                        {"id", "1"},
                        {"status", "active"},
                        {"authoredOn", "2023-05-16"},
                        {"subject", subject},
                        {"code", {{"coding", {{{"system", "https://fhir.nhs.uk/Id/opcs-4"}, {"code", "W85.1"}}}}}}};
  const auto outcome_with = [&](const std::vector<std::string>& codes, bool searched) {
    Json found = {
        {"resourceType", "Bundle"}, {"type", searched ? "searchset" : "collection"}, {"entry", Json::array()}};
    if (searched) found["link"] = {{{"relation", "self"}, {"url", "https://ehr.example.org/Condition?patient=1"}}};
    for (const std::string& code : codes) {
      const Json coding = {{{"system", "http://hl7.org/fhir/sid/icd-10"}, {"code", code}}};
      found["entry"].push_back(
          {{"resource", {{"resourceType", "Condition"}, {"subject", subject}, {"code", {{"coding", coding}}}}}});
    }
    const Json bundle = {{"resourceType", "Bundle"},
                         {"type", "collection"},
                         {"entry", {{{"resource", request}}, {{"resource", found}}}}};
    return parsed(test.post_fhir("/v1/decide", bundle.dump()))["outcome"].get<std::string>();
  };
  CHECK(outcome_with({"M17.1", "C40.2"}, false) == "exempt");
  CHECK(test.keeper.entries.back().facts ==
        R"({"diagnoses":{"some":["M17.1","C40.2"]},"procedure":"W85.1","referred":"2023-05-16"})");
  CHECK(test.keeper.entries.back().result.find(R"("value": "{ icd10:M17.1, icd10:C40.2 } and perhaps others")") !=
        std::string::npos);
  CHECK(outcome_with({"M17.1"}, false) == "information needed");
  CHECK(test.keeper.entries.back().result.find(R"("needs": [{"fact": "diagnoses", "ask": "Which diagnoses?")") !=
        std::string::npos);
  CHECK(outcome_with({}, false) == "information needed");
  CHECK(outcome_with({"M17.1", "C40.2"}, true) == "exempt");
  CHECK(outcome_with({"M17.1"}, true) == "refuse");
  CHECK(outcome_with({}, true) == "refuse");
  const auto replayed = replay(*test.service->rulebooks().current(), test.keeper);
  REQUIRE(replayed.has_value());
  CHECK(replayed->same == 6);
  CHECK(replayed->different == 0);
}
