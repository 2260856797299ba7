#pragma once

#include <cstddef>
#include <string_view>

#include "model/library.hpp"
#include "program/chunk.hpp"

/// Texts of a ledger that say who or which: parties, ids, what a target counts.
namespace proviso::settle {

/// The text without blanks at its ends, or other characters there that do not show: ledgers have them in one line and
/// not in the next. Empty where there is nothing else.
std::string_view told(std::string_view text);
/// Of a line that has the fact, which is a text.
std::string_view told(const program::Chunk& chunk, model::FactId fact, std::size_t row);
/// Whether the line has the fact. A text of nothing but blanks is as good as none.
bool tells(const program::Chunk& chunk, model::FactId fact, std::size_t row);

}  // namespace proviso::settle
