#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <set>

#include "mutation_support.hpp"
#include "trial/mutation/mutant_plan.hpp"
#include "trial/scenarios/words.hpp"

namespace proviso::trial::test {
namespace {

void dump(std::string& out, const model::Condition& condition) {
  out += fmt::format("({} {} {}", condition.node, static_cast<int>(condition.kind), condition.count);
  for (const model::Criterion& each : condition.criteria) {
    out += each.name + each.expression;
    dump(out, each.condition);
  }
  out += ")";
}

std::string dump(const model::Period& period) { return fmt::format("{}..{}", period.first, period.last); }

/// All that decides.
std::string dump(const model::Library& library) {
  std::string out;
  for (const model::Node& node : library.nodes) {
    out += fmt::format("{} {} {} {} {} {}:", static_cast<int>(node.kind), node.value, node.second, node.index,
                       node.loop, node.word);
    for (const model::NodeId operand : node.operands) out += fmt::format(" {}", operand);
    out += '\n';
  }
  for (const model::Policy& policy : library.policies) {
    out += policy.name + dump(policy.effective) + fmt::format(" {}\n", policy.applies);
    for (const model::Form& form : policy.forms) {
      for (const model::Clause& clause : form.clauses) {
        out += clause.name + std::string(model::spelling(clause.outcome));
        dump(out, clause.condition);
      }
      out += '\n';
    }
    for (const model::Placement& placement : policy.placements) {
      for (const model::Stretch& stretch : placement.stretches) {
        out += fmt::format("{} {} {}\n", placement.place, dump(stretch.days), stretch.form);
      }
    }
  }
  for (const model::Threshold& threshold : library.thresholds) {
    for (const auto& value : threshold.values) out += fmt::format("{} {}\n", value.constant.bits, dump(value.period));
  }
  for (const model::CodeList& list : library.code_lists) {
    for (const model::CodeBlock& block : list.blocks) {
      for (const auto code : block.firsts) out += fmt::format("{} ", code);
      for (const auto code : block.lasts) out += fmt::format("{} ", code);
      out += '\n';
    }
  }
  for (const model::Variation& variation : library.variations) out += dump(variation.period);
  return out;
}

}  // namespace

TEST_CASE("every mutant is another change, and leaves nothing behind") {
  const Mutated mutated(vocabulary + hips + usual);
  const std::string whole = dump(mutated.library);
  const std::vector<Suite> suites = suites_of(mutated.library, {0});
  REQUIRE(suites.size() == 1);
  model::Library library = spaced(mutated.library);
  const std::string before = dump(library);
  std::vector<PlannedMutant> planned = MutantPlan(library, suites).make();
  CHECK(dump(library) == before);
  CHECK(planned.size() == mutated.run.mutants.size());
  std::set<std::string> changed;
  for (PlannedMutant& each : planned) {
    INFO(each.mutant.before << " -> " << each.mutant.after);
    exchange(library, each.edit);
    const std::string now = dump(library);
    CHECK(now != before);
    CHECK(changed.insert(now).second);
    exchange(library, each.edit);
    REQUIRE(dump(library) == before);
    CHECK(each.suites == std::vector<std::uint32_t>{0});
    CHECK(mutated.sources.has(each.mutant.span));
  }
  CHECK(dump(mutated.library) == whole);
}

TEST_CASE("operands of changed nodes come before them") {
  const Mutated mutated(vocabulary + hips + usual);
  model::Library library = spaced(mutated.library);
  const std::vector<Suite> suites = suites_of(mutated.library, {0});
  std::vector<PlannedMutant> planned = MutantPlan(library, suites).make();
  for (PlannedMutant& each : planned) {
    const Edited edited(library, each.edit);
    for (model::NodeId id = 0; id < library.nodes.size(); ++id) {
      for (const model::NodeId operand : library.nodes[id].operands) REQUIRE(operand < id);
    }
  }
}

TEST_CASE("mutants do not depend on the number of threads") {
  const std::string content = vocabulary + hips + usual + like_usual("bmi = 36 kg/m2", "refuse because bmi");
  const auto report = [&](std::size_t threads) {
    Mutated mutated(content, threads);
    mutated.run.seconds = 0;
    std::string out = mutated.text();
    append_mutation_json(out, {mutated.library, mutated.sources}, mutated.run);
    return out;
  };
  const std::string one = report(1);
  CHECK(report(2) == one);
  CHECK(report(5) == one);
}

TEST_CASE("a mutant is named by the criterion that it stands in, and its line") {
  const Mutated mutated(vocabulary + hips + usual);
  const Mutant& adult = mutated.mutant(MutantKind::limit, "age >= 18", "age >= 19");
  CHECK(adult.policy == "example.hips");
  CHECK(adult.criterion == "adult");
  CHECK(mutated.sources.text(adult.span).substr(0, 5) == "adult");
  const Mutant& night = mutated.mutant(MutantKind::criterion, "night", "left out");
  CHECK(night.criterion == "at_night");
  const Mutant& applies =
      mutated.mutant(MutantKind::quantifier, "procedure in hip_codes", "not procedure in hip_codes");
  CHECK(applies.criterion == "applies when");
  CHECK(mutated.sources.text(applies.span) == "procedure in hip_codes");
  const Mutant& limit = mutated.mutant(MutantKind::limit, "max_bmi: in Luton 35 kg/m2 from 2019-10-01",
                                       "max_bmi: in Luton 36 kg/m2 from 2019-10-01");
  CHECK(limit.criterion == "bmi");
  CHECK(mutated.sources.start(limit.span).line == 10);
}

TEST_CASE("the reports say what survives and how it would be noticed") {
  const Mutated mutated(vocabulary + hips + usual);
  const std::string text = mutated.text();
  CHECK(
      text.find("comparison of `bmi`\n  `bmi <= max_bmi` -> `bmi < max_bmi`\n  nearest: \"Usual\", example.policy:") !=
      std::string::npos);
  CHECK(text.find("like \"Usual\" but { bmi = 35 kg/m2 }\n      expect approve\n") != std::string::npos);
  CHECK(text.find(fmt::format("{} of {} mutants caught ({}%), in ", mutated.run.caught, mutated.run.mutants.size(),
                              score_of(mutated.run.caught, mutated.run.mutants.size()))) != std::string::npos);
  std::string json;
  append_mutation_json(json, {mutated.library, mutated.sources}, mutated.run);
  CHECK(json.find("\"before\": \"bmi <= max_bmi\", \"after\": \"bmi < max_bmi\"") != std::string::npos);
  CHECK(json.find("\"facts\": \"bmi = 35 kg/m2\", \"expect\": \"approve\"") != std::string::npos);
  CHECK(score_of(1, 3) == "33.3");
  CHECK(score_of(999, 1000) == "99.9");
  CHECK(score_of(99999, 100000) == "99.9");
  CHECK(score_of(0, 0) == "100.0");
}

TEST_CASE("beside a row of a table its facts are said again") {
  const std::string rows = R"(scenario "Rows" of hips {
  like "Usual"
  vary bmi, commissioner {
    30 kg/m2, Bedfordshire -> approve
    41 kg/m2, Bedfordshire -> refuse
  }
}
)";
  const Mutated without(vocabulary + hips + usual + rows);
  std::size_t beside_rows = 0;
  for (const Mutant& survivor : without.run.mutants) {
    if (!survivor.survived() || !survivor.told_apart || without.title(survivor.nearest) != "Rows") continue;
    ++beside_rows;
    const std::string scenario = catching_scenario(without.library, survivor);
    INFO(survivor.before << " -> " << survivor.after << "\n" << scenario);
    CHECK(scenario.find("commissioner = ") != std::string::npos);
    const Mutated with(vocabulary + hips + usual + rows + scenario);
    REQUIRE(with.run.failing == 0);
    CHECK_FALSE(with.mutant(survivor.kind, survivor.before, survivor.after).survived());
  }
  CHECK(beside_rows > 0);
}

}  // namespace proviso::trial::test
