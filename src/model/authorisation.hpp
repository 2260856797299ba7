#pragma once

#include <string_view>
#include <vector>

#include "model/library.hpp"

/// What a library may declare for whoever approves by it.
namespace proviso::model {

/// The record that an authorisation is kept and exported as: it is good for those facts of it that the decided record
/// has too.
inline constexpr std::string_view authorisation_record = "Authorisation";
/// The threshold, a duration, for how long an authorisation is good from the day of the approval.
inline constexpr std::string_view authorisation_validity = "authorisation_validity";

/// The facts of the decided record that an authorisation is good for: those that the library's record `Authorisation`
/// has by the same path and of the same type, but for what identifies the record. None where there is no such record.
std::vector<FactId> bound_facts(const Library& library, const Record& decided);

}  // namespace proviso::model
