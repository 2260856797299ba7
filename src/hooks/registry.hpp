#pragma once

/// Where things are in the registry of a state. Scripts cannot see it.
namespace proviso::hooks::slot {

/// Lua's own come first.
enum : int {
  first_metatable = 3,  ///< of the exact values, in the order of their kinds: number, money, percent, quantity, ...
  body = 10,            ///< the script as a function
  environment,          ///< what the script sees as its globals: its own, and behind them `library`
  environment_metatable,
  first_free,
};

}  // namespace proviso::hooks::slot
