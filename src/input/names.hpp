#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace proviso::input {

/// The name of a column as it counts: marks that show as nothing (a byte order mark, zero-width characters) left out,
/// underscores and blanks of every kind one blank, none at its ends, capitals as small letters. Brackets and dots stay.
std::string normalised_name(std::string_view name);

/// The name without blanks and marks that show as nothing at its ends; inside it all stays.
std::string_view without_invisible_ends(std::string_view name);

/// Whether the names of the columns stand in the cells once more, as where files were joined.
bool is_heading(const std::vector<std::string>& header, const std::vector<std::string_view>& cells);

/// The cell without blanks at its ends. Where it has characters beyond ASCII, and only then, it is put together anew in
/// `buffer`: blanks of every kind as plain ones, marks that show as nothing left out.
std::string_view tidied(std::string_view cell, std::string& buffer);

/// Whether the text has bytes beyond ASCII.
bool has_high_bytes(std::string_view text);

/// Finds columns by name: as it stands in the header, or else normalised. The header must outlive it.
class ColumnNames {
 public:
  static constexpr std::size_t none = SIZE_MAX;
  explicit ColumnNames(const std::vector<std::string>& header);
  /// The number of the column; none where there is none.
  std::size_t find(std::string_view name) const;

 private:
  std::unordered_map<std::string_view, std::size_t> exact_;
  std::unordered_map<std::string, std::size_t> normalised_;
};

}  // namespace proviso::input
