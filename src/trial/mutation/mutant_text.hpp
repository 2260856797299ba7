#pragma once

#include <string>

#include "model/library.hpp"

namespace proviso::trial {

/// `from 2019-04-01 to 2020-03-31`; empty for a period open to both sides.
std::string spell_period(const model::Period& period);
/// `max_bmi: in Luton 35 kg/m2 from 2019-10-01`.
std::string spell_value(const model::Library& library, const model::Threshold& threshold,
                        const model::ThresholdValue& value);

}  // namespace proviso::trial
