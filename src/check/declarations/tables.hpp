#pragma once

#include "check/declarations/types.hpp"
#include "check/declarations/value_names.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// Tables, whose rows stand in the policy or in a file beside it.
class Tables : Part {
 public:
  Tables(Workspace& workspace, Types& types, ValueNames& value_names, Literals& literals)
      : Part(workspace), types_(types), value_names_(value_names), literals_(literals) {}

  void check_table(Symbol& symbol);

 private:
  void inline_rows(const syntax::TableDeclaration& table, std::uint32_t tree, model::Table& result);
  void file_rows(const syntax::TableDeclaration& table, const SourceTree& tree, model::Table& result);

  Types& types_;
  ValueNames& value_names_;
  Literals& literals_;
};

}  // namespace proviso::check
