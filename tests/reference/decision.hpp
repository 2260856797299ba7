#pragma once

#include "reference/forms.hpp"

namespace proviso::reference {

/// One record and one version of a policy, in one place on one day.
class Decision {
 public:
  /// `price` is the fact that is the price asked; nothing where the record has none.
  Decision(const Version& version, const Form& form, const Evaluator& evaluator, std::optional<Fact> price)
      : version_(version), form_(form), evaluator_(evaluator), price_(std::move(price)) {}

  Answer decide();

 private:
  const Version& version_;
  const Form& form_;
  const Evaluator& evaluator_;
  std::optional<Fact> price_;
  Answer answer_;

  const std::vector<Line>& lines() const { return form_.lines; }
  std::optional<bool> applies() const {
    return version_.has_gate() ? evaluator_.truth(version_.gate()) : std::optional<bool>(true);
  }
  std::optional<bool> truth(const Test& test) const;
  std::optional<bool> truth(const Line& line) const {
    return line.word == "otherwise" ? std::optional<bool>(true) : truth(line.test);
  }
  void needs_of(const Written& expression);
  void needs_of(const Test& test);
  void list_criteria(const Test& test);
  void because_of(const Test& test, bool result);
  void explain(std::size_t deciding);
  /// In `applies when` and in the criteria of so many clauses.
  void find_divided(std::size_t tried);
  bool divides_by_nought(const Test& test) const;
  void list_divided(const std::string& name, const Test& test);
  /// In the conditions of so many clauses, and in what the clause gives that decides.
  void find_assumed(std::size_t tried, const Line* deciding);
  void collect_facts(const Test& test, const Evaluator::Visit& visit) const;
  std::string comes_to(const Line& line) const;
  /// Asks for what the amount and the code of a payment's line lack; whether they lack any.
  bool needs_of_payment(const Line& line);
  void pay_by(const Line& line);
  Value value_of(const Line& line, syntax::ExpressionId id) const;
};

}  // namespace proviso::reference
