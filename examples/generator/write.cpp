#include "write.hpp"

#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace referrals {
namespace {

/// Every column, in the order of the vocabulary; `X.on` is the day on which X was measured.
constexpr std::array columns = std::to_array<std::string_view>({
    "id",
    "referred",
    "commissioner",
    "procedure",
    "diagnosis",
    "emergency",
    "suspected_cancer",
    "individual_funding",
    "patient.nhs_number",
    "patient.born",
    "patient.sex",
    "patient.bmi",
    "patient.bmi.on",
    "patient.bmi_stable_since",
    "patient.pregnant",
    "patient.downs_syndrome",
    "throat.acute_tonsillitis",
    "throat.disabling",
    "throat.complication",
    "throat.specialist_assessment",
    "throat.sleep_disordered_breathing",
    "throat.proven_sleep_apnoea",
    "throat.recurrent_quinsy",
    "hearing.grommets_for",
    "hearing.audiology_assessment",
    "hearing.ent_assessment",
    "hearing.hearing_test",
    "hearing.tympanometry",
    "hearing.assessed",
    "hearing.reassessed",
    "hearing.bilateral_effusion",
    "hearing.effusion_since",
    "hearing.left_ear",
    "hearing.right_ear",
    "hearing.significant_impact",
    "hearing.cannot_be_tested",
    "hearing.tympanographic_evidence",
    "hearing.unilateral_loss",
    "hearing.affects_daily_living",
    "hearing.advice_given",
    "hearing.devices_considered",
    "hearing.risks_discussed",
    "hearing.adenoidectomy_considered",
    "veins.symptoms",
    "veins.skin_changes",
    "veins.thrombosis",
    "veins.incompetence",
    "veins.ulcer",
    "veins.ulcer_since",
    "veins.bleeding",
    "breasts.operation",
    "breasts.supportive_care",
    "breasts.shoulder_discomfort",
    "breasts.physiotherapy",
    "breasts.intertrigo",
    "breasts.backache",
    "breasts.fitted_bra_failed",
    "breasts.strap_indentations",
    "breasts.left_reduction",
    "breasts.right_reduction",
    "breasts.cup_sizes",
    "breasts.difference",
    "breasts.written_information",
    "breasts.smoking_advice",
    "breasts.lactation_advice",
    "breasts.cosmetic",
    "hand.knuckle_contracture",
    "hand.finger_contracture",
    "hand.severe_thumb",
    "hand.progressing",
    "hand.function_impaired",
    "wrist.affects_daily_living",
    "wrist.affects_sleep",
    "wrist.settled",
    "wrist.steroid_injections",
    "wrist.splint_from",
    "wrist.splint_until",
    "wrist.sensation_reduced",
    "wrist.thenar_weakness",
    "eyelid.present_since",
    "eyelid.conservative_from",
    "eyelid.conservative_until",
    "eyelid.affects_vision",
    "eyelid.affects_lid",
    "eyelid.infections",
    "eyelid.abscess",
    "skin.lesion",
    "skin.genital",
    "skin.traumatised",
    "skin.bleeds_from_trauma",
    "skin.antibiotic_courses",
    "skin.bleeds",
    "skin.painful",
    "skin.obstructs",
    "skin.limits_function",
    "skin.pressure_symptoms",
    "skin.would_worsen",
    "skin.facial",
    "skin.distress",
    "haemorrhoids.grade",
    "haemorrhoids.fibre_and_water_failed",
    "haemorrhoids.banding_failed",
    "haemorrhoids.recurrent",
    "haemorrhoids.persistent",
    "haemorrhoids.severe",
    "haemorrhoids.combined",
    "haemorrhoids.persistent_pain",
    "haemorrhoids.persistent_bleeding",
    "haemorrhoids.irreducible_large_external",
    "haemorrhoids.rectal_bleeding",
    "haemorrhoids.internal_examination",
});

constexpr auto sore_throat_columns =
    std::to_array<std::string_view>({"id", "on", "documented", "significant", "treated"});

std::string json_sore_throat(const Facts& episode) {
  std::string text = "{";
  for (const auto name : sore_throat_columns) {
    const auto fact = episode.find(name);
    if (fact == episode.end()) continue;
    if (text.size() > 1) text += ", ";
    text += '"' + std::string(name) + "\": " + fact->second.json();
  }
  return text + '}';
}

void append_list(std::string& object, std::string_view name, const std::vector<std::string>& elements) {
  object += ", \"";
  object += name;
  object += "\": [";
  std::string_view separator;
  for (const auto& element : elements) {
    object += separator;
    object += element;
    separator = ", ";
  }
  object += ']';
}

/// Facts of one topic become one nested object; a measured fact becomes an object of its value and its day.
std::string json_line(const Referral& referral) {
  std::string text = "{";
  std::string_view open;
  const auto separate = [&text] {
    if (text.back() != '{') text += ", ";
  };
  for (const auto path : columns) {
    const auto fact = referral.facts.find(path);
    if (fact == referral.facts.end() || path.ends_with(".on")) continue;
    const auto dot = path.find('.');
    const auto topic = dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
    if (topic != open && !open.empty()) text += '}';
    separate();
    if (topic != open && !topic.empty()) text += '"' + std::string(topic) + "\": {";
    open = topic;
    text += '"' + std::string(topic.empty() ? path : path.substr(dot + 1)) + "\": ";
    const auto measured = referral.facts.find(std::string(path) + ".on");
    if (measured == referral.facts.end()) {
      text += fact->second.json();
    } else {
      text += "{\"value\": " + fact->second.json() + ", \"on\": " + measured->second.json() + '}';
    }
  }
  if (!open.empty()) text += '}';
  // In CSV a list without rows is empty, so it is here too; only tonsillectomy asks for sore throats.
  std::vector<std::string> diagnoses;
  for (const auto& code : referral.other_diagnoses) diagnoses.push_back(word(code).json());
  append_list(text, "other_diagnoses", diagnoses);
  std::vector<std::string> episodes;
  for (const auto& episode : referral.sore_throats) episodes.push_back(json_sore_throat(episode));
  if (!episodes.empty()) append_list(text, "sore_throats", episodes);
  return text + '}';
}

/// No value that is made here holds a comma or a quotation mark.
template <typename Names>
std::string csv_line(const Names& names, const Facts& facts) {
  std::string text;
  for (const auto name : names) {
    if (name != *names.begin()) text += ',';
    if (const auto fact = facts.find(name); fact != facts.end()) text += fact->second.text;
  }
  return text;
}

template <typename Names>
std::string csv_heading(const Names& names) {
  std::string text;
  for (const auto name : names) {
    if (!text.empty()) text += ',';
    text += name;
  }
  return text;
}

}  // namespace

void write_heading(std::ostream& output, Format format) {
  if (format == Format::csv) output << csv_heading(columns) << '\n';
  if (format == Format::csv_sore_throats) output << csv_heading(sore_throat_columns) << '\n';
  if (format == Format::csv_other_diagnoses) output << "id,value\n";
}

void write(std::ostream& output, const Referral& referral, Format format) {
  switch (format) {
    case Format::ndjson:
      output << json_line(referral) << '\n';
      return;
    case Format::csv:
      output << csv_line(columns, referral.facts) << '\n';
      return;
    case Format::csv_sore_throats:
      for (Facts episode : referral.sore_throats) {
        episode.emplace("id", referral.facts.at("id"));
        output << csv_line(sore_throat_columns, episode) << '\n';
      }
      return;
    case Format::csv_other_diagnoses:
      for (const auto& code : referral.other_diagnoses) {
        output << referral.facts.at("id").text << ',' << code << '\n';
      }
      return;
  }
}

}  // namespace referrals
