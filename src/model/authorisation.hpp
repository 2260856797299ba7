#pragma once

#include <string_view>

/// What a library may declare for whoever approves by it.
namespace proviso::model {

/// The record that an authorisation is kept and exported as: it is good for those facts of it that the decided record
/// has too.
inline constexpr std::string_view authorisation_record = "Authorisation";
/// The threshold, a duration, for how long an authorisation is good from the day of the approval.
inline constexpr std::string_view authorisation_validity = "authorisation_validity";

}  // namespace proviso::model
