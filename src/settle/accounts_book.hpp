#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"
#include "program/text_table.hpp"
#include "settle/ledger_key.hpp"
#include "settle/ledger_tape.hpp"
#include "settle/shares.hpp"
#include "settle/statement.hpp"
#include "value/truth.hpp"

/// What one thread writes down of the lines that an agreement covers, as they come.
namespace proviso::settle {

/// Numbers what some facts of a line are together: the parties, or the drug.
class Tuples {
 public:
  explicit Tuples(std::vector<model::FactId> facts) : facts_(std::move(facts)) {}

  const std::vector<model::FactId>& facts() const { return facts_; }
  /// None where one of the facts is missing. `texts` numbers the texts of all chunks.
  std::uint32_t number(const program::Chunk& chunk, std::size_t row, program::TextTable& texts);
  /// The values as the language writes them, empty ones for facts that are missing.
  std::vector<std::string> spell(const program::Chunk& chunk, std::size_t row) const;
  /// By number, the values as the language writes them.
  const std::vector<std::vector<std::string>>& spelled() const { return spelled_; }

 private:
  std::vector<model::FactId> facts_;
  std::vector<std::int64_t> values_;  ///< of the row at hand
  std::unordered_map<std::vector<std::int64_t>, std::uint32_t, model::KeyHash> numbers_;
  std::vector<std::vector<std::string>> spelled_;
};

/// Numbers the settlements that lines belong to: of a pair of parties, for some days. The lines that a settlement has
/// in its first year of the period and those in its second have different numbers.
class Settlements {
 public:
  explicit Settlements(const model::Agreement& agreement) : agreement_(agreement) {}

  struct Entry {
    std::uint32_t pair;
    SettlementDays span;
    bool after;         ///< the period
    std::int32_t year;  ///< of the period: its first day
  };
  std::uint32_t number(std::uint32_t pair, std::int32_t day);
  /// Of the settlements that a line of the day may belong to.
  std::int32_t first_day(std::int32_t day) {
    return spans_[interval(day, day > agreement_.period.last)].span.days.first;
  }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  const model::Agreement& agreement_;
  std::unordered_map<std::int32_t, std::uint32_t> intervals_;  ///< by month, during the period or after it
  struct Interval {
    SettlementDays span;
    // Years of the period, by their first days; of days after the period no more than a number.
    std::int32_t first_year;
    std::int32_t last_year;
  };
  std::vector<Interval> spans_;
  std::vector<std::vector<std::uint32_t>> numbers_;  ///< by pair, by interval and year
  std::vector<Entry> entries_;

  std::uint32_t interval(std::int32_t day, bool after);
};

/// A line that counts in a settlement of the period. On its tape its deductions follow, by Agreement::deductions.
struct BookedLine {
  LineOrder order;
  std::uint32_t settlement;
  std::int64_t saving;

  void put(Tape& tape) const;
  static BookedLine read(Tape::Reader& reader);
};

/// A line after the period; or of the month in which that ends, for its price alone.
struct PricedLine {
  LineOrder order;
  std::uint32_t settlement;  ///< none: for its price alone
  std::uint32_t drug;
  std::int64_t lowest;
  std::int64_t charged;  ///< neither there nor on the tape without a settlement
  std::int64_t quantity;

  void put(Tape& tape) const;
  static PricedLine read(Tape::Reader& reader);
};

/// A line that a target counts.
struct TargetLine {
  LineOrder order;
  std::uint32_t pair;
  bool met;
  std::int32_t day;
  Key among;

  void put(Tape& tape) const;
  static TargetLine read(Tape::Reader& reader);
};

/// A line that a target may have to count, and that is left out of it.
struct OpenTargetLine {
  LineOrder order;
  std::uint32_t place;   ///< of the book: its parties, as far as they are known
  std::uint32_t reason;  ///< of the book
  value::Truth met;
  std::optional<std::int32_t> day;
  std::optional<Key> among;

  void put(Tape& tape) const;
  static OpenTargetLine read(Tape::Reader& reader);
};

/// What is known of where a line belongs that is of no settlement that is known.
struct OpenPlace {
  std::optional<std::int32_t> first_day;  ///< of its settlement, where its date is known
  std::vector<std::string> parties;       ///< as the language writes them; empty: missing

  /// Which of these are known: the day, then the parties.
  std::vector<bool> known() const;
  /// Without what is not among those.
  OpenPlace only(const std::vector<bool>& known) const;
  friend bool operator<(const OpenPlace& a, const OpenPlace& b) {
    return std::tie(a.first_day, a.parties) < std::tie(b.first_day, b.parties);
  }
};

/// A line that does not count though it might have to.
struct LeftOutLine {
  static constexpr std::uint32_t no_settlement = model::none;
  static constexpr std::uint32_t undecided = model::none - 1;  ///< whether the agreement covers it
  LineOrder order;
  std::uint32_t settlement;
  std::uint32_t reason;
  std::uint32_t place;  ///< of the book, where there is no settlement; else neither there nor on the tape

  static bool has_settlement(std::uint32_t settlement) {
    return settlement != no_settlement && settlement != undecided;
  }

  void put(Tape& tape) const;
  static LeftOutLine read(Tape::Reader& reader);
};

/// What is assumed of the fact.
NamedValue assumed_value(const model::Library& library, const model::Fact& fact);

/// A fact that was assumed of a line that counts in a settlement.
struct AssumedOfLine {
  LineOrder order;
  std::uint32_t settlement;
  model::FactId fact;

  void put(Tape& tape) const;
  static AssumedOfLine read(Tape::Reader& reader);
};

/// A line kept to be shown.
struct KeptLine {
  LineOrder order;
  std::uint32_t settlement;
  StatementLine line;
};

struct Book {
  explicit Book(const model::Agreement& agreement);

  Tuples pairs;
  Tuples drugs;
  Settlements settlements;
  Tape booked;
  Tape priced;
  std::vector<Tape> targets;
  std::vector<Tape> open_targets;
  Tape left_out;
  Tape assumed;
  std::vector<std::string> reasons;
  std::unordered_map<std::string, std::uint32_t> reason_numbers;
  std::map<OpenPlace, std::uint32_t> places;  ///< numbered
  std::vector<KeptLine> kept;

  std::uint32_t reason(const std::string& text);
  std::uint32_t place(OpenPlace place);
};

}  // namespace proviso::settle
