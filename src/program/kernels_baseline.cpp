// The vector kernels for every processor of the architecture.

#define PROVISO_KERNEL_SET baseline
#include "program/kernels_vector.inc"
