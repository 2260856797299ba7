#pragma once

#include <string>
#include <string_view>

namespace proviso::input {

/// The value of the first member `name` of the object at the start of the text, as JSON: `"R-104"`, `17`. The text need
/// not be JSON, only so far that the member can be made out: it may be cut off after it, and have texts that are not
/// UTF-8 or have control characters in them. `null` where there is no such member, or where its own value is not JSON
/// or may be cut off.
std::string id_in(std::string_view text, std::string_view name);

}  // namespace proviso::input
