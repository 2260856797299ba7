#include <fmt/format.h>

#include "output/show_writer.hpp"
#include "text/utf8.hpp"
#include "trial/scenarios/scenario_reports.hpp"

namespace proviso::trial {
namespace {

class ScenarioJsonWriter {
 public:
  ScenarioJsonWriter(std::string& out, const Sourced& sourced) : json_(out), sourced_(sourced) {}

  void run(const ScenarioRun& run, const std::vector<JsonMember>& further) {
    json_.open('{');
    count("scenarios", run.scenarios);
    count("cases", run.cases);
    count("failed", run.failures.size());
    json_.raw("seconds", fmt::format("{:.6f}", run.seconds));
    json_.name("failures");
    json_.open('[');
    for (const Failure& each : run.failures) failure(each);
    json_.close(']');
    json_.name("unverified");
    json_.open('[');
    for (const std::uint32_t number : scenarios_of(run)) {
      const model::Scenario& scenario = sourced_.library.scenarios[number];
      if (scenario.unverified.empty()) continue;
      json_.open('{');
      name_and_place(scenario, scenario.span);
      json_.texts("unverified", scenario.unverified);
      json_.close('}');
    }
    json_.close(']');
    json_.texts("policies_without_scenarios", policies_without_scenarios(sourced_.library));
    for (const JsonMember& member : further) json_.raw(member.name, member.value);
    json_.close('}');
  }

  void list(const std::vector<std::uint32_t>& scenarios) {
    json_.open('{');
    json_.name("scenarios");
    json_.open('[');
    for (const std::uint32_t number : scenarios) {
      const model::Scenario& scenario = sourced_.library.scenarios[number];
      json_.open('{');
      name_and_place(scenario, scenario.span);
      count("cases", scenario.cases.size());
      json_.texts("unverified", scenario.unverified);
      json_.close('}');
    }
    json_.close(']');
    json_.close('}');
  }

 private:
  output::ShowWriter json_;
  const Sourced& sourced_;

  void count(std::string_view label, std::size_t number) { json_.raw(label, std::to_string(number)); }

  void name_and_place(const model::Scenario& scenario, text::Span span) {
    json_.field("policy", scenario.policy);
    json_.field("scenario", scenario.title);
    if (!sourced_.sources.has(span)) return;
    json_.field("file", text::to_valid_utf8(sourced_.sources.file(span.file).path()));
    count("line", sourced_.sources.start(span).line);
  }

  void failure(const Failure& failure) {
    const model::Scenario& scenario = sourced_.library.scenarios[failure.number.scenario];
    const model::ScenarioCase& tried = scenario.cases[failure.number.index];
    json_.open('{');
    name_and_place(scenario, tried.span);
    json_.field("case", tried.label);
    json_.field("expected", failure.expected);
    json_.field("came", failure.came);
    json_.field("difference", failure.difference);
    json_.field("decided_by", failure.version);
    json_.name("criteria");
    json_.open('[');
    for (const SeenCriterion& each : failure.criteria) criterion(each);
    json_.close(']');
    json_.texts("assumed", failure.assumed);
    json_.texts("notes", failure.notes);
    json_.close('}');
  }

  void criterion(const SeenCriterion& criterion) {
    json_.open('{');
    json_.field("criterion", criterion.name);
    json_.field("label", criterion.label);
    count("depth", criterion.depth);
    json_.field("result", criterion.result);
    json_.field("decided", criterion.decided);
    json_.field("expression", criterion.expression);
    json_.name("values");
    json_.open('[');
    for (const SeenValue& value : criterion.values) {
      json_.open('{');
      json_.field("name", value.name);
      json_.field("value", value.value);
      json_.close('}');
    }
    json_.close(']');
    json_.close('}');
  }
};

}  // namespace

void append_run_json(std::string& out, const Sourced& sourced, const ScenarioRun& run,
                     const std::vector<JsonMember>& further) {
  ScenarioJsonWriter(out, sourced).run(run, further);
}

void append_list_json(std::string& out, const Sourced& sourced, const std::vector<std::uint32_t>& scenarios) {
  ScenarioJsonWriter(out, sourced).list(scenarios);
}

}  // namespace proviso::trial
