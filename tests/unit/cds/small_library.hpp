#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "../../folder.hpp"

namespace cds_test {

using proviso::Folder;

using Json = nlohmann::json;

/// Hips need approval and a BMI, tonsils are not commissioned, hernias are reviewed where they are large.
inline constexpr const char* small_policies = R"(library small

places { England { Luton ods:06P  SouthSefton "South Sefton" ods:01T } }

record Referral "A referral" {
  id           text
  referred     date        "Date of referral"        ask "On what date was the patient referred?"
  procedure    code opcs4  "Intended procedure"      ask "Which procedure is intended (OPCS-4)?"
  commissioner place       "Responsible commissioner" ask "Which commissioner is responsible?"
  emergency    yes/no      "Emergency"               assume no ask "Is this an emergency?"
  patient      Patient
}
record Patient "The patient" {
  nhs_number text          "NHS number"       check nhs_number ask "What is the patient's NHS number?"
  born       date          "Date of birth"    ask "What is the patient's date of birth?"
  bmi        number kg/m2  "Body mass index"  measured valid 12 months
                           ask "What is the patient's BMI, and when was it measured?"
  pain       yes/no        "Pain"             ask "Does the hip hurt at *night*?"
}
record Authorisation "A prior approval" {
  id        text
  procedure code opcs4 "Procedure"
  patient   Person
}
record Person { nhs_number text check nhs_number }

threshold hip_bmi: number kg/m2 { 35 from 2020-01-01 source "Hips, a policy" section "BMI" }
threshold authorisation_validity: duration { 12 months from 2018-04-01 }

policy hip "Hip replacement" on Referral {
  category   prior_approval
  status     adopted
  source     "Hips, a policy" section "Criteria"
  effective  2020-01-01
  dated by   referred
  in         England
  applies when procedure = opcs4:W37.1

  exempt emergency_admission when emergency "Emergencies are not under the policy"
  approve when all {
    bmi  "BMI is within the limit": patient.bmi <= hip_bmi
    pain "The hip hurts at night": patient.pain
  } "The hip is replaced"
  otherwise refuse "Hip replacement is not routinely funded"
}

policy tonsils "Tonsillectomy" on Referral {
  category   not_commissioned
  status     adopted
  effective  2020-01-01
  dated by   referred
  in         England
  applies when procedure = opcs4:F34.1
  exempt emergency_admission when emergency "Emergencies are not under the policy"
  otherwise refuse "Tonsils are left where they are"
}

policy hernia "Hernia" on Referral {
  category   threshold
  status     adopted
  effective  2020-01-01
  dated by   referred
  in         England
  applies when procedure = opcs4:T20.1
  review when patient.bmi > 40 kg/m2 "A panel looks at it"
  otherwise approve "Hernias are mended"
}
)";

inline constexpr const char* small_mapping = R"(record Referral
id                 = ServiceRequest.identifier(ubrn).value
referred           = ServiceRequest.authoredOn
referred           = Appointment.created
procedure          = ServiceRequest.code
commissioner       = ServiceRequest.insurance.payor
commissioner       = Patient.managingOrganization
emergency          = ServiceRequest.priority, stat = yes, routine = no, urgent = no
patient.nhs_number = Patient.identifier(nhs_number).value
patient.born       = Patient.birthDate
patient.bmi        = Observation(snomed:60621009 loinc:39156-5).valueQuantity, unit kg/m2
patient.pain       = Condition(snomed:57676002)
)";

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Where something is empty in it that must not be; empty where nothing is. In lists that stand side by side, a null
/// keeps a place beside others.
inline std::string empty_in(const Json& value, const std::string& at = "") {
  if (value.is_null() || ((value.is_object() || value.is_array()) && value.empty()) ||
      (value.is_string() && value.get_ref<const std::string&>().empty())) {
    return at == "/cards" && value.is_array() ? "" : at + " is " + value.dump();
  }
  if (!value.is_structured()) return "";
  for (const auto& [name, each] : value.items()) {
    if (value.is_array() && value.size() > 1 && each.is_null()) continue;
    if (std::string found = empty_in(each, at + "/" + name); !found.empty()) return found;
  }
  return "";
}

}  // namespace cds_test
