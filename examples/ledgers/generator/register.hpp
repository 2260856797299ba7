#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "ledger.hpp"
#include "people.hpp"

namespace ledgers {

/// An entry of the register of prior approvals: for a procedure or for a drug.
struct Authorisation {
  std::string_view provider;
  std::string_view procedure;
  std::string_view molecule;
  std::string_view decision = "granted";
  Day decided;
  Day valid_from;
  Day valid_to;
  int uses = 1;
};

/// The register as the service that issues authorisations exports it: its columns are named as the record's fields.
class Register {
 public:
  /// The code of the new entry.
  std::string add(const Person& person, const Authorisation& authorisation);
  std::size_t size() const { return lines_.size(); }
  void write(std::ostream& output) const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace ledgers
