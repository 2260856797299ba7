#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

namespace proviso {

/// PROVISO_SEED, or another one every time: whoever takes it prints it, so that what failed can be run again.
inline std::uint64_t random_seed() {
  const char* given = std::getenv("PROVISO_SEED");
  return given == nullptr ? std::random_device()() : std::strtoull(given, nullptr, 10);
}

}  // namespace proviso
