#pragma once

#include <cstdint>
#include <vector>

#include "decide/view.hpp"
#include "model/library.hpp"

/// How the clauses of a policy decide one record.
namespace proviso::decide {

/// A set of outcomes.
class Outcomes {
 public:
  void add(model::Outcome outcome) { bits_ |= mask(outcome); }
  bool only(model::Outcome outcome) const { return bits_ == mask(outcome); }
  bool single() const { return bits_ != 0 && (bits_ & (bits_ - 1)) == 0; }

 private:
  unsigned bits_ = 0;
  static unsigned mask(model::Outcome outcome) { return 1U << static_cast<unsigned>(outcome); }
};

/// What is left of a policy once the values of its conditions are known.
struct Walk {
  /// Of `applies when`. Where it is no, nothing else is filled in.
  value::Truth applies = value::Truth::yes;
  /// The clauses that may decide, in order. All are unknown but the last, which will decide if no other does.
  std::vector<std::uint32_t> remaining;
  /// Those of them whose facts can change the outcome.
  std::vector<std::uint32_t> asking;
  /// The outcomes that are possible.
  Outcomes possible;
  /// How far the walk went: the last clause that was tried.
  std::uint32_t last_tried = 0;
};

/// The outcome is decided where one alone is possible: it is then that of the clauses that remain.
void walk(const View& view, Walk& result);

}  // namespace proviso::decide
