#include <catch2/catch.hpp>

#include "../service_support/service_under_test.hpp"

using namespace proviso::service;

TEST_CASE("a token does what its roles say", "[api]") {
  const auto access = Access::read("# who may what\nsubmit practice " + token_digest("green") +
                                   "\nverify,administer trust " + token_digest("blue") + "\n");
  REQUIRE(access.has_value());
  ServiceUnderTest test(*access);
  const std::string referral = approved_referral().dump();
  CHECK(test.post("/v1/decide", referral).status == 401);
  CHECK(test.post("/v1/decide", referral, {}, "red").status == 401);
  CHECK(test.post("/v1/decide", referral, {}, "blue").status == 403);
  CHECK(test.post("/v1/decide", referral, {}, "green").status == 200);
  CHECK(test.keeper.entries.at(0).by == "practice");
  const std::string code = test.keeper.authorisations.at(0).code;
  CHECK(test.get("/v1/authorisations/" + code).status == 401);
  CHECK(test.get("/v1/authorisations/" + code, {}, "green").status == 403);
  CHECK(test.get("/v1/authorisations/" + code, {}, "blue").status == 200);
  CHECK(test.get("/v1/decisions/" + test.keeper.entries.at(0).id, {}, "green").status == 403);
  CHECK(test.get("/healthz").status == 200);
}

TEST_CASE("the scheme of a token may be written in letters of any case", "[api]") {
  const auto access = Access::read("submit practice " + token_digest("green") + "\n");
  REQUIRE(access.has_value());
  for (const std::string scheme : {"Bearer ", "bearer ", "BEARER "}) {
    INFO(scheme);
    CHECK(access->caller(scheme + "green").name == "practice");
    CHECK(access->caller(scheme + "Green").roles == 0);
  }
  for (const std::string scheme : {"", "Basic ", "bearer"}) {
    INFO(scheme);
    CHECK(access->caller(scheme + "green").roles == 0);
  }
}

TEST_CASE("a file of tokens that is not one is said with its line", "[api]") {
  const std::string digest = token_digest("green");
  const std::pair<std::string, std::string> faults[] = {
      {"", "there is no token"},
      {"# nothing\n", "there is no token"},
      {"owner practice " + digest, "line 1: roles are"},
      {"submit, practice " + digest, ""},
      {"\nsubmit practice green", "line 2: expected roles"},
      {"submit " + digest, "line 1: expected roles"},
      {"submit practice " + digest + " and more", "something after"},
      {"submit a " + digest + "\nverify b " + digest, "line 2: another line"},
  };
  for (const auto& [text, message] : faults) {
    INFO(text);
    const auto access = Access::read(text);
    if (message.empty()) {
      CHECK(access.has_value());
      continue;
    }
    REQUIRE_FALSE(access.has_value());
    CHECK(access.error().find(message) != std::string::npos);
  }
}

TEST_CASE("addresses and methods that there are not are said", "[api]") {
  ServiceUnderTest test;
  CHECK(test.get("/").status == 404);
  CHECK(test.get("/v1/authorisations/").status == 404);
  CHECK(test.get("/v1/decisions/none").status == 404);
}

TEST_CASE("a method that is not for an address is told which are", "[api]") {
  ServiceUnderTest test;
  const auto allowed = [](const Response& response) {
    CHECK(response.status == 405);
    for (const auto& [name, value] : response.headers) {
      if (name == "Allow") return value;
    }
    return std::string();
  };
  CHECK(allowed(test.get("/v1/decide")) == "POST, OPTIONS");
  CHECK(allowed(test.post("/v1/policies", "{}")) == "GET, HEAD, OPTIONS");
  CHECK(allowed(test.get("/v1/authorisations/x/use")) == "POST, OPTIONS");
  CHECK(test.get("/v1/nothing").headers.empty());
}

TEST_CASE("a browser may call from the pages that were named", "[api]") {
  ServiceUnderTest test;
  Request request;
  request.method = "OPTIONS";
  request.path = "/v1/decide";
  request.headers["origin"] = "https://records.example";
  CHECK(test.ask(request).headers == std::vector<std::pair<std::string, std::string>>{{"Allow", "POST, OPTIONS"}});
}

TEST_CASE("which methods an address is for is told who asks, and that there is no such address", "[api]") {
  ServiceUnderTest test;
  const auto asked = [&](const char* method, const char* path) {
    Request request;
    request.method = method;
    request.path = path;
    const Response response = test.ask(std::move(request));
    std::string told = std::to_string(response.status);
    for (const auto& [name, value] : response.headers) told += " " + name + ": " + value;
    return told;
  };
  CHECK(asked("OPTIONS", "/v1/decide") == "204 Allow: POST, OPTIONS");
  CHECK(asked("OPTIONS", "/healthz") == "204 Allow: GET, HEAD, OPTIONS");
  CHECK(asked("OPTIONS", "*") == "204 Allow: GET, HEAD, POST, OPTIONS");
  CHECK(asked("OPTIONS", "/v1/nothing") == "404");
  // What HTTP knows is not for this address; what it does not know is for none.
  CHECK(asked("DELETE", "/v1/decide") == "405 Allow: POST, OPTIONS");
  CHECK(asked("FOO", "/v1/decide") == "501");
  CHECK(asked("get", "/healthz") == "501");
}
