#include "settle/corrected_lines.hpp"

namespace proviso::settle {

void CorrectedLines::add(const program::Chunk& chunk, std::uint64_t block, const std::vector<UnreadLine>& unread) {
  const std::lock_guard lock(adding_);
  lines_.add_lines(chunk, static_cast<LineOrder>(line_number(block, 0)), keys_, unread);
  const auto rows = static_cast<std::uint32_t>(chunk.rows() - unread.size());
  lines_.add_chunk({static_cast<std::uint32_t>(block), 0, block, rows, {}});
}

void CorrectedLines::leave_out_of(Relations& relations, std::uint32_t record, std::size_t threads) const {
  const LedgerLines lines({&lines_}, corrections_, threads);
  relations.leave_out(record, [&](LineNumber line) { return lines.is_set_aside(0, static_cast<LineOrder>(line)); });
}

}  // namespace proviso::settle
