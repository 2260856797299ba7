#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reference/agreements.hpp"
#include "reference/settle.hpp"

/// The days of settlements, and what the parties get of their savings.
namespace proviso::reference {

/// A settlement's days in the calendar, and what they are called.
struct Interval {
  DayNumber first = 0;
  DayNumber last = 0;
  std::string label;
};

/// Of the settlement that the day belongs to, as far as the period goes; after it, of the month.
Interval settlement_on(const Agreement& agreement, DayNumber day);
/// The first day of the year of the period that the day is in.
DayNumber year_of(const Agreement& agreement, DayNumber day);

/// What lines of one settlement come to.
struct Sum {
  Interval interval;
  int lines = 0;
  int left_out = 0;
  int corrected = 0;
  Integer saving = 0;
  std::map<DayNumber, Integer> saving_by_year;  ///< by the first day of the year of the period that a line lies in
  std::vector<Integer> deducted;
};

class Sharing {
 public:
  explicit Sharing(const Agreement& agreement) : agreement_(agreement) {}

  /// Works out the saving of the settlement, and its shares. The settlements of a pair of parties must come in the
  /// order of their days.
  void share_out(const Sum& sum, Settled& settled);

 private:
  /// The parties, and the first day of a year.
  using Year = std::pair<std::vector<std::string>, DayNumber>;

  const Agreement& agreement_;
  std::map<Year, Integer> saved_;
  std::map<Year, std::vector<Integer>> uncapped_;  ///< what each party would have had so far, but for its cap

  const syntax::AgreementSettlement& terms() const { return *agreement_.declaration().settle; }
  Integer rounded(Integer saving) const;
  Integer bounded(Integer saving) const;
  void share_years(const Sum& sum, Settled& settled);
  std::map<DayNumber, Integer> parts_of(const Sum& sum, const Settled& settled) const;
  void divide(Integer before, std::vector<Integer>& exact, Settled& settled) const;
  const syntax::AgreementShare& first_share(const syntax::AgreementTier& tier) const;
  Integer begins(const syntax::AgreementTier& tier) const;
  void cap(std::vector<Integer>& uncapped, Settled& settled) const;
  void deduct(const std::vector<Integer>& deducted, Settled& settled) const;
};

}  // namespace proviso::reference
