#pragma once

#include "model/library.hpp"
#include "output/policy_view.hpp"
#include "service/pages/html.hpp"
#include "service/pages/json_members.hpp"

/// The criteria of one decision: a result with all of them, beside the policy's form that it is of.
namespace proviso::service::pages {

struct Explained {
  const model::Library& library;
  const model::Record& record;
  const Json& decision;  ///< one of the result's decisions
  output::PolicyView view;
};

/// A table of every clause and criterion: whether it is met, on what values, of which dates, on whose authority.
void append_criteria(Html& html, const Explained& explained);
/// Of a decision that does not fund: what the policy asks for that is not met. Nothing where there is nothing to say.
void append_what_would_change(Html& html, const Explained& explained);

/// `at least 2 of these`; empty for an expression.
std::string group_words(const model::Condition& condition);
/// `Exemption`: what comes of a clause that holds.
std::string_view clause_words(const model::Clause& clause);

}  // namespace proviso::service::pages
