#pragma once

#include "program/code.hpp"
#include "program/kernels.hpp"

/// What row and list kernels are made of: a function that works out one row, and loops that call it for the rows whose
/// operands are known. The same function says afterwards why a row has no value.
namespace proviso::program {

using Word = std::uint64_t;

template <typename T>
T operand(const Frame& frame, std::uint32_t source, bool constant, std::size_t row) {
  return frame.registers[source].values<T>()[constant ? 0 : row];
}
template <typename T>
T operand_a(const Frame& frame, const Instruction& i, std::size_t row) {
  return operand<T>(frame, i.a, (i.constants & 1) != 0, row);
}
template <typename T>
T operand_b(const Frame& frame, const Instruction& i, std::size_t row) {
  return operand<T>(frame, i.b, (i.constants & 2) != 0, row);
}

inline bool plane_bit(const Word* plane, std::size_t row) { return (plane[row >> 6] >> (row & 63) & 1) != 0; }

/// The rows of the word whose operands are known.
template <Operands operands>
Word known_rows(const Frame& frame, const Instruction& i, std::size_t word) {
  Word known = frame.spaces[i.space].rows_in_word(word);
  if constexpr (operands == Operands::a) known &= frame.registers[i.a].plane[word];
  if constexpr (operands == Operands::ab) known &= frame.registers[i.a].plane[word] & frame.registers[i.b].plane[word];
  if constexpr (operands == Operands::list) {
    for (std::uint32_t n = 0; n < i.count; ++n) {
      known &= frame.registers[frame.lists[i.a + n] & ~constant_mark].plane[word];
    }
  }
  return known;
}

/// Calls `store(word, rows that have a value)` after `function` has been called for each row that `rows(word)` gives.
template <RowFunction function, typename Rows, typename Put, typename Store>
bool over_rows(const Frame& frame, const Instruction& i, Rows rows, Put put, Store store) {
  const SpaceRows& space = frame.spaces[i.space];
  bool failed = false;
  for (std::size_t w = space.first_word(); w < space.last_word(); ++w) {
    Word filled = 0;
    for (Word rest = rows(w); rest != 0; rest &= rest - 1) {
      const std::size_t row = w * 64 + static_cast<std::size_t>(__builtin_ctzll(rest));
      std::int64_t result = 0;
      const Reason reason = function(frame, i, row, result);
      if (reason == Reason::none) {
        put(row, result);
        filled |= rest & (~rest + 1);
      } else if (reason != Reason::unknown_operand) {
        failed = true;
      }
    }
    store(w, filled);
  }
  return failed;
}

/// A row kernel whose result is a value of the lane T.
template <RowFunction function, typename T, Operands operands>
bool value_kernel(const Frame& frame, const Instruction& i) {
  const RegisterPointers out = frame.registers[i.out];
  T* values = out.values<T>();
  return over_rows<function>(
      frame, i, [&](std::size_t w) { return known_rows<operands>(frame, i, w); },
      [=](std::size_t row, std::int64_t result) { values[row] = static_cast<T>(result); },
      [=](std::size_t w, Word filled) { out.plane[w] = filled; });
}

/// A row kernel whose result is truth: 0 or 1.
template <RowFunction function, Operands operands>
bool truth_kernel(const Frame& frame, const Instruction& i) {
  const RegisterPointers out = frame.registers[i.out];
  Word yes = 0;
  return over_rows<function>(
      frame, i, [&](std::size_t w) { return known_rows<operands>(frame, i, w); },
      [&](std::size_t row, std::int64_t result) { yes |= static_cast<Word>(result != 0) << (row & 63); },
      [&](std::size_t w, Word filled) {
        out.plane[w] = yes & filled;
        out.no()[w] = ~yes & filled;
        yes = 0;
      });
}

template <RowFunction function, Shape result, Operands operands>
constexpr Kernel row_kernel() {
  if constexpr (result == Shape::truth) {
    return truth_kernel<function, operands>;
  } else if constexpr (result == Shape::narrow) {
    return value_kernel<function, std::int32_t, operands>;
  } else {
    return value_kernel<function, std::int64_t, operands>;
  }
}

/// What each family's file supplies; null for instructions of the others. op_count of them.
const Kernel* row_kernels();
const Kernel* list_kernels();
const Kernel* hook_kernels();
const RowFunction* row_functions_of_rows();
const RowFunction* row_functions_of_lists();

}  // namespace proviso::program
