#pragma once

namespace proviso::cli {

inline constexpr const char* version = PROVISO_VERSION;

}  // namespace proviso::cli
