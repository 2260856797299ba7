#include "check/expressions/expressions.hpp"

#include <fmt/format.h>

#include <algorithm>

// The checker of expressions: one function for each family of forms. Every one returns a node of the type that the form
// has, also where an operand is wrong, so that one mistake gives one message.
namespace proviso::check {

NodeId Expressions::expression(const Context& context, ExpressionId id, const Type* expected) {
  if (id == syntax::no_expression) return failed({});
  const auto& written = at(context, id);
  if (++visits_ > visit_limit) {
    if (visits_ == visit_limit + 1) {
      auto& diagnostic =
          complain(Code::too_large, written.span, "definitions inside definitions make this too large to check");
      diagnostic.help = "a definition that is used twice by each of the next doubles with every step";
    }
    return failed(written.span);
  }
  if (expression_depth_ >= expression_depth_limit) {
    complain(Code::too_deep, written.span, std::string(too_deep_definitions)).help = shorter_definitions;
    return failed(written.span);
  }
  ++expression_depth_;
  const NodeId node = form(context, written, expected);
  --expression_depth_;
  return node;
}

NodeId Expressions::form(const Context& context, const syntax::Expression& written, const Type* expected) {
  switch (written.kind) {
    case ExpressionKind::error:
      return failed(written.span);
    case ExpressionKind::yes:
    case ExpressionKind::no:
    case ExpressionKind::unknown:
    case ExpressionKind::number:
    case ExpressionKind::quantity:
    case ExpressionKind::duration:
    case ExpressionKind::money:
    case ExpressionKind::percent:
    case ExpressionKind::date:
    case ExpressionKind::text:
    case ExpressionKind::code:
      return literals_.literal(written, expected);
    case ExpressionKind::name:
      return name(context, written, expected);
    case ExpressionKind::hook:
      return call_hook(context, written);
    case ExpressionKind::call:
      return call(context, written);
    case ExpressionKind::set:
      complain(Code::type_mismatch, written.span, "a set of values stands after `in` only");
      return failed(written.span);
    case ExpressionKind::negate:
    case ExpressionKind::absolute:
      return unary(context, written, expected);
    case ExpressionKind::add:
    case ExpressionKind::subtract:
    case ExpressionKind::multiply:
    case ExpressionKind::divide:
    case ExpressionKind::modulo:
      return arithmetic(context, written, expected);
    case ExpressionKind::working_days:
      complain(Code::type_mismatch, written.span,
               "working days are added to a date or taken from it, and nothing else");
      return failed(written.span);
    case ExpressionKind::compare:
      return comparison(context, written);
    case ExpressionKind::between:
      return between(context, written);
    case ExpressionKind::within:
      return within(context, written);
    case ExpressionKind::in:
      return membership(context, written);
    case ExpressionKind::is_known:
    case ExpressionKind::is_unknown:
      return known(context, written);
    case ExpressionKind::negation:
    case ExpressionKind::conjunction:
    case ExpressionKind::disjunction:
      return logic(context, written);
    case ExpressionKind::conditional:
      return conditional(context, written, expected);
    case ExpressionKind::first_known:
    case ExpressionKind::minimum_of:
    case ExpressionKind::maximum_of:
      return choice(context, written, expected);
    case ExpressionKind::rounded:
      return rounded(context, written);
    case ExpressionKind::elapsed:
    case ExpressionKind::month_of:
    case ExpressionKind::year_of:
    case ExpressionKind::financial_year_of:
    case ExpressionKind::start_of_month_of:
    case ExpressionKind::end_of_month_of:
    case ExpressionKind::working_day_of_month_of:
      return calendar(context, written);
    case ExpressionKind::any:
    case ExpressionKind::every:
    case ExpressionKind::count:
    case ExpressionKind::sum:
    case ExpressionKind::least:
    case ExpressionKind::greatest:
    case ExpressionKind::latest:
    case ExpressionKind::earliest:
      return list_form(context, written);
    case ExpressionKind::rank:
      return rank(context, written);
  }
  return failed(written.span);
}

/// An operand that must be yes/no. `where` says what asks for it: "`and`", "a criterion".
NodeId Expressions::truth(const Context& context, ExpressionId id, std::string_view where) {
  const NodeId node = expression(context, id);
  const Type found = type(node);
  if (found.kind == Kind::truth) return node;
  if (found.kind == Kind::any) return unknown_node(of(Kind::truth), at(context, id).span);
  if (found.kind != Kind::error) {
    auto& diagnostic = complain(Code::type_mismatch, at(context, id).span,
                                fmt::format("{}; {} needs yes/no", describe(context, id, node), where));
    diagnostic.help = brackets_of_list_form(context, at(context, id));
  }
  return unknown_node(of(Kind::truth), at(context, id).span);
}

/// What `where` goes over takes the comparison behind it too: how that is written of the form as a whole.
std::string Expressions::brackets_of_list_form(const Context& context, const syntax::Expression& written) const {
  const bool listed = written.kind == ExpressionKind::count || written.kind == ExpressionKind::sum ||
                      written.kind == ExpressionKind::least || written.kind == ExpressionKind::greatest;
  if (!listed || !written.has_condition) return {};
  const auto& condition = at(context, written.operands.back());
  if (condition.kind != ExpressionKind::compare) return {};
  const auto& first = at(context, condition.operands[0]);
  std::string whole = quoted({written.span.file, written.span.begin, first.span.end});
  whole = whole.substr(1, whole.size() - 2);
  return fmt::format("`where` takes all that follows; to compare the whole put brackets round it: `({}) {} {}`", whole,
                     condition.word, print(context, condition.operands[1]));
}

NodeId Expressions::logic(const Context& context, const syntax::Expression& written) {
  if (written.kind == ExpressionKind::negation) {
    return leaf(NodeKind::negation, of(Kind::truth), {truth(context, written.operands[0], "`not`")}, written.span);
  }
  const bool all = written.kind == ExpressionKind::conjunction;
  std::vector<NodeId> operands;
  for (const auto id : written.operands) operands.push_back(truth(context, id, all ? "`and`" : "`or`"));
  return leaf(all ? NodeKind::conjunction : NodeKind::disjunction, of(Kind::truth), std::move(operands), written.span);
}

NodeId Expressions::known(const Context& context, const syntax::Expression& written) {
  NodeId operand = expression(context, written.operands[0]);
  if (type(operand).kind == Kind::error) return unknown_node(of(Kind::truth), written.span);
  if (type(operand).kind == Kind::any) operand = *conversions_.as(operand, of(Kind::number));
  const NodeId known = leaf(NodeKind::is_known, of(Kind::truth), {operand}, written.span);
  if (written.kind == ExpressionKind::is_known) return known;
  return leaf(NodeKind::negation, of(Kind::truth), {known}, written.span);
}

NodeId Expressions::conditional(const Context& context, const syntax::Expression& written, const Type* expected) {
  const NodeId condition = truth(context, written.operands[0], "`if`");
  ExpressionId yes = written.operands[1];
  ExpressionId no = written.operands[2];
  NodeId a = none;
  NodeId b = none;
  if (expected) {
    a = expression(context, yes, expected);
    b = expression(context, no, expected);
  } else {
    std::tie(a, b) = pair(context, yes, no);
  }
  const auto found = conversions_.common(type(a), type(b));
  if (!found || type(a).kind == Kind::list) {
    conversions_.mismatch(context, written.span, yes, a, no, b);
    return failed(written.span);
  }
  if (is_error(a) || is_error(b)) return unknown_node(*found, written.span);
  const auto left = conversions_.as(a, *found);
  const auto right = conversions_.as(b, *found);
  return leaf(NodeKind::conditional, *found, {condition, *left, *right}, written.span);
}

/// `first known of`, `minimum of`, `maximum of`: the operands are brought to one type.
NodeId Expressions::choice(const Context& context, const syntax::Expression& written, const Type* expected) {
  const auto asked = expected ? std::optional(*expected) : asked_by_names(context, written.operands);
  // Otherwise the first that needs no other to be read says how those before it are read.
  const auto settled = std::find_if(written.operands.begin(), written.operands.end(), [&](ExpressionId id) {
    return asked || (!unsettled(context, id) && at(context, id).kind != ExpressionKind::unknown);
  });
  Type wanted;
  NodeId read = none;
  if (asked) {
    wanted = *asked;
  } else if (settled != written.operands.end()) {
    read = expression(context, *settled);
    wanted = type(read);
  }
  std::vector<NodeId> nodes;
  Type found = of(Kind::any);
  std::size_t first = 0;
  for (std::size_t i = 0; i < written.operands.size(); ++i) {
    const Type& asks = settles(found) ? found : wanted;
    const auto id = written.operands[i];
    const bool done = read != none && id == *settled;
    const NodeId node = done ? read : expression(context, id, asks.kind == Kind::error ? nullptr : &asks);
    nodes.push_back(node);
    if (is_error(node)) return failed(written.span);
    const auto next = conversions_.common(found, type(node));
    if (!next) {
      conversions_.mismatch(context, written.span, written.operands[first], nodes[first], written.operands[i], node);
      return failed(written.span);
    }
    if (found.kind == Kind::any) first = i;
    found = *next;
  }
  if (written.kind != ExpressionKind::first_known) {
    for (const auto id : written.operands) {
      if (!orderable(context, written, id, found)) return failed(written.span);
    }
  }
  if (found.kind == Kind::list) {
    complain(Code::type_mismatch, written.span, "lists are not chosen between");
    return failed(written.span);
  }
  for (auto& node : nodes) {
    const auto converted = conversions_.as(node, found);
    if (!converted) return failed(written.span);
    node = *converted;
  }
  const NodeKind kind = written.kind == ExpressionKind::first_known  ? NodeKind::first_known
                        : written.kind == ExpressionKind::minimum_of ? NodeKind::minimum
                                                                     : NodeKind::maximum;
  return leaf(kind, found, std::move(nodes), written.span);
}

NodeId Expressions::money(const Context& context, ExpressionId id, std::string_view what) {
  const Type wanted = of(Kind::money);
  const NodeId node = expression(context, id);
  if (is_error(node)) return unknown_node(wanted, at(context, id).span);
  if (const auto converted = conversions_.as(node, wanted)) return *converted;
  auto& diagnostic = complain(Code::type_mismatch, at(context, id).span,
                              fmt::format("{}; {} is money", describe(context, id, node), what));
  if (at(context, id).kind == ExpressionKind::number)
    diagnostic.help = fmt::format("write `£{}`", at(context, id).text);
  return unknown_node(wanted, at(context, id).span);
}

}  // namespace proviso::check
