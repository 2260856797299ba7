#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"
#include "settle/relations_keys.hpp"
#include "settle/relations_lines.hpp"
#include "settle/relations_reads.hpp"

namespace proviso::settle {

/// The most elements that a list is given. One with more is unknown, and the record says why: they would have to be
/// gone through for every line, and all held at once.
inline constexpr std::size_t most_elements = 10'000;

/// One relation: brings each record the lines that belong to it.
class Join {
 public:
  /// `lines` are those of the relation's other record, before the first of them; both must outlive it.
  Join(const model::Library& library, const RelationReads& reads, GatheredLines& lines, const SharedTexts& texts);

  /// Some lines that may belong to a record are not among those that were gathered.
  void not_read_completely() { incomplete_ = true; }
  /// The lines of the chunk whose key could not be read, and is therefore unknown and a problem: they may belong to
  /// every record that does not differ in the rest of it. By many threads.
  void note_unplaced(const program::Chunk& chunk, Line first);
  /// Once all lines are there.
  void complete();
  /// Fills the list and the rank of every record of a finished chunk, whose first record is the line `first`.
  void fill(program::Chunk& chunk, Line first) const;

  const model::Relation& relation() const { return relation_; }
  std::uint64_t without_key() const { return by_key_.without_key() - unplaced_.size(); }
  std::uint64_t unplaced() const { return unplaced_.size(); }

 private:
  struct Element {
    model::FactId fact = model::none;  ///< of the record
    std::size_t at = 0;                ///< in the gathered lines
  };

  bool before(Line a, Line b) const;
  std::optional<LinesByKey::Range> lines_of(const program::Chunk& chunk, std::size_t row, LinesByKey::Key& key) const;
  std::pair<LinesByKey::Range, LinesByKey::Range> within(LinesByKey::Range range, model::Period days) const;
  std::int32_t day_of(Line line) const;
  model::Period days_of(const program::Chunk& chunk, std::size_t row) const;
  bool is_incomplete(const LinesByKey::Key& key, model::Period days, Line own) const;
  std::string incomplete_problem(const program::Chunk& chunk) const;
  void bring(program::Chunk& chunk, std::size_t row, Line own, LinesByKey::Range range, bool incomplete,
             std::vector<Line>& brought) const;
  void add_values(program::Chunk& chunk, const Element& element, std::size_t row,
                  const std::vector<Line>& brought) const;
  void rank(LinesByKey::Range range);
  void leave_open(LinesByKey::Range range, std::size_t order);
  bool has_order(Line line) const;
  void set_rank(program::Chunk& chunk, std::size_t row, Line own, bool incomplete) const;

  const model::Relation& relation_;
  RelationReads reads_;
  GatheredLines& lines_;
  const SharedTexts& texts_;
  std::vector<Element> elements_;
  std::size_t window_at_ = 0;          ///< in the gathered lines: the date that lies in the window, where there is one
  std::vector<std::size_t> order_at_;  ///< of a group: what it is ordered by, its id last
  LinesByKey by_key_;
  /// With a window, of each line of by_key_: the date that lies in it, or no_day.
  std::vector<std::int32_t> days_;
  std::vector<std::uint32_t> ranks_;  ///< by line; 0: none
  bool incomplete_ = false;
  std::mutex noting_;
  std::vector<Line> unplaced_;  ///< lines of whose keys not all could be read
  PartialKeys partial_keys_;    ///< what could be read of their keys
};

}  // namespace proviso::settle
