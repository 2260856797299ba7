#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/register/register.hpp"
#include "service/submission/rulebook.hpp"

namespace proviso::service {

/// What came of deciding kept decisions again.
struct Replayed {
  std::uint64_t same = 0;
  std::uint64_t others = 0;  ///< decided by another library: not decided again
  /// `entry 17, decision 9f86d0...: it was "approve", and now is "refuse"`; at most 100.
  std::vector<std::string> differences;
  std::uint64_t different = 0;
};

/// Decides every entry of the register that this library decided again, by the facts that were kept, and compares the
/// results word for word. The error is the register's.
tl::expected<Replayed, std::string> replay(const Rulebook& book, Register& keeper);

}  // namespace proviso::service
