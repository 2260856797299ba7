#include "ledger.hpp"

namespace ledgers {

std::string written(const Fact& fact, Form form, Dirt& dirt) {
  if (std::holds_alternative<std::monostate>(fact)) return {};
  switch (form) {
    case Form::word:
      return std::get<std::string>(fact);
    case Form::money:
      return dirt.money(std::get<Pence>(fact));
    case Form::date:
      return dirt.date(std::get<Day>(fact));
    case Form::american_time:
      return dirt.american_time(std::get<Day>(fact));
    case Form::dotted_code:
      return dirt.dotted_code(std::get<std::string>(fact));
    case Form::number_code:
      return dirt.number_code(std::get<std::string>(fact));
    case Form::organisation:
      return dirt.organisation(std::get<std::string>(fact));
    case Form::nhs_number:
      return dirt.nhs_number(std::get<std::string>(fact));
  }
  return {};
}

Cells written(const std::vector<Fact>& facts, const std::vector<Column>& columns, Dirt& dirt) {
  Cells cells;
  cells.reserve(facts.size());
  for (std::size_t at = 0; at < facts.size(); ++at) cells.push_back(written(facts[at], columns[at].form, dirt));
  return cells;
}

}  // namespace ledgers
