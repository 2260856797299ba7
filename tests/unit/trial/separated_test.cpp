#include "trial/scenarios/separated.hpp"

#include <algorithm>
#include <iostream>
#include <random>

#include "all_scenarios.hpp"
#include "check/load.hpp"
#include "decide/decider.hpp"
#include "mutation_support.hpp"
#include "trial/coverage/coverage.hpp"
#include "trial/drawing/drawn.hpp"
#include "trial/scenarios/given.hpp"

using namespace proviso;
using namespace proviso::trial;
using namespace proviso::trial::test;

namespace {

/// Two clauses ask the same, a variation asks otherwise, and only one of the clauses is tried at its edge.
const std::string twice = R"(library example
places { England { Luton ods:06P Leeds ods:15F } }
record Referral { referred date  home place  age number  x yes/no  y yes/no }
policy young "Young" on Referral {
  source "Plan" effective 2019-04-01 dated by referred in England
  approve young when all { age "Age": age <= 40  x "X": x }
  review  other when age <= 40
  otherwise refuse "Not funded"
}
variation of young in Luton { from 2019-04-01 source "Paper" replace x "Y in Luton": y }
scenario "In Leeds" of young {
  given { referred = 2020-01-01, home = Leeds }
  vary age, x {
    39, yes -> approve
    40, yes -> approve
    41, yes -> refuse
    unknown, yes -> information needed about age
    1, no -> review
    90, no -> refuse
    unknown, no -> information needed about age
    1, unknown -> information needed about x
  }
}
scenario "In Luton" of young { given { referred = 2020-01-01, home = Luton, age = 50 } expect refuse }
)";

}  // namespace

TEST_CASE("a limit that is written twice is tried twice, and a slip in one of the two is noticed or not") {
  const Mutated mutated(twice);
  const auto survives = [&](const std::string& clause) {
    return std::count_if(mutated.run.mutants.begin(), mutated.run.mutants.end(), [&](const Mutant& each) {
      return each.criterion == clause && each.before.find("age <= 40") == 0 && each.survived();
    });
  };
  CHECK(survives("age") == 0);
  CHECK(survives("other") > 0);
  const Coverage coverage = cover(mutated.library, all_scenarios(mutated.library), {});
  const PolicyCoverage& policy = coverage.policies.front();
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < policy.goals.size(); ++i) {
    if (!policy.is_shown(i) && policy.goals[i].aim >= Aim::below) missing.push_back(policy.goals[i].name);
  }
  CHECK(missing == std::vector<std::string>{"other", "other"});
}

TEST_CASE("a criterion that a variation replaces has goals and a line of its own") {
  const Mutated mutated(twice);
  const Coverage coverage = cover(mutated.library, all_scenarios(mutated.library), {});
  const PolicyCoverage& policy = coverage.policies.front();
  std::vector<std::uint32_t> lines;
  for (std::size_t i = 0; i < policy.goals.size(); ++i) {
    const Goal& goal = policy.goals[i];
    if (!policy.is_shown(i) && goal.name == "x") {
      lines.push_back(mutated.sources.file(goal.span.file).position(goal.span.begin).line);
    }
  }
  CHECK(lines == std::vector<std::uint32_t>{10, 10, 10});
}

TEST_CASE("a separated library decides as the library does") {
  const auto seed = std::random_device{}();
  std::cout << "seed " << seed << '\n';
  text::Sources sources;
  text::Diagnostics diagnostics;
  const model::Library library =
      check::load_library({std::string(PROVISO_SOURCE_DIR) + "/policies"}, sources, diagnostics);
  REQUIRE(!diagnostics.has_errors());
  const model::Library apart = separated(library);
  CHECK(apart.nodes.size() > library.nodes.size());
  const std::uint32_t record = library.record("Referral");
  Drawing drawing(library, record, {}, seed);
  const auto decided = [record](const model::Library& by, const std::vector<model::GivenRecord>& given) {
    const decide::Engine engine(by, "Referral");
    program::Chunk chunk(by, record);
    for (const auto& each : given) add_record(chunk, each);
    chunk.finish();
    decide::Decisions decisions;
    decide::Decider(engine).decide(chunk, decisions);
    std::vector<int> outcomes;
    for (const auto& each : decisions.decisions) outcomes.push_back(static_cast<int>(each.outcome));
    for (const auto& each : decisions.needs) outcomes.push_back(static_cast<int>(each.fact));
    return outcomes;
  };
  for (int round = 0; round < 4; ++round) {
    std::vector<model::GivenRecord> given;
    for (int i = 0; i < 1000; ++i) given.push_back(drawing.next());
    CHECK(decided(library, given) == decided(apart, given));
  }
}
