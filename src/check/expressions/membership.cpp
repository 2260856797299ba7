#include <fmt/format.h>

#include <algorithm>

#include "check/expressions/expressions.hpp"
#include "value/code.hpp"

// `in`: a code in a list, a place inside another, a value among those written out.
namespace proviso::check {

NodeId Expressions::membership(const Context& context, const syntax::Expression& written) {
  const auto& right = at(context, written.operands[1]);
  if (right.kind != ExpressionKind::set) return in_name(context, written);
  const auto asked = asked_by_set(context, written.operands[0], right.operands);
  const bool is_wrong = asked && asked->kind == Kind::error;
  const NodeId left =
      is_wrong ? failed(written.span) : expression(context, written.operands[0], asked ? &*asked : nullptr);
  if (is_error(left)) return unknown_node(of(Kind::truth), written.span);
  Type wanted = type(left);
  std::vector<NodeId> operands = {left};
  std::size_t first_duration = 0;  // in `operands`, of months or of days
  bool scaled = false;
  for (const auto id : right.operands) {
    const NodeId element = expression(context, id, settles(wanted) ? &wanted : nullptr);
    if (is_error(element) || (!asked && names_both_ways(context, written.operands[0], id, element))) {
      return unknown_node(of(Kind::truth), written.span);
    }
    const auto found = conversions_.common(wanted, type(element));
    if (!found || found->kind == Kind::list) {
      conversions_.mismatch(context, right.operands.empty() ? right.span : at(context, id).span, written.operands[0],
                            left, id, element);
      return unknown_node(of(Kind::truth), written.span);
    }
    if (wanted.kind == Kind::any) wanted = *found;
    if (first_duration != 0 && Conversions::two_kinds(type(operands[first_duration]), type(element))) {
      conversions_.mismatch(context, at(context, id).span, right.operands[first_duration - 1], operands[first_duration],
                            id, element);
      return unknown_node(of(Kind::truth), written.span);
    }
    const NodeId equal = compare(context, written, model::Comparison::equal, written.operands[0], left, id, element);
    const Node node = library_.nodes[equal];
    scaled = scaled || node.kind != NodeKind::compare || node.operands[0] != left;
    operands.push_back(node.operands.size() == 2 ? node.operands[1] : element);
    if (first_duration == 0 && type(element).kind == Kind::duration && settles(type(element))) {
      first_duration = operands.size() - 1;
    }
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

/// As what the value before `in { ... }` is read, where the values of the set say so; an error where one that would is
/// wrong. A fact of the type of others stays one.
std::optional<Type> Expressions::asked_by_set(const Context& context, ExpressionId left,
                                              const std::vector<ExpressionId>& elements) {
  std::vector<ExpressionId> all = elements;
  all.push_back(left);
  if (const auto asked = asked_by_names(context, all)) {
    return type_of_name(context, at(context, left)) == *asked ? std::nullopt : asked;
  }
  const bool is_duration = written_duration(context, left);
  if (!is_duration && !unsettled(context, left)) return {};
  const auto says = std::find_if(elements.begin(), elements.end(), [&](ExpressionId id) {
    return !unsettled(context, id) && !(is_duration && written_duration(context, id));
  });
  if (says == elements.end()) return {};
  const Type found = type(expression(context, *says));
  return settles(found) || found.kind == Kind::error ? std::optional(found) : std::nullopt;
}

NodeId Expressions::in_name(const Context& context, const syntax::Expression& written) {
  const auto& right = at(context, written.operands[1]);
  const Type truth_type = of(Kind::truth);
  const Resolved found = resolve(context, right.text, right.span);
  // A list of enumeration values says how a bare name on the left is read.
  Type wanted;
  if (found.kind == Resolved::Kind::fact) {
    const Type list = library_.records[context.record].facts[found.fact].type;
    if (list.kind == Kind::list) wanted = library_.list_types[list.id];
  }
  const NodeId left = expression(context, written.operands[0], settles(wanted) ? &wanted : nullptr);
  const Type x = type(left);
  if (found.kind == Resolved::Kind::complained) return unknown_node(truth_type, written.span);
  if (found.kind == Resolved::Kind::symbol && found.symbol->kind == SymbolKind::codes) {
    const bool without_system =
        !value::code_system_by_spelling(declaration<syntax::CodesDeclaration>(*found.symbol).system.text);
    if (x.kind == Kind::error || without_system) return unknown_node(truth_type, written.span);
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
    Node node{NodeKind::in_codes, truth_type, {*conversions_.as(left, code)}, 0, 1, found.symbol->index, none, 0,
              written.span};
    return make(std::move(node));
  }
  if (found.kind == Resolved::Kind::nothing && value_names_.place_named(right.text) != none) {
    return in_place(context, written, left, value_names_.place_node(value_names_.place_named(right.text), right.span));
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
  if (element.kind == Kind::any) {  // none of them is known
    const LoopId loop = loop_of(context, right.text, found.fact, found.loop);
    Node node{NodeKind::any, truth_type, {unknown_node(truth_type, written.span)}, 0, 1, none, loop, 0, written.span};
    return make(std::move(node));
  }
  // In a smaller unit than the elements' it is looked for as it is: of theirs it may be no value of six places.
  const auto both = conversions_.common(element, x);
  const auto converted = both ? conversions_.as(left, element.kind == Kind::quantity ? *both : element) : std::nullopt;
  if (!converted) {
    complain(Code::type_mismatch, written.span,
             fmt::format("{}, but `{}` is {}", describe(context, written.operands[0], left), right.text,
                         model::format(library_, type(list))));
    return unknown_node(truth_type, written.span);
  }
  return leaf(NodeKind::in_list, truth_type, {*converted, list}, written.span);
}

/// Places are numbered so that those inside one follow it: `inner` lies between `outer` and the last inside `outer`.
NodeId Expressions::in_place(const Context& context, const syntax::Expression& written, NodeId inner, NodeId outer) {
  const Type truth_type = of(Kind::truth);
  if (is_error(inner)) return unknown_node(truth_type, written.span);
  const auto left = conversions_.as(inner, of(Kind::place));
  if (!left) {
    complain(Code::type_mismatch, written.span,
             fmt::format("{}, but {} is a place", describe(context, written.operands[0], inner),
                         quoted(at(context, written.operands[1]).span)));
    return unknown_node(truth_type, written.span);
  }
  NodeId last = none;
  if (library_.nodes[outer].kind == NodeKind::constant) {
    const auto place = static_cast<model::PlaceId>(library_.nodes[outer].value);
    last = value_names_.place_node(library_.places[place].last, written.span);
  } else {
    if (last_places_ == none) {
      last_places_ = static_cast<std::uint32_t>(library_.tables.size());
      model::Table table{"(places)", {of(Kind::place)}, of(Kind::place), {}};
      for (model::PlaceId i = 0; i < library_.places.size(); ++i) table.rows[{i}] = library_.places[i].last;
      library_.tables.push_back(std::move(table));
    }
    Node lookup{NodeKind::lookup, of(Kind::place), {outer}, 0, 1, last_places_, none, 0, written.span};
    last = make(std::move(lookup));
  }
  return leaf(NodeKind::between, truth_type, {*left, outer, last}, written.span);
}

}  // namespace proviso::check
