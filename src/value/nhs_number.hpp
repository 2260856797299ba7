#pragma once

#include <string_view>

namespace proviso::value {

/// Whether it is what is typed where a form insists on an NHS number and there is none: one digit ten times, or
/// 9000000009. Written as valid_nhs_number takes it. The check digits of these are right, and many patients would be
/// one.
bool dummy_nhs_number(std::string_view text);

}  // namespace proviso::value
