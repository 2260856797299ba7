#pragma once

#include <lua.hpp>
#include <string>

#include "hooks/session.hpp"

/// Values of policies as values of Lua, and back.
namespace proviso::hooks {

/// Pushes it; unknown is nil.
void push_argument(lua_State* state, const model::Library& library, const value::Type& type, const Argument& argument);

/// Reads what a hook answered. On failure, `problem` goes on from "hook `x` ".
void take_answer(lua_State* state, const model::Library& library, const value::Type& type, int index, Answer& answer);

/// Valid UTF-8 on one line, without control characters, of at most 300 bytes.
std::string shown(std::string_view text);

}  // namespace proviso::hooks
