#pragma once

#include "check/declarations/types.hpp"
#include "check/declarations/value_names.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// Thresholds: values of the right type, each for a period, and for a place where one is given.
class Thresholds : Part {
 public:
  Thresholds(Workspace& workspace, Types& types, ValueNames& value_names, Literals& literals)
      : Part(workspace), types_(types), value_names_(value_names), literals_(literals) {}

  void check_threshold(Symbol& symbol);

 private:
  void check_bounds(const Symbol& symbol, model::Threshold& threshold);
  void check_succession(const model::Threshold& threshold);

  Types& types_;
  ValueNames& value_names_;
  Literals& literals_;
};

}  // namespace proviso::check
