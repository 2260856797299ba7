#pragma once

#include <vector>

#include "model/library.hpp"
#include "trial/coverage/truth_set.hpp"

namespace proviso::trial {

/// Which truths an expression can have, as far as can be seen without looking at values.
///
/// In records for which `applies` (none: nothing is asked) can be yes, and in which the facts `given` are known: a
/// record without its date or its place is decided without looking at criteria. Facts that are assumed are known;
/// whether others are is the same wherever the expression reads them.
TruthSet possible_truths(const model::Library& library, const model::Record& record, model::NodeId expression,
                         model::NodeId applies, const std::vector<model::FactId>& given);

}  // namespace proviso::trial
