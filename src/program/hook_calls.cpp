#include "program/hook_calls.hpp"

#include <algorithm>
#include <iterator>

#include "program/row_functions.hpp"

namespace proviso::program {
namespace {

/// The rows of the space that are below the records [first, last).
std::pair<std::size_t, std::size_t> rows_below(const Frame& frame, const Code& code, SpaceId space, std::size_t first,
                                               std::size_t last) {
  if (space == 0) return {first, last};
  const auto [outer_first, outer_last] = rows_below(frame, code, code.spaces[space].parent, first, last);
  const std::uint32_t* offsets = frame.spaces[space].offsets;
  return {offsets[outer_first], offsets[outer_last]};
}

void clear_result(const Frame& frame, const Instruction& instruction) {
  const SpaceRows& rows = frame.spaces[instruction.space];
  const RegisterPointers out = frame.registers[instruction.out];
  std::fill(out.plane + rows.first_word(), out.plane + rows.last_word(), Word{0});
  if (instruction.op == Op::hook_truth) std::fill(out.no() + rows.first_word(), out.no() + rows.last_word(), Word{0});
}

void put(const Frame& frame, const Instruction& instruction, std::size_t row, std::int64_t bits) {
  const RegisterPointers out = frame.registers[instruction.out];
  const Word mark = Word{1} << (row & 63);
  switch (instruction.op) {
    case Op::hook_truth:
      if (bits == 0) {
        out.no()[row >> 6] |= mark;
        return;
      }
      break;
    case Op::hook_narrow:
      out.values<std::int32_t>()[row] = static_cast<std::int32_t>(bits);
      break;
    default:
      out.values<std::int64_t>()[row] = bits;
      break;
  }
  out.plane[row >> 6] |= mark;
}

bool call_hook(const Frame& frame, const Instruction& instruction) { return frame.hooks->call(frame, instruction); }

constexpr Kernel hook_kernel(Family family) { return family == Family::hook ? call_hook : nullptr; }

constexpr Kernel by_instruction[] = {
#define PROVISO_INSTRUCTION(name, family, result, operands) hook_kernel(Family::family),
#include "program/instructions.def"
#undef PROVISO_INSTRUCTION
};

}  // namespace

const Kernel* hook_kernels() { return by_instruction; }

void HookCalls::begin(const Code& code, const Chunk& chunk, const Plane* selected) {
  code_ = &code;
  chunk_ = &chunk;
  selected_ = selected;
  calls_.clear();
  texts_.clear();
  if (!session_ || library_ != code.library) {
    session_.emplace(*code.library);
    library_ = code.library;
  }
}

bool HookCalls::call(const Frame& frame, const Instruction& instruction) {
  clear_result(frame, instruction);
  const SpaceRows& records = frame.spaces[0];
  bool failed = false;
  for (std::size_t word = records.first_word(); word < records.last_word(); ++word) {
    Word rest = records.rows_in_word(word);
    if (selected_ != nullptr) rest &= (*selected_)[word];
    for (; rest != 0; rest &= rest - 1) {
      const std::size_t record = word * 64 + static_cast<std::size_t>(__builtin_ctzll(rest));
      const auto [first, last] = rows_below(frame, *code_, instruction.space, record, record + 1);
      failed |= call_rows(frame, instruction, first, last);
    }
  }
  return failed;
}

bool HookCalls::call_rows(const Frame& frame, const Instruction& instruction, std::size_t first, std::size_t last) {
  const auto id = static_cast<model::HookId>(instruction.immediate);
  bool failed = false;
  for (std::size_t row = first; row < last; ++row) {
    take_arguments(frame, instruction, code_->library->hooks[id], row);
    calls_.push_back({instruction.out, static_cast<std::uint32_t>(row), session_->call(id, arguments_)});
    const hooks::Answer& answer = calls_.back().answer;
    if (answer.known) put(frame, instruction, row, answer.bits);
    failed |= !answer.known;
  }
  return failed;
}

void HookCalls::take_arguments(const Frame& frame, const Instruction& instruction, const model::Hook& hook,
                               std::size_t row) {
  arguments_.assign(instruction.count, {});
  for (std::uint32_t n = 0; n < instruction.count; ++n) {
    hooks::Argument& argument = arguments_[n];
    const std::uint32_t entry = frame.lists[instruction.a + n];
    const bool constant = (entry & constant_mark) != 0;
    const RegisterPointers source = frame.registers[entry & ~constant_mark];
    const value::Lane lane = value::lane_of(hook.parameters[n]);
    argument.known = plane_bit(source.plane, row);
    if (lane == value::Lane::none) {  // truth
      argument.bits = argument.known ? 1 : 0;
      argument.known = argument.known || plane_bit(source.no(), row);
    } else if (argument.known) {
      const std::size_t at = constant ? 0 : row;
      argument.bits =
          lane == value::Lane::narrow ? source.values<std::int32_t>()[at] : source.values<std::int64_t>()[at];
      if (hook.parameters[n].kind == value::Kind::text) {
        argument.text = chunk_->text_of(static_cast<std::int32_t>(argument.bits));
      }
    }
  }
  for (const WidenedArgument& each : code_->tail.widened_arguments) {
    if (each.result != instruction.out) continue;
    std::int64_t& bits = arguments_[each.argument].bits;
    bits = bits * 2 + (each.days ? 1 : 0);
  }
}

std::pair<const HookCalls::Call*, const HookCalls::Call*> HookCalls::calls_of(Register result) const {
  const auto is_result = [result](const Call& call) { return call.result == result; };
  const auto first = std::find_if(calls_.begin(), calls_.end(), is_result);
  const auto last = std::find_if_not(first, calls_.end(), is_result);
  return {calls_.data() + (first - calls_.begin()), calls_.data() + (last - calls_.begin())};
}

const HookCalls::Call* HookCalls::find(Register result, std::size_t row) const {
  const auto [first, last] = calls_of(result);
  const auto before = [](const Call& call, std::size_t wanted) { return call.row < wanted; };
  const Call* found = std::lower_bound(first, last, row, before);
  return found != last && found->row == row ? found : nullptr;
}

std::string_view HookCalls::reason(const Call& call, const Instruction& instruction) {
  if (!call.answer.problem.empty()) return call.answer.problem;
  const model::Hook& hook = code_->library->hooks[static_cast<std::size_t>(instruction.immediate)];
  return texts_.emplace_back("hook `" + hook.name + "` gave no answer");
}

}  // namespace proviso::program
