#include <array>
#include <chrono>

#include "activity.hpp"

namespace ledgers {
namespace {

/// A tariff code with its specialty, what is done and for what, and its price.
struct Tariff {
  std::string_view hrg;
  std::string_view treatment_function;
  std::string_view diagnosis;
  Pence price;
};

constexpr auto clinics = std::to_array<Tariff>({{"WF01", "130", "H40.1", 11'250},
                                                {"WF01", "330", "L40.0", 9'960},
                                                {"WF01", "410", "M06.9", 21'040},
                                                {"WF01", "502", "N92.0", 13'470}});
constexpr auto emergencies = std::to_array<Tariff>({{"DZ65F", "340", "J44.1", 148'600},
                                                    {"LA04M", "300", "N39.0", 172'350},
                                                    {"EB10D", "320", "I48.9", 98'720},
                                                    {"FF52B", "100", "K35.8", 236'100}});
constexpr auto planned = std::to_array<Tariff>(
    {{"FE32Z", "301", "K63.5", 51'900}, {"LB14E", "101", "N40.1", 88'240}, {"MA08B", "502", "D25.9", 241'780}});

std::string letter(std::string_view root, char last) { return std::string(root) + last; }

const Tariff& choose(Random& random, const auto& tariffs) {
  return tariffs[static_cast<std::size_t>(random.between(0, static_cast<int>(tariffs.size()) - 1))];
}

}  // namespace

const std::vector<Column>& activity_columns() {
  static const std::vector<Column> columns = {
#define ACTIVITY_COLUMN(name, heading, form) {heading, Form::form},
#include "activity_columns.def"
#undef ACTIVITY_COLUMN
  };
  return columns;
}

Person Scene::person(Day on, int youngest, int oldest) { return people.draw(on, youngest, oldest); }

Day Scene::day_between(Day first, Day last) {
  return first + days(random.between(0, static_cast<int>((last - first).count())));
}

ActivityLine& Scene::line(const Place& place, Day day, std::string_view point_of_delivery) {
  ActivityLine& line = lines.emplace_back(activity_columns().size());
  const std::chrono::year_month_day date(day);
  // The financial year begins in April.
  const int month = (static_cast<int>(static_cast<unsigned>(date.month())) + 8) % 12 + 1;
  const int year = static_cast<int>(date.year()) - (month > 9 ? 1 : 0);
  line.set(Activity::financial_month, std::to_string(month));
  line.set(Activity::financial_year, std::to_string(year) + std::to_string((year + 1) % 100));
  line.set(Activity::created, day + days(random.between(20, 50)));
  line.set(Activity::provider, place.provider).set(Activity::commissioner, place.commissioner);
  line.set(Activity::point_of_delivery, point_of_delivery).set(Activity::started, day);
  line.set(Activity::service_category, "12").set(Activity::quantity, "1").set(Activity::national_tariff, "Y");
  line.set(Activity::sus, "recorded_correctly").set(Activity::slam, "recorded_correctly");
  line.set(Activity::submission, "freeze").set(Activity::readmission_flag, "not_flagged");
  line.set(Activity::dataset_compliant, true).set(Activity::invoice_compliant, true);
  return line;
}

ActivityLine& Scene::attendance(const Place& place, const Person& person, Day day, bool first) {
  const Tariff& clinic = choose(random, clinics);
  ActivityLine& made = line(place, day, first ? "OPFA" : "OPFUP");
  made.set(Activity::nhs_number, person.nhs_number).set(Activity::born, person.born);
  made.set(Activity::hrg, letter(clinic.hrg, first ? 'B' : 'A'));
  made.set(Activity::treatment_function, clinic.treatment_function).set(Activity::diagnosis, clinic.diagnosis);
  // An assessment: no rule asks for it, and a line without any procedure could be one that needs an authorisation.
  made.set(Activity::procedure, "X62.9");
  made.set(Activity::attendance, first ? "1" : "2").set(Activity::source_of_referral, "3");
  made.set(Activity::referral_medium, "e_referral").set(Activity::treatment, false);
  made.set_money(Activity::price, first ? clinic.price : clinic.price / 2);
  made.set_money(Activity::follow_up_price, clinic.price / 2);
  return made;
}

ActivityLine& Scene::first_attendance(const Place& place, const Person& person, Day day) {
  return attendance(place, person, day, true);
}

ActivityLine& Scene::follow_up(const Place& place, const Person& person, Day day) {
  return attendance(place, person, day, false);
}

void Scene::spell(ActivityLine& line, Day admitted, Day discharged, std::string_view method) {
  line.set(Activity::admitted, admitted).set(Activity::discharged, discharged);
  line.set(Activity::admission_method, method).set(Activity::discharge_method, "1");
  line.set(Activity::spell, "SP" + std::to_string(random.between(1, 999'999'999)));
  line.set(Activity::treatment, true).set(Activity::cross_border, false).set(Activity::transplant_follow_up, false);
}

ActivityLine& Scene::day_case(const Place& place, const Person& person, Day day, std::string_view procedure) {
  const Tariff& tariff = choose(random, planned);
  ActivityLine& made = line(place, day, "DC");
  made.set(Activity::nhs_number, person.nhs_number).set(Activity::born, person.born);
  made.set(Activity::hrg, tariff.hrg).set(Activity::treatment_function, tariff.treatment_function);
  made.set(Activity::diagnosis, tariff.diagnosis).set(Activity::procedure, procedure);
  made.set_money(Activity::price, tariff.price);
  spell(made, day, day, "11");
  return made;
}

ActivityLine& Scene::stay(const Place& place, const Person& person, Day admitted, int nights, std::string_view method) {
  const bool emergency = method.front() == '2';
  const Tariff& tariff = emergency ? choose(random, emergencies) : choose(random, planned);
  ActivityLine& made = line(place, admitted, emergency ? "NEL" : "EL");
  made.set(Activity::nhs_number, person.nhs_number).set(Activity::born, person.born);
  made.set(Activity::hrg, tariff.hrg).set(Activity::treatment_function, tariff.treatment_function);
  made.set(Activity::diagnosis, tariff.diagnosis);
  made.set(Activity::procedure, emergency ? "X29.2" : "H22.9");
  made.set_money(Activity::price, tariff.price);
  spell(made, admitted, admitted + days(nights), method);
  return made;
}

ActivityLine& Scene::emergency_attendance(const Place& place, const Person& person, Day day) {
  ActivityLine& made = line(place, day, "ED");
  made.set(Activity::nhs_number, person.nhs_number).set(Activity::born, person.born);
  made.set(Activity::hrg, random.chance(50) ? "VB07Z" : "VB09Z").set(Activity::treatment_function, "180");
  made.set(Activity::procedure, "X62.9");
  made.set(Activity::start_recorded, true).set(Activity::conclusion_recorded, true);
  made.set_money(Activity::price, random.between(90, 320) * 100);
  return made;
}

ActivityLine& Scene::scan(const Place& place, const Person& person, Day day, std::string_view modality) {
  ActivityLine& made = line(place, day, "DAIMG");
  made.set(Activity::nhs_number, person.nhs_number).set(Activity::born, person.born);
  const bool magnetic = modality == "MRI";
  made.set(Activity::hrg, magnetic ? "RD01A" : "RD20A").set(Activity::treatment_function, "812");
  made.set(Activity::procedure, magnetic ? "U21.1" : "U21.2");
  made.set(Activity::modality, modality).set(Activity::body_areas, "1").set(Activity::contrast, false);
  made.set_money(Activity::price, magnetic ? 12'300 : 7'150);
  return made;
}

ActivityLine& Scene::block_item(const Place& place, Day month) {
  ActivityLine& made = line(place, month, "BLOCK");
  made.set(Activity::block, true).set(Activity::minimum_data_set, "complete");
  made.set(Activity::national_tariff, "N").set_money(Activity::price, random.between(20, 400) * 100'00);
  return made;
}

void Scene::other_diagnosis(const ActivityLine& line, std::string_view code) {
  other_diagnoses.emplace_back(&line, std::string(code));
}

}  // namespace ledgers
