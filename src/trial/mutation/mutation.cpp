#include "trial/mutation/mutation.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "trial/mutation/mutant_bench.hpp"
#include "trial/mutation/mutant_plan.hpp"
#include "trial/mutation/mutant_proposal.hpp"
#include "trial/mutation/mutant_survivors.hpp"
#include "trial/scenarios/separated.hpp"

namespace proviso::trial {
namespace {

/// Of few mutants no more than this are taken by a thread at once, so that none waits long for another at the end.
constexpr std::size_t handful = 8;

/// Takes the cases out that do not end as expected by the policies as they are: they would catch everything. How many
/// of each suite.
std::vector<std::size_t> leave_out_failing(const model::Library& spaced, std::vector<Suite>& suites) {
  std::vector<std::size_t> left_out;
  MutantBench bench(spaced, suites);
  for (std::uint32_t number = 0; number < suites.size(); ++number) {
    const std::vector<CaseNumber> failing = bench.failing(number);
    std::vector<CaseNumber>& cases = suites[number].cases;
    const auto fails = [&](CaseNumber at) {
      return std::any_of(failing.begin(), failing.end(),
                         [at](CaseNumber each) { return each.scenario == at.scenario && each.index == at.index; });
    };
    cases.erase(std::remove_if(cases.begin(), cases.end(), fails), cases.end());
    left_out.push_back(failing.size());
  }
  return left_out;
}

void run_cases(MutantBench& bench, PlannedMutant& planned) {
  const Edited edited(bench.library, planned.edit);
  for (const std::uint32_t suite : planned.suites) {
    planned.mutant.caught_by = bench.first_failing(suite);
    if (!planned.mutant.survived()) return;
  }
}

}  // namespace

std::string_view spelling(MutantKind kind) {
  switch (kind) {
    case MutantKind::limit:
      return "limit";
    case MutantKind::comparison:
      return "comparison";
    case MutantKind::quantifier:
      return "quantifier";
    case MutantKind::criterion:
      return "criterion";
    case MutantKind::clause:
      return "clause";
    case MutantKind::outcome:
      return "outcome";
    case MutantKind::codes:
      return "codes";
    case MutantKind::period:
      return "period";
    case MutantKind::variation:
      break;
  }
  return "variation";
}

MutationRun mutate(const model::Library& library, const std::vector<std::string>& policies, std::size_t threads,
                   std::uint64_t seed) {
  const auto start = std::chrono::steady_clock::now();
  MutationRun result;
  result.seed = seed;
  std::vector<std::uint32_t> scenarios(library.scenarios.size());
  std::iota(scenarios.begin(), scenarios.end(), 0);
  std::vector<Suite> suites = suites_of(library, scenarios);
  const model::Library pristine = spaced(separated(library));
  const std::vector<std::size_t> failing = leave_out_failing(pristine, suites);
  std::vector<PlannedMutant> planned;
  {
    model::Library changing = pristine;
    planned = MutantPlan(changing, suites, policies).make();
  }
  std::set<std::uint32_t> used;
  for (const PlannedMutant& each : planned) used.insert(each.suites.begin(), each.suites.end());
  for (const std::uint32_t suite : used) result.failing += failing[suite];
  const auto make_bench = [&] { return MutantBench(pristine, suites); };
  share(std::max<std::size_t>(threads, 1), (planned.size() + handful - 1) / handful, make_bench,
        [&](MutantBench& bench, std::size_t number) {
          const std::size_t last = std::min((number + 1) * handful, planned.size());
          for (std::size_t i = number * handful; i < last; ++i) run_cases(bench, planned[i]);
        });
  examine_survivors(library, pristine, suites, planned, threads, seed);
  for (PlannedMutant& each : planned) {
    result.caught += each.mutant.survived() ? 0 : 1;
    result.tried_apart = std::max(result.tried_apart, each.mutant.tried);
    result.mutants.push_back(std::move(each.mutant));
  }
  give_titles(library, result.mutants);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace proviso::trial
