#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "settle/accounts.hpp"
#include "settle/accounts_book.hpp"
#include "settle/accounts_plan.hpp"
#include "settle/ledger_lines.hpp"

namespace proviso::settle {

/// The books of all threads for one agreement, with numbers of all in the place of those that each gave by itself.
class MergedBooks {
 public:
  /// The values of some facts, as the language writes them.
  using Spelled = std::vector<std::string>;
  struct OfBook {
    Book* book;
    // What the book's own numbers are among all.
    std::vector<std::uint32_t> pairs;
    std::vector<std::uint32_t> drugs;
    std::vector<std::uint32_t> settlements;
    std::vector<bool>
        in_last_year;  ///< by the book's own numbers of settlements: whether lines are of Entry::last_year
  };
  struct Entry {
    std::uint32_t pair;
    SettlementDays span;
    bool after;  ///< the period
    // Of the period, in which the settlement begins and ends: their first days.
    std::int32_t first_year;
    std::int32_t last_year;
    const Settled* before = nullptr;
  };

  /// With the settlements of `before` that no line belongs to any more.
  MergedBooks(const Plan& plan, const std::vector<Book*>& books, const LedgerLines& lines,
              const std::vector<Settled>& before);

  const Plan& plan() const { return plan_; }
  const model::Agreement& agreement() const { return plan_.agreement(); }
  const std::vector<OfBook>& books() const { return books_; }
  /// Sorted.
  const std::vector<Spelled>& pairs() const { return pairs_; }
  /// By pair, then by day.
  const std::vector<Entry>& settlements() const { return settlements_; }
  /// Earlier settlements of this agreement whose label is none.
  const std::vector<std::string>& strange_labels() const { return strange_labels_; }

  const LedgerLines& lines() const { return lines_; }
  bool is_set_aside(LineOrder line) const { return lines_.is_set_aside(plan_.correction(), line); }

 private:
  const Plan& plan_;
  const LedgerLines& lines_;
  std::vector<OfBook> books_;
  std::vector<Spelled> pairs_;
  std::vector<Entry> settlements_;
  std::vector<std::string> strange_labels_;

  void merge_pairs(const std::vector<const Settled*>& before);
  void merge_drugs();
  void merge_settlements(const std::vector<const Settled*>& before);
  std::uint32_t pair_of(const Spelled& parties) const;
};

}  // namespace proviso::settle
