#include "referral.hpp"

#include <array>
#include <cstdio>

namespace referrals {
namespace {

std::string iso(Day day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

}  // namespace

Day day_of(int year, unsigned month, unsigned day) {
  return Day(std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)));
}

Day years_before(Day day, int years, int extra_days) {
  std::chrono::year_month_day date(day);
  date -= std::chrono::years(years);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return Day(date) - days(extra_days);
}

Value yes_no(bool answer) { return {Value::Form::yes_no, answer ? "yes" : "no"}; }
Value number(int value) { return {Value::Form::number, std::to_string(value)}; }
Value word(std::string_view text) { return {Value::Form::text, std::string(text)}; }
Value date(Day day) { return {Value::Form::text, iso(day)}; }

Value tenths(int value) { return {Value::Form::number, std::to_string(value / 10) + '.' + std::to_string(value % 10)}; }

}  // namespace referrals
