#pragma once

#include <cstdint>

#include "model/library.hpp"

namespace proviso::trial {

/// The size of the least move of a limit that an author would write: one unit of its last written place (1 for 35
/// kg/m2, 0.1 for 7.5, 1 percent, 1p where there are pence), a day, a month, a rank. In the lane's own scale.
std::int64_t step_of(const model::Library& library, const value::Type& type, std::int64_t bits);

}  // namespace proviso::trial
