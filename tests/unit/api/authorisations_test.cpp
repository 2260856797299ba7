#include <catch2/catch.hpp>

#include "../../folder.hpp"
#include "../service_support/service_under_test.hpp"
#include "../service_support/two_policies.hpp"

using namespace proviso::service;
using Json = nlohmann::json;

namespace {

std::string issue(ServiceUnderTest& test) {
  test.post("/v1/decide", approved_referral().dump());
  return test.keeper.authorisations.back().code;
}

}  // namespace

TEST_CASE("an authorisation is issued where the record is approved, and not where another policy stands against it",
          "[api]") {
  const proviso::Folder folder;
  folder.write("two.policy", hips_of_two_policies);
  ServiceUnderTest test(Access::open(), false, folder.path());
  Json referral = Json::parse(
      R"({"id": "r1", "referred": "2023-05-16", "commissioner": "North", "procedure": "W37.1", "bmi": 30})");
  const auto decided = [&] { return Json::parse(test.post("/v1/decide", referral.dump()).body); };
  CHECK(decided()["outcome"] == "information needed");
  CHECK(decided()["authorisations"].empty());
  referral["smoker"] = true;
  CHECK(decided()["outcome"] == "refuse");
  CHECK(decided()["authorisations"].empty());
  CHECK(test.keeper.authorisations.empty());
  referral["smoker"] = false;
  const Json approved = decided();
  CHECK(approved["outcome"] == "approve");
  REQUIRE(approved["authorisations"].size() == 1);
  CHECK(approved["authorisations"][0]["policy"] == "two.hips");
}

TEST_CASE("an authorisation is used as often as it may be, and the same use counts once", "[api]") {
  ServiceUnderTest test;
  const std::string path = "/v1/authorisations/" + issue(test);
  CHECK(Json::parse(test.get(path).body)["state"] == "valid");
  const Response used = test.post(path + "/use", R"({"reference": "spell 5001"})");
  REQUIRE(used.status == 200);
  CHECK(Json::parse(used.body)["state"] == "used");
  CHECK(test.post(path + "/use", R"({"reference": "spell 5001"})").status == 200);
  const Response again = test.post(path + "/use", R"({"reference": "spell 5002"})");
  CHECK(again.status == 409);
  CHECK(Json::parse(again.body)["error"]["code"] == "used");
}

TEST_CASE("a withdrawn authorisation is told apart from an expired one", "[api]") {
  ServiceUnderTest test;
  const std::string path = "/v1/authorisations/" + issue(test);
  test.today = "2024-06-01";
  CHECK(Json::parse(test.get(path).body)["state"] == "expired");
  CHECK(Json::parse(test.post(path + "/use", R"({"reference": "a"})").body)["error"]["code"] == "expired");
  test.today = "2023-06-02";
  const Json withdrawn = Json::parse(test.post(path + "/withdraw", R"({"reason": "the patient moved away"})").body);
  CHECK(withdrawn["state"] == "withdrawn");
  CHECK(withdrawn["events"].back()["reason"] == "the patient moved away");
  CHECK(Json::parse(test.post(path + "/use", R"({"reference": "a"})").body)["error"]["code"] == "withdrawn");
}

TEST_CASE("a slip in a code is told apart from a code that there is not", "[api]") {
  ServiceUnderTest test;
  std::string code = issue(test);
  CHECK(test.get("/v1/authorisations/" + new_code()).status == 404);
  CHECK(Json::parse(test.get("/v1/authorisations/" + new_code()).body)["error"]["code"] == "not_found");
  code[5] = code[5] == '7' ? '8' : '7';
  CHECK(Json::parse(test.get("/v1/authorisations/" + code).body)["error"]["code"] == "mistyped_code");
}

TEST_CASE("a change wants its one member", "[api]") {
  ServiceUnderTest test;
  const std::string path = "/v1/authorisations/" + issue(test);
  for (const std::string body :
       {"", "{}", "[]", "{", R"({"reference": ""})", R"({"reference": 7})", R"({"reference": "a", "more": "b"})",
        R"({"reason": "a"})", R"({"reference": "a", "reference": "b"})", R"({"reference": {}, "reference": "b"})"}) {
    INFO(body);
    CHECK(test.post(path + "/use", body).status == 400);
  }
  CHECK(test.post(path + "/use", R"({"reference": ")" + std::string(201, 'x') + "\"}").status == 400);
}

TEST_CASE("a reference or reason has at most 200 characters, however many bytes they are") {
  ServiceUnderTest test;
  const std::string path = "/v1/authorisations/" + issue(test);
  std::string reason;
  for (int i = 0; i < 200; ++i) reason += "\xC3\xA9";
  CHECK(test.post(path + "/withdraw", Json({{"reason", reason + "\xC3\xA9"}}).dump()).status == 400);
  const Response withdrawn = test.post(path + "/withdraw", Json({{"reason", reason}}).dump());
  REQUIRE(withdrawn.status == 200);
  CHECK(Json::parse(withdrawn.body)["events"].back()["reason"] == reason);
}

TEST_CASE("a reference or reason with a NUL in it is refused, in whatever the register is kept", "[api]") {
  ServiceUnderTest test;
  const std::string path = "/v1/authorisations/" + issue(test);
  const Response used = test.post(path + "/use", R"({"reference": "spell\u00005001"})");
  CHECK(used.status == 400);
  CHECK(used.body.find("without NUL characters") != std::string::npos);
  CHECK(test.post(path + "/withdraw", R"({"reason": "moved\u0000away"})").status == 400);
  CHECK(Json::parse(test.get(path).body)["state"] == "valid");
}
