#include "input/list_table.hpp"

#include "input/csv_cells.hpp"
#include "input/names.hpp"
#include "input/record_errors.hpp"

namespace proviso::input {

tl::expected<ListTable, FileError> ListTable::load(RecordSource& source) {
  const std::optional<std::string> first = source.take_first();
  if (!first) return tl::make_unexpected(FileError{"the file has no header", 1});
  auto header = parse_csv_header(*first);
  if (!header) return tl::make_unexpected(header.error());
  ListTable table;
  table.columns_ = std::move(*header);
  table.signs_.resize(table.columns_.size());
  table.id_column_ = ColumnNames(table.columns_).find("id");
  if (table.id_column_ == ColumnNames::none) return tl::make_unexpected(FileError{"the file has no column `id`", 1});

  CsvCells cells;
  Block block;
  while (source.next(block)) {
    std::string& kept = table.blocks_.emplace_back();
    kept.reserve(block.bytes.size());  // cells are never longer than their record
    for (const RawRecord& raw : block.records) {
      if (raw.flaw != Flaw::none)
        return tl::make_unexpected(FileError{"the row is larger than a row may be", raw.line});
      if (!cells.split(block.text(raw))) return tl::make_unexpected(FileError{cells.message(), raw.line});
      if (cells.cells().size() != table.columns_.size()) {
        return tl::make_unexpected(FileError{wrong_width(cells.cells().size(), table.columns_.size()), raw.line});
      }
      const Row row{table.cells_.size()};
      for (std::size_t i = 0; i < cells.cells().size(); ++i) {
        const std::string_view cell = cells.cells()[i];
        add_signs(cell, table.signs_[i]);
        const std::size_t begin = kept.size();
        kept += cell;
        table.cells_.push_back(std::string_view(kept).substr(begin));
      }
      table.rows_[table.cells_[row.first + table.id_column_]].push_back(row);
      ++table.size_;
    }
  }
  if (!source.failure().empty()) return tl::make_unexpected(FileError{source.failure(), 0});
  return table;
}

const std::vector<ListTable::Row>* ListTable::find(std::string_view id) const {
  const auto found = rows_.find(id);
  return found == rows_.end() ? nullptr : &found->second;
}

std::string_view ListTable::cell(const Row& row, std::size_t column) const { return cells_[row.first + column]; }

}  // namespace proviso::input
