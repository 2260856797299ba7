#include "trial/coverage/coverage.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "program/chunk.hpp"
#include "trial/scenarios/given.hpp"
#include "trial/scenarios/separated.hpp"
#include "trial/scenarios/words.hpp"

namespace proviso::trial {
namespace {

using model::none;

/// The goals of one policy, as scenarios with and without drafts see it.
class PolicyRun {
 public:
  PolicyRun(const model::Library& library, PolicyCoverage& coverage) : library_(library), coverage_(coverage) {}

  void run(const std::vector<std::uint32_t>& scenarios) {
    std::vector<std::uint32_t> as_adopted;
    std::vector<std::uint32_t> on_trial;
    for (const std::uint32_t number : scenarios) {
      const model::Scenario& scenario = library_.scenarios[number];
      ++coverage_.scenarios;
      coverage_.cases += scenario.cases.size();
      const bool drafts = options_for(library_, scenario, decide::Explain::none).with_drafts;
      (drafts ? on_trial : as_adopted).push_back(number);
    }
    const bool nothing_but_drafts =
        std::none_of(library_.policies.begin(), library_.policies.end(),
                     [&](const auto& each) { return each.full_name() == coverage_.policy && each.decides(false); });
    if (!nothing_but_drafts) observe(as_adopted, false);
    if (nothing_but_drafts || !on_trial.empty()) observe(on_trial, true);
    for (std::size_t goal = 0; goal < coverage_.goals.size(); ++goal)
      coverage_.shown += coverage_.is_shown(goal) ? 1 : 0;
  }

 private:
  using Key = std::tuple<std::uint32_t, Aim, std::string, std::string, std::uint32_t, std::uint32_t>;

  const model::Library& library_;
  PolicyCoverage& coverage_;
  std::map<Key, std::uint32_t> known_;

  static bool comes_first(CaseNumber a, CaseNumber b) {
    return std::tie(a.scenario, a.index) < std::tie(b.scenario, b.index);
  }

  /// With drafts a policy has other goals too, but those of what stays as it is are the same.
  std::vector<std::uint32_t> numbers_of(const std::vector<Goal>& goals) {
    std::vector<std::uint32_t> numbers;
    for (const Goal& goal : goals) {
      const Key key{goal.policy, goal.aim, goal.name, goal.what, goal.span.file, goal.span.begin};
      const auto [known, is_new] = known_.try_emplace(key, static_cast<std::uint32_t>(coverage_.goals.size()));
      if (is_new) {
        coverage_.goals.push_back(goal);
        coverage_.shown_by.emplace_back();
      }
      numbers.push_back(known->second);
    }
    return numbers;
  }

  void observe(const std::vector<std::uint32_t>& scenarios, bool with_drafts) {
    Goals goals(library_, coverage_.policy, with_drafts);
    const std::vector<std::uint32_t> numbers = numbers_of(goals.all());
    program::Chunk chunk(library_, goals.engine().record_index());
    std::vector<CaseNumber> cases;
    std::vector<std::vector<std::uint32_t>> shown;
    const auto look = [&] {
      chunk.finish();
      goals.shown_by(chunk, shown);
      for (std::size_t row = 0; row < cases.size(); ++row) {
        for (const std::uint32_t goal : shown[row]) {
          CaseNumber& first = coverage_.shown_by[numbers[goal]];
          if (comes_first(cases[row], first)) first = cases[row];
        }
      }
      chunk.clear();
      cases.clear();
    };
    for (const std::uint32_t scenario : scenarios) {
      const auto& all = library_.scenarios[scenario].cases;
      for (std::uint32_t index = 0; index < all.size(); ++index) {
        add_record(chunk, all[index].given);
        cases.push_back({scenario, index});
        if (cases.size() == program::chunk_capacity) look();
      }
    }
    if (!cases.empty()) look();
  }
};

}  // namespace

double Coverage::percent() const { return percent_of(shown, goals); }

Coverage cover(const model::Library& library, const std::vector<std::uint32_t>& scenarios,
               const std::vector<std::string>& policies) {
  std::map<std::string, std::vector<std::uint32_t>> by_policy;
  for (const std::uint32_t number : scenarios) by_policy[library.scenarios[number].policy].push_back(number);
  const model::Library apart = separated(library);
  Coverage coverage;
  for (const model::Policy& policy : library.policies) {
    const std::string name = policy.full_name();
    const bool first = coverage.policies.empty() || coverage.policies.back().policy != name;
    const bool wanted = policies.empty() || std::find(policies.begin(), policies.end(), name) != policies.end();
    if (!policy.decides(true) || !first || !wanted) continue;
    PolicyCoverage& covered = coverage.policies.emplace_back();
    covered.policy = name;
    PolicyRun(apart, covered).run(by_policy[name]);
    coverage.shown += covered.shown;
    coverage.goals += covered.goals.size();
    coverage.scenarios += covered.scenarios;
    coverage.cases += covered.cases;
  }
  return coverage;
}

std::vector<GoalGroup> grouped(const std::vector<Goal>& goals) {
  std::vector<GoalGroup> groups;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>, std::size_t> known;
  for (std::uint32_t i = 0; i < goals.size(); ++i) {
    const Goal& goal = goals[i];
    const auto [group, is_new] =
        known.try_emplace({goal.policy, goal.span.file, goal.span.begin, goal.name}, groups.size());
    if (is_new) groups.push_back({goal.policy, goal.name, goal.span, {}});
    groups[group->second].goals.push_back(i);
  }
  return groups;
}

std::vector<LimitMarks> limit_marks(const std::vector<Goal>& goals, const GoalGroup& group) {
  std::vector<LimitMarks> marks;
  for (const std::uint32_t number : group.goals) {
    const Goal& goal = goals[number];
    if (goal.aim != Aim::below && goal.aim != Aim::at && goal.aim != Aim::above) continue;
    const auto same = [&](const LimitMarks& each) { return each.held == goal.held && each.against == goal.against; };
    auto limit = std::find_if(marks.begin(), marks.end(), same);
    if (limit == marks.end()) limit = marks.insert(marks.end(), {goal.held, goal.against, {none, none, none}});
    limit->goals[goal.aim == Aim::below ? 0 : goal.aim == Aim::at ? 1 : 2] = number;
  }
  return marks;
}

std::string_view spelling(Aim aim) {
  switch (aim) {
    case Aim::applies:
      return "applies";
    case Aim::does_not_apply:
      return "does not apply";
    case Aim::clause:
      return "decides";
    case Aim::variation:
      return "variation";
    case Aim::yes:
      return "yes";
    case Aim::no:
      return "no";
    case Aim::unknown:
      return "unknown";
    case Aim::below:
      return "just below";
    case Aim::at:
      return "at";
    case Aim::above:
      return "just above";
  }
  return "";
}

}  // namespace proviso::trial
