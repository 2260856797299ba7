// What the commissioners of Leicester, Leicestershire and Rutland pay, from April 2017 to March 2019.
#include <array>

#include "activity.hpp"

namespace ledgers {
namespace {

constexpr auto commissioners = std::to_array<std::string_view>({"04C", "03W", "04V"});

Place place_in_leicester(Scene& scene) { return {scene.random.one_of(commissioners), "RWE"}; }
Day day_in_leicester(Scene& scene) { return scene.day_between(day_of(2017, 4, 1), day_of(2019, 3, 31)); }

void leicester_block_items(Scene& scene) {
  const Place where = place_in_leicester(scene);
  ActivityLine& line = scene.block_item(where, day_in_leicester(scene));
  switch (scene.random.between(1, 6)) {
    case 1:
      line.set(Activity::minimum_data_set, "not_supplied").expect("llr.contract.block_items", "otherwise");
      return;
    case 2:
      line.set(Activity::minimum_data_set, "incomplete").expect("llr.contract.block_items", "otherwise");
      return;
    case 3:
      line.forget(Activity::minimum_data_set).expect("llr.contract.block_items", "information needed");
      return;
    default:
      return;
  }
}

void intrafirm(Scene& scene) {
  const Place where = place_in_leicester(scene);
  const Day day = day_in_leicester(scene);
  ActivityLine& line = scene.first_attendance(where, scene.person(day), day);
  line.set(Activity::source_of_referral, "5");
  const int way = scene.random.between(1, 5);
  if (way == 1) return (void)line.set(Activity::referring_provider, "RJE");
  if (way == 2) {
    line.forget(Activity::referring_provider).expect("llr.contract.intrafirm", "information needed");
    return;
  }
  line.set(Activity::referring_provider, where.provider).expect("llr.contract.intrafirm", "intrafirm");
}

/// Attendances at a private hospital that has no contract.
void non_contracted(Scene& scene) {
  const Place where{scene.random.one_of(commissioners), "NT345"};
  const Day day = day_in_leicester(scene);
  const Person person = scene.person(day);
  ActivityLine& line = scene.first_attendance(where, person, day);
  line.set(Activity::contract_status, "non_contracted").set(Activity::source_of_referral, "06");
  constexpr auto rule = std::string_view("llr.contract.non_contracted_activity");
  Authorisation authorisation{.provider = where.provider,
                              .procedure = {},
                              .molecule = {},
                              .decided = day - days(20),
                              .valid_from = day - days(20),
                              .valid_to = day + days(160)};
  switch (scene.random.between(1, 8)) {
    case 1:
    case 2:
      line.set(Activity::source_of_referral, scene.random.chance(50) ? "3" : "92").expect(rule, "usual_referrer");
      return;
    case 3:
      scene.authorisations.add(person, authorisation);
      return;
    case 4:
      // Granted, but after the patient was seen.
      authorisation.decided = authorisation.valid_from = day + days(scene.random.between(1, 30));
      scene.authorisations.add(person, authorisation);
      line.expect(rule, "otherwise");
      return;
    case 5:
      authorisation.decision = "declined";
      scene.authorisations.add(person, authorisation);
      line.set(Activity::prior_approval, "declined").expect(rule, "otherwise");
      line.expect("llr.contract.declined_non_contracted", "otherwise");
      return;
    case 6:
      line.set(Activity::source_of_referral, "03").set(Activity::dataset_compliant, false);
      line.expect(rule, "usual_referrer").expect("llr.contract.non_contracted_submission", "otherwise");
      return;
    default:
      // With a special interest, from the community dentist: none of the three whom the text names.
      line.set(Activity::source_of_referral, scene.random.chance(50) ? "12" : "93").expect(rule, "otherwise");
      return;
  }
}

void opinion_only(Scene& scene) {
  const Place where = place_in_leicester(scene);
  const Day day = day_in_leicester(scene);
  const Person person = scene.person(day);
  ActivityLine& line = scene.day_case(where, person, day, "W82.2");
  line.set(Activity::referral_intent, "opinion_only");
  constexpr auto rule = std::string_view("llr.contract.opinion_only");
  Authorisation authorisation{.provider = where.provider,
                              .procedure = "W82.2",
                              .molecule = {},
                              .decided = day - days(9),
                              .valid_from = day - days(9),
                              .valid_to = day + days(170)};
  switch (scene.random.between(1, 5)) {
    case 1:
      line.set(Activity::prior_approval, "granted");
      return;
    case 2:
      scene.authorisations.add(person, authorisation);
      return;
    case 3:
      authorisation.decision = "declined";
      scene.authorisations.add(person, authorisation);
      line.expect(rule, "declined_under_contract");
      return;
    case 4:
      line.set(Activity::prior_approval, "not_requested").expect(rule, "otherwise");
      return;
    default:
      line.expect(rule, "otherwise");
      return;
  }
}

void recording(Scene& scene) {
  const Place where = place_in_leicester(scene);
  const Day day = day_in_leicester(scene);
  const Person person = scene.person(day);
  ActivityLine& line = scene.scan(where, person, day, scene.random.chance(50) ? "MRI" : "US");
  line.set(Activity::direct_access, true);
  constexpr auto rule = std::string_view("llr.contract.direct_access_diagnostics");
  switch (scene.random.between(1, 5)) {
    case 1:
      line.set(Activity::slam, "not_recorded").expect(rule, "otherwise");
      return;
    case 2:
      line.set(Activity::sus, "recorded_incorrectly").expect(rule, "otherwise");
      return;
    case 3:
      line.set(Activity::service_category, "21").expect("llr.contract.specialised_services", "otherwise");
      return;
    default:
      return;
  }
}

void service_change(Scene& scene) {
  const Place where = place_in_leicester(scene);
  const Day day = day_in_leicester(scene);
  ActivityLine& line = scene.follow_up(where, scene.person(day), day);
  const Day commenced = day - days(scene.random.between(0, 200));
  line.set(Activity::service_change_charged, true).set(Activity::service_change_commenced, commenced);
  line.set(Activity::service_change_business_case, true).set(Activity::service_change_approved, commenced - days(60));
  line.set(Activity::service_change_variation_made, true).set(Activity::service_change_varied, commenced);
  constexpr auto rule = std::string_view("llr.contract.service_change");
  const int way = scene.random.between(1, 4);
  if (way == 1) line.set(Activity::service_change_business_case, false).expect(rule, "otherwise");
  if (way == 2) line.set(Activity::service_change_varied, commenced + days(1)).expect(rule, "otherwise");
}

}  // namespace

const std::vector<Scenario>& scenarios_of_leicester() {
  static const std::vector<Scenario> scenarios = {{12, leicester_block_items}, {20, intrafirm}, {25, non_contracted},
                                                  {15, opinion_only},          {20, recording}, {8, service_change}};
  return scenarios;
}

}  // namespace ledgers
