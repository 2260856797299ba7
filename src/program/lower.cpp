#include "program/lower.hpp"

#include <algorithm>

namespace proviso::program {
namespace {

using model::NodeKind;

bool is_list_form(NodeKind kind) {
  switch (kind) {
    case NodeKind::any:
    case NodeKind::every:
    case NodeKind::count:
    case NodeKind::sum:
    case NodeKind::least:
    case NodeKind::greatest:
      return true;
    default:
      return false;
  }
}

}  // namespace

Lowering::Lowering(const model::Library& library, std::uint32_t record, const Setting& setting, model::FactId dated_by)
    : library_(library), record_(library.records[record]), setting_(setting), builder_(library, record) {
  code().dated_by = dated_by;
}

std::unique_ptr<const Code> Lowering::lower(const std::vector<NodeId>& roots) {
  find_nodes(roots);
  find_spaces();
  for (std::size_t position = 0; position < nodes_.size(); ++position) {
    builder_.set_node(nodes_[position]);
    NodeRegister& result = node_registers_[position];
    result = lower(library_.nodes[nodes_[position]]);
    // Loops over one list share their rows; the node's own is the one that it mentions.
    for (const model::LoopId loop : mentions_[position]) {
      if (space_of(loop) == builder_[result.main].space) result.loop = loop;
    }
  }
  order_instructions();
  find_column_reads();
  return Code::pack(std::move(code()), nodes_, node_registers_);
}

/// First what reads columns alone, in the order of the columns, then all else as it was: memory is read fastest in its
/// own order.
void Lowering::order_instructions() {
  const auto column_of = [this](const Instruction& instruction) -> model::FactId {
    const Operands operands = info(instruction.op).operands;
    const Register direct[] = {instruction.a, instruction.b, instruction.c};
    if (info(instruction.op).family == Family::list || operands == Operands::list) return model::none;
    model::FactId first = model::none;
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(operands); ++i) {
      const RegisterInfo& source = builder_[direct[i]];
      if (source.constant) continue;
      if (source.first.kind < Source::Kind::column_known || source.second.kind < Source::Kind::column_known)
        return model::none;
      first = std::min(first, source.second.index);
    }
    return first;
  };
  std::vector<std::pair<model::FactId, std::uint32_t>> order;
  for (std::uint32_t n = 0; n < code().instructions.size(); ++n)
    order.emplace_back(column_of(code().instructions[n]), n);
  std::sort(order.begin(), order.end());
  std::vector<Instruction> instructions;
  std::vector<std::vector<NodeId>> nodes;
  for (const auto& [fact, n] : order) {
    instructions.push_back(code().instructions[n]);
    nodes.push_back(std::move(code().nodes[n]));
  }
  code().instructions = std::move(instructions);
  code().nodes = std::move(nodes);
}

void Lowering::find_column_reads() {
  std::set<model::FactId> facts;
  for (const RegisterInfo& each : code().registers) {
    if (each.first.kind >= Source::Kind::column_known) facts.insert(each.first.index);
  }
  code().facts.assign(facts.begin(), facts.end());
  std::vector<bool> read(code().registers.size(), false);
  for (std::uint32_t n = 0; n < code().instructions.size(); ++n) {
    const Instruction& instruction = code().instructions[n];
    const auto operands = info(instruction.op).operands;
    const Register direct[] = {instruction.a, instruction.b, instruction.c};
    for (std::uint32_t i = 0; operands != Operands::list && i < static_cast<std::uint32_t>(operands); ++i) {
      const RegisterInfo& source = builder_[direct[i]];
      const bool narrow = source.second.kind == Source::Kind::column_narrow;
      if (read[direct[i]] || (!narrow && source.second.kind != Source::Kind::column_wide)) continue;
      read[direct[i]] = true;
      if (!code().spaces[source.space].direct) continue;  // only some of its elements are read
      code().column_reads.push_back({n, direct[i], source.space, narrow ? 4u : 8u});
    }
  }
}

void Lowering::find_nodes(const std::vector<NodeId>& roots) {
  std::vector<NodeId> waiting = roots;
  while (!waiting.empty()) {
    const NodeId id = waiting.back();
    waiting.pop_back();
    if (id == model::none || !positions_.try_emplace(id, 0).second) continue;
    nodes_.push_back(id);
    const std::vector<NodeId>& operands = library_.nodes[id].operands;
    waiting.insert(waiting.end(), operands.begin(), operands.end());
  }
  std::sort(nodes_.begin(), nodes_.end());
  for (std::uint32_t position = 0; position < nodes_.size(); ++position) positions_[nodes_[position]] = position;
  node_registers_.resize(nodes_.size());
}

/// A list form need not be worked out for each element of the loop that it stands in, only for those of the loops that
/// it depends on: its loop goes inside the innermost of these.
void Lowering::find_spaces() {
  mentions_.resize(nodes_.size());
  for (std::size_t position = 0; position < nodes_.size(); ++position) {
    const Node& node = library_.nodes[nodes_[position]];
    std::set<model::LoopId>& mentioned = mentions_[position];
    for (const NodeId each : node.operands) {
      const std::set<model::LoopId>& inner = mentions_[positions_.at(each)];
      mentioned.insert(inner.begin(), inner.end());
    }
    if (node.kind == NodeKind::fact && node.loop != model::none) mentioned.insert(node.loop);
    if (!is_list_form(node.kind)) continue;
    mentioned.erase(node.loop);
    const model::LoopId owner = library_.loops[node.loop].owner;
    if (owner != model::none) mentioned.insert(owner);
    bodies_[node.loop].insert(mentioned.begin(), mentioned.end());
  }
}

std::size_t Lowering::loop_depth(model::LoopId loop) const {
  std::size_t depth = 0;
  for (; loop != model::none; loop = library_.loops[loop].enclosing) ++depth;
  return depth;
}

SpaceId Lowering::space_of(model::LoopId loop) {
  if (loop == model::none) return 0;
  if (const SpaceId known = code().space_of(loop); known != model::none) return known;
  model::LoopId innermost = model::none;
  for (const model::LoopId each : bodies_[loop]) {
    if (loop_depth(each) > loop_depth(innermost)) innermost = each;
  }
  const SpaceId parent = space_of(innermost);
  const SpaceId owner = space_of(library_.loops[loop].owner);
  const SpaceId space = builder_.space(parent, owner, library_.loops[loop].list);
  code().loop_spaces.emplace_back(loop, space);
  return space;
}

Shape Lowering::shape_of(const model::Type& type) const {
  switch (value::lane_of(type)) {
    case value::Lane::narrow:
      return Shape::narrow;
    case value::Lane::wide:
      return Shape::wide;
    case value::Lane::none:
      break;
  }
  return type.kind == value::Kind::list ? Shape::known : Shape::truth;
}

Shape Lowering::operand_shape(const Node& node, std::size_t index) const {
  return shape_of(library_.nodes[node.operands[index]].type);
}

Register Lowering::typed(Register source, Shape shape) {
  if (builder_.is_unknown(source) && builder_[source].shape != shape) return builder_.unknown(shape);
  return source;
}

Register Lowering::plain(NodeRegister source) {
  if (source.most == model::none) return source.main;
  const SpaceId space = builder_.join({source.main, source.most});
  return builder_.emit(Op::settled, space, source.main, source.most);
}

NodeRegister Lowering::operand(const Node& node, std::size_t index) { return register_of(node.operands[index]); }

Register Lowering::value_of(const Node& node, std::size_t index, Shape shape) {
  return typed(plain(operand(node, index)), shape);
}

std::vector<Register> Lowering::values_of(const Node& node, Shape shape) {
  std::vector<Register> values;
  for (std::size_t i = 0; i < node.operands.size(); ++i) values.push_back(value_of(node, i, shape));
  return values;
}

NodeRegister Lowering::lower(const Node& node) {
  if (node.kind == NodeKind::definition) return operand(node, 0);
  if (is_list_form(node.kind)) return lower_list(node);
  return {lower_plain(node), model::none, model::none};
}

Register Lowering::lower_plain(const Node& node) {
  switch (node.kind) {
    case NodeKind::constant:
    case NodeKind::unknown:
    case NodeKind::threshold:
      return lower_constant(node);
    case NodeKind::fact:
      return lower_fact(node);
    case NodeKind::lookup:
      return lower_lookup(node);
    case NodeKind::hook:
      return lower_hook(node);
    case NodeKind::negate:
    case NodeKind::absolute:
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::multiply:
    case NodeKind::divide:
    case NodeKind::modulo:
    case NodeKind::minimum:
    case NodeKind::maximum:
    case NodeKind::rescale:
    case NodeKind::rounded:
    case NodeKind::duration_times:
    case NodeKind::narrow_duration:
    case NodeKind::duration_as_decimal:
      return lower_number(node);
    case NodeKind::add_duration:
    case NodeKind::subtract_duration:
    case NodeKind::add_working_days:
    case NodeKind::subtract_working_days:
    case NodeKind::elapsed:
    case NodeKind::month_of:
    case NodeKind::year_of:
    case NodeKind::financial_year_of:
    case NodeKind::start_of_month_of:
    case NodeKind::end_of_month_of:
    case NodeKind::working_day_of_month_of:
      return lower_date(node);
    case NodeKind::compare:
    case NodeKind::compare_scaled:
    case NodeKind::between:
    case NodeKind::in_codes:
    case NodeKind::in_set:
      return lower_comparison(node);
    case NodeKind::in_list:
      return in_list(node);
    case NodeKind::is_known:
    case NodeKind::negation:
    case NodeKind::conjunction:
    case NodeKind::disjunction:
    case NodeKind::at_least:
    case NodeKind::none_of:
    case NodeKind::conditional:
    case NodeKind::first_known:
      return lower_logic(node);
    case NodeKind::definition:
    case NodeKind::any:
    case NodeKind::every:
    case NodeKind::count:
    case NodeKind::sum:
    case NodeKind::least:
    case NodeKind::greatest:
      break;
  }
  return builder_.unknown(shape_of(node.type));
}

namespace {

void add_roots(const model::Condition& condition, std::vector<model::NodeId>& roots) {
  roots.push_back(condition.node);
  for (const model::Criterion& criterion : condition.criteria) add_roots(criterion.condition, roots);
}

}  // namespace

Program compile(const model::Library& library, std::uint32_t record, const std::vector<model::NodeId>& roots,
                const Setting& setting, model::FactId dated_by) {
  return Program(Lowering(library, record, setting, dated_by).lower(roots));
}

Program compile(const model::Library& library, const model::Policy& policy, const model::Form& form,
                const Setting& setting) {
  std::vector<model::NodeId> roots = {policy.applies};
  roots.insert(roots.end(), form.values.begin(), form.values.end());
  for (const model::Clause& clause : form.clauses) {
    add_roots(clause.condition, roots);
    if (clause.payment) roots.insert(roots.end(), {clause.payment->amount, clause.payment->code});
  }
  return compile(library, policy.record, roots, setting, policy.dated_by);
}

}  // namespace proviso::program
