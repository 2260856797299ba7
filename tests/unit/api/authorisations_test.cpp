#include <catch2/catch.hpp>

#include "../service_support/service_under_test.hpp"

using namespace proviso::service;
using Json = nlohmann::json;

namespace {

std::string issue(ServiceUnderTest& test) {
  test.post("/v1/decide", approved_referral().dump());
  return test.keeper.authorisations.back().code;
}

}  // namespace

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
  for (const std::string body : {"", "{}", "[]", "{", R"({"reference": ""})", R"({"reference": 7})",
                                 R"({"reference": "a", "more": "b"})", R"({"reason": "a"})"}) {
    INFO(body);
    CHECK(test.post(path + "/use", body).status == 400);
  }
  CHECK(test.post(path + "/use", R"({"reference": ")" + std::string(201, 'x') + "\"}").status == 400);
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
