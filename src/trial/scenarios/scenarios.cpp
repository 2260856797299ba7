#include "trial/scenarios/scenarios.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

#include "decide/decider.hpp"
#include "trial/scenarios/given.hpp"
#include "trial/scenarios/scenario_failures.hpp"
#include "value/characters.hpp"

namespace proviso::trial {
namespace {

using decide::Decision;
using decide::Decisions;
using decide::Engine;
using decide::Explain;

bool contains(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) { return value::small_letter(a) == value::small_letter(b); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

/// Whether those facts are needed and no others.
bool needs_exactly(const Decisions& decisions, const Decision& decision, const std::vector<model::FactId>& facts) {
  const auto first = decisions.needs.begin() + decision.needs.first;
  const auto needed = [&](model::FactId fact) {
    return std::any_of(first, first + decision.needs.count, [&](const auto& need) { return need.fact == fact; });
  };
  const auto expected = [&](const decide::Need& need) {
    return std::find(facts.begin(), facts.end(), need.fact) != facts.end();
  };
  return std::all_of(facts.begin(), facts.end(), needed) && std::all_of(first, first + decision.needs.count, expected);
}

/// Cases that one engine decides.
class Group {
 public:
  Group(const model::Library& library, const model::Scenario& first) : library_(library), scenario_(first) {}

  void add(CaseNumber number) { cases_.push_back(number); }

  void run(std::vector<Failure>& failures) const {
    std::vector<CaseNumber> failed;
    in_chunks(cases_, Explain::reasons, [&](const Engine& engine, const auto& chunk, const auto& decisions, auto from) {
      for (std::size_t row = 0; row < chunk.rows(); ++row) {
        const CaseNumber number = cases_[from + row];
        if (!is_as_expected(engine, decisions, row, case_of(library_, number).expected)) {
          failed.push_back(number);
          failures.push_back(failure_of({engine, chunk, decisions, row}, number));
        }
      }
    });
    if (failed.empty()) return;
    auto next = failures.end() - static_cast<std::ptrdiff_t>(failed.size());
    in_chunks(failed, Explain::full, [&](const Engine& engine, const auto& chunk, const auto& decisions, auto) {
      for (std::size_t row = 0; row < chunk.rows(); ++row) explain(*next++, {engine, chunk, decisions, row});
    });
  }

 private:
  const model::Library& library_;
  const model::Scenario& scenario_;
  std::vector<CaseNumber> cases_;

  template <typename Use>
  void in_chunks(const std::vector<CaseNumber>& cases, Explain explain, Use use) const {
    const Engine engine(library_, library_.records[scenario_.record].name, options_for(library_, scenario_, explain));
    decide::Decider decider(engine);
    program::Chunk chunk(library_, scenario_.record);
    Decisions decisions;
    for (std::size_t from = 0; from < cases.size(); from += program::chunk_capacity) {
      const std::size_t last = std::min(from + program::chunk_capacity, cases.size());
      chunk.clear();
      for (std::size_t i = from; i < last; ++i) add_record(chunk, case_of(library_, cases[i]).given);
      chunk.finish();
      decider.decide(chunk, decisions);
      use(engine, chunk, decisions, from);
    }
  }
};

}  // namespace

const model::ScenarioCase& case_of(const model::Library& library, CaseNumber number) {
  return library.scenarios[number.scenario].cases[number.index];
}

decide::Options options_for(const model::Library& library, const model::Scenario& scenario, decide::Explain explain) {
  decide::Options options;
  options.policies = {scenario.policy};
  options.explain = explain;
  const auto decides = [&](const model::Policy& policy) {
    return policy.record == scenario.record && policy.decides(false) && policy.full_name() == scenario.policy;
  };
  options.with_drafts = scenario.with_drafts || std::none_of(library.policies.begin(), library.policies.end(), decides);
  return options;
}

Result result_of(const decide::Decisions& decisions, std::size_t record) {
  const decide::RecordDecision& of_record = decisions.records[record];
  if (of_record.first == model::none) return {};
  const Decision& decision = decisions.decisions[of_record.first];
  const bool none_holds = !decision.holds && decision.outcome == model::Outcome::not_applicable;
  return {decision.outcome, none_holds ? nullptr : &decision};
}

bool has_decided(const decide::Engine& engine, const decide::Decisions& decisions, const decide::Decision& decision,
                 std::string_view name) {
  const decide::Version& version = engine.versions()[decision.version];
  if (decision.clause != model::none && version.clauses()[decision.clause].name == name) return true;
  const auto first = decisions.reasons.begin() + decision.reasons.first;
  return std::any_of(first, first + decision.reasons.count,
                     [&](const auto& reason) { return version.items[reason.item].name == name; });
}

bool gives_outcome(const decide::Engine& engine, const Result& result, const model::Expectation& expected) {
  if (expected.recount && (result.decision == nullptr || result.decision->recount != expected.recount->bits))
    return false;
  if (expected.amount && (result.decision == nullptr || result.decision->amount != expected.amount)) return false;
  // `pay £0` says what is paid, and not by which outcome; `pay` alone says which.
  if (expected.amount && expected.outcome == model::Outcome::pay) return true;
  if (result.outcome != expected.outcome) return false;
  return !expected.strength || strength_of(engine, result) == expected.strength;
}

std::optional<model::Constant> recount_of(const decide::Engine& engine, const Result& result) {
  if (result.decision == nullptr || !result.decision->recount) return std::nullopt;
  const model::Payment& payment = *engine.versions()[result.decision->version].payment_of(result.decision->clause);
  return model::Constant{engine.library().nodes[payment.code].type, true, *result.decision->recount};
}

std::optional<model::Strength> strength_of(const decide::Engine& engine, const Result& result) {
  if (result.decision == nullptr || result.decision->clause == model::none) return std::nullopt;
  const model::Clause& clause = engine.versions()[result.decision->version].clauses()[result.decision->clause];
  if (!clause.payment || clause.payment->kind != model::Payment::Kind::withhold) return std::nullopt;
  return clause.payment->strength;
}

bool is_as_expected(const decide::Engine& engine, const decide::Decisions& decisions, std::size_t record,
                    const model::Expectation& expected) {
  const Result result = result_of(decisions, record);
  if (!gives_outcome(engine, result, expected)) return false;
  if (result.decision == nullptr) return expected.because.empty() && (!expected.about || expected.about->empty());
  const auto decided = [&](const std::string& name) { return has_decided(engine, decisions, *result.decision, name); };
  return std::all_of(expected.because.begin(), expected.because.end(), decided) &&
         (!expected.about || needs_exactly(decisions, *result.decision, *expected.about));
}

bool selected(const model::Scenario& scenario, std::string_view file, std::string_view filter) {
  return contains(scenario.title, filter) || contains(scenario.policy, filter) || contains(file, filter);
}

bool selected(const model::Policy& policy, std::string_view file, std::string_view filter) {
  return contains(policy.full_name(), filter) || contains(file, filter);
}

ScenarioRun run_scenarios(const model::Library& library, const std::vector<std::uint32_t>& scenarios) {
  const auto start = std::chrono::steady_clock::now();
  ScenarioRun result;
  std::vector<Group> groups;
  std::map<std::pair<std::string_view, bool>, std::size_t> group_of;
  for (const std::uint32_t number : scenarios) {
    const model::Scenario& scenario = library.scenarios[number];
    ++result.scenarios;
    if (!scenario.unverified.empty()) ++result.unverified;
    const auto [found, fresh] = group_of.try_emplace({scenario.policy, scenario.with_drafts}, groups.size());
    if (fresh) groups.emplace_back(library, scenario);
    for (std::uint32_t index = 0; index < scenario.cases.size(); ++index) {
      result.run.push_back({number, index});
      groups[found->second].add(result.run.back());
    }
  }
  result.cases = result.run.size();
  for (const Group& group : groups) group.run(result.failures);
  // In the order in which they were asked for.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> turn;
  for (std::size_t i = 0; i < result.run.size() && !result.failures.empty(); ++i) {
    turn.emplace(std::pair(result.run[i].scenario, result.run[i].index), i);
  }
  std::stable_sort(result.failures.begin(), result.failures.end(), [&](const Failure& a, const Failure& b) {
    return turn[{a.number.scenario, a.number.index}] < turn[{b.number.scenario, b.number.index}];
  });
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace proviso::trial
