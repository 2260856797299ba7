#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

#include "model/library.hpp"

namespace proviso::trial::test {

/// The numbers of the library's scenarios, in their order.
inline std::vector<std::uint32_t> all_scenarios(const model::Library& library) {
  std::vector<std::uint32_t> numbers(library.scenarios.size());
  std::iota(numbers.begin(), numbers.end(), 0U);
  return numbers;
}

}  // namespace proviso::trial::test
