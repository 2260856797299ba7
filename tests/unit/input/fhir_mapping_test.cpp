#include "input/fhir_mapping.hpp"

#include <catch2/catch.hpp>

#include "fhir_sample.hpp"

namespace proviso::input {
namespace {

using sample::fhir_library;

/// The errors of a mapping whose first line says the record: `LINE:COLUMN: MESSAGE`.
std::string fhir_mapping_errors_of(const std::string& lines) {
  const auto mapping = FhirMapping::read("record Referral\n" + lines, fhir_library());
  std::string out;
  if (mapping) return out;
  for (const MappingError& error : mapping.error()) {
    out += (out.empty() ? "" : "\n") + std::to_string(error.line) + ':' + std::to_string(error.column) + ": " +
           error.message;
  }
  return out;
}

TEST_CASE("a line of a mapping says where a fact comes from") {
  const FhirMapping mapping = sample::fhir_mapping(
      "# comment\n"
      "record Referral\n"
      "\n"
      "patient.smoking = Observation(loinc:72166-2 \"https://example.org|smoking\").valueCodeableConcept, status "
      "final,\n"
      "                  snomed:266919005 = never, # who never smoked\n"
      "                  \"https://example.org|x\" = unknown, smoker = current\n"
      "commissioner = ServiceRequest.extension(\"https://example.org/a=b#c\").valueReference.identifier(ods).value\n"
      "patient.weight = Observation(loinc:29463-7).component(loinc:3141-9).valueQuantity, unit kg\n");
  REQUIRE(mapping.sources().size() == 3);
  CHECK(mapping.record().name == "Referral");
  const FhirSource& smoking = mapping.sources()[0];
  CHECK(smoking.resource == "Observation");
  CHECK(smoking.codes == std::vector<FhirCode>{{"loinc", "72166-2"}, {"https://example.org", "smoking"}});
  CHECK(smoking.statuses == std::vector<std::string>{"final"});
  REQUIRE(smoking.meanings.size() == 3);
  CHECK(smoking.meanings[0].value == "never");
  CHECK_FALSE(smoking.meanings[1].value);
  CHECK(smoking.meanings[2].code == FhirCode{"", "smoker"});
  const FhirSource& commissioner = mapping.sources()[1];
  REQUIRE(commissioner.path.size() == 4);
  CHECK(commissioner.path[0].systems == std::vector<std::string>{"https://example.org/a=b#c"});
  CHECK(commissioner.path[2].systems == std::vector<std::string>{"ods"});
  CHECK(commissioner.path[3].name == "value");
  CHECK(mapping.sources()[2].path[0].codes == std::vector<FhirCode>{{"loinc", "3141-9"}});
  CHECK(mapping.sources()[2].unit == "kg");
  CHECK(mapping.sources()[2].line == 8);
}

TEST_CASE("a mapping begins with its record") {
  CHECK_FALSE(FhirMapping::read("", fhir_library()));
  CHECK(FhirMapping::read("record Referal", fhir_library()).error().front().message ==
        "the library has no record `Referal`; did you mean `Referral`?");
  const auto other = FhirMapping::read("patient.born = Patient.birthDate\nnonsense", fhir_library());
  REQUIRE_FALSE(other);
  CHECK(other.error().size() == 1);
  CHECK(other.error().front().message == "expected `record` and the name of the record that the facts are of");
}

TEST_CASE("an error of a mapping has its line and column, and all are shown") {
  CHECK(fhir_mapping_errors_of("patient.bmo = Observation(loinc:1).value\npatient.born Patient.birthDate") ==
        "2:1: `Referral` has no fact `patient.bmo`; did you mean `patient.bmi`?\n"
        "3:14: found `Patient.birthDate`, expected `=`");
  CHECK(fhir_mapping_errors_of("patient.born = Patiant.birthDate") ==
        "2:16: found `Patiant`, expected the type of a request, `Patient` or the type of a finding such as "
        "`Observation`; did you mean `Patient`?");
  CHECK(fhir_mapping_errors_of("patient.bmi = Observation(snomed:60621008).valueQuantity") ==
        "2:27: found `snomed:60621008`, expected a code of snomed such as `snomed:60621009`");
  CHECK(fhir_mapping_errors_of("patient.bmi = Observation(snomd:60621009).valueQuantity") ==
        "2:27: found `snomd`, expected the name of a system such as `snomed`; did you mean `snomed`?");
  CHECK(fhir_mapping_errors_of("patient.bmi = Observation().valueQuantity") ==
        "2:26: there is nothing between the brackets");
  CHECK(fhir_mapping_errors_of("patient.bmi = Observation(loinc:39156-5") ==
        "2:40: found the end of the line, expected a code or `)`");
  CHECK(fhir_mapping_errors_of("patient.born = Patient.birthDate,\n  nonsense")
            .find("3:3: found `nonsense`, expected `unit`") == 0);
  CHECK(fhir_mapping_errors_of("patient.born = Patient..birthDate") ==
        "2:16: found `Patient..birthDate`, expected names of elements with dots");
  CHECK(fhir_mapping_errors_of("patient.born = Patient.birthDate \"x") == "2:34: the quote is never closed");
  CHECK(fhir_mapping_errors_of("\xFF") == "2:1: bytes that are not UTF-8");
}

TEST_CASE("what a code means must be a value of the fact, and be said once") {
  const std::string smoking = "patient.smoking = Observation(loinc:72166-2).valueCodeableConcept, ";
  CHECK(fhir_mapping_errors_of(smoking + "snomed:266919005 = nevr") ==
        "2:87: found `nevr`, expected one of never, ex, current");
  CHECK(fhir_mapping_errors_of(smoking + "a = ex, a = current") == "2:76: `a` has its meaning already");
  CHECK(fhir_mapping_errors_of("urgent = ServiceRequest.priority, stat = perhaps") ==
        "2:42: found `perhaps`, expected `yes` or `no`");
  CHECK(fhir_mapping_errors_of("urgent = ServiceRequest.priority, stat = yes, routine = no") == "");
  CHECK(fhir_mapping_errors_of("diagnoses = Condition.code, snomed:41040004 = Q90, snomed:77386006 = nonsense") ==
        "2:70: found `nonsense`, expected a code of icd10");
}

TEST_CASE("a unit converts to that of the fact") {
  CHECK(fhir_mapping_errors_of("patient.weight = Observation(loinc:29463-7).valueQuantity, unit cm") ==
        "2:65: found the unit `cm`, expected one that converts to `kg`");
  CHECK(fhir_mapping_errors_of("patient.weight = Observation(loinc:29463-7).valueQuantity, unit g") == "");
  CHECK(fhir_mapping_errors_of("patient.born = Patient.birthDate, unit g") ==
        "2:35: the fact is no quantity and no number: it has no unit");
}

TEST_CASE("a line fits its fact") {
  CHECK(fhir_mapping_errors_of("patient.downs = Observation(snomed:41040004)") ==
        "2:1: the presence of a Condition or of a Procedure says yes; of `Observation` an element must be named");
  CHECK(fhir_mapping_errors_of("procedure = Procedure(snomed:41040004)") ==
        "2:1: `procedure` is not yes or no: which element of `Procedure` is it?");
  CHECK(fhir_mapping_errors_of("patient.downs = Condition") ==
        "2:1: a patient has many resources `Condition`: codes in brackets must select one");
  CHECK(fhir_mapping_errors_of("patient.born = Patient(snomed:41040004).birthDate") ==
        "2:1: there is one `Patient`: no code selects it");
  CHECK(fhir_mapping_errors_of("patient.bmi = ServiceRequest.quantityQuantity") ==
        "2:1: `patient.bmi` is measured: only an Observation says on which day");
  CHECK(fhir_mapping_errors_of("sore_throats = Condition.code") ==
        "2:1: `sore_throats` is a list of records: the answers of a QuestionnaireResponse alone give it");
  CHECK(fhir_mapping_errors_of("sore_throats.on = Condition.onsetDateTime") ==
        "2:1: `sore_throats.on` is of the elements of a list: the answers of a QuestionnaireResponse alone give it");
}

}  // namespace
}  // namespace proviso::input
