#pragma once

#include <algorithm>
#include <cstddef>

namespace proviso {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

/// One in how many is tried. The sanitizers take ten times as long, and look for what a few tries show as well; that
/// all of them come out right is seen without them.
inline constexpr std::size_t one_in = sanitized ? 6 : 1;

/// How many of so many are tried: at least one.
template <typename Count>
constexpr Count tries(Count all) {
  return std::max<Count>(all / static_cast<Count>(one_in), 1);
}

}  // namespace proviso
