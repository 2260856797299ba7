#pragma once

#include <set>
#include <unordered_map>
#include <vector>

#include "program/builder.hpp"
#include "program/program.hpp"

namespace proviso::program {

/// Turns nodes of the model into instructions, in the order of the nodes: operands come first.
class Lowering {
 public:
  Lowering(const model::Library& library, std::uint32_t record, const Setting& setting, model::FactId dated_by);

  std::unique_ptr<const Code> lower(const std::vector<model::NodeId>& roots);

 private:
  using Node = model::Node;
  using NodeId = model::NodeId;
  using Comparison = model::Comparison;

  // lower.cpp: which nodes, which loops, and by kind of node
  void find_nodes(const std::vector<NodeId>& roots);
  void find_spaces();
  void order_instructions();
  void find_column_reads();
  std::size_t loop_depth(model::LoopId loop) const;
  SpaceId space_of(model::LoopId loop);
  NodeRegister lower(const Node& node);
  Register lower_plain(const Node& node);
  NodeRegister& register_of(NodeId node) { return node_registers_[positions_.at(node)]; }
  NodeRegister operand(const Node& node, std::size_t index);
  /// The operand as one value, in a register of that shape (an unknown of no type has any shape).
  Register value_of(const Node& node, std::size_t index, Shape shape);
  std::vector<Register> values_of(const Node& node, Shape shape);
  Register plain(NodeRegister source);
  Register typed(Register source, Shape shape);
  Shape shape_of(const model::Type& type) const;
  Shape operand_shape(const Node& node, std::size_t index) const;

  // lower_facts.cpp
  Register lower_constant(const Node& node);
  Register constant_of(const model::Constant& constant);
  Register lower_fact(const Node& node);
  Register column(Source::Kind plane, Source::Kind values, Shape shape, model::FactId fact, SpaceId space);
  Register fact_column(model::FactId fact, SpaceId space);
  Register measured(model::FactId fact, Register values, SpaceId space);
  Register lower_lookup(const Node& node);
  Register lower_hook(const Node& node);
  std::uint32_t table(std::uint32_t index);

  // lower_logic.cpp
  Register lower_logic(const Node& node);
  Register all_of(std::vector<Register> operands);
  Register any_of(std::vector<Register> operands);
  Register join_truths(Op op, std::vector<Register> operands);
  Register at_least(std::vector<Register> operands, std::int64_t wanted);
  Register is_known(const Node& node);
  Register conditional(const Node& node);
  Register select(Register condition, Register yes, Register no, Shape shape);
  Register first_known(const Node& node);
  Register strict(Op op, const std::vector<Register>& operands, std::uint32_t count = 0, std::int64_t immediate = 0);

  // lower_comparisons.cpp
  Register lower_comparison(const Node& node);
  Register compare(Comparison comparison, NodeRegister a, NodeRegister b, Shape shape);
  Register compare_plain(Comparison comparison, Register a, Register b);
  Register equal(Register a, Register b);
  Register less(Register a, Register b);
  Register less_count(NodeRegister a, NodeRegister b);
  Register whole_within(NodeRegister low, NodeRegister high, NodeRegister a);
  Register between(const Node& node);
  Register compare_scaled(const Node& node);
  Register in_codes(const Node& node);
  Register in_set(const Node& node);
  Register in_intervals(Register source, const std::vector<std::int64_t>& bounds);

  // lower_values.cpp
  Register lower_number(const Node& node);
  Register lower_date(const Node& node);
  Register chain(const Node& node, Op narrow, Op wide);

  // lower_lists.cpp
  NodeRegister lower_list(const Node& node);
  Register in_list(const Node& node);

  Draft& code() { return builder_.code(); }

  const model::Library& library_;
  const model::Record& record_;
  Setting setting_;
  Builder builder_;
  // Nothing here is as large as the library, which holds many policies.
  std::vector<NodeId> nodes_;                                          ///< ascending
  std::unordered_map<NodeId, std::uint32_t> positions_;                ///< in nodes_
  std::vector<NodeRegister> node_registers_;                           ///< as nodes_
  std::vector<std::set<model::LoopId>> mentions_;                      ///< as nodes_: loops whose element it depends on
  std::unordered_map<model::LoopId, std::set<model::LoopId>> bodies_;  ///< other loops that its list forms depend on
  std::unordered_map<std::uint32_t, std::uint32_t> tables_;            ///< of the library: that of the code
};

}  // namespace proviso::program
