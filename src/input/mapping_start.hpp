#pragma once

#include <string>
#include <string_view>

#include "input/reader.hpp"
#include "model/library.hpp"

namespace proviso::input {

/// A mapping of the file to the record, started for its author, who reads it with `read_mapping` at once: lines for the
/// columns that are certain (the field's name or label), and as comments the likely ones with the reason, dates whose
/// form is not, values that do not fit, and the columns and fields that are left. Only the block that the source looks
/// ahead at is read. `start` is of the source, as `start_csv` gives it with windows_1252 allowed.
std::string start_mapping(const model::Library& library, std::uint32_t record, const CsvStart& start,
                          RecordSource& source, std::string_view file_name);

}  // namespace proviso::input
