#include "trial/mutation/mutant_bench.hpp"

#include <algorithm>

#include "trial/scenarios/given.hpp"

namespace proviso::trial {

decide::Engine engine_of(const model::Library& library, const Suite& suite) {
  const model::Scenario& scenario = library.scenarios[suite.scenario];
  return decide::Engine(library, library.records[suite.record].name,
                        options_for(library, scenario, decide::Explain::reasons));
}

const std::vector<program::Chunk>& MutantBench::chunks(std::uint32_t suite) {
  constexpr std::size_t most = 64;
  const auto found = chunks_.find(suite);
  if (found != chunks_.end()) return found->second;
  // Mutants come policy by policy: what was used long ago is hardly used again.
  if (chunks_.size() == most) chunks_.clear();
  std::vector<program::Chunk>& made = chunks_[suite];
  const std::vector<CaseNumber>& cases = suites_[suite].cases;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (i % program::chunk_capacity == 0) made.emplace_back(library, suites_[suite].record);
    add_record(made.back(), library.scenarios[cases[i].scenario].cases[cases[i].index].given);
  }
  for (program::Chunk& chunk : made) chunk.finish();
  return made;
}

/// Calls `use` with each case that does not end as expected, until it says false.
template <class Use>
void MutantBench::run(std::uint32_t number, Use use) {
  const Suite& suite = suites_[number];
  const decide::Engine engine = engine_of(library, suite);
  decide::Decider decider(engine);
  std::size_t next = 0;
  for (const program::Chunk& chunk : chunks(number)) {
    decider.decide(chunk, decisions_);
    for (std::size_t row = 0; row < chunk.rows(); ++row) {
      const CaseNumber at = suite.cases[next++];
      const model::Expectation& expected = case_of(library, at).expected;
      if (!is_as_expected(engine, decisions_, row, expected) && !use(at)) return;
    }
  }
}

CaseNumber MutantBench::first_failing(std::uint32_t suite) {
  CaseNumber found;
  run(suite, [&](CaseNumber at) {
    found = at;
    return false;
  });
  return found;
}

std::vector<CaseNumber> MutantBench::failing(std::uint32_t suite) {
  std::vector<CaseNumber> found;
  run(suite, [&](CaseNumber at) {
    found.push_back(at);
    return true;
  });
  return found;
}

}  // namespace proviso::trial
