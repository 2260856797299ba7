#include <catch2/catch.hpp>

#include "../service_support/service_under_test.hpp"

using namespace proviso::service;
using Json = nlohmann::json;

namespace {

Json without(Json record, const std::string& pointer) {
  const Json::json_pointer place(pointer);
  record.at(place.parent_pointer()).erase(place.back());
  return record;
}

}  // namespace

TEST_CASE("without its BMI a referral is asked for it; with it, it is approved and has a code", "[api]") {
  ServiceUnderTest test;
  const Json incomplete = without(approved_referral(), "/patient/bmi");
  const Response asked = test.post("/v1/needs", incomplete.dump());
  REQUIRE(asked.status == 200);
  const Json needs = Json::parse(asked.body);
  CHECK(needs["outcome"] == "information needed");
  REQUIRE(needs["needs"].size() == 1);
  CHECK(needs["needs"][0]["fact"] == "patient.bmi");
  CHECK(needs["needs"][0]["ask"] == "What is the patient's BMI, and when was it measured?");
  CHECK_FALSE(needs["needs"][0]["why"].empty());
  CHECK(test.keeper.entries.empty());

  const Response decided = test.post("/v1/decide", approved_referral().dump());
  REQUIRE(decided.status == 200);
  const Json result = Json::parse(decided.body);
  CHECK(result["id"] == "R-9101");
  CHECK(result["outcome"] == "approve");
  REQUIRE(result["authorisations"].size() == 1);
  const Json& authorisation = result["authorisations"][0];
  CHECK(authorisation["policy"] == "england.ebi.breast_reduction");
  CHECK(authorisation["place"] == "SouthSefton");
  CHECK(authorisation["valid_from"] == "2023-06-01");
  CHECK(authorisation["valid_to"] == "2024-05-31");  // twelve months from the day of the approval
  CHECK(authorisation["bound"] == Json::parse(R"({"procedure": "B31.1", "provider": "REM", "side": "both"})"));
  REQUIRE(test.keeper.entries.size() == 1);
  CHECK(result["decision"] == test.keeper.entries[0].id);
}

TEST_CASE("whatever text the id is, the answer and what is kept are JSON", "[api]") {
  ServiceUnderTest test(Access::open(), true);
  for (const std::string id :
       {"", "null", "record", "\"record\": ", ", \"record\": \"", "\\", "{\"id\": \"\"}", "\xc3\xa9\n"}) {
    INFO(id);
    Json referral = approved_referral();
    referral["id"] = id;
    const Json result = Json::parse(test.post("/v1/decide", referral.dump()).body);
    CHECK(result["id"] == (id.empty() ? Json() : Json(id)));
    CHECK(result["record"] == "Referral");
    const Json kept = Json::parse(test.keeper.entries.back().result);
    CHECK(kept["outcome"] == "approve");
    CHECK_FALSE(kept.contains("id"));
  }
  CHECK(Json::parse(test.post("/v1/decide", "{}").body)["id"].is_null());
}

TEST_CASE("a policy that only has a threshold gives no code", "[api]") {
  ServiceUnderTest test;
  Json referral = approved_referral();
  referral["commissioner"] = "Lewisham";
  const Json result = Json::parse(test.post("/v1/decide", referral.dump()).body);
  CHECK(result["outcome"] == "approve");
  CHECK(result["authorisations"].empty());
}

TEST_CASE("asking twice gives the same code, and another referral another", "[api]") {
  ServiceUnderTest test;
  const auto code = [&](const Json& referral) {
    return Json::parse(test.post("/v1/decide", referral.dump()).body)["authorisations"][0]["code"].get<std::string>();
  };
  const std::string first = code(approved_referral());
  CHECK(code(approved_referral()) == first);
  Json other = approved_referral();
  other["id"] = "R-9102";
  CHECK(code(other) != first);
  CHECK(test.keeper.entries.size() == 3);
}

TEST_CASE("what was done before it was approved has a retrospective authorisation from that day", "[api]") {
  ServiceUnderTest test;
  Json referral = approved_referral();
  referral["treated"] = "2023-05-20";
  const Json result = Json::parse(test.post("/v1/decide", referral.dump()).body);
  CHECK(result["authorisations"][0]["retrospective"] == true);
  CHECK(result["authorisations"][0]["valid_from"] == "2023-05-20");
  CHECK(result["authorisations"][0]["valid_to"] == "2024-05-31");
}

TEST_CASE("a batch has one result for each record, in order, whether it could be read or not", "[api]") {
  ServiceUnderTest test;
  Json mistyped = approved_referral();
  mistyped["patient"]["bmi"] = "heavy";
  const Json batch = {approved_referral(), mistyped, without(approved_referral(), "/patient/bmi")};
  const Json results = Json::parse(test.post("/v1/decide", batch.dump()).body);
  REQUIRE(results.size() == 3);
  CHECK(results[0]["outcome"] == "approve");
  CHECK(results[1]["error"]["field"] == "patient.bmi");
  CHECK(results[2]["outcome"] == "information needed");
  CHECK(test.keeper.entries.size() == 2);
}

TEST_CASE("lines of JSON are answered in lines", "[api]") {
  ServiceUnderTest test;
  Request request;
  request.method = "POST";
  request.path = "/v1/decide";
  request.headers["content-type"] = "application/x-ndjson";
  request.body = approved_referral().dump() + "\n{\n" + approved_referral().dump() + "\n";
  const Response response = test.ask(std::move(request));
  CHECK(response.content_type == "application/x-ndjson");
  std::istringstream lines(response.body);
  std::vector<Json> results;
  for (std::string line; std::getline(lines, line);) results.push_back(Json::parse(line));
  REQUIRE(results.size() == 3);
  CHECK(results[1].contains("error"));
  CHECK(results[2]["outcome"] == "approve");
}

TEST_CASE("no lines are answered with none", "[api]") {
  ServiceUnderTest test;
  Request request;
  request.method = "POST";
  request.path = "/v1/decide";
  request.headers["content-type"] = "application/x-ndjson";
  const Response response = test.ask(std::move(request));
  CHECK(response.status == 200);
  CHECK(response.content_type == "application/x-ndjson");
  CHECK(response.body.empty());
  CHECK(test.post("/v1/decide", "[]").body == "[]");
}

TEST_CASE("what cannot be read is said, and not kept", "[api]") {
  ServiceUnderTest test;
  for (const std::string body :
       {"", "{", "null", "7", "\"text\"", "{\"id\": 7, \"id\": 8}", "\xff", "{\"referred\": 5}"}) {
    INFO(body);
    const Response response = test.post("/v1/decide", body);
    CHECK(response.status == 422);
    CHECK(Json::parse(response.body)["error"].contains("message"));
  }
  CHECK(test.keeper.entries.empty());
  CHECK(test.post("/v1/decide", "{}", {{"record", "Nothing"}}).status == 400);
}

TEST_CASE("where the register cannot keep a decision there is none", "[api]") {
  ServiceUnderTest test;
  test.keeper.broken = "the disk is full";
  const Response response = test.post("/v1/decide", approved_referral().dump());
  CHECK(response.status == 503);
  CHECK(response.body.find("approve") == std::string::npos);
  CHECK(test.logged.find("the disk is full") != std::string::npos);
  CHECK(test.get("/healthz").status == 503);
}

TEST_CASE("a fact that was not read is not kept, and no identifier is", "[api]") {
  ServiceUnderTest test;
  Json referral = approved_referral();
  referral["hearing"] = {{"hearing_level", 30}};
  test.post("/v1/decide", referral.dump());
  REQUIRE(test.keeper.entries.size() == 1);
  const LogEntry& entry = test.keeper.entries[0];
  const Json facts = Json::parse(entry.facts);
  CHECK(facts["patient"]["bmi"]["value"] == 25.4);
  CHECK_FALSE(facts.contains("hearing"));
  CHECK_FALSE(facts.contains("id"));
  for (const std::string& text : {entry.facts, entry.result, entry.referral, entry.patient, test.logged}) {
    CHECK(text.find("9990000018") == std::string::npos);
    CHECK(text.find("R-9101") == std::string::npos);
  }
  CHECK(entry.referral.rfind("hmac-sha256:", 0) == 0);
  CHECK(entry.patient.rfind("hmac-sha256:", 0) == 0);
}

TEST_CASE("identifiers are kept where that was asked for", "[api]") {
  ServiceUnderTest test(Access::open(), true);
  test.post("/v1/decide", approved_referral().dump());
  CHECK(test.keeper.entries[0].referral == "R-9101");
  CHECK(test.keeper.entries[0].patient == "9990000018");
  CHECK(test.keeper.authorisations[0].bound.find("9990000018") != std::string::npos);
}

TEST_CASE("the facts that were kept decide the same again", "[api]") {
  ServiceUnderTest test;
  std::vector<Json> referrals{approved_referral(),
                              without(approved_referral(), "/patient/bmi"),
                              without(approved_referral(), "/commissioner"),
                              without(approved_referral(), "/referred"),
                              without(approved_referral(), "/procedure"),
                              Json::object()};
  Json emergency = approved_referral();
  emergency["emergency"] = true;
  referrals.push_back(emergency);
  for (const Json& referral : referrals) {
    INFO(referral.dump());
    test.post("/v1/decide", referral.dump());
    const LogEntry first = test.keeper.entries.back();
    test.post("/v1/decide", first.facts);
    CHECK(test.keeper.entries.back().result == first.result);
  }
}
