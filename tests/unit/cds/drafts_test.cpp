#include <catch2/catch.hpp>

#include "hook_service.hpp"

using namespace cds_test;

namespace {

constexpr const char* check_address = "https://checks.example.org/check";

/// The name of the draft in the first link of a card; empty where it has none.
std::string draft_of(const Json& card) {
  const std::string url = card["links"][0]["url"];
  const std::string start = std::string(check_address) + "?draft=";
  if (url == check_address) return {};
  INFO(url);
  REQUIRE(url.rfind(start, 0) == 0);
  REQUIRE(is_draft_name(url.substr(start.size())));
  return url.substr(start.size());
}

Json record_of(HookService& test, const std::string& draft) {
  const auto record = test.service->drafts().find(draft);
  REQUIRE(record);
  return Json::parse(*record);
}

Json without_bmi(Json call) {
  call["prefetch"].erase("observation_patient_bmi");
  return call;
}

}  // namespace

TEST_CASE("the links of a card lead on with what is known of the order") {
  for (const bool signing : {true, false}) {
    HookService test;
    const Json call = signing ? order_sign({service_request("W37.1")})
                              : order_select({service_request("W37.1")}, {"ServiceRequest/sr1"});
    const Json answer = test.hook(without_bmi(call));
    REQUIRE(answer["cards"].size() == 1);
    const Json& card = answer["cards"][0];
    CHECK(card["links"][0]["label"] == "Answer the remaining questions");
    const std::string draft = draft_of(card);
    const Json record = record_of(test, draft);
    CHECK(record["procedure"].dump().find("W37.1") != std::string::npos);
    CHECK(record["patient"]["nhs_number"] == sentinel_nhs_number);
    CHECK(record["patient"]["pain"] == true);
    CHECK_FALSE(record["patient"].contains("bmi"));
    CHECK_FALSE(record["id"].get<std::string>().empty());
    // The task for later leads to the same draft.
    CHECK(card["suggestions"][0]["actions"][0]["resource"]["input"][0]["valueUrl"] == card["links"][0]["url"]);
    CHECK(test.service->drafts().count() == 1);
  }
}

TEST_CASE("each order has a draft of its own, and one that nobody is told of has none") {
  HookService test;
  const Json answer = test.hook(without_bmi(
      order_sign({service_request("W37.1", "sr1"), service_request("F34.1", "sr2"), service_request("X99.1", "sr3")})));
  REQUIRE(answer["cards"].size() == 2);
  const std::string first = draft_of(answer["cards"][0]);
  const std::string second = draft_of(answer["cards"][1]);
  CHECK(first != second);
  CHECK(record_of(test, first)["procedure"] != record_of(test, second)["procedure"]);
  CHECK(test.service->drafts().count() == 2);
}

TEST_CASE("an order without a code leads to the question of what it is") {
  HookService test;
  Json order = service_request("W37.1");
  order.erase("code");
  const Json answer = test.hook(order_sign({order}));
  REQUIRE(answer["cards"].size() == 1);
  CHECK(record_of(test, draft_of(answer["cards"][0]))["patient"]["born"] == "1959-02-09");
}

TEST_CASE("who only wants to know leaves no draft behind") {
  HookService test;
  Json call = without_bmi(order_sign({service_request("W37.1")}));
  call["extension"]["davinci-crd.configuration"] = {{"coverage-info", false}};
  CHECK(draft_of(test.hook(call)["cards"][0]).empty());
  CHECK(test.service->drafts().count() == 0);
}

TEST_CASE("without an address of the service there are neither links nor drafts, and reasons have their system") {
  HookService test({"", ""});
  const Json answer = test.hook(without_bmi(order_sign({service_request("W37.1")})));
  const Json& card = answer["cards"][0];
  CHECK_FALSE(card.contains("links"));
  CHECK(test.service->drafts().count() == 0);
  REQUIRE(card["overrideReasons"].size() >= 3);
  for (const Json& reason : card["overrideReasons"]) {
    CHECK(reason["system"].get<std::string>().rfind("urn:uuid:", 0) == 0);
    CHECK_FALSE(reason["code"].get<std::string>().empty());
    CHECK_FALSE(reason["display"].get<std::string>().empty());
  }
}

TEST_CASE("an order too large for a draft is answered all the same") {
  HookService test;
  Json call = without_bmi(order_sign({service_request("W37.1", std::string(70'000, 'a'))}));
  const Json answer = test.hook(call);
  CHECK(draft_of(answer["cards"][0]).empty());
}
