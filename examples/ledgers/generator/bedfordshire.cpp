// What the commissioners of Bedfordshire, Luton and Milton Keynes pay the Luton and Dunstable hospital, from April 2019
// to March 2020.
#include <array>

#include "activity.hpp"

namespace ledgers {
namespace {

const Day first_day_of_contract = day_of(2019, 4, 1);
const Day last_day_of_contract = day_of(2020, 3, 31);

Place place_in_bedfordshire(Scene& scene) {
  constexpr auto commissioners = std::to_array<std::string_view>({"06F", "06P", "04F"});
  return {scene.random.one_of(commissioners), "RC9"};
}
Day day_in_bedfordshire(Scene& scene) { return scene.day_between(first_day_of_contract, last_day_of_contract); }

constexpr auto multiple = std::string_view("blmk.contract.multiple_diagnostics");

/// One to four scans of a patient on one day, and one the day after.
void scans(Scene& scene) {
  const Place where = place_in_bedfordshire(scene);
  const Day day = day_in_bedfordshire(scene);
  const Person person = scene.person(day);
  constexpr auto modalities = std::to_array<std::string_view>({"MRI", "CT", "US"});
  const std::string_view modality = scene.random.one_of(modalities);
  const int count = scene.random.between(1, 4);
  for (int each = 1; each <= count; ++each) {
    ActivityLine& line = scene.scan(where, person, day, modality);
    if (count == 1) continue;
    if (modality == "US")
      line.expect(multiple, "other_modality");
    else
      line.expect(multiple, each == 1 ? "first_scan" : "otherwise");
  }
  // Another modality, another day: lines of their own.
  if (scene.random.chance(40)) scene.scan(where, person, day, modality == "MRI" ? "CT" : "MRI");
  if (scene.random.chance(40) && day < last_day_of_contract) scene.scan(where, person, day + days(1), modality);
}

void imaging_in_sus(Scene& scene) {
  const Place where = place_in_bedfordshire(scene);
  const Day day = day_in_bedfordshire(scene);
  ActivityLine& line = scene.scan(where, scene.person(day), day, "CT");
  constexpr auto rule = std::string_view("blmk.contract.diagnostic_imaging");
  const int way = scene.random.between(1, 3);
  if (way == 1) line.set(Activity::sus, "recorded_incorrectly").expect(rule, "otherwise");
  if (way == 2) line.set(Activity::sus, "not_recorded").expect(rule, "otherwise");
  if (way == 3) line.forget(Activity::sus).expect(rule, "information needed");
}

void unbundled(Scene& scene) {
  const Place where = place_in_bedfordshire(scene);
  const Day day = day_in_bedfordshire(scene);
  ActivityLine& line = scene.follow_up(where, scene.person(day), day);
  line.set(Activity::unbundled, true);
  constexpr auto rule = std::string_view("blmk.contract.unbundled_activity");
  if (scene.random.chance(50)) line.set(Activity::sus, "not_recorded").expect(rule, "otherwise");
}

void bedfordshire_block_items(Scene& scene) {
  const Place where = place_in_bedfordshire(scene);
  ActivityLine& line = scene.block_item(where, day_in_bedfordshire(scene));
  constexpr auto rule = std::string_view("blmk.contract.block_items");
  const int way = scene.random.between(1, 4);
  if (way == 1) line.set(Activity::minimum_data_set, "incomplete").expect(rule, "otherwise");
  if (way == 2) line.set(Activity::minimum_data_set, "not_supplied").expect(rule, "otherwise");
}

void best_practice(Scene& scene) {
  const Place where = place_in_bedfordshire(scene);
  const Day admitted = day_in_bedfordshire(scene);
  const Person person = scene.person(admitted, 65, 95);
  ActivityLine& line = scene.stay(where, person, admitted, scene.random.between(5, 20), "21");
  line.set(Activity::hrg, "HE11B").set(Activity::treatment_function, "110").set(Activity::diagnosis, "S72.0");
  line.set_money(Activity::price, 724'500).set_money(Activity::best_practice_base_price, 591'000);
  line.set(Activity::best_practice_charged, true).set(Activity::best_practice_flagged, true);
  const int way = scene.random.between(1, 4);
  line.set(Activity::best_practice_evidence, way > 2);
  if (way <= 2) line.expect("blmk.contract.best_practice_tariff", "otherwise");
  if (way == 2)
    line.set(Activity::best_practice_flagged, false).expect("blmk.contract.best_practice_flag", "otherwise");
  if (way == 3) {
    line.forget(Activity::best_practice_evidence);
    line.expect("blmk.contract.best_practice_tariff", "information needed");
  }
}

void readmission_flags(Scene& scene) {
  const Place where = place_in_bedfordshire(scene);
  const Day admitted = scene.day_between(first_day_of_contract, last_day_of_contract - days(60));
  const Person person = scene.person(admitted);
  const bool same = scene.random.chance(50);
  scene.stay({where.commissioner, same ? where.provider : "RC1"}, person, admitted, 3, "11");
  ActivityLine& next = scene.stay(where, person, admitted + days(3 + scene.random.between(1, 30)), 2, "21");
  const int way = scene.random.between(1, 3);
  next.set(Activity::readmission_flag, way == 1             ? "not_flagged"
                                       : same == (way == 2) ? "same_provider"
                                                            : "other_provider");
  if (way != 2) next.expect("blmk.contract.readmission_flag", "otherwise");
}

/// What is raised with the provider, and no payment hangs on.
void data_quality(Scene& scene) {
  const Place where = place_in_bedfordshire(scene);
  const Day day = day_in_bedfordshire(scene);
  const Person person = scene.person(day);
  switch (scene.random.between(1, 4)) {
    case 1:
      scene.emergency_attendance(where, person, day)
          .set(Activity::conclusion_recorded, false)
          .expect("blmk.contract.attendance_times", "otherwise");
      return;
    case 2:
      scene.stay(where, person, day, 1, "11")
          .set(Activity::admission_method, "81")
          .expect("blmk.contract.admission_method_recorded", "otherwise");
      return;
    case 3:
      scene.follow_up(where, person, day)
          .forget(Activity::nhs_number)
          .expect("blmk.contract.nhs_number_complete", "otherwise");
      return;
    default:
      scene.first_attendance(where, person, day)
          .set(Activity::referral_medium, "letter")
          .expect("blmk.contract.e_referral_only", "otherwise");
      return;
  }
}

}  // namespace

const std::vector<Scenario>& scenarios_of_bedfordshire() {
  static const std::vector<Scenario> scenarios = {
      {40, scans},         {15, imaging_in_sus},    {10, unbundled},   {12, bedfordshire_block_items},
      {15, best_practice}, {15, readmission_flags}, {20, data_quality}};
  return scenarios;
}

}  // namespace ledgers
