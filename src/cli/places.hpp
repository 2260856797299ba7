#pragma once

#include <optional>
#include <string>

#include "model/library.hpp"

namespace proviso::cli {

/// A place argument, by its name or its ODS code; nothing, with the places that there are on standard error, where it
/// is none.
std::optional<model::PlaceId> place_argument(const model::Library& library, const std::string& text);

}  // namespace proviso::cli
