#include "trial/suggestion/suggest.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "trial/scenarios/given.hpp"
#include "trial/scenarios/scenario_failures.hpp"
#include "trial/scenarios/scenarios.hpp"
#include "trial/scenarios/separated.hpp"
#include "trial/suggestion/suggest_page.hpp"
#include "trial/suggestion/suggest_search.hpp"
#include "trial/suggestion/suggest_words.hpp"

namespace proviso::trial {
namespace {

constexpr const char* to_be_confirmed = "suggested: outcome computed by the policy itself, to be confirmed";

using model::FactId;
using model::GivenFact;
using model::GivenRecord;

/// Lays one policy's cases out as scenarios.
class Layout {
 public:
  Layout(const model::Library& library, const SuggestionSearch& search, const std::string& policy,
         const std::string& policy_name)
      : library_(library), search_(search), record_(search_record(library, policy)), policy_name_(policy_name) {
    for (const model::Scenario& scenario : library.scenarios) {
      if (scenario.policy == policy) taken_.insert(scenario.title);
    }
  }

  std::vector<SuggestedScenario> scenarios() {
    if (search_.base()) place_base();
    find_tables();
    for (std::size_t i = 0; i < search_.found().size(); ++i) {
      const auto table = table_of_.find(i);
      if (table == table_of_.end()) {
        single(search_.found()[i]);
      } else if (written_.insert(table->second).second) {
        vary(*table->second);
      }
    }
    return std::move(scenarios_);
  }

 private:
  const model::Library& library_;
  const SuggestionSearch& search_;
  const model::Record& record_;
  std::string policy_name_;
  std::set<std::string> taken_;
  std::string base_title_;
  std::vector<SuggestedScenario> scenarios_;
  std::map<std::vector<FactId>, std::vector<std::size_t>> tables_;  ///< cases that differ from the base in those facts
  std::map<std::size_t, const std::vector<std::size_t>*> table_of_;
  std::set<const std::vector<std::size_t>*> written_;

  static const model::Record& search_record(const model::Library& library, const std::string& policy) {
    const auto found = std::find_if(library.policies.begin(), library.policies.end(),
                                    [&](const model::Policy& each) { return each.full_name() == policy; });
    return library.records[found->record];
  }

  SuggestedScenario& add(const std::string& title) {
    SuggestedScenario& scenario = scenarios_.emplace_back();
    scenario.title = unique(taken_, title);
    scenario.policy = policy_name_;
    scenario.unverified = to_be_confirmed;
    return scenario;
  }

  static std::string title_of_base(model::Outcome outcome) {
    if (outcome == model::Outcome::approve) return "A case that is approved";
    if (outcome == model::Outcome::pay) return "A case that is paid";
    return fmt::format("A case: {}", model::spelling(outcome));
  }

  void place_base() {
    base_title_ = search_.base_title();
    if (!base_title_.empty()) return;
    const FoundCase& base = *search_.base();
    SuggestedScenario& scenario = add(title_of_base(base.expected.outcome));
    base_title_ = scenario.title;
    scenario.given = base.given;
    scenario.expected = spell(library_, record_, base.expected);
  }

  GivenRecord changes(const FoundCase& found) const {
    GivenRecord result = difference(search_.base()->given, found.given);
    std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.fact < b.fact; });
    return result;
  }

  bool is_like_base(const FoundCase& found) const {
    return search_.base() && changes(found).size() <= std::max<std::size_t>(3, found.given.size() / 2);
  }

  bool shows_limit(const FoundCase& found) const {
    return std::any_of(found.kept_for.begin(), found.kept_for.end(), [&](std::uint32_t number) {
      const Aim aim = search_.goals()[number].aim;
      return aim == Aim::below || aim == Aim::at || aim == Aim::above;
    });
  }

  /// Cases that differ from the base in one fact of many values make a table, as do those that try limits by the same
  /// two facts.
  void find_tables() {
    for (std::size_t i = 0; i < search_.found().size(); ++i) {
      const FoundCase& found = search_.found()[i];
      if (!is_like_base(found)) continue;
      std::vector<FactId> facts;
      bool fits = true;
      for (const GivenFact& each : changes(found)) {
        facts.push_back(each.fact);
        const value::Kind kind = record_.facts[each.fact].type.kind;
        fits = fits && kind != value::Kind::list && (kind != value::Kind::truth || facts.size() > 1);
      }
      if (fits && (facts.size() == 1 || (facts.size() == 2 && shows_limit(found)))) tables_[facts].push_back(i);
    }
    for (auto& [facts, cases] : tables_) {
      if (cases.size() < 2) continue;
      const auto value = [&](std::size_t number) {
        std::vector<std::pair<bool, std::int64_t>> key;
        for (const GivenFact& each : changes(search_.found()[number])) {
          key.emplace_back(!each.constant.known, each.constant.bits);
        }
        std::reverse(key.begin(), key.end());
        return key;
      };
      std::stable_sort(cases.begin(), cases.end(), [&](std::size_t a, std::size_t b) { return value(a) < value(b); });
      for (const std::size_t each : cases) table_of_[each] = &cases;
    }
  }

  void single(const FoundCase& found) {
    const std::vector<Goal>& goals = search_.goals();
    SuggestedScenario& scenario = add(title_of(library_, goals[telling(goals, found.kept_for)]));
    if (is_like_base(found)) {
      scenario.like = base_title_;
      scenario.given = changes(found);
    } else {
      scenario.given = found.given;
    }
    scenario.expected = spell(library_, record_, found.expected);
  }

  void vary(const std::vector<std::size_t>& cases) {
    std::vector<FactId> facts;
    for (const GivenFact& each : changes(search_.found()[cases.front()])) facts.push_back(each.fact);
    SuggestedScenario& scenario = add(title_of(record_, facts));
    scenario.like = base_title_;
    scenario.varied = facts;
    for (const std::size_t number : cases) {
      const FoundCase& found = search_.found()[number];
      scenario.rows.push_back({changes(found), spell(library_, record_, found.expected)});
    }
  }
};

bool policy_decides(const model::Library& library, const std::string& policy, bool with_drafts) {
  return std::any_of(library.policies.begin(), library.policies.end(), [&](const model::Policy& each) {
    return each.full_name() == policy && each.decides(with_drafts);
  });
}

/// In the order of the library, each once.
std::vector<std::string> chosen(const model::Library& library, const std::vector<std::string>& wanted) {
  std::vector<std::string> result;
  for (const model::Policy& policy : library.policies) {
    const std::string name = policy.full_name();
    if (!result.empty() && result.back() == name) continue;
    const bool is_wanted = wanted.empty() ? policy_decides(library, name, false)
                                          : std::find(wanted.begin(), wanted.end(), name) != wanted.end();
    if (is_wanted && policy_decides(library, name, true)) result.push_back(name);
  }
  return result;
}

std::string library_of(const std::string& policy) { return policy.substr(0, policy.rfind('.')); }

/// Scenarios for several libraries stand in one of their own.
std::string head_of(const std::vector<std::string>& policies) {
  std::set<std::string> libraries;
  for (const std::string& policy : policies) libraries.insert(library_of(policy));
  if (libraries.size() == 1) return "library " + *libraries.begin() + "\n";
  std::string head = "library suggested\n\n";
  for (const std::string& each : libraries) head += "use " + each + "\n";
  return head;
}

}  // namespace

Suggested suggest(const model::Library& given, const std::vector<std::string>& policies, std::uint64_t seed) {
  const model::Library library = separated(given);
  Suggested result;
  const std::vector<std::string> names = chosen(library, policies);
  if (names.empty()) return result;
  result.text = head_of(names);
  std::string remarks;  // before the scenario that comes next
  const bool one_library = std::all_of(names.begin(), names.end(),
                                       [&](const auto& each) { return library_of(each) == library_of(names[0]); });
  for (const std::string& name : names) {
    SuggestionSearch search(library, name, !policy_decides(library, name, false), seed);
    search.search();
    SuggestedPolicy& of_policy = result.policies.emplace_back();
    of_policy.policy = name;
    of_policy.goals = search.goals().size();
    of_policy.shown_before = search.shown_before();
    of_policy.shown_after = search.goals().size() - search.not_found().size();
    of_policy.records_tried = search.records_tried();
    for (const std::uint32_t goal : search.not_found()) of_policy.not_found.push_back(search.goals()[goal].what);
    const std::string own_name = one_library ? name.substr(name.rfind('.') + 1) : name;
    const std::vector<SuggestedScenario> scenarios = Layout(library, search, name, own_name).scenarios();
    of_policy.scenarios = scenarios.size();
    if (!of_policy.not_found.empty()) {
      remarks += fmt::format("# {}: of {} records that were tried (seed {}), none shows\n", name,
                             of_policy.records_tried, seed);
      for (const std::string& what : of_policy.not_found) remarks += "#   " + what + "\n";
    }
    for (const SuggestedScenario& scenario : scenarios) {
      result.text += "\n" + std::exchange(remarks, {});
      append(result.text, library, library.records[search.record_index()], scenario);
      of_policy.cases += std::max<std::size_t>(1, scenario.rows.size());
    }
  }
  result.text += remarks;
  return result;
}

}  // namespace proviso::trial
