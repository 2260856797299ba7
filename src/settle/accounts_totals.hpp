#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "settle/accounts_merge.hpp"
#include "settle/statement.hpp"
#include "value/decimal.hpp"

namespace proviso::settle {

/// What lines were left out for, and how many. Lines set aside for a later one of their id are not among them.
using LinesByReason = std::map<std::string, std::uint64_t>;
/// `2 lines are left out: unit_price is missing`.
std::string left_out_note(const std::string& reason, std::uint64_t lines);

/// What the lines of one settlement come to.
struct Total {
  std::uint64_t lines = 0;
  std::uint64_t left_out = 0;
  std::uint64_t corrected = 0;
  value::Wide saving = 0;  ///< after the period: the excess
  // The saving of the lines in the year of the period that the settlement ends in, if it begins in another, and how
  // many lines these are.
  value::Wide saving_of_last_year = 0;
  std::uint64_t lines_of_last_year = 0;
  std::vector<value::Wide> deducted;  ///< by Agreement::deductions
  LinesByReason left_out_for;
  std::map<model::FactId, std::uint64_t> assumed;  ///< on how many lines that count

  void leave_out(const std::string& reason) {
    ++left_out;
    ++left_out_for[reason];
  }
};

/// Of a line after the period.
struct Excess {
  std::int64_t lowest = 0;
  std::int64_t amount = 0;
  std::string left_out;  ///< why it does not count
};

/// Settles one agreement out of what was booked for it.
class Totals {
 public:
  Totals(const MergedBooks& books, const std::vector<std::string>& inputs);

  /// Sets the bit of every line of which it is not known whether the agreement covers it.
  void mark_undecided(std::vector<std::uint64_t>& lines) const;
  void write(Statement& statement);

 private:
  const MergedBooks& books_;
  const std::vector<std::string>& inputs_;
  std::vector<Total> totals_;   ///< by settlement
  LinesByReason left_out_for_;  ///< lines of no settlement that is known
  LinesByReason undecided_for_;
  /// Both of these, by what is known of where they belong.
  std::map<std::vector<bool>, std::map<OpenPlace, LinesByReason>> open_;
  std::vector<LineOrder> undecided_;
  std::map<LineOrder, Excess> excesses_;  ///< of kept lines

  const model::Agreement& agreement() const { return books_.agreement(); }
  void add_booked(const MergedBooks::OfBook& of);
  void add_assumed(const MergedBooks::OfBook& of);
  void add_left_out(const MergedBooks::OfBook& of);
  void add_priced();
  void add_detail(std::vector<Settlement>& settlements);
  Settlement begin(std::size_t number) const;
  bool narrow(std::size_t number, Saved& saved, std::int64_t& saving_of_lines) const;
  void settle_pair(std::size_t first, std::size_t last, std::vector<Settlement>& settlements) const;
  void settle_excess(bool fits, Settlement& settlement) const;
  void carry_years(std::size_t first, std::size_t last, std::vector<Settlement>& settlements) const;
  void add_notes(std::size_t number, Settlement& settlement) const;
  void drop_corrected_away(std::vector<Settlement>& settlements) const;
  void compare(const Settled& before, Settlement& settlement) const;
  void note_open_lines(std::size_t number, Settlement& settlement) const;
  void write_notes(Statement& statement) const;
};

}  // namespace proviso::settle
