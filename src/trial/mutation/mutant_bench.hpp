#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <map>
#include <vector>

#include "decide/decider.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"
#include "program/in_threads.hpp"
#include "trial/mutation/mutant_edit.hpp"
#include "trial/mutation/mutant_suites.hpp"

namespace proviso::trial {

/// One thread's own copy of the library, in which mutants come and go, and the records of the suites' cases as columns.
class MutantBench {
 public:
  /// `library` is spaced; suites and library must outlive this.
  MutantBench(const model::Library& spaced, const std::vector<Suite>& suites) : library(spaced), suites_(suites) {}
  MutantBench(const MutantBench&) = delete;  // chunks refer to the library
  MutantBench& operator=(const MutantBench&) = delete;

  /// The case of the suite that ends first in another way than expected, as the library now is; none: all do.
  CaseNumber first_failing(std::uint32_t suite);
  /// The cases that do not end as expected.
  std::vector<CaseNumber> failing(std::uint32_t suite);

  model::Library library;

 private:
  const std::vector<Suite>& suites_;
  std::map<std::uint32_t, std::vector<program::Chunk>> chunks_;
  decide::Decisions decisions_;

  const std::vector<program::Chunk>& chunks(std::uint32_t suite);
  template <class Use>
  void run(std::uint32_t suite, Use use);
};

/// The engine of the suite's policy, with the criteria that decide.
decide::Engine engine_of(const model::Library& library, const Suite& suite);

/// Calls `work(bench, number)` for every number below `count`, on that many threads, each with a bench of its own.
template <class MakeBench, class Work>
void share(std::size_t threads, std::size_t count, MakeBench make_bench, Work work) {
  if (count == 0) return;
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    auto bench = make_bench();
    for (std::size_t number = next++; number < count; number = next++) work(bench, number);
  };
  program::in_threads(std::min(threads, count), run, [&] { next = count; });
}

}  // namespace proviso::trial
