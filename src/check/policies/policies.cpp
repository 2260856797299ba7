#include "check/policies/policies.hpp"

#include <fmt/format.h>

// Policies: head, clauses, criteria.
namespace proviso::check {

void Policies::check_policies() {
  std::map<std::pair<std::string, std::string>, const Symbol*> names;
  for (const auto& symbol : workspace_.policies) {
    const auto [first, fresh] = names.emplace(std::pair{symbol.library, symbol.name}, &symbol);
    const auto payment = [&](const Symbol& each) { return declaration<syntax::PolicyDeclaration>(each).payment; };
    if (!fresh && payment(symbol) != payment(*first->second)) {
      complain(Code::duplicate_name, symbol.span,
               fmt::format("`{}` is a policy and a payment in library `{}`", symbol.name, symbol.library))
          .notes.push_back({"declared here too", first->second->span});
      continue;
    }
    expressions_.begin_rule();
    check_policy(symbol);
  }
}

void Policies::check_policy(const Symbol& symbol) {
  const auto& written = declaration<syntax::PolicyDeclaration>(symbol);
  model::Policy policy;
  policy.payment = written.payment;
  if (policy.payment) policy.forms.front().category = model::Category::payment;
  policy.library = symbol.library;
  policy.name = symbol.name;
  policy.label = written.label;
  policy.span = symbol.span;
  Symbol* record =
      written.record.text.empty() ? nullptr : find_symbol(symbol.tree, written.record.text, written.record.span);
  if (record && record->kind == SymbolKind::record) {
    policy.record = record->index;
  } else if (!written.record.text.empty() && !unread(written.record.text)) {
    auto& diagnostic =
        complain(Code::unknown_type, written.record.span, fmt::format("there is no record `{}`", written.record.text));
    std::vector<std::string> names;
    for (const auto& [key, other] : symbols_) {
      if (other.kind == SymbolKind::record) names.push_back(other.name);
    }
    if (const auto close = text::closest(written.record.text, names))
      diagnostic.help = fmt::format("did you mean `{}`?", *close);
  }
  policy_head(written, symbol, policy);
  clause_order(written);
  // Without its record nothing in it can be resolved, and saying so for each name would help nobody.
  if (policy.record == none) return;
  payments_.check_price(written, policy);
  Context context;
  context.tree = symbol.tree;
  context.record = policy.record;
  if (written.applies != syntax::no_expression) {
    policy.applies = expressions_.truth(context, written.applies, "`applies when`");
    policy.applies_expression = print(context, written.applies);
  }
  policy_clauses(written, context, policy);
  workspace_.written_policies[{symbol.span.file, symbol.span.begin}] = &written;
  library_.policies.push_back(std::move(policy));
}

void Policies::policy_head(const syntax::PolicyDeclaration& written, const Symbol& symbol, model::Policy& policy) {
  if (const auto found = words_.category(written.category)) policy.forms.front().category = *found;
  if (const auto found = words_.status(written.status)) policy.status = *found;
  repeated_lines(written.repeated);
  for (const auto& source : written.sources) policy.sources.push_back({source.document, source.section});
  if (written.sources.empty()) {
    complain(Code::no_source, symbol.span,
             fmt::format("{} `{}` cites no source", written.payment ? "payment" : "policy", symbol.name));
  }
  policy.notes = written.notes;
  policy.unverified = written.unverified;
  if (written.effective) {
    if (const auto effective = literals_.period(symbol.tree, *written.effective)) {
      policy.effective = *effective;
      policy.has_start = true;
    }
  }
  for (const auto& name : written.places) {
    if (const auto place = value_names_.find_place(name); place != none) policy.places.push_back(place);
  }
}

void Policies::policy_clauses(const syntax::PolicyDeclaration& written, const Context& context, model::Policy& policy) {
  std::map<std::string, Span> criteria;
  std::map<std::string, Span> clauses;
  for (const auto& clause : written.clauses) {
    model::Clause result;
    if (!payments_.fits(clause, policy)) continue;
    const auto found = clause.payment ? std::optional(model::Outcome::pay) : PolicyWords::outcome(clause.outcome);
    if (!found) continue;
    result.outcome = *found;
    payments_.payment_clause(clause, context, policy, result);
    result.otherwise = clause.word == "otherwise";
    result.name = clause.name.text.empty() ? clause.word : clause.name.text;
    result.sentence = clause.sentence;
    result.span = clause.span;
    if (!clause.name.text.empty()) {
      const auto [it, fresh] = clauses.emplace(clause.name.text, clause.name.span);
      if (!fresh) {
        auto& diagnostic = complain(Code::duplicate_name, clause.name.span,
                                    fmt::format("policy `{}` has two clauses `{}`", policy.name, clause.name.text));
        diagnostic.notes.push_back({"the first is here", it->second});
      }
    }
    if (!result.otherwise) {
      result.condition = criteria_.condition(context, clause.condition, criteria);
      if (clause.condition.kind == syntax::GroupKind::expression) {
        result.expression = print(context, clause.condition.expression);
      }
    }
    policy.forms.front().clauses.push_back(std::move(result));
  }
  shared_names(criteria, clauses, policy);
}

/// A variation, a reason and an explanation speak of both criteria and clauses, by their names alone.
void Policies::shared_names(const std::map<std::string, Span>& criteria, const std::map<std::string, Span>& clauses,
                            const model::Policy& policy) {
  for (const auto& [name, span] : criteria) {
    const auto clause = clauses.find(name);
    if (clause == clauses.end()) continue;
    auto& diagnostic = complain(Code::duplicate_criterion, span,
                                fmt::format("policy `{}` has a clause and a criterion `{}`", policy.name, name));
    diagnostic.notes.push_back({"the clause is here", clause->second});
    diagnostic.help = "give one of them another name: a variation speaks of either by its name";
  }
}

}  // namespace proviso::check
