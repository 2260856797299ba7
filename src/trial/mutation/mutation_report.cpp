#include "trial/mutation/mutation_report.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "trial/mutation/mutant_proposal.hpp"
#include "trial/scenarios/given.hpp"
#include "trial/scenarios/words.hpp"
#include "trial/suggestion/suggest_page.hpp"
#include "value/text.hpp"

namespace proviso::trial {
namespace {

std::string indented(const std::string& lines) {
  std::string out;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin) + 1;
    out += "    " + lines.substr(begin, end - begin);
    begin = end;
  }
  return out;
}

std::string short_name(const std::string& policy) { return policy.substr(policy.rfind('.') + 1); }

class MutationTextWriter {
 public:
  MutationTextWriter(std::string& out, const Sourced& sourced, bool colour)
      : out_(out), sourced_(sourced), colour_(colour) {}

  void survivor(const Mutant& mutant) {
    const std::string where = file_and_line(sourced_.sources, mutant.span);
    out_ += fmt::format("{} {}: {}{}\n", painted("SURVIVED", "\x1b[1;31m"), where, spelling(mutant.kind),
                        mutant.criterion.empty() ? "" : " of `" + mutant.criterion + "`");
    out_ += fmt::format("  `{}` -> {}\n", mutant.before,
                        mutant.after == "left out" ? mutant.after : "`" + mutant.after + "`");
    nearest(mutant);
    if (!mutant.told_apart) {
      out_ += fmt::format("  no record of {} tells it apart\n\n", with_commas(mutant.tried));
      return;
    }
    out_ += fmt::format("  would tell it apart: {}\n", mutant.outcomes);
    std::string scenario = catching_scenario(sourced_.library, mutant);
    const auto [first, fresh] = proposed_.emplace(scenario, where);
    out_ += fresh ? indented(scenario) : fmt::format("    the scenario proposed for {}\n", first->second);
    out_ += '\n';
  }

  void summary(const MutationRun& run) {
    std::size_t width = 0;
    const auto policies = count_by_policy(run);
    for (const MutationCount& each : policies) width = std::max(width, each.name.size());
    for (const MutationCount& each : policies) {
      out_ += fmt::format("{:<{}}  {:>6} of {:>6} caught ({}%)\n", each.name, width, with_commas(each.caught),
                          with_commas(each.tried), score_of(each.caught, each.tried));
    }
    if (run.failing > 0) {
      out_ += fmt::format("{} left out, which {} not end as expected by the policies as they are\n",
                          run.failing == 1 ? "1 case was" : with_commas(run.failing) + " cases were",
                          run.failing == 1 ? "does" : "do");
    }
    if (run.mutants.empty()) {
      out_ += "no mutants: no policy has scenarios that end as expected\n";
      return;
    }
    const bool all = run.survivors() == 0;
    const std::string score = fmt::format("{} of {} mutants caught ({}%)", with_commas(run.caught),
                                          with_commas(run.mutants.size()), score_of(run.caught, run.mutants.size()));
    out_ += fmt::format("{}, in {:.1f} s\n", painted(score, all ? "\x1b[1;32m" : "\x1b[1;33m"), run.seconds);
  }

 private:
  std::string& out_;
  const Sourced& sourced_;
  bool colour_;
  std::map<std::string, std::string> proposed_;  ///< scenario: the line of the survivor that it was proposed for first

  std::string painted(const std::string& text, std::string_view escape) const {
    return colour_ ? fmt::format("{}{}\x1b[0m", escape, text) : text;
  }

  void nearest(const Mutant& mutant) {
    if (mutant.nearest.scenario == model::none) {
      out_ += "  no scenario reaches it\n";
      return;
    }
    const model::Scenario& scenario = sourced_.library.scenarios[mutant.nearest.scenario];
    const model::ScenarioCase& tried = case_of(sourced_.library, mutant.nearest);
    out_ += fmt::format("  nearest: \"{}\"{}, {}\n", scenario.title, tried.label.empty() ? "" : " with " + tried.label,
                        file_and_line(sourced_.sources, tried.span));
  }
};

std::vector<MutationCount> count_by(const MutationRun& run, std::string (*name_of)(const Mutant&)) {
  std::vector<MutationCount> counts;
  for (const Mutant& mutant : run.mutants) {
    const std::string name = name_of(mutant);
    auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& each) { return each.name == name; });
    if (found == counts.end()) found = counts.insert(counts.end(), {name, 0, 0});
    ++found->tried;
    found->caught += mutant.survived() ? 0 : 1;
  }
  return counts;
}

}  // namespace

std::vector<MutationCount> count_by_policy(const MutationRun& run) {
  return count_by(run, [](const Mutant& mutant) { return mutant.policy; });
}

std::vector<MutationCount> count_by_kind(const MutationRun& run) {
  std::vector<MutationCount> counts;
  for (std::size_t kind = 0; kind < mutant_kinds; ++kind) {
    counts.push_back({std::string(spelling(static_cast<MutantKind>(kind))), 0, 0});
  }
  for (const Mutant& mutant : run.mutants) {
    MutationCount& count = counts[static_cast<std::size_t>(mutant.kind)];
    ++count.tried;
    count.caught += mutant.survived() ? 0 : 1;
  }
  return counts;
}

std::string catching_facts(const model::Library& library, const Mutant& mutant) {
  if (!mutant.told_apart || mutant.nearest.scenario == model::none) return {};
  std::string out;
  for (const model::GivenFact& fact : facts_to_say(library, mutant)) {
    if (!out.empty()) out += ", ";
    out += spell(library, library.records[mutant.record], fact);
  }
  return out;
}

std::string catching_scenario(const model::Library& library, const Mutant& mutant) {
  if (!mutant.told_apart || mutant.nearest.scenario == model::none) return {};
  const model::Scenario& nearest = library.scenarios[mutant.nearest.scenario];
  SuggestedScenario scenario;
  scenario.title = mutant.title;
  scenario.policy = short_name(nearest.policy);
  scenario.like = nearest.title;
  scenario.given = facts_to_say(library, mutant);
  scenario.expected = mutant.expectation;
  scenario.with_drafts = nearest.with_drafts;
  std::string out;
  append(out, library, library.records[mutant.record], scenario);
  return out;
}

void append_mutation_text(std::string& out, const Sourced& sourced, const MutationRun& run, bool colour) {
  MutationTextWriter writer(out, sourced, colour);
  for (const Mutant& mutant : run.mutants) {
    if (mutant.survived()) writer.survivor(mutant);
  }
  writer.summary(run);
}

}  // namespace proviso::trial
