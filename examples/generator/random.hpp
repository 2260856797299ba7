#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace referrals {

/// splitmix64: the standard library's distributions differ from one implementation to the next, this does not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }

  /// Both ends included.
  int between(int low, int high) { return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1)); }

  bool chance(int percent) { return between(1, 100) <= percent; }

  template <std::size_t N>
  std::string_view one_of(const std::array<std::string_view, N>& choices) {
    return choices[static_cast<std::size_t>(between(0, static_cast<int>(N) - 1))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace referrals
