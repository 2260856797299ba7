#pragma once

#include <cstdint>
#include <vector>

#include "decide/view.hpp"
#include "model/library.hpp"

/// How the clauses of a policy or payment decide one record.
namespace proviso::decide {

/// The results that are possible (ClauseHead::result), as far as it matters: none, one, or several.
class Outcomes {
 public:
  void add(std::uint32_t result) {
    several_ = several_ || (one_ != model::none && one_ != result);
    one_ = result;
  }
  bool only(std::uint32_t result) const { return one_ == result && !several_; }
  bool single() const { return one_ != model::none && !several_; }

 private:
  std::uint32_t one_ = model::none;
  bool several_ = false;
};

/// What is left of a policy once the values of its conditions are known.
struct Walk {
  /// Of `applies when`. Where it is no, nothing else is filled in.
  value::Truth applies = value::Truth::yes;
  /// The clauses that may decide, in order. All are unknown but the last, which will decide if no other does.
  std::vector<std::uint32_t> remaining;
  /// Those of them whose facts can change the result.
  std::vector<std::uint32_t> asking;
  /// The results that are possible.
  Outcomes possible;
  /// How far the walk went: the last clause that was tried.
  std::uint32_t last_tried = 0;
};

/// The result is decided where one alone is possible: it is then that of the clauses that remain.
void walk(const View& view, Walk& result);

/// Fills in what is possible, and which clauses ask, where those that remain give `results`, one each.
void weigh(const std::vector<std::uint32_t>& results, Walk& walk);

}  // namespace proviso::decide
