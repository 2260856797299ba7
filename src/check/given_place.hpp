#pragma once

#include <cstdint>
#include <string>

#include "check/checker.hpp"

namespace proviso::check {

/// Where a fact of a scenario stands: the facts that its name may mean.
struct Checker::GivenPlace {
  std::uint32_t tree;
  std::uint32_t record;
  model::LevelId level;
  std::string prefix;  ///< of a nested record: `patient.`
};

}  // namespace proviso::check
