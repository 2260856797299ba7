#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "output/fhir.hpp"

using namespace proviso;
using nlohmann::json;
using output::OutcomeIssue;

namespace {

json outcome(const std::vector<OutcomeIssue>& issues) {
  std::string out;
  output::append_operation_outcome(out, issues);
  return json::parse(out);
}

}  // namespace

TEST_CASE("an OperationOutcome has its issues, without anything empty") {
  const json found =
      outcome({{OutcomeIssue::Severity::error, "required", "The \"request\" is not there", "Bundle.entry[0]"},
               {OutcomeIssue::Severity::warning, "incomplete", "", ""}});
  CHECK(found["resourceType"] == "OperationOutcome");
  REQUIRE(found["issue"].size() == 2);
  CHECK(found["issue"][0] == json::parse(R"({"severity": "error", "code": "required",
    "details": {"text": "The \"request\" is not there"}, "expression": ["Bundle.entry[0]"]})"));
  CHECK(found["issue"][1] == json::parse(R"({"severity": "warning", "code": "incomplete"})"));
}

TEST_CASE("an OperationOutcome is never without an issue") {
  const json found = outcome({});
  REQUIRE(found["issue"].size() == 1);
  CHECK(found["issue"][0]["severity"] == "information");
}
