#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"

namespace proviso::syntax {

/// What a look at the characters of a file tells before its grammar is read.
struct Scan {
  /// False: the bytes are not UTF-8, and nothing else was looked at.
  bool readable = true;
  /// The file with blanks in place of forbidden characters; empty where there are none, the file then stands for
  /// itself.
  std::string mended;
  std::vector<Comment> comments;
  std::vector<text::Diagnostic> diagnostics;
};

/// Finds forbidden characters, comments, texts that are not closed and bad escapes. Keeps at most `limit` diagnostics.
Scan scan(std::string_view content, std::uint32_t file, std::size_t limit);

/// What a quoted text says: without its quotes, its escapes read. One that is not closed is read to its end.
std::string unescape(std::string_view quoted);

}  // namespace proviso::syntax
