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

/// Hips are under a policy of criteria too, and under one that a panel decides where much hurts.
constexpr const char* stricter_policies = R"(
policy youth "Operations on the young" on Referral {
  category   threshold
  status     adopted
  source     "The young, a policy"
  effective  2020-01-01
  dated by   referred
  in         England
  applies when procedure = opcs4:W37.1
  review when patient.born < 1930-01-01 "A panel looks at it"
  approve when patient.born < 1990-01-01 "The patient is old enough"
  otherwise refuse "The young are not operated on"
}
)";

std::shared_ptr<const Rulebook> book_with(const char* more_policies) {
  const Folder folder;
  folder.write("small.policy", std::string(small_policies) + more_policies);
  folder.write("referral.fhir", small_mapping);
  auto loaded = Rulebook::load({folder.path()});
  if (!loaded) FAIL(loaded.error());
  return *loaded;
}

}  // namespace

TEST_CASE("an order that two policies approve has one statement of its payer, with both codes") {
  HookService test({"https://checks.example.org", ""}, Access::open(), book_with(second_policy));
  const Json answer = test.hook(order_sign({service_request("W37.1")}));
  REQUIRE(test.keeper.authorisations.size() == 2);
  CHECK(answer["cards"].size() == 2);
  const Json& resource = answer["systemActions"][0]["resource"];
  REQUIRE(resource["extension"].size() == 1);
  CHECK(coverage_of(resource)["satisfied-pa-id"] ==
        test.keeper.authorisations[0].code + ", " + test.keeper.authorisations[1].code);
}

namespace {

/// A hip of somebody born on that day, or nobody knows when.
Json hip_of(const std::string& born) {
  Json made = order_sign({service_request("W37.1")});
  if (born.empty()) {
    made["prefetch"]["patient"].erase("birthDate");
  } else {
    made["prefetch"]["patient"]["birthDate"] = born;
  }
  return made;
}

}  // namespace

TEST_CASE("what one policy of prior approval approves is not authorised while another stands against it") {
  struct Against {
    std::string born;
    std::string summary;
    std::string covered;
  };
  const std::vector<Against> all = {
      {"1995-02-09", "Does not meet the policy criteria for routine funding: Operations on the young", "not-covered"},
      {"", "1 answer needed for the funding policy: Operations on the young", "conditional"},
      {"1920-02-09", "For the commissioner to decide: Operations on the young", "conditional"},
  };
  for (const Against& each : all) {
    INFO(each.summary);
    HookService test({"https://checks.example.org", ""}, Access::open(), book_with(stricter_policies));
    const Json answer = test.hook(hip_of(each.born));
    CHECK(test.keeper.authorisations.empty());
    const Json& card = only_card(answer);
    CHECK(card["summary"] == each.summary);
    CHECK(contains(card["detail"],
                   "**By other policies on this order:**\n\n- Hip replacement: its criteria are met, and an "
                   "authorisation is issued only where the order as a whole is approved\n"));
    CHECK_FALSE(contains(card.dump(), "PA-"));
    const Json coverage = coverage_of(answer["systemActions"][0]["resource"]);
    CHECK(coverage["covered"] == each.covered);
    CHECK_FALSE(coverage.contains("satisfied-pa-id"));
  }
}

TEST_CASE("where on the commissioner depends whether approval is needed, an order that names none is not told either") {
  HookService test({"https://checks.example.org", ""}, Access::open(),
                   book_with("variation of hip in Luton { from 2020-01-01 source \"Luton\" category threshold }"));
  Json call = order_sign({service_request("W37.1")});
  call["prefetch"]["patient"].erase("managingOrganization");
  const Json answer = test.hook(call);
  CHECK(test.keeper.authorisations.empty());
  CHECK(only_card(answer)["summary"] == "Meets the policy criteria, but may need prior approval: Hip replacement");
  CHECK(coverage_of(answer["systemActions"][0]["resource"])["pa-needed"] == "conditional");
  const Json told = test.hook(order_sign({service_request("W37.1")}));
  CHECK(coverage_of(told["systemActions"][0]["resource"])["pa-needed"] == "no-auth");
}

TEST_CASE("the authorisation is issued once what was missing is there, and every policy approves") {
  HookService test({"https://checks.example.org", ""}, Access::open(), book_with(stricter_policies));
  test.hook(hip_of(""));
  CHECK(test.keeper.authorisations.empty());
  const Json answer = test.hook(hip_of("1959-02-09"));
  REQUIRE(test.keeper.authorisations.size() == 1);
  REQUIRE(answer["cards"].size() == 2);
  CHECK(answer["cards"][0]["summary"] ==
        "Approved, authorisation " + test.keeper.authorisations[0].code + ": Hip replacement");
  CHECK(answer["cards"][1]["summary"] == "Meets the policy criteria for routine funding: Operations on the young");
  CHECK(coverage_of(answer["systemActions"][0]["resource"])["satisfied-pa-id"] == test.keeper.authorisations[0].code);
}

TEST_CASE("what is refused is one headline, whatever a panel would look at besides") {
  HookService test({"https://checks.example.org", ""}, Access::open(), book_with(stricter_policies));
  Json call = hip_of("1920-02-09");
  call["prefetch"]["observation_patient_bmi"] = bundle({bmi(36)}, "searchset");
  const Json answer = test.hook(call);
  const Json& card = only_card(answer);
  CHECK(card["summary"] == "Does not meet the policy criteria for routine funding: Hip replacement");
  CHECK(
      contains(card["detail"],
               "**By other policies on this order:**\n\n- Operations on the young: for the commissioner to decide\n"));
}

TEST_CASE("policies that need an answer are all named, one whose label is part of another's too") {
  HookService test({"https://checks.example.org", ""}, Access::open(), book_with(R"(
policy hip_again "Hip replacement on one side" on Referral {
  category   threshold
  status     adopted
  source     "Hips, another policy"
  effective  2020-01-01
  dated by   referred
  in         England
  applies when procedure = opcs4:W37.1
  approve when patient.pain "The hip hurts"
  otherwise refuse "The hip does not hurt"
}
)"));
  Json call = order_sign({service_request("W37.1")});
  call["prefetch"].erase("condition");
  const std::string summary = only_card(test.hook(call))["summary"];
  INFO(summary);
  CHECK(contains(summary, ": Hip replacement, Hip replacement on one side"));
}
