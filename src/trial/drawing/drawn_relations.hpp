#pragma once

#include <cstdint>

#include "model/library.hpp"

namespace proviso::trial {

/// Makes what a drawn record says of its relations possible: the lines of a relation have the keys that the record has,
/// and a group has at least as many lines as the record's rank in it says.
void keep_possible(const model::Library& library, std::uint32_t record, model::GivenRecord& given);

}  // namespace proviso::trial
