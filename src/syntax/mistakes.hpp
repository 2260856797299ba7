#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "grammar/expectations.hpp"
#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"

namespace proviso::syntax {

inline constexpr std::uint32_t no_offset = UINT32_MAX;

/// Where reading failed, and what would have gone on.
struct Mistake {
  std::uint32_t offset = 0;
  /// The brace of the innermost open block, or no_offset.
  std::uint32_t opener = no_offset;
  grammar::Expectation expectation;
};

/// What a message may look at.
struct Page {
  std::string_view content;
  std::uint32_t file;
  const std::vector<Comment>& comments;
};

/// Where the last token before `offset` ends: what is missing there is missing at that place.
std::uint32_t last_token_end(const Page& page, std::uint32_t offset);

/// Says what was found and what was expected, and what was probably meant.
text::Diagnostic describe(const Page& page, const Mistake& mistake);

}  // namespace proviso::syntax
