#include <catch2/catch.hpp>

#include "hook_service.hpp"

using namespace cds_test;

namespace {

Json order_about(const Json& subject) {
  Json order = service_request("W37.1");
  order["subject"] = subject;
  return order_sign({order});
}

Json nhs_number(const std::string& number) {
  return {{"system", "https://fhir.nhs.uk/Id/nhs-number"}, {"value", number}};
}

}  // namespace

TEST_CASE("an order whose subject is another person, or nobody can tell, is not decided by the patient's facts") {
  const std::vector<Json> subjects = {
      {{"reference", "Patient/1288992"}, {"identifier", nhs_number("9990000026")}},
      {{"reference", "Patient/1288992"}, {"identifier", nhs_number("9990000019")}},
      {{"reference", "Group/1"}},
      {{"reference", "#x"}},
      {{"identifier", nhs_number("9990000019")}},
      {{"identifier", nhs_number("9990000026")}},
      {{"identifier", {{"system", "https://hospital.example.org"}, {"value", "1288992"}}}},
      {{"display", "Sally Sentinel"}},
  };
  for (const Json& subject : subjects) {
    INFO(subject.dump());
    HookService test;
    const Json answer = test.hook(order_about(subject));
    CHECK(test.keeper.authorisations.empty());
    REQUIRE(answer["cards"].size() == 1);
    CHECK(contains(answer["cards"][0]["detail"], "**Not used:**"));
    CHECK(contains(answer["cards"][0]["detail"], "nothing about "));
  }
}

TEST_CASE("an order is the patient's in whatever way its subject says so, or where it says nothing") {
  const std::vector<Json> subjects = {
      {{"reference", "Patient/1288992"}},
      {{"reference", "https://ehr.example.org/fhir/Patient/1288992"}},
      {{"reference", "Patient/1288992/_history/2"}, {"display", "Sally Sentinel"}},
      {{"reference", "Patient/1288992"}, {"identifier", nhs_number(sentinel_nhs_number)}},
      {{"identifier", nhs_number(sentinel_nhs_number)}},
      Json::object(),
  };
  for (const Json& subject : subjects) {
    INFO(subject.dump());
    HookService test;
    test.hook(order_about(subject));
    CHECK(test.keeper.authorisations.size() == 1);
  }
  HookService test;
  Json order = service_request("W37.1");
  order.erase("subject");
  test.hook(order_sign({order}));
  CHECK(test.keeper.authorisations.size() == 1);
}

TEST_CASE("an order may name its patient by the address of an entry beside it") {
  HookService test;
  Json order = service_request("W37.1");
  order["subject"] = {{"reference", "urn:uuid:0d6c2a3e-0000-4000-8000-000000000001"}};
  Json call = order_sign({order});
  call["context"]["draftOrders"]["entry"].push_back(
      {{"fullUrl", "urn:uuid:0d6c2a3e-0000-4000-8000-000000000001"}, {"resource", patient()}});
  test.hook(call);
  CHECK(test.keeper.authorisations.size() == 1);
}

TEST_CASE("a call whose prefetch is of another patient is not decided") {
  HookService test;
  Json call = order_sign({service_request("W37.1")});
  call["prefetch"]["patient"]["id"] = "2";
  const Response response = test.post("/cds-services/proviso-policy-check", call.dump());
  CHECK(response.status == 400);
  CHECK(contains(response.body, "the prefetch is of another patient than `context.patientId`"));
  CHECK(test.keeper.entries.empty());
}

TEST_CASE("of a second patient who is sent along nothing is used, and the card says so") {
  HookService test;
  Json call = order_sign({service_request("W37.1")});
  Json other = patient();
  other["id"] = "2";
  other["identifier"][0]["value"] = "9990000026";
  other["managingOrganization"]["identifier"]["value"] = "01T";
  call["prefetch"]["mother"] = other;
  const Json answer = test.hook(call);
  CHECK(contains(only_card(answer)["detail"], "**Not used:** what was sent about another patient was not used"));
  CHECK(only_card(answer)["source"]["label"] == "Hip replacement, Luton");
}

TEST_CASE("an order for another patient than the call's is not decided") {
  HookService test;
  Json order = service_request("W37.1");
  for (const char* address : {"Patient/2", "https://ehr.example.org/fhir/Patient/2", "Patient/2/_history/7"}) {
    order["subject"]["reference"] = address;
    const Response response = test.post("/cds-services/proviso-policy-check", order_sign({order}).dump());
    CHECK(response.status == 400);
    CHECK(Json::parse(response.body)["resourceType"] == "OperationOutcome");
  }
  CHECK(test.keeper.entries.empty());
  order["subject"]["reference"] = "https://ehr.example.org/fhir/Patient/1288992/_history/7";
  CHECK(test.hook(order_sign({order}))["cards"].size() == 1);
}
