#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "trial/coverage/goals.hpp"

/// Titles of suggested scenarios.
namespace proviso::trial {

/// The goal that says most about what a case is for: a limit before a criterion before a clause.
std::uint32_t telling(const std::vector<Goal>& goals, const std::vector<std::uint32_t>& numbers);

/// In the words of the policy: `BMI is within the limit: no`, `patient.bmi just above max_bmi, 35 kg/m2`.
std::string title_of(const model::Library& library, const Goal& goal);

/// `The limits of Body mass index`.
std::string title_of(const model::Record& record, const std::vector<model::FactId>& varied);

/// The title, with a number behind it where it is taken. It is taken from then on.
std::string unique(std::set<std::string>& taken, const std::string& title);

}  // namespace proviso::trial
