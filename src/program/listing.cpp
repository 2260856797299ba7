#include "program/code.hpp"
#include "program/program.hpp"

namespace proviso::program {
namespace {

using Kind = Source::Kind;

std::string numbered(char mark, std::uint64_t number) { return std::string(1, mark).append(std::to_string(number)); }

std::string fact_name(const Code& code, std::uint32_t fact) {
  return code.library->records[code.record].facts[fact].name;
}

std::string name_of(const Code& code, Register number) {
  const RegisterInfo& info = code.registers[number];
  if (info.constant) {
    if (!info.known) return "unknown";
    return info.shape == Shape::truth ? (info.bits != 0 ? "yes" : "no") : std::to_string(info.bits);
  }
  const Source& first = info.first;
  const Source& second = info.second;
  if (first.kind == Kind::column_known) return fact_name(code, first.index);
  if (first.kind == Kind::column_has_date) return fact_name(code, first.index) + ".on";
  if (first.kind == Kind::second_of && second.kind == Kind::first_of)
    return std::string("not ").append(name_of(code, first.index));
  if (first.kind == Kind::first_of && second.kind == Kind::second_of) {
    std::string both(1, '(');
    return both.append(name_of(code, first.index)).append(", ").append(name_of(code, second.index)).append(1, ')');
  }
  return numbered('%', number);
}

std::string operands_of(const Code& code, const Instruction& instruction) {
  std::string out;
  const auto add = [&](std::string_view text) {
    out += out.empty() ? " " : ", ";
    out += text;
  };
  const Register direct[] = {instruction.a, instruction.b, instruction.c};
  const Operands operands = info(instruction.op).operands;
  const bool is_list = operands == Operands::list;
  const std::uint32_t count = is_list ? instruction.count : static_cast<std::uint32_t>(operands);
  for (std::uint32_t n = 0; n < count; ++n) {
    add(name_of(code, is_list ? code.lists[instruction.a + n] & ~constant_mark : direct[n]));
  }
  const std::string_view op = info(instruction.op).name;
  const bool has_constant = op.size() > 9 && op.substr(op.size() - 9) == "_constant";
  if (info(instruction.op).family == Family::hook) {
    add(std::string("hook `") + code.library->hooks[static_cast<std::size_t>(instruction.immediate)].name + "`");
    return out;
  }
  if (instruction.immediate != 0 || has_constant) add(std::to_string(instruction.immediate));
  if (!is_list && instruction.count != 0) add(numbered('#', instruction.count));
  return out;
}

}  // namespace

std::string Program::listing() const {
  std::string out;
  for (SpaceId space = 1; space < code_->spaces.size(); ++space) {
    const Space& each = code_->spaces[space];
    out.append("space ").append(std::to_string(space)).append(" = ").append(fact_name(*code_, each.list));
    out.append(" for each row of space ").append(std::to_string(each.parent));
    out += each.direct ? "\n" : ", a product\n";
  }
  for (const Instruction& instruction : code_->instructions) {
    out += numbered('%', instruction.out) + " = ";
    out += info(instruction.op).name;
    out += operands_of(*code_, instruction);
    if (instruction.space != 0) out.append("  in space ").append(std::to_string(instruction.space));
    out += '\n';
  }
  return out;
}

}  // namespace proviso::program
