#pragma once

#include <cstddef>
#include <cstdint>

/// What kernels see: plain pointers and nothing else, so that they can be built for several instruction sets without
/// any inline function of the library being built for them too.
namespace proviso::program {

enum class Op : std::uint8_t {
#define PROVISO_INSTRUCTION(name, family, result, operands) name,
#include "program/instructions.def"
#undef PROVISO_INSTRUCTION
};

inline constexpr std::size_t op_count = 0
#define PROVISO_INSTRUCTION(name, family, result, operands) +1
#include "program/instructions.def"
#undef PROVISO_INSTRUCTION
    ;

/// Fills register `out` for all rows of `space`. See instructions.def for the operands.
struct Instruction {
  Op op = Op::conjunction;
  std::uint8_t constants = 0;  ///< bit 0: the values of `a` are one constant; bit 1: of `b`; bit 2: of `c`
  std::uint16_t space = 0;
  std::uint32_t out = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  std::uint32_t count = 0;
  std::int64_t immediate = 0;
};
static_assert(sizeof(Instruction) == 32);

/// In the list pool: a register, and whether its values are one constant.
inline constexpr std::uint32_t constant_mark = std::uint32_t{1} << 31;

/// A register: two planes (truth: yes and no), or the plane of known rows and the values, or the plane alone.
struct RegisterPointers {
  std::uint64_t* plane = nullptr;
  void* second = nullptr;

  [[gnu::always_inline]] std::uint64_t* no() const { return static_cast<std::uint64_t*>(second); }
  template <typename T>
  [[gnu::always_inline]] T* values() const {
    return static_cast<T*>(second);
  }
};

/// The rows of a space in a run. Space 0 is the records of the chunk. A loop's elements are, where each row of the
/// enclosing space goes over a list of its own, the rows of the list's level as they are in the chunk; else (a product)
/// rows numbered from 0, and `elements` says which of the level's rows each stands for.
struct SpaceRows {
  std::uint32_t first = 0;
  std::uint32_t last = 0;                     ///< one past the last row
  const std::uint32_t* offsets = nullptr;     ///< by row of the enclosing space: its first row here; one longer
  const std::uint64_t* list_known = nullptr;  ///< by row of the enclosing space
  const std::uint32_t* elements = nullptr;

  [[gnu::always_inline]] std::size_t first_word() const { return first / 64; }
  [[gnu::always_inline]] std::size_t last_word() const { return (std::size_t{last} + 63) / 64; }
  /// The bits of the word that are rows of the space.
  [[gnu::always_inline]] std::uint64_t rows_in_word(std::size_t word) const {
    std::uint64_t rows = ~std::uint64_t{0};
    const std::size_t start = word * 64;
    if (start < first) rows &= ~std::uint64_t{0} << (first - start);
    if (start + 64 > last) rows &= ~std::uint64_t{0} >> (start + 64 - last);
    return rows;
  }
};

/// The deciding date of a run, where it is not a column.
struct DecidingDate {
  enum class Kind : std::uint8_t { column, given, unknown };
  Kind kind = Kind::unknown;
  std::int32_t date = 0;
  const std::uint64_t* known = nullptr;
  const std::int32_t* dates = nullptr;
};

struct LookupTable;
class HookCalls;

struct Frame {
  const RegisterPointers* registers = nullptr;
  const SpaceRows* spaces = nullptr;
  const std::uint32_t* lists = nullptr;
  const std::int64_t* immediates = nullptr;
  const LookupTable* tables = nullptr;
  DecidingDate deciding;
  HookCalls* hooks = nullptr;  ///< where the program calls any
};

/// Fills the result for all rows of the instruction's space (rows around it, up to whole words, may be filled too).
/// True where some row whose operands are known has no value: the reason is then asked for row by row.
using Kernel = bool (*)(const Frame&, const Instruction&);

/// Why there is no value.
enum class Reason : std::uint8_t {
#define PROVISO_REASON(name, text) name,
#include "program/reasons.def"
#undef PROVISO_REASON
};

}  // namespace proviso::program
