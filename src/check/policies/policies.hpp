#pragma once

#include "check/declarations/value_names.hpp"
#include "check/expressions/expressions.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"
#include "check/policies/criteria.hpp"
#include "check/policies/payments.hpp"
#include "check/policies/policy_words.hpp"

namespace proviso::check {

/// Policies and payments: head, clauses, and whether each clause can be reached.
class Policies : Part {
 public:
  Policies(Workspace& workspace, ValueNames& value_names, Literals& literals, Expressions& expressions,
           PolicyWords& words, Criteria& criteria, Payments& payments)
      : Part(workspace),
        value_names_(value_names),
        literals_(literals),
        expressions_(expressions),
        words_(words),
        criteria_(criteria),
        payments_(payments) {}

  void check_policies();
  void check_reach(const model::Policy& policy);

 private:
  // policies.cpp
  void check_policy(const Symbol& symbol);
  void policy_head(const syntax::PolicyDeclaration& declaration, const Symbol& symbol, model::Policy& policy);
  void policy_clauses(const syntax::PolicyDeclaration& declaration, const Context& context, model::Policy& policy);
  void shared_names(const std::map<std::string, Span>& criteria, const std::map<std::string, Span>& clauses,
                    const model::Policy& policy);

  // clauses.cpp
  void clause_order(const syntax::PolicyDeclaration& declaration);

  ValueNames& value_names_;
  Literals& literals_;
  Expressions& expressions_;
  PolicyWords& words_;
  Criteria& criteria_;
  Payments& payments_;
};

}  // namespace proviso::check
