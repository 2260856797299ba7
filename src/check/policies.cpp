#include <fmt/format.h>

#include <algorithm>

#include "check/checker.hpp"

// Policies: head, clauses, criteria.
namespace proviso::check {

namespace {

template <class Value>
struct Word {
  std::string_view word;
  Value value;
};

constexpr Word<model::Category> categories[] = {{"threshold", model::Category::threshold},
                                                {"prior_approval", model::Category::prior_approval},
                                                {"ifr_only", model::Category::ifr_only},
                                                {"not_commissioned", model::Category::not_commissioned},
                                                {"notice", model::Category::notice}};
constexpr Word<model::Status> statuses[] = {{"draft", model::Status::draft},
                                            {"adopted", model::Status::adopted},
                                            {"superseded", model::Status::superseded},
                                            {"retired", model::Status::retired}};
constexpr Word<model::Outcome> outcomes[] = {{"exempt", model::Outcome::exempt},
                                             {"approve", model::Outcome::approve},
                                             {"refuse", model::Outcome::refuse},
                                             {"review", model::Outcome::review}};

template <class Value, std::size_t size>
std::optional<Value> find(const Word<Value> (&words)[size], std::string_view word) {
  for (const auto& entry : words) {
    if (entry.word == word) return entry.value;
  }
  return {};
}

template <class Value, std::size_t size>
std::vector<std::string> all(const Word<Value> (&words)[size]) {
  std::vector<std::string> result;
  for (const auto& entry : words) result.emplace_back(entry.word);
  return result;
}

}  // namespace

void Checker::check_policies() {
  std::map<std::pair<std::string, std::string>, const Symbol*> names;
  for (const auto& symbol : policies_) {
    const auto [first, fresh] = names.emplace(std::pair{symbol.library, symbol.name}, &symbol);
    const auto payment = [&](const Symbol& each) { return declaration<syntax::PolicyDeclaration>(each).payment; };
    if (!fresh && payment(symbol) != payment(*first->second)) {
      complain(Code::duplicate_name, symbol.span,
               fmt::format("`{}` is a policy and a payment in library `{}`", symbol.name, symbol.library))
          .notes.push_back({"declared here too", first->second->span});
      continue;
    }
    visits_ = 0;
    check_policy(symbol);
  }
}

void Checker::check_policy(const Symbol& symbol) {
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
  } else if (!written.record.text.empty()) {
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
  check_price(written, policy);
  Context context;
  context.tree = symbol.tree;
  context.record = policy.record;
  if (written.applies != syntax::no_expression) {
    policy.applies = truth(context, written.applies, "`applies when`");
    policy.applies_expression = print(context, written.applies);
  }
  policy_clauses(written, context, policy);
  written_policies_[{symbol.span.file, symbol.span.begin}] = &written;
  library_.policies.push_back(std::move(policy));
}

template <class Words, class Value>
bool Checker::word_of(const syntax::Name& name, const Words& words, Value& target, std::string_view what) {
  if (name.text.empty()) return false;
  if (const auto found = find(words, name.text)) {
    target = *found;
    return true;
  }
  const auto choices = all(words);
  auto& diagnostic = complain(Code::not_a_value_of, name.span, fmt::format("`{}` is not a {}", name.text, what));
  if (const auto close = text::closest(name.text, choices)) {
    diagnostic.help = fmt::format("did you mean `{}`?", *close);
  } else {
    diagnostic.help = fmt::format("one of {}", fmt::join(choices, ", "));
  }
  return false;
}

std::optional<model::Category> Checker::category(const syntax::Name& name) {
  model::Category result{};
  if (!word_of(name, categories, result, "category")) return {};
  return result;
}

std::optional<model::Status> Checker::status(const syntax::Name& name) {
  model::Status result{};
  if (!word_of(name, statuses, result, "status")) return {};
  return result;
}

std::optional<model::Outcome> Checker::outcome(std::string_view word) { return find(outcomes, word); }

void Checker::policy_head(const syntax::PolicyDeclaration& written, const Symbol& symbol, model::Policy& policy) {
  word_of(written.category, categories, policy.forms.front().category, "category");
  if (const auto found = status(written.status)) policy.status = *found;
  repeated_lines(written.repeated);
  for (const auto& source : written.sources) policy.sources.push_back({source.document, source.section});
  if (written.sources.empty()) {
    complain(Code::no_source, symbol.span,
             fmt::format("{} `{}` cites no source", written.payment ? "payment" : "policy", symbol.name));
  }
  policy.notes = written.notes;
  policy.unverified = written.unverified;
  if (written.effective) {
    if (const auto effective = period(symbol.tree, *written.effective)) {
      policy.effective = *effective;
      policy.has_start = true;
    }
  }
  for (const auto& name : written.places) {
    if (const auto place = find_place(name); place != none) policy.places.push_back(place);
  }
}

void Checker::policy_clauses(const syntax::PolicyDeclaration& written, const Context& context, model::Policy& policy) {
  std::map<std::string, Span> criteria;
  std::map<std::string, Span> clauses;
  for (const auto& clause : written.clauses) {
    model::Clause result;
    if (!fits(clause, policy)) continue;
    const auto found = clause.payment ? std::optional(model::Outcome::pay) : outcome(clause.outcome);
    if (!found) continue;
    result.outcome = *found;
    payment_clause(clause, context, policy, result);
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
      result.condition = condition(context, clause.condition, criteria);
      if (clause.condition.kind == syntax::GroupKind::expression) {
        result.expression = print(context, clause.condition.expression);
      }
    }
    policy.forms.front().clauses.push_back(std::move(result));
  }
  shared_names(criteria, clauses, policy);
}

/// A variation, a reason and an explanation speak of both criteria and clauses, by their names alone.
void Checker::shared_names(const std::map<std::string, Span>& criteria, const std::map<std::string, Span>& clauses,
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

model::Condition Checker::condition(const Context& context, const syntax::Condition& written,
                                    std::map<std::string, Span>& names) {
  model::Condition result;
  result.kind = static_cast<model::GroupKind>(written.kind);
  result.count = written.count;
  if (written.kind == syntax::GroupKind::expression) {
    result.node = truth(context, written.expression, "a criterion");
    return result;
  }
  const bool whole = !is_broken(written.span);  // of what could not be read nothing more is said
  for (const auto& criterion : written.criteria) {
    result.criteria.push_back(this->criterion(context, criterion, names));
  }
  if (written.criteria.empty() && whole) complain(Code::empty_group, written.span, "the group has no criteria");
  if (whole && written.kind == syntax::GroupKind::at_least &&
      (written.count == 0 || written.count > written.criteria.size())) {
    complain(Code::impossible_count, written.span,
             written.count == 0
                 ? std::string("`at least 0 of` always holds")
                 : fmt::format("`at least {} of` {} criteria can never hold", written.count, written.criteria.size()));
  }
  result.node = group_node(result, written.span);
  return result;
}

model::Criterion Checker::criterion(const Context& context, const syntax::Criterion& written,
                                    std::map<std::string, Span>& names) {
  const auto [it, fresh] = names.emplace(written.name.text, written.name.span);
  if (!fresh) {
    auto& diagnostic = complain(Code::duplicate_criterion, written.name.span,
                                fmt::format("the policy has two criteria `{}`", written.name.text));
    diagnostic.notes.push_back({"the first is here", it->second});
  }
  model::Criterion result{written.name.text, written.label, {}, condition(context, written.condition, names),
                          written.span,      none};
  result.expression = spell(context, written.condition, result.condition);
  return result;
}

}  // namespace proviso::check
