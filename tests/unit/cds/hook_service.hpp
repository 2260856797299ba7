#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "../service_support/memory_register.hpp"
#include "answer_rules.hpp"
#include "service/cds/cds.hpp"
#include "small_library.hpp"

namespace cds_test {

using namespace proviso::service;

inline std::shared_ptr<const Rulebook> small_book(bool with_mapping = true) {
  static std::shared_ptr<const Rulebook> books[2];
  auto& book = books[with_mapping ? 1 : 0];
  if (!book) {
    const Folder folder;
    folder.write("small.policy", small_policies);
    if (with_mapping) folder.write("referral.fhir", small_mapping);
    auto loaded = Rulebook::load({folder.path()});
    if (!loaded) FAIL(loaded.error());
    book = *loaded;
  }
  return book;
}

/// The routes over a register in memory, on 2023-06-01.
class HookService {
 public:
  explicit HookService(const CdsOptions& cds = {"https://checks.example.org/", ""}, Access access = Access::open(),
                       std::shared_ptr<const Rulebook> book = small_book())
      : rulebooks_({}, std::move(book)) {
    ServiceOptions options;
    options.key.bytes = std::string(32, 'k');
    options.today = [] { return std::string("2023-06-01"); };
    options.log = [this](const std::string& line) { logged += line + "\n"; };
    options.origins = {"https://sandbox.example.org"};
    service.emplace(rulebooks_, keeper, std::move(access), std::move(options));
    auto routes = cds_routes(*service, cds);
    if (!routes) FAIL(routes.error());
    service->add(std::move(*routes));
  }

  std::string logged;
  MemoryRegister keeper;
  std::optional<Service> service;

  Response ask(const std::string& method, const std::string& path, const std::string& body = "", Headers headers = {}) {
    Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.headers = std::move(headers);
    std::optional<Response> answer;
    service->answer(std::move(request), [&](Response response) { answer = std::move(response); });
    REQUIRE(answer.has_value());
    return *answer;
  }
  Response post(const std::string& path, const std::string& body, const std::string& token = "") {
    Headers headers = {{"content-type", "application/json"}};
    if (!token.empty()) headers["authorization"] = "Bearer " + token;
    return ask("POST", path, body, std::move(headers));
  }
  /// The answer to a hook, which must be good, and keep the rules.
  Json hook(const Json& call) {
    const bool appointment = call.at("hook") == "appointment-book";
    const Response response = post(
        appointment ? "/cds-services/proviso-appointment-check" : "/cds-services/proviso-policy-check", call.dump());
    INFO(response.body);
    REQUIRE(response.status == 200);
    Json answer = Json::parse(response.body);
    CHECK(AnswerRules::broken_by(answer) == "");
    return answer;
  }

 private:
  Rulebooks rulebooks_;
};

inline constexpr const char* sentinel_nhs_number = "9990000018";

inline Json coding(const std::string& system, const std::string& code) {
  return {{"coding", Json::array({{{"system", system}, {"code", code}}})}};
}
inline constexpr const char* opcs = "https://fhir.hl7.org.uk/Id/opcs-4";

inline Json service_request(const std::string& procedure, const std::string& id = "sr1") {
  return {{"resourceType", "ServiceRequest"},
          {"id", id},
          {"status", "draft"},
          {"intent", "order"},
          {"code", coding(opcs, procedure)},
          {"subject", {{"reference", "Patient/1288992"}}}};
}

inline Json bundle(const std::vector<Json>& resources, const std::string& type = "collection") {
  Json made = {{"resourceType", "Bundle"}, {"type", type}};
  for (const Json& each : resources) made["entry"].push_back({{"resource", each}});
  return made;
}

inline Json patient() {
  return {
      {"resourceType", "Patient"},
      {"id", "1288992"},
      {"identifier", Json::array({{{"system", "https://fhir.nhs.uk/Id/nhs-number"}, {"value", sentinel_nhs_number}}})},
      {"name", Json::array({{{"family", "Sentinel"}, {"given", Json::array({"Sally"})}}})},
      {"birthDate", "1959-02-09"},
      {"managingOrganization",
       {{"identifier", {{"system", "https://fhir.nhs.uk/Id/ods-organization-code"}, {"value", "06P"}}}}}};
}

inline Json bmi(const Json& value, const std::string& on = "2023-03-02") {
  return {{"resourceType", "Observation"},
          {"id", "bmi"},
          {"status", "final"},
          {"code", coding("http://snomed.info/sct", "60621009")},
          {"subject", {{"reference", "Patient/1288992"}}},
          {"effectiveDateTime", on},
          {"valueQuantity",
           {{"value", value}, {"unit", "kg/m2"}, {"system", "http://unitsofmeasure.org"}, {"code", "kg/m2"}}}};
}

inline Json pain() {
  return {{"resourceType", "Condition"},
          {"id", "pain"},
          {"code", coding("http://snomed.info/sct", "57676002")},
          {"subject", {{"reference", "Patient/1288992"}}}};
}

inline Json prefetch() {
  return {{"patient", patient()},
          {"observation_patient_bmi", bundle({bmi(33.5)}, "searchset")},
          {"condition", bundle({pain()}, "searchset")}};
}

/// As the specification has it, written anew.
inline Json call(const std::string& hook) {
  return {{"hook", hook},
          {"hookInstance", "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"},
          {"fhirServer", "https://ehr.example.org/fhir"},
          {"fhirAuthorization",
           {{"access_token", "some-opaque-token"},
            {"token_type", "Bearer"},
            {"expires_in", 300},
            {"scope", "patient/*.read"},
            {"subject", "cds-service"}}},
          {"context", {{"userId", "PractitionerRole/123"}, {"patientId", "1288992"}, {"encounterId", "89284"}}},
          {"prefetch", prefetch()}};
}
inline Json order_sign(const std::vector<Json>& orders) {
  Json made = call("order-sign");
  made["context"]["draftOrders"] = bundle(orders);
  return made;
}
inline Json order_select(const std::vector<Json>& orders, const std::vector<std::string>& selections) {
  Json made = call("order-select");
  made["context"]["draftOrders"] = bundle(orders);
  made["context"]["selections"] = selections;
  return made;
}

/// The parts of the first coverage information of a resource, by name.
inline Json coverage_of(const Json& resource) {
  for (const Json& extension : resource.value("extension", Json::array())) {
    if (extension["url"] != coverage_information) continue;
    Json parts = Json::object();
    for (const Json& part : extension["extension"]) {
      for (const auto& [name, value] : part.items()) {
        if (name != "url") parts[part["url"].get<std::string>()] = value;
      }
    }
    return parts;
  }
  return nullptr;
}

/// Of an answer that must have one card alone.
inline const Json& only_card(const Json& answer) {
  INFO(answer.dump(1));
  REQUIRE(answer["cards"].size() == 1);
  return answer["cards"][0];
}

}  // namespace cds_test
