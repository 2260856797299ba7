#include "program/program.hpp"

#include <algorithm>

#include "program/code.hpp"

namespace proviso::program {

Program::Program(std::unique_ptr<const Code> code) : code_(std::move(code)), bytes_(code_ ? code_->bytes() : 0) {}
Program::Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

bool Program::has(model::NodeId node) const { return code_->find(node) != nullptr; }

bool Program::calls_hooks() const { return code_->calls_hooks; }

void Program::fetch() const {
  constexpr std::size_t most = 4096;  // what is behind follows of itself
  const auto* const block = reinterpret_cast<const char*>(code_.get());
  for (std::size_t byte = 0; byte < std::min(bytes_, most); byte += line_bytes) __builtin_prefetch(block + byte);
}

bool Program::has_one_for_record(model::NodeId node) const {
  const NodeRegister* entry = code_->find(node);
  return entry != nullptr && code_->registers[entry->main].space == 0;
}

model::LoopId Program::space(model::NodeId node) const {
  const NodeRegister* entry = code_->find(node);
  if (entry == nullptr) return model::none;
  const RegisterInfo& info = code_->registers[entry->main];
  if (info.constant || info.space == 0) return model::none;
  return entry->loop;
}

}  // namespace proviso::program
