#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "decide/engine.hpp"
#include "input/list_table.hpp"
#include "input/source.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"

/// Cases decided by two libraries, and what became of them: a table of the outcome before by the outcome after for each
/// policy and place, the first cases of each changed cell, and what changed them.
namespace proviso::trial {

/// Which of the two libraries: `before` is the old one.
enum Side : std::uint8_t { before = 0, after = 1 };
inline constexpr std::array<Side, 2> both_sides = {before, after};

/// An outcome of a policy, or that the library has no such policy.
using CaseOutcome = std::uint8_t;
inline constexpr std::size_t case_outcomes = static_cast<std::size_t>(model::Outcome::refuse) + 2;
inline constexpr CaseOutcome no_such_policy = case_outcomes - 1;
constexpr CaseOutcome as_case(model::Outcome outcome) { return static_cast<CaseOutcome>(outcome); }
/// In the order in which tables list them: from the patient's, or the provider's, best to the worst.
inline constexpr std::array<CaseOutcome, case_outcomes> outcomes_listed = {as_case(model::Outcome::approve),
                                                                           as_case(model::Outcome::pay),
                                                                           as_case(model::Outcome::exempt),
                                                                           as_case(model::Outcome::adjust),
                                                                           as_case(model::Outcome::review),
                                                                           as_case(model::Outcome::query),
                                                                           as_case(model::Outcome::information_needed),
                                                                           as_case(model::Outcome::refuse),
                                                                           as_case(model::Outcome::withhold),
                                                                           as_case(model::Outcome::not_applicable),
                                                                           no_such_policy};
std::string_view spelling(CaseOutcome outcome);

/// What went with a change of a criterion: a limit's value, its expression, how a fact counts.
struct CauseDetail {
  std::string what;  ///< `threshold`, `expression`, `group`, `codes`, `fact`, `definition`, `table`, `hooks`
  std::string name;  ///< empty for an expression and a group
  std::string before;
  std::string after;  ///< both empty: only that it changed
};

/// Something that is different between the two decisions of a case.
struct CausePart {
  /// `policy` (in one library only), `holds`, `version`, `applies`, `criterion`, `group`, `clause`, `needs`; for the
  /// record's own outcome `policy` with its outcomes.
  std::string what;
  std::string name;
  std::string label;
  std::string before;  ///< `yes`, `not there`, `refuse`
  std::string after;
  std::vector<CauseDetail> details;
};

/// All that is different, together, and how many cases it changed.
struct Cause {
  std::vector<CausePart> parts;
  std::uint64_t count = 0;
};

struct FirstCase {
  std::string id;  ///< empty where the record has none
  std::uint64_t line = 0;
  std::uint32_t cause = 0;  ///< in ChangedCell::causes
};

/// The cases that went from one outcome to another.
struct ChangedCell {
  CaseOutcome before = 0;
  CaseOutcome after = 0;
  std::uint64_t count = 0;
  std::vector<FirstCase> cases;  ///< by line
  std::vector<Cause> causes;     ///< the most frequent first
};

struct Table {
  std::array<std::array<std::uint64_t, case_outcomes>, case_outcomes> counts{};  ///< [before][after]
  std::vector<ChangedCell> changed;                                              ///< in the order of outcomes_listed
  std::uint64_t other_reasons = 0;    ///< the same outcome, by another clause or other criteria
  std::uint64_t other_needs = 0;      ///< information needed both times, about other facts
  std::uint64_t other_amounts = 0;    ///< the same outcome of a payment, and another amount
  std::uint64_t other_codes = 0;      ///< and another code that it is recounted as
  std::uint64_t other_strengths = 0;  ///< and withheld otherwise: `may` instead of `must`
  std::uint64_t other_terms = 0;      ///< another amount, code or strength, each case once
  /// What payments allow before and after, in bits, together: of the cases that have an amount both times.
  std::array<value::Wide, 2> amounts{};

  /// Whether some case does not come to what it came to, if with the same outcome.
  bool differs() const { return changes() > 0 || other_reasons > 0 || other_needs > 0 || other_terms > 0; }
  std::uint64_t total() const;
  std::uint64_t changes() const;
  std::uint64_t row(CaseOutcome outcome) const;
  std::uint64_t column(CaseOutcome outcome) const;
};

struct PlaceTable {
  std::string place;  ///< `Luton`, `no place`; `Luton -> North` where the libraries place the cases differently
  Table table;
};

/// The cases to which the policy applies in one library at least.
struct PolicyTable {
  std::string policy;  ///< the full name
  std::string label;
  std::array<bool, 2> there{};  ///< whether the library has it
  Table all;
  std::vector<PlaceTable> places;  ///< in the order of the places
};

/// A record that one of the libraries could not read.
struct UnreadableCase {
  std::uint64_t line = 0;
  std::string id;  ///< as JSON
  std::string code;
  std::string field;
  std::string message;
};

struct CaseComparison {
  std::string record;         ///< `Referral`
  std::uint64_t records = 0;  ///< that the input has
  std::uint64_t compared = 0;
  std::array<std::uint64_t, 2> unreadable{};
  std::array<std::vector<UnreadableCase>, 2> first_unreadable;
  std::array<std::set<std::string>, 2> undeclared;  ///< fields that the record does not declare
  Table overall;                                    ///< of the records' own outcomes, the strictest of each
  std::vector<PolicyTable> policies;                ///< in the order of the names
  std::string failure;                              ///< why reading stopped before the end

  bool differs() const;
};

struct ComparisonOptions {
  decide::Options deciding;  ///< `explain` is not looked at
  input::Format format = input::Format::ndjson;
  std::size_t threads = 1;
  std::size_t first_cases = 5;  ///< of each changed cell
  std::map<std::string, const input::ListTable*> lists;
  /// Fills what other lines say into chunks that each library has read and finished, by side; the number is that of the
  /// block in the source. Called by many threads. Empty: nothing is to be filled.
  std::array<std::function<void(program::Chunk&, std::uint64_t)>, 2> fill;
  bool with_relations = false;  ///< of ndjson: the cases say themselves what other lines do, as drawn ones do
  std::string place;            ///< the name: only decisions there and inside; empty: everywhere
  /// Called now and then, by one thread at a time, with the bytes and records read so far.
  std::function<void(std::uint64_t, std::uint64_t)> progress;
};

/// Decides every record by both libraries, both of which must have the record. The result does not depend on the number
/// of threads. Memory does not grow with the input.
CaseComparison compare_cases(const model::Library& old_library, const model::Library& new_library,
                             const std::string& record, input::RecordSource& source, const ComparisonOptions& options);

}  // namespace proviso::trial
