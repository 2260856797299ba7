#pragma once

#include <array>
#include <string_view>

#include "random.hpp"
#include "referral.hpp"

namespace referrals {

/// An intervention that has a policy, and who is referred for it.
struct Intervention {
  void (*fill)(Random&, Referral&, bool meets);
  std::string_view topic;  ///< the record whose facts a referrer forgets
  int share;               ///< percent of the referrals
  int youngest;
  int oldest;
  int women;  ///< percent
};

/// The shares add up to 100.
extern const std::array<Intervention, 10> interventions;

}  // namespace referrals
