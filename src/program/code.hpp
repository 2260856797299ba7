#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/library.hpp"
#include "program/frame.hpp"

/// What a program is made of. Registers are written once (each by one instruction), numbered as they come.
namespace proviso::program {

using Register = std::uint32_t;
using SpaceId = std::uint32_t;

/// What a processor reads of memory at once.
inline constexpr std::size_t line_bytes = 64;

/// truth: planes yes and no. narrow, wide: a plane of known rows, and values of 32 or 64 bits. flags: a column of
/// yes/no as a chunk holds it, known and yes. known: the plane alone.
enum class Shape : std::uint8_t { truth, narrow, wide, flags, known };

/// Where one of a register's two pointers comes from.
struct Source {
  enum class Kind : std::uint8_t {
    nothing,
    own_plane,
    own_narrow,
    own_wide,
    all_ones,
    all_noughts,
    narrow_constant,  ///< index: of Code::narrow_constants
    wide_constant,
    first_of,  ///< index: a register
    second_of,
    column_known,  ///< index: a fact
    column_yes,
    column_narrow,
    column_wide,
    column_has_date,
    column_measured_on,
  };
  Kind kind = Kind::nothing;
  std::uint32_t index = 0;
};

struct RegisterInfo {
  Shape shape = Shape::truth;
  bool constant = false;
  bool known = false;  ///< of a constant
  std::uint16_t space = 0;
  Source first;
  Source second;
  std::int64_t bits = 0;  ///< of a known constant
};

/// What rows there are: space 0 is the records, every other goes over the elements of a list for each row of `parent`.
struct Space {
  SpaceId parent = 0;
  SpaceId owner = 0;  ///< whose rows hold the list: `parent` or a space around it
  model::FactId list = model::none;
  model::LevelId level = 0;
  bool direct = true;  ///< each row goes over a list of its own, so that the rows are the level's as the chunk has them
};

/// A table of the library with its rows in one block: open addressing, at most half full.
struct LookupTable {
  std::uint32_t keys = 0;
  std::size_t mask = 0;
  std::vector<std::int64_t> cells;  ///< by slot: the keys, then the value
  std::vector<bool> taken;
  std::string missing;  ///< "no row in table `tariff`"
};

inline constexpr std::uint64_t first_hash = 0x9e3779b97f4a7c15;
constexpr std::uint64_t next_hash(std::uint64_t hash, std::int64_t key) {
  hash = (hash ^ static_cast<std::uint64_t>(key)) * 0xff51afd7ed558ccd;
  return hash ^ (hash >> 32);
}

struct NodeRegister {
  Register main = model::none;
  Register most = model::none;       ///< of a count: its upper bound, and `main` the lower
  model::LoopId loop = model::none;  ///< whose rows `main` counts
};

struct ConstantProblem {
  model::NodeId node;
  Reason reason;
  std::uint32_t table;
};

/// An argument of a hook that takes durations of either kind, which is given one of a known kind.
struct WidenedArgument {
  Register result;  ///< of the call
  std::uint32_t argument;
  bool days;  ///< else months
};

/// The first instruction that reads the values of a column where the chunk has them.
struct ColumnRead {
  std::uint32_t instruction;
  Register source;
  SpaceId space;
  std::uint32_t bytes;  ///< of each value
};

/// What a draft and a compiled program have alike.
struct CodeHead {
  std::uint64_t serial = 0;  ///< no two programs have the same
  const model::Library* library = nullptr;
  std::uint32_t record = 0;
  model::FactId dated_by = model::none;
  bool uses_deciding_date = false;  ///< there are measured facts
  bool calls_hooks = false;
};

/// What of a program is asked for while it is compiled, and by what is seldom read afterwards.
struct CodeTail {
  std::vector<std::vector<model::NodeId>> nodes;  ///< by instruction: whose problem it is if a row has no value
  std::vector<LookupTable> tables;
  std::vector<ColumnRead> column_reads;  ///< by instruction
  std::vector<ConstantProblem> constant_problems;
  std::vector<WidenedArgument> widened_arguments;
  std::vector<std::pair<model::LoopId, SpaceId>> loop_spaces;  ///< of the loops that the program goes over

  /// None where the program does not go over the loop.
  SpaceId space_of(model::LoopId loop) const {
    if (loop == model::none) return 0;
    for (const auto& [each, space] : loop_spaces) {
      if (each == loop) return space;
    }
    return model::none;
  }
};

/// A program being compiled.
struct Draft : CodeHead, CodeTail {
  std::vector<Instruction> instructions;
  std::vector<RegisterInfo> registers;
  std::vector<Space> spaces;
  std::vector<std::uint32_t> lists;
  std::vector<std::int64_t> immediates;
  std::vector<std::int32_t> narrow_constants;
  std::vector<std::int64_t> wide_constants;
  std::vector<model::FactId> facts;  ///< whose columns registers point into
};

/// An array in a program's block of memory.
template <typename T>
class Packed {
 public:
  Packed() = default;
  Packed(const T* first, std::size_t size) : first_(first), size_(size) {}
  const T* data() const { return first_; }
  const T* begin() const { return first_; }
  const T* end() const { return first_ + size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t index) const { return first_[index]; }

 private:
  const T* first_ = nullptr;
  std::size_t size_ = 0;
};

/// A compiled program. It is one block of memory with its arrays, so that one of thousands of programs, which is far
/// away in memory, comes at once.
struct Code : CodeHead {
  Packed<Instruction> instructions;
  Packed<RegisterInfo> registers;
  Packed<Space> spaces;
  Packed<std::uint32_t> lists;
  Packed<std::int64_t> immediates;
  Packed<std::int32_t> narrow_constants;
  Packed<std::int64_t> wide_constants;
  Packed<model::FactId> facts;

  // Where the nodes of the program are close together, their registers are held by number; where they are far apart in
  // a large library, they are looked for.
  model::NodeId first_node = 0;
  std::uint32_t dense_nodes = 0;        ///< 0: they are far apart
  Packed<NodeRegister> node_registers;  ///< by node, from first_node on; or as node_numbers
  Packed<model::NodeId> node_numbers;   ///< ascending
  CodeTail tail;

  /// `nodes` are those of the program, ascending, and `node_registers` what each became.
  static std::unique_ptr<const Code> pack(Draft draft, const std::vector<model::NodeId>& nodes,
                                          const std::vector<NodeRegister>& node_registers);

  const NodeRegister* find(model::NodeId node) const {
    const std::size_t index = std::size_t{node} - first_node;
    if (index < dense_nodes) return node_registers[index].main == model::none ? nullptr : &node_registers[index];
    return node_numbers.empty() ? nullptr : search(node);
  }
  SpaceId space_of(model::LoopId loop) const { return tail.space_of(loop); }
  /// Of the whole block.
  std::size_t bytes() const { return bytes_; }

  static void operator delete(void* block);

 private:
  struct Further {
    std::size_t bytes;
  };
  std::size_t bytes_ = 0;

  static void* operator new(std::size_t own, Further further);
  static void operator delete(void* block, Further further);
  const NodeRegister* search(model::NodeId node) const;
};

/// What instructions.def says of an instruction.
enum class Family : std::uint8_t { vector, row, list, hook };
enum class Operands : std::uint8_t { none, a, ab, abc, list };
struct OpInfo {
  const char* name;
  Family family;
  Shape result;
  Operands operands;
};
const OpInfo& info(Op op);

}  // namespace proviso::program
