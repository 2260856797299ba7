#pragma once

#include <cstdint>
#include <vector>

#include "value/truth.hpp"

/// Sets of truths that something may come to, and what follows for logic over it. Sets are taken as independent of each
/// other, so a result may hold a truth that cannot come about; it never lacks one that can.
namespace proviso::trial {

using TruthSet = unsigned;
constexpr TruthSet set_of(value::Truth truth) { return 1U << static_cast<unsigned>(truth); }
inline constexpr TruthSet only_no = set_of(value::Truth::no);
inline constexpr TruthSet only_yes = set_of(value::Truth::yes);
inline constexpr TruthSet only_unknown = set_of(value::Truth::unknown);
inline constexpr TruthSet any_truth = only_no | only_yes | only_unknown;

constexpr bool holds(TruthSet set, TruthSet any_of) { return (set & any_of) != 0; }

constexpr TruthSet negated(TruthSet set) {
  return (set & only_unknown) | (holds(set, only_no) ? only_yes : 0) | (holds(set, only_yes) ? only_no : 0);
}

constexpr TruthSet both(TruthSet a, TruthSet b) {
  TruthSet result = (a | b) & only_no;
  if (holds(a, only_yes) && holds(b, only_yes)) result |= only_yes;
  const bool open = (holds(a, only_unknown) && holds(b, only_yes | only_unknown)) ||
                    (holds(b, only_unknown) && holds(a, only_yes | only_unknown));
  return open ? result | only_unknown : result;
}

inline TruthSet all_of(const std::vector<TruthSet>& sets) {
  TruthSet result = only_yes;
  for (const TruthSet set : sets) result = both(result, set);
  return result;
}

inline TruthSet none_of(const std::vector<TruthSet>& sets) {
  TruthSet result = only_yes;
  for (const TruthSet set : sets) result = both(result, negated(set));
  return result;
}

inline TruthSet at_least(std::int64_t count, const std::vector<TruthSet>& sets) {
  std::int64_t can_be_yes = 0;
  std::int64_t can_be_no = 0;
  std::int64_t always_yes = 0;
  std::int64_t not_always_no = 0;
  bool open = false;
  for (const TruthSet set : sets) {
    can_be_yes += holds(set, only_yes) ? 1 : 0;
    can_be_no += holds(set, only_no) ? 1 : 0;
    always_yes += set == only_yes ? 1 : 0;
    not_always_no += holds(set, only_yes | only_unknown) ? 1 : 0;
    open = open || holds(set, only_unknown);
  }
  TruthSet result = 0;
  if (can_be_yes >= count) result |= only_yes;
  if (can_be_no > static_cast<std::int64_t>(sets.size()) - count) result |= only_no;
  if (open && always_yes < count && not_always_no >= count) result |= only_unknown;
  return result;
}

}  // namespace proviso::trial
