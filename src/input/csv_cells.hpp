#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace proviso::input {

/// Cuts one raw CSV record into its cells, as RFC 4180 has it; but a quote inside a cell that does not begin with one
/// is a character like others, as in `5" pipe`.
///
/// Why not libcsv: it takes a lone carriage return for the end of a record and leaves out empty lines, so that results
/// would stand against the wrong lines; it strips blanks inside quotes too; and it cannot say where an error is.
class CsvCells {
 public:
  /// False where the record is malformed, and then message() says how; the cells before the malformed one are there.
  /// The cells stay good until the next call, and as
  /// long as the text. `any_bytes`: also where they are not UTF-8; commas and quotes are what they are.
  bool split(std::string_view text, bool any_bytes = false);
  const std::vector<std::string_view>& cells() const { return cells_; }
  const std::string& message() const { return message_; }

 private:
  bool cut(std::string_view text);
  bool unreadable(std::string_view what, std::string_view text, std::size_t at);
  bool quoted_cell(std::string_view text, std::size_t& at);
  bool malformed(std::string_view what, std::string_view text, std::size_t at);

  std::vector<std::string_view> cells_;
  std::string unescaped_;  ///< cells with doubled quotes, made single
  std::string message_;
};

}  // namespace proviso::input
