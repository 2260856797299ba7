#pragma once

#include <optional>
#include <string_view>

/// Units as FHIR quantities write them: codes of the Unified Code for Units of Measure. See ucum_units.def.
namespace proviso::value {

/// As the language spells the unit; nothing for one that it does not have. `%` is spelled `%`.
std::optional<std::string_view> unit_of_ucum(std::string_view code);
/// The code of a unit as the language spells it; any other text as it is.
std::string_view ucum_of_unit(std::string_view spelling);

}  // namespace proviso::value
