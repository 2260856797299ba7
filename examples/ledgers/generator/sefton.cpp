// What the commissioners of South Sefton and of Southport and Formby pay, from April 2018.
#include <array>

#include "activity.hpp"

namespace ledgers {
namespace {

Place place_in_sefton(Scene& scene) { return scene.random.chance(50) ? Place{"01T", "REM"} : Place{"01V", "RVY"}; }
Day day_in_sefton(Scene& scene) { return scene.day_between(day_of(2018, 4, 1), day_of(2019, 3, 31)); }

constexpr auto no_code = std::string_view("sefton.contract.no_code_no_payment");

/// A day case whose procedure needs an authorisation, with every way in which the authorisation can be wrong.
void authorisations(Scene& scene) {
  const Place where = place_in_sefton(scene);
  const Day day = day_in_sefton(scene);
  const Person person = scene.person(day);
  constexpr auto procedures = std::to_array<std::string_view>({"C71.2", "S06.5", "H51.1", "B31.1", "N30.3"});
  const std::string_view procedure = scene.random.one_of(procedures);
  ActivityLine& line = scene.day_case(where, person, day, procedure);
  Authorisation authorisation{.provider = where.provider,
                              .procedure = procedure,
                              .molecule = {},
                              .decided = day - days(30),
                              .valid_from = day - days(30),
                              .valid_to = day + days(150)};
  switch (scene.random.between(1, 13)) {
    case 1:
      line.expect(no_code, "missing");
      return;
    case 2:
      line.set(Activity::authorisation_code, "PA-9999999").expect(no_code, "not_issued");
      return;
    case 3: {
      const std::string code = scene.authorisations.add(scene.person(day), authorisation);
      line.set(Activity::authorisation_code, code).expect(no_code, "someone_else");
      return;
    }
    case 4:
      authorisation.procedure = procedure == "H51.1" ? "S06.5" : "H51.1";
      line.set(Activity::authorisation_code, scene.authorisations.add(person, authorisation));
      line.expect(no_code, "another_procedure");
      return;
    case 5:
      authorisation.valid_to = day - days(1);
      line.set(Activity::authorisation_code, scene.authorisations.add(person, authorisation));
      line.expect(no_code, "expired");
      return;
    case 6:
      // Not begun, and the code is not quoted: the register has it for the patient and the procedure.
      authorisation.valid_from = day + days(1);
      scene.authorisations.add(person, authorisation);
      line.expect(no_code, "expired");
      return;
    case 7: {
      const std::string code = scene.authorisations.add(person, authorisation);
      line.set(Activity::authorisation_code, code);
      ActivityLine& again = scene.day_case(where, person, day + days(scene.random.between(1, 60)), procedure);
      again.set(Activity::authorisation_code, code).expect(no_code, "used_before");
      return;
    }
    case 8:
      // In an emergency, and for cancer, none is needed.
      if (scene.random.chance(50))
        line.set(Activity::admission_method, "21").expect(no_code, "emergency");
      else
        line.set(Activity::diagnosis, "C44.3").expect(no_code, "cancer");
      return;
    case 9: {
      authorisation.uses = 2;
      const std::string code = scene.authorisations.add(person, authorisation);
      line.set(Activity::authorisation_code, code);
      scene.day_case(where, person, day + days(14), procedure).set(Activity::authorisation_code, code);
      return;
    }
    case 10:
      // It may be one that needs an authorisation.
      line.forget(Activity::procedure).expect(no_code, "information needed");
      return;
    default: {
      const std::string code = scene.authorisations.add(person, authorisation);
      if (scene.random.chance(70)) line.set(Activity::authorisation_code, code);
      return;
    }
  }
}

constexpr auto readmission = std::string_view("sefton.contract.readmission");

/// Makes what the rule leaves out of two stays, one of its exclusions for each way, and gives the clause that decides.
std::string_view exclude(Scene& scene, int way, ActivityLine& before, ActivityLine& next) {
  switch (way) {
    case 4:
      next.set(Activity::national_tariff, "N");
      return "local_price";
    case 5:
      next.set(Activity::hrg, "NZ30C");
      return "maternity";
    case 6:
      next.set(Activity::diagnosis, "C34.1");
      return "cancer";
    case 7:
      next.set(Activity::second_diagnosis, "C78.7");
      return "cancer";
    case 8:
      next.set(Activity::admission_method, "2B");
      return "transfer";
    case 9:
      next.set(Activity::cross_border, true);
      return "cross_border";
    case 10:
      next.set(Activity::hrg, "LD01A");
      return "renal_dialysis";
    case 11:
      next.set(Activity::transplant_follow_up, true);
      return "transplant";
    case 12:
      next.set(Activity::hrg, "VA14A");
      return "multiple_trauma";
    case 13:
      scene.other_diagnosis(next, "V43.5");
      return "transport_accident";
    case 14:
      before.set(Activity::discharge_method, "2");
      return "stay_left_out";
    case 15:
      before.set(Activity::diagnosis, "C50.9");
      return "stay_left_out";
    case 16:
      before.set(Activity::hrg, "NZ30C");
      return "stay_left_out";
    case 17:
      next.forget(Activity::admission_method);
      return "information needed";
    default:
      return "otherwise";
  }
}

/// A stay and an emergency stay after it; all is as the rule wants it but for one thing, or for none.
void readmissions(Scene& scene) {
  const Place where = place_in_sefton(scene);
  const Day admitted = day_in_sefton(scene);
  const int way = scene.random.between(1, 22);
  const Person person = way == 1 ? scene.person(admitted, 0, 2) : scene.person(admitted);
  const int nights = scene.random.between(1, 9);
  const bool planned = scene.random.chance(50);
  ActivityLine& before = scene.stay(where, person, admitted, nights, planned ? "11" : "22");
  // Day 30 after the discharge is within the rule.
  const int gap = way == 2 ? 31 : way == 3 ? 30 : scene.random.between(1, 29);
  // The second stay may be with another trust.
  const Place where_next{where.commissioner, scene.random.chance(70) ? where.provider : "RBN"};
  ActivityLine& next = scene.stay(where_next, person, admitted + days(nights + gap), scene.random.between(0, 5), "21");
  // Too late, or planned: no readmission.
  if (way == 2) return;
  if (way == 18) return (void)next.set(Activity::admission_method, "12");
  next.expect(readmission, way == 1 ? "young_child" : exclude(scene, way, before, next));
}

void needs_assessments(Scene& scene) {
  const Place where{"01V", "RVY"};
  const Day day = day_in_sefton(scene);
  const Person person = scene.person(day);
  scene.follow_up(where, person, day).set(Activity::holistic_needs, true);
  const int way = scene.random.between(1, 4);
  if (way <= 2) return;
  const Day later = day + days(scene.random.between(1, 200));
  ActivityLine& second = scene.follow_up(where, person, later);
  second.set(Activity::holistic_needs, way == 4);
  if (way == 4) second.expect("sefton.contract.one_needs_assessment", "assessed_before");
}

void not_carried_out(Scene& scene) {
  const Place where = place_in_sefton(scene);
  const Day day = day_in_sefton(scene);
  ActivityLine& line = scene.day_case(where, scene.person(day), day, "H22.9");
  line.set(Activity::national_tariff, "N");
  if (scene.random.chance(50)) return (void)line.set(Activity::hrg, "WH50A");
  line.set(Activity::hrg, "WH50B").expect("sefton.contract.procedure_not_carried_out", "other_reasons");
}

void consultant_referrals(Scene& scene) {
  const Place where = place_in_sefton(scene);
  const Day day = day_in_sefton(scene);
  ActivityLine& line = scene.first_attendance(where, scene.person(day), day);
  line.set(Activity::source_of_referral, "5").set(Activity::referring_provider, where.provider);
  const int way = scene.random.between(1, 4);
  line.set(Activity::within_referral_policy, way != 1);
  constexpr auto rule = std::string_view("sefton.contract.consultant_referrals");
  if (way == 1) line.expect(rule, "otherwise");
  if (way == 2) line.forget(Activity::within_referral_policy).expect(rule, "information needed");
}

void qualified_providers(Scene& scene) {
  const Place where{scene.random.chance(50) ? std::string_view("01T") : std::string_view("01V"), "NAQ12"};
  const Day day = day_in_sefton(scene);
  ActivityLine& line = scene.follow_up(where, scene.person(day), day);
  line.set(Activity::contract_form, "any_qualified_provider");
  line.set(Activity::service, scene.random.chance(50) ? "Audiology" : "Podiatry");
  const bool renewed = scene.random.chance(50);
  line.set(Activity::renewed_contract, renewed);
  if (day > day_of(2018, 10, 31) && !renewed) line.expect("sefton.contract.qualified_provider_expiry", "otherwise");
}

void orthopaedics(Scene& scene) {
  const Place where = place_in_sefton(scene);
  const Day day = day_in_sefton(scene);
  ActivityLine& line = scene.first_attendance(where, scene.person(day), day);
  line.set(Activity::treatment_function, "110").set(Activity::diagnosis, "M17.1");
  const bool south = where.commissioner == "01T";
  if (south) line.set(Activity::onward_referral_code, "MCAS-" + std::to_string(scene.random.between(1000, 9999)));
  const bool through = scene.random.chance(70);
  line.set(Activity::gateway, !through ? "no_gateway" : south ? "mcas" : "joint_health");
  if (!through) line.expect("sefton.contract.orthopaedic_gateway", "otherwise");
}

}  // namespace

const std::vector<Scenario>& scenarios_of_sefton() {
  static const std::vector<Scenario> scenarios = {
      {45, authorisations},       {50, readmissions},        {12, needs_assessments}, {12, not_carried_out},
      {15, consultant_referrals}, {10, qualified_providers}, {12, orthopaedics}};
  return scenarios;
}

}  // namespace ledgers
