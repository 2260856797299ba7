#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "decide/view.hpp"
#include "program/program.hpp"
#include "program/text_table.hpp"
#include "settle/accounts_book.hpp"
#include "settle/accounts_lacking.hpp"
#include "settle/accounts_plan.hpp"
#include "settle/ledger_lines.hpp"

namespace proviso::settle {

/// A chunk of the ledger, and where its lines are in it.
struct ReadChunk {
  const program::Chunk& chunk;
  LineOrder first;  ///< of its lines
  const std::vector<std::uint64_t>& lines;
  const std::vector<UnreadLine>& unread;
};

/// Books lines: one for each thread. For each agreement the lines are sorted to the segments in which one program
/// serves, run, and what they are worth is written into the agreement's book.
class LineReader {
 public:
  /// `keep_lines`: also what statements list. `sorts_out`: lines that are not covered are found first, by a program of
  /// that alone.
  LineReader(const model::Library& library, std::uint32_t record, KeyMaker& keys, bool keep_lines, bool sorts_out);

  /// Takes the lines that the agreement covers, or may cover, out of `not_covered`.
  void read(const Plan& plan, const ReadChunk& lines, Book& book, LinesOfChunk& not_covered);

 private:
  KeyMaker& keys_;
  bool keep_lines_;
  bool sorts_out_;
  program::Workspace registers_;
  program::Workspace gate_registers_;
  Lacking lacking_;
  program::TextTable texts_;
  // The agreement and the chunk at hand.
  const Plan* plan_ = nullptr;
  const ReadChunk* lines_ = nullptr;
  Book* book_ = nullptr;
  LinesOfChunk* not_covered_ = nullptr;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted_;  ///< segments and rows
  std::vector<std::uint32_t> open_;                              ///< rows without a date or a place
  std::vector<std::uint32_t> selected_;                          ///< rows of the segment
  program::Plane running_;                                       ///< the same

  const program::Chunk& chunk() const { return lines_->chunk; }
  const model::Agreement& agreement() const { return plan_->agreement(); }
  LineOrder order_of(std::size_t row) const { return lines_->first + static_cast<LineOrder>(row); }
  bool knows(model::FactId fact, std::size_t row) const;
  std::int32_t day_of(std::size_t row) const;
  bool lacks_place(std::size_t row) const;
  model::PlaceId place_of(std::size_t row) const;
  /// Null of a line that could be read.
  const UnreadLine* unread(std::size_t row) const {
    return find_unread(lines_->unread, static_cast<std::uint32_t>(row));
  }

  // Which lines are covered (accounts_reading.cpp).
  void sort_to_segments();
  void read_segment(const decide::Segment& segment);
  void fill_running();
  void leave_uncovered_out(const decide::Segment& segment);
  value::Truth covers(const decide::View& view) const;
  void read_line(const decide::View& view);
  void read_open(std::uint32_t row);
  std::vector<const decide::Segment*> possible_segments(std::uint32_t row, bool& may_be_elsewhere) const;

  // What they are worth (accounts_booking.cpp).
  void book(const decide::View& view);
  void book_saving(const decide::View& view, std::uint32_t settlement);
  void book_price(const decide::View& view, std::uint32_t settlement);
  void book_assumed(const decide::View& view, std::uint32_t settlement, const std::vector<model::FactId>& facts);
  std::vector<NamedValue> assumed_of(std::size_t row, const std::vector<model::FactId>& facts) const;
  bool is_assumed(std::size_t row, model::FactId fact) const;
  void book_price_alone(const decide::View& view);
  void book_target(const decide::View& view, std::size_t target, std::uint32_t pair);
  Key key_among(std::size_t row, model::FactId among);
  void leave_out_of_target(const decide::View& view, std::size_t target, value::Truth met);
  void leave_out_of_targets(const decide::View& view);
  bool is_in_time_for(std::size_t target, std::size_t row) const;
  std::optional<std::int64_t> fact_value(const decide::View& view, model::FactId fact) const;
  std::string reason(std::size_t row) const;
  void leave_out(const decide::View& view, std::uint32_t settlement);
  std::uint32_t open_place(std::size_t row);
  StatementLine statement_line(const decide::View& view, const std::vector<decide::Read>& reads) const;
  void add_baseline(const decide::View& view, StatementLine& line) const;
  void keep(const decide::View& view, std::uint32_t settlement, StatementLine line);
};

}  // namespace proviso::settle
