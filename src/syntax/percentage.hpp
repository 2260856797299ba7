#pragma once

#include <string>
#include <string_view>

namespace proviso::syntax {

/// A number as the percentage that was probably meant: `50` as `50%`, and `0.5` too.
std::string percentage(std::string_view number);

}  // namespace proviso::syntax
