#include "trial/scenarios/scenario_failures.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "output/shown_value.hpp"
#include "trial/scenarios/given.hpp"
#include "trial/scenarios/words.hpp"
#include "value/calendar.hpp"

namespace proviso::trial {
namespace {

using decide::Decision;

const Decision* decision_of(const DecidedCase& decided) {
  const std::uint32_t first = decided.decisions.records[decided.record].first;
  return first == model::none ? nullptr : &decided.decisions.decisions[first];
}

std::vector<std::string> needed_facts(const DecidedCase& decided, const Decision& decision) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < decision.needs.count; ++i) {
    names.push_back(decided.engine.record().facts[decided.decisions.needs[decision.needs.first + i].fact].name);
  }
  return names;
}

std::string came(const DecidedCase& decided, const Result& result) {
  std::string out(model::spelling(result.outcome));
  if (result.decision == nullptr) return out;
  if (const auto strength = strength_of(decided.engine, result)) out += ' ' + std::string(model::spelling(*strength));
  const Decision& decision = *result.decision;
  if (const auto code = recount_of(decided.engine, result))
    out += " as " + model::format(decided.engine.library(), *code);
  if (decision.amount) out += ' ' + value::format_money(*decision.amount);
  if (decision.clause != model::none) {
    const std::string& name = decided.engine.versions()[decision.version].clauses()[decision.clause].name;
    if (name != out) out += " by " + name;
  }
  const auto needed = needed_facts(decided, decision);
  if (!needed.empty()) out += " about " + listed(needed);
  return out;
}

std::string place_and_date(const DecidedCase& decided, const Decision& decision, std::string_view between) {
  std::string out;
  if (decision.place != model::none) out += " in " + decided.engine.library().places[decision.place].name;
  if (!decision.has_date) return out;
  if (!out.empty()) out += between;
  return out + " on " + value::format_date(decision.on);
}

std::string version_of(const DecidedCase& decided, const Decision& decision) {
  const model::Policy& policy = *decided.engine.versions()[decision.version].policy;
  std::string out = policy.has_start ? "version of " + value::format_date(policy.effective.first) : "the only version";
  const std::string where = place_and_date(decided, decision, ",");
  return where.empty() ? out : out + "," + where;
}

/// What the scenario gives as a list is shown with its elements: how many there are does not tell why a criterion about
/// them is as it is.
std::string value_of(const DecidedCase& decided, const model::GivenRecord& given, const decide::Read& read,
                     const decide::ReadValue& value) {
  std::string out;
  output::append_read_value(out, decided.chunk, read, decided.record, value);
  const model::Record& record = decided.engine.record();
  if (read.what != decide::Read::What::fact || !value.known || value.bits == 0) return out;
  const model::Fact& fact = record.facts[read.index];
  if (fact.type.kind != value::Kind::list || record.levels[fact.elements].plain) return out;
  const model::GivenFact* found = find(given, read.index);
  if (found == nullptr) return out;
  return out + ": " + spell(decided.engine.library(), record, *found).substr(fact.path.size() + 3);
}

std::vector<SeenCriterion> seen_criteria(const DecidedCase& decided, const Decision& decision,
                                         const model::GivenRecord& given) {
  std::vector<SeenCriterion> result;
  const decide::Version& version = decided.engine.versions()[decision.version];
  for (std::uint32_t i = 0; i < decision.reasons.count; ++i) {
    const decide::Reason& reason = decided.decisions.reasons[decision.reasons.first + i];
    const decide::Item& item = version.items[reason.item];
    SeenCriterion& seen = result.emplace_back();
    seen.name = item.name;
    seen.label = item.label;
    seen.expression = item.expression;
    seen.result = output::spelling(reason.result);
    seen.item = reason.item;
    seen.depth = item.depth;
    for (std::size_t read = 0; read < item.reads.size(); ++read) {
      const decide::ReadValue& value = decided.decisions.values[reason.first_value + read];
      SeenValue& shown = seen.values.emplace_back();
      shown.name = output::read_name(decided.engine.library(), decided.engine.record(), item.reads[read]);
      shown.value = value_of(decided, given, item.reads[read], value);
      if (value.sentence != model::none) shown.value += ": " + decided.decisions.sentences[value.sentence];
    }
  }
  return result;
}

std::vector<std::string> assumed_facts(const DecidedCase& decided, const Decision& decision) {
  std::vector<std::string> result;
  for (std::uint32_t i = 0; i < decision.assumed.count; ++i) {
    const model::Fact& fact = decided.engine.record().facts[decided.decisions.assumed[decision.assumed.first + i]];
    result.push_back(fact.name + " = " + model::format(decided.engine.library(), *fact.assumed));
  }
  return result;
}

/// Puts together what is not as expected; a failure has its criteria by now.
class Differences {
 public:
  Differences(const DecidedCase& decided, const Decision* decision, const Failure& failure,
              const model::Expectation& expected)
      : decided_(decided), decision_(decision), failure_(failure), expected_(expected) {}

  std::string spell() {
    const auto outcome = decision_ == nullptr ? model::Outcome::not_applicable : decision_->outcome;
    const Result result{outcome, decision_};
    const bool same_outcome = gives_outcome(decided_.engine, result, expected_);
    const bool by_amount =
        expected_.amount && (outcome == expected_.outcome || expected_.outcome == model::Outcome::pay);
    if (!same_outcome && by_amount) {
      say(expected_.recount ? "the code or the amount" : "the amount");
    } else if (!same_outcome && outcome == expected_.outcome) {
      say(expected_.recount ? "the code" : "how it is withheld");
    } else if (!same_outcome) {
      say("the outcome");
      if (outcome == model::Outcome::not_applicable) say(why_not_applicable());
    }
    for (const std::string& name : expected_.because) {
      if (!same_outcome || !has_decided(name)) say(fate_of(name, same_outcome));
    }
    if (same_outcome && expected_.about) compare_needs();
    return std::move(out_);
  }

 private:
  const DecidedCase& decided_;
  const Decision* decision_;
  const Failure& failure_;
  const model::Expectation& expected_;
  std::string out_;

  void say(const std::string& text) {
    if (text.empty()) return;
    if (!out_.empty()) out_ += "; ";
    out_ += text;
  }

  std::string why_not_applicable() const {
    if (decision_ == nullptr) return "no version of the policy decides: none is adopted or superseded";
    if (decision_->holds) return "`applies when` is no";
    return "no version of the policy holds" + place_and_date(decided_, *decision_, "");
  }

  bool has_decided(const std::string& name) const {
    if (decision_ == nullptr) return false;
    if (decision_->clause != model::none &&
        decided_.engine.versions()[decision_->version].clauses()[decision_->clause].name == name) {
      return true;
    }
    return std::any_of(failure_.criteria.begin(), failure_.criteria.end(),
                       [&](const auto& seen) { return seen.decided && seen.name == name; });
  }

  /// What became of a criterion that was to decide.
  std::string fate_of(const std::string& name, bool same_outcome) const {
    const auto& all = failure_.criteria;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& seen) { return seen.name == name; });
    const std::string result = found == all.end() ? "" : found->result;
    if (!same_outcome) return result.empty() ? "" : fmt::format("`{}` is {}", name, result);
    std::vector<std::string> others;
    for (const SeenCriterion& seen : all) {
      if (seen.decided) others.push_back('`' + seen.name + '`');
    }
    return fmt::format("`{}` did not decide{}{}", name, result.empty() ? "" : ": it is " + result,
                       others.empty() ? "" : "; what did: " + listed(others));
  }

  void compare_needs() {
    const auto& facts = decided_.engine.record().facts;
    const auto needed = decision_ == nullptr ? std::vector<std::string>{} : needed_facts(decided_, *decision_);
    std::vector<std::string> wanted;
    for (const model::FactId fact : *expected_.about) wanted.push_back(facts[fact].name);
    const auto lacks = [](const auto& names, const auto& name) {
      return std::find(names.begin(), names.end(), name) == names.end();
    };
    for (const auto& name : wanted) {
      if (lacks(needed, name)) say(fmt::format("`{}` is not asked for", name));
    }
    for (const auto& name : needed) {
      if (lacks(wanted, name)) say(fmt::format("`{}` is asked for too", name));
    }
  }
};

}  // namespace

std::string spell(const model::Library& library, const model::Record& record, const model::Expectation& expected) {
  std::string out(model::spelling(expected.outcome));
  if (expected.recount) out = "recount as " + model::format(library, *expected.recount);
  if (expected.strength) out += ' ' + std::string(model::spelling(*expected.strength));
  if (expected.amount) {
    out += expected.recount ? " pay " : expected.outcome == model::Outcome::adjust ? " to " : " ";
    out += value::format_money(*expected.amount);
  }
  if (!expected.because.empty()) out += " because " + listed(expected.because);
  if (!expected.about || expected.about->empty()) return out;
  std::vector<std::string> names;
  for (const model::FactId fact : *expected.about) names.push_back(record.facts[fact].name);
  return out + " about " + listed(names);
}

Failure failure_of(const DecidedCase& decided, CaseNumber number) {
  const model::ScenarioCase& tried = case_of(decided.engine.library(), number);
  const Result result = result_of(decided.decisions, decided.record);
  Failure failure;
  failure.number = number;
  failure.expected = spell(decided.engine.library(), decided.engine.record(), tried.expected);
  failure.came = came(decided, result);
  if (result.decision != nullptr) failure.criteria = seen_criteria(decided, *result.decision, tried.given);
  return failure;
}

void explain(Failure& failure, const DecidedCase& decided) {
  const model::ScenarioCase& tried = case_of(decided.engine.library(), failure.number);
  const Decision* decision = decision_of(decided);
  const std::vector<SeenCriterion> decisive = std::move(failure.criteria);
  failure.criteria.clear();
  if (decision != nullptr) {
    if (decision->holds) failure.version = version_of(decided, *decision);
    failure.criteria = seen_criteria(decided, *decision, tried.given);
    failure.assumed = assumed_facts(decided, *decision);
    const auto notes = decided.decisions.notes.begin() + decision->notes.first;
    failure.notes.assign(notes, notes + decision->notes.count);
    const decide::Version& version = decided.engine.versions()[decision->version];
    const std::uint32_t clause = decision->clause == model::none ? model::none : version.clause_items[decision->clause];
    for (SeenCriterion& seen : failure.criteria) {
      seen.decided = seen.item == clause || std::any_of(decisive.begin(), decisive.end(),
                                                        [&](const auto& each) { return each.item == seen.item; });
    }
    // Only where it does not apply does `applies when` decide.
    if (decision->holds && decision->outcome == model::Outcome::not_applicable) {
      for (SeenCriterion& seen : failure.criteria) seen.decided = true;
    }
  }
  failure.difference = Differences(decided, decision, failure, tried.expected).spell();
}

}  // namespace proviso::trial
