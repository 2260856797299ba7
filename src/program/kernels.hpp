#pragma once

#include "program/frame.hpp"
#include "program/program.hpp"

/// The kernels of all instructions. The vector kernels are built for several instruction sets from one text
/// (kernels_vector.inc) and chosen once, by what the processor can do.
namespace proviso::program {

// One set of vector kernels for each instruction set; null for instructions of another family. Null altogether where
// the program was not built for it.
namespace baseline {
const Kernel* vector_kernels();
}
namespace avx2 {
const Kernel* vector_kernels();
}
namespace avx512 {
const Kernel* vector_kernels();
}

/// By instruction, op_count of them. Where the processor cannot do what is asked for: the best that it can.
const Kernel* kernels(InstructionSet set = InstructionSet::best);

/// The value of one row of a row or list instruction, or the reason why there is none.
using RowFunction = Reason (*)(const Frame&, const Instruction&, std::size_t row, std::int64_t& result);
/// By instruction; null for vector kernels and those that cannot fail.
const RowFunction* row_functions();

/// Why the instruction has no value at a row whose operands are known.
Reason reason_for(const Frame& frame, const Instruction& instruction, std::size_t row);

}  // namespace proviso::program
