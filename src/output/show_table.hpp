#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Plain text tables for a terminal.
namespace proviso::output {

using TableCell = std::vector<std::string>;  ///< lines, of which long ones are wrapped
using TableRow = std::vector<TableCell>;     ///< as many cells as there are headings

/// A table with its headings underlined, each line behind `indent` spaces and no wider than `width` columns of a
/// terminal. Columns are as wide as they need to be, or where that is too wide share what the narrow ones leave.
void append_table(std::string& out, const std::vector<std::string>& headings, const std::vector<TableRow>& rows,
                  std::size_t width, std::size_t indent);

/// The line in pieces of at most `width` columns, broken at spaces where it has any. Spaces at its start are repeated
/// in front of every piece.
std::vector<std::string> wrap(std::string_view line, std::size_t width);

}  // namespace proviso::output
