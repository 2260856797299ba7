#include "trial/mutation/mutant_survivors.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "trial/drawing/drawn.hpp"
#include "trial/drawing/plausible.hpp"
#include "trial/mutation/mutant_bench.hpp"
#include "trial/mutation/mutant_verdict.hpp"
#include "trial/scenarios/given.hpp"
#include "trial/scenarios/scenario_reasons.hpp"

namespace proviso::trial {
namespace {

using model::GivenRecord;

constexpr std::size_t neighbours_tried = 3000;
constexpr std::size_t drawn_tried = 2000;
/// Of records that tell a mutant apart equally well, those whose distance from a case is looked at.
constexpr std::size_t most_weighed = 2000;
constexpr std::size_t drawn_weighed = 20;
/// Of a limit that many policies read, those in which records are looked for.
constexpr std::size_t suites_tried = 4;

/// What was found of a survivor in one suite.
struct Finding {
  std::size_t mutant;  ///< of the planned ones
  std::size_t tried = 0;
  CaseNumber nearest;
  Apart apart = Apart::no;
  GivenRecord record;
  std::string expectation;
  std::string outcomes;
};

/// The record, with those facts as they are given.
GivenRecord with(GivenRecord record, const GivenRecord& facts) {
  for (const model::GivenFact& fact : facts) {
    const auto same = [&](const model::GivenFact& each) { return each.fact == fact.fact; };
    const auto found = std::find_if(record.begin(), record.end(), same);
    if (found != record.end()) {
      *found = fact;
    } else {
      record.push_back(fact);
    }
  }
  return record;
}

std::vector<program::Chunk> chunks_of(const model::Library& library, std::uint32_t record,
                                      const std::vector<GivenRecord>& given) {
  std::vector<program::Chunk> chunks;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (i % program::chunk_capacity == 0) chunks.emplace_back(library, record);
    add_record(chunks.back(), given[i]);
  }
  for (program::Chunk& chunk : chunks) chunk.finish();
  return chunks;
}

/// Decides by one suite's policy.
class Judge {
 public:
  Judge(const model::Library& library, const Suite& suite, Names& names)
      : suite_(suite), names_(names), engine_(engine_of(library, suite)), decider_(engine_) {}

  /// Calls `use(number, verdict)` for each record.
  template <class Use>
  void judge(const std::vector<program::Chunk>& chunks, Use use) {
    std::size_t number = 0;
    for (const program::Chunk& chunk : chunks) {
      decider_.decide(chunk, decisions_);
      for (std::size_t row = 0; row < chunk.rows(); ++row) {
        use(number++, verdict_of(engine_, decisions_, row, names_));
      }
    }
  }

  std::vector<Verdict> verdicts(const std::vector<program::Chunk>& chunks) {
    std::vector<Verdict> result;
    judge(chunks, [&](std::size_t, Verdict verdict) { result.push_back(std::move(verdict)); });
    return result;
  }

  std::vector<NamedReason> reasons(const GivenRecord& given) {
    decider_.decide(chunks_of(engine_.library(), suite_.record, {given}).front(), decisions_);
    const Result result = result_of(decisions_, 0);
    return result.decision == nullptr ? std::vector<NamedReason>{}
                                      : named_reasons(engine_, decisions_, *result.decision);
  }

  std::vector<Verdict> verdicts(const std::vector<GivenRecord>& given) {
    return verdicts(chunks_of(engine_.library(), suite_.record, given));
  }

 private:
  const Suite& suite_;
  Names& names_;
  decide::Engine engine_;
  decide::Decider decider_;
  decide::Decisions decisions_;
};

/// All that is tried on the survivors of one suite.
class SuiteTrials {
 public:
  /// `mine` is a copy of `spaced` in which mutants come and go.
  SuiteTrials(const model::Library& library, const model::Library& spaced, model::Library& mine, const Suite& suite,
              std::uint64_t seed)
      : mine_(mine), suite_(suite), as_is_(spaced, suite, names_), plausible_(library, suite.policy) {
    draw(library, seed);
    chunks_ = chunks_of(mine_, suite_.record, records_);
    verdicts_ = as_is_.verdicts(chunks_);
    case_verdicts_ = as_is_.verdicts(cases_);
  }

  void examine(PlannedMutant& planned, Finding& finding) {
    std::vector<std::size_t> from;
    const std::vector<GivenRecord> aimed = aimed_at(planned.telling, from);
    finding.tried = aimed.size() + records_.size();
    const std::vector<Verdict> aimed_verdicts = as_is_.verdicts(aimed);
    const Edited edited(mine_, planned.edit);
    Judge changed(mine_, suite_, names_);
    const GivenRecord* best = nullptr;
    std::size_t base = cases_.size();
    std::size_t effort = 0;
    std::size_t weighed = 0;
    // The plainest difference; of equal ones, the record that is nearest to a case and has the least that is odd.
    const auto consider = [&](const GivenRecord& record, Apart found, auto case_of) {
      if (found == Apart::no || found < finding.apart) return;
      if (found == finding.apart && ++weighed > most_weighed) return;
      const std::size_t near = case_of();
      const std::size_t needed = plausible_.effort(cases_[near], record);
      if (found == finding.apart && needed >= effort) return;
      finding.apart = found;
      best = &record;
      base = near;
      effort = needed;
    };
    changed.judge(chunks_of(mine_, suite_.record, aimed), [&](std::size_t number, const Verdict& verdict) {
      consider(aimed[number], apart(aimed_verdicts[number], verdict), [&] { return from[number]; });
    });
    weighed = 0;
    changed.judge(chunks_, [&](std::size_t number, const Verdict& verdict) {
      if (number == from_.size()) weighed = std::max(weighed, most_weighed - drawn_weighed);
      consider(records_[number], apart(verdicts_[number], verdict),
               [&] { return number < from_.size() ? from_[number] : nearest_to(records_[number]); });
    });
    if (best == nullptr) {
      finding.nearest = reaching(planned.mutant.criterion);
      return;
    }
    GivenRecord facts = difference(cases_[base], *best);
    fewer(cases_[base], facts, finding.apart, changed);
    finding.nearest = suite_.cases[base];
    finding.record = with(cases_[base], facts);
    const model::Record& record = mine_.records[suite_.record];
    const std::vector<GivenRecord> found(1, finding.record);
    const Verdict now = as_is_.verdicts(found).front();
    const Verdict then = changed.verdicts(found).front();
    const auto telling = most_telling(as_is_.reasons(found.front()), as_is_.reasons(cases_[base]),
                                      [&](const std::string& name) { return name == planned.mutant.criterion; });
    finding.expectation = spell_expectation(record, names_, now, then, telling);
    finding.outcomes = spell_difference(record, names_, now, then);
  }

 private:
  model::Library& mine_;
  const Suite& suite_;
  Names names_;
  Judge as_is_;
  Plausible plausible_;
  std::vector<GivenRecord> cases_;
  std::vector<Verdict> case_verdicts_;
  std::vector<GivenRecord> records_;  ///< the neighbours of the cases, then those that were drawn
  std::vector<std::size_t> from_;     ///< of a neighbour: the case
  std::vector<program::Chunk> chunks_;
  std::vector<Verdict> verdicts_;

  void draw(const model::Library& library, std::uint64_t seed) {
    for (const CaseNumber at : suite_.cases) cases_.push_back(case_of(library, at).given);
    Drawing drawing(library, suite_.record, {suite_.policy}, seed);
    // As many of each case, spread over its facts.
    const std::size_t of_each = std::max<std::size_t>(neighbours_tried / std::max<std::size_t>(cases_.size(), 1), 1);
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      std::vector<GivenRecord> neighbours = drawing.neighbours(cases_[i]);
      const std::size_t taken = std::min(of_each, neighbours.size());
      for (std::size_t k = 0; k < taken; ++k) {
        records_.push_back(std::move(neighbours[k * neighbours.size() / taken]));
        from_.push_back(i);
      }
    }
    for (std::size_t i = 0; i < drawn_tried; ++i) {
      const bool anew = i % 2 == 0 || cases_.empty();
      records_.push_back(anew ? drawing.next() : drawing.near(cases_[i / 2 % cases_.size()]));
    }
  }

  /// The cases, each with one fact of the value's type, or one element of a list, given that value.
  std::vector<GivenRecord> aimed_at(const std::vector<model::Constant>& values, std::vector<std::size_t>& from) const {
    std::vector<GivenRecord> result;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      for (const model::Constant& value : values) {
        GivenRecord changing = cases_[i];
        aim(changing, value, [&] {
          result.push_back(changing);
          from.push_back(i);
        });
      }
    }
    return result;
  }

  /// Gives each fact of `facts` in turn the value, and its own again.
  template <class Use>
  static void aim(GivenRecord& facts, const model::Constant& value, const Use& use) {
    for (model::GivenFact& fact : facts) {
      for (GivenRecord& element : fact.elements) aim(element, value, use);
      if (fact.constant.type != value.type) continue;
      const model::Constant own = std::exchange(fact.constant, value);
      use();
      fact.constant = own;
    }
  }

  /// The case in which the criterion decides; else one to which the policy applies.
  CaseNumber reaching(const std::string& criterion) {
    const std::uint32_t name = names_.number(criterion);
    std::optional<std::size_t> applies;
    for (std::size_t i = 0; i < case_verdicts_.size(); ++i) {
      const Verdict& verdict = case_verdicts_[i];
      if (std::binary_search(verdict.because.begin(), verdict.because.end(), name)) return suite_.cases[i];
      if (!applies && verdict.outcome != model::Outcome::not_applicable) applies = i;
    }
    return applies ? suite_.cases[*applies] : CaseNumber{};
  }

  /// The case with the fewest facts that differ.
  std::size_t nearest_to(const GivenRecord& record) const {
    std::size_t nearest = 0;
    std::size_t least = SIZE_MAX;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      const std::size_t facts = difference(cases_[i], record).size();
      if (facts < least) {
        least = facts;
        nearest = i;
      }
    }
    return nearest;
  }

  /// Leaves out every fact without which the record still tells the two apart as plainly.
  void fewer(const GivenRecord& base, GivenRecord& facts, Apart wanted, Judge& changed) {
    while (facts.size() > 1) {
      std::vector<GivenRecord> without;
      for (std::size_t i = 0; i < facts.size(); ++i) {
        GivenRecord rest = facts;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        without.push_back(with(base, rest));
      }
      const std::vector<Verdict> now = as_is_.verdicts(without);
      const std::vector<Verdict> then = changed.verdicts(without);
      std::size_t i = 0;
      while (i < without.size() && apart(now[i], then[i]) < wanted) ++i;
      if (i == without.size()) return;
      facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
};

/// Of what was found in its suites, its policy's first: the first that tells the mutant apart; else what the first
/// says.
void report(const std::vector<Suite>& suites, const std::vector<std::pair<std::uint32_t, const Finding*>>& findings,
            Mutant& mutant) {
  const Finding* chosen = nullptr;
  std::uint32_t suite = 0;
  for (const auto& [number, finding] : findings) {
    mutant.tried += finding->tried;
    const bool better =
        chosen == nullptr ||
        (chosen->apart == Apart::no && (finding->apart != Apart::no || (chosen->nearest.scenario == model::none &&
                                                                        finding->nearest.scenario != model::none)));
    if (!better) continue;
    chosen = finding;
    suite = number;
  }
  if (chosen == nullptr) return;
  mutant.nearest = chosen->nearest;
  mutant.record = suites[suite].record;
  mutant.told_apart = chosen->apart != Apart::no;
  mutant.apart = chosen->record;
  mutant.expectation = chosen->expectation;
  mutant.outcomes = chosen->outcomes;
}

}  // namespace

void examine_survivors(const model::Library& library, const model::Library& spaced, const std::vector<Suite>& suites,
                       std::vector<PlannedMutant>& planned, std::size_t threads, std::uint64_t seed) {
  struct Job {
    std::uint32_t suite;
    std::vector<Finding> findings;
  };
  std::vector<Job> jobs;
  for (std::uint32_t suite = 0; suite < suites.size(); ++suite) {
    if (!suites[suite].cases.empty()) jobs.push_back({suite, {}});
  }
  for (std::size_t i = 0; i < planned.size(); ++i) {
    if (!planned[i].mutant.survived()) continue;
    for (std::size_t k = 0; k < std::min(suites_tried, planned[i].suites.size()); ++k) {
      const auto of_suite = [&](const Job& job) { return job.suite == planned[i].suites[k]; };
      const auto job = std::find_if(jobs.begin(), jobs.end(), of_suite);
      if (job == jobs.end()) continue;
      Finding finding{};
      finding.mutant = i;
      job->findings.push_back(std::move(finding));
    }
  }
  const auto copy = [&] { return model::Library(spaced); };
  share(threads, jobs.size(), copy, [&](model::Library& mine, std::size_t number) {
    Job& job = jobs[number];
    if (job.findings.empty()) return;
    SuiteTrials trials(library, spaced, mine, suites[job.suite], seed);
    for (Finding& finding : job.findings) {
      // A mutant of several suites is tried by several threads: each changes a copy of its own.
      PlannedMutant own = planned[finding.mutant];
      trials.examine(own, finding);
    }
  });
  std::vector<std::vector<std::pair<std::uint32_t, const Finding*>>> by_mutant(planned.size());
  for (const Job& job : jobs) {
    for (const Finding& finding : job.findings) by_mutant[finding.mutant].emplace_back(job.suite, &finding);
  }
  for (std::size_t i = 0; i < planned.size(); ++i) {
    const std::vector<std::uint32_t>& order = planned[i].suites;
    const auto turn = [&](const auto& finding) { return std::find(order.begin(), order.end(), finding.first); };
    std::sort(by_mutant[i].begin(), by_mutant[i].end(),
              [&](const auto& a, const auto& b) { return turn(a) < turn(b); });
    report(suites, by_mutant[i], planned[i].mutant);
  }
}

}  // namespace proviso::trial
