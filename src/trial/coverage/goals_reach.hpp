#pragma once

#include <vector>

#include "decide/edition.hpp"
#include "trial/coverage/truth_set.hpp"

namespace proviso::trial {

/// The truths by which each item of a form can decide, given what each can be by itself (`possible`, by item; of groups
/// anything). Criteria that read one and the same fact of few values are looked at together: where a patient with any
/// other cause is exempt, that the cause is the one that counts never decides by no. A truth that is left out
/// decides in no record; one that is there may still not.
std::vector<TruthSet> deciding_truths(const decide::Segment& segment, std::vector<TruthSet> possible);

}  // namespace proviso::trial
