#include <algorithm>
#include <unordered_map>

#include "input/csv_cells.hpp"
#include "input/foreign_file.hpp"
#include "input/given.hpp"
#include "input/mapping.hpp"
#include "input/names.hpp"
#include "input/reader.hpp"
#include "input/windows_1252.hpp"
#include "value/text.hpp"

namespace proviso::input {
namespace {

std::vector<DateSigns> look_at_dates(const Block& block, std::size_t width) {
  std::vector<DateSigns> signs(width);
  CsvCells cells;
  for (const RawRecord& raw : block.records) {
    if (raw.flaw != Flaw::none || !cells.split(block.text(raw))) continue;
    const std::size_t count = std::min(width, cells.cells().size());
    for (std::size_t i = 0; i < count; ++i) add_signs(cells.cells()[i], signs[i]);
  }
  return signs;
}

}  // namespace

tl::expected<std::vector<std::string>, FileError> parse_csv_header(std::string_view text, bool windows_1252) {
  if (const std::string_view what = foreign_file(text); !what.empty()) {
    return tl::make_unexpected(FileError{std::string(what), 1});
  }
  std::string transcoded;
  if (windows_1252 && !value::valid_utf8(text) && from_windows_1252(text, transcoded)) text = transcoded;
  CsvCells cells;
  if (!cells.split(text)) {
    std::string message = "the header is malformed: " + cells.message();
    if (!windows_1252 && !value::valid_utf8(text)) message += encoding_help;
    return tl::make_unexpected(FileError{std::move(message), 1});
  }
  std::vector<std::string> header;
  header.reserve(cells.cells().size());
  std::unordered_map<std::string, std::size_t> seen;
  for (const std::string_view cell : cells.cells()) {
    const std::string_view name = without_invisible_ends(cell);
    if (!name.empty()) {
      const auto [before, is_new] = seen.emplace(normalised_name(name), header.size());
      if (!is_new && header[before->second] == name) {
        return tl::make_unexpected(FileError{"the header has two columns " + excerpt(name), 1});
      }
      if (!is_new) {
        return tl::make_unexpected(FileError{"the header has two columns that are one name: " +
                                                 excerpt(header[before->second]) + " and " + excerpt(name),
                                             1});
      }
    }
    header.emplace_back(name);
  }
  return header;
}

tl::expected<CsvStart, FileError> start_csv(RecordSource& source, const Mapping* mapping, bool windows_1252) {
  const std::optional<std::string> first = source.take_first();
  if (!source.failure().empty()) return tl::make_unexpected(FileError{source.failure(), 1});
  if (!first) return tl::make_unexpected(FileError{"the CSV file is empty: its first line names the columns", 1});
  CsvStart start;
  start.options.mapping = mapping;
  start.options.windows_1252 = windows_1252 || (mapping != nullptr && mapping->windows_1252);
  auto header = parse_csv_header(*first, start.options.windows_1252);
  if (!header) return tl::make_unexpected(header.error());
  start.header = std::move(*header);
  start.utf8 = value::valid_utf8(*first);
  if (const Block* const block = source.look_ahead()) start.options.signs = look_at_dates(*block, start.header.size());
  return start;
}

}  // namespace proviso::input
