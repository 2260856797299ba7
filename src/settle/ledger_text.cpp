#include "settle/ledger_text.hpp"

#include "input/names.hpp"

namespace proviso::settle {

std::string_view told(std::string_view text) { return input::without_invisible_ends(text); }

std::string_view told(const program::Chunk& chunk, model::FactId fact, std::size_t row) {
  return told(chunk.text_of(chunk.column(fact).narrow[row]));
}

bool tells(const program::Chunk& chunk, model::FactId fact, std::size_t row) {
  if (!program::bit(chunk.column(fact).known, row)) return false;
  return chunk.record().facts[fact].type.kind != value::Kind::text || !told(chunk, fact, row).empty();
}

}  // namespace proviso::settle
