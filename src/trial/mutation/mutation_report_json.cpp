#include <fmt/format.h>

#include "output/show_writer.hpp"
#include "text/utf8.hpp"
#include "trial/mutation/mutation_report.hpp"
#include "trial/scenarios/words.hpp"

namespace proviso::trial {
namespace {

class MutationJsonWriter {
 public:
  MutationJsonWriter(std::string& out, const Sourced& sourced) : json_(out), sourced_(sourced) {}

  void run(const MutationRun& run) {
    json_.open('{');
    count("mutants", run.mutants.size());
    count("caught", run.caught);
    json_.raw("score", score_of(run.caught, run.mutants.size()));
    count("failing_cases_left_out", run.failing);
    count("seed", run.seed);
    json_.raw("seconds", fmt::format("{:.6f}", run.seconds));
    counts("policies", "policy", count_by_policy(run));
    counts("kinds", "kind", count_by_kind(run));
    json_.name("survivors");
    json_.open('[');
    for (const Mutant& mutant : run.mutants) {
      if (mutant.survived()) survivor(mutant);
    }
    json_.close(']');
    json_.close('}');
  }

 private:
  output::ShowWriter json_;
  const Sourced& sourced_;

  void count(std::string_view label, std::uint64_t number) { json_.raw(label, std::to_string(number)); }

  void counts(std::string_view label, std::string_view name, const std::vector<MutationCount>& counts) {
    json_.name(label);
    json_.open('[');
    for (const MutationCount& each : counts) {
      json_.open('{');
      json_.field(name, each.name);
      count("mutants", each.tried);
      count("caught", each.caught);
      json_.close('}');
    }
    json_.close(']');
  }

  void place(text::Span span) {
    if (!sourced_.sources.has(span)) return;
    json_.field("file", text::to_valid_utf8(sourced_.sources.file(span.file).path()));
    count("line", sourced_.sources.start(span).line);
  }

  void survivor(const Mutant& mutant) {
    json_.open('{');
    json_.field("policy", mutant.policy);
    json_.field("kind", spelling(mutant.kind));
    json_.field("criterion", mutant.criterion);
    place(mutant.span);
    json_.field("before", mutant.before);
    json_.field("after", mutant.after);
    json_.name("nearest");
    if (mutant.nearest.scenario == model::none) {
      json_.text({});
    } else {
      const model::Scenario& scenario = sourced_.library.scenarios[mutant.nearest.scenario];
      const model::ScenarioCase& tried = scenario.cases[mutant.nearest.index];
      json_.open('{');
      json_.field("scenario", scenario.title);
      json_.field("case", tried.label);
      place(tried.span);
      json_.close('}');
    }
    count("records_tried", mutant.tried);
    json_.field("told_apart", mutant.told_apart);
    if (mutant.told_apart) {
      json_.field("outcomes", mutant.outcomes);
      json_.field("facts", catching_facts(sourced_.library, mutant));
      json_.field("expect", mutant.expectation);
      json_.field("scenario_to_add", catching_scenario(sourced_.library, mutant));
    }
    json_.close('}');
  }
};

}  // namespace

void append_mutation_json(std::string& out, const Sourced& sourced, const MutationRun& run) {
  MutationJsonWriter(out, sourced).run(run);
}

}  // namespace proviso::trial
