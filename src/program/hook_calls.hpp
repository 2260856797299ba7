#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hooks/session.hpp"
#include "program/chunk.hpp"
#include "program/code.hpp"
#include "program/frame.hpp"

namespace proviso::program {

/// The hooks of a workspace: the state of their scripts, which is one thread's, and what they said in the last run.
class HookCalls {
 public:
  /// What a hook said for one row of its instruction's space.
  struct Call {
    Register result;  ///< of the instruction
    std::uint32_t row;
    hooks::Answer answer;
  };

  /// Makes ready for a run. `selected` are the records of the chunk for which hooks are called; null: all.
  void begin(const Code& code, const Chunk& chunk, const Plane* selected);
  /// Fills the result of the instruction. True where some call gave no answer.
  bool call(const Frame& frame, const Instruction& instruction);

  /// Null where the instruction that fills the register did not call a hook for the row.
  const Call* find(Register result, std::size_t row) const;
  /// The calls of an instruction in the last run, by row: first, and one past the last.
  std::pair<const Call*, const Call*> calls_of(Register result) const;
  /// Why the call gave no answer. Valid until the next run.
  std::string_view reason(const Call& call, const Instruction& instruction);

 private:
  const Code* code_ = nullptr;
  const Chunk* chunk_ = nullptr;
  const Plane* selected_ = nullptr;
  const model::Library* library_ = nullptr;  ///< of session_
  std::optional<hooks::Session> session_;    ///< made when a program with hooks first runs
  std::vector<Call> calls_;                  ///< by instruction, then row
  std::vector<hooks::Argument> arguments_;
  std::deque<std::string> texts_;

  bool call_rows(const Frame& frame, const Instruction& instruction, std::size_t first, std::size_t last);
  void take_arguments(const Frame& frame, const Instruction& instruction, const model::Hook& hook, std::size_t row);
};

}  // namespace proviso::program
