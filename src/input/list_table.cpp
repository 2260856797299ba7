#include "input/list_table.hpp"

#include <algorithm>
#include <utility>

#include "input/names.hpp"
#include "input/record_errors.hpp"
#include "input/windows_1252.hpp"
#include "value/text.hpp"

namespace proviso::input {

tl::expected<ListTable, FileError> ListTable::load(RecordSource& source, bool windows_1252) {
  const std::optional<std::string> first = source.take_first();
  if (!source.failure().empty()) return tl::make_unexpected(FileError{source.failure(), 1});
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
    table.add_block(block, windows_1252);
  }
  if (!source.failure().empty()) return tl::make_unexpected(FileError{source.failure(), 0});
  return table;
}

void ListTable::add_block(const Block& block, bool windows_1252) {
  // Cells are never longer than their record, but for characters that were one byte and become up to three.
  const bool transcode = windows_1252 && !value::valid_utf8(block.bytes);
  std::string& kept = blocks_.emplace_back();
  kept.reserve((transcode ? 3 : 1) * block.bytes.size());
  CsvCells cells;
  std::string transcoded;
  for (const RawRecord& raw : block.records) {
    if (raw.flaw != Flaw::none) {
      add_bad_row("the row is larger than a row may be", {}, raw.line, kept);
      continue;
    }
    std::string_view text = block.text(raw);
    if (transcode && !value::valid_utf8(text) && from_windows_1252(text, transcoded)) text = transcoded;
    const bool is_cut = cells.split(text);
    if (!is_cut) {
      const bool help = !windows_1252 && !value::valid_utf8(text);
      add_bad_row(cells.message() + std::string(help ? encoding_help : std::string_view()), id_of_bad(cells, is_cut),
                  raw.line, kept);
    } else if (is_no_row(cells.cells())) {
      continue;
    } else if (cells.cells().size() != columns_.size()) {
      add_bad_row(wrong_width(cells.cells().size(), columns_.size()), id_of_bad(cells, is_cut), raw.line, kept);
    } else if (without_invisible_ends(cells.cells()[id_column_]).empty()) {
      add_bad_row("the row has no id: it may be of any record", {}, raw.line, kept);
    } else {
      add_row(cells.cells(), raw.line, kept);
    }
  }
}

/// Nothing but blanks, or the heading once more.
bool ListTable::is_no_row(const std::vector<std::string_view>& cells) const {
  const auto is_blank_cell = [](std::string_view cell) { return without_invisible_ends(cell).empty(); };
  return std::all_of(cells.begin(), cells.end(), is_blank_cell) || is_heading(columns_, cells);
}

/// Empty where it is not certain. In a row with too many or too few cells those after the first may be of other
/// columns, and the last may be cut off.
std::string_view ListTable::id_of_bad(const CsvCells& cells, bool is_cut) const {
  const std::size_t count = cells.cells().size();
  const bool certain = is_cut ? id_column_ == 0 && count > 1 : id_column_ < count;
  return certain ? without_invisible_ends(cells.cells()[id_column_]) : std::string_view();
}

void ListTable::add_bad_row(std::string message, std::string_view id, std::uint64_t line, std::string& kept) {
  ++bad_rows_;
  if (errors_.size() < most_errors) {
    RecordError& error = errors_.emplace_back();
    error.code = text::Code::malformed_record;
    error.message = std::move(message);
    error.line = line;
  }
  if (id.empty()) {
    if (anybodys_line_ == 0) anybodys_line_ = line;
    return;
  }
  const std::size_t begin = kept.size();
  kept += id;
  OfRecord& of_record = rows_[std::string_view(kept).substr(begin)];
  if (of_record.bad_line == 0) of_record.bad_line = line;
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

std::string ListTable::missing(std::string_view id) const {
  if (bad_rows_ == 0) return {};
  const auto found = rows_.find(id);
  if (found != rows_.end() && found->second.bad_line != 0) {
    return "line " + std::to_string(found->second.bad_line) + " of its file cannot be read";
  }
  if (anybodys_line_ == 0) return {};
  return "line " + std::to_string(anybodys_line_) + " of its file does not say of which record it is";
}

ListTable::WithoutRecord ListTable::without_record() const {
  WithoutRecord result;
  for (const auto& [id, of_record] : rows_) {
    if (of_record.rows.empty() || of_record.found.load(std::memory_order_relaxed)) continue;
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
