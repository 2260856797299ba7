#include "check/expressions/conversions.hpp"

#include <fmt/format.h>

#include <algorithm>

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

std::optional<NodeId> Conversions::as(NodeId id, const Type& to) {
  const Node node = library_.nodes[id];
  const Type& from = node.type;
  if (from == to) return id;
  if (from.kind == Kind::error || to.kind == Kind::error) return id;
  if (from.kind == Kind::any) return unknown_node(to, node.span);
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
    // Only constants are ever wanted as a duration of either kind (what a field assumes).
    if (node.kind != NodeKind::constant) return {};
    return constant_node(to, node.value * 2 + (from.duration == value::DurationKind::days ? 1 : 0), node.span);
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
  if (diagnostic.help.empty()) diagnostic.help = written_as(at(context, b), x);
  if (diagnostic.help.empty()) diagnostic.help = written_as(at(context, a), y);
  return false;
}

}  // namespace proviso::check
