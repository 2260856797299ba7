#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "manifest.hpp"
#include "random.hpp"
#include "referral.hpp"

/// The forms in which real files write what they hold. Each form used is counted in the manifest, as `FILE.dirt.FORM`.
/// Texts are UTF-8 here; csv.hpp writes some lines in Windows-1252.
namespace ledgers {

using referrals::Day;
using referrals::day_of;
using referrals::days;
using referrals::Random;

using Pence = std::int64_t;

class Dirt {
 public:
  Dirt(Random& random, Manifest& manifest, std::string file)
      : random_(random), manifest_(manifest), file_(std::move(file)) {}

  /// `1682.41`, `1,682.41`, `£1,682.41`, `Â£1,682.41`, ` 1682.41 `; less than nothing: `-£5.00` or `(5.00)`.
  std::string money(Pence pence);
  /// The six forms of a column whose days come first and that may hold Excel's numbers: 2019-04-01 (also with
  /// ` 00:00:00 00:00` after it), 2019/04/01 13:45, 01/04/2019, 01-04-2019 13:45, 01-Apr-2019, 43556.57.
  std::string date(Day day);
  /// The American form of a column of that form alone: 04/01/2019 01:45:00 PM.
  std::string american_time(Day day);
  /// `W37.1`, `W371`, ` w37.1`.
  std::string dotted_code(std::string_view code);
  /// `110`, now and then `110.0`.
  std::string number_code(std::string_view code);
  /// `01T`, `01t`, ` 01T `.
  std::string organisation(std::string_view code);
  /// 9990000018, now and then 999 000 0018.
  std::string nhs_number(const std::string& number);

  Random& random() { return random_; }
  Manifest& manifest() { return manifest_; }
  /// Counts `FILE.NAME`.
  void count(std::string_view name, std::int64_t more = 1);

 private:
  std::string form(std::string_view name, std::string text);

  Random& random_;
  Manifest& manifest_;
  std::string file_;
};

/// 168241 is `1682.41`.
std::string plain_money(Pence pence);
/// 2019-04-01.
std::string iso(Day day);

}  // namespace ledgers
