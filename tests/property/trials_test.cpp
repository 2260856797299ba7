#include <fmt/format.h>

#include <algorithm>

#include "check/check.hpp"
#include "decide/decider.hpp"
#include "property/each_library.hpp"
#include "property/hooks.hpp"
#include "syntax/parse.hpp"
#include "text/render.hpp"
#include "trial/drawing/drawn.hpp"
#include "trial/scenarios/given.hpp"
#include "trial/scenarios/scenarios.hpp"

// Records that trials make up, in each of their forms: in memory, as JSON, and as the scenario that gives them.
namespace proviso::property {
namespace {

/// What comes of the record by one policy: as a scenario expects it.
std::string expectation(const model::Library& library, const model::Scenario& scenario,
                        const model::GivenRecord& given) {
  const decide::Engine engine(library, library.records[scenario.record].name,
                              trial::options_for(library, scenario, decide::Explain::reasons));
  program::Chunk chunk(library, scenario.record);
  trial::add_record(chunk, given);
  chunk.finish();
  decide::Decisions decisions;
  decide::Decider(engine).decide(chunk, decisions);
  const trial::Result result = trial::result_of(decisions, 0);
  std::string out = "expect " + std::string(model::spelling(result.outcome));
  if (result.decision == nullptr || result.decision->needs.count == 0) return out;
  for (std::uint32_t i = 0; i < result.decision->needs.count; ++i) {
    const model::FactId fact = decisions.needs[result.decision->needs.first + i].fact;
    out += (i == 0 ? " about " : ", ") + engine.record().facts[fact].name;
  }
  return out;
}

/// Numbers as texts: as floating point they would be dumped with exponents, or with more digits than there were.
Json exact(const std::string& text) {
  Json json = Json::parse(text, [](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::value && parsed.is_number_float()) {
      parsed = fmt::format("{:.6f}", parsed.get<double>());
    }
    return true;
  });
  return json;
}

/// The files of the library with one more, of scenarios.
struct WithScenarios {
  text::Sources sources;
  text::Diagnostics diagnostics;
  model::Library library;

  WithScenarios(std::vector<std::string> texts, const std::string& scenarios) {
    texts.push_back(scenarios);
    std::vector<check::SourceTree> trees;
    for (const std::string& text : texts) {
      const std::uint32_t file = sources.add("file" + std::to_string(trees.size()) + ".policy", text);
      trees.push_back({syntax::parse(sources, file, diagnostics), file, script_folder()});
    }
    library = check::check(trees, sources, diagnostics);
  }
};

TEST_CASE("a drawn record is the same as JSON and as a scenario, and both evaluators agree on it", "[property]") {
  std::size_t scenarios = 0;
  for_each_library(
      {}, record_count(1'500),
      [&](Random& random, const Library& library, Evaluators& evaluators, const std::vector<Json>& records) {
        const model::Library& checked = evaluators.library();
        const std::uint32_t record = checked.record("Case");
        const auto drawing_seed = static_cast<std::uint64_t>(random.between(0, 1'000'000));
        INFO("drawing seed " << drawing_seed);
        trial::Drawing drawing(checked, record, {}, drawing_seed);
        std::vector<model::GivenRecord> drawn;
        std::vector<Json> as_json;
        std::string text = "library " + checked.policies.front().library + "\n";
        for (std::size_t i = 0; i < records.size() / 4; ++i) {
          drawn.push_back(drawing.next());
          std::string json;
          trial::GivenJson(checked, record).append(json, drawn.back(), {});
          as_json.push_back(exact(json));
          const model::Policy& policy = random.pick(checked.policies);
          model::Scenario scenario;
          scenario.policy = policy.full_name();
          scenario.record = record;
          text += "scenario \"" + std::to_string(i) + "\" of " + policy.full_name() + " {\n  given {";
          for (std::size_t fact = 0; fact < drawn.back().size(); ++fact) {
            text +=
                (fact == 0 ? "\n    " : ",\n    ") + trial::spell(checked, checked.records[record], drawn.back()[fact]);
          }
          text += "\n  }\n  " + expectation(checked, scenario, drawn.back()) + "\n}\n";
        }
        const std::vector<Answers> together = evaluators.together(as_json);
        for (std::size_t i = 0; i < drawn.size(); ++i) {
          const std::string differs = difference(evaluators.by_reference(as_json[i]), together[i]);
          if (!differs.empty()) FAIL_CHECK(differs << show_case(library, as_json[i], as_json[i]));
        }
        const WithScenarios with(library.render(), text);
        if (with.diagnostics.has_errors()) {
          FAIL_CHECK(text::render_terminal(with.diagnostics, with.sources, false) << text);
          return;
        }
        REQUIRE(with.library.scenarios.size() == drawn.size());
        std::vector<std::uint32_t> numbers;
        for (std::uint32_t i = 0; i < drawn.size(); ++i) {
          numbers.push_back(i);
          // Texts are numbered anew with the scenarios' own, so records are compared as JSON.
          std::string again;
          trial::GivenJson(with.library, record).append(again, with.library.scenarios[i].cases[0].given, {});
          CHECK(exact(again) == as_json[i]);
        }
        for (const trial::Failure& failure : trial::run_scenarios(with.library, numbers).failures) {
          FAIL_CHECK("scenario " << failure.number.scenario << ": expected " << failure.expected << ", came "
                                 << failure.came << "\n"
                                 << text);
        }
        scenarios += drawn.size();
      });
  std::cout << scenarios << " scenarios\n";
  CHECK(scenarios > 0);
}

}  // namespace
}  // namespace proviso::property
