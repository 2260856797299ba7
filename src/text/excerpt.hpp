#pragma once

#include <cstdint>
#include <string>

#include "text/source.hpp"

namespace proviso::text {

/// The line where a span begins, ready to be shown, and where to underline it. Tabs are spaces, what a terminal would
/// act on is replaced, and of a long line there is only what stands round the span.
struct Excerpt {
  std::uint32_t line = 1;
  std::string text;
  /// Columns on the terminal before the underline.
  std::size_t indent = 0;
  /// Columns to underline, at least 1. A span over several lines is underlined on its first.
  std::size_t width = 1;
};

/// `span` must have its file in `sources`.
Excerpt excerpt_of(Span span, const Sources& sources);

}  // namespace proviso::text
