#pragma once

#include <functional>
#include <optional>
#include <string>

#include "input/layout.hpp"

namespace proviso::input::fhir {

/// The object of a shape, with what `value` gives for its facts; empty where it gives nothing.
std::string object_json(const Layout& layout, const Shape& shape,
                        const std::function<std::optional<std::string>(model::FactId)>& value);

}  // namespace proviso::input::fhir
