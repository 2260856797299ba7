#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "input/fhir.hpp"
#include "sample.hpp"

/// Bundles put together by hand, and what is made of them by the sample record.
namespace proviso::input::sample {

inline const model::Library& fhir_library() {
  static const model::Library made = [] {
    model::Library library = referral();
    model::Record& record = library.records.front();
    for (const char* const name : {"patient.downs", "patient.pregnant"}) {
      model::Fact fact;
      fact.path = fact.name = name;
      fact.type = of(value::Kind::truth);
      record.levels.front().facts.push_back(static_cast<model::FactId>(record.facts.size()));
      record.facts.push_back(std::move(fact));
    }
    return library;
  }();
  return made;
}

inline constexpr std::string_view fhir_lines = R"(
record Referral
id                 = ServiceRequest.identifier(ubrn).value
referred           = ServiceRequest.authoredOn
referred           = Appointment.created
procedure          = ServiceRequest.code
diagnoses          = Condition.code
commissioner       = ServiceRequest.extension("https://example.org/commissioner").valueReference
patient.nhs_number = Patient.identifier(nhs_number).value
patient.born       = Patient.birthDate
patient.bmi        = Observation(snomed:60621009 loinc:39156-5).valueQuantity
patient.weight     = Observation(loinc:29463-7).valueQuantity, unit kg
patient.smoking    = Observation(loinc:72166-2).valueCodeableConcept,
                     snomed:266919005 = never, snomed:8517006 = ex, snomed:77176002 = current, snomed:266927001 = unknown
patient.downs      = Condition(snomed:41040004 icd10:Q90)
patient.pregnant   = Condition(snomed:77386006)
score              = Observation("https://example.org/codes|score").component(loinc:8480-6).valueInteger
share              = Observation(loinc:4548-4).valueQuantity, unit %
wait               = Observation("https://example.org/codes|wait").valueQuantity
)";

inline FhirMapping fhir_mapping(std::string_view lines = fhir_lines) {
  return FhirMapping::read(lines, fhir_library()).value();
}

/// A bundle of the resources.
inline std::string bundle(const std::vector<std::string>& resources) {
  std::string out = R"({"resourceType": "Bundle", "type": "collection", "entry": [)";
  for (std::size_t i = 0; i < resources.size(); ++i)
    out += (i == 0 ? "" : ", ") + (R"({"resource": )" + resources[i] + '}');
  return out + "]}";
}

/// A resource of the type with these further members; about the patient.
inline std::string about(const std::string& type, const std::string& members,
                         const std::string& patient = "Patient/1") {
  return R"({"resourceType": ")" + type + R"(", "subject": {"reference": ")" + patient + "\"}, " + members + '}';
}
inline std::string request(const std::string& members = R"("authoredOn": "2023-05-16")") {
  return about("ServiceRequest", R"("id": "sr1", "status": "active", )" + members);
}
inline std::string patient(const std::string& members = R"("birthDate": "1987-02-09")") {
  return R"({"resourceType": "Patient", "id": "1", )" + members + '}';
}
inline std::string coding(const std::string& system, const std::string& code) {
  return R"({"coding": [{"system": ")" + system + R"(", "code": ")" + code + "\"}]}";
}
inline std::string snomed(const std::string& code) { return coding("http://snomed.info/sct", code); }
inline std::string bmi(const std::string& value, const std::string& on, const std::string& status = "final") {
  return about("Observation", R"("status": ")" + status + R"(", "code": )" + snomed("60621009") +
                                  (on.empty() ? "" : R"(, "effectiveDateTime": ")" + on + '"') +
                                  R"(, "valueQuantity": {"value": )" + value +
                                  R"(, "system": "http://unitsofmeasure.org", "code": "kg/m2"})");
}
inline std::string condition(const std::string& code, const std::string& members = "") {
  return about("Condition", "\"code\": " + code + members);
}
/// A QuestionnaireResponse of items.
inline std::string response(const std::string& items,
                            const std::string& members = R"("authored": "2023-05-16T10:00:00Z")") {
  return about("QuestionnaireResponse", R"("status": "completed", )" + members + R"(, "item": [)" + items + ']');
}
inline std::string answer(const std::string& link, const std::string& value) {
  return R"({"linkId": ")" + link + R"(", "answer": [{)" + value + "}]}";
}

/// The record as JSON; or the error.
inline FhirRecord made_of(const std::vector<std::string>& resources, const FhirFocus& focus = {}) {
  static const FhirMapping mapping = fhir_mapping();
  const std::string text = bundle(resources);
  const auto record = record_of(mapping, {text}, focus);
  return record ? *record : FhirRecord{"error: " + record.error().message, {}, {}};
}
inline std::string json_of(const std::vector<std::string>& resources, const FhirFocus& focus = {}) {
  return made_of(resources, focus).json;
}
/// All notes, each on a line.
inline std::string notes_of(const FhirRecord& record) {
  std::string out;
  for (const FhirNote& note : record.notes) out += format(fhir_library().records.front(), note) + '\n';
  return out;
}

}  // namespace proviso::input::sample
