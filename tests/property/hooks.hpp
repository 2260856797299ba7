#pragma once

#include <string>
#include <vector>

#include "property/expression.hpp"
#include "reference/reference.hpp"

/// A few hooks, each written twice: in Lua, and in C++ for the reference.
namespace proviso::property {

struct Hook {
  std::string name;  ///< `calc.above`
  std::vector<Type> parameters;
  Type result;
  std::string tendency;  ///< `tighten`, `loosen`, or empty
  /// A fact more never turns its answer round.
  bool monotone = true;
  std::string lua;  ///< the function: `function(a, b) ... end`
  reference::NativeHook native;

  std::string field() const { return name.substr(name.find('.') + 1); }
};

const std::vector<Hook>& hooks();
/// All of them, by name.
reference::NativeHooks native_hooks();

/// The file of the script, in the script folder.
inline const char* const script_file = "hooks.lua";
/// A temporary folder with the script, which is there as long as the program runs.
const std::string& script_folder();

}  // namespace proviso::property
