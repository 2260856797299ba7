#include "program/registers.hpp"
#include "program/row_functions.hpp"

// Reading registers after a run.
namespace proviso::program {
namespace {

/// The row of the space that `at` is, as registers count it: rows of records are counted from the first that ran.
std::size_t row_in_space(const Registers& registers, std::size_t row, model::LoopId at) {
  return at == model::none ? row + registers.first_record : row;
}

std::size_t row_of(const Registers& registers, Register number, std::size_t row, model::LoopId at) {
  const std::size_t inner = row_in_space(registers, row, at);
  return registers.climb(inner, registers.code->space_of(at), registers.code->registers[number].space);
}

std::optional<std::int64_t> read(const Registers& registers, Register number, std::size_t row, model::LoopId at) {
  const RegisterInfo& info = registers.code->registers[number];
  if (info.constant) return info.known ? std::optional(info.bits) : std::nullopt;
  const std::size_t place = row_of(registers, number, row, at);
  const RegisterPointers& source = registers.pointers[number];
  if (!plane_bit(source.plane, place)) return std::nullopt;
  if (info.shape == Shape::narrow) return source.values<std::int32_t>()[place];
  if (info.shape == Shape::wide) return source.values<std::int64_t>()[place];
  return std::nullopt;
}

const std::uint64_t* plane_of_one(Registers& registers, Register number, const std::uint64_t* plane,
                                  std::size_t which) {
  std::uint64_t& word = registers.shifted[number * 2 + which];
  word = plane_bit(plane, registers.first_record) ? 1 : 0;
  return &word;
}

}  // namespace

value::Truth Workspace::truth(model::NodeId node, std::size_t row, model::LoopId at) const {
  const Registers& registers = *registers_;
  const Register number = registers.code->find(node)->main;
  const RegisterInfo& info = registers.code->registers[number];
  if (info.constant) return !info.known ? value::Truth::unknown : info.bits != 0 ? value::Truth::yes : value::Truth::no;
  const std::size_t place =
      info.space == 0 && at == model::none ? row + registers.first_record : row_of(registers, number, row, at);
  const RegisterPointers& source = registers.pointers[number];
  // Without a branch, which could only be guessed: no is 0, yes is 1, unknown is 2.
  const int yes = plane_bit(source.plane, place) ? 1 : 0;
  const int no = plane_bit(source.no(), place) ? 1 : 0;
  static_assert(static_cast<int>(value::Truth::no) == 0 && static_cast<int>(value::Truth::unknown) == 2);
  return static_cast<value::Truth>(2 - yes - 2 * no);
}

std::optional<std::int64_t> Workspace::value(model::NodeId node, std::size_t row, model::LoopId at) const {
  const NodeRegister entry = *registers_->code->find(node);
  const std::optional<std::int64_t> main = read(*registers_, entry.main, row, at);
  if (entry.most == model::none || !main) return main;
  return read(*registers_, entry.most, row, at) == main ? main : std::nullopt;
}

model::Constant Workspace::constant(model::NodeId node, std::size_t row, model::LoopId at) const {
  const model::Type type = registers_->code->library->nodes[node].type;
  if (type.kind == value::Kind::truth) {
    const value::Truth answer = truth(node, row, at);
    return {type, answer != value::Truth::unknown, answer == value::Truth::yes ? 1 : 0};
  }
  if (value::lane_of(type) == value::Lane::none) return {type, false, 0};
  const std::optional<std::int64_t> bits = value(node, row, at);
  return {type, bits.has_value(), bits.value_or(0)};
}

std::optional<std::pair<std::int64_t, std::int64_t>> Workspace::bounds(model::NodeId count, std::size_t row,
                                                                       model::LoopId at) const {
  const NodeRegister entry = *registers_->code->find(count);
  if (entry.most == model::none) return std::nullopt;
  const std::optional<std::int64_t> least = read(*registers_, entry.main, row, at);
  const std::optional<std::int64_t> most = read(*registers_, entry.most, row, at);
  if (!least || !most) return std::nullopt;
  return std::pair(*least, *most);
}

const std::uint64_t* Workspace::yes_plane(model::NodeId node) const {
  const Register number = registers_->code->find(node)->main;
  const std::uint64_t* plane = registers_->pointers[number].plane;
  return registers_->one_record ? plane_of_one(*registers_, number, plane, 0) : plane;
}

const std::uint64_t* Workspace::no_plane(model::NodeId node) const {
  const Register number = registers_->code->find(node)->main;
  const std::uint64_t* plane = registers_->pointers[number].no();
  return registers_->one_record ? plane_of_one(*registers_, number, plane, 1) : plane;
}

std::pair<std::size_t, std::size_t> Workspace::rows_of(model::LoopId loop, std::size_t row) const {
  const Registers& registers = *registers_;
  const SpaceId space = registers.code->space_of(loop);
  const SpaceId parent = registers.code->spaces[space].parent;
  const model::LoopId enclosing = registers.code->library->loops[loop].enclosing;
  const SpaceId stands_in = registers.code->space_of(enclosing);
  std::size_t holder = row_in_space(registers, row, enclosing);
  if (stands_in != model::none) holder = registers.climb(holder, stands_in, parent);
  const std::uint32_t* offsets = registers.spaces[space].offsets;
  return {offsets[holder], offsets[holder + 1]};
}

std::size_t Workspace::element(model::LoopId loop, std::size_t row) const {
  const std::uint32_t* elements = registers_->spaces[registers_->code->space_of(loop)].elements;
  return elements != nullptr ? elements[row] : row;
}

std::size_t Workspace::record_of(std::size_t row, model::LoopId at) const {
  return registers_->climb(row_in_space(*registers_, row, at), registers_->code->space_of(at), 0);
}

const hooks::Answer* Workspace::answer(model::NodeId node, std::size_t row, model::LoopId at) const {
  const Registers& registers = *registers_;
  const NodeRegister* entry = registers.code->find(node);
  if (!registers.code->calls_hooks || entry == nullptr || registers.code->registers[entry->main].constant) {
    return nullptr;
  }
  const HookCalls::Call* call = registers.hooks.find(entry->main, row_of(registers, entry->main, row, at));
  return call == nullptr ? nullptr : &call->answer;
}

const std::vector<Problem>& Workspace::problems() const { return registers_->problems; }

}  // namespace proviso::program
