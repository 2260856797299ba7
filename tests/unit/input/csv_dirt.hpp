#pragma once

#include <sstream>
#include <string>
#include <string_view>

#include "input/mapping.hpp"
#include "sample.hpp"

/// Reads CSV as `decide` does: the mapping first, then the header, then the first records for how dates are written.
namespace proviso::input::sample {

/// Aborts the test where the mapping or the header has errors.
inline Filled read_mapped(const model::Library& library, std::string_view mapping_text, std::string_view text,
                          bool windows_1252 = false, SourceLimits limits = {}) {
  Filled filled(library);
  auto mapping = read_mapping(mapping_text, library, 0);
  std::istringstream stream{std::string(text)};
  RecordSource source(bytes_of(stream), Format::csv, limits);
  const auto start = start_csv(source, &mapping.value(), windows_1252);
  const auto reader = make_csv_reader(library, 0, start.value().header, {}, start.value().options);
  Block block;
  while (source.next(block)) reader.value()->read(block, filled.chunk, filled.results);
  filled.chunk.finish();
  filled.undeclared = reader.value()->undeclared_fields();
  filled.read_day_first = reader.value()->read_day_first();
  filled.found_month_first = reader.value()->found_month_first();
  return filled;
}

/// What reading the cell as that field says is wrong; empty where it is well.
inline std::string trouble(const Filled& filled) {
  return filled.results.errors.empty() ? std::string() : filled.results.errors.front().message;
}

}  // namespace proviso::input::sample
