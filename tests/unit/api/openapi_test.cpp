#include <catch2/catch.hpp>

#include <set>

#include "../service_support/conforms.hpp"
#include "../service_support/service_under_test.hpp"
#include "service/api/openapi.hpp"
#include "service/cds/cds.hpp"

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
  if (type.empty()) return responses[status].contains("content") ? "there is nothing" : "";
  if (!responses[status].contains("content") || !responses[status]["content"].contains(type)) {
    return type + " is not described";
  }
  if (type != "application/json" && type != "application/fhir+json") return "";
  return proviso::service::misfit(description(), responses[status]["content"][type]["schema"],
                                  Json::parse(response.body));
}

/// With the routes for clinical systems.
void add_hooks(ServiceUnderTest& test) {
  auto routes = cds_routes(*test.service, {"https://checks.example.org", ""});
  if (!routes) FAIL(routes.error());
  test.service->add(std::move(*routes));
}

/// The call of a hook on the order in an example, signed.
Json signed_order(const std::string& name) {
  return {{"hook", "order-sign"},
          {"hookInstance", "4e0a3a1e-3283-4575-ab82-028d55fe2719"},
          {"context", {{"userId", "Practitioner/1"}, {"patientId", "patient-1"}, {"draftOrders", fhir_example(name)}}}};
}

}  // namespace

TEST_CASE("every route is described, and nothing else is", "[api]") {
  ServiceUnderTest test;
  add_hooks(test);
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
  Json misspelt = approved_referral();
  misspelt["cancr"] = true;
  CHECK(misfit("/v1/decide", "post", test.post("/v1/decide", misspelt.dump())) == "");
  // A number is no id here, and is said as it was given.
  CHECK(misfit("/v1/decide", "post", test.post("/v1/decide", R"({"id": 17})")) == "");
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

TEST_CASE("answers on resources of FHIR are as they are described", "[api]") {
  ServiceUnderTest test;
  const std::string complete = fhir_example("hip_replacement").dump();
  for (const std::string path : {"/v1/decide", "/v1/needs", "/v1/questionnaire"}) {
    INFO(path);
    for (const std::string& body : {complete, fhir_example("hip_replacement_without_bmi").dump(), std::string("{}")}) {
      CHECK(misfit(path, "post", test.post_fhir(path, body)) == "");
    }
    CHECK(misfit(path, "post", test.post(path, complete)) == "");
    CHECK(misfit(path, "post", test.post(path, complete, {}, "", "application/fhir+xml")) == "");
    CHECK(misfit(path, "post", test.post(path, "7")) == "");
    CHECK(misfit(path, "post", test.post(path, "{}", {{"record", "None"}})) == "");
  }
  // Everything that may be asked, lists and places among it.
  CHECK(misfit("/v1/questionnaire", "post", test.post("/v1/questionnaire", "{}")) == "");
  CHECK(misfit("/v1/questionnaire", "post",
               test.post("/v1/questionnaire", R"({"referred": "2019-10-15", "procedure": "F34.1"})")) == "");
}

TEST_CASE("answers to clinical systems are as they are described", "[api]") {
  ServiceUnderTest test;
  add_hooks(test);
  const std::string one = "/cds-services/{service}";
  const std::string check = "/cds-services/proviso-policy-check";
  const std::string card =
      R"("card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", "outcomeTimestamp": "2023-06-01T10:05:31Z")";
  const std::string feedback = R"({"feedback": [{"outcome": "overridden", )" + card + "}]}";
  CHECK(misfit("/cds-services", "get", test.get("/cds-services")) == "");
  for (const char* const name : {"hip_replacement", "hip_replacement_without_bmi", "tonsillectomy"}) {
    const Response answer = test.post(check, signed_order(name).dump());
    INFO(answer.body);
    CHECK_FALSE(Json::parse(answer.body)["cards"].empty());
    CHECK(misfit(one, "post", answer) == "");
  }
  Json refused = signed_order("hip_replacement");
  for (Json& entry : refused["context"]["draftOrders"]["entry"]) {
    Json& resource = entry["resource"];
    if (resource["id"] == "bmi-2019") resource["valueQuantity"]["value"] = 46;
  }
  const Response refusal = test.post(check, refused.dump());
  CHECK(refusal.body.find("overrideReasons") != std::string::npos);
  CHECK(misfit(one, "post", refusal) == "");
  CHECK(misfit(one, "post", test.post(check, "{}")) == "");
  CHECK(misfit(one, "post", test.post("/cds-services/none", "{}")) == "");
  Json bare = signed_order("hip_replacement");
  bare["context"]["draftOrders"] = {{"resourceType", "Bundle"},
                                    {"entry", {{{"resource", {{"resourceType", "ServiceRequest"}, {"id", "1"}}}}}}};
  const Response nothing = test.post(check, bare.dump());
  CHECK(nothing.status == 412);
  CHECK(misfit(one, "post", nothing) == "");
  CHECK(misfit(one + "/feedback", "post", test.post(check + "/feedback", feedback)) == "");
  CHECK(misfit(one + "/feedback", "post", test.post(check + "/feedback", "{}")) == "");
  CHECK(misfit(one + "/feedback", "post", test.post("/cds-services/none/feedback", feedback)) == "");
  test.keeper.broken = "away";
  CHECK(misfit(one, "post", test.post(check, signed_order("hip_replacement").dump())) == "");
  CHECK(misfit(one + "/feedback", "post", test.post(check + "/feedback", feedback)) == "");
}

TEST_CASE("whoever has no token, or one for something else, is answered as described", "[api]") {
  const std::string digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";  // of `test`
  ServiceUnderTest test(*Access::read("verify someone " + digest));
  add_hooks(test);
  for (const Route& route : test.service->routes()) {
    if (route.role == Role::anyone) continue;
    INFO(route.method << ' ' << route.pattern);
    for (const std::string token : {"", "test"}) {
      Request request;
      request.method = route.method;
      request.path = route.pattern;
      if (!token.empty()) request.headers["authorization"] = "Bearer " + token;
      const Response answer = test.ask(std::move(request));
      if (route.role != Role::verify || token.empty()) CHECK(answer.status == (token.empty() ? 401 : 403));
      CHECK(misfit(route.pattern, route.method == "GET" ? "get" : "post", answer) == "");
    }
  }
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
