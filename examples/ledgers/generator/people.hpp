#pragma once

#include <string>

#include "dirt.hpp"

namespace ledgers {

struct Person {
  std::string nhs_number;
  Day born;
};

/// People of both ledgers. No two of the first nine hundred thousand have one number: the test range has no more.
class People {
 public:
  explicit People(Random& random) : random_(random), next_(random.between(0, range - 1)) {}

  /// Of an age in whole years on a day.
  Person draw(Day on, int youngest, int oldest);

 private:
  static constexpr int range = 1'000'000;

  Random& random_;
  int next_;
};

}  // namespace ledgers
