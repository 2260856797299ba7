#include "program/kernels.hpp"

#include <array>

#include "program/row_functions.hpp"

namespace proviso::program {
namespace {

using Table = std::array<Kernel, op_count>;

Table table_with(const Kernel* vector) {
  Table table{};
  for (std::size_t op = 0; op < op_count; ++op) {
    for (const Kernel* family : {vector, row_kernels(), list_kernels(), hook_kernels()}) {
      if (family[op] != nullptr) table[op] = family[op];
    }
  }
  return table;
}

struct Tables {
  Table baseline;
  Table avx2;
  Table avx512;
  std::array<RowFunction, op_count> functions{};
};

Tables make_tables() {
  Tables tables;
  const Kernel* best = baseline::vector_kernels();
  tables.baseline = table_with(best);
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (avx2::vector_kernels() != nullptr && __builtin_cpu_supports("avx2")) best = avx2::vector_kernels();
#endif
  tables.avx2 = table_with(best);
#if defined(__x86_64__)
  const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                          __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (avx512::vector_kernels() != nullptr && has_avx512) best = avx512::vector_kernels();
#endif
  tables.avx512 = table_with(best);
  for (std::size_t op = 0; op < op_count; ++op) {
    const RowFunction of_row = row_functions_of_rows()[op];
    tables.functions[op] = of_row != nullptr ? of_row : row_functions_of_lists()[op];
  }
  return tables;
}

const Tables& tables() {
  static const Tables all = make_tables();
  return all;
}

}  // namespace

const Kernel* kernels(InstructionSet set) {
  switch (set) {
    case InstructionSet::baseline:
      return tables().baseline.data();
    case InstructionSet::avx2:
      return tables().avx2.data();
    case InstructionSet::avx512:
    case InstructionSet::best:
      break;
  }
  return tables().avx512.data();
}

const RowFunction* row_functions() { return tables().functions.data(); }

Reason reason_for(const Frame& frame, const Instruction& instruction, std::size_t row) {
  const RowFunction function = row_functions()[static_cast<std::size_t>(instruction.op)];
  std::int64_t ignored = 0;
  if (function != nullptr) return function(frame, instruction, row, ignored);
  return info(instruction.op).result == Shape::narrow ? Reason::duration_out_of_range : Reason::number_out_of_range;
}

}  // namespace proviso::program
