#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "../decide/support.hpp"
#include "output/fhir.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using nlohmann::json;
using output::Question;

namespace {

json questionnaire(const World& world, const std::vector<Question>& questions,
                   const output::QuestionnaireHead& head = {}) {
  std::string out;
  output::append_questionnaire(out, world.library, world.library.records.front(), questions, head);
  return json::parse(out);
}

/// The items in it with their linkIds, at any depth.
const json* item(const json& in, const std::string& link) {
  const auto items = in.find("item");
  if (items == in.end()) return nullptr;
  for (const json& each : *items) {
    if (each["linkId"] == link) return &each;
  }
  for (const json& each : *items) {
    if (const json* found = item(each, link)) return found;
  }
  return nullptr;
}
json found_item(const json& in, const std::string& link) {
  const json* found = item(in, link);
  CAPTURE(in.dump(1));
  REQUIRE(found != nullptr);
  return *found;
}

}  // namespace

TEST_CASE("a questionnaire asks what is needed, in its order, and says why") {
  World world;
  world.fact(world.id_of("a")).ask = "Is it \"severe\"?";
  const json found =
      questionnaire(world, {{world.id_of("x"), false, {"Hips: Pain", "Knees: Pain"}}, {world.id_of("a"), false, {}}},
                    {"q1", "https://example.org/q1", "1", "What the policy asks", "Only what matters"});
  CHECK(found["resourceType"] == "Questionnaire");
  CHECK(found["status"] == "active");
  CHECK(found["url"] == "https://example.org/q1");
  CHECK(found["title"] == "What the policy asks");
  CHECK(found["description"] == "Only what matters");
  REQUIRE(found["item"].size() == 2);
  const json& x = found["item"][0];
  CHECK(x["linkId"] == "x");
  CHECK(x["text"] == "X");
  CHECK(x["type"] == "decimal");
  CHECK(x["required"] == true);
  CHECK(x["item"][0]["linkId"] == "x#why");
  CHECK(x["item"][0]["type"] == "display");
  CHECK(x["item"][0]["text"] == "Asked for: Hips: Pain; Knees: Pain");
  CHECK(x["item"][0]["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "help");
  CHECK(found["item"][1]["text"] == "Is it \"severe\"?");
  CHECK(found["item"][1]["type"] == "boolean");
}

TEST_CASE("a questionnaire that asks nothing has no items") {
  const json found = questionnaire(World(), {});
  CHECK_FALSE(found.contains("item"));
  CHECK_FALSE(found.contains("url"));
}

TEST_CASE("a measured fact asks for its value and its day") {
  World world;
  value::Type type = World::of(Kind::quantity);
  type.unit = value::Unit::mmHg;
  world.fact(world.bmi).type = type;
  const json found = questionnaire(world, {{world.bmi, true, {"Hips: BMI"}}});
  REQUIRE(found["item"].size() == 1);
  CHECK(found["item"][0]["type"] == "group");
  CHECK(found["item"][0]["text"] == "What is the \"BMI\"?");
  const json value = found_item(found, "bmi");
  CHECK(value["type"] == "quantity");
  CHECK(value["required"] == true);
  for (const json& unit : value["extension"]) {
    CHECK(unit["valueCoding"] ==
          json::parse(R"({"system": "http://unitsofmeasure.org", "code": "mm[Hg]", "display": "mmHg"})"));
  }
  CHECK(value["extension"][0]["url"] == "http://hl7.org/fhir/StructureDefinition/questionnaire-unit");
  CHECK(found_item(found, "bmi.on")["type"] == "date");
  CHECK(found_item(found, "bmi#why")["text"] == "The last measurement is too old. Asked for: Hips: BMI");
  const std::int32_t decided = *value::parse_date("2023-05-16");
  const json later = questionnaire(world, {{world.bmi, true, {"Hips: BMI"}, decided}});
  CHECK(found_item(later, "bmi#why")["text"] ==
        "The last measurement was made after 2023-05-16, the day that decides: one from that day or before is needed. "
        "Asked for: Hips: BMI");
}

TEST_CASE("places and enumerations are choices") {
  World world;
  value::Type type = World::of(Kind::enumeration);
  type.id = static_cast<std::uint32_t>(world.library.enumerations.size());
  world.library.enumerations.push_back({"", {"never", "used_to"}, false});
  world.fact(world.id_of("y")).type = type;
  const json found = questionnaire(world, {{world.id_of("y"), false, {}}, {world.id_of("commissioner"), false, {}}});
  const json y = found_item(found, "y");
  CHECK(y["type"] == "choice");
  CHECK(y["answerOption"] == json::parse(R"([{"valueCoding": {"code": "never", "display": "never"}},
                                            {"valueCoding": {"code": "used_to", "display": "used to"}}])"));
  const json commissioner = found_item(found, "commissioner");
  REQUIRE(commissioner["answerOption"].size() == world.library.places.size());
  CHECK(commissioner["answerOption"][2]["valueCoding"]["code"] == world.library.places[2].name);
}

TEST_CASE("a list asks whether there are none, or what each is") {
  World world;
  const json visits = questionnaire(world, {{world.id_of("visits"), false, {}}});
  CHECK(found_item(visits, "visits.none")["type"] == "boolean");
  const json group = found_item(visits, "visits");
  CHECK(group["type"] == "group");
  CHECK(group["repeats"] == true);
  CHECK(group["enableWhen"] ==
        json::parse(R"([{"question": "visits.none", "operator": "!=", "answerBoolean": true}])"));
  CHECK(found_item(group, "visits.on")["type"] == "date");
  CHECK(found_item(group, "visits.severe")["required"] == true);
  CHECK_FALSE(found_item(group, "visits.urgent").contains("required"));
  const json diagnoses = found_item(questionnaire(world, {{world.id_of("diagnoses"), false, {}}}), "diagnoses");
  CHECK(diagnoses["type"] == "string");
  CHECK(diagnoses["repeats"] == true);
}
