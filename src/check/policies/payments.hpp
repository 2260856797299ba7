#pragma once

#include "check/expressions/expressions.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// What the clauses of payments give.
class Payments : Part {
 public:
  Payments(Workspace& workspace, Expressions& expressions) : Part(workspace), expressions_(expressions) {}

  void payment_clause(const syntax::Clause& written, const Context& context, const model::Policy& policy,
                      model::Clause& clause);
  /// The code that a line is recounted as, which says what was done, not by whom.
  NodeId recount_code(const Context& context, ExpressionId id);
  std::optional<model::Strength> strength(const syntax::Name& name);
  /// Whether the clause gives an outcome of its kind of rule; complains where it does not.
  bool fits(const syntax::Clause& written, const model::Policy& policy);
  /// What is paid is at most the price asked, so there must be one.
  void check_price(const syntax::PolicyDeclaration& written, const model::Policy& policy);

 private:
  bool misread_sum(const Context& context, ExpressionId id);

  Expressions& expressions_;
};

}  // namespace proviso::check
