#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "input/date_forms.hpp"
#include "model/library.hpp"

/// Mapping files: which column of a CSV file gives which field of a record, and how its cells are read. A file is
/// lines,
/// `#` begins a comment outside quotes:
/// ```
/// encoding windows-1252
/// unknown "TBC", "N/A"
/// patient.bmi    = "BODY MASS INDEX", unit kg/m2, unknown "0"
/// patient.bmi.on = "BMI DATE", month first
/// patient.sex    = "SEX", "M" = male, "F" = female
/// commissioner   = always "06P"
/// ignore "LOCAL NOTES"
/// ```
namespace proviso::input {

/// Something wrong with a mapping file.
struct MappingError {
  std::uint32_t line = 0;
  std::uint32_t column = 0;  ///< in characters, from 1
  std::string message;
};

/// What words in cells mean, by the word in small letters: a value, or nothing for unknown.
using Words = std::map<std::string, std::optional<std::string>, std::less<>>;

/// A line of the mapping: where one field comes from.
struct MappedField {
  std::string field;                 ///< `patient.bmi`, `patient.bmi.on`
  model::FactId fact = model::none;  ///< none: the identifier of a record without a field `id`
  bool on = false;                   ///< the day of its measurement
  std::string column;                ///< the name of the column; empty for a constant
  std::optional<std::string> constant;
  DateReading dates;
  std::string unit;  ///< of cells that have none; empty: the field's
  Words words;
  std::uint32_t line = 0;
  std::uint32_t column_at = 0;  ///< where the column is named
};

struct Mapping {
  std::vector<MappedField> fields;
  std::vector<std::string> ignored;  ///< names of columns that the file may have
  Words unknown;                     ///< words that mean unknown in every column
  bool windows_1252 = false;
};

/// Reads a mapping to the record. All errors, in the order of the lines.
tl::expected<Mapping, std::vector<MappingError>> read_mapping(std::string_view text, const model::Library& library,
                                                              std::uint32_t record);

/// Columns that the mapping names and the file does not have.
std::vector<MappingError> missing_columns(const Mapping& mapping, const std::vector<std::string>& header);

}  // namespace proviso::input
