#include <fmt/format.h>

#include <algorithm>

#include "output/show_table.hpp"
#include "trial/coverage/coverage_reports.hpp"
#include "trial/scenarios/words.hpp"

namespace proviso::trial {
namespace {

constexpr std::size_t text_width = 100;

class CoverageTextWriter {
 public:
  CoverageTextWriter(std::string& out, const Sourced& sourced) : out_(out), sourced_(sourced) {}

  void missing(const PolicyCoverage& coverage) {
    if (coverage.complete()) return;
    out_ += fmt::format("{}: {} of {} goals are not shown\n", coverage.policy, coverage.goals.size() - coverage.shown,
                        coverage.goals.size());
    if (coverage.cases == 0) {
      out_ += "  it has no scenario\n\n";
      return;
    }
    for (const GoalGroup& group : grouped(coverage.goals)) missing(coverage, group);
    out_ += '\n';
  }

  void table(const Coverage& coverage) {
    std::vector<output::TableRow> rows;
    for (const PolicyCoverage& each : coverage.policies) {
      rows.push_back({{each.policy},
                      {std::to_string(each.cases)},
                      {fmt::format("{} of {}", each.shown, each.goals.size())},
                      {spell_percent(each.shown, each.goals.size())}});
    }
    if (!rows.empty()) output::append_table(out_, {"policy", "cases", "shown", "score"}, rows, text_width, 0);
    const auto complete = std::count_if(coverage.policies.begin(), coverage.policies.end(),
                                        [](const PolicyCoverage& each) { return each.complete(); });
    out_ += fmt::format("\ncoverage: {} of {} goals shown, {}; {} of {} {} complete\n", coverage.shown, coverage.goals,
                        spell_percent(coverage.shown, coverage.goals), complete, coverage.policies.size(),
                        coverage.policies.size() == 1 ? "policy is" : "policies are");
  }

 private:
  std::string& out_;
  const Sourced& sourced_;

  void line(const std::string& text, std::size_t indent) {
    for (const std::string& piece : output::wrap(std::string(indent, ' ') + text, text_width)) out_ += piece + '\n';
  }

  /// Of what a variation of another library brings in: scenarios of it belong beside the variation.
  std::string whose(const PolicyCoverage& coverage, const GoalGroup& group) const {
    const std::uint32_t variation = coverage.goals[group.goals.front()].variation;
    if (variation == model::none) return {};
    const std::string& library = sourced_.library.variations[variation].library;
    return library == sourced_.library.policies[group.policy].library ? "" : ", of library " + library;
  }

  void missing(const PolicyCoverage& coverage, const GoalGroup& group) {
    const auto lacks = [&](std::uint32_t goal) { return goal != model::none && !coverage.is_shown(goal); };
    if (std::none_of(group.goals.begin(), group.goals.end(), lacks)) return;
    line(file_and_line(sourced_.sources, group.span) + "  " + group.name + whose(coverage, group), 2);
    std::vector<std::string_view> truths;
    for (const std::uint32_t number : group.goals) {
      const Goal& goal = coverage.goals[number];
      if (!lacks(number)) continue;
      if (goal.aim == Aim::yes || goal.aim == Aim::no || goal.aim == Aim::unknown) truths.push_back(spelling(goal.aim));
      if (goal.aim <= Aim::variation) line("no case in which " + goal.what, 6);
    }
    if (!truths.empty()) line("does not decide by " + listed(truths), 6);
    for (const LimitMarks& limit : limit_marks(coverage.goals, group)) missing(coverage, limit);
  }

  void missing(const PolicyCoverage& coverage, const LimitMarks& limit) {
    std::vector<std::string_view> places;
    for (const std::uint32_t goal : limit.goals) {
      if (goal != model::none && !coverage.is_shown(goal)) places.push_back(spelling(coverage.goals[goal].aim));
    }
    if (!places.empty()) line("no " + limit.held + " " + listed(places) + " " + limit.against, 6);
  }
};

}  // namespace

void append_coverage_text(std::string& out, const Sourced& sourced, const Coverage& coverage) {
  CoverageTextWriter report(out, sourced);
  for (const PolicyCoverage& each : coverage.policies) report.missing(each);
  report.table(coverage);
}

}  // namespace proviso::trial
