#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "input/date_forms.hpp"
#include "input/reader.hpp"
#include "input/values.hpp"
#include "program/chunk.hpp"

namespace proviso::input {

/// How the cells of a column read as values of one field.
struct Fitting {
  std::size_t filled = 0;  ///< cells that are not empty
  std::size_t fit = 0;
  std::size_t either = 0;          ///< dates that could be day first or month first
  std::size_t month_first = 0;     ///< dates that can only be month first
  std::size_t serials = 0;         ///< plain numbers, where dates are expected
  std::size_t short_years = 0;     ///< years of two digits
  std::vector<std::string> unfit;  ///< others that do not fit: a few of them, each once
  bool more_unfit = false;
};

/// The first records of a file, by column.
class ColumnSurvey {
 public:
  /// The header is cut by `start_csv`.
  ColumnSurvey(const model::Library& library, std::uint32_t record, const CsvStart& start, RecordSource& source);

  /// Whether all that was looked at is UTF-8.
  bool utf8() const { return utf8_; }
  /// With `on`, as days of the fact's measurement.
  Fitting fitting(std::size_t column, model::FactId fact, bool on);

 private:
  void count_unfit(const std::string& cell, bool date, Fitting& fitting) const;

  Values values_;
  program::Chunk chunk_;
  const model::Record& record_;
  bool utf8_ = true;
  std::vector<std::vector<std::string>> columns_;  ///< cells that are not blank
  std::vector<DateSigns> signs_;
};

}  // namespace proviso::input
