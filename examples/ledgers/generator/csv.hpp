#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dirt.hpp"

/// CSV as exports write it: a byte order mark, lines that end in a carriage return and a line feed, and every line with
/// a character beyond ASCII now in UTF-8, now in Windows-1252.
namespace ledgers {

/// The cells of a line, by the columns of its file.
using Cells = std::vector<std::string>;

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The cells with commas between them, quoted where they must be, in UTF-8, with the end of the line.
std::string csv_line(const Cells& cells);

/// The line in Windows-1252, if it has characters beyond ASCII and the choice falls so.
std::string in_some_encoding(std::string line, Dirt& dirt);

/// The text with one byte a character; a text with characters beyond U+00FF stays as it is.
std::string in_windows_1252(std::string_view utf8);

}  // namespace ledgers
