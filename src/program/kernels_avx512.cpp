// The vector kernels for AVX-512.
#if defined(__AVX512F__)

#define PROVISO_KERNEL_SET avx512
#include "program/kernels_vector.inc"

#else

#include "program/kernels.hpp"

namespace proviso::program::avx512 {

const Kernel* vector_kernels() { return nullptr; }

}  // namespace proviso::program::avx512

#endif
