#pragma once

#include <string>

#include <tl/expected.hpp>

#include "service/api/service.hpp"

namespace proviso::service {

/// Reads the library anew for whoever asks for it, a route or a signal: counted, and said in the log. As
/// Rulebooks::reload.
tl::expected<bool, std::string> reload_library(Service& service);

}  // namespace proviso::service
