#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "input/date_forms.hpp"

namespace proviso::input {

/// A value as the input gives it.
enum class Form : std::uint8_t { null, yes, no, number, text, object, list };
struct Given {
  Form form = Form::null;
  std::string_view text;  ///< a number's digits, a text's characters
};

/// A value with what an object says beside it: `{"value": 36, "unit": "kg/m2", "on": "2019-10-20"}`, or
/// `{"system": "...", "code": "..."}`. Without an object there is the value alone.
struct GivenParts {
  Given value;
  Given unit;
  Given on;
  Given system;
  Given code;
  std::string_view usual_unit;  ///< CSV: of a quantity that names none; empty: the field's
  /// CSV: how the value, where it is a date, and the day of its measurement are read; null: as if nothing is known.
  const DateReading* value_dates = nullptr;
  const DateReading* on_dates = nullptr;
};

/// `{"some": [...]}` in the place of a list: these are in it, and others may be.
inline constexpr std::string_view some_of_list = "some";

/// At most 40 characters of the text, in backquotes, without any that would act on a terminal.
std::string excerpt(std::string_view text);
/// What was found: "`abc`", "the number `12`", "an object".
std::string describe(const Given& given);

}  // namespace proviso::input
