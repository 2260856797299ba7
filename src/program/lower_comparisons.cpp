#include <algorithm>
#include <limits>

#include "program/lower.hpp"
#include "value/decimal.hpp"

// Every comparison is `=` or `<`, or one of them with its planes (or its sides) exchanged.
namespace proviso::program {
namespace {

using model::Comparison;
using model::NodeKind;

std::int64_t greatest_of(Shape shape) {
  return shape == Shape::narrow ? std::numeric_limits<std::int32_t>::max() : std::numeric_limits<std::int64_t>::max();
}
std::int64_t least_of(Shape shape) {
  return shape == Shape::narrow ? std::numeric_limits<std::int32_t>::min() : std::numeric_limits<std::int64_t>::min();
}

/// floor(a / b) for b above 0.
value::Wide floor_quotient(value::Wide a, value::Wide b) {
  const value::Wide quotient = a / b;
  return a % b < 0 ? quotient - 1 : quotient;
}

}  // namespace

Register Lowering::lower_comparison(const Node& node) {
  switch (node.kind) {
    case NodeKind::compare: {
      Shape shape = operand_shape(node, 0);
      if (builder_.is_unknown(operand(node, 0).main)) shape = operand_shape(node, 1);
      return compare(static_cast<Comparison>(node.word), operand(node, 0), operand(node, 1), shape);
    }
    case NodeKind::compare_scaled:
      return compare_scaled(node);
    case NodeKind::between:
      return between(node);
    case NodeKind::in_codes:
      return in_codes(node);
    default:
      return in_set(node);
  }
}

Register Lowering::compare(Comparison comparison, NodeRegister a, NodeRegister b, Shape shape) {
  if (builder_.is_unknown(a.main) || builder_.is_unknown(b.main)) return builder_.unknown(Shape::truth);
  if (shape == Shape::truth) {
    const SpaceId space = builder_.join({a.main, b.main});
    const Register same = builder_.emit(Op::equal_truth, space, builder_.at(a.main, space), builder_.at(b.main, space));
    return comparison == Comparison::equal ? same : builder_.negation(same);
  }
  if (a.most == model::none && b.most == model::none) return compare_plain(comparison, a.main, b.main);
  switch (comparison) {
    case Comparison::less:
      return less_count(a, b);
    case Comparison::greater:
      return less_count(b, a);
    case Comparison::less_or_equal:
      return builder_.negation(less_count(b, a));
    case Comparison::greater_or_equal:
      return builder_.negation(less_count(a, b));
    case Comparison::equal:
    case Comparison::not_equal:
      break;
  }
  // Two intervals are surely equal where neither can be less than the other. No count is equal to part of one.
  const Register same = all_of({builder_.negation(less_count(a, b)), builder_.negation(less_count(b, a)),
                                whole_within(b, b, a), whole_within(a, a, b)});
  return comparison == Comparison::equal ? same : builder_.negation(same);
}

/// Yes where there may be a whole number from `low` to `high`, no where there is none. Always yes where `a` is no
/// count. Of limits that are counts themselves, their bounds are looked at.
Register Lowering::whole_within(NodeRegister low, NodeRegister high, NodeRegister a) {
  if (a.most == model::none) return builder_.truth(true);
  if (low.most != model::none && low.main == high.main) return builder_.truth(true);  // a count is whole
  const bool high_is_count = high.most != model::none;
  if (high_is_count) high.main = high.most;
  const std::int64_t unit = value::decimal_scale;
  Register none_there = 0;
  if (builder_.is_known_constant(low.main) && builder_.is_known_constant(high.main)) {
    const value::Wide greatest = floor_quotient(builder_[high.main].bits, unit);
    const value::Wide least = -floor_quotient(-value::Wide{builder_[low.main].bits}, unit);
    if (least <= greatest) return builder_.truth(true);
    none_there = builder_.truth(true);
  } else if (low.main == high.main) {  // one value, which may be too near the end of the range to be rounded
    return equal(strict(Op::modulo, {low.main, builder_.constant(Shape::wide, unit)}),
                 builder_.constant(Shape::wide, 0));
  } else {
    const auto rounded = [&](Register limit, value::Rounding rounding) {
      return strict(Op::rounded, {limit}, static_cast<std::uint32_t>(rounding), unit);
    };
    none_there = less(rounded(high.main, value::Rounding::floor), rounded(low.main, value::Rounding::ceiling));
    // Where others may be missing from its list, there is no most.
    if (high_is_count && !builder_[high.main].constant) {
      none_there = all_of({none_there, builder_.emit(Op::known_value, builder_[high.main].space, high.main)});
    }
  }
  return builder_.negation(none_there);
}

/// By the bounds: surely less where the most of `a` is less than the least of `b`, surely not where the least of `a` is
/// not less than the most of `b`.
Register Lowering::less_count(NodeRegister a, NodeRegister b) {
  const Register most_a = a.most == model::none ? a.main : a.most;
  const Register most_b = b.most == model::none ? b.main : b.most;
  return builder_.mixed(less(most_a, b.main), less(a.main, most_b));
}

Register Lowering::compare_plain(Comparison comparison, Register a, Register b) {
  switch (comparison) {
    case Comparison::equal:
      return equal(a, b);
    case Comparison::not_equal:
      return builder_.negation(equal(a, b));
    case Comparison::less:
      return less(a, b);
    case Comparison::greater:
      return less(b, a);
    case Comparison::less_or_equal:
      return builder_.negation(less(b, a));
    case Comparison::greater_or_equal:
      return builder_.negation(less(a, b));
  }
  return builder_.unknown(Shape::truth);
}

Register Lowering::equal(Register a, Register b) {
  if (builder_.is_unknown(a) || builder_.is_unknown(b)) return builder_.unknown(Shape::truth);
  const bool narrow = builder_[a].shape == Shape::narrow;
  if (builder_[a].constant) std::swap(a, b);
  if (builder_[a].constant) return builder_.truth(builder_[a].bits == builder_[b].bits);
  if (builder_[b].constant) {
    const Op op = narrow ? Op::equal_narrow_constant : Op::equal_wide_constant;
    return builder_.emit(op, builder_[a].space, a, 0, 0, 0, builder_[b].bits);
  }
  if (a > b) std::swap(a, b);
  return strict(narrow ? Op::equal_narrow : Op::equal_wide, {a, b});
}

Register Lowering::less(Register a, Register b) {
  if (builder_.is_unknown(a) || builder_.is_unknown(b)) return builder_.unknown(Shape::truth);
  const Shape shape = builder_[a].shape;
  const bool narrow = shape == Shape::narrow;
  const Op constant_op = narrow ? Op::less_narrow_constant : Op::less_wide_constant;
  if (builder_[a].constant && builder_[b].constant) return builder_.truth(builder_[a].bits < builder_[b].bits);
  if (builder_[b].constant) return builder_.emit(constant_op, builder_[a].space, a, 0, 0, 0, builder_[b].bits);
  if (builder_[a].constant) {  // not b < a + 1
    const std::int64_t bits = builder_[a].bits;
    if (bits == greatest_of(shape)) {
      return builder_.emit(constant_op, builder_[b].space, b, 0, 0, 0, least_of(shape));
    }
    return builder_.negation(builder_.emit(constant_op, builder_[b].space, b, 0, 0, 0, bits + 1));
  }
  return strict(narrow ? Op::less_narrow : Op::less_wide, {a, b});
}

Register Lowering::between(const Node& node) {
  const NodeRegister a = operand(node, 0);
  const NodeRegister low = operand(node, 1);
  const NodeRegister high = operand(node, 2);
  const bool by_constants = a.most == model::none && !builder_[a.main].constant &&
                            builder_.is_known_constant(low.main) && builder_.is_known_constant(high.main);
  if (by_constants) return in_intervals(a.main, {builder_[low.main].bits, builder_[high.main].bits});
  const Shape shape = operand_shape(node, 0);
  return all_of({compare(Comparison::greater_or_equal, a, low, shape),
                 compare(Comparison::less_or_equal, a, high, shape), whole_within(low, high, a)});
}

Register Lowering::compare_scaled(const Node& node) {
  auto comparison = static_cast<Comparison>(node.word);
  Register a = value_of(node, 0, Shape::wide);
  Register b = value_of(node, 1, Shape::wide);
  std::int64_t factor_a = node.value;
  std::int64_t factor_b = node.second;
  if (builder_.is_unknown(a) || builder_.is_unknown(b)) return builder_.unknown(Shape::truth);
  if (builder_[a].constant) {
    std::swap(a, b);
    std::swap(factor_a, factor_b);
    comparison = mirrored(comparison);
  }
  if (!builder_[b].constant || builder_[a].constant || factor_a <= 0) {
    const auto scaled = [&](Op op, bool exchanged) {
      return exchanged ? strict(op, {b, a}, 0, builder_.immediates({factor_b, factor_a}))
                       : strict(op, {a, b}, 0, builder_.immediates({factor_a, factor_b}));
    };
    switch (comparison) {
      case Comparison::equal:
        return scaled(Op::equal_scaled, false);
      case Comparison::not_equal:
        return builder_.negation(scaled(Op::equal_scaled, false));
      case Comparison::less:
        return scaled(Op::less_scaled, false);
      case Comparison::greater:
        return scaled(Op::less_scaled, true);
      case Comparison::less_or_equal:
        return builder_.negation(scaled(Op::less_scaled, true));
      case Comparison::greater_or_equal:
        return builder_.negation(scaled(Op::less_scaled, false));
    }
  }
  // Against a constant it is a comparison with the constant in the unit of a: a * factor_a <= k where a <= floor(k /
  // factor_a).
  const value::Wide k = value::Wide{builder_[b].bits} * factor_b;
  const value::Wide floor = floor_quotient(k, factor_a);
  const bool exact = k % factor_a == 0;
  const auto within = [](value::Wide bound) {
    return std::clamp<value::Wide>(bound, std::numeric_limits<std::int64_t>::min(),
                                   std::numeric_limits<std::int64_t>::max());
  };
  // No decimal is the least number of 64 bits, so that a clamped interval holds no more than it should.
  const auto interval = [&](value::Wide low, value::Wide high) {
    return in_intervals(a, {static_cast<std::int64_t>(within(low)), static_cast<std::int64_t>(within(high))});
  };
  const value::Wide least = std::numeric_limits<std::int64_t>::min();
  const bool reachable = floor >= least && floor <= std::numeric_limits<std::int64_t>::max();
  const Register same = exact && reachable ? interval(floor, floor) : in_intervals(a, {});
  const Register at_most = floor < least ? in_intervals(a, {}) : interval(least, floor);
  switch (comparison) {
    case Comparison::equal:
      return same;
    case Comparison::not_equal:
      return builder_.negation(same);
    case Comparison::less_or_equal:
      return at_most;
    case Comparison::greater:
      return builder_.negation(at_most);
    case Comparison::less:
    case Comparison::greater_or_equal:
      break;
  }
  const value::Wide below = exact ? floor - 1 : floor;
  const Register less = below < least ? in_intervals(a, {}) : interval(least, below);
  return comparison == Comparison::less ? less : builder_.negation(less);
}

namespace {

/// Sorts intervals and joins those that touch. `bounds` is first and last of each, in turn.
std::vector<std::int64_t> merged(const std::vector<std::int64_t>& bounds) {
  std::vector<std::pair<std::int64_t, std::int64_t>> intervals;
  for (std::size_t i = 0; i + 1 < bounds.size(); i += 2) {
    if (bounds[i] <= bounds[i + 1]) intervals.emplace_back(bounds[i], bounds[i + 1]);
  }
  std::sort(intervals.begin(), intervals.end());
  std::vector<std::int64_t> result;
  for (const auto& [first, last] : intervals) {
    if (!result.empty() && (result.back() == std::numeric_limits<std::int64_t>::max() || first <= result.back() + 1)) {
      result.back() = std::max(result.back(), last);
    } else {
      result.push_back(first);
      result.push_back(last);
    }
  }
  return result;
}

}  // namespace

/// Whether the value is in one of the intervals, both ends included.
Register Lowering::in_intervals(Register source, const std::vector<std::int64_t>& bounds) {
  constexpr std::size_t few = 16;
  const RegisterInfo info = builder_[source];
  if (builder_.is_unknown(source)) return builder_.unknown(Shape::truth);
  std::vector<std::int64_t> clamped;
  for (std::size_t i = 0; i + 1 < bounds.size(); i += 2) {
    if (bounds[i] > greatest_of(info.shape) || bounds[i + 1] < least_of(info.shape)) continue;
    clamped.push_back(std::max(bounds[i], least_of(info.shape)));
    clamped.push_back(std::min(bounds[i + 1], greatest_of(info.shape)));
  }
  const std::vector<std::int64_t> intervals = merged(clamped);
  if (info.constant) {
    for (std::size_t i = 0; i < intervals.size(); i += 2) {
      if (intervals[i] <= info.bits && info.bits <= intervals[i + 1]) return builder_.truth(true);
    }
    return builder_.truth(false);
  }
  if (intervals.empty()) return builder_.emit(Op::mask, info.space, builder_.truth(false), source);
  if (intervals.size() == 2 && intervals[0] == intervals[1]) {
    return equal(source, builder_.constant(info.shape, intervals[0]));
  }
  const bool narrow = info.shape == Shape::narrow;
  const std::size_t count = intervals.size() / 2;
  const Op op = count <= few ? (narrow ? Op::few_intervals_narrow : Op::few_intervals_wide)
                             : (narrow ? Op::many_intervals_narrow : Op::many_intervals_wide);
  return builder_.emit(op, info.space, source, 0, 0, static_cast<std::uint32_t>(count), builder_.immediates(intervals));
}

Register Lowering::in_codes(const Node& node) {
  const Register source = value_of(node, 0, operand_shape(node, 0));
  const model::CodeBlock* block = library_.in_force(library_.code_lists[node.index], setting_.place, setting_.date);
  if (block == nullptr) return builder_.unknown(Shape::truth);
  std::vector<std::int64_t> bounds;
  for (std::size_t i = 0; i < block->firsts.size(); ++i) {
    bounds.push_back(block->firsts[i]);
    bounds.push_back(block->lasts[i]);
  }
  return in_intervals(source, bounds);
}

/// The constants of the set are tested together; each other member is a comparison.
Register Lowering::in_set(const Node& node) {
  const Shape shape = operand_shape(node, 0);
  const NodeRegister source = operand(node, 0);
  std::vector<std::int64_t> constants;
  std::vector<Register> tests;
  for (std::size_t n = 1; n < node.operands.size(); ++n) {
    const NodeRegister member = operand(node, n);
    if (builder_.is_known_constant(member.main) && shape != Shape::truth && source.most == model::none) {
      constants.insert(constants.end(), 2, builder_[member.main].bits);
    } else {
      tests.push_back(compare(Comparison::equal, source, member, shape));
    }
  }
  if (!constants.empty()) tests.push_back(in_intervals(source.main, constants));
  return any_of(tests);
}

}  // namespace proviso::program
