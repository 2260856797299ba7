#include "check/check.hpp"

#include "check/checker.hpp"

namespace proviso::check {

model::Library check(const std::vector<SourceTree>& trees, const text::Sources& sources,
                     text::Diagnostics& diagnostics) {
  Workspace workspace{trees, sources, diagnostics};
  return Checker(workspace).run();
}

}  // namespace proviso::check
