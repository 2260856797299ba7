#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "program/frame.hpp"

/// A compiled program. Registers are written once (each by one instruction), numbered as they come.
namespace proviso::program {

using Register = std::uint32_t;
using SpaceId = std::uint32_t;

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

/// The first instruction that reads the values of a column where the chunk has them.
struct ColumnRead {
  std::uint32_t instruction;
  Register source;
  SpaceId space;
  std::uint32_t bytes;  ///< of each value
};

struct Code {
  std::uint64_t serial = 0;  ///< no two programs have the same
  const model::Library* library = nullptr;
  std::uint32_t record = 0;
  model::FactId dated_by = model::none;
  bool uses_deciding_date = false;  ///< there are measured facts

  std::vector<Instruction> instructions;
  std::vector<std::vector<model::NodeId>> nodes;  ///< by instruction: whose problem it is if a row has no value
  std::vector<RegisterInfo> registers;
  std::vector<Space> spaces;
  std::vector<std::uint32_t> lists;
  std::vector<std::int64_t> immediates;
  std::vector<std::int32_t> narrow_constants;
  std::vector<std::int64_t> wide_constants;
  std::vector<LookupTable> tables;
  std::vector<ColumnRead> column_reads;  ///< by instruction
  std::vector<model::FactId> facts;      ///< whose columns registers point into
  std::vector<ConstantProblem> constant_problems;

  model::NodeId first_node = 0;
  std::vector<NodeRegister> node_registers;  ///< by node, from first_node on
  std::vector<SpaceId> loop_spaces;          ///< by loop; none where the program does not go over it

  const NodeRegister* find(model::NodeId node) const {
    const std::size_t index = std::size_t{node} - first_node;
    if (index >= node_registers.size() || node_registers[index].main == model::none) return nullptr;
    return &node_registers[index];
  }
  SpaceId space_of(model::LoopId loop) const { return loop == model::none ? 0 : loop_spaces[loop]; }
};

/// What instructions.def says of an instruction.
enum class Family : std::uint8_t { vector, row, list };
enum class Operands : std::uint8_t { none, a, ab, abc, list };
struct OpInfo {
  const char* name;
  Family family;
  Shape result;
  Operands operands;
};
const OpInfo& info(Op op);

}  // namespace proviso::program
