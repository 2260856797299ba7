#include <fmt/format.h>

#include <algorithm>

#include "check/expressions/expressions.hpp"

// What is read as the type of another side asks: a name that may be a value, and a duration that may be in months or in
// days. The reading does not depend on which side is written first.
namespace proviso::check {

bool Expressions::settles(const Type& type) {
  return ValueNames::names_values(type) || Literals::is_time(type) ||
         (type.kind == Kind::duration && type.duration != value::DurationKind::either);
}

/// Whether it is made of durations written out alone, so that another value says what they are of.
bool Expressions::written_duration(const Context& context, ExpressionId id) const {
  if (id == syntax::no_expression) return false;
  const auto& written = at(context, id);
  const auto each = [&](ExpressionId operand) { return written_duration(context, operand); };
  switch (written.kind) {
    case ExpressionKind::duration:
      return true;
    case ExpressionKind::negate:
      return each(written.operands[0]);
    case ExpressionKind::conditional:
      return each(written.operands[1]) && each(written.operands[2]);
    case ExpressionKind::first_known:
    case ExpressionKind::minimum_of:
    case ExpressionKind::maximum_of:
      return std::all_of(written.operands.begin(), written.operands.end(), each);
    default:
      return false;
  }
}

/// The type of what a name stands for by itself; an error where there is nothing of that name. Says nothing.
Type Expressions::type_of_name(const Context& context, const syntax::Expression& written) {
  if (written.kind != ExpressionKind::name) return {};
  workspace_.muted = true;
  const Resolved found = resolve(context, written.text, written.span);
  workspace_.muted = false;
  switch (found.kind) {
    case Resolved::Kind::node:
      return type(found.node);
    case Resolved::Kind::fact:
      return library_.records[context.record].facts[found.fact].type;
    case Resolved::Kind::symbol:
      if (found.symbol->kind == SymbolKind::threshold) return library_.thresholds[found.symbol->index].type;
      if (found.symbol->kind == SymbolKind::definition &&
          declaration<syntax::Definition>(*found.symbol).parameters.empty()) {
        return type(definition_value(context, *found.symbol, written.span));
      }
      return of(Kind::record);  // no value: that is said where it is read
    case Resolved::Kind::complained:
      return of(Kind::record);
    case Resolved::Kind::nothing:
      break;
  }
  return {};
}

bool Expressions::unsettled(const Context& context, ExpressionId id) {
  if (id == syntax::no_expression) return false;
  const auto& written = at(context, id);
  const auto each = [&](ExpressionId operand) { return unsettled(context, operand); };
  switch (written.kind) {
    case ExpressionKind::text:
      return true;
    case ExpressionKind::name: {
      const Type found = type_of_name(context, written);
      return found.kind == Kind::error ||
             (found.kind == Kind::duration && found.duration == value::DurationKind::either);
    }
    case ExpressionKind::negate:
    case ExpressionKind::absolute:
      return each(written.operands[0]);
    case ExpressionKind::multiply:
      return each(written.operands[0]) || each(written.operands[1]);
    case ExpressionKind::add:
    case ExpressionKind::subtract:
      return each(written.operands[0]) && each(written.operands[1]);
    case ExpressionKind::conditional:
    case ExpressionKind::first_known:
    case ExpressionKind::minimum_of:
    case ExpressionKind::maximum_of: {
      const auto first = written.operands.begin() + (written.kind == ExpressionKind::conditional ? 1 : 0);
      const auto asks_nothing = [&](ExpressionId operand) {
        return each(operand) || at(context, operand).kind == ExpressionKind::unknown;
      };
      return std::all_of(first, written.operands.end(), asks_nothing) &&
             std::any_of(first, written.operands.end(), each);
    }
    default:
      return false;
  }
}

/// The names, values in quotes and unknowns that it is one of; no where it may be something else.
bool Expressions::add_names(const Context& context, ExpressionId id, std::vector<ExpressionId>& names) const {
  if (id == syntax::no_expression) return false;
  const auto& written = at(context, id);
  switch (written.kind) {
    case ExpressionKind::name:
    case ExpressionKind::text:
    case ExpressionKind::unknown:
      names.push_back(id);
      return true;
    case ExpressionKind::conditional:
    case ExpressionKind::first_known:
    case ExpressionKind::minimum_of:
    case ExpressionKind::maximum_of:
      return std::all_of(written.operands.begin() + (written.kind == ExpressionKind::conditional ? 1 : 0),
                         written.operands.end(), [&](ExpressionId each) { return add_names(context, each, names); });
    default:
      return false;
  }
}

/// The type that sides of names alone, which must agree, are all to be read as: that of a fact whose name is no value
/// of it, where each other name is such a fact too, or a value. Nothing where there is none, or nothing to be read.
std::optional<Type> Expressions::asked_by_names(const Context& context, const std::vector<ExpressionId>& sides) {
  std::vector<ExpressionId> names;
  for (const auto side : sides) {
    if (!add_names(context, side, names)) return {};
  }
  std::vector<Type> types;
  std::optional<Type> asked;
  for (const auto name : names) {
    types.push_back(type_of_name(context, at(context, name)));
    const bool asks =
        ValueNames::names_values(types.back()) && !value_names_.named_value(types.back(), at(context, name).text);
    if (asks && !asked) asked = types.back();
  }
  if (!asked) return {};
  bool is_read = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& written = at(context, names[i]);
    const bool value =
        written.kind == ExpressionKind::unknown || value_names_.named_value(*asked, written.text).has_value();
    is_read = is_read || value;
    if (!value && !(types[i] == *asked) && types[i].kind != Kind::any) return {};
  }
  return is_read ? asked : std::nullopt;
}

/// Two sides that must agree. A bare name or a quoted value is read as the type of the other side asks.
std::pair<NodeId, NodeId> Expressions::pair(const Context& context, ExpressionId a, ExpressionId b) {
  if (const auto names = pair_of_names(context, a, b)) return *names;
  if (const auto asked = asked_by_names(context, {a, b})) {
    const NodeId left = expression(context, a, &*asked);
    return {left, expression(context, b, &*asked)};
  }
  const auto bare = [&](ExpressionId id) {
    const auto kind = at(context, id).kind;
    return kind == ExpressionKind::name || kind == ExpressionKind::text;
  };
  const bool settled_first = written_duration(context, b) && !written_duration(context, a);
  const bool is_read_so =
      (bare(a) && !bare(b) && !settled_first) || unsettled(context, a) || written_duration(context, a);
  if (is_read_so && !unsettled(context, b)) {
    const NodeId right = expression(context, b);
    const Type wanted = type(right);
    return {expression(context, a, settles(wanted) ? &wanted : nullptr), right};
  }
  NodeId left = expression(context, a);
  const Type wanted = type(left);
  const NodeId right = expression(context, b, settles(wanted) || wanted.kind == Kind::any ? &wanted : nullptr);
  const Type other = type(right);
  if (bare(a) && ValueNames::names_values(other) && !(wanted == other) &&
      value_names_.named_value(other, at(context, a).text)) {
    left = expression(context, a, &other);
  }
  return {left, right};
}

/// Of two names that both stand for something by themselves, one that is a value of the other's type is that value.
/// Where each is one of the other's, neither says how the other is read. Nothing where neither is.
std::optional<std::pair<NodeId, NodeId>> Expressions::pair_of_names(const Context& context, ExpressionId a,
                                                                    ExpressionId b) {
  const auto& left = at(context, a);
  const auto& right = at(context, b);
  const Type x = type_of_name(context, left);
  const Type y = type_of_name(context, right);
  if (x.kind == Kind::error || y.kind == Kind::error) return {};
  const auto left_value = value_names_.named_value(y, left.text);
  const auto right_value = value_names_.named_value(x, right.text);
  if (!left_value && !right_value) return {};
  // One name on both sides: whichever of them is the value, the same is asked.
  if (left_value && right_value && left.text != right.text) {
    two_readings(context, a, b);
    return std::pair{failed(left.span), failed(right.span)};
  }
  if (right_value) return std::pair{name(context, left, nullptr), constant_node(x, *right_value, right.span)};
  return std::pair{constant_node(y, *left_value, left.span), name(context, right, nullptr)};
}

/// Whether the name before `in`, which is read as a fact, could be a value of what an element was read as.
bool Expressions::names_both_ways(const Context& context, ExpressionId id, ExpressionId element, NodeId read) {
  const auto& written = at(context, id);
  const bool names = written.kind == ExpressionKind::name && at(context, element).kind == ExpressionKind::name;
  if (!names || written.text == at(context, element).text || library_.nodes[read].kind == NodeKind::constant ||
      !value_names_.named_value(type(read), written.text)) {
    return false;
  }
  two_readings(context, id, element);
  return true;
}

void Expressions::two_readings(const Context& context, ExpressionId a, ExpressionId b) {
  const std::string left = quoted(at(context, a).span);
  const std::string right = quoted(at(context, b).span);
  auto& diagnostic =
      complain(Code::ambiguous_name, at(context, a).span,
               fmt::format("{} and {} are both facts and values, so that either can be read as a value of the other",
                           left, right));
  diagnostic.notes.push_back({"the other name is here", at(context, b).span});
  diagnostic.help = "put the one that is meant as a value in quotes";
}

/// An operand that is read as `expected` asks where nothing in it says how.
NodeId Expressions::operand(const Context& context, ExpressionId id, const Type* expected) {
  const bool reads =
      expected && (unsettled(context, id) || (Literals::is_time(*expected) && written_duration(context, id)));
  return expression(context, id, reads ? expected : nullptr);
}

/// The operands of `+` or `-`: a duration of a known kind says how the other is read, or else what is expected does.
std::pair<NodeId, NodeId> Expressions::summands(const Context& context, const syntax::Expression& written,
                                                const Type* expected) {
  const auto a = written.operands[0];
  const auto b = written.operands[1];
  const auto duration = [&](const Type& type) {
    return Literals::is_time(type) || (type.kind == Kind::duration && settles(type));
  };
  if ((unsettled(context, a) || written_duration(context, a)) && !unsettled(context, b)) {
    const NodeId right = expression(context, b);
    const Type found = type(right);
    return {operand(context, a, duration(found) ? &found : nullptr), right};
  }
  const NodeId left = operand(context, a, expected);
  const Type found = type(left);
  const bool same = expected && found.kind == Kind::duration;
  return {left, operand(context, b, duration(found) ? &found : same ? expected : nullptr)};
}

}  // namespace proviso::check
