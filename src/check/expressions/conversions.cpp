#include "check/expressions/conversions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "check/expressions/meant.hpp"
#include "value/decimal.hpp"

// Values of one type as another: percent as number, grams as kilograms, durations as quantities of time.
namespace proviso::check {

namespace {

/// The unit of time in which a duration of that kind counts.
value::Unit unit_of(value::DurationKind kind) {
  return kind == value::DurationKind::months ? value::Unit::months : value::Unit::days;
}

}  // namespace

Type Conversions::quantity_type(const Type& type) {
  if (type.kind != Kind::duration || type.duration == value::DurationKind::either) return type;
  Type quantity;
  quantity.kind = Kind::quantity;
  quantity.unit = unit_of(type.duration);
  return quantity;
}

bool Conversions::two_kinds(const Type& a, const Type& b) {
  const auto settled = [](const Type& type) {
    return type.kind == Kind::duration && type.duration != value::DurationKind::either;
  };
  return settled(a) && settled(b) && a.duration != b.duration;
}

/// A constant is converted here where that is exact; anything else when it is evaluated, and then too it is exact or
/// unknown.
NodeId Conversions::rescaled(NodeId id, value::Unit to) {
  const Node node = library_.nodes[id];
  if (node.type.unit == to) return id;
  Type type = node.type;
  type.unit = to;
  const std::int64_t numerator = value::size(node.type.unit);
  const std::int64_t denominator = value::size(to);
  if (node.kind == NodeKind::constant) {
    std::int64_t bits = 0;
    std::int64_t back = 0;
    if (value::rescale(node.value, numerator, denominator, bits) &&
        value::rescale(bits, denominator, numerator, back) && back == node.value) {
      return constant_node(type, bits, node.span);
    }
  }
  if (node.kind == NodeKind::unknown) return unknown_node(type, node.span);
  Node result{NodeKind::rescale, type, {id}, numerator, denominator, none, none, 0, node.span};
  return make(std::move(result));
}

/// What is done to values of any type as a value of `to`. So the sum of nothing is nought, of whatever it is asked.
NodeId Conversions::settled(NodeId id, const Type& to) {
  Node node = library_.nodes[id];
  std::size_t first = 0;
  std::size_t last = node.operands.size();  // those that are of the type of the whole
  switch (node.kind) {
    case NodeKind::definition:
    case NodeKind::first_known:
      break;
    case NodeKind::conditional:
      first = 1;
      break;
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::minimum:
    case NodeKind::maximum:
    case NodeKind::negate:
    case NodeKind::absolute:
      if (!is_decimal(to)) return unknown_node(to, node.span);
      break;
    case NodeKind::sum:
    case NodeKind::multiply:
    case NodeKind::divide:
      if (!is_decimal(to)) return unknown_node(to, node.span);
      last = 1;
      break;
    default:
      return unknown_node(to, node.span);
  }
  node.type = to;
  for (; first < last; ++first) node.operands[first] = *as(node.operands[first], to);
  return make(std::move(node));
}

/// What a duration is of that is worked out from durations and numbers written out; nothing where it is worked out from
/// facts.
std::optional<std::int64_t> Conversions::counted(NodeId id) const {
  const Node& node = library_.nodes[id];
  const auto operand = [&](std::size_t i) { return counted(node.operands[i]); };
  std::optional<std::int64_t> count;
  switch (node.kind) {
    case NodeKind::constant:
      return node.value;
    case NodeKind::negate:
    case NodeKind::absolute:
      if (const auto a = operand(0)) count = node.kind == NodeKind::negate || *a < 0 ? -*a : *a;
      break;
    case NodeKind::add:
    case NodeKind::subtract:
      if (const auto a = operand(0)) {
        if (const auto b = operand(1)) count = node.kind == NodeKind::add ? *a + *b : *a - *b;
      }
      break;
    case NodeKind::duration_times: {
      const auto a = operand(0);
      const Node& factor = library_.nodes[node.operands[1]];
      const bool whole = factor.kind == NodeKind::constant && factor.value % value::decimal_scale == 0;
      // The product is not told apart from one that is out of range before it is made.
      if (a && whole && std::abs(factor.value / value::decimal_scale) <= INT32_MAX) {
        count = *a * (factor.value / value::decimal_scale);
      }
      break;
    }
    default:
      break;
  }
  return count && std::abs(*count) <= INT32_MAX / 2 ? count : std::nullopt;
}

/// A duration of months or of days as one of either kind, where it is one of several that are written out.
std::optional<NodeId> Conversions::as_either(NodeId id, const Type& to) {
  Node node = library_.nodes[id];
  if (const auto count = counted(id)) {
    return constant_node(to, *count * 2 + (node.type.duration == value::DurationKind::days ? 1 : 0), node.span);
  }
  if (node.kind == NodeKind::unknown) return unknown_node(to, node.span);
  if (node.kind != NodeKind::conditional && node.kind != NodeKind::first_known) return {};
  for (std::size_t i = node.kind == NodeKind::conditional ? 1 : 0; i < node.operands.size(); ++i) {
    const auto operand = as(node.operands[i], to);
    if (!operand) return {};
    node.operands[i] = *operand;
  }
  node.type = to;
  return make(std::move(node));
}

std::optional<NodeId> Conversions::as(NodeId id, const Type& to) {
  const Node node = library_.nodes[id];
  const Type& from = node.type;
  if (from == to) return id;
  if (from.kind == Kind::error || to.kind == Kind::error) return id;
  if (from.kind == Kind::any) return settled(id, to);
  if (to.kind == Kind::any) return id;
  if (numberlike(from) && numberlike(to)) {
    if (node.kind == NodeKind::constant) return constant_node(to, node.value, node.span);
    return id;
  }
  if (from.kind == Kind::quantity && to.kind == Kind::quantity) {
    if (value::dimension(from.unit) != value::dimension(to.unit)) return {};
    return rescaled(id, to.unit);
  }
  if (from.kind == Kind::duration && to.kind == Kind::duration) {
    if (from.duration == value::DurationKind::either) {
      Node narrowed{
          NodeKind::narrow_duration, to, {id}, 0, 1, none, none, static_cast<std::uint8_t>(to.duration), node.span};
      return make(std::move(narrowed));
    }
    if (to.duration != value::DurationKind::either) return {};
    return as_either(id, to);
  }
  if (from.kind == Kind::duration && to.kind == Kind::quantity && from.duration != value::DurationKind::either) {
    const Type type = quantity_type(from);
    const value::Unit unit = type.unit;
    if (value::dimension(unit) != value::dimension(to.unit)) return {};
    if (node.kind == NodeKind::constant) {
      return rescaled(constant_node(type, node.value * value::decimal_scale, node.span), to.unit);
    }
    Node quantity{
        NodeKind::duration_as_decimal, to, {id}, value::size(unit), value::size(to.unit), none, none, 0, node.span};
    return make(std::move(quantity));
  }
  return {};
}

/// The smaller unit, where units differ: what is exact in either is exact in that one. Percent is a number as soon as a
/// number is there.
std::optional<Type> Conversions::common(const Type& a, const Type& b) const {
  if (a == b) return a;
  if (a.kind == Kind::error || a.kind == Kind::any) return b;
  if (b.kind == Kind::error || b.kind == Kind::any) return a;
  if (numberlike(a) && numberlike(b)) {
    Type number;
    number.kind = Kind::number;
    return number;
  }
  if (a.kind == Kind::quantity && b.kind == Kind::quantity && value::dimension(a.unit) == value::dimension(b.unit)) {
    return value::size(a.unit) <= value::size(b.unit) ? a : b;
  }
  if (a.kind == Kind::duration && b.kind == Kind::duration) {
    if (a.duration == value::DurationKind::either) return b;
    if (b.duration == value::DurationKind::either) return a;
    return {};
  }
  const auto of_time = [](const Type& duration, const Type& quantity) {
    return duration.kind == Kind::duration && quantity.kind == Kind::quantity &&
           duration.duration != value::DurationKind::either &&
           value::dimension(unit_of(duration.duration)) == value::dimension(quantity.unit);
  };
  if (of_time(a, b)) return common(quantity_type(a), b);
  if (of_time(b, a)) return common(a, quantity_type(b));
  return {};
}

/// Whether what stands right behind a number could not be read: then it is not known to be a number alone.
bool Conversions::unread_behind(const syntax::Expression& written) const {
  if (written.kind != ExpressionKind::number) return false;
  const std::string_view content = sources_.file(written.span.file).content();
  const std::size_t next = content.find_first_not_of(" \t", written.span.end);
  if (next == std::string_view::npos || content[next] == '\n' || content[next] == '\r') return false;
  const auto& all = diagnostics_.all();
  return std::any_of(all.begin(), all.end(), [&](const auto& each) {
    return each.code == Code::syntax && each.span.file == written.span.file && each.span.begin == next;
  });
}

bool Conversions::mismatch(const Context& context, Span span, ExpressionId a, NodeId left, ExpressionId b,
                           NodeId right) {
  if (unread_behind(at(context, a)) || unread_behind(at(context, b))) return false;
  const Type& x = type(left);
  const Type& y = type(right);
  const std::string message = fmt::format("{}, but {}", describe(context, a, left), describe(context, b, right));
  const bool quantities = (x.kind == Kind::quantity && (y.kind == Kind::quantity || y.kind == Kind::number)) ||
                          (y.kind == Kind::quantity && x.kind == Kind::number);
  if (x.kind == Kind::duration && y.kind == Kind::duration) {
    const auto kind = [](const Type& type) {
      return type.duration == value::DurationKind::months ? "months"
             : type.duration == value::DurationKind::days ? "days"
                                                          : "months or in days";
    };
    auto& diagnostic = complain(Code::duration_kinds, span,
                                fmt::format("{} is counted in {}, but {} in {}", quoted(at(context, a).span), kind(x),
                                            quoted(at(context, b).span), kind(y)));
    diagnostic.help = "a month has no fixed number of days: count both in months, or both in days";
    return false;
  }
  if (quantities) {
    auto& diagnostic = complain(Code::unit_mismatch, span, message);
    const bool left_plain = x.kind == Kind::number;
    if (left_plain || y.kind == Kind::number) {
      const auto& plain = at(context, left_plain ? a : b);
      const value::Unit unit = left_plain ? y.unit : x.unit;
      if (plain.kind == ExpressionKind::number) {
        diagnostic.help = fmt::format("write the unit: `{} {}`", plain.text, value::spelling(unit));
      }
    }
    return false;
  }
  if (x.kind == Kind::code && y.kind == Kind::code) {
    complain(Code::wrong_code_system, span, message);
    return false;
  }
  auto& diagnostic = complain(Code::type_mismatch, span, message);
  const auto plain_number = [&](const Type& type, ExpressionId id) {
    return type.kind == Kind::number && at(context, id).kind == ExpressionKind::number;
  };
  if (x.kind == Kind::money && plain_number(y, b)) diagnostic.help = fmt::format("write `£{}`", at(context, b).text);
  if (y.kind == Kind::money && plain_number(x, a)) diagnostic.help = fmt::format("write `£{}`", at(context, a).text);
  if (x.kind == Kind::duration && plain_number(y, b)) diagnostic.help = "write the unit: `3 months`, `6 weeks`";
  const auto& tree = trees_[context.tree].tree;
  if (diagnostic.help.empty()) diagnostic.help = with_percent_sign(tree, b, x);
  if (diagnostic.help.empty()) diagnostic.help = with_percent_sign(tree, a, y);
  if (diagnostic.help.empty()) diagnostic.help = written_as(at(context, b), x);
  if (diagnostic.help.empty()) diagnostic.help = written_as(at(context, a), y);
  return false;
}

}  // namespace proviso::check
