#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"
#include "settle/accounts.hpp"
#include "settle/ledger_key.hpp"
#include "settle/ledger_lines.hpp"
#include "settle/relations.hpp"

namespace proviso::settle {

/// The lines of a ledger that a later one of their id takes the place of, found while its lines are gathered: they are
/// no lines any more, and relations bring none of them.
class CorrectedLines {
 public:
  /// `corrected_by` says which line of an id is the last; none: the one that comes last.
  explicit CorrectedLines(model::FactId corrected_by) : corrections_{corrected_by}, lines_(corrections_) {}

  /// The lines of a finished chunk, as it is gathered. The blocks of all files are counted on, from 0 without a gap. By
  /// many threads.
  void add(const program::Chunk& chunk, std::uint64_t block, const std::vector<UnreadLine>& unread);
  /// Once all lines are there, and gathered.
  void leave_out_of(Relations& relations, std::uint32_t record, std::size_t threads) const;

 private:
  std::vector<model::FactId> corrections_;
  std::mutex adding_;
  KeyMaker keys_;
  LineBook lines_;
};

}  // namespace proviso::settle
