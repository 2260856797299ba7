#pragma once

#include <cstddef>
#include <string_view>

#include "csv.hpp"

namespace ledgers {

/// Where a ledger has what can be spoilt: numbers of columns.
struct Spoilable {
  std::size_t date;
  std::size_t money;
  std::size_t code;
  std::size_t word;
};

/// Spoils a line in one of the ways in which lines of real files cannot be read, and counts it as
/// `FILE.unreadable.WAY`: a day that there is not, one with its month first, junk, a clock; money with a comma in the
/// wrong place, too many places, letters; a code of no form; a word of no list; too few cells; a heading in the midst;
/// bytes of no encoding.
std::string unreadable(Cells cells, const Cells& heading, const Spoilable& spoilable, Dirt& dirt);

}  // namespace ledgers
