#pragma once

#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "memory_register.hpp"
#include "service/api/service.hpp"

namespace proviso::service {

/// The folder's library; those of one test program read it once.
inline std::shared_ptr<const Rulebook> rulebook_of(const std::string& folder) {
  static std::map<std::string, std::shared_ptr<const Rulebook>> read;
  auto& kept = read[folder];
  if (!kept) {
    const auto book = Rulebook::load({folder});
    if (!book) FAIL(book.error());
    kept = *book;
  }
  return kept;
}

/// A service by the policies of the repository, or of another folder, on 2023-06-01, with a register in memory. What it
/// logs is kept.
class ServiceUnderTest {
 public:
  explicit ServiceUnderTest(Access access = Access::open(), bool keep_identifiers = false,
                            const std::string& library = PROVISO_SOURCE_DIR "/policies") {
    rulebooks_.emplace(std::vector<std::string>{library}, rulebook_of(library));
    ServiceOptions options;
    options.key.bytes = std::string(32, 'k');
    options.keep_identifiers = keep_identifiers;
    options.today = [this] { return today; };
    options.log = [this](const std::string& line) { logged += line + "\n"; };
    service.emplace(*rulebooks_, keeper, std::move(access), std::move(options));
    for (auto* routes : {decision_routes, authorisation_routes, policy_routes, operation_routes}) {
      service->add(routes(*service));
    }
  }

  std::string today = "2023-06-01";
  std::string logged;
  MemoryRegister keeper;
  std::optional<Service> service;

  Response ask(Request request) {
    std::optional<Response> answer;
    service->answer(std::move(request), [&](Response response) { answer = std::move(response); });
    REQUIRE(answer.has_value());
    return *answer;
  }

  Response get(const std::string& path, std::vector<std::pair<std::string, std::string>> query = {},
               const std::string& token = "") {
    Request request;
    request.method = "GET";
    request.path = path;
    request.query = std::move(query);
    if (!token.empty()) request.headers["authorization"] = "Bearer " + token;
    return ask(std::move(request));
  }

  Response post(const std::string& path, const std::string& body,
                std::vector<std::pair<std::string, std::string>> query = {}, const std::string& token = "",
                const std::string& type = "application/json") {
    Request request;
    request.method = "POST";
    request.path = path;
    request.query = std::move(query);
    request.headers["content-type"] = type;
    if (!token.empty()) request.headers["authorization"] = "Bearer " + token;
    request.body = body;
    return ask(std::move(request));
  }
  Response post_fhir(const std::string& path, const std::string& body,
                     std::vector<std::pair<std::string, std::string>> query = {}) {
    return post(path, body, std::move(query), "", "application/fhir+json");
  }

 private:
  std::optional<Rulebooks> rulebooks_;
};

/// A referral in South Sefton, where breast reduction has prior approval, that meets every criterion.
inline nlohmann::json approved_referral() {
  return nlohmann::json::parse(R"({
    "id": "R-9101", "referred": "2023-05-16", "commissioner": "SouthSefton", "procedure": "B31.1", "diagnosis": "N62",
    "provider": "REM", "side": "both",
    "patient": {"nhs_number": "9990000018", "born": "1987-02-09", "sex": "female",
                "bmi": {"value": 25.4, "unit": "kg/m2", "on": "2023-03-02"}, "bmi_stable_since": "2022-01-10"},
    "breasts": {"operation": "bilateral", "supportive_care": true, "shoulder_discomfort": true, "physiotherapy": true,
                "intertrigo": false, "backache": true, "fitted_bra_failed": true, "strap_indentations": false,
                "left_reduction": 620, "right_reduction": 580, "cup_sizes": 3, "written_information": true,
                "smoking_advice": true, "lactation_advice": true, "cosmetic": false}})");
}

/// A bundle of `examples/fhir`.
inline nlohmann::json fhir_example(const std::string& name) {
  std::ifstream file(PROVISO_SOURCE_DIR "/examples/fhir/" + name + ".json");
  REQUIRE(file);
  return nlohmann::json::parse(file);
}

}  // namespace proviso::service
