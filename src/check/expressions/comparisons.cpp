#include <fmt/format.h>

#include <cstdlib>

#include "check/expressions/expressions.hpp"
#include "check/expressions/meant.hpp"
#include "value/decimal.hpp"

// = != < <= > >=, between, within, in: both sides are brought to one type, or it is said why they cannot be.
namespace proviso::check {

namespace {

model::Comparison comparison_of(std::string_view word) {
  if (word == "=") return model::Comparison::equal;
  if (word == "!=") return model::Comparison::not_equal;
  if (word == "<") return model::Comparison::less;
  if (word == "<=") return model::Comparison::less_or_equal;
  return word == ">" ? model::Comparison::greater : model::Comparison::greater_or_equal;
}

bool equality(model::Comparison word) {
  return word == model::Comparison::equal || word == model::Comparison::not_equal;
}

}  // namespace

bool Expressions::orderable(const Context& context, const syntax::Expression& written, ExpressionId operand,
                            const Type& found) {
  switch (found.kind) {
    case Kind::number:
    case Kind::money:
    case Kind::percent:
    case Kind::quantity:
    case Kind::date:
    case Kind::scale:
    case Kind::any:
    case Kind::error:
      return true;
    case Kind::duration:
      if (found.duration != value::DurationKind::either) return true;
      complain(
          Code::duration_kinds, written.span,
          fmt::format("{} may be in months or in days, and the two do not order", quoted(at(context, operand).span)));
      return false;
    case Kind::enumeration: {
      auto& diagnostic = complain(Code::unordered_enumeration, written.span,
                                  fmt::format("{} is {}, whose values have no order", quoted(at(context, operand).span),
                                              model::format(library_, found)));
      diagnostic.help = "declare it as `scale a < b < c` if its values are ordered";
      return false;
    }
    default:
      complain(Code::cannot_order, written.span,
               fmt::format("{} is {}, which has no order", quoted(at(context, operand).span),
                           model::format(library_, found)));
      return false;
  }
}

NodeId Expressions::comparison(const Context& context, const syntax::Expression& written) {
  const auto [left, right] = pair(context, written.operands[0], written.operands[1]);
  return compare(context, written, comparison_of(written.word), written.operands[0], left, written.operands[1], right);
}

NodeId Expressions::compare(const Context& context, const syntax::Expression& written, model::Comparison word,
                            ExpressionId a, NodeId left, ExpressionId b, NodeId right) {
  const Type truth_type = of(Kind::truth);
  if (is_error(left) || is_error(right)) return unknown_node(truth_type, written.span);
  auto found = conversions_.common(type(left), type(right));
  const auto& tree = trees_[context.tree].tree;
  // A percentage is a number where one is asked: `discount < 0.5` says that. `discount < 50` would be of 5,000%.
  const auto lacks = [&](ExpressionId id, NodeId number, NodeId other) {
    return lacks_percent_sign(tree, id, type(other)) && std::abs(library_.nodes[number].value) > value::decimal_scale;
  };
  const bool lacks_sign = lacks(a, left, right) || lacks(b, right, left);
  if (!found || found->kind == Kind::list || found->kind == Kind::record || lacks_sign) {
    conversions_.mismatch(context, written.span, a, left, b, right);
    return unknown_node(truth_type, written.span);
  }
  if (!equality(word) && !orderable(context, written, a, *found)) return unknown_node(truth_type, written.span);
  if (found->kind == Kind::any) found = of(Kind::number);
  Node node{NodeKind::compare, truth_type, {}, 0, 1, none, none, static_cast<std::uint8_t>(word), written.span};
  if (found->kind == Kind::quantity) {
    left = *conversions_.as(left, Conversions::quantity_type(type(left)));
    right = *conversions_.as(right, Conversions::quantity_type(type(right)));
  }
  const Type x = type(left);
  const Type y = type(right);
  if (x.kind == Kind::quantity && y.kind == Kind::quantity && x.unit != y.unit) {
    // A constant that converts exactly is converted now; otherwise both sides are compared as they are, exactly.
    const bool left_constant = library_.nodes[left].kind == NodeKind::constant;
    const NodeId converted = left_constant ? conversions_.rescaled(left, y.unit) : conversions_.rescaled(right, x.unit);
    if (library_.nodes[converted].kind == NodeKind::constant) {
      node.operands = left_constant ? std::vector<NodeId>{converted, right} : std::vector<NodeId>{left, converted};
      return make(std::move(node));
    }
    node.kind = NodeKind::compare_scaled;
    node.operands = {left, right};
    node.value = value::size(x.unit);
    node.second = value::size(y.unit);
    return make(std::move(node));
  }
  node.operands = {*conversions_.as(left, *found), *conversions_.as(right, *found)};
  return make(std::move(node));
}

NodeId Expressions::between(const Context& context, const syntax::Expression& written) {
  const auto x = written.operands[0];
  const auto asked = asked_by_names(context, written.operands);
  const auto as_asked = [&](ExpressionId id) { return expression(context, id, &*asked); };
  const auto [value, low] =
      asked ? std::pair{as_asked(x), as_asked(written.operands[1])} : pair(context, x, written.operands[1]);
  const Type wanted = type(value);
  const NodeId high = expression(context, written.operands[2], settles(wanted) ? &wanted : nullptr);
  // A duration of either kind goes with each of them, but there is none that goes with both.
  if (Conversions::two_kinds(type(low), type(high))) {
    conversions_.mismatch(context, written.span, written.operands[1], low, written.operands[2], high);
    return unknown_node(of(Kind::truth), written.span);
  }
  const NodeId above =
      compare(context, written, model::Comparison::greater_or_equal, x, value, written.operands[1], low);
  const NodeId below = compare(context, written, model::Comparison::less_or_equal, x, value, written.operands[2], high);
  const Node first = library_.nodes[above];
  const Node second = library_.nodes[below];
  if (first.kind == NodeKind::compare && second.kind == NodeKind::compare && first.operands[0] == second.operands[0]) {
    return leaf(NodeKind::between, of(Kind::truth), {first.operands[0], first.operands[1], second.operands[1]},
                written.span);
  }
  return leaf(NodeKind::conjunction, of(Kind::truth), {above, below}, written.span);
}

/// `X within D before Y` is X >= Y - D and X <= Y.
NodeId Expressions::within(const Context& context, const syntax::Expression& written) {
  const NodeId x = date_operand(context, written.operands[0], "within");
  NodeId span = expression(context, written.operands[1]);
  const NodeId anchor = date_operand(context, written.operands[2], written.word);
  const Type found = type(span);
  if (is_error(x) || is_error(span) || is_error(anchor)) return unknown_node(of(Kind::truth), written.span);
  if (found.kind == Kind::any) {
    span = *conversions_.as(span, of(Kind::duration));
  } else if (found.kind != Kind::duration) {
    complain(Code::type_mismatch, at(context, written.operands[1]).span,
             fmt::format("{}; `within` needs a duration, as `6 months`", describe(context, written.operands[1], span)));
    return unknown_node(of(Kind::truth), written.span);
  }
  const bool before = written.word == "before";
  const NodeId far =
      leaf(before ? NodeKind::subtract_duration : NodeKind::add_duration, of(Kind::date), {anchor, span}, written.span);
  const NodeId low = before ? far : anchor;
  const NodeId high = before ? anchor : far;
  return leaf(NodeKind::between, of(Kind::truth), {x, low, high}, written.span);
}

}  // namespace proviso::check
