#include "program/code.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <type_traits>

namespace proviso::program {
namespace {

constexpr OpInfo infos[] = {
#define PROVISO_INSTRUCTION(name, family, result, operands) {#name, Family::family, Shape::result, Operands::operands},
#include "program/instructions.def"
#undef PROVISO_INSTRUCTION
};

constexpr std::size_t padded(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

template <typename T>
std::size_t room_for(const std::vector<T>& values) {
  return padded(values.size() * sizeof(T));
}

/// Copies arrays into the block, one behind another.
class Packer {
 public:
  explicit Packer(std::byte* free) : free_(free) {}

  template <typename T>
  Packed<T> operator()(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
    if (values.empty()) return {};
    T* const first = static_cast<T*>(std::memcpy(free_, values.data(), values.size() * sizeof(T)));
    free_ += room_for(values);
    return {first, values.size()};
  }

 private:
  std::byte* free_;
};

/// By number while that takes little more room than the nodes themselves; empty where it does not.
std::vector<NodeRegister> by_number(const std::vector<model::NodeId>& nodes,
                                    const std::vector<NodeRegister>& registers) {
  constexpr std::size_t room = 4;
  constexpr std::size_t little = 2048;
  std::vector<NodeRegister> result;
  if (nodes.empty()) return result;
  const std::size_t span = std::size_t{nodes.back()} - nodes.front() + 1;
  if (span > std::max(little, nodes.size() * room)) return result;
  result.resize(span);
  for (std::size_t i = 0; i < nodes.size(); ++i) result[nodes[i] - nodes.front()] = registers[i];
  return result;
}

}  // namespace

const OpInfo& info(Op op) { return infos[static_cast<std::size_t>(op)]; }

std::unique_ptr<const Code> Code::pack(Draft draft, const std::vector<model::NodeId>& nodes,
                                       const std::vector<NodeRegister>& node_registers) {
  static_assert(sizeof(Code) % 8 == 0);
  const std::vector<NodeRegister> dense = by_number(nodes, node_registers);
  const std::size_t of_nodes = dense.empty() ? room_for(nodes) + room_for(node_registers) : room_for(dense);
  const std::size_t further = room_for(draft.instructions) + room_for(draft.registers) + room_for(draft.spaces) +
                              room_for(draft.lists) + room_for(draft.immediates) + room_for(draft.narrow_constants) +
                              room_for(draft.wide_constants) + room_for(draft.facts) + of_nodes;
  std::unique_ptr<Code> code(new (Further{further}) Code);
  static_cast<CodeHead&>(*code) = draft;
  Packer pack(reinterpret_cast<std::byte*>(code.get()) + sizeof(Code));
  code->spaces = pack(draft.spaces);
  code->facts = pack(draft.facts);
  code->registers = pack(draft.registers);
  code->instructions = pack(draft.instructions);
  code->lists = pack(draft.lists);
  code->immediates = pack(draft.immediates);
  code->narrow_constants = pack(draft.narrow_constants);
  code->wide_constants = pack(draft.wide_constants);
  if (!nodes.empty()) code->first_node = nodes.front();
  code->dense_nodes = static_cast<std::uint32_t>(dense.size());
  code->node_registers = pack(dense.empty() ? node_registers : dense);
  if (dense.empty()) code->node_numbers = pack(nodes);
  code->tail = std::move(static_cast<CodeTail&>(draft));
  code->bytes_ = sizeof(Code) + further;
  return code;
}

void* Code::operator new(std::size_t own, Further further) {
  return ::operator new (own + further.bytes, std::align_val_t{line_bytes});
}

void Code::operator delete(void* block, Further) { operator delete(block); }

void Code::operator delete(void* block) { ::operator delete (block, std::align_val_t{line_bytes}); }

const NodeRegister* Code::search(model::NodeId node) const {
  const auto* const found = std::lower_bound(node_numbers.begin(), node_numbers.end(), node);
  if (found == node_numbers.end() || *found != node) return nullptr;
  return &node_registers[static_cast<std::size_t>(found - node_numbers.begin())];
}

}  // namespace proviso::program
