#pragma once

#include "property/library.hpp"

/// Agreements, and ledgers for them.
namespace proviso::property {

/// One to three agreements on one record, over a fixed vocabulary: each is a declaration whose parts are its lines. The
/// pool's dates are the first and last days of their periods.
Library make_agreements(Random& random);

struct DrugLines {
  int missing = 8;        ///< how many facts (in a hundred) are left out
  int corrections = 15;   ///< how many lines (in a hundred) have the id of another
  bool versioned = true;  ///< else lines of one id may be alike in what says which is the last
};

std::vector<Json> make_drug_lines(Random& random, const Library& library, std::size_t count, DrugLines options);

}  // namespace proviso::property
