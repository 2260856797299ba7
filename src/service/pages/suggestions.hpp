#pragma once

#include <string>
#include <vector>

#include "model/library.hpp"

namespace proviso::service::pages {

/// A code that some policy on the record mentions, and what the library calls the codes that it is one of.
struct Suggestion {
  std::string code;
  std::string what;  ///< `Tonsillectomy procedures`
};

/// In the order of the codes; ranges are written out.
std::vector<Suggestion> suggest_codes(const model::Library& library, const model::Record& record,
                                      value::CodeSystem system);

}  // namespace proviso::service::pages
