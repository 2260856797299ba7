#include "program/lower.hpp"

namespace proviso::program {

using Kind = Source::Kind;

Register Lowering::constant_of(const model::Constant& constant) {
  const Shape shape = shape_of(constant.type);
  return constant.known ? builder_.constant(shape, constant.bits) : builder_.unknown(shape);
}

Register Lowering::lower_constant(const Node& node) {
  if (node.kind == model::NodeKind::constant) return constant_of({node.type, true, node.value});
  if (node.kind == model::NodeKind::threshold) {
    const model::ThresholdValue* value =
        library_.in_force(library_.thresholds[node.index], setting_.place, setting_.date);
    if (value != nullptr) return constant_of(value->constant);
  }
  return builder_.unknown(shape_of(node.type));
}

/// A column in the rows of `space`: as the chunk holds it where the space has the level's rows, else gathered.
Register Lowering::column(Kind plane, Kind values, Shape shape, model::FactId fact, SpaceId space) {
  const Space& rows = code().spaces[space];
  const Source second = values == Kind::nothing ? Source{} : Source{values, fact};
  if (rows.direct) return builder_.alias(shape, space, {plane, fact}, second);
  // The column itself counts the level's rows; only the gathering instruction reads it.
  const Register source = builder_.alias(shape, space, {plane, fact}, second);
  const Op op = shape == Shape::narrow  ? Op::gather_narrow
                : shape == Shape::wide  ? Op::gather_wide
                : shape == Shape::flags ? Op::gather_flags
                                        : Op::gather_known;
  return builder_.emit(op, space, source);
}

Register Lowering::fact_column(model::FactId id, SpaceId space) {
  const model::Fact& fact = record_.facts[id];
  switch (shape_of(fact.type)) {
    case Shape::narrow:
      return column(Kind::column_known, Kind::column_narrow, Shape::narrow, id, space);
    case Shape::wide:
      return column(Kind::column_known, Kind::column_wide, Shape::wide, id, space);
    case Shape::known:
      return column(Kind::column_known, Kind::nothing, Shape::known, id, space);
    case Shape::truth:
    case Shape::flags:
      break;
  }
  return column(Kind::column_known, Kind::column_yes, Shape::flags, id, space);
}

Register Lowering::lower_fact(const Node& node) {
  const SpaceId space = space_of(node.loop);
  const model::Fact& fact = record_.facts[node.index];
  Register values = fact_column(node.index, space);
  if (fact.measured) values = measured(node.index, values, space);
  return fact.type.kind == value::Kind::truth ? builder_.emit(Op::truth_of, space, values) : values;
}

/// The same values, known only where they count on the deciding date.
Register Lowering::measured(model::FactId id, Register values, SpaceId space) {
  const model::Fact& fact = record_.facts[id];
  const Register on = column(Kind::column_has_date, Kind::column_measured_on, Shape::narrow, id, space);
  const Register deciding = builder_.emit(Op::deciding_date, 0);
  code().uses_deciding_date = true;
  std::vector<Register> operands = {values, on, builder_.at(deciding, space)};
  if (fact.valid > 0) {
    const auto kind = static_cast<std::uint32_t>(fact.valid_kind);
    operands.push_back(builder_.at(builder_.emit(Op::earliest_measured, 0, deciding, 0, 0, kind, fact.valid), space));
  }
  const Register known = builder_.emit_list(Op::measured, space, operands);
  return builder_.alias(builder_[values].shape, space, {Kind::first_of, known}, {Kind::second_of, values});
}

std::uint32_t Lowering::table(std::uint32_t index) {
  if (const auto known = tables_.find(index); known != tables_.end()) return known->second;
  const model::Table& source = library_.tables[index];
  LookupTable& copy = code().tables.emplace_back();
  copy.keys = static_cast<std::uint32_t>(source.keys.size());
  copy.missing = "no row in table `" + source.name + "`";
  std::size_t slots = 2;
  while (slots < source.rows.size() * 2) slots *= 2;
  copy.mask = slots - 1;
  copy.cells.resize(slots * (copy.keys + 1));
  copy.taken.resize(slots);
  for (const auto& [keys, value] : source.rows) {
    std::uint64_t hash = first_hash;
    for (const std::int64_t key : keys) hash = next_hash(hash, key);
    std::size_t slot = hash & copy.mask;
    while (copy.taken[slot]) slot = (slot + 1) & copy.mask;
    copy.taken[slot] = true;
    std::int64_t* cells = copy.cells.data() + slot * (copy.keys + 1);
    for (std::size_t n = 0; n < copy.keys; ++n) cells[n] = keys[n];
    cells[copy.keys] = value;
  }
  return tables_[index] = static_cast<std::uint32_t>(code().tables.size() - 1);
}

Register Lowering::lower_lookup(const Node& node) {
  const model::Table& source = library_.tables[node.index];
  std::vector<Register> keys;
  for (std::size_t n = 0; n < node.operands.size(); ++n) {
    const Shape shape = shape_of(source.keys[n]);
    Register key = value_of(node, n, shape);
    if (shape == Shape::narrow) key = strict(Op::widen, {key});
    if (shape == Shape::truth) {  // keys are numbers: yes is 1, no is 0
      const SpaceId space = builder_.join({key});
      key = builder_.emit(Op::select_wide, space, key, builder_.constant(Shape::wide, 1),
                          builder_.constant(Shape::wide, 0));
    }
    keys.push_back(key);
  }
  const Shape result = shape_of(source.value);
  const Op op = result == Shape::narrow ? Op::lookup_narrow : Op::lookup_wide;
  const SpaceId space = builder_.join(keys);
  for (Register& key : keys) {
    if (builder_.is_unknown(key)) return builder_.unknown(result);
    key = builder_.at(key, space);
  }
  const Register found = builder_.emit_list(op, space, keys, table(node.index));
  return result == Shape::truth ? equal(found, builder_.constant(Shape::wide, 1)) : found;
}

/// Unknown operands are passed on: a hook may answer without them.
Register Lowering::lower_hook(const Node& node) {
  const model::Hook& hook = library_.hooks[node.index];
  std::vector<Register> arguments;
  for (std::size_t n = 0; n < node.operands.size(); ++n) {
    arguments.push_back(value_of(node, n, shape_of(hook.parameters[n])));
  }
  const SpaceId space = builder_.join(arguments);
  for (Register& each : arguments) each = builder_.at(each, space);
  const Shape result = shape_of(node.type);
  const Op op = result == Shape::truth ? Op::hook_truth : result == Shape::narrow ? Op::hook_narrow : Op::hook_wide;
  code().calls_hooks = true;
  const Register answer = builder_.emit_list(op, space, arguments, node.index);
  for (std::uint32_t n = 0; n < node.operands.size(); ++n) {
    const value::DurationKind given = library_.nodes[node.operands[n]].type.duration;
    if (hook.parameters[n].kind == value::Kind::duration && hook.parameters[n].duration != given) {
      code().widened_arguments.push_back({answer, n, given == value::DurationKind::days});
    }
  }
  return answer;
}

}  // namespace proviso::program
