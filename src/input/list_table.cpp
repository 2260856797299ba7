#include "input/list_table.hpp"

#include "input/csv_cells.hpp"
#include "input/names.hpp"
#include "input/record_errors.hpp"
#include "input/windows_1252.hpp"
#include "value/text.hpp"

namespace proviso::input {

tl::expected<ListTable, FileError> ListTable::load(RecordSource& source, bool windows_1252) {
  const std::optional<std::string> first = source.take_first();
  if (!first) return tl::make_unexpected(FileError{"the file has no header", 1});
  auto header = parse_csv_header(*first, windows_1252);
  if (!header) return tl::make_unexpected(header.error());
  ListTable table;
  table.columns_ = std::move(*header);
  table.signs_.resize(table.columns_.size());
  table.id_column_ = ColumnNames(table.columns_).find("id");
  if (table.id_column_ == ColumnNames::none) return tl::make_unexpected(FileError{"the file has no column `id`", 1});

  Block block;
  while (source.next(block)) {
    if (auto error = table.add_block(block, windows_1252)) return tl::make_unexpected(*error);
  }
  if (!source.failure().empty()) return tl::make_unexpected(FileError{source.failure(), 0});
  return table;
}

std::optional<FileError> ListTable::add_block(const Block& block, bool windows_1252) {
  // Cells are never longer than their record, but for characters that were one byte and become up to three.
  const bool transcode = windows_1252 && !value::valid_utf8(block.bytes);
  std::string& kept = blocks_.emplace_back();
  kept.reserve((transcode ? 3 : 1) * block.bytes.size());
  CsvCells cells;
  std::string transcoded;
  for (const RawRecord& raw : block.records) {
    if (raw.flaw != Flaw::none) return FileError{"the row is larger than a row may be", raw.line};
    std::string_view text = block.text(raw);
    if (transcode && !value::valid_utf8(text) && from_windows_1252(text, transcoded)) text = transcoded;
    if (!cells.split(text)) {
      const bool help = !windows_1252 && !value::valid_utf8(text);
      return FileError{cells.message() + std::string(help ? encoding_help : std::string_view()), raw.line};
    }
    if (cells.cells().size() != columns_.size()) {
      return FileError{wrong_width(cells.cells().size(), columns_.size()), raw.line};
    }
    add_row(cells.cells(), raw.line, kept);
  }
  return std::nullopt;
}

void ListTable::add_row(const std::vector<std::string_view>& cells, std::uint64_t line, std::string& kept) {
  const Row row{cells_.size()};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    add_signs(cells[i], signs_[i]);
    const std::size_t begin = kept.size();
    kept += cells[i];
    cells_.push_back(std::string_view(kept).substr(begin));
  }
  OfRecord& of_record = rows_[without_invisible_ends(cells_[row.first + id_column_])];
  if (of_record.rows.empty()) of_record.line = line;
  of_record.rows.push_back(row);
  ++size_;
}

const std::vector<ListTable::Row>* ListTable::find(std::string_view id) const {
  const auto found = rows_.find(id);
  if (found == rows_.end()) return nullptr;
  found->second.found.store(true, std::memory_order_relaxed);
  return &found->second.rows;
}

ListTable::WithoutRecord ListTable::without_record() const {
  WithoutRecord result;
  for (const auto& [id, of_record] : rows_) {
    if (of_record.found.load(std::memory_order_relaxed)) continue;
    if (result.rows == 0 || of_record.line < result.line) {
      result.id = id;
      result.line = of_record.line;
    }
    result.rows += of_record.rows.size();
  }
  return result;
}

std::string_view ListTable::cell(const Row& row, std::size_t column) const { return cells_[row.first + column]; }

}  // namespace proviso::input
