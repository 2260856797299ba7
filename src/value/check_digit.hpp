#pragma once

#include <string_view>

namespace proviso::value {

/// Whether the last digit is the Verhoeff check digit of those before it, as in SNOMED CT identifiers. The text is
/// digits alone.
bool valid_verhoeff(std::string_view digits);

}  // namespace proviso::value
