#include <catch2/catch.hpp>

#include "hook_service.hpp"

using namespace cds_test;

namespace {

/// Hips are under a second policy of prior approval, which asks for less.
constexpr const char* second_policy = R"(
policy theatre "Operations in theatre" on Referral {
  category   prior_approval
  status     adopted
  source     "Theatres, a policy"
  effective  2020-01-01
  dated by   referred
  in         England
  applies when procedure = opcs4:W37.1
  approve when patient.bmi < 50 kg/m2 "Theatre time is funded"
  otherwise refuse "Theatre time is not funded"
}
)";

std::shared_ptr<const Rulebook> book_of_two() {
  const Folder folder;
  folder.write("small.policy", std::string(small_policies) + second_policy);
  folder.write("referral.fhir", small_mapping);
  auto loaded = Rulebook::load({folder.path()});
  if (!loaded) FAIL(loaded.error());
  return *loaded;
}

}  // namespace

TEST_CASE("an order that two policies approve has one statement of its payer, with both codes") {
  HookService test({"https://checks.example.org", ""}, Access::open(), book_of_two());
  const Json answer = test.hook(order_sign({service_request("W37.1")}));
  REQUIRE(test.keeper.authorisations.size() == 2);
  CHECK(answer["cards"].size() == 2);
  const Json& resource = answer["systemActions"][0]["resource"];
  REQUIRE(resource["extension"].size() == 1);
  CHECK(coverage_of(resource)["satisfied-pa-id"] ==
        test.keeper.authorisations[0].code + ", " + test.keeper.authorisations[1].code);
}
