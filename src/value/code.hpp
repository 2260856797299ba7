#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "value/type.hpp"

namespace proviso::value {

/// A clinical or organisational code as an integer that orders as its characters do, so that a category with all
/// below it (`W37` covers `W37.1`) and a range are intervals of integers. opcs4, icd10, hrg and tfc fit 32 bits.
using PackedCode = std::int64_t;

/// Reads a code with or without its dot, in capitals or small letters, white space around it ignored; nothing where
/// it has not the system's form. In opcs4 and icd10, hyphens at the end are padding (`W37.-`).
/// - opcs4: letter, two digits, then up to one more (`W37`, `W37.1`).
/// - icd10: letter, digit, digit or letter, then up to two digits (`I83`, `I83.9`, `S72.01`). The mark of the dagger
///   and asterisk system at the end (`M17.1D`, `M171A`, `G01*`) is left out. An `X` in the place of a digit is padding
///   and left out (`M16.X` is the category `M16`), but for one before a fifth character, where it belongs (`M45.X0`).
/// - snomed and dmd: 6 to 18 digits, the first not 0, with a right Verhoeff check digit.
/// - hrg: two letters, two digits, a letter (`HN22A`), or the root without the letter.
/// - tfc: three digits. ods: 3 to 10 letters or digits.
std::optional<PackedCode> parse_code(CodeSystem system, std::string_view text);

/// What a code covers: itself and, for an opcs4, icd10 or hrg code that has places left, all below it. Both ends
/// included; the last need not be a code.
struct CodeInterval {
  PackedCode first;
  PackedCode last;
};
CodeInterval covered(CodeSystem system, PackedCode code);

/// `W37.1`, without its system.
std::string format_code(CodeSystem system, PackedCode code);

/// A code of the system, for messages.
std::string_view example_code(CodeSystem system);

/// Ten digits with a right check digit (modulus 11), together or as `943 476 5919`, but no dummy (dummy_nhs_number).
bool valid_nhs_number(std::string_view text);

}  // namespace proviso::value
