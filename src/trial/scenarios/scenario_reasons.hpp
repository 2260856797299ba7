#pragma once

#include <functional>
#include <string>
#include <vector>

#include "decide/decision.hpp"
#include "decide/engine.hpp"

/// What a scenario that is made up names after `because`.
namespace proviso::trial {

/// A criterion or clause that decided.
struct NamedReason {
  std::string name;
  bool around = false;  ///< a group, of which a criterion is a reason too
};

/// In the order of the policy: the clause, where its name says more than its outcome; where it is `otherwise`, the
/// criteria that are why. The engine explains by reasons.
std::vector<NamedReason> named_reasons(const decide::Engine& engine, const decide::Decisions& decisions,
                                       const decide::Decision& decision);

/// At most three of them: those that the case is there for; else those that are no reasons of the case that it is like;
/// else the first.
std::vector<std::string> most_telling(const std::vector<NamedReason>& reasons, const std::vector<NamedReason>& usual,
                                      const std::function<bool(const std::string&)>& is_wanted);

}  // namespace proviso::trial
