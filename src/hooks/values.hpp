#pragma once

#include <cstdint>
#include <lua.hpp>
#include <string>
#include <string_view>

#include "value/type.hpp"

/// The exact values that scripts compute with, each an immutable userdata. Every userdata of a state is one.
namespace proviso::hooks {

/// `kind` is number, money, quantity, date or duration; a percent is a number. `bits` as a column holds it, but that a
/// duration is always of months or of days and has its plain count.
struct Exact {
  std::int64_t bits = 0;
  value::Kind kind = value::Kind::number;
  value::Unit unit = value::Unit::kg;                          ///< of a quantity
  value::DurationKind duration = value::DurationKind::months;  ///< of a duration
};
static_assert(sizeof(Exact) == 16);

/// Defines the metatables; then pushes and reads work in the state.
void install_exact_values(lua_State* state);
/// Sets the constructors, and the functions of dates, in the table on the top.
void install_constructors(lua_State* state);

void push(lua_State* state, const Exact& exact);
/// Null where there is another kind of value.
inline const Exact* exact_at(lua_State* state, int index) {
  return static_cast<const Exact*>(lua_type(state, index) == LUA_TUSERDATA ? lua_touserdata(state, index) : nullptr);
}

/// `a decimal`, `money`, `a quantity in kg`, `a date`, `text`, `nil`: with its article, for messages.
std::string describe(lua_State* state, int index);
/// `decimal`, `date`, ...: what `type` says of it.
const char* type_name(value::Kind kind);
/// `12.5`, `£3.20`, `35 kg/m2`, `2019-04-01`, `6 months`.
std::string format(const Exact& exact);

/// An exact value or a Lua number as a decimal. A float counts as the shortest decimal that reads back as the same
/// float, if that has at most six places. `plain` says that it was a Lua number.
struct Operand {
  Exact exact;
  bool plain = false;
};
/// Raises an error where a number is not a decimal, naming it; false where it is another kind of value.
bool to_operand(lua_State* state, int index, Operand& operand);
/// The decimal that a Lua number counts as; false where there is none.
bool decimal_of_integer(lua_Integer number, std::int64_t& bits);
bool decimal_of_float(lua_Number number, std::int64_t& bits);

/// Less than 0, 0 or more than 0. Raises an error where the two do not compare.
int compare(lua_State* state, int left, int right);
/// The operators and `:is`, set in the metatable at the top.
void install_operators(lua_State* state);
/// Makes the value on the top positive.
Exact absolute(lua_State* state, Exact exact);

}  // namespace proviso::hooks
