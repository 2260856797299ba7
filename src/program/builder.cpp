#include "program/builder.hpp"

#include <algorithm>
#include <atomic>

#include "program/kernels.hpp"

namespace proviso::program {
namespace {

using Kind = Source::Kind;

std::uint64_t new_serial() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

std::uint32_t next_index(std::size_t size) { return static_cast<std::uint32_t>(size); }

constexpr std::uint32_t direct_operands(Operands operands) {
  switch (operands) {
    case Operands::a:
      return 1;
    case Operands::ab:
      return 2;
    case Operands::abc:
      return 3;
    case Operands::none:
    case Operands::list:
      break;
  }
  return 0;
}

}  // namespace

Builder::Builder(const model::Library& library, std::uint32_t record) {
  code_.serial = new_serial();
  code_.library = &library;
  code_.record = record;
  code_.spaces.emplace_back();
}

Register Builder::add(RegisterInfo info) {
  code_.registers.push_back(info);
  return next_index(code_.registers.size() - 1);
}

Register Builder::constant(Shape shape, std::int64_t bits) {
  const auto [entry, is_new] = constants_.try_emplace({static_cast<std::int64_t>(shape), bits, 1}, 0);
  if (!is_new) return entry->second;
  RegisterInfo info{shape, true, true, 0, {Kind::all_ones, 0}, {}, bits};
  if (shape == Shape::truth) {
    info.first.kind = bits != 0 ? Kind::all_ones : Kind::all_noughts;
    info.second.kind = bits != 0 ? Kind::all_noughts : Kind::all_ones;
  } else if (shape == Shape::narrow) {
    info.second = {Kind::narrow_constant, next_index(code_.narrow_constants.size())};
    code_.narrow_constants.push_back(static_cast<std::int32_t>(bits));
  } else if (shape == Shape::wide) {
    info.second = {Kind::wide_constant, next_index(code_.wide_constants.size())};
    code_.wide_constants.push_back(bits);
  }
  return entry->second = add(info);
}

Register Builder::unknown(Shape shape) {
  const auto [entry, is_new] = constants_.try_emplace({static_cast<std::int64_t>(shape), 0, 0}, 0);
  if (!is_new) return entry->second;
  RegisterInfo info{shape, true, false, 0, {Kind::all_noughts, 0}, {Kind::all_noughts, 0}, 0};
  if (shape == Shape::narrow) {
    info.second = {Kind::narrow_constant, next_index(code_.narrow_constants.size())};
    code_.narrow_constants.push_back(0);
  } else if (shape == Shape::wide) {
    info.second = {Kind::wide_constant, next_index(code_.wide_constants.size())};
    code_.wide_constants.push_back(0);
  }
  return entry->second = add(info);
}

Register Builder::emit(Op op, SpaceId space, Register a, Register b, Register c, std::uint32_t count,
                       std::int64_t immediate) {
  Instruction instruction{op, 0, static_cast<std::uint16_t>(space), 0, a, b, c, count, immediate};
  const std::uint32_t operands = direct_operands(info(op).operands);
  const Register registers[] = {a, b, c};
  for (std::uint32_t n = 0; n < operands; ++n) {
    if ((*this)[registers[n]].constant) instruction.constants |= static_cast<std::uint8_t>(1u << n);
  }
  return write(instruction);
}

Register Builder::emit_list(Op op, SpaceId space, const std::vector<Register>& operands, std::int64_t immediate) {
  const std::vector<std::int64_t> key(operands.begin(), operands.end());
  const auto [entry, is_new] = lists_.try_emplace(key, next_index(code_.lists.size()));
  if (is_new) {
    for (const Register operand : operands) {
      code_.lists.push_back(operand | ((*this)[operand].constant ? constant_mark : 0));
    }
  }
  return write(
      {op, 0, static_cast<std::uint16_t>(space), 0, entry->second, 0, 0, next_index(operands.size()), immediate});
}

std::int64_t Builder::immediates(const std::vector<std::int64_t>& numbers) {
  const auto [entry, is_new] = immediates_.try_emplace(numbers, static_cast<std::int64_t>(code_.immediates.size()));
  if (is_new) code_.immediates.insert(code_.immediates.end(), numbers.begin(), numbers.end());
  return entry->second;
}

Register Builder::write(Instruction instruction) {
  if (is_foldable(instruction)) return fold(instruction);
  const std::vector<std::int64_t> key = {static_cast<std::int64_t>(instruction.op),
                                         instruction.space,
                                         instruction.a,
                                         instruction.b,
                                         instruction.c,
                                         instruction.count,
                                         instruction.immediate};
  const auto [entry, is_new] = instructions_.try_emplace(key, next_index(code_.instructions.size()));
  if (is_new) {
    instruction.out = add_result(instruction);
    code_.instructions.push_back(instruction);
    code_.nodes.emplace_back();
  }
  note_node(entry->second);
  return code_.instructions[entry->second].out;
}

Register Builder::add_result(const Instruction& instruction) {
  RegisterInfo result{info(instruction.op).result, false, false, instruction.space, {Kind::own_plane, 0}, {}, 0};
  switch (result.shape) {
    case Shape::truth:
    case Shape::flags:
      result.second.kind = Kind::own_plane;
      break;
    case Shape::narrow:
      result.second.kind = Kind::own_narrow;
      break;
    case Shape::wide:
      result.second.kind = Kind::own_wide;
      break;
    case Shape::known:
      break;
  }
  return add(result);
}

void Builder::note_node(std::size_t instruction) {
  std::vector<model::NodeId>& nodes = code_.nodes[instruction];
  if (node_ != model::none && std::find(nodes.begin(), nodes.end(), node_) == nodes.end()) nodes.push_back(node_);
}

bool Builder::is_foldable(const Instruction& instruction) const {
  const OpInfo& op = info(instruction.op);
  if (op.family == Family::list || op.family == Family::hook || op.operands == Operands::none) return false;
  if (op.operands == Operands::list) {
    const auto first = code_.lists.begin() + instruction.a;
    return std::all_of(first, first + instruction.count,
                       [](std::uint32_t entry) { return (entry & constant_mark) != 0; });
  }
  return instruction.constants == (1u << direct_operands(op.operands)) - 1;
}

namespace {

/// The values of one constant as a kernel reads them: vector kernels read all 64 of a word.
struct Block {
  std::int32_t narrow[64] = {};
  std::int64_t wide[64] = {};
};

/// One row for a kernel to fill.
class OneRow {
 public:
  explicit OneRow(std::size_t operands) { blocks_.reserve(operands); }

  RegisterPointers pointers_to(const RegisterInfo& constant) {
    std::uint64_t* known = constant.known ? &ones_ : &noughts_;
    if (constant.shape == Shape::truth) {
      return constant.known && constant.bits != 0 ? RegisterPointers{&ones_, &noughts_}
                                                  : RegisterPointers{&noughts_, known};
    }
    Block& block = blocks_.emplace_back();
    std::fill(block.narrow, block.narrow + 64, static_cast<std::int32_t>(constant.bits));
    std::fill(block.wide, block.wide + 64, constant.bits);
    return {known, lane(block, constant.shape)};
  }
  RegisterPointers result(Shape shape) {
    return {&plane, shape == Shape::truth ? static_cast<void*>(&no) : lane(values_, shape)};
  }
  std::int64_t value(Shape shape) const { return shape == Shape::narrow ? values_.narrow[0] : values_.wide[0]; }

  std::uint64_t plane = 0;
  std::uint64_t no = 0;

 private:
  static void* lane(Block& block, Shape shape) {
    return shape == Shape::narrow ? static_cast<void*>(block.narrow) : block.wide;
  }
  std::uint64_t ones_ = ~std::uint64_t{0};
  std::uint64_t noughts_ = 0;
  std::vector<Block> blocks_;
  Block values_;
};

}  // namespace

/// The same kernel that works for columns works out the constant, on one row.
Register Builder::fold(const Instruction& original) {
  const OpInfo& op = info(original.op);
  OneRow row(std::max<std::size_t>(3, original.count));
  if (folding_.size() <= code_.registers.size()) folding_.resize(2 * code_.registers.size() + 1);
  const auto point = [&](Register number) { folding_[number] = row.pointers_to(code_.registers[number]); };
  const Register direct[] = {original.a, original.b, original.c};
  for (std::uint32_t n = 0; n < direct_operands(op.operands); ++n) point(direct[n]);
  if (op.operands == Operands::list) {
    for (std::uint32_t n = 0; n < original.count; ++n) point(code_.lists[original.a + n] & ~constant_mark);
  }
  Instruction instruction = original;
  instruction.space = 0;
  instruction.out = next_index(code_.registers.size());
  folding_[instruction.out] = row.result(op.result);
  SpaceRows one;
  one.last = 1;
  const Frame frame{folding_.data(), &one, code_.lists.data(), code_.immediates.data(), code_.tables.data(), {},
                    nullptr};
  if (kernels(InstructionSet::baseline)[static_cast<std::size_t>(instruction.op)](frame, instruction)) {
    const Reason reason = reason_for(frame, instruction, 0);
    const bool of_table = reason == Reason::no_row;
    code_.constant_problems.push_back(
        {node_, reason, of_table ? static_cast<std::uint32_t>(instruction.immediate) : 0});
  }
  if (op.result == Shape::truth) {
    return ((row.plane | row.no) & 1) == 0 ? unknown(Shape::truth) : truth((row.plane & 1) != 0);
  }
  return (row.plane & 1) == 0 ? unknown(op.result) : constant(op.result, row.value(op.result));
}

Register Builder::alias(Shape shape, SpaceId space, Source first, Source second) {
  const std::vector<std::int64_t> key = {static_cast<std::int64_t>(shape),       space,
                                         static_cast<std::int64_t>(first.kind),  first.index,
                                         static_cast<std::int64_t>(second.kind), second.index};
  const auto [entry, is_new] = aliases_.try_emplace(key, 0);
  if (is_new) entry->second = add({shape, false, false, static_cast<std::uint16_t>(space), first, second, 0});
  return entry->second;
}

Register Builder::negation(Register source) {
  const RegisterInfo& operand = (*this)[source];
  if (operand.constant) return operand.known ? truth(operand.bits == 0) : source;
  if (operand.first.kind == Kind::second_of && operand.second.kind == Kind::first_of &&
      operand.first.index == operand.second.index) {
    return operand.first.index;  // not not
  }
  return alias(Shape::truth, operand.space, {Kind::second_of, source}, {Kind::first_of, source});
}

Register Builder::mixed(Register yes, Register no) {
  if (yes == no) return yes;
  const RegisterInfo& a = (*this)[yes];
  const RegisterInfo& b = (*this)[no];
  if (a.constant && b.constant) {
    if (a.known && a.bits != 0) return truth(true);
    if (b.known && b.bits == 0) return truth(false);
    return unknown(Shape::truth);
  }
  return alias(Shape::truth, a.constant ? b.space : a.space, {Kind::first_of, yes}, {Kind::second_of, no});
}

SpaceId Builder::space(SpaceId parent, SpaceId owner, model::FactId list) {
  std::vector<Space>& spaces = code_.spaces;
  for (SpaceId id = 1; id < spaces.size(); ++id) {
    if (spaces[id].parent == parent && spaces[id].owner == owner && spaces[id].list == list) return id;
  }
  const model::LevelId level = code_.library->records[code_.record].facts[list].elements;
  spaces.push_back({parent, owner, list, level, owner == parent && (parent == 0 || spaces[parent].direct)});
  return next_index(spaces.size() - 1);
}

std::size_t Builder::depth(SpaceId space) const {
  std::size_t result = 0;
  for (; space != 0; space = code_.spaces[space].parent) ++result;
  return result;
}

SpaceId Builder::join(const std::vector<Register>& registers) const {
  SpaceId innermost = 0;
  for (const Register number : registers) {
    const SpaceId each = (*this)[number].space;
    if (depth(each) > depth(innermost)) innermost = each;
  }
  return innermost;
}

Register Builder::at(Register source, SpaceId space) {
  const RegisterInfo operand = (*this)[source];
  if (operand.constant || operand.space == space) return source;
  const SpaceId parent = code_.spaces[space].parent;
  const Register outer = at(source, parent);
  const Op op = operand.shape == Shape::truth    ? Op::expand_truth
                : operand.shape == Shape::narrow ? Op::expand_narrow
                                                 : Op::expand_wide;
  return emit(op, space, outer, 0, 0, 0, parent);
}

}  // namespace proviso::program
