#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "trial/coverage/goals.hpp"
#include "trial/scenarios/scenarios.hpp"

/// How much of what there is to show of policies their scenarios show.
namespace proviso::trial {

struct PolicyCoverage {
  std::string policy;  ///< the full name
  std::vector<Goal> goals;
  std::vector<CaseNumber> shown_by;  ///< by goal: the first case that shows it; none
  std::size_t shown = 0;
  std::size_t scenarios = 0;
  std::size_t cases = 0;

  bool is_shown(std::size_t goal) const { return shown_by[goal].scenario != model::none; }
  bool complete() const { return shown == goals.size(); }
};

struct Coverage {
  std::vector<PolicyCoverage> policies;  ///< in the order of the library
  std::size_t shown = 0;
  std::size_t goals = 0;
  std::size_t scenarios = 0;
  std::size_t cases = 0;

  /// As percent_of.
  double percent() const;
};

/// Runs those scenarios (by number in Library::scenarios) and says what they show of those policies, by full name;
/// none: of all policies of the library. Drafts count where there is nothing else, or where one of the scenarios tries
/// them. Policies that are retired and nothing else are left out.
Coverage cover(const model::Library& library, const std::vector<std::uint32_t>& scenarios,
               const std::vector<std::string>& policies = {});

/// The goals of one criterion, clause or variation, in the order of the policy.
struct GoalGroup {
  std::uint32_t policy;
  std::string name;
  text::Span span;
  std::vector<std::uint32_t> goals;
};
std::vector<GoalGroup> grouped(const std::vector<Goal>& goals);

/// Below, at and above of one value of a limit: numbers of goals, none where there is no such goal.
struct LimitMarks {
  std::string held;
  std::string against;
  std::array<std::uint32_t, 3> goals{model::none, model::none, model::none};
};
std::vector<LimitMarks> limit_marks(const std::vector<Goal>& goals, const GoalGroup& group);

/// `yes`, `does not apply`, `just below`.
std::string_view spelling(Aim aim);

}  // namespace proviso::trial
