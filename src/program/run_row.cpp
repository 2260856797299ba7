#include "program/registers.hpp"

// One record: the same instructions on the same registers, where only one row is filled. The instructions that policies
// are mostly made of are written out here for one row of the records; all others have their kernel, which then goes
// over one row (or over the record's elements).
namespace proviso::program {
namespace {

using Word = std::uint64_t;

/// The place of the record in its planes.
struct Place {
  std::size_t row;
  std::size_t word;
  Word bit;
};

Word all_if(bool condition) { return Word{0} - Word{condition}; }

template <typename T>
void compare_constant(const RegisterPointers* registers, const Instruction& i, const Place& place, bool equal) {
  const RegisterPointers a = registers[i.a];
  const RegisterPointers out = registers[i.out];
  const Word known = a.plane[place.word];  // and of rows around the record, which do no harm
  const T value = a.values<T>()[place.row];
  const auto constant = static_cast<T>(i.immediate);
  const Word yes = all_if(equal ? value == constant : value < constant);
  out.plane[place.word] = known & yes;
  out.no()[place.word] = known & ~yes;
}

template <typename T>
void compare(const RegisterPointers* registers, const Instruction& i, const Place& place, bool equal) {
  const RegisterPointers a = registers[i.a];
  const RegisterPointers b = registers[i.b];
  const RegisterPointers out = registers[i.out];
  const Word known = a.plane[place.word] & b.plane[place.word];
  const T value_a = a.values<T>()[place.row];
  const T value_b = b.values<T>()[place.row];
  const Word yes = all_if(equal ? value_a == value_b : value_a < value_b);
  out.plane[place.word] = known & yes;
  out.no()[place.word] = known & ~yes;
}

template <typename T>
void intervals(const Frame& frame, const Instruction& i, const Place& place) {
  const RegisterPointers a = frame.registers[i.a];
  const RegisterPointers out = frame.registers[i.out];
  const std::int64_t value = a.values<T>()[place.row];
  const std::int64_t* bounds = frame.immediates + i.immediate;
  bool inside = false;
  for (std::uint32_t n = 0; n < i.count; ++n) inside |= bounds[n * 2] <= value && value <= bounds[n * 2 + 1];
  const Word known = a.plane[place.word];
  out.plane[place.word] = known & all_if(inside);
  out.no()[place.word] = known & ~all_if(inside);
}

void truth_of(const RegisterPointers* registers, const Instruction& i, const Place& place) {
  const RegisterPointers a = registers[i.a];
  const RegisterPointers out = registers[i.out];
  out.plane[place.word] = a.plane[place.word] & a.no()[place.word];
  out.no()[place.word] = a.plane[place.word] & ~a.no()[place.word];
}

void conjunction(const Frame& frame, const Instruction& i, const Place& place) {
  const std::uint32_t* operands = frame.lists + i.a;
  Word all = ~Word{0};
  Word some = 0;
  for (std::uint32_t n = 0; n < i.count; ++n) {
    const RegisterPointers operand = frame.registers[operands[n] & ~constant_mark];
    all &= operand.plane[place.word];
    some |= operand.no()[place.word];
  }
  const RegisterPointers out = frame.registers[i.out];
  out.plane[place.word] = all;
  out.no()[place.word] = some;
}

void disjunction(const Frame& frame, const Instruction& i, const Place& place) {
  const std::uint32_t* operands = frame.lists + i.a;
  Word some = 0;
  Word all = ~Word{0};
  for (std::uint32_t n = 0; n < i.count; ++n) {
    const RegisterPointers operand = frame.registers[operands[n] & ~constant_mark];
    some |= operand.plane[place.word];
    all &= operand.no()[place.word];
  }
  const RegisterPointers out = frame.registers[i.out];
  out.plane[place.word] = some;
  out.no()[place.word] = all;
}

void at_least(const Frame& frame, const Instruction& i, const Place& place) {
  const std::uint32_t* operands = frame.lists + i.a;
  std::int64_t met = 0;
  std::int64_t failed = 0;
  for (std::uint32_t n = 0; n < i.count; ++n) {
    const RegisterPointers operand = frame.registers[operands[n] & ~constant_mark];
    met += (operand.plane[place.word] & place.bit) != 0 ? 1 : 0;
    failed += (operand.no()[place.word] & place.bit) != 0 ? 1 : 0;
  }
  const RegisterPointers out = frame.registers[i.out];
  out.plane[place.word] = place.bit & all_if(met >= i.immediate);
  out.no()[place.word] = place.bit & all_if(failed > std::int64_t{i.count} - i.immediate);
}

}  // namespace

void run_instructions_for_one(Registers& registers) {
  const Frame& frame = registers.frame;
  const RegisterPointers* pointers = frame.registers;
  const std::size_t row = registers.first_record;
  const Place place{row, row >> 6, Word{1} << (row & 63)};
  const Packed<Instruction>& instructions = registers.code->instructions;
  const Instruction* const begin = instructions.data();
  const Instruction* const end = begin + instructions.size();
  for (const Instruction* i = begin; i != end; ++i) {
    if (i->space == 0) {
      switch (i->op) {
        case Op::truth_of:
          truth_of(pointers, *i, place);
          continue;
        case Op::equal_narrow_constant:
          compare_constant<std::int32_t>(pointers, *i, place, true);
          continue;
        case Op::equal_wide_constant:
          compare_constant<std::int64_t>(pointers, *i, place, true);
          continue;
        case Op::less_narrow_constant:
          compare_constant<std::int32_t>(pointers, *i, place, false);
          continue;
        case Op::less_wide_constant:
          compare_constant<std::int64_t>(pointers, *i, place, false);
          continue;
        case Op::equal_narrow:
          compare<std::int32_t>(pointers, *i, place, true);
          continue;
        case Op::equal_wide:
          compare<std::int64_t>(pointers, *i, place, true);
          continue;
        case Op::less_narrow:
          compare<std::int32_t>(pointers, *i, place, false);
          continue;
        case Op::less_wide:
          compare<std::int64_t>(pointers, *i, place, false);
          continue;
        case Op::few_intervals_narrow:
          intervals<std::int32_t>(frame, *i, place);
          continue;
        case Op::few_intervals_wide:
          intervals<std::int64_t>(frame, *i, place);
          continue;
        case Op::conjunction:
          conjunction(frame, *i, place);
          continue;
        case Op::disjunction:
          disjunction(frame, *i, place);
          continue;
        case Op::at_least:
          at_least(frame, *i, place);
          continue;
        default:
          break;
      }
    }
    if (registers.table[static_cast<std::size_t>(i->op)](frame, *i)) {
      registers.failed.push_back(static_cast<std::uint32_t>(i - begin));
    }
  }
}

}  // namespace proviso::program
