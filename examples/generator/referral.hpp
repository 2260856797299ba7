#pragma once

#include <chrono>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace referrals {

using Day = std::chrono::sys_days;
using std::chrono::days;

Day day_of(int year, unsigned month, unsigned day);

/// The day some whole years and days earlier; the end of February where the year has no 29th.
Day years_before(Day day, int years, int extra_days);

struct Value {
  enum class Form { text, yes_no, number };
  Form form;
  std::string text;

  std::string json() const {
    if (form == Form::text) return '"' + text + '"';
    if (form == Form::yes_no) return text == "yes" ? "true" : "false";
    return text;
  }
};

Value yes_no(bool answer);
Value number(int value);
Value word(std::string_view text);
Value date(Day day);
/// 264 is 26.4.
Value tenths(int value);

using Facts = std::map<std::string, Value, std::less<>>;

struct Referral {
  Day referred;
  Facts facts;
  std::vector<Facts> sore_throats;
  std::vector<std::string> other_diagnoses;

  void set(std::string_view path, Value value) { facts.insert_or_assign(std::string(path), std::move(value)); }
  void set_all(std::initializer_list<std::string_view> paths, bool answer) {
    for (const auto path : paths) set(path, yes_no(answer));
  }
  bool has(std::string_view path) const { return facts.find(path) != facts.end(); }
};

}  // namespace referrals
