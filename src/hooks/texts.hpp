#pragma once

#include <cstddef>
#include <lua.hpp>
#include <string_view>

#include "hooks/budget.hpp"

/// Texts that go into scripts and come out.
namespace proviso::hooks {

inline void push_text(lua_State* state, std::string_view text) { lua_pushlstring(state, text.data(), text.size()); }

/// The text that a function was given, whose reading is charged. Raises an error where it is another kind of value.
inline std::string_view text_argument(lua_State* state, int index) {
  std::size_t size = 0;
  const char* const text = luaL_checklstring(state, index, &size);
  charge_bytes(state, size);
  return {text, size};
}

}  // namespace proviso::hooks
