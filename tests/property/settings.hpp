#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "seed.hpp"
#include "tries.hpp"

namespace proviso::property {

inline std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// PROVISO_SEED, or another one every time; printed, so that what failed can be run again.
inline std::uint64_t seed() {
  static const std::uint64_t chosen = [] {
    const std::uint64_t value = random_seed();
    std::cout << "PROVISO_SEED=" << value << std::endl;
    return value;
  }();
  return chosen;
}

/// PROVISO_RECORDS: how many records a test is to try at least; under the sanitizers fewer, where it does not say.
inline std::uint64_t record_count(std::uint64_t otherwise) {
  return number_from_environment("PROVISO_RECORDS", tries(otherwise));
}

/// Whether so many of the libraries that were written do not check that there is no use in writing more: who waits for
/// a number of records would wait for ever.
inline bool is_hopeless(int refused, int written) { return refused > 100 && refused > written - written / 5; }

}  // namespace proviso::property
