#pragma once

#include <memory>
#include <string>

#include "service/register/register.hpp"

namespace proviso::cli {

/// The register of that name, for a command that only looks at it: one that is not there is not made. Nothing, having
/// complained, where it cannot be opened.
std::unique_ptr<service::Register> open_existing(const std::string& where);

}  // namespace proviso::cli
