#include <algorithm>
#include <tuple>

#include "program/registers.hpp"
#include "program/row_functions.hpp"

// What a run could not work out. Looked for only after an instruction said that there is something.
namespace proviso::program {
namespace {

constexpr std::string_view texts[] = {
#define PROVISO_REASON(name, text) text,
#include "program/reasons.def"
#undef PROVISO_REASON
};

bool operands_known(const Frame& frame, const Instruction& i, std::size_t row) {
  const OpInfo& op = info(i.op);
  const auto known = [&](std::uint32_t number) { return plane_bit(frame.registers[number].plane, row); };
  if (op.family == Family::list) return plane_bit(frame.spaces[static_cast<std::size_t>(i.immediate)].list_known, row);
  switch (op.operands) {
    case Operands::a:
      return known(i.a);
    case Operands::ab:
      return known(i.a) && known(i.b);
    case Operands::abc:
      return known(i.a) && known(i.b) && known(i.c);
    case Operands::none:
      return true;
    case Operands::list:
      break;
  }
  for (std::uint32_t n = 0; n < i.count; ++n) {
    if (!known(frame.lists[i.a + n] & ~constant_mark)) return false;
  }
  return true;
}

bool is_reduction(Op op) {
  switch (op) {
    case Op::any:
    case Op::count_least:
    case Op::sum_narrow:
    case Op::sum_wide:
    case Op::least_narrow:
    case Op::least_wide:
    case Op::greatest_narrow:
    case Op::greatest_wide:
      return true;
    default:
      return false;
  }
}

}  // namespace

void Registers::collect_problems() {
  if (failed.empty() && !any_product && code->tail.constant_problems.empty()) return;
  for (const std::uint32_t instruction : failed) add_problems(instruction);
  add_product_problems();
  if (!code->tail.constant_problems.empty()) add_constant_problems();
  if (problems.empty()) return;
  const auto key = [](const Problem& problem) { return std::tie(problem.row, problem.node, problem.reason); };
  std::sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
  const auto same = [&](const Problem& a, const Problem& b) { return key(a) == key(b); };
  problems.erase(std::unique(problems.begin(), problems.end(), same), problems.end());
}

void Registers::add_problems(std::uint32_t number) {
  const Instruction& instruction = code->instructions[number];
  if (info(instruction.op).family == Family::hook) return add_hook_problems(number);
  const SpaceRows& rows = spaces[instruction.space];
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    if (plane_bit(pointers[instruction.out].plane, row) || !operands_known(frame, instruction, row)) continue;
    add_problem(row, instruction.space, number, reason_for(frame, instruction, row));
  }
}

void Registers::add_hook_problems(std::uint32_t number) {
  const Instruction& instruction = code->instructions[number];
  const auto [first, last] = hooks.calls_of(instruction.out);
  for (const HookCalls::Call* call = first; call != last; ++call) {
    if (call->answer.known) continue;
    const auto record = static_cast<std::uint32_t>(climb(call->row, instruction.space, 0) - first_record);
    const std::string_view reason = hooks.reason(*call, instruction);
    for (const model::NodeId node : code->tail.nodes[number]) {
      problems.push_back({record, node, reason, call->answer.problem.empty()});
    }
  }
}

void Registers::add_problem(std::size_t row, SpaceId space, std::uint32_t number, Reason reason) {
  if (reason == Reason::none || reason == Reason::unknown_operand) return;
  const Instruction& instruction = code->instructions[number];
  std::string_view text = texts[static_cast<std::size_t>(reason)];
  if (reason == Reason::no_row) text = code->tail.tables[static_cast<std::size_t>(instruction.immediate)].missing;
  const auto record = static_cast<std::uint32_t>(climb(row, space, 0) - first_record);
  for (const model::NodeId node : code->tail.nodes[number]) problems.push_back({record, node, text});
}

void Registers::add_product_problems() {
  for (SpaceId space = 1; space < spaces.size(); ++space) {
    if (code->spaces[space].direct || products_[space].too_many.empty()) continue;
    for (std::uint32_t number = 0; number < code->instructions.size(); ++number) {
      const Instruction& instruction = code->instructions[number];
      if (!is_reduction(instruction.op) || instruction.immediate != std::int64_t{space}) continue;
      for (const std::uint32_t row : products_[space].too_many) {
        add_problem(row, instruction.space, number, Reason::too_many_combinations);
      }
    }
  }
}

void Registers::add_constant_problems() {
  for (const ConstantProblem& problem : code->tail.constant_problems) {
    const bool of_table = problem.reason == Reason::no_row;
    const std::string_view text =
        of_table ? code->tail.tables[problem.table].missing : texts[static_cast<std::size_t>(problem.reason)];
    for (std::uint32_t row = 0; row < spaces[0].last - spaces[0].first; ++row) {
      problems.push_back({row, problem.node, text});
    }
  }
}

}  // namespace proviso::program
