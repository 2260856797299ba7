#pragma once

#include <string>
#include <vector>

#include "model/library.hpp"
#include "settle/statement.hpp"

/// What statements for people are made of: the settlements of one agreement and its parties, as tables.
namespace proviso::settle {

/// All that a statement has of one agreement and one pair of parties. It points into the library and the statement.
struct Account {
  const model::Library* library = nullptr;
  const model::Agreement* agreement = nullptr;
  std::vector<std::string> parties;
  std::vector<const Settlement*> settled;  ///< within the period
  std::vector<const Settlement*> after;    ///< the excesses of the months after it
  std::vector<const TargetResult*> targets;
};
/// In the order of the statement.
std::vector<Account> accounts_of(const model::Library& library, const Statement& statement);

/// What the settlements of an account come to.
struct AccountTotal {
  std::uint64_t lines = 0;
  std::uint64_t left_out = 0;
  std::uint64_t corrected = 0;
  std::int64_t saving = 0;
  std::int64_t saving_of_lines = 0;
  std::int64_t excess = 0;
  std::int64_t saving_before = 0;
  bool in_range = true;  ///< else its sums are none
  /// By party. Where an earlier statement settled any of them, with `before` and `difference`: what it did not settle
  /// is all still to be settled.
  std::vector<Share> shares;
};
AccountTotal total_of(const Account& account, const std::vector<const Settlement*>& settlements);

/// A sum that matters: `Share of the commissioner`, its money.
struct Figure {
  std::string name;
  std::int64_t amount = 0;
};
/// What the account's settlements come to: the saving, the share of each party and what is deducted from it, what is
/// still to be settled, the excess. Nothing where a sum is beyond all bounds.
std::vector<Figure> figures_of(const Account& account);

struct ReportColumn {
  std::string group;  ///< a heading over this column and its neighbours of the same group; may be empty
  std::string name;
  bool number = false;             ///< aligned to the right
  bool sentences = false;          ///< cells with parts of the language in backquotes
  std::vector<std::string> cells;  ///< by row
  std::string total = {};
  bool breaks = false;  ///< cells of any length, which may be broken anywhere
};
struct ReportTable {
  std::string caption;
  std::vector<ReportColumn> columns;  ///< the first names the rows
  bool totals = false;                ///< there is a last row with totals
  bool empty() const { return columns.empty(); }
  std::size_t rows() const { return columns.front().cells.size(); }
};

// Tables without columns where there is nothing to show.

/// By settlement: lines, saving, and of each party the share, what is deducted and the net.
ReportTable settlements_table(const Account& account);
/// By settlement: what an earlier statement settled, and what is still to be settled.
ReportTable differences_table(const Account& account);
/// By month after the period: the excess.
ReportTable excess_table(const Account& account);
/// What it is called.
std::string target_name(const Account& account, const TargetResult& result);
ReportTable targets_table(const Account& account);
/// By line of the settlement.
ReportTable lines_table(const Account& account, const Settlement& settlement);

}  // namespace proviso::settle
