#pragma once

#include "check/declarations/value_names.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// Lists of codes, each block for a period, and for a place where one is given.
class CodeLists : Part {
 public:
  CodeLists(Workspace& workspace, ValueNames& value_names, Literals& literals)
      : Part(workspace), value_names_(value_names), literals_(literals) {}

  void check_code_list(Symbol& symbol);

 private:
  void add_code_block(const Symbol& symbol, const syntax::CodeBlock& block, model::CodeList& list);
  std::optional<std::pair<std::int64_t, std::int64_t>> code_interval(value::CodeSystem system,
                                                                     const syntax::CodeItem& item);

  ValueNames& value_names_;
  Literals& literals_;
};

}  // namespace proviso::check
