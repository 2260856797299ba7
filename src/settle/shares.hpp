#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "settle/statement.hpp"

namespace proviso::settle {

/// What one pair of parties saved in one settlement, before anything is shared.
struct Saved {
  /// The lines of one year of the agreement's period.
  struct OfYear {
    std::int32_t start = 0;            ///< the first day of the year
    std::int64_t saving_of_lines = 0;  ///< the sum over its lines
  };
  std::vector<OfYear> years;           ///< in which it has lines; one at least, the earlier first
  std::vector<std::int64_t> deducted;  ///< by Agreement::deductions: the sum over its lines
};

/// What the parties get of it.
struct Shared {
  std::int64_t saving = 0;             ///< rounded, within the settlement's floor and cap
  std::vector<PartOfSaving> of_years;  ///< by Saved::years; they add up to the saving
  std::vector<Share> shares;           ///< by party; the amounts add up to the saving
  /// Something of it, or of what came before it in its year, is beyond what money can hold: there is nothing else here.
  bool out_of_range = false;
};

/// Shares the savings of one pair of parties, in the order of their days. Tiers and caps run over what was saved since
/// the start of each year of the agreement's period. A settlement with lines of two years is shared in two parts, each
/// within its own year: its saving is rounded once, and held to its floor and cap, as a whole; the part of the earlier
/// year is rounded by the same rule, and that of the later one is the rest. What a floor or a cap changes is the later
/// year's first. What a party gets of both is added up before it is rounded.
std::vector<Shared> share(const model::Agreement& agreement, const std::vector<Saved>& saved);

/// The days of the settlement that a day of the period belongs to, as far as the period goes, and what it is called.
/// They lie in no more than two years of the period, since those begin in different years of the calendar.
struct SettlementDays {
  model::Period days;
  std::string label;
};
SettlementDays settlement_of(const model::Agreement& agreement, std::int32_t day);
/// Likewise of the calendar months after the period, for the excess.
SettlementDays month_after(const model::Agreement& agreement, std::int32_t day);
/// The first day of the year of the period that the day is in.
std::int32_t year_start(const model::Agreement& agreement, std::int32_t day);

}  // namespace proviso::settle
