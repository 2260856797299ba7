#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "ledger.hpp"
#include "place.hpp"
#include "register.hpp"

namespace ledgers {

/// The columns of the activity ledger.
enum class Activity : std::size_t {
#define ACTIVITY_COLUMN(name, heading, form) name,
#include "activity_columns.def"
#undef ACTIVITY_COLUMN
};

const std::vector<Column>& activity_columns();

using ActivityLine = Line<Activity>;

/// Some lines that belong together: those of one patient, mostly, whom no other scene knows. What each line says is
/// what a line that is paid in full says, but for what its maker then sets.
class Scene {
 public:
  Scene(Random& chance, People& patients, Register& approvals)
      : random(chance), people(patients), authorisations(approvals) {}

  Person person(Day on, int youngest = 18, int oldest = 85);
  Day day_between(Day first, Day last);

  ActivityLine& first_attendance(const Place& place, const Person& person, Day day);
  ActivityLine& follow_up(const Place& place, const Person& person, Day day);
  ActivityLine& day_case(const Place& place, const Person& person, Day day, std::string_view procedure);
  /// An admission by an admission method: `11` is from the waiting list, `21` through the emergency department.
  ActivityLine& stay(const Place& place, const Person& person, Day admitted, int nights, std::string_view method);
  ActivityLine& emergency_attendance(const Place& place, const Person& person, Day day);
  ActivityLine& scan(const Place& place, const Person& person, Day day, std::string_view modality);
  ActivityLine& block_item(const Place& place, Day month);
  void other_diagnosis(const ActivityLine& line, std::string_view code);

  Random& random;
  People& people;
  Register& authorisations;
  std::deque<ActivityLine> lines;
  std::vector<std::pair<const ActivityLine*, std::string>> other_diagnoses;

 private:
  ActivityLine& line(const Place& place, Day day, std::string_view point_of_delivery);
  ActivityLine& attendance(const Place& place, const Person& person, Day day, bool first);
  void spell(ActivityLine& line, Day admitted, Day discharged, std::string_view method);
};

/// A kind of scene, and how many of a thousand scenes are of it.
struct Scenario {
  int share;
  void (*play)(Scene&);
};

/// By whose rules their lines stand out.
const std::vector<Scenario>& scenarios_of_leicester();
const std::vector<Scenario>& scenarios_of_sefton();
const std::vector<Scenario>& scenarios_of_bedfordshire();

}  // namespace ledgers
