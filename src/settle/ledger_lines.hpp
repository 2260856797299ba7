#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"
#include "settle/accounts.hpp"
#include "settle/ledger_key.hpp"
#include "settle/ledger_tape.hpp"

/// The lines of a ledger as such: which of them there are, and which a later line of the same id takes the place of.
namespace proviso::settle {

/// One bit for each line of a chunk.
using LinesOfChunk = std::array<std::uint64_t, program::chunk_capacity / 64>;

/// The one of the row, of some by row; null where it is not among them.
const UnreadLine* find_unread(const std::vector<UnreadLine>& unread, std::uint32_t row);

/// The lines that one thread has read. By the id's hash, so that the lines of one id are together and a part of the ids
/// at a time can be looked through.
class LineBook {
 public:
  static constexpr std::size_t partitions = 128;
  struct ChunkPlace {
    std::uint32_t number;  ///< as LineOrder counts chunks
    std::uint32_t input;
    std::uint64_t block;
    std::uint32_t rows;          ///< that could be read
    LinesOfChunk not_covered{};  ///< by any agreement
  };

  /// `corrections`: the facts that say which line of an id is the last; none: the one that comes last.
  explicit LineBook(const std::vector<model::FactId>& corrections) : corrections_(corrections) {}

  void add_chunk(const ChunkPlace& place) { chunks_.push_back(place); }
  /// Every line of the chunk, covered or not: it may correct one that is. So may one that could not be read, also where
  /// what says which of the lines of an id is the last is what could not be.
  void add_lines(const program::Chunk& chunk, LineOrder first, KeyMaker& keys, const std::vector<UnreadLine>& unread);
  const std::vector<ChunkPlace>& chunks() const { return chunks_; }

 private:
  friend class LedgerLines;
  const std::vector<model::FactId>& corrections_;
  std::vector<ChunkPlace> chunks_;
  std::array<Tape, partitions> ids_;
  std::vector<LineOrder> unread_;
};

/// All lines, once the last is read.
class LedgerLines {
 public:
  /// `corrections` is as for the books. Where there are many lines it takes all the threads that it may.
  LedgerLines(std::vector<const LineBook*> books, const std::vector<model::FactId>& corrections, std::size_t threads);

  /// Whether a later line has the same id: by the correction of that number.
  bool is_set_aside(std::size_t correction, LineOrder line) const { return has(set_aside_[correction], line); }
  /// Whether some line was set aside for one of its id. Of a line that counts.
  bool corrects(std::size_t correction, LineOrder line) const { return has(corrects_[correction], line); }
  /// Counts the lines in the order of the ledger: by file, by block, by row.
  std::uint64_t position(LineOrder line) const {
    return ranks_[line / program::chunk_capacity] * program::chunk_capacity + line % program::chunk_capacity;
  }
  std::uint32_t input(LineOrder line) const { return places_[line / program::chunk_capacity]->input; }

  std::uint64_t records() const { return records_; }
  /// Lines that no agreement covers, but for those set aside whatever says which is the last.
  std::uint64_t not_covered() const;
  /// Takes the bits of lines that could not be read.
  void take_unread_out(std::vector<std::uint64_t>& lines) const;
  /// A bit for each line.
  std::vector<std::uint64_t> no_lines() const { return std::vector<std::uint64_t>(words()); }

  /// What tells the lines of different ids apart.
  struct Identity {
    std::int64_t version = unknown_version;
    Key id;
    friend bool operator<(const Identity& a, const Identity& b) {
      return a.version != b.version ? a.version < b.version : a.id < b.id;
    }
  };
  static constexpr std::int64_t unknown_version = INT64_MIN;  ///< before all others
  /// Of the lines (a bit for each), those that have an id. Goes through all lines.
  std::unordered_map<LineOrder, Identity> identities(std::size_t correction,
                                                     const std::vector<std::uint64_t>& lines) const;

 private:
  using Marks = std::vector<std::atomic<std::uint64_t>>;
  struct Partition;

  std::vector<const LineBook*> books_;
  std::size_t corrections_;
  std::size_t versions_;                                ///< facts that are read with every id
  std::vector<std::optional<std::size_t>> version_of_;  ///< by correction
  std::vector<const LineBook::ChunkPlace*> places_;     ///< by number of the chunk
  std::vector<std::uint64_t> ranks_;                    ///< by number of the chunk: its place in the ledger
  std::uint64_t records_ = 0;
  std::vector<Marks> set_aside_;  ///< by correction
  std::vector<Marks> corrects_;

  std::size_t words() const { return places_.size() * std::tuple_size_v<LinesOfChunk>; }
  static bool has(const Marks& marks, LineOrder line) {
    return (marks[line / 64].load(std::memory_order_relaxed) >> (line % 64) & 1) != 0;
  }
  static void mark(Marks& marks, LineOrder line) {
    marks[line / 64].fetch_or(std::uint64_t{1} << (line % 64), std::memory_order_relaxed);
  }
  void rank_chunks();
  void correct(std::size_t threads);
  void read(std::size_t partition, Partition& lines) const;
  void correct(Partition& lines, std::size_t correction);
  bool is_later(const Partition& lines, std::size_t correction, std::uint32_t a, std::uint32_t b) const;
};

}  // namespace proviso::settle
