#pragma once

#include <unordered_map>
#include <vector>

#include "program/code.hpp"
#include "program/frame.hpp"

namespace proviso::program {

/// Writes a program: an instruction that is there already is not written again, and one whose operands are all
/// constants becomes a constant.
class Builder {
 public:
  Builder(const model::Library& library, std::uint32_t record);

  /// Problems of what is written from now on are those of `node`.
  void set_node(model::NodeId node) { node_ = node; }

  Register constant(Shape shape, std::int64_t bits);
  Register unknown(Shape shape);
  Register truth(bool yes) { return constant(Shape::truth, yes ? 1 : 0); }

  /// The result of an instruction for the rows of `space`; its operands count the rows of that space or are constants.
  Register emit(Op op, SpaceId space, Register a = 0, Register b = 0, Register c = 0, std::uint32_t count = 0,
                std::int64_t immediate = 0);
  Register emit_list(Op op, SpaceId space, const std::vector<Register>& operands, std::int64_t immediate = 0);
  /// Puts numbers in the pool of immediates.
  std::int64_t immediates(const std::vector<std::int64_t>& numbers);

  /// A register of which nothing is its own: the two pointers come from elsewhere. Two alike are one.
  Register alias(Shape shape, SpaceId space, Source first, Source second);
  Register negation(Register truth);
  /// yes where `yes` is yes, no where `no` is no.
  Register mixed(Register yes, Register no);

  SpaceId space(SpaceId parent, SpaceId owner, model::FactId list);
  std::size_t depth(SpaceId space) const;
  /// The innermost of the spaces of the registers.
  SpaceId join(const std::vector<Register>& registers) const;
  /// The register's values for each row of `space`, which is its own or inside it.
  Register at(Register source, SpaceId space);

  const RegisterInfo& operator[](Register number) const { return code_.registers[number]; }
  bool is_unknown(Register number) const { return (*this)[number].constant && !(*this)[number].known; }
  bool is_known_constant(Register number) const { return (*this)[number].constant && (*this)[number].known; }

  Draft& code() { return code_; }

 private:
  Register add(RegisterInfo info);
  Register add_result(const Instruction& instruction);
  Register write(Instruction instruction);
  bool is_foldable(const Instruction& instruction) const;
  Register fold(const Instruction& instruction);
  void note_node(std::size_t instruction);

  Draft code_;
  model::NodeId node_ = model::none;
  std::unordered_map<std::vector<std::int64_t>, std::uint32_t, model::KeyHash> instructions_;
  std::unordered_map<std::vector<std::int64_t>, Register, model::KeyHash> aliases_;
  std::vector<RegisterPointers> folding_;  ///< by register: of the instruction that is folded, and of those before it
  std::unordered_map<std::vector<std::int64_t>, Register, model::KeyHash> constants_;
  std::unordered_map<std::vector<std::int64_t>, std::uint32_t, model::KeyHash> lists_;
  std::unordered_map<std::vector<std::int64_t>, std::int64_t, model::KeyHash> immediates_;
};

}  // namespace proviso::program
