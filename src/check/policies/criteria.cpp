#include "check/policies/criteria.hpp"

#include <fmt/format.h>

#include <algorithm>

// Groups of criteria as nodes, and as text.
namespace proviso::check {

namespace {

NodeKind node_kind(model::GroupKind kind) {
  switch (kind) {
    case model::GroupKind::any:
      return NodeKind::disjunction;
    case model::GroupKind::none_of:
      return NodeKind::none_of;
    case model::GroupKind::at_least:
      return NodeKind::at_least;
    case model::GroupKind::all:
    case model::GroupKind::expression:
      break;
  }
  return NodeKind::conjunction;
}

}  // namespace

NodeId Criteria::group_node(const model::Condition& group, Span span) {
  if (group.criteria.empty()) return unknown_node(of(Kind::truth), span);
  Node node{node_kind(group.kind), of(Kind::truth), {}, 0, 1, none, none, 0, span};
  if (group.kind == model::GroupKind::at_least) node.value = group.count;
  for (const auto& criterion : group.criteria) node.operands.push_back(criterion.condition.node);
  return make(std::move(node));
}

std::string Criteria::spell_group(const model::Condition& group) {
  std::string out = group.kind == model::GroupKind::all       ? "all of "
                    : group.kind == model::GroupKind::any     ? "any of "
                    : group.kind == model::GroupKind::none_of ? "none of "
                                                              : fmt::format("at least {} of ", group.count);
  for (std::size_t i = 0; i < group.criteria.size(); ++i) {
    if (i > 0) out += ", ";
    out += group.criteria[i].name;
  }
  return out;
}

std::string Criteria::spell(const Context& context, const syntax::Condition& written,
                            const model::Condition& checked) const {
  return checked.kind == model::GroupKind::expression ? print(context, written.expression) : spell_group(checked);
}

/// The number of an `at least` as it is written: a large one is not kept whole.
std::string_view Criteria::written_count(Span group) const {
  const auto text = sources_.text(group);
  const auto first = std::min(text.find_first_of("0123456789"), text.size());
  return text.substr(first, text.find_first_not_of("0123456789", first) - first);
}

model::Condition Criteria::condition(const Context& context, const syntax::Condition& written,
                                     std::map<std::string, Span>& names) {
  model::Condition result;
  result.kind = static_cast<model::GroupKind>(written.kind);
  result.count = written.count;
  if (written.kind == syntax::GroupKind::expression) {
    result.node = expressions_.truth(context, written.expression, "a criterion");
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
             written.count == 0 ? std::string("`at least 0 of` always holds")
                                : fmt::format("`at least {} of` {} criteria can never hold",
                                              written_count(written.span), written.criteria.size()));
  }
  result.node = group_node(result, written.span);
  return result;
}

model::Criterion Criteria::criterion(const Context& context, const syntax::Criterion& written,
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
