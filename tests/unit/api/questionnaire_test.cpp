#include <catch2/catch.hpp>

#include <set>

#include "../service_support/service_under_test.hpp"

// The questions that are still open, as a Questionnaire, and what is answered to them.
using namespace proviso::service;
using Json = nlohmann::json;

namespace {

Json questionnaire_of(ServiceUnderTest& test, const Json& bundle) {
  const Response response = test.post_fhir("/v1/questionnaire", bundle.dump());
  INFO(response.body);
  REQUIRE(response.status == 200);
  CHECK(response.content_type == "application/fhir+json");
  const Json questionnaire = Json::parse(response.body);
  CHECK(questionnaire["resourceType"] == "Questionnaire");
  CHECK(questionnaire["status"] == "active");
  CHECK(questionnaire["version"] == test.service->rulebooks().current()->library().digest);
  return questionnaire;
}

std::string outcome_of(ServiceUnderTest& test, const Json& bundle) {
  const Response response = test.post_fhir("/v1/decide", bundle.dump());
  INFO(response.body);
  REQUIRE(response.status == 200);
  return Json::parse(response.body)["outcome"];
}

/// Some answer of the type that the item is for. A text may be asked for a code.
Json answer_to(const Json& item) {
  const std::string type = item["type"];
  if (type == "boolean") return {{"valueBoolean", true}};
  if (type == "date") return {{"valueDate", "2019-09-30"}};
  if (type == "decimal") return {{"valueDecimal", 12}};
  if (type == "choice") return item["answerOption"][0];
  if (type == "quantity") {
    const Json& unit = item["extension"][0]["valueCoding"];
    return {{"valueQuantity", {{"value", 31}, {"system", unit["system"]}, {"code", unit["code"]}}}};
  }
  REQUIRE(type == "string");
  const std::string text = item["text"];
  const auto asks = [&](const char* what) { return text.find(what) != std::string::npos; };
  return {{"valueString", asks("OPCS") ? "W37.1" : asks("ICD") ? "M16.1" : "9990000018"}};
}

/// The answers to all items, as groups or one beside the other.
void answer_all(const Json& items, Json& answers) {
  for (const Json& item : items) {
    const std::string type = item["type"];
    const std::string link = item["linkId"];
    // That there are none is not said of what is answered.
    const bool none = link.size() > 5 && link.compare(link.size() - 5, 5, ".none") == 0;
    if (type == "display" || none) continue;
    Json answered = {{"linkId", link}};
    if (type == "group") {
      answered["item"] = Json::array();
      answer_all(item["item"], answered["item"]);
    } else {
      answered["answer"] = Json::array({answer_to(item)});
    }
    answers.push_back(std::move(answered));
  }
}

Json response_to(const Json& questionnaire, const Json& subject) {
  Json response = {{"resourceType", "QuestionnaireResponse"},
                   {"status", "completed"},
                   {"authored", "2019-10-15T10:00:00Z"},
                   {"subject", subject},
                   {"item", Json::array()}};
  answer_all(questionnaire["item"], response["item"]);
  return response;
}

}  // namespace

TEST_CASE("only what is needed is asked, and nothing is kept of it", "[api]") {
  ServiceUnderTest test;
  const Json questionnaire = questionnaire_of(test, fhir_example("hip_replacement_without_bmi"));
  const Json needs =
      Json::parse(test.post_fhir("/v1/needs", fhir_example("hip_replacement_without_bmi").dump()).body)["needs"];
  REQUIRE(needs.size() == 2);
  REQUIRE(questionnaire["item"].size() == 2);
  CHECK(questionnaire["item"][0]["linkId"] == "patient.bmi#all");
  CHECK(questionnaire["item"][0]["text"] == needs[0]["ask"]);
  CHECK(questionnaire["item"][1]["linkId"] == needs[1]["fact"]);
  CHECK(questionnaire["description"] ==
        "The outcome so far is `information needed`. Only what can still change it is asked.");
  const Json& help = questionnaire["item"][0]["item"].back();
  CHECK(help["text"].get<std::string>().find("Asked for: " + needs[0]["policies"][0].get<std::string>() + ": " +
                                             needs[0]["why"][0].get<std::string>()) == 0);
  CHECK(test.keeper.entries.empty());
}

TEST_CASE("that a measurement is from after the day that decides is said with the question", "[api]") {
  ServiceUnderTest test;
  Json referral = approved_referral();
  referral["patient"]["bmi"]["on"] = "2023-05-20";
  const Response response = test.post("/v1/questionnaire", referral.dump());
  CHECK(response.body.find("The last measurement was made after 2023-05-16, the day that decides: one from that day or "
                           "before is needed.") != std::string::npos);
  CHECK(response.body.find("too old") == std::string::npos);
}

TEST_CASE("of many policies that ask it is said how many they are", "[api]") {
  ServiceUnderTest test;
  const Json needs = Json::parse(test.post("/v1/needs", "{}").body)["needs"];
  const Json questionnaire = Json::parse(test.post("/v1/questionnaire", "{}").body);
  REQUIRE(needs[0]["policies"].size() > 3);
  CHECK(questionnaire["item"][0]["item"][0]["text"] ==
        "Asked for: " + std::to_string(needs[0]["policies"].size()) + " policies");
}

TEST_CASE("a record of JSON is asked about in the same way", "[api]") {
  ServiceUnderTest test;
  Json record = approved_referral();
  record["patient"].erase("bmi");
  const Response response = test.post("/v1/questionnaire", record.dump());
  CHECK(response.content_type == "application/fhir+json");
  const Json questionnaire = Json::parse(response.body);
  REQUIRE(questionnaire["item"].size() == 1);
  CHECK(questionnaire["item"][0]["linkId"] == "patient.bmi#all");
  const Response unreadable = test.post("/v1/questionnaire", R"({"referred": 5})");
  CHECK(unreadable.status == 422);
  CHECK(unreadable.content_type == "application/json");
  CHECK(Json::parse(unreadable.body)["error"]["field"] == "referred");
  CHECK(test.post("/v1/questionnaire", "{}", {{"record", "None"}}).status == 400);
}

TEST_CASE("where nothing is needed there are no items, and that is said", "[api]") {
  ServiceUnderTest test;
  const Json questionnaire = questionnaire_of(test, fhir_example("hip_replacement"));
  CHECK_FALSE(questionnaire.contains("item"));
  CHECK(questionnaire["description"] == "The outcome is `approve`. Nothing more is needed.");
}

TEST_CASE("what is answered to the questions fills the facts", "[api]") {
  ServiceUnderTest test;
  Json bundle = fhir_example("hip_replacement_without_bmi");
  const Json questionnaire = questionnaire_of(test, bundle);
  const Json subject = bundle["entry"][0]["resource"]["subject"];
  bundle["entry"].push_back({{"resource", response_to(questionnaire, subject)}});
  CHECK(outcome_of(test, bundle) == "approve");
  const Json facts = Json::parse(test.keeper.entries.back().facts);
  CHECK(facts["patient"]["bmi"] == Json::parse(R"({"value": 31, "on": "2019-09-30"})"));
  CHECK_FALSE(questionnaire_of(test, bundle).contains("item"));
}

TEST_CASE("whoever answers every question is asked nothing twice, and comes to an end", "[api]") {
  ServiceUnderTest test;
  const Json empty = Json::parse(R"({"resourceType": "Bundle", "type": "collection", "entry": [
    {"resource": {"resourceType": "ServiceRequest", "id": "1", "status": "active", "subject": {"reference": "Patient/1"}}}]})");
  for (const char* const procedure : {"", "W37.1", "F34.1", "B31.1", "Q07.4"}) {
    INFO(procedure);
    Json bundle = empty;
    if (*procedure != '\0') {
      bundle["entry"][0]["resource"]["code"]["coding"] = {
          {{"system", "https://fhir.nhs.uk/Id/opcs-4"}, {"code", procedure}}};
    }
    const Json subject = {{"reference", "Patient/1"}};
    std::set<std::string> asked;
    Json questionnaire = questionnaire_of(test, bundle);
    CHECK(questionnaire.contains("item"));
    for (int round = 0; questionnaire.contains("item"); ++round) {
      REQUIRE(round < 40);
      for (const Json& item : questionnaire["item"]) {
        INFO(item.dump());
        CHECK(asked.insert(item["linkId"]).second);
      }
      bundle["entry"].push_back({{"resource", response_to(questionnaire, subject)}});
      questionnaire = questionnaire_of(test, bundle);
    }
    CHECK(outcome_of(test, bundle) != "information needed");
  }
}
