#pragma once

#include <string>
#include <vector>

#include "model/library.hpp"

/// Scenarios as text, in the layout that the formatter gives.
namespace proviso::trial {

/// A line of `vary`.
struct SuggestedRow {
  model::GivenRecord given;  ///< of the facts that vary, in their order
  std::string expected;
};

struct SuggestedScenario {
  std::string title;
  std::string policy;  ///< as it is to be named
  std::string like;    ///< the title of another; empty: none
  model::GivenRecord given;
  std::vector<model::FactId> varied;
  std::vector<SuggestedRow> rows;
  std::string expected;  ///< empty: each row says it
  bool with_drafts = false;
  std::string unverified;  ///< the reason; empty: it is not said to be
};

void append(std::string& page, const model::Library& library, const model::Record& record,
            const SuggestedScenario& scenario);

}  // namespace proviso::trial
