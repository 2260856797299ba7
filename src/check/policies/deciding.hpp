#pragma once

#include "check/part.hpp"

namespace proviso::check {

/// The facts by which a policy, a payment or an agreement is dated and placed.
class Deciding : Part {
 public:
  explicit Deciding(Workspace& workspace) : Part(workspace) {}

  /// `needed`: there must be one, also where no line names it.
  void deciding_date(model::Policy& policy, const syntax::Name& dated_by, bool needed);
  void deciding_place(model::Policy& policy, const syntax::Name& placed_by);

 private:
  model::FactId deciding_fact(const syntax::Name& name, const model::Policy& policy, Kind kind);
  model::FactId only_field(const model::Policy& policy, const model::Record& record, Kind kind, Code code);
};

}  // namespace proviso::check
