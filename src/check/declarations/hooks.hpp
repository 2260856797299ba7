#pragma once

#include "check/declarations/types.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// Hooks' signatures and their scripts. What calls them is an expression.
class Hooks : Part {
 public:
  Hooks(Workspace& workspace, Types& types) : Part(workspace), types_(types) {}

  void check_hook(Symbol& symbol);
  void examine_scripts();

 private:
  std::uint32_t script(const SourceTree& tree, const syntax::HookDeclaration& hook);

  Types& types_;
  std::map<std::string, std::uint32_t> scripts_;  ///< by path
};

}  // namespace proviso::check
