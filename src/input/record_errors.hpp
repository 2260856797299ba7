#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "input/reader.hpp"

namespace proviso::input {

/// What is wrong with a flawed raw record.
RecordError error_of(const RawRecord& raw);

/// Adds the error of a flawed raw record and points the last entry of the results to it.
void add_flaw(const RawRecord& raw, Results& results);

/// Puts `sore_throats[2].` before the field of an error inside that element, if a field is to blame. Returns false.
bool in_element(RecordError& error, std::string_view list, std::size_t index);

/// "found 3 cells, expected 4".
std::string wrong_width(std::size_t found, std::size_t expected);

/// Whether a record is nothing but blanks and commas.
bool is_blank(std::string_view text);

/// Leaves the fact of the row unknown, whatever was read for it, with what is wrong as a problem of the chunk.
void leave_unknown(program::Chunk& chunk, model::FactId fact, std::size_t row, std::string problem);

/// Adds the text as a JSON string.
void append_json(std::string& out, std::string_view text);

}  // namespace proviso::input
