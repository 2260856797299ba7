#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "manifest.hpp"
#include "people.hpp"
#include "random.hpp"
#include "register.hpp"

namespace ledgers {

/// A ledger as it is written: its heading, and its lines in an order in which lines that belong together are apart.
struct Ledger {
  std::string heading;
  std::vector<std::string> lines;
  /// Of the activity: the secondary diagnoses of its lines, a file of their own.
  std::vector<std::string> other_diagnoses;
};

Ledger make_activity(int lines, Random& random, People& people, Manifest& manifest, Register& authorisations);
Ledger make_drugs(int lines, Random& random, People& people, Manifest& manifest, Register& authorisations);

}  // namespace ledgers
