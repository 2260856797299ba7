#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "input/reader.hpp"
#include "input/source.hpp"

namespace proviso::input {

/// The elements of one list field of many records, from a CSV file with the column `id`, which names the record, and a
/// column for each field of the elements (for a list of plain values, one column named `value` or as the list is).
/// Kept in memory; the elements of a record stay in the order of the file. Values are read when they are joined, so
/// that what is wrong with one is an error of its record.
class ListTable {
 public:
  /// Its cells in the table.
  struct Row {
    std::size_t first;
  };

  /// The source is of format csv. A malformed row makes the whole file unusable: nothing would tell which record lacks
  /// an element.
  static tl::expected<ListTable, FileError> load(RecordSource& source);

  /// Names of the columns, `id` among them.
  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t id_column() const { return id_column_; }
  /// What the dates of the columns say of their order.
  const std::vector<DateSigns>& signs() const { return signs_; }
  /// The elements of the record with that id; null where it has none.
  const std::vector<Row>* find(std::string_view id) const;
  std::string_view cell(const Row& row, std::size_t column) const;
  /// Elements of all records together.
  std::size_t size() const { return size_; }

 private:
  std::vector<std::string> columns_;
  std::size_t id_column_ = 0;
  std::vector<DateSigns> signs_;
  std::unordered_map<std::string_view, std::vector<Row>> rows_;  ///< by id, as it stands in a block
  std::vector<std::string> blocks_;                              ///< cells, one after the other; blocks stay in place
  std::vector<std::string_view> cells_;
  std::size_t size_ = 0;
};

}  // namespace proviso::input
