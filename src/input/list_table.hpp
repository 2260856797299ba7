#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "input/csv_cells.hpp"
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

  /// The source is of format csv; with `windows_1252`, rows that are not UTF-8 are in that. The error is of the whole
  /// file: it has no header that can be read, or none with an `id`. Blank lines, and the heading once more, are no
  /// rows.
  static tl::expected<ListTable, FileError> load(RecordSource& source, bool windows_1252 = false);

  /// Names of the columns, `id` among them.
  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t id_column() const { return id_column_; }
  /// What the dates of the columns say of their order.
  const std::vector<DateSigns>& signs() const { return signs_; }
  /// The elements of the record with that id, without blanks round it; null where it has none. Threads may ask at the
  /// same time.
  const std::vector<Row>* find(std::string_view id) const;
  std::string_view cell(const Row& row, std::size_t column) const;
  /// Why elements of the record with that id may be missing from those that `find` gives: a row of it, or one that may
  /// be of any record, could not be read. Empty where all are there.
  std::string missing(std::string_view id) const;
  /// Rows that could not be read or have no id: how many, and what is wrong with the first most_errors of them.
  std::size_t bad_rows() const { return bad_rows_; }
  const std::vector<RecordError>& errors() const { return errors_; }
  static constexpr std::size_t most_errors = 20;
  /// Elements of all records together.
  std::size_t size() const { return size_; }

  /// Rows whose id no `find` has asked for, and the first of them.
  struct WithoutRecord {
    std::size_t rows = 0;
    std::string id;
    std::uint64_t line = 0;  ///< of the file
  };
  /// Once all records are read.
  WithoutRecord without_record() const;

 private:
  /// The rows of one id.
  struct OfRecord {
    std::vector<Row> rows;
    std::uint64_t line = 0;      ///< of the first
    std::uint64_t bad_line = 0;  ///< of the first that could not be read; 0: none
    mutable std::atomic<bool> found{false};
  };
  void add_block(const Block& block, bool windows_1252);
  void add_row(const std::vector<std::string_view>& cells, std::uint64_t line, std::string& kept);
  bool is_no_row(const std::vector<std::string_view>& cells) const;
  std::string_view id_of_bad(const CsvCells& cells, bool is_cut) const;
  void add_bad_row(std::string message, std::string_view id, std::uint64_t line, std::string& kept);

  std::vector<std::string> columns_;
  std::size_t id_column_ = 0;
  std::vector<DateSigns> signs_;
  std::unordered_map<std::string_view, OfRecord> rows_;  ///< by id, as it stands in a block
  std::vector<std::string> blocks_;                      ///< cells, one after the other; blocks stay in place
  std::vector<std::string_view> cells_;
  std::size_t size_ = 0;
  std::size_t bad_rows_ = 0;
  std::vector<RecordError> errors_;
  std::uint64_t anybodys_line_ = 0;  ///< of the first row of which nobody can say whose it is; 0: none
};

}  // namespace proviso::input
