#include <catch2/catch.hpp>

#include <set>

#include "hook_service.hpp"
#include "signer.hpp"

using namespace cds_test;

namespace {

Json discovered(HookService& test) {
  const Response response = test.ask("GET", "/cds-services");
  REQUIRE(response.status == 200);
  CHECK(response.content_type == "application/json");
  return Json::parse(response.body);
}

}  // namespace

TEST_CASE("the services are found, each with its hook and what it wants to be sent") {
  HookService test;
  const Json services = discovered(test)["services"];
  REQUIRE(services.size() == 3);
  std::set<std::string> hooks;
  for (const Json& service : services) {
    hooks.insert(service["hook"]);
    for (const char* name : {"id", "title", "description", "usageRequirements"}) {
      CHECK_FALSE(service[name].get<std::string>().empty());
    }
    const Json& prefetch = service["prefetch"];
    CHECK(prefetch["patient"] == "Patient/{{context.patientId}}");
    CHECK(prefetch["observation_patient_bmi"] ==
          "Observation?patient={{context.patientId}}&code=http://snomed.info/sct|60621009,http://loinc.org|39156-5"
          "&_sort=-date&_count=1");
    CHECK(prefetch["condition"] == "Condition?patient={{context.patientId}}&code=http://snomed.info/sct|57676002");
    CHECK(prefetch.contains("service_requests") == (service["hook"] == "appointment-book"));
    CHECK(service["extension"]["proviso.library"] == small_book()->library().digest);
    std::set<std::string> options;
    for (const Json& option : service["extension"]["davinci-crd.configuration-options"]) {
      options.insert(option["code"]);
      CHECK(option.contains("default"));
    }
    CHECK(options ==
          std::set<std::string>{"coverage-info", "not-funded", "information-needed", "approved", "max-cards"});
  }
  CHECK(hooks == std::set<std::string>{"order-sign", "order-select", "appointment-book"});
  CHECK(empty_in(services) == "");
}

TEST_CASE("a card on a signed order takes the place of the one when it was chosen: both services have one id") {
  HookService test;
  std::map<std::string, std::string> ids;
  const Json answer = discovered(test);
  for (const Json& service : answer["services"]) ids[service["hook"]] = service["id"];
  CHECK(ids["order-sign"] == ids["order-select"]);
  CHECK(ids["order-sign"] != ids["appointment-book"]);
}

TEST_CASE("without a mapping there are no services, and calls have no cards") {
  HookService test({"https://checks.example.org", ""}, Access::open(), small_book(false));
  CHECK(discovered(test) == Json::parse(R"({"services": []})"));
  CHECK(test.hook(order_sign({service_request("W37.1")})) == Json::parse(R"({"cards": []})"));
}

TEST_CASE("a service that does not know its own address gives no links") {
  HookService test({"", ""});
  Json call = order_sign({service_request("F34.1")});
  const Json answer = test.hook(call);
  REQUIRE(answer["cards"].size() == 1);
  CHECK_FALSE(answer["cards"][0].contains("links"));
  CHECK_FALSE(answer["cards"][0]["source"].contains("url"));
  CHECK(empty_in(answer) == "");
}

TEST_CASE("a browser of an allowed page may call all three routes, and no other") {
  HookService test;
  for (const char* path :
       {"/cds-services", "/cds-services/proviso-policy-check", "/cds-services/proviso-policy-check/feedback"}) {
    const auto asked = [&](const std::string& origin) {
      return test.ask("OPTIONS", path, "",
                      {{"origin", origin},
                       {"access-control-request-method", "POST"},
                       {"access-control-request-headers", "authorization,content-type"}});
    };
    const Response allowed = asked("https://sandbox.example.org");
    CHECK(allowed.status == 204);
    CHECK(allowed.content_type.empty());
    std::map<std::string, std::string> headers(allowed.headers.begin(), allowed.headers.end());
    CHECK(headers["Access-Control-Allow-Origin"] == "https://sandbox.example.org");
    CHECK(headers["Access-Control-Allow-Headers"] == "authorization, content-type");
    CHECK(headers["Access-Control-Allow-Methods"].find("POST") != std::string::npos);
    for (const auto& [name, value] : asked("https://evil.example").headers) CHECK(name == "Allow");
  }
  const Response answer = test.ask("GET", "/cds-services", "", {{"origin", "https://sandbox.example.org"}});
  const std::map<std::string, std::string> headers(answer.headers.begin(), answer.headers.end());
  CHECK(headers.count("Access-Control-Allow-Origin") == 1);
}

TEST_CASE("without signed tokens those of the service are asked for") {
  const std::string digest = token_digest("secret");
  HookService test({"https://checks.example.org", ""}, *Access::read("submit practice " + digest + "\n"));
  CHECK(test.ask("GET", "/cds-services").status == 401);
  CHECK(test.ask("GET", "/cds-services", "", {{"authorization", "Bearer secret"}}).status == 200);
  const std::string body = order_sign({service_request("W37.1")}).dump();
  CHECK(test.post("/cds-services/proviso-policy-check", body).status == 401);
  CHECK(test.post("/cds-services/proviso-policy-check", body, "secret").status == 200);
  REQUIRE(test.keeper.entries.size() == 1);
  CHECK(test.keeper.entries[0].by == "practice");
}

TEST_CASE("where clients sign, every route wants a token of its own, once") {
  const Signer signer = Signer::elliptic("k1");
  const std::string issuer = "https://ehr.example.org";
  HookService test({"https://checks.example.org/", issuers_file(issuer, {&signer})},
                   *Access::read("submit practice " + token_digest("secret") + "\n"));
  int number = 0;
  const auto token = [&](const std::string& path) {
    const std::int64_t now = std::time(nullptr);
    return signer.token({{"iss", issuer},
                         {"aud", "https://checks.example.org" + path},
                         {"iat", now},
                         {"exp", now + 300},
                         {"jti", "t" + std::to_string(++number)}});
  };
  const std::string service = "/cds-services/proviso-policy-check";
  const std::string feedback =
      R"({"feedback": [{"card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", "outcome": "overridden",
                        "outcomeTimestamp": "2023-06-01T10:05:31Z"}]})";
  const auto ask = [&](const std::string& path, const std::string& authorization) {
    const bool discovery = path == "/cds-services";
    const std::string body = discovery         ? ""
                             : path == service ? order_sign({service_request("W37.1")}).dump()
                                               : feedback;
    return test.ask(discovery ? "GET" : "POST", path, body, {{"authorization", authorization}});
  };
  for (const std::string& path : {std::string("/cds-services"), service, service + "/feedback"}) {
    INFO(path);
    const std::string good = token(path);
    CHECK(ask(path, "Bearer " + good).status == 200);
    const Response again = ask(path, "Bearer " + good);
    CHECK(again.status == 401);
    CHECK(Json::parse(again.body)["issue"][0]["details"]["text"] == "the token was used before");
    CHECK(ask(path, "").status == 401);
    CHECK(ask(path, "Bearer").status == 401);
    CHECK(ask(path, "Bearer secret").status == 401);  // the service's own tokens do not hold here
    CHECK(ask(path, "Basic " + token(path)).status == 401);
    CHECK(ask(path, "bearer " + token(path)).status == 200);
    CHECK(ask(path, "Bearer " + token(path + "/")).status == 401);
    CHECK(ask(path, "Bearer " + token(path) + ", Bearer " + token(path)).status == 401);
    const Response refused = ask(path, "Bearer " + token("/elsewhere"));
    CHECK(refused.status == 401);
    const std::map<std::string, std::string> headers(refused.headers.begin(), refused.headers.end());
    CHECK(headers.at("WWW-Authenticate") == "Bearer");
    CHECK(Json::parse(refused.body)["issue"][0]["code"] == "security");
  }
  REQUIRE_FALSE(test.keeper.entries.empty());
  for (const LogEntry& entry : test.keeper.entries) CHECK(entry.by == issuer);
  test.keeper.broken = "no room";
  CHECK(ask("/cds-services", "Bearer " + token("/cds-services")).status == 503);
}

TEST_CASE("a file of trusted clients that cannot be read keeps the service from starting") {
  Rulebooks books({}, small_book());
  MemoryRegister keeper;
  Service service(books, keeper, Access::open(), {});
  const auto routes = cds_routes(service, {"https://checks.example.org", "{}"});
  REQUIRE_FALSE(routes);
  CHECK(routes.error().find("the file of trusted clients: expected JSON") == 0);
}
