#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "settle/accounts.hpp"

namespace proviso::cli {

/// The settlements of files that `settle --output json` wrote; of one that is in several, or more than once, the last.
/// Those of agreements that the library does not have are left out with a warning. Nothing, having complained, where a
/// file cannot be read or has a line of another kind.
std::optional<std::vector<settle::Settled>> read_settled(const model::Library& library,
                                                         const std::vector<std::string>& paths);

}  // namespace proviso::cli
