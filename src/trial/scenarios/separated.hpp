#pragma once

#include "model/library.hpp"

namespace proviso::trial {

/// The same library, in which no two criteria share what is written in each of them. The checker makes one node of
/// equal expressions; but a mistake is made in one place, and each place has an edge of its own to be tried. What a
/// definition or a threshold says is written once, and stays one.
///
/// All numbers but those of nodes are as they were, so records and scenarios of the one are those of the other.
model::Library separated(const model::Library& library);

}  // namespace proviso::trial
