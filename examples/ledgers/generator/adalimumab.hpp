#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "drugs.hpp"

namespace ledgers {

/// What the agreement on adalimumab is to make of the ledger: half of what is saved on £352.14 a unit for each
/// commissioner of Sefton and its trusts up to May 2020, then the excess over the lowest price of each month. Counted
/// in pence, which is exact here, since every price is in pence and every quantity whole.
class Adalimumab {
 public:
  /// Each line as it stands in the end. False where the agreement does not cover it.
  bool add(const DrugLine& line);
  /// A line set aside for a later one of the same id.
  void set_aside(const DrugLine& line);
  /// Counts `drugs.settled.lines`, `.saving_pence`, `.deducted_pence`, `.left_out` and `.corrected`;
  /// `drugs.after.lines`,
  /// `.excess_pence`, `.left_out` and `.corrected`; and for both targets `.counted` and `.met`.
  void count(Manifest& manifest) const;

 private:
  struct Priced {
    int month;
    Pence charged;
    Pence market;
    int quantity;
  };
  /// The latest line of a patient up to a target's day: the day, and whether it is met.
  using Patients = std::map<std::string, std::pair<Day, bool>>;

  void add_to_targets(const DrugLine& line);

  Manifest counts_;
  std::vector<Priced> priced_;
  Patients new_patients_;
  Patients existing_patients_;
};

}  // namespace ledgers
