#include "program/program.hpp"

#include "program/code.hpp"

namespace proviso::program {

Program::Program(std::unique_ptr<const Code> code) : code_(std::move(code)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

bool Program::has(model::NodeId node) const { return code_->find(node) != nullptr; }

model::LoopId Program::space(model::NodeId node) const {
  const NodeRegister* entry = code_->find(node);
  if (entry == nullptr) return model::none;
  const RegisterInfo& info = code_->registers[entry->main];
  if (info.constant || info.space == 0) return model::none;
  return entry->loop;
}

}  // namespace proviso::program
