#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "text/utf8.hpp"
#include "trial/scenarios/scenario_reports.hpp"
#include "trial/scenarios/words.hpp"

namespace proviso::trial {
namespace {

enum class Paint : std::uint8_t { strong, good, bad, doubtful };

std::string_view escape_of(Paint paint) {
  switch (paint) {
    case Paint::strong:
      return "\x1b[1m";
    case Paint::good:
      return "\x1b[1;32m";
    case Paint::bad:
      return "\x1b[1;31m";
    case Paint::doubtful:
      return "\x1b[1;33m";
  }
  return "";
}

class ScenarioTextWriter {
 public:
  ScenarioTextWriter(std::string& out, const Sourced& sourced, bool colour)
      : out_(out), sourced_(sourced), colour_(colour) {}

  /// `all_criteria`: those too that did not decide.
  void write(const Failure& failure, bool all_criteria = true) {
    head(failure);
    if (!failure.version.empty()) line("  decided by: " + failure.version);
    if (!failure.criteria.empty())
      line(all_criteria ? "  criteria (those with * decided):" : "  criteria that decided:");
    for (const SeenCriterion& criterion : failure.criteria) {
      if (all_criteria || criterion.decided) write(criterion);
    }
    if (!failure.assumed.empty()) line(fmt::format("  assumed: {}", fmt::join(failure.assumed, ", ")));
    for (const std::string& note : failure.notes) line("  note: " + note);
    line("");
  }

  void head(const Failure& failure) {
    const model::Scenario& scenario = sourced_.library.scenarios[failure.number.scenario];
    const model::ScenarioCase& tried = scenario.cases[failure.number.index];
    line(painted("FAILED", Paint::bad) + ' ' + painted('"' + scenario.title + '"', Paint::strong) + " of " +
         scenario.policy);
    line("  " + file_and_line(sourced_.sources, tried.span) + (tried.label.empty() ? "" : ": " + tried.label));
    line("  expected:   " + failure.expected);
    line("  came:       " + failure.came);
    line("  difference: " + failure.difference);
  }

  void failures(const ScenarioRun& run, FailureForm form) {
    std::set<std::uint32_t> told;  // scenarios
    for (const Failure& failure : run.failures) {
      if (form == FailureForm::whole) {
        write(failure, told.insert(failure.number.scenario).second);
      } else {
        head(failure);
      }
    }
    if (form == FailureForm::brief && !run.failures.empty()) line("");
  }

  void summary(const ScenarioRun& run) {
    if (run.scenarios == 0) return line("no scenarios");
    std::string verdict = painted("all as expected", Paint::good);
    if (!run.failures.empty()) verdict = painted(fmt::format("{} not as expected", run.failures.size()), Paint::bad);
    line(fmt::format("{}, {}: {} ({:.2f} s)", counted(run.scenarios, "scenario"), counted(run.cases, "case"), verdict,
                     run.seconds));
    if (run.unverified == 0) return;
    line(painted(fmt::format("{} {} unverified: nobody has confirmed what {}", counted(run.unverified, "scenario"),
                             run.unverified == 1 ? "is" : "are", run.unverified == 1 ? "it expects" : "they expect"),
                 Paint::doubtful));
  }

 private:
  std::string& out_;
  const Sourced& sourced_;
  bool colour_;

  void line(const std::string& text) {
    out_ += text;
    out_ += '\n';
  }

  std::string painted(const std::string& text, Paint paint) const {
    return colour_ ? fmt::format("{}{}\x1b[0m", escape_of(paint), text) : text;
  }

  Paint paint_of(const std::string& result) const {
    return result == "yes" ? Paint::good : result == "no" ? Paint::bad : Paint::doubtful;
  }

  /// The mark, the result and the name stand in columns of their own; what the criterion says stands below its name.
  void write(const SeenCriterion& criterion) {
    const std::string indent(2 * criterion.depth, ' ');
    std::string name = criterion.name;
    if (criterion.decided) name = painted(name, Paint::strong);
    if (!criterion.label.empty()) name += ": " + criterion.label;
    const std::string padding(8 - criterion.result.size(), ' ');
    line(fmt::format("  {} {}{}{}{}", criterion.decided ? "*" : " ",
                     painted(criterion.result, paint_of(criterion.result)), padding, indent, name));
    const std::string below(14 + indent.size(), ' ');
    if (!criterion.expression.empty()) line(below + criterion.expression);
    std::size_t width = 0;
    for (const SeenValue& value : criterion.values) width = std::max(width, text::count_characters(value.name));
    for (const SeenValue& value : criterion.values) {
      const std::string blanks(width - text::count_characters(value.name), ' ');
      line(fmt::format("{}  {}{} = {}", below, value.name, blanks, value.value));
    }
  }
};

}  // namespace

void append_run_text(std::string& out, const Sourced& sourced, const ScenarioRun& run, bool colour, FailureForm form) {
  ScenarioTextWriter writer(out, sourced, colour);
  writer.failures(run, form);
  writer.summary(run);
}

void append_failure_text(std::string& out, const Sourced& sourced, const Failure& failure, bool colour) {
  ScenarioTextWriter(out, sourced, colour).write(failure);
}

void append_list_text(std::string& out, const Sourced& sourced, const std::vector<std::uint32_t>& scenarios) {
  for (const std::uint32_t number : scenarios) {
    const model::Scenario& scenario = sourced.library.scenarios[number];
    out += fmt::format("{} \"{}\" ({}) {}\n", scenario.policy, scenario.title, counted(scenario.cases.size(), "case"),
                       file_and_line(sourced.sources, scenario.span));
  }
}

}  // namespace proviso::trial
