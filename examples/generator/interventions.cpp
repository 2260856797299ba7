#include "interventions.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace referrals {
namespace {

const Day review_of_2024 = day_of(2024, 9, 1);

// One intervention each: all its facts, within the criteria or not.

struct Range {
  int low;
  int high;
};

/// So many episodes in each of the three years before the referral, the latest year first.
void sore_throats(Random& random, Referral& referral, const std::array<Range, 3>& numbers) {
  std::vector<Day> starts;
  for (int year = 0; year < 3; ++year) {
    const Range& number_in_year = numbers[static_cast<std::size_t>(year)];
    for (int left = random.between(number_in_year.low, number_in_year.high); left > 0; --left) {
      starts.push_back(years_before(referral.referred, year, random.between(3, 360)));
    }
  }
  std::sort(starts.begin(), starts.end());
  for (const Day start : starts) {
    Facts facts = {{"on", date(start)}};
    for (const char* name : {"documented", "significant", "treated"}) facts.emplace(name, yes_no(true));
    referral.sore_throats.push_back(std::move(facts));
  }
}

void tonsillectomy(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word(random.one_of(std::to_array<std::string_view>({"F34.1", "F34.4", "F34.8", "F36.1"}))));
  referral.set("diagnosis", word(random.one_of(std::to_array<std::string_view>({"J03.0", "J03.9", "J35.0"}))));
  referral.set_all({"throat.acute_tonsillitis", "throat.disabling"}, true);
  const int way = random.between(0, 2);
  if (meets && way == 0) return sore_throats(random, referral, {{{7, 9}, {0, 3}, {0, 0}}});
  if (meets && way == 1) return sore_throats(random, referral, {{{5, 6}, {5, 6}, {0, 2}}});
  if (meets) return sore_throats(random, referral, {{{3, 4}, {3, 4}, {3, 4}}});
  if (way == 0) referral.set("throat.disabling", yes_no(false));
  // Enough in all, but not in each of the years.
  sore_throats(random, referral, {{{2, 4}, {5, 7}, {0, 2}}});
  if (way == 2) {
    referral.set("throat.complication", word("guttate_psoriasis"));
    referral.set("throat.specialist_assessment", yes_no(random.chance(70)));
  }
}

void grommets(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word("D15.1"));
  referral.set("diagnosis", word(random.one_of(std::to_array<std::string_view>({"H65.2", "H65.3", "H65.9", "H66.3"}))));
  referral.set("hearing.grommets_for", word("glue_ear"));
  referral.set_all({"hearing.audiology_assessment", "hearing.ent_assessment", "hearing.bilateral_effusion"}, true);
  const int louder = meets ? random.between(25, 45) : random.between(10, 24);
  referral.set("hearing.left_ear", number(louder + random.between(0, 8)));
  referral.set("hearing.right_ear", number(louder));
  if (referral.referred < review_of_2024) {
    referral.set("hearing.effusion_since", date(referral.referred - days(random.between(95, 300))));
    referral.set("hearing.significant_impact", yes_no(false));
    return;
  }
  const Day assessed = referral.referred - days(random.between(130, 200));
  referral.set("hearing.assessed", date(assessed));
  referral.set("hearing.reassessed", date(assessed + days(meets || random.chance(50) ? 100 : 60)));
  referral.set_all({"hearing.hearing_test", "hearing.tympanometry", "hearing.advice_given", "hearing.risks_discussed",
                    "hearing.adenoidectomy_considered"},
                   true);
  referral.set("hearing.devices_considered", yes_no(meets));
  if (random.chance(10)) referral.set("patient.downs_syndrome", yes_no(true));
}

void varicose_veins(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word(random.one_of(std::to_array<std::string_view>({"L84.1", "L85.1", "L86.2", "L88.2"}))));
  referral.set("diagnosis", word(random.one_of(std::to_array<std::string_view>({"I83.0", "I83.1", "I83.9"}))));
  referral.set_all({"veins.symptoms", "veins.skin_changes", "veins.thrombosis", "veins.incompetence"}, false);
  referral.set("veins.ulcer", word("no_ulcer"));
  if (referral.facts.at("patient.sex").text == "female")
    referral.set("patient.pregnant", yes_no(!meets && random.chance(15)));
  if (!meets) return;
  const int way = random.between(0, 9);
  if (way < 6) referral.set("veins.symptoms", yes_no(true));
  if (way == 5 || way == 6) referral.set("veins.skin_changes", yes_no(true));
  if (way == 7) referral.set_all({"veins.thrombosis", "veins.incompetence"}, true);
  if (way == 8) referral.set("veins.ulcer", word("healed"));
  if (way == 9) {
    referral.set("veins.ulcer", word("open"));
    referral.set("veins.ulcer_since", date(referral.referred - days(random.between(15, 90))));
  }
}

void breast_reduction(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word("B31.1"));
  referral.set("diagnosis", word("N62"));
  const int fault = meets ? -1 : random.between(0, 3);
  referral.set("patient.bmi", tenths(fault == 0 ? random.between(270, 340) : random.between(205, 269)));
  referral.set("patient.bmi.on", date(referral.referred - days(random.between(5, 200))));
  referral.set("patient.bmi_stable_since",
               date(referral.referred - days(fault == 1 ? random.between(60, 330) : random.between(400, 900))));
  referral.set("breasts.cosmetic", yes_no(fault == 2));
  if (random.chance(25)) {
    referral.set("breasts.operation", word("unilateral"));
    referral.set("breasts.difference", number(fault == 3 ? random.between(60, 149) : random.between(150, 260)));
    return;
  }
  referral.set("breasts.operation", word("bilateral"));
  referral.set_all({"breasts.supportive_care", "breasts.shoulder_discomfort", "breasts.physiotherapy",
                    "breasts.backache", "breasts.fitted_bra_failed", "breasts.written_information",
                    "breasts.smoking_advice", "breasts.lactation_advice"},
                   true);
  referral.set("breasts.intertrigo", yes_no(random.chance(30)));
  referral.set("breasts.strap_indentations", yes_no(random.chance(60)));
  referral.set("breasts.left_reduction", number(fault == 3 ? random.between(250, 450) : random.between(500, 900)));
  referral.set("breasts.right_reduction", number(fault == 3 ? random.between(250, 450) : random.between(500, 900)));
  referral.set("breasts.cup_sizes", number(fault == 3 ? 2 : random.between(2, 5)));
}

void dupuytrens_contracture(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word(random.one_of(std::to_array<std::string_view>({"T52.1", "T52.5", "T54.1"}))));
  referral.set("diagnosis", word("M72.0"));
  referral.set("hand.knuckle_contracture", number(meets ? random.between(30, 75) : random.between(5, 29)));
  referral.set("hand.finger_contracture", number(meets ? random.between(0, 60) : random.between(0, 19)));
  referral.set("hand.severe_thumb", yes_no(false));
  referral.set("hand.progressing", yes_no(meets || random.chance(60)));
  referral.set("hand.function_impaired", yes_no(meets || random.chance(40)));
}

void carpal_tunnel_release(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word(random.one_of(std::to_array<std::string_view>({"A65.1", "A65.9"}))));
  referral.set("diagnosis", word("G56.0"));
  referral.set_all({"wrist.affects_daily_living", "wrist.affects_sleep"}, meets || random.chance(70));
  referral.set_all({"wrist.settled", "wrist.sensation_reduced", "wrist.thenar_weakness"}, false);
  referral.set("wrist.steroid_injections", number(meets && random.chance(50) ? 1 : 0));
  const int worn = meets ? random.between(56, 150) : random.between(10, 50);
  const int ended = random.between(5, 40);
  referral.set("wrist.splint_from", date(referral.referred - days(ended + worn)));
  referral.set("wrist.splint_until", date(referral.referred - days(ended)));
  if (meets && random.chance(25)) referral.set("wrist.sensation_reduced", yes_no(true));
}

void chalazia_removal(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word(random.one_of(std::to_array<std::string_view>({"C12.1", "C12.2"}))));
  referral.set("diagnosis", word("H00.1"));
  const int present = meets ? random.between(190, 500) : random.between(40, 175);
  referral.set("eyelid.present_since", date(referral.referred - days(present)));
  referral.set("eyelid.conservative_from", date(referral.referred - days(present - 5)));
  referral.set("eyelid.conservative_until", date(referral.referred - days(present - random.between(34, 38))));
  referral.set_all({"eyelid.affects_vision", "eyelid.affects_lid", "eyelid.abscess"}, false);
  referral.set("eyelid.infections", number(meets ? random.between(0, 3) : random.between(0, 1)));
}

void benign_skin_lesions(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word(random.one_of(std::to_array<std::string_view>({"S05.1", "S06.5", "S09.1", "E09.1"}))));
  const bool cyst = random.chance(50);
  referral.set("diagnosis", word(cyst ? "L72.0" : "D17.1"));
  referral.set("skin.lesion", word(cyst ? "epidermoid_or_pilar_cyst" : "lipoma"));
  referral.set_all({"skin.traumatised", "skin.bleeds_from_trauma", "skin.bleeds", "skin.painful", "skin.obstructs",
                    "skin.limits_function", "skin.pressure_symptoms", "skin.would_worsen", "skin.facial"},
                   false);
  referral.set("skin.antibiotic_courses", number(random.between(0, 1)));
  if (!meets) return;
  const int way = random.between(0, 3);
  if (way == 0) referral.set_all({"skin.traumatised", "skin.bleeds_from_trauma"}, true);
  if (way == 1) referral.set("skin.antibiotic_courses", number(random.between(2, 4)));
  if (way == 2) referral.set("skin.painful", yes_no(true));
  if (way == 3) referral.set("skin.limits_function", yes_no(true));
}

void haemorrhoid_surgery(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word(random.one_of(std::to_array<std::string_view>({"H51.1", "H51.2", "H51.3", "H51.8"}))));
  referral.set("diagnosis", word(random.one_of(std::to_array<std::string_view>({"K64.1", "K64.2", "K64.3"}))));
  const bool high = random.chance(60);
  referral.set("haemorrhoids.grade", word(high ? (random.chance(60) ? "grade_3" : "grade_4") : "grade_2"));
  referral.set_all({"haemorrhoids.combined", "haemorrhoids.recurrent", "haemorrhoids.severe"}, high && meets);
  referral.set("haemorrhoids.persistent", yes_no(meets || random.chance(50)));
  referral.set_all({"haemorrhoids.fibre_and_water_failed", "haemorrhoids.banding_failed"}, !high && meets);
  referral.set("haemorrhoids.persistent_pain", yes_no(random.chance(40)));
  referral.set("haemorrhoids.persistent_bleeding", yes_no(high && meets));
  referral.set("haemorrhoids.irreducible_large_external", yes_no(meets && random.chance(15)));
  referral.set("haemorrhoids.rectal_bleeding", yes_no(random.chance(60)));
  referral.set("haemorrhoids.internal_examination", yes_no(meets || random.chance(50)));
}

void snoring_surgery(Random& random, Referral& referral, bool meets) {
  referral.set("procedure", word(random.one_of(std::to_array<std::string_view>({"F32.4", "F32.5", "F32.6"}))));
  referral.set("diagnosis", word("R06.5"));
  if (meets) referral.set("individual_funding", word(random.chance(60) ? "agreed" : "pending"));
  if (!meets && random.chance(20)) referral.set("individual_funding", word("declined"));
}

}  // namespace

const std::array<Intervention, 10> interventions = {{
    {tonsillectomy, "throat.", 14, 4, 35, 55},
    {grommets, "hearing.", 12, 2, 11, 45},
    {varicose_veins, "veins.", 13, 25, 80, 60},
    {breast_reduction, "breasts.", 10, 19, 60, 100},
    {dupuytrens_contracture, "hand.", 8, 45, 85, 25},
    {carpal_tunnel_release, "wrist.", 13, 28, 82, 65},
    {chalazia_removal, "eyelid.", 7, 8, 75, 50},
    {benign_skin_lesions, "skin.", 11, 10, 80, 50},
    {haemorrhoid_surgery, "haemorrhoids.", 8, 25, 75, 50},
    {snoring_surgery, "throat.", 4, 25, 65, 20},
}};

}  // namespace referrals
