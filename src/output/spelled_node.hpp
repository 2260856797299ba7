#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "model/library.hpp"

namespace proviso::output {

/// The expression that a node stands for, near to how the language writes it: `patient.bmi <= max_bmi`. Conversions of
/// units are not shown. Definitions are by their names, but those whose numbers are `written_out` by what they say.
std::string spell_node(const model::Library& library, const model::Record& record, model::NodeId node,
                       const std::set<std::uint32_t>& written_out = {});

}  // namespace proviso::output
