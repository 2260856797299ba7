#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "settle/accounts.hpp"

namespace proviso::cli {

/// The settlements of files that `settle --output json` wrote. Those of agreements that the library does not have are
/// left out with a warning; those that could not be settled are as if they were not there. Nothing, having complained,
/// where a file cannot be read, has nothing in it or a line of another kind, where the same settlement is there twice
/// and not alike, or where a file has but a part of what was settled. A part by agreements will do where the files have
/// all of `agreements`, which are those that are settled now.
std::optional<std::vector<settle::Settled>> read_settled(const model::Library& library,
                                                         const std::vector<std::string>& paths,
                                                         const std::vector<std::string>& agreements);

}  // namespace proviso::cli
