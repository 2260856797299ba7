#include <catch2/catch.hpp>

#include <set>

#include "../service_support/conforms.hpp"
#include "../service_support/service_under_test.hpp"
#include "service/api/openapi.hpp"

using namespace proviso::service;
using Json = nlohmann::json;

namespace {

const Json& description() {
  static const Json parsed = Json::parse(openapi_description());
  return parsed;
}

/// Why the answer is not as described; empty where it is.
std::string misfit(const std::string& pattern, const std::string& method, const Response& response) {
  const Json& responses = description()["paths"][pattern][method]["responses"];
  const std::string status = std::to_string(response.status);
  if (!responses.contains(status)) return status + " is not described: " + response.body;
  const std::string type = response.content_type.substr(0, response.content_type.find(';'));
  if (!responses[status]["content"].contains(type)) return type + " is not described";
  if (type != "application/json") return "";
  return proviso::service::misfit(description(), responses[status]["content"][type]["schema"],
                                  Json::parse(response.body));
}

}  // namespace

TEST_CASE("every route is described, and nothing else is", "[api]") {
  ServiceUnderTest test;
  std::set<std::pair<std::string, std::string>> routes;
  for (const Route& route : test.service->routes()) {
    routes.emplace(route.pattern, route.method == "GET" ? "get" : "post");
  }
  std::set<std::pair<std::string, std::string>> described;
  for (const auto& [pattern, methods] : description()["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) described.emplace(pattern, method);
  }
  CHECK(routes == described);
}

TEST_CASE("answers are as they are described", "[api]") {
  ServiceUnderTest test;
  const std::string referral = approved_referral().dump();
  CHECK(misfit("/v1/decide", "post", test.post("/v1/decide", referral)) == "");
  CHECK(misfit("/v1/decide", "post", test.post("/v1/decide", "[" + referral + ", 7]")) == "");
  CHECK(misfit("/v1/decide", "post", test.post("/v1/decide", "7")) == "");
  CHECK(misfit("/v1/decide", "post", test.post("/v1/decide", "{}", {{"record", "None"}})) == "");
  CHECK(misfit("/v1/needs", "post", test.post("/v1/needs", "{}")) == "");
  CHECK(misfit("/v1/needs", "post", test.post("/v1/needs", referral)) == "");
  CHECK(misfit("/v1/needs", "post", test.post("/v1/needs", "[]")) == "");
  const std::string code = test.keeper.authorisations.at(0).code;
  const std::string one = "/v1/authorisations/{code}";
  CHECK(misfit(one, "get", test.get("/v1/authorisations/" + code)) == "");
  CHECK(misfit(one, "get", test.get("/v1/authorisations/x")) == "");
  CHECK(misfit(one + "/use", "post", test.post("/v1/authorisations/" + code + "/use", R"({"reference": "a"})")) == "");
  CHECK(misfit(one + "/use", "post", test.post("/v1/authorisations/" + code + "/use", R"({"reference": "b"})")) == "");
  CHECK(misfit(one + "/use", "post", test.post("/v1/authorisations/" + code + "/use", "")) == "");
  CHECK(misfit(one + "/withdraw", "post",
               test.post("/v1/authorisations/" + code + "/withdraw", R"({"reason": "a"})")) == "");
  const std::string entry = test.keeper.entries.at(0).id;
  CHECK(misfit("/v1/decisions/{decision}", "get", test.get("/v1/decisions/" + entry)) == "");
  CHECK(misfit("/v1/decisions/{decision}", "get", test.get("/v1/decisions/none")) == "");
  CHECK(misfit("/v1/policies", "get", test.get("/v1/policies")) == "");
  const std::string name = "england.ebi.breast_reduction";
  const std::string policy = "/v1/policies/{policy}";
  CHECK(misfit(policy, "get", test.get("/v1/policies/" + name)) == "");
  CHECK(misfit(policy, "get", test.get("/v1/policies/" + name, {{"in", "01T"}, {"on", "2023-05-16"}})) == "");
  CHECK(misfit(policy, "get", test.get("/v1/policies/" + name, {{"format", "text"}})) == "");
  CHECK(misfit(policy, "get", test.get("/v1/policies/" + name, {{"in", "Nowhere"}})) == "");
  CHECK(misfit(policy, "get", test.get("/v1/policies/" + name, {{"on", "May"}})) == "");
  CHECK(misfit(policy, "get", test.get("/v1/policies/none")) == "");
  CHECK(misfit(policy + "/history", "get", test.get("/v1/policies/" + name + "/history")) == "");
  CHECK(misfit(policy + "/history", "get", test.get("/v1/policies/none/history")) == "");
  CHECK(misfit("/v1/reload", "post", test.post("/v1/reload", "")) == "");
  CHECK(misfit("/healthz", "get", test.get("/healthz")) == "");
  CHECK(misfit("/metrics", "get", test.get("/metrics")) == "");
  CHECK(misfit("/openapi.json", "get", test.get("/openapi.json")) == "");
  test.keeper.broken = "away";
  CHECK(misfit("/v1/decide", "post", test.post("/v1/decide", referral)) == "");
  CHECK(misfit("/v1/decisions/{decision}", "get", test.get("/v1/decisions/" + entry)) == "");
  CHECK(misfit(one, "get", test.get("/v1/authorisations/" + code)) == "");
  CHECK(misfit("/healthz", "get", test.get("/healthz")) == "");
}

TEST_CASE("the counts are in the form that Prometheus reads, and hold nothing of a patient", "[api]") {
  ServiceUnderTest test;
  test.post("/v1/decide", approved_referral().dump());
  test.get("/v1/authorisations/" + test.keeper.authorisations.at(0).code);
  const std::string text = test.get("/metrics").body;
  CHECK(text.find("proviso_decisions_total{record=\"Referral\",outcome=\"approve\"} 1\n") != std::string::npos);
  CHECK(text.find("route=\"/v1/authorisations/{code}\",status=\"200\"} 1\n") != std::string::npos);
  CHECK(text.find("999") == std::string::npos);
  CHECK(text.find(test.keeper.authorisations.at(0).code) == std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    const bool comment = line.rfind("# HELP ", 0) == 0 || line.rfind("# TYPE ", 0) == 0;
    const std::size_t blank = line.rfind(' ');
    CHECK((comment ||
           (blank != std::string::npos && line.find_first_not_of("0123456789.e-", blank + 1) == std::string::npos)));
  }
}
