#include <fmt/format.h>

#include <algorithm>

#include "check/checker.hpp"

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

/// Durations of months and of days.
bool two_kinds(const Type& a, const Type& b) {
  const auto settled = [](const Type& type) {
    return type.kind == Kind::duration && type.duration != value::DurationKind::either;
  };
  return settled(a) && settled(b) && a.duration != b.duration;
}

}  // namespace

bool Checker::orderable(const Context& context, const syntax::Expression& written, ExpressionId operand,
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

NodeId Checker::comparison(const Context& context, const syntax::Expression& written) {
  const auto [left, right] = pair(context, written.operands[0], written.operands[1]);
  return compare(context, written, comparison_of(written.word), written.operands[0], left, written.operands[1], right);
}

NodeId Checker::compare(const Context& context, const syntax::Expression& written, model::Comparison word,
                        ExpressionId a, NodeId left, ExpressionId b, NodeId right) {
  const Type truth_type = of(Kind::truth);
  if (is_error(left) || is_error(right)) return unknown_node(truth_type, written.span);
  auto found = common(type(left), type(right));
  if (!found || found->kind == Kind::list || found->kind == Kind::record) {
    mismatch(context, written.span, a, left, b, right);
    return unknown_node(truth_type, written.span);
  }
  if (!equality(word) && !orderable(context, written, a, *found)) return unknown_node(truth_type, written.span);
  if (found->kind == Kind::any) found = of(Kind::number);
  Node node{NodeKind::compare, truth_type, {}, 0, 1, none, none, static_cast<std::uint8_t>(word), written.span};
  if (found->kind == Kind::quantity) {
    left = *as(left, quantity_type(type(left)));
    right = *as(right, quantity_type(type(right)));
  }
  const Type x = type(left);
  const Type y = type(right);
  if (x.kind == Kind::quantity && y.kind == Kind::quantity && x.unit != y.unit) {
    // A constant that converts exactly is converted now; otherwise both sides are compared as they are, exactly.
    const bool left_constant = library_.nodes[left].kind == NodeKind::constant;
    const NodeId converted = left_constant ? rescaled(left, y.unit) : rescaled(right, x.unit);
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
  node.operands = {*as(left, *found), *as(right, *found)};
  return make(std::move(node));
}

NodeId Checker::between(const Context& context, const syntax::Expression& written) {
  const auto x = written.operands[0];
  const auto [value, low] = pair(context, x, written.operands[1]);
  const Type wanted = type(value);
  const NodeId high = expression(context, written.operands[2], settles(wanted) ? &wanted : nullptr);
  // A duration of either kind goes with each of them, but there is none that goes with both.
  if (two_kinds(type(low), type(high))) {
    mismatch(context, written.span, written.operands[1], low, written.operands[2], high);
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
NodeId Checker::within(const Context& context, const syntax::Expression& written) {
  const NodeId x = date_operand(context, written.operands[0], "within");
  NodeId span = expression(context, written.operands[1]);
  const NodeId anchor = date_operand(context, written.operands[2], written.word);
  const Type found = type(span);
  if (is_error(x) || is_error(span) || is_error(anchor)) return unknown_node(of(Kind::truth), written.span);
  if (found.kind == Kind::any) {
    span = *as(span, of(Kind::duration));
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

NodeId Checker::membership(const Context& context, const syntax::Expression& written) {
  const auto& right = at(context, written.operands[1]);
  if (right.kind != ExpressionKind::set) return in_name(context, written);
  const NodeId left = expression(context, written.operands[0]);
  if (is_error(left)) return unknown_node(of(Kind::truth), written.span);
  Type wanted = type(left);
  std::vector<NodeId> operands = {left};
  bool scaled = false;
  for (const auto id : right.operands) {
    const NodeId element = expression(context, id, settles(wanted) ? &wanted : nullptr);
    if (is_error(element) || names_both_ways(context, written.operands[0], id, element)) {
      return unknown_node(of(Kind::truth), written.span);
    }
    const auto found = common(wanted, type(element));
    if (!found || found->kind == Kind::list) {
      mismatch(context, right.operands.empty() ? right.span : at(context, id).span, written.operands[0], left, id,
               element);
      return unknown_node(of(Kind::truth), written.span);
    }
    if (wanted.kind == Kind::any) wanted = *found;
    const auto other = std::find_if(operands.begin() + 1, operands.end(),
                                    [&](NodeId each) { return two_kinds(type(each), type(element)); });
    if (other != operands.end()) {
      const auto number = static_cast<std::size_t>(other - operands.begin()) - 1;
      mismatch(context, at(context, id).span, right.operands[number], *other, id, element);
      return unknown_node(of(Kind::truth), written.span);
    }
    const NodeId equal = compare(context, written, model::Comparison::equal, written.operands[0], left, id, element);
    const Node node = library_.nodes[equal];
    scaled = scaled || node.kind != NodeKind::compare || node.operands[0] != left;
    operands.push_back(node.operands.size() == 2 ? node.operands[1] : element);
  }
  if (!scaled) return leaf(NodeKind::in_set, of(Kind::truth), std::move(operands), written.span);
  // Values that cannot be brought to the left side's type exactly are compared one by one.
  std::vector<NodeId> equals;
  for (std::size_t i = 0; i < right.operands.size(); ++i) {
    const auto id = right.operands[i];
    const NodeId element = expression(context, id, &wanted);
    equals.push_back(compare(context, written, model::Comparison::equal, written.operands[0], left, id, element));
  }
  return leaf(NodeKind::disjunction, of(Kind::truth), std::move(equals), written.span);
}

NodeId Checker::in_name(const Context& context, const syntax::Expression& written) {
  const auto& right = at(context, written.operands[1]);
  const Type truth_type = of(Kind::truth);
  const Resolved found = resolve(context, right.text, right.span);
  // A list of enumeration values says how a bare name on the left is read.
  Type wanted;
  if (found.kind == Resolved::Kind::fact) {
    const Type list = library_.records[context.record].facts[found.fact].type;
    if (list.kind == Kind::list) wanted = library_.list_types[list.id];
  }
  const NodeId left = expression(context, written.operands[0], names_values(wanted) ? &wanted : nullptr);
  const Type x = type(left);
  if (found.kind == Resolved::Kind::complained) return unknown_node(truth_type, written.span);
  if (found.kind == Resolved::Kind::symbol && found.symbol->kind == SymbolKind::codes) {
    if (x.kind == Kind::error) return unknown_node(truth_type, written.span);
    const auto system = library_.code_lists[found.symbol->index].system;
    Type code = of(Kind::code);
    code.system = system;
    if (x.kind != Kind::any && !(x == code)) {
      auto& diagnostic =
          complain(x.kind == Kind::code ? Code::wrong_code_system : Code::type_mismatch, written.span,
                   fmt::format("{}, but `{}` is a list of {} codes", describe(context, written.operands[0], left),
                               right.text, value::spelling(system)));
      if (x.kind == Kind::list)
        diagnostic.help =
            fmt::format("ask `any c in {} where c in {}`", print(context, written.operands[0]), right.text);
      return unknown_node(truth_type, written.span);
    }
    Node node{NodeKind::in_codes, truth_type, {*as(left, code)}, 0, 1, found.symbol->index, none, 0, written.span};
    return make(std::move(node));
  }
  if (found.kind == Resolved::Kind::nothing && place_named(right.text) != none) {
    return in_place(context, written, left, place_node(place_named(right.text), right.span));
  }
  if (found.kind == Resolved::Kind::fact &&
      library_.records[context.record].facts[found.fact].type.kind == Kind::place) {
    return in_place(context, written, left, fact_node(context, found.fact, found.loop, right.span));
  }
  if (found.kind == Resolved::Kind::symbol &&
      (found.symbol->kind == SymbolKind::threshold || found.symbol->kind == SymbolKind::definition)) {
    const NodeId value = symbol_value(context, *found.symbol, right.span);
    if (is_error(value)) return unknown_node(truth_type, written.span);
    if (type(value).kind == Kind::place) return in_place(context, written, left, value);
  }
  if (found.kind == Resolved::Kind::nothing) {
    unknown_name(context, right.text, right.span, nullptr);
    return unknown_node(truth_type, written.span);
  }
  const bool missing =
      found.kind == Resolved::Kind::fact && library_.records[context.record].facts[found.fact].type.kind == Kind::any;
  if (missing) return unknown_node(truth_type, written.span);
  const NodeId list =
      found.kind == Resolved::Kind::fact ? fact_node(context, found.fact, found.loop, right.span) : none;
  if (list == none || type(list).kind != Kind::list || library_.list_types[type(list).id].kind == Kind::record) {
    auto& diagnostic = complain(Code::type_mismatch, right.span,
                                fmt::format("{} is not a code list, a list of values or a set", quoted(right.span)));
    diagnostic.help = "a set of values is written `{ a, b, c }`";
    return unknown_node(truth_type, written.span);
  }
  if (x.kind == Kind::error) return unknown_node(truth_type, written.span);
  const Type element = library_.list_types[type(list).id];
  // In a smaller unit than the elements' it is looked for as it is: of theirs it may be no value of six places.
  const auto both = common(element, x);
  const auto converted = element.kind == Kind::any ? std::optional<NodeId>(left)
                         : both                    ? as(left, element.kind == Kind::quantity ? *both : element)
                                                   : std::nullopt;
  if (!converted) {
    complain(Code::type_mismatch, written.span,
             fmt::format("{}, but `{}` is {}", describe(context, written.operands[0], left), right.text,
                         model::format(library_, type(list))));
    return unknown_node(truth_type, written.span);
  }
  return leaf(NodeKind::in_list, truth_type, {*converted, list}, written.span);
}

}  // namespace proviso::check
