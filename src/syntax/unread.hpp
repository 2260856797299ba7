#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace proviso::syntax {

/// Adds the names that stand in a text that could not be read, dotted ones whole and in their parts, and what stands in
/// quotes, with the quotes.
void add_names(std::string_view unread, std::vector<std::string>& names);

}  // namespace proviso::syntax
