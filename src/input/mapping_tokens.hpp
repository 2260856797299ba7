#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/mapping.hpp"

namespace proviso::input {

struct MappingToken {
  enum class Kind : std::uint8_t { word, text, equals, comma, open, close, end } kind = Kind::end;
  std::string text;  ///< of a text without its quotes
  std::uint32_t column = 0;
};
using TokenKind = MappingToken::Kind;

/// Cuts a line of a mapping file; the last token is its end. Where the line cannot be cut, says why in `error`.
/// `brackets`: `(` and `)` are tokens of their own, and in no word.
std::vector<MappingToken> cut_mapping_line(std::string_view line, std::optional<MappingError>& error,
                                           bool brackets = false);

/// "`abc`", "the end of the line", for messages.
std::string describe(const MappingToken& token);

/// The message, and which of the names may have been meant by the word.
std::string with_help(std::string message, std::string_view word, const std::vector<std::string>& names);

}  // namespace proviso::input
