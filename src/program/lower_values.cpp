#include "program/lower.hpp"
#include "value/decimal.hpp"

namespace proviso::program {

using model::Elapsed;
using model::NodeKind;

/// An operation on two at a time, from the left.
Register Lowering::chain(const Node& node, Op narrow, Op wide) {
  const Shape shape = shape_of(node.type);
  Register result = value_of(node, 0, shape);
  for (std::size_t n = 1; n < node.operands.size(); ++n) {
    result = strict(shape == Shape::narrow ? narrow : wide, {result, value_of(node, n, shape)});
  }
  return result;
}

Register Lowering::lower_number(const Node& node) {
  const Shape shape = shape_of(node.type);
  const bool narrow = shape == Shape::narrow;
  const auto a = [&](Shape wanted) { return value_of(node, 0, wanted); };
  const auto b = [&](Shape wanted) { return value_of(node, 1, wanted); };
  switch (node.kind) {
    case NodeKind::negate:
      return strict(narrow ? Op::negate_narrow : Op::negate_wide, {a(shape)});
    case NodeKind::absolute:
      return strict(narrow ? Op::absolute_narrow : Op::absolute_wide, {a(shape)});
    case NodeKind::add:
      return chain(node, Op::add_narrow, Op::add_wide);
    case NodeKind::subtract:
      return chain(node, Op::subtract_narrow, Op::subtract_wide);
    case NodeKind::minimum:
      return chain(node, Op::minimum_narrow, Op::minimum_wide);
    case NodeKind::maximum:
      return chain(node, Op::maximum_narrow, Op::maximum_wide);
    case NodeKind::multiply:
      return strict(Op::multiply, {a(Shape::wide), b(Shape::wide)});
    case NodeKind::divide:
      return strict(Op::divide, {a(Shape::wide), b(Shape::wide)});
    case NodeKind::modulo:
      return strict(Op::modulo, {a(Shape::wide), b(Shape::wide)});
    case NodeKind::rescale:
      if (node.value == node.second) return a(Shape::wide);
      return strict(Op::rescale, {a(Shape::wide)}, 0, builder_.immediates({node.value, node.second}));
    case NodeKind::rounded:
      return strict(Op::rounded, {a(Shape::wide)}, node.word, node.value);
    case NodeKind::duration_times:
      return strict(Op::duration_times, {a(Shape::narrow), b(Shape::wide)});
    case NodeKind::narrow_duration:
      if (library_.nodes[node.operands[0]].type.duration != value::DurationKind::either) return a(Shape::narrow);
      return strict(Op::narrow_duration, {a(Shape::narrow)}, 0, node.word);
    default:
      break;
  }
  // A duration as a decimal: the count is whole, the decimal scaled.
  const Register count = strict(Op::widen, {a(Shape::narrow)});
  return strict(Op::rescale, {count}, 0, builder_.immediates({node.value * value::decimal_scale, node.second}));
}

namespace {

Op between_dates(Elapsed unit) {
  switch (unit) {
    case Elapsed::years:
      return Op::years_between;
    case Elapsed::months:
      return Op::months_between;
    case Elapsed::weeks:
      return Op::weeks_between;
    case Elapsed::days:
      return Op::days_between;
    case Elapsed::working_days:
      return Op::working_days_between;
  }
  return Op::days_between;
}

}  // namespace

Register Lowering::lower_date(const Node& node) {
  const auto date = [&](std::size_t index) { return value_of(node, index, Shape::narrow); };
  const auto number = [&](std::size_t index) { return value_of(node, index, Shape::wide); };
  const auto duration_kind = [&] { return static_cast<std::int64_t>(library_.nodes[node.operands[1]].type.duration); };
  switch (node.kind) {
    case NodeKind::add_duration:
      return strict(Op::add_duration, {date(0), date(1)}, 0, duration_kind());
    case NodeKind::subtract_duration:
      return strict(Op::subtract_duration, {date(0), date(1)}, 0, duration_kind());
    case NodeKind::add_working_days:
      return strict(Op::add_working_days, {date(0), number(1)});
    case NodeKind::subtract_working_days:
      return strict(Op::subtract_working_days, {date(0), number(1)});
    case NodeKind::elapsed:
      return strict(between_dates(static_cast<Elapsed>(node.word)), {date(0), date(1)});
    case NodeKind::month_of:
      return strict(Op::month_of, {date(0)});
    case NodeKind::year_of:
      return strict(Op::year_of, {date(0)});
    case NodeKind::financial_year_of:
      return strict(Op::financial_year_of, {date(0)});
    case NodeKind::start_of_month_of:
      return strict(Op::start_of_month_of, {date(0)});
    case NodeKind::end_of_month_of:
      return strict(Op::end_of_month_of, {date(0)});
    default:
      break;
  }
  return strict(Op::working_day_of_month_of, {number(0), date(1)});
}

}  // namespace proviso::program
