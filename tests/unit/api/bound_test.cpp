#include <catch2/catch.hpp>

#include "../service_support/service_under_test.hpp"
#include "folder.hpp"

// What an authorisation is good for, where identifiers are not kept.
using namespace proviso::service;
using Json = nlohmann::json;

namespace {

/// The patient's number stands among the facts of the referral itself.
constexpr const char* hips = R"(library hips

places { England { North ods:01T } }
record Referral "A referral" {
  id                 text
  nhs_number         text        check nhs_number
  nhs_number_checked yes/no      "The number was checked"
  referred           date        ask "When was the patient referred?"
  commissioner       place       ask "Which commissioner is responsible?"
  procedure          code opcs4  ask "Which procedure is intended?"
}
record Authorisation "An authorisation" {
  id                 text
  nhs_number         text        check nhs_number
  nhs_number_checked yes/no
  procedure          code opcs4
}
policy hips "Prior approval of hips" on Referral {
  category   prior_approval
  status     adopted
  source     "A"
  effective  2018-01-01
  dated by   referred
  in         England
  approve when procedure = opcs4:W37.1 "A hip"
  otherwise refuse "No hip"
}
)";

}  // namespace

TEST_CASE("of facts beside the patient's number only the number itself is left out of what is bound", "[api]") {
  const proviso::Folder folder;
  folder.write("hips.policy", hips);
  ServiceUnderTest test(Access::open(), false, folder.path());
  const Response response = test.post("/v1/decide", R"({"id": "R-1", "nhs_number": "9990000018",
    "nhs_number_checked": true, "referred": "2023-05-16", "commissioner": "North", "procedure": "W37.1"})");
  INFO(response.body);
  REQUIRE(test.keeper.authorisations.size() == 1);
  CHECK(Json::parse(test.keeper.authorisations[0].bound) ==
        Json::parse(R"({"nhs_number_checked": true, "procedure": "W37.1"})"));
}
