#pragma once

#include "check/part.hpp"

namespace proviso::check {

/// What the files declare, by name: it fills the workspace's symbols.
class Declarations : Part {
 public:
  explicit Declarations(Workspace& workspace) : Part(workspace) {}

  void declare_files();
  void check_uses();

 private:
  void declare(std::uint32_t tree, std::uint32_t declaration);
  void add_symbol(SymbolKind kind, std::uint32_t tree, std::uint32_t declaration, const syntax::Name& name);
  std::uint32_t add_to_model(SymbolKind kind, const std::string& name);
};

}  // namespace proviso::check
