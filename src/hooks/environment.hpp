#pragma once

#include <cstddef>
#include <lua.hpp>

/// What a script sees. Everything in it is listed in the files of these functions: nothing of Lua's own libraries is
/// opened.
namespace proviso::hooks {

/// Makes the library, the metatable of texts, and the metatable of environments; needs install_exact_values.
void install_library(lua_State* state);
/// Puts a fresh environment in its slot of the registry.
void make_environment(lua_State* state);
/// Whether the value is a table of the library, which no script can change.
bool is_library_table(lua_State* state, int index);

// Each sets its functions in the table on the top.
void install_basics(lua_State* state);
void install_pairs(lua_State* state);
void install_strings(lua_State* state);
void install_tables(lua_State* state);
void install_mathematics(lua_State* state);

/// Most values that one call of `table.unpack` or `string.byte` returns.
inline constexpr int values_limit = 250;

/// Ends the run where a text would be longer than texts may be.
void check_text_size(lua_State* state, std::size_t size);

}  // namespace proviso::hooks
