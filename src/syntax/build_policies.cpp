#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "syntax/build.hpp"

/// Policies, and the file as a whole.
namespace proviso::syntax {
namespace {

/// The number of an `at least`, as much as fits: a larger one is more than any group holds.
std::uint32_t count_of(std::string_view digits) {
  constexpr std::uint32_t enough = 1000000;
  std::uint32_t count = 0;
  for (const char digit : digits) {
    if (count < enough) count = count * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return count;
}

}  // namespace

Condition Builder::condition(NodeIndex node) {
  Condition condition;
  condition.span = span(node);
  switch (rule(node)) {
    case Rule::all_group:
    case Rule::strange_group:
      condition.kind = GroupKind::all;
      break;
    case Rule::any_group:
      condition.kind = GroupKind::any;
      break;
    case Rule::at_least_group:
      condition.kind = GroupKind::at_least;
      break;
    case Rule::none_group:
      condition.kind = GroupKind::none_of;
      break;
    default:
      condition.expression = expression(node);
      return condition;
  }
  for (NodeIndex part : children(node)) {
    if (rule(part) == Rule::least_count) {
      condition.count = count_of(text(part));
    } else {
      condition.criteria.push_back(criterion(part));
    }
  }
  return condition;
}

Criterion Builder::criterion(NodeIndex node) {
  const auto parts = children(node);
  Criterion criterion;
  criterion.name = name(parts[0]);
  criterion.span = span(node);
  if (rule(parts[1]) == Rule::label) criterion.label = words(parts[1]);
  criterion.condition = condition(parts.back());
  return criterion;
}

/// What a clause or an `otherwise` gives: a word alone, or what a payment gives.
void Builder::outcome(NodeIndex node, Clause& clause) {
  const Span first = head(node);
  clause.outcome = content_.substr(first.begin, first.end - first.begin);
  if (rule(node) != Rule::outcome_word) clause.payment = payment_outcome(node);
}

Clause Builder::clause(NodeIndex node) {
  const auto parts = children(node);
  Clause clause;
  clause.span = span(node);
  outcome(parts[0], clause);
  clause.word = clause.outcome;
  std::size_t next = 1;
  if (rule(parts[next]) == Rule::name) clause.name = name(parts[next++]);
  clause.condition = condition(parts[next++]);
  if (next < parts.size()) clause.sentence = words(parts[next]);
  return clause;
}

Clause Builder::otherwise(NodeIndex node) {
  const auto parts = children(node);
  Clause clause;
  clause.span = span(node);
  clause.word = "otherwise";
  outcome(parts[0], clause);
  if (parts.size() > 1) clause.sentence = words(parts[1]);
  return clause;
}

void Builder::head_line(NodeIndex node, PolicyDeclaration& policy) {
  if (!policy.clauses.empty()) {
    complain(text::Code::syntax, head(node),
             fmt::format("`{}` belongs before the clauses",
                         content_.substr(head(node).begin, head(node).end - head(node).begin)));
  }
  const auto parts = children(node);
  const auto once = [&](bool given) {
    if (given) policy.repeated.push_back({span(node), {}});
    return !given;
  };
  switch (rule(node)) {
    case Rule::category:
      if (once(!policy.category.text.empty())) policy.category = name(parts[0]);
      break;
    case Rule::status:
      if (once(!policy.status.text.empty())) policy.status = name(parts[0]);
      break;
    case Rule::effective:
      if (once(policy.effective.has_value())) policy.effective = period(parts[0]);
      break;
    case Rule::dated_by:
      if (once(!policy.dated_by.text.empty())) policy.dated_by = name(parts[0]);
      break;
    case Rule::placed_by:
      if (once(!policy.placed_by.text.empty())) policy.placed_by = name(parts[0]);
      break;
    case Rule::in_places:
      if (once(!policy.places.empty())) {
        for (NodeIndex part : parts) policy.places.push_back(name(part));
      }
      break;
    case Rule::applies:
      if (once(policy.applies != no_expression)) policy.applies = expression(parts[0]);
      break;
    case Rule::citation:
      policy.sources.push_back(citation(node));
      break;
    case Rule::note:
      policy.notes.push_back(words(parts[0]));
      break;
    case Rule::unverified:
      policy.unverified.push_back(words(parts[0]));
      break;
    default:
      break;
  }
}

void Builder::policy_line(NodeIndex node, PolicyDeclaration& policy) {
  switch (rule(node)) {
    case Rule::label:
      policy.label = words(node);
      break;
    case Rule::name:
      policy.record = name(node);
      break;
    case Rule::clause:
    case Rule::payment_clause:
      policy.clauses.push_back(clause(node));
      break;
    case Rule::otherwise:
    case Rule::otherwise_paid:
      policy.clauses.push_back(otherwise(node));
      break;
    default:
      head_line(node, policy);
  }
}

/// Says of each line given again where the first of its kind is.
void Builder::find_first(NodeIndex block, std::vector<Repeated>& repeated) const {
  if (repeated.empty()) return;
  std::map<Rule, Span> firsts;
  for (const NodeIndex node : children(block)) {
    const auto [first, fresh] = firsts.emplace(rule(node), span(node));
    // They were found in the order of the text, and may be many.
    const auto line =
        std::lower_bound(repeated.begin(), repeated.end(), span(node).begin,
                         [](const Repeated& each, std::uint32_t begin) { return each.line.begin < begin; });
    if (!fresh && line != repeated.end() && line->line.begin == span(node).begin) line->first = first->second;
    // `floor` and `cap` stand inside these lines.
    if (rule(node) == Rule::saving || rule(node) == Rule::settle) find_first(node, repeated);
  }
}

PolicyDeclaration Builder::policy(NodeIndex node) {
  const auto parts = children(node);
  PolicyDeclaration policy;
  policy.payment = rule(node) == Rule::payment;
  policy.name = name(parts[0]);
  policy.span = span(node);
  for (std::size_t i = 1; i < parts.size(); ++i) policy_line(parts[i], policy);
  find_first(node, policy.repeated);
  return policy;
}

void Builder::file() {
  for (NodeIndex node : nodes_.roots()) {
    switch (rule(node)) {
      case Rule::library:
        tree_.library = name(children(node)[0]);
        break;
      case Rule::use:
        tree_.declarations.emplace_back(Use{name(children(node)[0]), span(node)});
        break;
      case Rule::record:
        tree_.declarations.emplace_back(record(node));
        break;
      case Rule::type_declaration:
        tree_.declarations.emplace_back(type_declaration(node));
        break;
      case Rule::codes:
        tree_.declarations.emplace_back(codes(node));
        break;
      case Rule::definition:
        tree_.declarations.emplace_back(definition(node));
        break;
      case Rule::table:
        tree_.declarations.emplace_back(table(node));
        break;
      case Rule::threshold:
        tree_.declarations.emplace_back(threshold(node));
        break;
      case Rule::policy:
      case Rule::payment:
        tree_.declarations.emplace_back(policy(node));
        break;
      case Rule::places:
        tree_.declarations.emplace_back(places(node));
        break;
      case Rule::hook:
        tree_.declarations.emplace_back(hook(node));
        break;
      case Rule::variation:
        tree_.declarations.emplace_back(variation(node));
        break;
      case Rule::scenario:
        tree_.declarations.emplace_back(scenario(node));
        break;
      case Rule::relation:
        tree_.declarations.emplace_back(relation(node));
        break;
      case Rule::grouping:
        tree_.declarations.emplace_back(group(node));
        break;
      case Rule::agreement:
        tree_.declarations.emplace_back(agreement(node));
        break;
      default:
        break;
    }
  }
}

}  // namespace proviso::syntax
