#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "decide/engine.hpp"
#include "trial/coverage/goals.hpp"
#include "trial/coverage/goals_limits.hpp"
#include "trial/coverage/what_if.hpp"

/// Which goals a policy has, and where in its versions each of them is shown.
namespace proviso::trial {

/// Numbers of goals; none: it has no such goal.
using GoalTriple = std::array<std::uint32_t, 3>;
inline constexpr GoalTriple no_goals{model::none, model::none, model::none};

struct LimitGoals {
  Limit limit;
  /// The first clause that reads it; none: `applies when` does.
  std::uint32_t clause = model::none;
  /// The criteria that read it; empty: `applies when` alone does.
  std::vector<std::uint32_t> items;
  /// Below, at, above; one of a literal, of a threshold by the number of its value.
  std::vector<GoalTriple> by_value;
};

/// Of one form of a policy version.
struct VersionGoals {
  explicit VersionGoals(const decide::Version& version) : what_if(version), items(version.items.size(), no_goals) {}

  WhatIf what_if;
  std::uint32_t applies = model::none;
  std::uint32_t does_not_apply = model::none;
  std::vector<GoalTriple> items;       ///< by item, then by value::Truth
  std::vector<std::uint32_t> clauses;  ///< by clause
  std::vector<std::uint32_t> variations;
  std::vector<LimitGoals> limits;
};

struct Plan {
  std::vector<Goal> goals;
  /// By Version::number; nothing for forms that hold nowhere. A form in which the policy is omitted has its variations
  /// alone.
  std::vector<std::optional<VersionGoals>> versions;
};

Plan plan_goals(const decide::Engine& engine);

}  // namespace proviso::trial
