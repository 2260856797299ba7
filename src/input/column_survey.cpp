#include "input/column_survey.hpp"

#include <algorithm>

#include "input/csv_cells.hpp"
#include "input/names.hpp"
#include "input/windows_1252.hpp"
#include "value/text.hpp"

namespace proviso::input {

ColumnSurvey::ColumnSurvey(const model::Library& library, std::uint32_t record, const CsvStart& start,
                           RecordSource& source)
    : values_(library, true),
      chunk_(library, record),
      record_(library.records[record]),
      utf8_(start.utf8),
      columns_(start.header.size()),
      signs_(start.options.signs) {
  signs_.resize(columns_.size());
  const Block* const block = source.look_ahead();
  if (block == nullptr) return;
  CsvCells cells;
  std::string transcoded;
  std::string buffer;
  for (const RawRecord& raw : block->records) {
    std::string_view text = block->text(raw);
    if (!value::valid_utf8(text)) {
      utf8_ = false;
      if (from_windows_1252(text, transcoded)) text = transcoded;
    }
    if (raw.flaw != Flaw::none || !cells.split(text) || cells.cells().size() != columns_.size()) continue;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string_view cell = tidied(cells.cells()[i], buffer);
      if (!cell.empty()) columns_[i].emplace_back(cell);
    }
  }
}

Fitting ColumnSurvey::fitting(std::size_t column, model::FactId fact, bool on) {
  Fitting fitting;
  DateReading reading;
  reading.day_first_seen = signs_[column].day_first;
  reading.month_first_seen = signs_[column].month_first;
  const bool date = on || record_.facts[fact].type.kind == value::Kind::date;
  for (const std::string& cell : columns_[column]) {
    ++fitting.filled;
    GivenParts parts;
    (on ? parts.on : parts.value) = {Form::text, cell};
    (on ? parts.on_dates : parts.value_dates) = &reading;
    chunk_.clear();
    const Fit fit = values_.fill(chunk_, fact, chunk_.add_row(0), parts);
    const bool fits = on ? fit != Fit::mistyped : fit == Fit::known;
    if (fits) ++fitting.fit;
    if (fits && values_.doubt() == DateDoubt::read_day_first) ++fitting.either;
    if (!fits) count_unfit(cell, date, fitting);
  }
  return fitting;
}

void ColumnSurvey::count_unfit(const std::string& cell, bool date, Fitting& fitting) const {
  constexpr std::size_t few = 6;
  const DateFault fault = date ? read_written_date(cell, {}).fault : DateFault::not_a_date;
  if (fault == DateFault::month_first_only) {
    ++fitting.month_first;
  } else if (fault == DateFault::serial_number) {
    ++fitting.serials;
  } else if (fault == DateFault::no_century) {
    ++fitting.short_years;
  } else if (fault == DateFault::none || fault == DateFault::either) {
    ++fitting.either;
  } else if (std::find(fitting.unfit.begin(), fitting.unfit.end(), cell) != fitting.unfit.end()) {
    return;
  } else if (fitting.unfit.size() == few) {
    fitting.more_unfit = true;
  } else {
    fitting.unfit.push_back(cell);
  }
}

}  // namespace proviso::input
