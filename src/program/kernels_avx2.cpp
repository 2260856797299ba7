// The vector kernels for AVX2.
#if defined(__AVX2__)

#define PROVISO_KERNEL_SET avx2
#include "program/kernels_vector.inc"

#else

#include "program/kernels.hpp"

namespace proviso::program::avx2 {

const Kernel* vector_kernels() { return nullptr; }

}  // namespace proviso::program::avx2

#endif
