#pragma once

#include <cstdint>
#include <string>

#include "model/library.hpp"
#include "syntax/tree.hpp"

namespace proviso::check {

/// A scenario while it is put together.
struct ScenarioBuilding {
  const syntax::ScenarioDeclaration* written = nullptr;
  std::uint32_t tree = 0;
  std::string policy;  ///< the full name
  std::uint32_t record = model::none;
  model::GivenRecord given;  ///< its own facts, and once `whole` those of the scenario it is like
  std::uint32_t like = model::none;
  bool on_the_way = false;  ///< followed on the way from another, or from itself
  bool whole = false;
};

}  // namespace proviso::check
