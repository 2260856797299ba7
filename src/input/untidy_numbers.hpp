#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace proviso::input {

enum class Untidy : std::uint8_t {
  number,          ///< the plain form says it
  stray_comma,     ///< a number but for a comma that does not stand before three digits
  leading_nought,  ///< digits in threes of which the first is 0: the comma was a decimal one, or the number no number
  other,           ///< no number
};

/// Numbers as people's files write them: `1,234.56`, `(1,234.56)` for -1234.56, and with `pounds` `£ 1,234`, `-£5`,
/// `(£5.00)`, with blanks between the parts, and a pound sign that was read in the wrong encoding (`Â£`). Nothing is
/// rounded and no comma is a decimal one. `plain` is then such as `-1234.56`, which parse_decimal reads.
Untidy plain_number(std::string_view text, bool pounds, std::string& plain);

/// Whether plain_number could make something of a text that is no plain number.
bool looks_untidy(std::string_view text);

/// `110.0`, as spreadsheets write a code that is a number, without its `.0`; any other text as it is.
std::string_view without_nought(std::string_view text);

}  // namespace proviso::input
