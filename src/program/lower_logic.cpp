#include <algorithm>
#include <utility>

#include "program/lower.hpp"

namespace proviso::program {

using model::NodeKind;

Register Lowering::lower_logic(const Node& node) {
  switch (node.kind) {
    case NodeKind::is_known:
      return is_known(node);
    case NodeKind::negation:
      return builder_.negation(value_of(node, 0, Shape::truth));
    case NodeKind::conjunction:
      return all_of(values_of(node, Shape::truth));
    case NodeKind::disjunction:
      return any_of(values_of(node, Shape::truth));
    case NodeKind::none_of:
      return builder_.negation(any_of(values_of(node, Shape::truth)));
    case NodeKind::at_least:
      return at_least(values_of(node, Shape::truth), node.value);
    case NodeKind::conditional:
      return conditional(node);
    default:
      return first_known(node);
  }
}

Register Lowering::all_of(std::vector<Register> operands) { return join_truths(Op::conjunction, std::move(operands)); }

Register Lowering::any_of(std::vector<Register> operands) { return join_truths(Op::disjunction, std::move(operands)); }

/// `all` is decided by one no, and a yes adds nothing to it; `any` the other way about.
Register Lowering::join_truths(Op op, std::vector<Register> operands) {
  const Register deciding = builder_.truth(op == Op::disjunction);
  const Register neutral = builder_.truth(op == Op::conjunction);
  const SpaceId space = builder_.join(operands);
  for (Register& each : operands) each = builder_.at(each, space);
  std::sort(operands.begin(), operands.end());
  operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
  if (std::find(operands.begin(), operands.end(), deciding) != operands.end()) return deciding;
  operands.erase(std::remove(operands.begin(), operands.end(), neutral), operands.end());
  if (operands.empty()) return neutral;
  return operands.size() == 1 ? operands.front() : builder_.emit_list(op, space, operands);
}

Register Lowering::at_least(std::vector<Register> operands, std::int64_t wanted) {
  const SpaceId space = builder_.join(operands);
  for (Register& each : operands) each = builder_.at(each, space);
  const auto is = [this](bool yes) {
    return [constant = builder_.truth(yes)](Register each) { return each == constant; };
  };
  wanted -= std::count_if(operands.begin(), operands.end(), is(true));
  operands.erase(std::remove_if(operands.begin(), operands.end(), is(true)), operands.end());
  operands.erase(std::remove_if(operands.begin(), operands.end(), is(false)), operands.end());
  const auto size = static_cast<std::int64_t>(operands.size());
  if (wanted <= 0) return builder_.truth(true);
  if (wanted > size) return builder_.truth(false);
  if (wanted == 1) return any_of(operands);
  if (wanted == size) return all_of(operands);
  std::sort(operands.begin(), operands.end());
  return builder_.emit_list(Op::at_least, space, operands, wanted);
}

Register Lowering::is_known(const Node& node) {
  const Register source = plain(operand(node, 0));
  if (builder_[source].constant) return builder_.truth(builder_[source].known);
  const bool is_truth = builder_[source].shape == Shape::truth;
  return builder_.emit(is_truth ? Op::known_truth : Op::known_value, builder_[source].space, source);
}

Register Lowering::conditional(const Node& node) {
  const Shape shape = shape_of(node.type);
  Register condition = value_of(node, 0, Shape::truth);
  Register yes = value_of(node, 1, shape);
  Register no = value_of(node, 2, shape);
  return select(condition, yes, no, shape);
}

Register Lowering::select(Register condition, Register yes, Register no, Shape shape) {
  if (builder_.is_known_constant(condition)) return builder_[condition].bits != 0 ? yes : no;
  if (yes == no) return yes;
  const SpaceId space = builder_.join({condition, yes, no});
  const Op op = shape == Shape::truth ? Op::select_truth : shape == Shape::narrow ? Op::select_narrow : Op::select_wide;
  return builder_.emit(op, space, builder_.at(condition, space), builder_.at(yes, space), builder_.at(no, space));
}

Register Lowering::first_known(const Node& node) {
  const Shape shape = shape_of(node.type);
  const Op op = shape == Shape::truth    ? Op::first_known_truth
                : shape == Shape::narrow ? Op::first_known_narrow
                                         : Op::first_known_wide;
  Register result = builder_.unknown(shape);
  for (std::size_t n = node.operands.size(); n-- > 0;) {
    const Register next = value_of(node, n, shape);
    const Node& operand = library_.nodes[node.operands[n]];
    if (operand.kind == NodeKind::rescale || operand.kind == NodeKind::duration_as_decimal) {
      // Known, but not to be held in the unit that all have in common, it is not passed over.
      result = select(is_known(operand), next, result, shape);
    } else if (builder_.is_known_constant(next) || builder_.is_unknown(result)) {
      result = next;
    } else if (!builder_.is_unknown(next)) {
      const SpaceId space = builder_.join({next, result});
      result = builder_.emit(op, space, builder_.at(next, space), builder_.at(result, space));
    }
  }
  return result;
}

/// An instruction that has no value where an operand is unknown.
Register Lowering::strict(Op op, const std::vector<Register>& operands, std::uint32_t count, std::int64_t immediate) {
  for (const Register each : operands) {
    if (builder_.is_unknown(each)) return builder_.unknown(info(op).result);
  }
  const SpaceId space = builder_.join(operands);
  const Register a = builder_.at(operands[0], space);
  const Register b = operands.size() > 1 ? builder_.at(operands[1], space) : 0;
  return builder_.emit(op, space, a, b, 0, count, immediate);
}

}  // namespace proviso::program
