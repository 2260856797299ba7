#include "program/code.hpp"

namespace proviso::program {
namespace {

constexpr OpInfo infos[] = {
#define PROVISO_INSTRUCTION(name, family, result, operands) {#name, Family::family, Shape::result, Operands::operands},
#include "program/instructions.def"
#undef PROVISO_INSTRUCTION
};

}  // namespace

const OpInfo& info(Op op) { return infos[static_cast<std::size_t>(op)]; }

}  // namespace proviso::program
