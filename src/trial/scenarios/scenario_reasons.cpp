#include "trial/scenarios/scenario_reasons.hpp"

#include <algorithm>

namespace proviso::trial {

std::vector<NamedReason> named_reasons(const decide::Engine& engine, const decide::Decisions& decisions,
                                       const decide::Decision& decision) {
  std::vector<NamedReason> result;
  if (decision.clause == model::none) return result;
  const decide::Version& version = engine.versions()[decision.version];
  const model::Clause& clause = version.clauses()[decision.clause];
  if (!clause.otherwise) {
    // An unnamed clause is the only one that its outcome says.
    if (clause.name != model::spelling(clause.outcome)) result.push_back({clause.name});
    return result;
  }
  for (std::uint32_t i = 0; i < decision.reasons.count; ++i) {
    const decide::Item& item = version.items[decisions.reasons[decision.reasons.first + i].item];
    if (item.depth == 0 || item.name.empty()) continue;
    const bool around =
        i + 1 < decision.reasons.count && decisions.reasons[decision.reasons.first + i + 1].item < item.end;
    result.push_back({std::string(item.name), around});
  }
  return result;
}

std::vector<std::string> most_telling(const std::vector<NamedReason>& reasons, const std::vector<NamedReason>& usual,
                                      const std::function<bool(const std::string&)>& is_wanted) {
  constexpr std::size_t most = 3;
  std::vector<std::string> wanted;
  std::vector<std::string> fresh;
  std::vector<std::string> all;
  for (const NamedReason& reason : reasons) {
    if (is_wanted(reason.name)) wanted.push_back(reason.name);
    if (reason.around) continue;
    all.push_back(reason.name);
    const bool is_usual =
        std::any_of(usual.begin(), usual.end(), [&](const NamedReason& each) { return each.name == reason.name; });
    if (!is_usual) fresh.push_back(reason.name);
  }
  const auto is_fresh = [&](const std::string& name) {
    return std::find(fresh.begin(), fresh.end(), name) != fresh.end();
  };
  std::stable_partition(wanted.begin(), wanted.end(), is_fresh);
  std::vector<std::string>& result = !wanted.empty() ? wanted : !fresh.empty() ? fresh : all;
  if (result.size() > most) result.resize(most);
  return std::move(result);
}

}  // namespace proviso::trial
