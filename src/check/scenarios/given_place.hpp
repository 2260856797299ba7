#pragma once

#include <cstdint>
#include <string>

#include "check/scenarios/scenarios.hpp"

namespace proviso::check {

/// Where a fact of a scenario stands: the facts that its name may mean.
struct Scenarios::GivenPlace {
  std::uint32_t tree;
  std::uint32_t record;
  model::LevelId level;
  std::string prefix;  ///< of a nested record: `patient.`
};

}  // namespace proviso::check
