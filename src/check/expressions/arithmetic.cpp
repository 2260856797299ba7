#include <fmt/format.h>

#include "check/expressions/expressions.hpp"

// + - * / mod, minus, absolute, rounding: which types go together, and what comes out.
namespace proviso::check {

namespace {

std::string_view verb(ExpressionKind kind) {
  switch (kind) {
    case ExpressionKind::add:
      return "added";
    case ExpressionKind::subtract:
      return "subtracted";
    case ExpressionKind::multiply:
      return "multiplied";
    case ExpressionKind::divide:
      return "divided";
    default:
      return "taken `mod` each other";
  }
}

}  // namespace

NodeId Expressions::cannot(const Context& context, const syntax::Expression& written, NodeId a, NodeId b) {
  const Type x = type(a);
  const Type y = type(b);
  const auto left = written.operands[0];
  const auto right = written.operands[1];
  const bool additive = written.kind == ExpressionKind::add || written.kind == ExpressionKind::subtract;
  const bool one_family =
      (x.kind == Kind::quantity || x.kind == Kind::duration || x.kind == Kind::number || x.kind == Kind::money) &&
      (y.kind == Kind::quantity || y.kind == Kind::duration || y.kind == Kind::number || y.kind == Kind::money);
  if (conversions_.unread_behind(at(context, left)) || conversions_.unread_behind(at(context, right)))
    return failed(written.span);
  if (x.kind == Kind::date && y.kind == Kind::date && written.kind == ExpressionKind::subtract) {
    auto& diagnostic = complain(Code::dates_do_not_subtract, written.span, "dates do not subtract");
    const auto text = [&](ExpressionId id) { return print(context, id); };
    diagnostic.help = fmt::format("say what is counted: `days from {} to {}`", text(right), text(left));
  } else if (additive && one_family) {
    conversions_.mismatch(context, written.span, left, a, right, b);
  } else {
    complain(Code::type_mismatch, written.mark,
             fmt::format("{} and {}: they cannot be {}", describe(context, left, a), describe(context, right, b),
                         verb(written.kind)));
  }
  return failed(written.span);
}

NodeId Expressions::arithmetic(const Context& context, const syntax::Expression& written, const Type* expected) {
  const bool additive = written.kind == ExpressionKind::add || written.kind == ExpressionKind::subtract;
  const auto& last = at(context, written.operands[1]);
  if (additive && last.kind == ExpressionKind::working_days) {
    const NodeId a = expression(context, written.operands[0]);
    const NodeId count = number_operand(context, last.operands[0], "working days");
    const Type found = type(a);
    if (found.kind == Kind::error) return failed(written.span);
    if (found.kind != Kind::date && found.kind != Kind::any) {
      complain(Code::type_mismatch, written.span,
               fmt::format("{}; working days are added to a date", describe(context, written.operands[0], a)));
      return failed(written.span);
    }
    const bool plus = written.kind == ExpressionKind::add;
    return leaf(plus ? NodeKind::add_working_days : NodeKind::subtract_working_days, of(Kind::date),
                {*conversions_.as(a, of(Kind::date)), count}, written.span);
  }
  if (additive) {
    const auto [a, b] = summands(context, written, expected);
    return is_error(a) || is_error(b) ? failed(written.span) : sum_of(context, written, a, b, expected);
  }
  const bool divides = written.kind != ExpressionKind::multiply;
  const bool second_first = divides && written_duration(context, written.operands[0]);
  const auto first = written.operands[second_first ? 1 : 0];
  const auto second = written.operands[second_first ? 0 : 1];
  // What a product is beside does not make its factors quantities: a duration is multiplied by whole numbers.
  const Type* const asked = expected && Literals::is_time(*expected) ? nullptr : expected;
  const NodeId read = operand(context, first, asked);
  const Type found = type(read);
  const NodeId other = operand(context, second, divides && Literals::is_time(found) ? &found : asked);
  if (is_error(read) || is_error(other)) return failed(written.span);
  if (!divides) return product_of(context, written, read, other, expected);
  return quotient_of(context, written, second_first ? other : read, second_first ? read : other);
}

NodeId Expressions::sum_of(const Context& context, const syntax::Expression& written, NodeId a, NodeId b,
                           const Type* expected) {
  Type x = type(a);
  Type y = type(b);
  const bool plus = written.kind == ExpressionKind::add;
  // A date, or a duration.
  if (x.kind == Kind::any && y.kind == Kind::duration) return unknown_node(x, written.span);
  if (x.kind == Kind::date && y.kind == Kind::any) {
    y = of(Kind::duration);
    b = *conversions_.as(b, y);
  }
  if (x.kind == Kind::any && y.kind == Kind::any) {
    return leaf(plus ? NodeKind::add : NodeKind::subtract, x, {a, b}, written.span);
  }
  if (x.kind == Kind::date && y.kind == Kind::duration) {
    return leaf(plus ? NodeKind::add_duration : NodeKind::subtract_duration, x, {*conversions_.as(a, x), b},
                written.span);
  }
  auto found = conversions_.common(x, y);
  if (found && found->kind == Kind::duration && expected && expected->kind == Kind::duration && settles(*expected) &&
      found->duration == value::DurationKind::either) {
    found = *expected;
  }
  const bool durations = found && found->kind == Kind::duration && found->duration != value::DurationKind::either;
  if (!found || !(is_decimal(*found) || durations)) return cannot(context, written, a, b);
  const auto left = conversions_.as(a, *found);
  const auto right = conversions_.as(b, *found);
  if (!left || !right) return cannot(context, written, a, b);
  return leaf(plus ? NodeKind::add : NodeKind::subtract, *found, {*left, *right}, written.span);
}

/// The duration as one of months or of days, as `expected` says where it may be of both: what is done to it needs that.
std::optional<NodeId> Expressions::of_known_kind(const Context& context, ExpressionId id, NodeId duration,
                                                 const Type* expected, std::string_view done) {
  if (type(duration).duration != value::DurationKind::either) return duration;
  if (expected && expected->kind == Kind::duration && settles(*expected)) return conversions_.as(duration, *expected);
  auto& diagnostic = complain(Code::duration_kinds, at(context, id).span,
                              fmt::format("{} may be in months or in days, and is {} only where something says which",
                                          quoted(at(context, id).span), done));
  diagnostic.help = "a duration that it is compared with or added to says so: `6 months`, `6 weeks`";
  return {};
}

NodeId Expressions::product_of(const Context& context, const syntax::Expression& written, NodeId a, NodeId b,
                               const Type* expected) {
  Type x = type(a);
  Type y = type(b);
  const bool open = x.kind == Kind::any;
  if ((open && (y.kind == Kind::any || numberlike(y))) || (y.kind == Kind::any && numberlike(x))) {
    const NodeId factor = *conversions_.as(open ? b : a, of(Kind::number));
    return leaf(NodeKind::multiply, of(Kind::any), {open ? a : b, factor}, written.span);
  }
  if (x.kind == Kind::any) x = of(Kind::number);
  if (y.kind == Kind::any) y = of(Kind::number);
  a = *conversions_.as(a, x);
  b = *conversions_.as(b, y);
  const bool narrow = (x.kind == Kind::duration && numberlike(y)) || (y.kind == Kind::duration && numberlike(x));
  if (narrow) {
    const NodeId duration = x.kind == Kind::duration ? a : b;
    const NodeId factor = x.kind == Kind::duration ? b : a;
    const auto id = written.operands[x.kind == Kind::duration ? 0 : 1];
    const auto known = of_known_kind(context, id, duration, expected, "multiplied");
    return known ? leaf(NodeKind::duration_times, type(*known), {*known, factor}, written.span) : failed(written.span);
  }
  Type result;
  if (numberlike(x) && numberlike(y)) {
    result = of(Kind::number);
  } else if (is_decimal(x) && numberlike(y)) {
    result = x;
  } else if (numberlike(x) && is_decimal(y)) {
    result = y;
  } else {
    return cannot(context, written, a, b);
  }
  return leaf(NodeKind::multiply, result, {a, b}, written.span);
}

NodeId Expressions::quotient_of(const Context& context, const syntax::Expression& written, NodeId a, NodeId b) {
  const bool divide = written.kind == ExpressionKind::divide;
  if (type(a).kind == Kind::any || type(b).kind == Kind::any) return open_quotient(context, written, a, b);
  const Type x = type(a);
  const Type y = type(b);
  const NodeKind kind = divide ? NodeKind::divide : NodeKind::modulo;
  if (numberlike(x) && numberlike(y)) return leaf(kind, of(Kind::number), {a, b}, written.span);
  if (x.kind == Kind::money && y.kind == Kind::money) {
    return leaf(kind, divide ? of(Kind::number) : x, {a, b}, written.span);
  }
  if (x.kind == Kind::quantity && y.kind == Kind::quantity && value::dimension(x.unit) == value::dimension(y.unit)) {
    // In the smaller unit both are exact, so that the quotient is rounded once, and what is left over not at all.
    const Type smaller = *conversions_.common(x, y);
    return leaf(kind, divide ? of(Kind::number) : smaller, {*conversions_.as(a, smaller), *conversions_.as(b, smaller)},
                written.span);
  }
  if (divide && (x.kind == Kind::money || x.kind == Kind::quantity) && numberlike(y)) {
    return leaf(kind, x, {a, b}, written.span);
  }
  return cannot(context, written, a, b);
}

/// A quotient or what is left over where one operand, at least, may be of any type.
NodeId Expressions::open_quotient(const Context& context, const syntax::Expression& written, NodeId a, NodeId b) {
  const Type x = Conversions::quantity_type(type(a));
  const Type y = Conversions::quantity_type(type(b));
  const bool divide = written.kind == ExpressionKind::divide;
  if (x.kind == Kind::any && divide && (y.kind == Kind::any || numberlike(y))) {
    return leaf(NodeKind::divide, x, {a, *conversions_.as(b, of(Kind::number))}, written.span);
  }
  const Type both = x.kind == Kind::any ? y : x;
  if (both.kind == Kind::any) return unknown_node(both, written.span);
  if (!is_decimal(both)) return cannot(context, written, a, b);
  // Over a number, or over its like.
  if (divide && !numberlike(both) && y.kind == Kind::any) return unknown_node(y, written.span);
  return leaf(divide ? NodeKind::divide : NodeKind::modulo, divide || numberlike(both) ? of(Kind::number) : both,
              {*conversions_.as(a, both), *conversions_.as(b, both)}, written.span);
}

NodeId Expressions::unary(const Context& context, const syntax::Expression& written, const Type* expected) {
  NodeId a = operand(context, written.operands[0], expected);
  Type found = type(a);
  if (found.kind == Kind::error) return failed(written.span);
  const bool minus = written.kind == ExpressionKind::negate;
  if (found.kind == Kind::duration) {
    const auto known = of_known_kind(context, written.operands[0], a, expected, minus ? "negated" : "made `absolute`");
    if (!known) return failed(written.span);
    a = *known;
    found = type(a);
  } else if (!is_decimal(found) && found.kind != Kind::any) {
    complain(Code::type_mismatch, written.span,
             fmt::format("{}; {} needs a number", describe(context, written.operands[0], a),
                         minus ? "a minus" : "`absolute`"));
    return failed(written.span);
  }
  // A literal with a minus is a constant, so that units still convert it exactly.
  if (minus && library_.nodes[a].kind == NodeKind::constant)
    return constant_node(found, -library_.nodes[a].value, written.span);
  return leaf(minus ? NodeKind::negate : NodeKind::absolute, found, {a}, written.span);
}

std::optional<value::Rounding> Expressions::rounding_mode(std::string_view words) {
  static constexpr std::pair<std::string_view, value::Rounding> modes[] = {
      {"half even", value::Rounding::half_even}, {"half up", value::Rounding::half_up},
      {"half down", value::Rounding::half_down}, {"up", value::Rounding::up},
      {"down", value::Rounding::down},           {"floor", value::Rounding::floor},
      {"ceiling", value::Rounding::ceiling}};
  for (const auto& [word, mode] : modes) {
    if (word == words) return mode;
  }
  return {};
}

NodeId Expressions::rounded(const Context& context, const syntax::Expression& written) {
  NodeId a = expression(context, written.operands[0]);
  Type found = type(a);
  NodeId unit = expression(context, written.operands[1], Literals::is_time(found) ? &found : nullptr);
  if (is_error(a) || is_error(unit)) return failed(written.span);
  if (found.kind == Kind::any) {
    found = Conversions::quantity_type(type(unit));
    unit = *conversions_.as(unit, found);
    a = *conversions_.as(a, found);
  }
  if (!is_decimal(found)) {
    auto& diagnostic = complain(Code::type_mismatch, at(context, written.operands[0]).span,
                                fmt::format("{}, which is not rounded", describe(context, written.operands[0], a)));
    diagnostic.help = "numbers, quantities, money and percentages are rounded; a duration is whole as it is";
    return failed(written.span);
  }
  const auto as_found = is_decimal(type(unit)) ? conversions_.as(unit, found) : std::nullopt;
  const Span span = at(context, written.operands[1]).span;
  if (!as_found) {
    conversions_.mismatch(context, span, written.operands[0], a, written.operands[1], unit);
    return failed(written.span);
  }
  const Node step = library_.nodes[*as_found];
  const Node given = library_.nodes[unit];
  if (given.kind == NodeKind::constant && given.value > 0 && step.kind != NodeKind::constant) {
    complain(Code::bad_rounding, span, literals_.inexact(span, found)).help =
        fmt::format("write it in {}", value::spelling(found.unit));
    return failed(written.span);
  }
  if (step.kind != NodeKind::constant || step.value <= 0) {
    auto& diagnostic = complain(
        Code::bad_rounding, span,
        fmt::format("{} is not a unit to round to: it must be a value written out, above nought", quoted(span)));
    diagnostic.help = "as `1`, `0.1`, `1p`, `£1`, `5 g`";
    return failed(written.span);
  }
  Node node{NodeKind::rounded, found, {a}, step.value, 1, none, none, 0, written.span};
  if (const auto mode = rounding_mode(written.word)) node.word = static_cast<std::uint8_t>(*mode);
  return make(std::move(node));
}

}  // namespace proviso::check
