#pragma once

#include <string_view>

namespace proviso::input {

/// What a file is whose bytes begin so and which is no text in UTF-8, with what to do about it; empty where they say
/// nothing of the kind.
std::string_view foreign_file(std::string_view first_bytes);

}  // namespace proviso::input
