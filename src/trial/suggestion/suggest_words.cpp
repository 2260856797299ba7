#include "trial/suggestion/suggest_words.hpp"

#include <algorithm>
#include <cctype>

#include "text/utf8.hpp"
#include "trial/coverage/goals_limits.hpp"
#include "value/calendar.hpp"

namespace proviso::trial {
namespace {

constexpr std::size_t longest_limit_title = 100;

int aim_rank(Aim aim) {
  switch (aim) {
    case Aim::below:
    case Aim::at:
    case Aim::above:
      return 0;
    case Aim::no:
      return 1;
    case Aim::unknown:
      return 2;
    case Aim::variation:
      return 3;
    case Aim::clause:
      return 4;
    case Aim::yes:
      return 5;
    case Aim::does_not_apply:
      return 6;
    case Aim::applies:
      return 7;
  }
  return 8;
}

/// `wanted` for the criterion, or its clause, of that name and place in the file; null: there is none.
const std::string* label_in(const std::vector<model::Criterion>& criteria, const Goal& goal) {
  for (const model::Criterion& criterion : criteria) {
    if (criterion.name == goal.name && criterion.span.begin == goal.span.begin) return &criterion.label;
    if (const std::string* found = label_in(criterion.condition.criteria, goal)) return found;
  }
  return nullptr;
}

const std::string* label_in(const model::Policy& policy, const Goal& goal) {
  for (const model::Form& form : policy.forms) {
    for (const model::Clause& clause : form.clauses) {
      if (clause.name == goal.name && clause.span.begin == goal.span.begin) return &clause.sentence;
      if (const std::string* found = label_in(clause.condition.criteria, goal)) return found;
    }
  }
  return nullptr;
}

/// The sentence, at most so many characters of it, or else the name.
std::string words_for(const model::Library& library, const Goal& goal, std::size_t most) {
  const std::string* label = label_in(library.policies[goal.policy], goal);
  std::string words = label == nullptr || label->empty() ? goal.name : *label;
  if (text::count_characters(words) <= most) return words;
  const std::size_t end = words.rfind(' ', most);
  words.resize(end == std::string::npos || end == 0 ? most : end);
  while (!words.empty() && (static_cast<unsigned char>(words.back()) >= 0x80 || std::ispunct(words.back()) != 0)) {
    words.pop_back();
  }
  return words + " ...";
}

std::string capitalised(std::string words) {
  if (!words.empty()) words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
  return words;
}

std::string clause_title(const model::Library& library, const Goal& goal) {
  for (const model::Form& form : library.policies[goal.policy].forms) {
    for (const model::Clause& clause : form.clauses) {
      if (clause.name != goal.name || clause.span.begin != goal.span.begin) continue;
      const std::string outcome = capitalised(std::string(model::spelling(clause.outcome)));
      if (clause.otherwise) return outcome + " where nothing else decides";
      if (!clause.sentence.empty()) return outcome + ": " + words_for(library, goal, 80);
      return clause.name == model::spelling(clause.outcome) ? outcome : outcome + " by " + clause.name;
    }
  }
  return goal.what;
}

}  // namespace

std::uint32_t telling(const std::vector<Goal>& goals, const std::vector<std::uint32_t>& numbers) {
  return *std::min_element(numbers.begin(), numbers.end(), [&](std::uint32_t a, std::uint32_t b) {
    return aim_rank(goals[a].aim) < aim_rank(goals[b].aim);
  });
}

std::string title_of(const model::Library& library, const Goal& goal) {
  switch (goal.aim) {
    case Aim::yes:
      return words_for(library, goal, 85) + ": yes";
    case Aim::no:
      return words_for(library, goal, 85) + ": no";
    case Aim::unknown:
      return words_for(library, goal, 85) + ": not known";
    case Aim::clause:
      return clause_title(library, goal);
    case Aim::variation: {
      std::string title = "As it is varied";
      if (!goal.name.empty()) title += " in " + goal.name;
      if (goal.variation == model::none) return title;
      const model::Period& period = library.variations[goal.variation].period;
      return period.first == INT32_MIN ? title : title + " from " + value::format_date(period.first);
    }
    case Aim::applies:
      return "The policy applies";
    case Aim::does_not_apply:
      return "The policy does not apply";
    case Aim::below:
    case Aim::at:
    case Aim::above:
      break;
  }
  const std::string side = goal.aim == Aim::at ? " at " : goal.aim == Aim::below ? " just below " : " just above ";
  const model::Record& record = library.records[library.policies[goal.policy].record];
  const model::FactId fact = record.find(0, goal.held);
  const bool has_label = fact != model::none && !record.facts[fact].label.empty();
  std::string title = (has_label ? record.facts[fact].label : goal.held) + side + goal.against;
  if (text::count_characters(title) <= longest_limit_title) return title;
  return words_for(library, goal, 60) + ":" + side + goal.value;
}

std::string title_of(const model::Record& record, const std::vector<model::FactId>& varied) {
  std::string names;
  bool ordered = false;
  for (const model::FactId id : varied) {
    const model::Fact& fact = record.facts[id];
    ordered = ordered || is_ordered(fact.type);
    if (!names.empty()) names += " with ";
    names += fact.label.empty() ? fact.path : fact.label;
  }
  return (ordered ? "The limits of " : "The values of ") + names;
}

std::string unique(std::set<std::string>& taken, const std::string& title) {
  std::string result = title;
  for (int number = 2; !taken.insert(result).second; ++number) result = title + " (" + std::to_string(number) + ")";
  return result;
}

}  // namespace proviso::trial
