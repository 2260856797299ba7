#pragma once

#include <string>
#include <vector>

#include "model/library.hpp"
#include "trial/scenarios/scenarios.hpp"

namespace proviso::trial {

/// The cases of one policy that one engine decides: those of scenarios with drafts apart from the others.
struct Suite {
  std::string policy;  ///< the full name
  std::uint32_t record = model::none;
  std::uint32_t scenario = model::none;  ///< the first; it says how the policy decides
  std::vector<CaseNumber> cases;
};

/// In the order of the policies in the library.
std::vector<Suite> suites_of(const model::Library& library, const std::vector<std::uint32_t>& scenarios);

}  // namespace proviso::trial
