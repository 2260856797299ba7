#pragma once

#include <string>

#include "hooks/values.hpp"

/// What the operators of exact values have in common.
namespace proviso::hooks {

inline bool is_number(const Exact& exact) { return exact.kind == value::Kind::number; }
inline bool is_decimal(const Exact& exact) {
  return exact.kind == value::Kind::number || exact.kind == value::Kind::money || exact.kind == value::Kind::quantity;
}
/// Two quantities that convert.
bool one_dimension(const Exact& a, const Exact& b);
/// Makes a duration a quantity of time, where the other side is one.
void duration_as_quantity(lua_State* state, Exact& exact, const Exact& other);

/// Raises the message as an error, with the script's line.
[[noreturn]] void fail(lua_State* state, const std::string& message);
/// Raises that the two values cannot be `added`, ..., or that one is unknown.
[[noreturn]] void cannot(lua_State* state, const char* verb, int left = 1, int right = 2);

// Each sets its metamethods in the metatable on the top.
void install_arithmetic(lua_State* state);
void install_comparisons(lua_State* state);

}  // namespace proviso::hooks
