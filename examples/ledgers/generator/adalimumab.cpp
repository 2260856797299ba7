#include "adalimumab.hpp"

#include <algorithm>
#include <chrono>
#include <variant>

namespace ledgers {
namespace {

constexpr Pence baseline = 352'14;
const Day last_day_of_share = day_of(2020, 5, 31);

bool is_covered(const DrugLine& line) {
  const std::string& commissioner = line.text(Drug::commissioner);
  return (commissioner == "01T" || commissioner == "01V") && line.money(Drug::original_price) == baseline;
}

bool knows(const DrugLine& line, Drug column) {
  return !std::holds_alternative<std::monostate>(line.facts()[static_cast<std::size_t>(column)]);
}

bool says(const DrugLine& line, Drug column) { return line.text(column) == "Y"; }

}  // namespace

bool Adalimumab::add(const DrugLine& line) {
  if (!is_covered(line)) return false;
  add_to_targets(line);
  const Day day = line.day(Drug::supplied);
  const std::string part = day > last_day_of_share ? "drugs.after." : "drugs.settled.";
  if (!knows(line, Drug::unit_price)) {
    counts_.count(part + "left_out");
    return true;
  }
  counts_.count(part + "lines");
  const int quantity = std::stoi(line.text(Drug::quantity));
  const Pence unit = line.money(Drug::unit_price);
  if (day > last_day_of_share) {
    const std::chrono::year_month_day date(day);
    const int month = static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month()));
    priced_.push_back({month, unit * quantity, line.money(Drug::market_price), quantity});
    return true;
  }
  counts_.count(part + "saving_pence", std::max<Pence>(0, baseline - unit) * quantity);
  if (knows(line, Drug::blueteq_cost)) counts_.count(part + "deducted_pence", line.money(Drug::blueteq_cost));
  return true;
}

void Adalimumab::set_aside(const DrugLine& line) {
  if (!is_covered(line)) return;
  counts_.count(line.day(Drug::supplied) > last_day_of_share ? "drugs.after.corrected" : "drugs.settled.corrected");
}

void Adalimumab::add_to_targets(const DrugLine& line) {
  const bool is_new = says(line, Drug::new_patient);
  const Day by = is_new ? day_of(2019, 3, 1) : day_of(2019, 12, 1);
  const Day day = line.day(Drug::supplied);
  if (day > by) return;
  auto& latest = (is_new ? new_patients_ : existing_patients_)[line.text(Drug::nhs_number)];
  if (latest.first <= day) latest = {day, says(line, Drug::on_best_value)};
}

void Adalimumab::count(Manifest& manifest) const {
  // Of each name at least 0 is said.
  for (const char* part : {"drugs.settled.", "drugs.after."}) {
    for (const char* what : {"lines", "left_out", "corrected"}) {
      manifest.count(std::string(part) + what, counts_.of(std::string(part) + what));
    }
  }
  for (const char* what : {"saving_pence", "deducted_pence"}) {
    manifest.count(std::string("drugs.settled.") + what, counts_.of(std::string("drugs.settled.") + what));
  }
  std::map<int, Pence> lowest;
  for (const Priced& line : priced_) {
    const auto [found, is_first] = lowest.try_emplace(line.month, line.market);
    if (!is_first) found->second = std::min(found->second, line.market);
  }
  Pence excess = 0;
  for (const Priced& line : priced_) excess += std::max<Pence>(0, line.charged - lowest.at(line.month) * line.quantity);
  manifest.count("drugs.after.excess_pence", excess);
  for (const auto& [name, patients] :
       {std::pair("drugs.new_patients.", &new_patients_), std::pair("drugs.existing_patients.", &existing_patients_)}) {
    const auto met =
        std::count_if(patients->begin(), patients->end(), [](const auto& patient) { return patient.second.second; });
    manifest.count(std::string(name) + "counted", static_cast<std::int64_t>(patients->size()));
    manifest.count(std::string(name) + "met", met);
  }
}

}  // namespace ledgers
