#include "trial/mutation/mutant_proposal.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "text/utf8.hpp"
#include "trial/scenarios/given.hpp"
#include "trial/suggestion/suggest_words.hpp"

namespace proviso::trial {
namespace {

constexpr std::size_t longest_proposed_title = 80;
/// A single fact is said in so many characters at most, or else in another way.
constexpr std::size_t longest_fact = 40;

/// Whether the row of a `vary` table that is so called gives the fact.
bool varies(const std::string& label, const std::string& fact) {
  const std::string start = fact + " = ";
  return label.compare(0, start.size(), start) == 0 || label.find(", " + start) != std::string::npos;
}

/// `patient.bmi = 36 kg/m2`, `sore_throats of 7 entries`.
std::string shortly(const model::Library& library, const model::Record& record, const model::GivenFact& given) {
  std::string whole = spell(library, record, given);
  if (text::count_characters(whole) <= longest_fact) return whole;
  const model::Fact& fact = record.facts[given.fact];
  if (fact.type.kind != value::Kind::list) return fact.path + " = ...";
  const std::size_t size = given.elements.size();
  return fmt::format("{} of {} {}", fact.path, size, size == 1 ? "entry" : "entries");
}

/// `because` and `about` left out.
std::string outcome_of(const std::string& expectation) {
  return expectation.substr(0, std::min(expectation.find(" because "), expectation.find(" about ")));
}

/// As many words as fit.
std::string cut(const std::string& words, std::size_t most) {
  if (text::count_characters(words) <= most) return words;
  const std::size_t end = words.rfind(' ', most - 4);
  return words.substr(0, end == std::string::npos ? 0 : end) + " ...";
}

std::string proposed_title(const model::Library& library, const Mutant& mutant) {
  const std::string outcome = ": " + outcome_of(mutant.expectation);
  const std::size_t most = longest_proposed_title - outcome.size();
  const model::Record& record = library.records[mutant.record];
  const model::GivenRecord changed = difference(case_of(library, mutant.nearest).given, mutant.apart);
  if (changed.empty()) return cut(library.scenarios[mutant.nearest.scenario].title, most) + outcome;
  std::string facts;
  for (std::size_t i = 0; i < changed.size(); ++i) {
    const std::string one = shortly(library, record, changed[i]);
    const std::size_t rest = changed.size() - i;
    const std::string others = rest == 1 ? "" : fmt::format(" and {} more", rest - 1);
    const std::size_t length =
        text::count_characters(facts) + 2 + text::count_characters(one) + text::count_characters(others);
    if (i > 0 && length > most) {
      facts += fmt::format(" and {} more", rest);
      break;
    }
    facts += (i == 0 ? "" : ", ") + one;
  }
  return facts + outcome;
}

}  // namespace

model::GivenRecord facts_to_say(const model::Library& library, const Mutant& mutant) {
  const model::ScenarioCase& nearest = case_of(library, mutant.nearest);
  model::GivenRecord facts = difference(nearest.given, mutant.apart);
  for (const model::GivenFact& fact : mutant.apart) {
    const bool there = find(facts, fact.fact) != nullptr;
    if (!there && varies(nearest.label, library.records[mutant.record].facts[fact.fact].name)) facts.push_back(fact);
  }
  return facts;
}

void give_titles(const model::Library& library, std::vector<Mutant>& mutants) {
  std::map<std::string, std::set<std::string>> taken;  // by policy
  for (const model::Scenario& scenario : library.scenarios) taken[scenario.policy].insert(scenario.title);
  std::map<std::tuple<std::uint32_t, std::string, std::string>, std::string> given;
  for (Mutant& mutant : mutants) {
    if (!mutant.told_apart || mutant.nearest.scenario == model::none) continue;
    std::string facts;
    for (const model::GivenFact& each : facts_to_say(library, mutant)) {
      facts += spell(library, library.records[mutant.record], each) + ", ";
    }
    std::string& title = given[{mutant.nearest.scenario, facts, mutant.expectation}];
    if (title.empty()) {
      // A text in it would end it.
      std::string wished = proposed_title(library, mutant);
      std::replace(wished.begin(), wished.end(), '"', '\'');
      title = unique(taken[library.scenarios[mutant.nearest.scenario].policy], wished);
    }
    mutant.title = title;
  }
}

}  // namespace proviso::trial
