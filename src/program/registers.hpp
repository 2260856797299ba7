#pragma once

#include <cstdint>
#include <vector>

#include "program/code.hpp"
#include "program/hook_calls.hpp"
#include "program/kernels.hpp"
#include "program/program.hpp"

namespace proviso::program {

/// More rows than this in one product of lists, and the list forms of the records that are too many are unknown.
inline constexpr std::size_t most_combinations = 4'000'000;

/// What a run fills. Bound to one program and one chunk at a time: binding points every register at its memory, at a
/// column of the chunk, or at another register; it is kept for as long as program, chunk and sizes stay the same.
struct Registers {
  explicit Registers(InstructionSet set) : table(kernels(set)) {}

  /// Makes ready to run the records [first, last) of the chunk; hooks for those of `selected` alone (null: for all).
  void prepare(const Code& code, const Chunk& chunk, std::size_t first, std::size_t last, const Deciding& deciding,
               const Plane* selected);
  /// Lists what the instructions in `failed` could not work out.
  void collect_problems();

  /// The row of `space` that row `row` of `inner`, a space inside it, belongs to.
  std::size_t climb(std::size_t row, SpaceId inner, SpaceId space) const;

  const Kernel* table;
  const Code* code = nullptr;
  Frame frame;
  std::vector<RegisterPointers> pointers;
  std::vector<SpaceRows> spaces;
  std::size_t first_record = 0;
  bool one_record = false;
  bool any_product = false;           ///< whether some space is a product of lists
  std::vector<std::uint32_t> failed;  ///< instructions with rows that have no value though their operands are known
  std::vector<Problem> problems;
  HookCalls hooks;
  std::vector<std::uint64_t> shifted;  ///< planes of one record, for reading at bit 0: by register, yes and no

 private:
  struct Product {  ///< rows of a space that is not direct
    std::vector<std::uint32_t> offsets;
    std::vector<std::uint32_t> elements;
    std::vector<std::uint64_t> list_known;
    std::vector<std::uint32_t> too_many;  ///< rows of the enclosing space
  };

  void take_deciding_date(const Chunk& chunk, const Deciding& deciding);
  void find_rows(const Chunk& chunk, SpaceId space);
  void find_product_rows(const Chunk& chunk, SpaceId space);
  bool fits(const Chunk& chunk) const;
  std::size_t words_needed(const Chunk& chunk, SpaceId space) const;
  void bind(const Chunk& chunk);
  void fetch_columns(const Chunk& chunk) const;
  void fetch_planes(const Chunk& chunk) const;
  void* memory(std::size_t bytes);
  void* resolve(const Chunk& chunk, const RegisterInfo& info, const Source& source);
  void add_problems(std::uint32_t instruction);
  void add_hook_problems(std::uint32_t instruction);
  void add_problem(std::size_t row, SpaceId space, std::uint32_t instruction, Reason reason);
  void add_product_problems();
  void add_constant_problems();

  std::uint64_t bound_code_ = 0;
  std::uint64_t bound_layout_ = 0;
  std::vector<std::size_t> words_;  ///< by space: words of rows that its registers have room for
  std::vector<Product> products_;   ///< by space
  std::vector<std::uint64_t> arena_;
  std::size_t arena_used_ = 0;
  std::vector<std::uint64_t> ones_;
  std::vector<std::uint64_t> noughts_;
};

/// Runs the instructions for the one record that the registers were prepared for.
void run_instructions_for_one(Registers& registers);

}  // namespace proviso::program
