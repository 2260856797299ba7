#pragma once

#include <memory>
#include <set>

#include "reference/evaluate.hpp"
#include "reference/places.hpp"

/// One agreement, and what it says of one line.
namespace proviso::reference {

/// The line of a ledger as an agreement sees it.
struct AgreementLine {
  enum class Standing {
    not_covered,
    undecided,
    without_settlement,  ///< left out: its date or a party is not known
    left_out,            ///< of its settlement
    counts
  };
  Standing standing = Standing::not_covered;
  DayNumber on = 0;
  bool after = false;  ///< the period
  std::vector<std::string> parties;
  std::vector<std::string> told_parties;  ///< of a line that may be covered: those that it does not say are empty
  Integer saving = 0;
  std::vector<Integer> deducted;
  // For the lowest price: of a line that counts, where it is known.
  std::optional<Integer> lowest;
  std::vector<std::string> drug;
  Integer charged = 0;
  Integer quantity = 0;
};

/// What a target sees of a line.
struct TargetLine {
  bool asked = false;  ///< it may have to be counted: it may be covered, its `where` is not no, and its day is in time
  bool left_out = false;  ///< whether, or as what, is not known
  std::optional<bool> met;
  std::string among;  ///< empty: not known
  std::optional<DayNumber> on;
};

class Agreement {
 public:
  Agreement(const World& world, const File& file, const syntax::AgreementDeclaration& declaration);

  const syntax::AgreementDeclaration& declaration() const { return declaration_; }
  std::string full_name() const { return file_.tree->library.text + '.' + declaration_.name.text; }
  DayNumber first() const { return first_; }
  DayNumber last() const { return last_; }
  /// Of a literal of it: money and percents in millionths.
  Integer literal(syntax::ExpressionId id) const { return evaluate_literal(*file_.tree, id).number; }
  DayNumber day_of(const syntax::AgreementTarget& target) const;
  /// Which of the parties it is.
  std::size_t party(const std::string& name) const;

  AgreementLine look_at(const Json& line) const;
  TargetLine look_at(const Json& line, const AgreementLine& seen, const syntax::AgreementTarget& target) const;
  /// Its date; nothing where it is not known.
  std::optional<DayNumber> date_of(const Json& line) const;
  /// The value of a fact of it.
  Value value_of(const Json& line, const std::string& path) const;

 private:
  const World& world_;
  const File& file_;
  const syntax::AgreementDeclaration& declaration_;
  DayNumber first_ = 0;
  DayNumber last_ = 0;
  std::vector<std::string> same_drug_;
  /// £0 and £1, which stand for the baseline once the period is over.
  syntax::Tree pounds_;
  File pounds_file_;
  syntax::TypeExpression money_;

  struct Situation {
    std::vector<std::string> places;  ///< in which it may be; an empty name where none is asked for
    std::vector<DayNumber> days;
    bool open = false;  ///< its date or its place is missing
  };

  Origin origin_of(const Json& line) const;
  std::optional<Fact> placing_fact(const Json& line) const;
  bool place_matters() const;
  DayNumber last_that_matters() const;
  Situation situation_of(const Json& line, std::optional<DayNumber> on) const;
  std::optional<bool> covers(const Json& line, const Situation& situation) const;
  std::optional<bool> covers(const Evaluator& evaluator, const std::string& place) const;
  std::vector<std::string> asked_by_covers() const;
  void collect_asked(const Written& expression, const std::string& word, std::vector<std::string>& paths) const;
  /// Whether all are known; their names as the language writes them.
  bool spell(const Json& line, const std::vector<std::string>& paths, std::vector<std::string>& names) const;
  Value saving(const Evaluator& evaluator, const Written& baseline) const;
  std::vector<std::string> told_parties(const Json& line) const;
  bool work_out(const Json& line, const Evaluator& evaluator, AgreementLine& seen) const;
};

/// Those on records of that name that are in force.
std::vector<std::unique_ptr<Agreement>> agreements_on(const World& world, const std::string& record_name);

}  // namespace proviso::reference
