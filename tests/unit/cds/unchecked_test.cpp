#include <catch2/catch.hpp>

#include <algorithm>

#include "hook_service.hpp"

using namespace cds_test;

TEST_CASE("an order that is taken back, or is not to be, is told so where its code is known") {
  struct Unused {
    const char* member;
    Json value;
    std::string why;
  };
  const std::vector<Unused> all = {
      {"status", "entered-in-error", "is `entered-in-error`"},
      {"status", "revoked", "is `revoked`"},
      {"doNotPerform", true, "says what is not to be done"},
  };
  for (const Unused& each : all) {
    INFO(each.why);
    HookService test;
    Json order = service_request("W37.1");
    order[each.member] = each.value;
    std::string plain = each.why;
    plain.erase(std::remove(plain.begin(), plain.end(), '`'), plain.end());
    Json call = order_sign({order});
    const Json answer = test.hook(call);
    const Json& card = only_card(answer);
    CHECK(card["summary"] == "Order not checked against the funding policies: it " + plain);
    CHECK(contains(card["detail"], "The order " + each.why + ", so nothing that it says was used. "));
    CHECK_FALSE(contains(card.dump(), "code that"));
    CHECK_FALSE(answer.contains("systemActions"));
    CHECK(test.keeper.entries.empty());
    // Without a prefetch too: a code is not what it lacks.
    call.erase("prefetch");
    CHECK(only_card(test.hook(call))["summary"] == card["summary"]);
  }
}

TEST_CASE("a call with a member twice is not decided: which of both is meant is not known") {
  HookService test;
  const std::string good = order_sign({service_request("W37.1")}).dump();
  const std::vector<std::pair<std::string, std::string>> twice = {
      {R"("hook":)", R"("hook":"order-select",)"},
      {R"("patientId":)", R"("patientId":"2",)"},
      {R"("draftOrders":{)", R"("draftOrders":{},)"},
      {R"("entry":)", R"("entry":[],)"},
      {R"("resource":)", R"("resource":{},)"},
      {R"("prefetch":{)", R"("prefetch":{},)"},
      {R"("observation_patient_bmi":)", R"("observation_patient_bmi":null,)"},
  };
  for (const auto& [member, before] : twice) {
    INFO(member);
    std::string body = good;
    REQUIRE(body.find(member) != std::string::npos);
    body.insert(body.find(member), before);
    const Response response = test.post("/cds-services/proviso-policy-check", body);
    CHECK(response.status == 400);
    CHECK(contains(response.body, "has a member twice"));
  }
  CHECK(test.keeper.entries.empty());
}
