#include "trial/scenarios/scenario_reports.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace proviso::trial {

std::string file_and_line(const text::Sources& sources, text::Span span) {
  if (!sources.has(span)) return {};
  return fmt::format("{}:{}", sources.file(span.file).path(), sources.start(span).line);
}

std::vector<std::uint32_t> scenarios_of(const ScenarioRun& run) {
  std::vector<std::uint32_t> result;
  for (const CaseNumber number : run.run) {
    if (result.empty() || result.back() != number.scenario) result.push_back(number.scenario);
  }
  return result;
}

std::vector<std::string> policies_without_scenarios(const model::Library& library) {
  std::set<std::string_view> tried;
  for (const model::Scenario& scenario : library.scenarios) tried.insert(scenario.policy);
  std::vector<std::string> result;
  for (const model::Policy& policy : library.policies) {
    const std::string name = policy.full_name();
    if (!policy.decides(true) || tried.count(name) > 0) continue;
    if (std::find(result.begin(), result.end(), name) == result.end()) result.push_back(name);
  }
  return result;
}

}  // namespace proviso::trial
