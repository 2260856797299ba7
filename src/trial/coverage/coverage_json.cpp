#include <fmt/format.h>

#include "output/show_writer.hpp"
#include "trial/coverage/coverage_reports.hpp"
#include "trial/scenarios/words.hpp"

namespace proviso::trial {
namespace {

std::string_view aim_word(Aim aim) {
  switch (aim) {
    case Aim::does_not_apply:
      return "does_not_apply";
    case Aim::clause:
      return "clause";
    case Aim::below:
      return "below";
    case Aim::above:
      return "above";
    default:
      return spelling(aim);
  }
}

class CoverageJsonWriter {
 public:
  CoverageJsonWriter(std::string& out, const Sourced& sourced) : sourced_(sourced), json_(out) {}

  void write(const Coverage& coverage) {
    json_.open('{');
    counts(coverage.shown, coverage.goals);
    number("scenarios", coverage.scenarios);
    number("cases", coverage.cases);
    json_.name("policies");
    json_.open('[');
    for (const PolicyCoverage& each : coverage.policies) policy(each);
    json_.close(']');
    json_.close('}');
  }

 private:
  const Sourced& sourced_;
  output::ShowWriter json_;

  void number(std::string_view name, std::size_t value) { json_.raw(name, std::to_string(value)); }

  void counts(std::size_t shown, std::size_t goals) {
    number("shown", shown);
    number("goals", goals);
    json_.raw("percent", fmt::format("{:g}", percent_of(shown, goals)));
  }

  void policy(const PolicyCoverage& coverage) {
    json_.open('{');
    json_.field("policy", coverage.policy);
    counts(coverage.shown, coverage.goals.size());
    number("scenarios", coverage.scenarios);
    number("cases", coverage.cases);
    json_.name("all");
    json_.open('[');
    for (std::size_t i = 0; i < coverage.goals.size(); ++i) goal(coverage.goals[i], coverage.shown_by[i]);
    json_.close(']');
    json_.close('}');
  }

  void goal(const Goal& goal, CaseNumber shown_by) {
    json_.open('{');
    json_.field("aim", aim_word(goal.aim));
    json_.field("of", goal.name);
    json_.field("what", goal.what);
    if (!goal.value.empty()) json_.field("value", goal.value);
    if (!goal.limit_name.empty()) json_.field("threshold", goal.limit_name);
    json_.field("version", json_day(sourced_.library.policies[goal.policy].effective.first));
    if (sourced_.sources.has(goal.span)) {
      json_.field("file", sourced_.sources.file(goal.span.file).path());
      number("line", sourced_.sources.start(goal.span).line);
    }
    shown(shown_by);
    json_.close('}');
  }

  static std::string json_day(std::int32_t day) { return output::ShowWriter::day(day, INT32_MIN); }

  void shown(CaseNumber by) {
    if (by.scenario == model::none) return json_.raw("shown_by", "null");
    const model::Scenario& scenario = sourced_.library.scenarios[by.scenario];
    json_.name("shown_by");
    json_.open('{');
    json_.field("scenario", scenario.title);
    number("case", by.index + 1);
    json_.field("label", scenario.cases[by.index].label);
    json_.close('}');
  }
};

}  // namespace

void append_coverage_json(std::string& out, const Sourced& sourced, const Coverage& coverage) {
  CoverageJsonWriter(out, sourced).write(coverage);
}

}  // namespace proviso::trial
