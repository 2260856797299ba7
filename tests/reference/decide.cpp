#include <algorithm>
#include <set>

#include "reference/evaluate.hpp"

namespace proviso::reference {
namespace {

using syntax::Clause;
using syntax::Condition;
using syntax::GroupKind;
using syntax::PolicyDeclaration;

struct Version {
  const File* file;
  const PolicyDeclaration* policy;
  DayNumber first;
  DayNumber last;
};

std::string full_name(const Version& version) {
  return version.file->tree->library.text + '.' + version.policy->name.text;
}

bool decides(const PolicyDeclaration& policy) {
  return policy.status.text.empty() || policy.status.text == "adopted" || policy.status.text == "superseded";
}

/// One record and one version of a policy, on one day.
class Decision {
 public:
  Decision(const Version& version, const Evaluator& evaluator) : version_(version), evaluator_(evaluator) {}

  Answer decide();

 private:
  const Version& version_;
  const Evaluator& evaluator_;
  Answer answer_;

  const std::vector<Clause>& clauses() const { return version_.policy->clauses; }
  Written written(syntax::ExpressionId id) const { return {version_.file, id, nullptr}; }
  std::optional<bool> applies() const {
    if (version_.policy->applies == syntax::no_expression) return true;
    return evaluator_.truth(written(version_.policy->applies));
  }
  std::optional<bool> truth(const Condition& condition) const;
  std::optional<bool> truth(const Clause& clause) const {
    return clause.word == "otherwise" ? std::optional<bool>(true) : truth(clause.condition);
  }
  void needs_of(syntax::ExpressionId expression);
  void needs_of(const Condition& condition);
  void list_criteria(const Condition& condition);
  void because_of(const Condition& condition, bool result);
  void explain(std::size_t deciding);
  void find_assumed(std::size_t tried);
  void collect_facts(const Condition& condition, const Evaluator::Visit& visit) const;
};

std::optional<bool> Decision::truth(const Condition& condition) const {
  if (condition.kind == GroupKind::expression) return evaluator_.truth(written(condition.expression));
  std::size_t yes = 0;
  std::size_t no = 0;
  for (const syntax::Criterion& criterion : condition.criteria) {
    const std::optional<bool> result = truth(criterion.condition);
    if (result == true) ++yes;
    if (result == false) ++no;
  }
  const std::size_t all = condition.criteria.size();
  switch (condition.kind) {
    case GroupKind::all:
      if (no > 0) return false;
      if (yes == all) return true;
      return std::nullopt;
    case GroupKind::any:
      if (yes > 0) return true;
      if (no == all) return false;
      return std::nullopt;
    case GroupKind::at_least:
      if (yes >= condition.count) return true;
      if (all - no < condition.count) return false;
      return std::nullopt;
    case GroupKind::none_of:
      if (yes > 0) return false;
      if (no == all) return true;
      return std::nullopt;
    case GroupKind::expression:
      break;
  }
  return std::nullopt;
}

void Decision::needs_of(syntax::ExpressionId expression) {
  evaluator_.needs(written(expression), [&](const Fact& fact, bool out_of_date) {
    // A list that is asked for in the name of what is in it is not itself out of date.
    const Need asked{fact.asked_as, out_of_date && fact.asked_as == fact.name};
    for (const Need& need : answer_.needs) {
      if (need.fact == asked.fact) return;
    }
    answer_.needs.push_back(asked);
  });
}

void Decision::needs_of(const Condition& condition) {
  if (truth(condition)) return;
  if (condition.kind == GroupKind::expression) needs_of(condition.expression);
  for (const syntax::Criterion& criterion : condition.criteria) needs_of(criterion.condition);
}

void Decision::list_criteria(const Condition& condition) {
  for (const syntax::Criterion& criterion : condition.criteria) {
    answer_.criteria.push_back({criterion.name.text, truth(criterion.condition)});
    list_criteria(criterion.condition);
  }
}

/// Which value of its criteria made a group yes or no.
void Decision::because_of(const Condition& condition, bool result) {
  const bool wanted = condition.kind == GroupKind::none_of ? !result : result;
  for (const syntax::Criterion& criterion : condition.criteria) {
    if (truth(criterion.condition) != wanted) continue;
    answer_.because.push_back(criterion.name.text);
    because_of(criterion.condition, wanted);
  }
}

std::string name_of(const Clause& clause) { return clause.name.text.empty() ? clause.word : clause.name.text; }

void Decision::explain(std::size_t deciding) {
  answer_.has_because = true;
  const auto add = [&](const Clause& clause, bool result) {
    if (clause.word == "otherwise") return;
    // A clause that is an expression is a criterion of its own.
    if (clause.condition.kind == GroupKind::expression) answer_.because.push_back(name_of(clause));
    because_of(clause.condition, result);
  };
  if (clauses()[deciding].word != "otherwise") {
    add(clauses()[deciding], true);
    return;
  }
  for (std::size_t i = 0; i < deciding; ++i) {
    if (clauses()[i].word != "exempt") add(clauses()[i], false);
  }
}

void Decision::collect_facts(const Condition& condition, const Evaluator::Visit& visit) const {
  if (condition.kind == GroupKind::expression && condition.expression != syntax::no_expression) {
    evaluator_.facts(written(condition.expression), visit);
  }
  for (const syntax::Criterion& criterion : condition.criteria) collect_facts(criterion.condition, visit);
}

void Decision::find_assumed(std::size_t tried) {
  std::set<std::string> names;
  const Evaluator::Visit visit = [&](const Fact& fact) {
    if (is_assumed(fact)) names.insert(fact.name);
  };
  if (version_.policy->applies != syntax::no_expression) evaluator_.facts(written(version_.policy->applies), visit);
  for (std::size_t i = 0; i < tried; ++i) collect_facts(clauses()[i].condition, visit);
  answer_.assumed.assign(names.begin(), names.end());
}

Answer Decision::decide() {
  answer_.policy = full_name(version_);
  const std::optional<bool> applied = applies();
  if (applied == false) {
    answer_.outcome = "not applicable";
    return answer_;
  }
  answer_.version = version_.first == 0 ? "" : format_day(version_.first);
  // The clauses that may decide: all that are not no, up to the first that is yes.
  std::vector<std::size_t> possible;
  for (std::size_t i = 0; i < clauses().size(); ++i) {
    const std::optional<bool> result = truth(clauses()[i]);
    if (result != false) possible.push_back(i);
    if (result == true) break;
  }
  std::set<std::string> outcomes;
  if (!applied) outcomes.insert("not applicable");
  for (const std::size_t clause : possible) outcomes.insert(clauses()[clause].outcome);
  for (const Clause& clause : clauses()) {
    if (clause.word == "otherwise") continue;
    answer_.criteria.push_back({name_of(clause), truth(clause)});
    list_criteria(clause.condition);
  }
  find_assumed(possible.back() + 1);

  if (outcomes.size() == 1) {
    answer_.outcome = *outcomes.begin();
    answer_.clause = name_of(clauses()[possible.back()]);
    if (possible.size() == 1) explain(possible.front());
    return answer_;
  }
  if (!applied) needs_of(version_.policy->applies);
  for (auto clause = possible.begin(); clause != possible.end(); ++clause) {
    std::set<std::string> after;
    for (auto later = clause + 1; later != possible.end(); ++later) after.insert(clauses()[*later].outcome);
    const bool changes_nothing = after == std::set<std::string>{clauses()[*clause].outcome};
    if (!changes_nothing && !truth(clauses()[*clause])) needs_of(clauses()[*clause].condition);
  }
  answer_.outcome = answer_.needs.empty() ? "review" : "information needed";
  return answer_;
}

/// The days on which something that a version reads may change.
std::set<DayNumber> days_of_change(const World& world, const Version& version) {
  std::set<DayNumber> days = {version.first};
  const auto add = [&](const File& file, const syntax::Period& period) {
    days.insert(evaluate_literal(*file.tree, period.first).day);
    if (period.last != syntax::no_expression) days.insert(evaluate_literal(*file.tree, period.last).day + 1);
  };
  for (const File& file : world.files()) {
    for (const syntax::Declaration& declaration : file.tree->declarations) {
      if (const auto* threshold = std::get_if<syntax::ThresholdDeclaration>(&declaration)) {
        for (const syntax::ThresholdValue& value : threshold->values) add(file, value.period);
      }
      if (const auto* codes = std::get_if<syntax::CodesDeclaration>(&declaration)) {
        for (const syntax::CodeBlock& block : codes->blocks) {
          if (block.period) add(file, *block.period);
        }
      }
    }
  }
  std::erase_if(days, [&](DayNumber day) { return day < version.first || day > version.last; });
  return days;
}

/// Measurements with a date are unknown where the deciding date is; the rest may change from day to day.
Json without_dated_measurements(const Json& record) {
  if (record.is_array()) {
    Json result = Json::array();
    for (const Json& element : record) result.push_back(without_dated_measurements(element));
    return result;
  }
  if (!record.is_object()) return record;
  if (record.contains("on") && record.contains("value")) return nullptr;
  Json result = Json::object();
  for (const auto& [name, member] : record.items()) result[name] = without_dated_measurements(member);
  return result;
}

bool excluded_on_every_day(const World& world, const Version& version, const Place& record) {
  if (version.policy->applies == syntax::no_expression) return false;
  const Json undated = without_dated_measurements(*record.json);
  Place place = record;
  place.json = &undated;
  for (const DayNumber day : days_of_change(world, version)) {
    const Evaluator evaluator(world, place, day);
    if (evaluator.truth({version.file, version.policy->applies, nullptr}) != false) return false;
  }
  return true;
}

Answer decide_versions(const World& world, const std::vector<Version>& versions, const Place& record) {
  for (const Version& version : versions) {
    std::optional<DayNumber> on;
    const std::string& dated_by = version.policy->dated_by.text;
    if (!dated_by.empty()) {
      const std::optional<Fact> fact = find_fact(world, record, dated_by);
      const Value day = read(world, *fact, std::nullopt).value;
      if (!day.known) {
        if (excluded_on_every_day(world, version, record)) continue;
        Answer answer;
        answer.policy = full_name(version);
        answer.outcome = "information needed";
        answer.version = format_day(version.first);
        answer.undated = true;
        answer.needs.push_back({fact->asked_as, false});
        return answer;
      }
      if (day.day < version.first || day.day > version.last) continue;
      on = day.day;
    }
    return Decision(version, Evaluator(world, record, on)).decide();
  }
  Answer answer;
  answer.policy = full_name(versions.front());
  answer.outcome = "not applicable";
  return answer;
}

std::vector<std::vector<Version>> policies_on(const World& world, const std::string& record_name) {
  std::vector<std::vector<Version>> policies;
  for (const File& file : world.files()) {
    for (const syntax::Declaration& declaration : file.tree->declarations) {
      const auto* policy = std::get_if<PolicyDeclaration>(&declaration);
      if (policy == nullptr || policy->record.text != record_name || !decides(*policy)) continue;
      Version version{&file, policy, 0, last_day_number};
      if (policy->effective) {
        version.first = evaluate_literal(*file.tree, policy->effective->first).day;
        if (policy->effective->last != syntax::no_expression) {
          version.last = evaluate_literal(*file.tree, policy->effective->last).day;
        }
      }
      auto same = std::find_if(policies.begin(), policies.end(),
                               [&](const auto& others) { return full_name(others.front()) == full_name(version); });
      if (same == policies.end()) same = policies.insert(policies.end(), std::vector<Version>{});
      same->push_back(version);
    }
  }
  for (std::vector<Version>& versions : policies) {
    std::sort(versions.begin(), versions.end(), [](const Version& a, const Version& b) { return a.first < b.first; });
    // An open end lasts until something replaces it.
    for (std::size_t i = 0; i + 1 < versions.size(); ++i) {
      versions[i].last = std::min(versions[i].last, versions[i + 1].first - 1);
    }
  }
  return policies;
}

}  // namespace

World::World(const std::vector<const syntax::Tree*>& trees) {
  for (const syntax::Tree* tree : trees) {
    File file{tree, {tree->library.text}};
    for (const syntax::Declaration& declaration : tree->declarations) {
      if (const auto* use = std::get_if<syntax::Use>(&declaration)) file.used.push_back(use->library.text);
    }
    files_.push_back(std::move(file));
  }
}

std::vector<Answer> decide(const World& world, const std::string& record_name, const Json& record) {
  std::vector<Answer> answers;
  for (const std::vector<Version>& versions : policies_on(world, record_name)) {
    const File* file = versions.front().file;
    Place place;
    place.record = world.find<syntax::RecordDeclaration>(file, record_name);
    place.file = file;
    place.json = &record;
    answers.push_back(decide_versions(world, versions, place));
  }
  return answers;
}

std::string strictest(const std::vector<Answer>& answers) {
  for (const char* outcome : {"refuse", "information needed", "review", "approve", "exempt"}) {
    for (const Answer& answer : answers) {
      if (answer.outcome == outcome) return outcome;
    }
  }
  return "not applicable";
}

}  // namespace proviso::reference
