#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/library.hpp"
#include "value/decimal.hpp"

/// What settling agreements comes to, ready to be written down. Money is in bits as a column holds it (six places).
namespace proviso::settle {

inline constexpr std::int64_t pound = value::decimal_scale;
inline constexpr std::int64_t penny = pound / 100;

/// A value of a line, for reading: `quantity`, `2`.
struct NamedValue {
  std::string name;
  std::string value;  ///< as the language writes it
};

/// A line that a settlement is made of, or that was left out of it.
struct StatementLine {
  std::string id;
  std::uint64_t line = 0;  ///< of the input, from 1
  std::string input;       ///< the file; empty where there is but one
  std::int32_t on = 0;
  std::vector<NamedValue> values;      ///< what the saving and the deductions read
  std::int64_t saving = 0;             ///< after the period: what was charged over the lowest price
  std::vector<std::int64_t> deducted;  ///< by Agreement::deductions
  std::string left_out;                ///< why; empty where it counts
  bool corrected = false;              ///< an earlier line of the same id was set aside for it
  std::vector<NamedValue> assumed{};   ///< facts that it does not say, and as what they were taken
};

/// A fact that lines of a settlement do not say, and that was assumed of them.
struct AssumedFact {
  NamedValue fact;
  std::uint64_t lines = 0;  ///< that count
};

/// What of a saving, or of a settlement's, is of one year of the agreement's period.
struct PartOfSaving {
  std::int32_t year = 0;  ///< its first day
  std::int64_t saving = 0;
  std::int64_t saving_of_year = 0;  ///< since that day, this part included
};

struct Share {
  std::uint32_t party = 0;    ///< of Agreement::parties
  std::int64_t amount = 0;    ///< whole pence
  std::int64_t deducted = 0;  ///< whole pence, rounded as the settlement is
  std::int64_t net = 0;
  /// How the amount came about, where there are tiers: the part of the saving in each, and its percent.
  struct Part {
    std::int64_t saving = 0;
    std::int64_t percent = 0;
  };
  std::vector<Part> parts;
  std::int64_t capped = 0;  ///< what its cap took from it, or gave back; whole pence
  /// What an earlier settlement paid, and what is still to be paid: only where one was given.
  std::optional<std::int64_t> before;
  std::optional<std::int64_t> difference;
};

/// What one pair of parties settles for one month, quarter or year; or, after the period, the excess of one.
struct Settlement {
  std::uint32_t agreement = 0;       ///< of Library::agreements
  std::vector<std::string> parties;  ///< by Agreement::parties: the values of their facts, as the language writes them
  std::string label;                 ///< `2018-12`, `2018-Q4`, `2018`
  model::Period days;                ///< the calendar's, as far as the agreement's period goes
  std::uint64_t lines = 0;           ///< that count
  std::uint64_t left_out = 0;        ///< for a missing fact
  std::uint64_t corrected = 0;       ///< lines set aside for a later one of the same id
  std::int64_t saving = 0;           ///< rounded, within floor and cap
  std::int64_t saving_of_lines = 0;  ///< the sum, before floor, cap and rounding
  /// Since the start of the year of the period that its last day is in, this one included.
  std::int64_t saving_of_year = 0;
  /// Its saving by years of the period: one that has lines of two of them has two, the earlier first. Without lines
  /// none.
  std::vector<PartOfSaving> of_years;
  std::vector<Share> shares;                  ///< by party
  std::optional<std::int64_t> excess;         ///< after the period, in place of the saving and its shares; whole pence
  std::optional<std::int64_t> saving_before;  ///< of the earlier settlement
  std::vector<AssumedFact> assumed;
  std::vector<std::string> notes;
  std::vector<StatementLine> detail;  ///< by day, then id; only on request
};

struct TargetResult {
  std::uint32_t agreement = 0;
  std::uint32_t target = 0;  ///< of Agreement::targets
  std::vector<std::string> parties;
  std::uint64_t counted = 0;  ///< distinct values
  std::uint64_t met = 0;
  std::uint64_t left_out = 0;  ///< lines that may have to be counted, and of which that is not known
  std::int64_t share = 0;      ///< met of counted, as a percent; nothing counted: 0
  /// Nothing where nothing was counted, where the target's day is after the last line of the ledger, or where lines
  /// that were left out could change it.
  std::optional<bool> reached;
  bool is_due = false;  ///< something was counted, and the ledger has lines of its day or later
  std::vector<std::string> notes;
};

/// A file of the ledger.
struct LedgerFile {
  std::string name;              ///< as it was given; `-`: standard input
  std::uint64_t lines = 0;       ///< in it, whether or not they could be read
  std::uint64_t unreadable = 0;  ///< which are in no settlement
};

/// Of all agreements settled, by agreement, then parties, then period.
struct Statement {
  std::vector<Settlement> settlements;
  std::vector<TargetResult> targets;
  std::uint64_t records = 0;       ///< lines read
  std::uint64_t not_covered = 0;   ///< by any agreement, or on a day before its period
  std::uint64_t undecided = 0;     ///< whether an agreement covers them a missing fact does not say
  std::vector<std::string> notes;  ///< of the whole ledger
  std::vector<LedgerFile> files;   ///< in the order in which they were read
  /// What of the whole it is, where something was taken out: `--from 2019-02`, `--agreement sefton.adalimumab`.
  std::vector<std::string> part;
};

}  // namespace proviso::settle
