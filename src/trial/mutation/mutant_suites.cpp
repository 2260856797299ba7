#include "trial/mutation/mutant_suites.hpp"

#include <algorithm>
#include <map>

namespace proviso::trial {

std::vector<Suite> suites_of(const model::Library& library, const std::vector<std::uint32_t>& scenarios) {
  std::map<std::string, std::size_t> turn;
  for (std::size_t i = 0; i < library.policies.size(); ++i) turn.try_emplace(library.policies[i].full_name(), i);
  std::map<std::pair<std::size_t, bool>, Suite> suites;
  for (const std::uint32_t number : scenarios) {
    const model::Scenario& scenario = library.scenarios[number];
    const auto policy = turn.find(scenario.policy);
    if (policy == turn.end()) continue;
    const bool drafts = options_for(library, scenario, decide::Explain::none).with_drafts;
    Suite& suite = suites[{policy->second, drafts}];
    if (suite.scenario == model::none) {
      suite.policy = scenario.policy;
      suite.record = scenario.record;
      suite.scenario = number;
    }
    for (std::uint32_t index = 0; index < scenario.cases.size(); ++index) suite.cases.push_back({number, index});
  }
  std::vector<Suite> result;
  for (auto& [key, suite] : suites) {
    if (!suite.cases.empty()) result.push_back(std::move(suite));
  }
  return result;
}

}  // namespace proviso::trial
