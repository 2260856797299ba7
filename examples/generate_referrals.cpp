// Makes referrals for the policies of policies/, from several places: most complete and within the criteria, some not,
// many with facts missing. The same seed gives the same referrals on every machine, in NDJSON and in CSV. Nobody in
// them exists: the NHS numbers are of the range 999, which is kept for tests.
//
//   generate_referrals [--seed N] [--count N] [--format ndjson|csv|csv-sore-throats|csv-other-diagnoses]
//
// CSV has no lists: those of a referral stand in files of their own, joined to it by its id.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "generator/interventions.hpp"
#include "generator/nhs_number.hpp"
#include "generator/random.hpp"
#include "generator/referral.hpp"
#include "generator/write.hpp"

namespace {

using namespace referrals;

/// Leaves out one to three of the facts of the referral's own topic.
void forget(Random& random, Referral& referral, std::string_view topic) {
  std::vector<std::string> answered;
  for (const auto& [path, value] : referral.facts) {
    if (path.starts_with(topic)) answered.push_back(path);
  }
  if (topic == "breasts.") {
    for (const char* path : {"patient.bmi", "patient.bmi_stable_since"}) answered.insert(answered.end(), 4, path);
  }
  for (int left = random.between(1, 3); left > 0 && !answered.empty(); --left) {
    const auto chosen = answered[static_cast<std::size_t>(random.between(0, static_cast<int>(answered.size()) - 1))];
    referral.facts.erase(chosen);
    if (chosen == "patient.bmi") referral.facts.erase("patient.bmi.on");
  }
  if (!referral.sore_throats.empty() && random.chance(40)) {
    for (auto& episode : referral.sore_throats) {
      if (random.chance(50)) episode.erase("documented");
    }
  }
}

void let_bmi_grow_old(Random& random, Referral& referral) {
  referral.set("patient.bmi.on", date(referral.referred - days(random.between(400, 900))));
}

void put_outside(Random& random, Referral& referral, std::string_view topic) {
  const int way = random.between(0, 3);
  if (way == 0) return referral.set("emergency", yes_no(true));
  if (way == 1 && topic == "veins.") return referral.set("veins.bleeding", yes_no(true));
  if (way == 1 && topic == "hearing.") return referral.set("hearing.grommets_for", word("recurrent_otitis_media"));
  if (way <= 1 && topic == "throat.") return referral.set("throat.recurrent_quinsy", yes_no(true));
  if (way == 2 && random.chance(50)) {
    referral.other_diagnoses.emplace_back(random.one_of(std::to_array<std::string_view>({"C18.9", "C50.9", "D05.1"})));
    return;
  }
  if (way == 2) return referral.set("suspected_cancer", yes_no(true));
  // Another diagnosis or another procedure: no policy applies.
  if (random.chance(50)) return referral.set("diagnosis", word("M16.1"));
  referral.set("procedure", word("W37.1"));
}

/// Where the patient belongs: by name, or by the ODS code, as records have it; now and then nobody says.
void draw_commissioner(Random& random, Referral& referral) {
  constexpr auto names = std::to_array<std::string_view>({"Bedfordshire", "Luton", "MiltonKeynes", "LeicesterCity",
                                                          "WestLeicestershire", "SouthSefton", "SouthportFormby",
                                                          "CoventryRugby", "Lewisham", "Southwark", "HertsValleys"});
  constexpr auto codes = std::to_array<std::string_view>({"06F", "06P", "04F", "04C", "03W", "01T", "05A", "08L"});
  if (random.chance(2)) return;
  referral.set("commissioner", word(random.chance(50) ? random.one_of(names) : random.one_of(codes)));
}

const Intervention& draw_intervention(Random& random) {
  int ticket = random.between(1, 100);
  for (const auto& intervention : interventions) {
    ticket -= intervention.share;
    if (ticket <= 0) return intervention;
  }
  return interventions.back();
}

Referral draw(Random& random, int row) {
  const Intervention& intervention = draw_intervention(random);
  Referral referral;
  // One in thirty comes from before the policies.
  const bool early = random.chance(3);
  const Day first = early ? day_of(2018, 1, 1) : day_of(2019, 4, 1);
  const Day last = early ? day_of(2019, 3, 31) : day_of(2026, 6, 30);
  referral.referred = first + days(random.between(0, static_cast<int>((last - first).count())));

  std::array<char, 16> id{};
  std::snprintf(id.data(), id.size(), "R-%04d", row);
  referral.set("id", word(id.data()));
  referral.set("referred", date(referral.referred));
  referral.set("patient.nhs_number", word(nhs_number(random)));
  const int age = random.between(intervention.youngest, intervention.oldest);
  referral.set("patient.born", date(years_before(referral.referred, age, random.between(0, 364))));
  referral.set("patient.sex", word(random.chance(intervention.women) ? "female" : "male"));
  if (age >= 18 && random.chance(50)) {
    referral.set("patient.bmi", tenths(random.between(190, 420)));
    referral.set("patient.bmi.on", date(referral.referred - days(random.between(0, 600))));
  }

  // Of a hundred: 46 complete and within the criteria, 17 complete and not, 28 with facts left out, 9 outside.
  const int fate = random.between(1, 100);
  const bool meets = fate <= 46 || (fate > 63 && random.chance(85));
  intervention.fill(random, referral, meets);
  if (random.chance(30)) referral.set("suspected_cancer", yes_no(false));
  if (random.chance(15)) {
    referral.other_diagnoses.emplace_back(random.one_of(std::to_array<std::string_view>({"I10", "E11.9", "J45.9"})));
  }
  if (fate > 63 && fate <= 91) forget(random, referral, intervention.topic);
  if (fate > 91) put_outside(random, referral, intervention.topic);
  if (intervention.topic == "breasts." && referral.has("patient.bmi") && random.chance(15))
    let_bmi_grow_old(random, referral);
  draw_commissioner(random, referral);
  return referral;
}

int wrong_usage() {
  std::cerr << "usage: generate_referrals [--seed N] [--count N] [--format "
               "ndjson|csv|csv-sore-throats|csv-other-diagnoses]\n";
  return 2;
}

}  // namespace

int main(int count_of_arguments, char** arguments) {
  std::uint64_t seed = 20190401;
  int count = 500;
  Format format = Format::ndjson;
  if (count_of_arguments % 2 == 0) return wrong_usage();
  for (int at = 1; at < count_of_arguments; at += 2) {
    const std::string_view option = arguments[at];
    const std::string_view value = arguments[at + 1];
    if (option == "--seed")
      seed = std::strtoull(arguments[at + 1], nullptr, 10);
    else if (option == "--count")
      count = std::atoi(arguments[at + 1]);
    else if (option == "--format" && value == "ndjson")
      format = Format::ndjson;
    else if (option == "--format" && value == "csv")
      format = Format::csv;
    else if (option == "--format" && value == "csv-sore-throats")
      format = Format::csv_sore_throats;
    else if (option == "--format" && value == "csv-other-diagnoses")
      format = Format::csv_other_diagnoses;
    else
      return wrong_usage();
  }
  std::cerr << "seed " << seed << ", " << count << " referrals\n";
  write_heading(std::cout, format);
  Random random(seed);
  for (int row = 1; row <= count; ++row) write(std::cout, draw(random, row), format);
  return 0;
}
