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
  for (const auto& symbol : policies_) {
    visits_ = 0;
    check_policy(symbol);
  }
}

void Checker::check_policy(const Symbol& symbol) {
  const auto& written = declaration<syntax::PolicyDeclaration>(symbol);
  model::Policy policy;
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
  Context context;
  context.tree = symbol.tree;
  context.record = policy.record;
  if (written.applies != syntax::no_expression) {
    policy.applies = truth(context, written.applies, "`applies when`");
    policy.applies_expression = print(context, written.applies);
  }
  policy_clauses(written, context, policy);
  reachable(policy);
  deciding_date(written, policy);
  library_.policies.push_back(std::move(policy));
}

void Checker::policy_head(const syntax::PolicyDeclaration& written, const Symbol& symbol, model::Policy& policy) {
  const auto word = [&](const syntax::Name& name, const auto& words, auto& target, std::string_view what) {
    if (name.text.empty()) return;
    if (const auto found = find(words, name.text)) {
      target = *found;
      return;
    }
    const auto choices = all(words);
    auto& diagnostic = complain(Code::not_a_value_of, name.span, fmt::format("`{}` is not a {}", name.text, what));
    if (const auto close = text::closest(name.text, choices)) {
      diagnostic.help = fmt::format("did you mean `{}`?", *close);
    } else {
      diagnostic.help = fmt::format("one of {}", fmt::join(choices, ", "));
    }
  };
  word(written.category, categories, policy.category, "category");
  word(written.status, statuses, policy.status, "status");
  for (const auto& span : written.repeated) {
    const auto line = sources_.text(span);
    complain(Code::repeated_line, span,
             fmt::format("`{}` is given twice", line.substr(0, line.find_first_of(" \t\r\n"))));
  }
  for (const auto& source : written.sources) policy.sources.push_back({source.document, source.section});
  if (written.sources.empty()) {
    complain(Code::no_source, symbol.span, fmt::format("policy `{}` cites no source", symbol.name));
  }
  policy.notes = written.notes;
  policy.unverified = written.unverified;
  if (written.effective) {
    if (const auto effective = period(symbol.tree, *written.effective)) {
      policy.effective = *effective;
      policy.has_start = true;
    }
  }
  const auto unsupported = [&](const syntax::Name& name) {
    complain(Code::unsupported_declaration, name.span, "policies by place are not supported by this version");
  };
  if (!written.places.empty()) unsupported(written.places.front());
  if (!written.placed_by.text.empty()) unsupported(written.placed_by);
}

/// The fact named by `dated by`. Without the line, the record's only date, where something in the policy is dated:
/// a policy that no date can change is not kept waiting for one.
void Checker::deciding_date(const syntax::PolicyDeclaration& written, model::Policy& policy) {
  const auto& record = library_.records[policy.record];
  const auto& name = written.dated_by;
  if (!name.text.empty()) {
    const auto fact = record.find(0, name.text);
    if (fact == none) {
      auto& diagnostic = complain(Code::unknown_name, name.span,
                                  fmt::format("there is no `{}` for records of type `{}`", name.text, record.name));
      std::vector<std::string> names;
      for (const auto& other : record.facts) {
        if (other.level == 0 && other.type.kind == Kind::date) names.push_back(other.path);
      }
      if (const auto close = text::closest(name.text, names))
        diagnostic.help = fmt::format("did you mean `{}`?", *close);
    } else if (record.facts[fact].type.kind != Kind::date) {
      complain(Code::type_mismatch, name.span,
               fmt::format("`{}` is {}; a policy is dated by a date", name.text,
                           model::format(library_, record.facts[fact].type)));
    } else {
      policy.dated_by = fact;
    }
    return;
  }
  std::vector<std::string> dates;
  model::FactId only = none;
  for (model::FactId fact = 0; fact < record.facts.size(); ++fact) {
    const auto& entry = record.facts[fact];
    if (entry.level != 0 || entry.type.kind != Kind::date || entry.path.find('.') != std::string::npos) continue;
    only = fact;
    dates.push_back(fmt::format("`dated by {}`", entry.path));
  }
  if (!policy.has_start && !uses_dates(policy)) return;
  if (dates.size() == 1) {
    policy.dated_by = only;
    return;
  }
  auto& diagnostic = complain(Code::no_deciding_date, policy.span,
                              fmt::format("policy `{}` depends on a date, and record `{}` has {} by which to tell",
                                          policy.name, record.name, dates.empty() ? "no date" : "several dates"));
  diagnostic.help =
      dates.empty() ? "give the record a field of type `date`" : fmt::format("say which: {}", fmt::join(dates, " or "));
}

void Checker::policy_clauses(const syntax::PolicyDeclaration& written, const Context& context, model::Policy& policy) {
  std::map<std::string, Span> criteria;
  std::map<std::string, Span> clauses;
  for (const auto& clause : written.clauses) {
    model::Clause result;
    const auto outcome = find(outcomes, clause.outcome);
    if (!outcome) continue;
    result.outcome = *outcome;
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
    policy.clauses.push_back(std::move(result));
  }
}

namespace {

/// A group as a criterion's expression: `at least 2 of pain, night`.
std::string spell_group(const syntax::Condition& group) {
  std::string out = group.kind == syntax::GroupKind::all       ? "all of "
                    : group.kind == syntax::GroupKind::any     ? "any of "
                    : group.kind == syntax::GroupKind::none_of ? "none of "
                                                               : fmt::format("at least {} of ", group.count);
  for (std::size_t i = 0; i < group.criteria.size(); ++i) {
    if (i > 0) out += ", ";
    out += group.criteria[i].name.text;
  }
  return out;
}

NodeKind node_kind(syntax::GroupKind kind) {
  switch (kind) {
    case syntax::GroupKind::any:
      return NodeKind::disjunction;
    case syntax::GroupKind::none_of:
      return NodeKind::none_of;
    case syntax::GroupKind::at_least:
      return NodeKind::at_least;
    default:
      return NodeKind::conjunction;
  }
}

}  // namespace

model::Condition Checker::condition(const Context& context, const syntax::Condition& written,
                                    std::map<std::string, Span>& names) {
  model::Condition result;
  result.kind = static_cast<model::GroupKind>(written.kind);
  result.count = written.count;
  if (written.kind == syntax::GroupKind::expression) {
    result.node = truth(context, written.expression, "a criterion");
    return result;
  }
  Node node{node_kind(written.kind), {}, {}, 0, 1, none, none, 0, written.span};
  node.type.kind = Kind::truth;
  if (written.kind == syntax::GroupKind::at_least) node.value = written.count;
  for (const auto& criterion : written.criteria) {
    result.criteria.push_back(this->criterion(context, criterion, names));
    node.operands.push_back(result.criteria.back().condition.node);
  }
  if (written.criteria.empty()) {
    complain(Code::empty_group, written.span, "the group has no criteria");
    result.node = unknown_node(node.type, written.span);
    return result;
  }
  if (written.kind == syntax::GroupKind::at_least && (written.count == 0 || written.count > written.criteria.size())) {
    complain(Code::impossible_count, written.span,
             written.count == 0
                 ? std::string("`at least 0 of` always holds")
                 : fmt::format("`at least {} of` {} criteria can never hold", written.count, written.criteria.size()));
  }
  result.node = make(std::move(node));
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
  const bool plain = written.condition.kind == syntax::GroupKind::expression;
  return {written.name.text, written.label,
          plain ? print(context, written.condition.expression) : spell_group(written.condition),
          condition(context, written.condition, names), written.span};
}

}  // namespace proviso::check
