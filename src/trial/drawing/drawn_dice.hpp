#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "value/decimal.hpp"

namespace proviso::trial {

/// Bounded draws. The standard's engine gives the same numbers everywhere; its distributions do not, and are not used.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  /// 0 to count - 1; `count` is not 0. The bias is far below anything that could be noticed.
  std::size_t below(std::size_t count) {
    const value::UnsignedWide product = value::UnsignedWide{engine_()} * value::UnsignedWide{count};
    return static_cast<std::size_t>(product >> 64);
  }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <typename Element>
  const Element& among(const std::vector<Element>& elements) {
    return elements[below(elements.size())];
  }
  std::uint64_t seed() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace proviso::trial
