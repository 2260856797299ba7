#pragma once

#include <cstdint>

namespace proviso::text {

/// A stretch of one source file, as byte offsets: `begin` included, `end` not. Lines and columns are worked out
/// only when something is shown.
struct Span {
  std::uint32_t file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

/// From the start of `first` to the end of `last`, which are of one file.
inline Span join(Span first, Span last) { return Span{first.file, first.begin, last.end}; }

}  // namespace proviso::text
