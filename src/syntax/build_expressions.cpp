#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "grammar/words.hpp"
#include "syntax/build.hpp"
#include "syntax/scan.hpp"

/// Literals, names, calls and list forms. Operators are in build_operators.cpp.
namespace proviso::syntax {

std::string_view Builder::text(NodeIndex node) const {
  return content_.substr(nodes_[node].begin, nodes_[node].end - nodes_[node].begin);
}

Span Builder::head(NodeIndex node) const {
  const auto all = text(node);
  const char* stop = grammar::past_name(all.data(), all.data() + all.size());
  const auto length = std::max<std::ptrdiff_t>(stop - all.data(), 1);
  return Span{file_, nodes_[node].begin, nodes_[node].begin + static_cast<std::uint32_t>(length)};
}

std::string Builder::words(NodeIndex node) const { return unescape(text(node)); }

text::Diagnostic& Builder::complain(text::Code code, Span where, std::string message) {
  return diagnostics_.emplace_back(text::Diagnostic{code, where, std::move(message), {}, {}});
}

/// Adds an expression whose operands are in the tree; one that would be too high becomes an error.
ExpressionId Builder::add(Expression expression) {
  std::uint16_t height = 0;
  for (ExpressionId operand : expression.operands) height = std::max(height, heights_[operand]);
  ++height;
  if (height > height_limit) {
    // Once a file: where one chain is too long, the others are of its making.
    if (!too_high_) {
      complain(text::Code::too_deep, expression.mark,
               fmt::format("expression is more than {} operators deep", height_limit));
    }
    too_high_ = true;
    return broken(expression.span);
  }
  tree_.expressions.push_back(std::move(expression));
  heights_.push_back(height);
  return static_cast<ExpressionId>(tree_.expressions.size() - 1);
}

ExpressionId Builder::leaf(ExpressionKind kind, NodeIndex node, std::string_view text) {
  Expression expression;
  expression.kind = kind;
  expression.span = span(node);
  expression.mark = expression.span;
  expression.text = text;
  return add(std::move(expression));
}

ExpressionId Builder::broken(Span where) {
  Expression expression;
  expression.span = where;
  expression.mark = where;
  return add(std::move(expression));
}

/// A form that begins with its word or sign, and has only expressions below it.
ExpressionId Builder::prefix(ExpressionKind kind, NodeIndex node) {
  Expression expression;
  expression.kind = kind;
  expression.span = span(node);
  expression.mark = head(node);
  for (NodeIndex child : children(node)) expression.operands.push_back(this->expression(child));
  return add(std::move(expression));
}

ExpressionId Builder::expression(NodeIndex node) {
  using Kind = ExpressionKind;
  switch (rule(node)) {
    case Rule::bracketed:
      return expression(children(node).front());
    case Rule::yes_literal:
      return leaf(Kind::yes, node, {});
    case Rule::no_literal:
      return leaf(Kind::no, node, {});
    case Rule::unknown_literal:
      return leaf(Kind::unknown, node, {});
    case Rule::date:
      return leaf(Kind::date, node, text(node));
    case Rule::text:
      return leaf(Kind::text, node, words(node));
    case Rule::pounds:
      return leaf(Kind::money, node, text(children(node).front()));
    case Rule::numeric:
      return numeric(node);
    case Rule::code:
      return code(node);
    case Rule::path:
      return leaf(Kind::name, node, text(node));
    case Rule::reference:
      return reference(node);
    case Rule::rank_in:
      return rank(node);
    case Rule::hook_call:
      return call(Kind::hook, node);
    case Rule::set:
      return prefix(Kind::set, node);
    case Rule::negate:
      return prefix(Kind::negate, node);
    case Rule::absolute:
      return prefix(Kind::absolute, node);
    case Rule::month_of:
      return prefix(Kind::month_of, node);
    case Rule::year_of:
      return prefix(Kind::year_of, node);
    case Rule::financial_year:
      return prefix(Kind::financial_year_of, node);
    case Rule::start_of_month:
      return prefix(Kind::start_of_month_of, node);
    case Rule::end_of_month:
      return prefix(Kind::end_of_month_of, node);
    case Rule::working_day:
      return prefix(Kind::working_day_of_month_of, node);
    case Rule::negation:
      return prefix(Kind::negation, node);
    case Rule::conditional:
      return prefix(Kind::conditional, node);
    case Rule::first_known:
      return prefix(Kind::first_known, node);
    case Rule::any_form:
      return list_form(Kind::any, node);
    case Rule::every_form:
      return list_form(Kind::every, node);
    case Rule::count_form:
      return list_form(Kind::count, node);
    case Rule::sum_form:
      return list_form(Kind::sum, node);
    case Rule::latest_form:
      return list_form(Kind::latest, node);
    case Rule::earliest_form:
      return list_form(Kind::earliest, node);
    case Rule::minimum_form:
      return extreme(Kind::minimum_of, Kind::least, node);
    case Rule::maximum_form:
      return extreme(Kind::maximum_of, Kind::greatest, node);
    case Rule::product:
    case Rule::sum:
      return chain(node);
    case Rule::addend:
      return addend(node);
    case Rule::elapsed:
      return elapsed(node);
    case Rule::measure:
      return rounded(node);
    case Rule::comparison:
      return comparison(node);
    case Rule::logic:
      return logic(node);
    default:
      return broken(span(node));
  }
}

ExpressionId Builder::numeric(NodeIndex node) {
  const auto parts = children(node);
  Expression expression;
  expression.span = span(node);
  expression.mark = expression.span;
  expression.text = text(parts.front());
  expression.kind = ExpressionKind::number;
  if (parts.size() > 1) {
    const auto suffix = text(parts.back());
    const auto plural = grammar::plural_unit(suffix);
    const auto word = plural.empty() ? suffix : plural;
    const bool calendar = word == "years" || word == "months" || word == "weeks" || word == "days";
    if (rule(parts.back()) == Rule::percent_sign) {
      expression.kind = ExpressionKind::percent;
    } else {
      expression.word = word;
      expression.kind = rule(parts.back()) == Rule::pence_sign ? ExpressionKind::money
                        : calendar                             ? ExpressionKind::duration
                                                               : ExpressionKind::quantity;
    }
  }
  return add(std::move(expression));
}

ExpressionId Builder::code(NodeIndex node) {
  const auto parts = children(node);
  const ExpressionId id = leaf(ExpressionKind::code, node, text(parts[1]));
  tree_.expressions[id].word = text(parts[0]);
  return id;
}

ExpressionId Builder::reference(NodeIndex node) {
  const auto parts = children(node);
  return parts.size() == 1 ? leaf(ExpressionKind::name, node, text(parts[0])) : call(ExpressionKind::call, node);
}

/// `rank in same_day_scans`: like a call, it is marked by the name.
ExpressionId Builder::rank(NodeIndex node) {
  const NodeIndex group = children(node)[0];
  const ExpressionId id = leaf(ExpressionKind::rank, node, text(group));
  tree_.expressions[id].mark = span(group);
  return id;
}

/// A name and its arguments.
ExpressionId Builder::call(ExpressionKind kind, NodeIndex node) {
  const auto parts = children(node);
  Expression expression;
  expression.kind = kind;
  expression.span = span(node);
  expression.mark = span(parts[0]);
  expression.text = text(parts[0]);
  for (NodeIndex argument : children(parts[1])) expression.operands.push_back(this->expression(argument));
  return add(std::move(expression));
}

/// The last child is the element: its name, the list, and the condition where there is one. Before it stands the value
/// of the forms that have one.
ExpressionId Builder::list_form(ExpressionKind kind, NodeIndex node) {
  const auto parts = children(node);
  const auto element = children(parts.back());
  Expression expression;
  expression.kind = kind;
  expression.span = span(node);
  expression.mark = head(node);
  expression.variable = name(element[0]);
  expression.operands.push_back(this->expression(element[1]));
  if (parts.size() > 1) expression.operands.push_back(this->expression(parts[0]));
  expression.has_condition = element.size() > 2;
  if (expression.has_condition) expression.operands.push_back(this->expression(element[2]));
  return add(std::move(expression));
}

ExpressionId Builder::extreme(ExpressionKind of_values, ExpressionKind of_list, NodeIndex node) {
  return rule(children(node).back()) == Rule::element ? list_form(of_list, node) : prefix(of_values, node);
}

}  // namespace proviso::syntax
