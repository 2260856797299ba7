#include <catch2/catch.hpp>

#include "fhir_sample.hpp"
#include "input/fhir_systems.hpp"

namespace proviso::input {
namespace {

using namespace sample;

model::FactId fact(const std::string& name) {
  const model::Record& record = fhir_library().records.front();
  for (model::FactId id = 0; id < record.facts.size(); ++id) {
    if (record.facts[id].name == name) return id;
  }
  return model::none;
}

std::string queries_for(const std::vector<std::string>& names) {
  const FhirMapping mapping = fhir_mapping();
  std::vector<model::FactId> facts;
  for (const std::string& name : names) facts.push_back(fact(name));
  std::string out;
  for (const FhirQuery& query : queries(mapping, facts)) out += query.key + ": " + query.query + '\n';
  return out;
}

TEST_CASE("queries bring what the facts are fed by, and no more") {
  CHECK(queries_for({}) == "");
  CHECK(queries_for({"referred", "procedure", "commissioner", "sore_throats.on"}) == "");
  CHECK(queries_for({"patient.born", "patient.nhs_number"}) == "patient: Patient/{{context.patientId}}\n");
  CHECK(queries_for({"patient.bmi"}) ==
        "observation_patient_bmi: Observation?patient={{context.patientId}}"
        "&code=http://snomed.info/sct|60621009,http://loinc.org|39156-5&_sort=-date&_count=1\n");
  CHECK(queries_for({"patient.downs", "patient.pregnant"}) ==
        "condition: Condition?patient={{context.patientId}}"
        "&code=http://snomed.info/sct|41040004,http://hl7.org/fhir/sid/icd-10|Q90,http://snomed.info/sct|77386006\n");
  CHECK(queries_for({"diagnoses", "patient.downs"}) == "condition: Condition?patient={{context.patientId}}\n");
}

TEST_CASE("a query says which facts it feeds") {
  const auto made = queries(fhir_mapping(), {fact("patient.born"), fact("patient.nhs_number")});
  REQUIRE(made.size() == 1);
  CHECK(made.front().facts == std::vector<model::FactId>{fact("patient.nhs_number"), fact("patient.born")});
}

TEST_CASE("systems are known by all their addresses") {
  for (const char* const address : {"http://snomed.info/sct", "https://snomed.info/ict", "snomed", "SNOMED",
                                    "http://snomed.info/sct/", "http://snomed.info/sct/83821000000107/version/20230412",
                                    "http://snomed.info/sct|2023", "urn:oid:2.16.840.1.113883.6.96"}) {
    CAPTURE(address);
    CHECK(is_of_system(address, "snomed"));
    CHECK(is_of_system(address, "http://snomed.info/sct"));
    CHECK_FALSE(is_of_system(address, "loinc"));
  }
  CHECK(is_of_system("https://fhir.nhs.uk/id/ods-organization-code", "ods"));
  CHECK(is_of_system("https://directory.spineservices.nhs.uk/STU3/Organization/06P", "ods"));
  CHECK(is_of_system("http://fhir.nhs.net/Id/nhs-number", "nhs_number"));
  CHECK(is_of_system("http://fhir.nhs.net/Id/nhs-number", "https://fhir.nhs.uk/Id/nhs-number"));
  CHECK(is_of_system("https://dmd.nhs.uk/", "dmd"));
  CHECK(is_of_system("http://snomed.info/sct", "dmd"));
  CHECK(is_of_system("http://hl7.org/fhir/sid/icd-10-uk", "icd10"));
  CHECK(is_of_system("https://example.org/codes/", "https://example.org/Codes"));
  CHECK_FALSE(is_of_system("", "snomed"));
  CHECK_FALSE(is_of_system("http://snomed.info/sctx", "snomed"));
  CHECK_FALSE(is_of_system("https://example.org/codes/more", "https://example.org/codes"));
  CHECK(address_of_system("opcs4") == "https://fhir.hl7.org.uk/Id/opcs-4");
}

TEST_CASE("codes are one code with and without dots, and cover those below") {
  CHECK(is_of_code("W371", "opcs4", "W37.1"));
  CHECK(is_of_code("w37.1", "opcs4", "W37"));
  CHECK_FALSE(is_of_code("W38.1", "opcs4", "W37"));
  CHECK(is_of_code("M171D", "icd10", "M17.1"));
  CHECK(is_of_code("60621009", "snomed", "60621009"));
  CHECK_FALSE(is_of_code("6062100", "snomed", "60621009"));
}

}  // namespace
}  // namespace proviso::input
