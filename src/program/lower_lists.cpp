#include "program/lower.hpp"

namespace proviso::program {

using model::NodeKind;

NodeRegister Lowering::lower_list(const Node& node) {
  const SpaceId elements = space_of(node.loop);
  const SpaceId holder = code().spaces[elements].parent;
  const auto condition = [&](std::size_t index) {
    if (node.operands.size() <= index) return builder_.truth(true);
    return builder_.at(value_of(node, index, Shape::truth), elements);
  };
  const auto reduced = [&](Op op, Register a, Register b = 0) {
    return builder_.emit(op, holder, a, b, 0, 0, elements);
  };
  if (node.kind == NodeKind::any) return {reduced(Op::any, condition(0)), model::none, model::none};
  if (node.kind == NodeKind::every) {  // not any that does not
    return {builder_.negation(reduced(Op::any, builder_.negation(condition(0)))), model::none, model::none};
  }
  if (node.kind == NodeKind::count) {
    return {reduced(Op::count_least, condition(0)), reduced(Op::count_most, condition(0)), model::none};
  }
  const Shape shape = shape_of(node.type);
  const bool narrow = shape == Shape::narrow;
  const Op op = node.kind == NodeKind::sum     ? (narrow ? Op::sum_narrow : Op::sum_wide)
                : node.kind == NodeKind::least ? (narrow ? Op::least_narrow : Op::least_wide)
                                               : (narrow ? Op::greatest_narrow : Op::greatest_wide);
  const Register value = builder_.at(value_of(node, 0, shape), elements);
  return {reduced(op, value, condition(1)), model::none, model::none};
}

/// Whether any element equals. The value may be in a smaller unit than the elements.
Register Lowering::in_list(const Node& node) {
  const Node& list = library_.nodes[node.operands[1]];
  const model::FactId list_fact = list.kind == NodeKind::fact ? list.index : model::none;
  if (list_fact == model::none) return builder_.unknown(Shape::truth);
  const NodeRegister source = operand(node, 0);
  const value::Type& from = library_.nodes[node.operands[0]].type;
  const Shape shape = operand_shape(node, 0);
  const SpaceId owner = space_of(list.loop);
  const SpaceId of_value = builder_[source.main].space;
  const SpaceId holder = builder_.depth(of_value) > builder_.depth(owner) ? of_value : owner;
  const SpaceId elements = builder_.space(holder, owner, list_fact);
  const model::FactId element = record_.levels[record_.facts[list_fact].elements].facts.front();
  Register member = fact_column(element, elements);
  if (shape == Shape::truth) member = builder_.emit(Op::truth_of, elements, member);
  const value::Type& to = record_.facts[element].type;
  const bool scaled = from.kind == value::Kind::quantity && from.unit != to.unit;
  const Register same = scaled ? strict(Op::equal_scaled, {source.main, member}, 0,
                                        builder_.immediates({value::size(from.unit), value::size(to.unit)}))
                               : compare(model::Comparison::equal, source, {member, model::none, model::none}, shape);
  return builder_.emit(Op::any, holder, builder_.at(same, elements), 0, 0, 0, elements);
}

}  // namespace proviso::program
