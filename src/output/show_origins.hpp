#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/library.hpp"

namespace proviso::output {

/// Which change of which variation made a criterion, clause or category of a form what it is.
class Origins {
 public:
  Origins(const model::Library& library, const model::Form& form);

  struct Origin {
    const model::Variation* variation = nullptr;
    const model::Change* change = nullptr;
    std::size_t order = 0;  ///< 0: as written; a later change has a greater one
  };
  /// `around`: the origin of the group or clause that it is in.
  Origin of(const model::Criterion& criterion, const Origin& around) const;
  Origin of(const model::Clause& clause) const;
  Origin of_category() const;
  Origin of_omission() const;

 private:
  struct Made {
    const model::Variation* variation;
    const model::Change* change;
  };
  std::vector<Made> made_;
  std::vector<std::string> criteria_;  ///< the names of all criteria

  Origin origin(std::size_t order) const;
};

}  // namespace proviso::output
