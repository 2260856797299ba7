#include "trial/mutation/mutant_verdict.hpp"

#include <algorithm>
#include <iterator>

#include "trial/scenarios/scenarios.hpp"

namespace proviso::trial {
namespace {

template <class Value>
void make_set(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

bool decides(model::Outcome outcome) {
  return outcome != model::Outcome::information_needed && outcome != model::Outcome::not_applicable;
}

std::vector<std::uint32_t> missing(const std::vector<std::uint32_t>& from, const std::vector<std::uint32_t>& in) {
  std::vector<std::uint32_t> result;
  std::set_difference(from.begin(), from.end(), in.begin(), in.end(), std::back_inserter(result));
  return result;
}

std::string spell_facts(const model::Record& record, const std::vector<model::FactId>& facts) {
  std::string out;
  for (const model::FactId fact : facts) out += (out.empty() ? "" : ", ") + record.facts[fact].name;
  return out;
}

/// As a scenario expects it: `refuse`, `pay £31.50`, `withhold must`.
std::string spell_outcome(const Verdict& verdict) {
  std::string out(model::spelling(verdict.outcome));
  if (verdict.strength) return out + ' ' + std::string(model::spelling(*verdict.strength));
  if (!verdict.recount.empty()) out = "recount as " + verdict.recount;
  if (!verdict.amount) return out;
  if (!verdict.recount.empty()) return out + " pay " + value::format_money(*verdict.amount);
  return out + (verdict.outcome == model::Outcome::adjust ? " to " : " ") + value::format_money(*verdict.amount);
}

/// `because bmi, severe`.
std::string spell_because(const Names& names, const std::vector<std::uint32_t>& because) {
  std::string out = "because ";
  for (const std::uint32_t number : because) out += (number == because.front() ? "" : ", ") + names.name(number);
  return out;
}

}  // namespace

std::uint32_t Names::number(std::string_view name) {
  const auto found = numbers_.find(name);
  if (found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(names_.size());
  names_.emplace_back(name);
  numbers_.emplace(name, number);
  return number;
}

Verdict verdict_of(const decide::Engine& engine, const decide::Decisions& decisions, std::size_t record, Names& names) {
  const Result result = result_of(decisions, record);
  Verdict verdict;
  verdict.outcome = result.outcome;
  if (result.decision == nullptr) return verdict;
  const decide::Decision& decision = *result.decision;
  verdict.amount = decision.amount;
  verdict.strength = strength_of(engine, result);
  if (const auto code = recount_of(engine, result)) verdict.recount = model::format(engine.library(), *code);
  const decide::Version& version = engine.versions()[decision.version];
  for (std::uint32_t i = 0; i < decision.needs.count; ++i) {
    verdict.needs.push_back(decisions.needs[decision.needs.first + i].fact);
  }
  for (std::uint32_t i = 0; i < decision.reasons.count; ++i) {
    const std::string_view name = version.items[decisions.reasons[decision.reasons.first + i].item].name;
    // `applies when` is no name that a scenario can give.
    if (name.find(' ') == std::string_view::npos) verdict.because.push_back(names.number(name));
  }
  if (decision.clause != model::none) {
    const model::Clause& clause = version.clauses()[decision.clause];
    if (!clause.otherwise) verdict.because.push_back(names.number(clause.name));
  }
  make_set(verdict.needs);
  make_set(verdict.because);
  return verdict;
}

Apart apart(const Verdict& as_is, const Verdict& changed) {
  if (as_is.outcome != changed.outcome) {
    return decides(as_is.outcome) && decides(changed.outcome) ? Apart::outcome : Apart::open;
  }
  if (as_is.amount != changed.amount || as_is.strength != changed.strength || as_is.recount != changed.recount) {
    return Apart::amount;
  }
  if (as_is.outcome == model::Outcome::information_needed && as_is.needs != changed.needs) return Apart::needs;
  const bool has_all =
      std::includes(changed.because.begin(), changed.because.end(), as_is.because.begin(), as_is.because.end());
  return has_all ? Apart::no : Apart::because;
}

std::string spell_difference(const model::Record& record, const Names& names, const Verdict& as_is,
                             const Verdict& changed) {
  std::string outcome = spell_outcome(as_is);
  switch (apart(as_is, changed)) {
    case Apart::amount:
    case Apart::outcome:
    case Apart::open:
      return outcome + ", not " + spell_outcome(changed);
    case Apart::needs:
      return outcome + " about " + spell_facts(record, as_is.needs) + ", not " +
             (changed.needs.empty() ? "about nothing" : "about " + spell_facts(record, changed.needs));
    case Apart::because:
      return outcome + " " + spell_because(names, missing(as_is.because, changed.because)) + ", not without";
    case Apart::no:
      break;
  }
  return outcome;
}

std::string spell_expectation(const model::Record& record, const Names& names, const Verdict& as_is,
                              const Verdict& changed, const std::vector<std::string>& criteria) {
  constexpr std::size_t most = 3;
  std::string out = spell_outcome(as_is);
  // `pay £5` is met by whatever pays £5.
  if (as_is.outcome == model::Outcome::pay && changed.outcome != as_is.outcome && changed.amount == as_is.amount) {
    out = model::spelling(as_is.outcome);
  }
  if (as_is.outcome == model::Outcome::information_needed && !as_is.needs.empty()) {
    return out + " about " + spell_facts(record, as_is.needs);
  }
  if (apart(as_is, changed) == Apart::because) {
    std::vector<std::uint32_t> telling = missing(as_is.because, changed.because);
    if (telling.size() > most) telling.resize(most);
    return out + " " + spell_because(names, telling);
  }
  for (const std::string& name : criteria) out += (&name == &criteria.front() ? " because " : ", ") + name;
  return out;
}

}  // namespace proviso::trial
