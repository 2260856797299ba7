#pragma once

#include "check/part.hpp"
#include "check/policies/variations.hpp"

namespace proviso::check {

/// Policies over time: what in them depends on the date, and versions that do not overlap.
class Versions : Part {
 public:
  Versions(Workspace& workspace, Variations& variations) : Part(workspace), variations_(variations) {}

  void check_versions();
  bool uses_dates(const model::Policy& policy) const;

 private:
  void check_succession(model::Policy& a, const model::Policy& b);

  Variations& variations_;
};

}  // namespace proviso::check
