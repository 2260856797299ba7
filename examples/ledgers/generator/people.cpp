#include "people.hpp"

#include <optional>

#include "nhs_number.hpp"

namespace ledgers {

Person People::draw(Day on, int youngest, int oldest) {
  std::string number;
  std::optional<char> check;
  while (!check) {
    // Prime to the range: every number comes once before any comes again.
    constexpr int step = 618'033;
    next_ = (next_ + step) % range;
    const std::string digits = std::to_string(next_);
    number = "999" + std::string(6 - digits.size(), '0') + digits;
    check = referrals::check_digit(number);
  }
  const int years = random_.between(youngest, oldest);
  return {number + *check, referrals::years_before(on, years, random_.between(0, 364))};
}

}  // namespace ledgers
