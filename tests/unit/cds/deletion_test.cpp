#include <catch2/catch.hpp>

#include <set>

#include "hook_service.hpp"

using namespace cds_test;

namespace {

/// All members and elements of a value, as pointers; the whole is none of them.
std::set<std::string> pointers_of(const Json& value) {
  std::set<std::string> pointers;
  const Json flat = value.flatten();
  for (const auto& each : flat.items()) {
    for (std::string pointer = each.key(); !pointer.empty(); pointer = pointer.substr(0, pointer.rfind('/'))) {
      pointers.insert(pointer);
    }
  }
  return pointers;
}

Json with_deletion(Json value, const std::string& pointer) {
  const Json::json_pointer place(pointer);
  Json& holder = value.at(place.parent_pointer());
  if (holder.is_array()) {
    holder.erase(std::stoul(place.back()));
  } else {
    holder.erase(place.back());
  }
  return value;
}

bool approves(const Json& call, const std::shared_ptr<const Rulebook>& book) {
  HookService test({"https://checks.example.org", ""}, Access::open(), book);
  const Response response = test.post("/cds-services/proviso-policy-check", call.dump());
  return contains(response.body, "\"satisfied\"") || contains(response.body, "Approved, ") ||
         contains(response.body, "Meets the policy") || !test.keeper.authorisations.empty();
}

void check_each_deletion(const Json& call, const std::shared_ptr<const Rulebook>& book) {
  REQUIRE_FALSE(approves(call, book));
  const std::set<std::string> pointers = pointers_of(call);
  REQUIRE(pointers.size() > 60);
  for (const std::string& pointer : pointers) {
    INFO(pointer);
    CHECK_FALSE(approves(with_deletion(call, pointer), book));
  }
}

std::shared_ptr<const Rulebook> policies() {
  static const auto book = Rulebook::load({PROVISO_SOURCE_DIR "/policies"});
  if (!book) FAIL(book.error());
  return *book;
}

/// Answers that a clinician gave, by the names of the facts.
Json answers(const Json& by_fact) {
  Json items = Json::array();
  for (const auto& [fact, value] : by_fact.items()) {
    const char* type = value.is_boolean()  ? "valueBoolean"
                       : value.is_number() ? "valueDecimal"
                       : value.is_object() ? "valueQuantity"
                                           : "valueString";
    const bool date = value.is_string() && value.get<std::string>().size() == 10 && value.get<std::string>()[4] == '-';
    items.push_back({{"linkId", fact}, {"answer", Json::array({{{date ? "valueDate" : type, value}}})}});
  }
  return {{"resourceType", "QuestionnaireResponse"},       {"id", "answers"},          {"status", "completed"},
          {"subject", {{"reference", "Patient/1288992"}}}, {"authored", "2023-05-30"}, {"item", items}};
}

Json grams(int number) {
  return {{"value", number}, {"unit", "g"}, {"system", "http://unitsofmeasure.org"}, {"code", "g"}};
}

/// A breast reduction in South Sefton, where it has prior approval, that meets every criterion.
Json breast_reduction() {
  Json order = service_request("B31.1");
  order["authoredOn"] = "2023-05-16";
  order["reasonCode"] = Json::array({coding("http://hl7.org/fhir/sid/icd-10", "N62")});
  Json made = order_sign({order});
  made["prefetch"] = {{"patient", patient()}, {"observation_patient_bmi", bundle({bmi(25.4)}, "searchset")}};
  made["prefetch"]["patient"]["birthDate"] = "1987-02-09";
  made["prefetch"]["patient"]["gender"] = "female";
  made["prefetch"]["answers"] = answers({{"commissioner", "SouthSefton"},
                                         {"patient.bmi_stable_since", "2022-01-10"},
                                         {"breasts.operation", "bilateral"},
                                         {"breasts.supportive_care", true},
                                         {"breasts.shoulder_discomfort", true},
                                         {"breasts.physiotherapy", true},
                                         {"breasts.intertrigo", false},
                                         {"breasts.backache", true},
                                         {"breasts.fitted_bra_failed", true},
                                         {"breasts.strap_indentations", false},
                                         {"breasts.left_reduction", grams(620)},
                                         {"breasts.right_reduction", grams(580)},
                                         {"breasts.cup_sizes", 3},
                                         {"breasts.written_information", true},
                                         {"breasts.smoking_advice", true},
                                         {"breasts.lactation_advice", true},
                                         {"breasts.cosmetic", false}});
  return made;
}

}  // namespace

TEST_CASE("a referral without its BMI is asked for it, and with it is approved, by the policies of the repository") {
  const Json complete = breast_reduction();
  const Json incomplete = with_deletion(complete, "/prefetch/observation_patient_bmi");
  HookService test({"https://checks.example.org", ""}, Access::open(), policies());
  const Json asked = test.hook(incomplete);
  INFO(asked.dump(1));
  REQUIRE(asked["cards"].size() == 1);
  CHECK(asked["cards"][0]["summary"] == "1 answer needed for the funding policy: Breast reduction");
  CHECK(contains(asked["cards"][0]["detail"], "1. What is the patient's BMI, and when was it measured?"));
  const std::string detail = asked["cards"][0]["detail"];
  CHECK_FALSE(contains(detail, "Not used"));
  const Json approved = test.hook(complete);
  INFO(approved.dump(1));
  REQUIRE(approved["cards"].size() == 1);
  CHECK(contains(approved["cards"][0]["summary"], "Approved, authorisation PA-"));
  CHECK(empty_in(approved) == "");
  REQUIRE(test.keeper.authorisations.size() == 1);
  CHECK(coverage_of(approved["systemActions"][0]["resource"])["satisfied-pa-id"] == test.keeper.authorisations[0].code);
}

TEST_CASE("no member that is taken out of a call turns its answer into an approval") {
  Json refused = order_sign({service_request("W37.1")});
  refused["prefetch"]["observation_patient_bmi"] = bundle({bmi(36)}, "searchset");
  refused["context"]["draftOrders"]["entry"][0]["resource"]["authoredOn"] = "2023-06-01";
  check_each_deletion(refused, small_book());
  Json unanswered = order_sign({service_request("W37.1")});
  unanswered["prefetch"].erase("condition");
  check_each_deletion(unanswered, small_book());
}

TEST_CASE("nor is it by the policies of the repository") {
  check_each_deletion(with_deletion(breast_reduction(), "/prefetch/observation_patient_bmi"), policies());
  Json heavy = breast_reduction();
  heavy["prefetch"]["observation_patient_bmi"] = bundle({bmi(31)}, "searchset");
  check_each_deletion(heavy, policies());
}
