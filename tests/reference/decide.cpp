#include <algorithm>
#include <set>

#include "reference/situation.hpp"

namespace proviso::reference {
namespace {

using syntax::GroupKind;

/// One record and one version of a policy, in one place on one day.
class Decision {
 public:
  Decision(const Version& version, const Form& form, const Evaluator& evaluator)
      : version_(version), form_(form), evaluator_(evaluator) {}

  Answer decide();

 private:
  const Version& version_;
  const Form& form_;
  const Evaluator& evaluator_;
  Answer answer_;

  const std::vector<Line>& lines() const { return form_.lines; }
  std::optional<bool> applies() const {
    return version_.has_gate() ? evaluator_.truth(version_.gate()) : std::optional<bool>(true);
  }
  std::optional<bool> truth(const Test& test) const;
  std::optional<bool> truth(const Line& line) const {
    return line.word == "otherwise" ? std::optional<bool>(true) : truth(line.test);
  }
  void needs_of(const Written& expression);
  void needs_of(const Test& test);
  void list_criteria(const Test& test);
  void because_of(const Test& test, bool result);
  void explain(std::size_t deciding);
  void find_assumed(std::size_t tried);
  void collect_facts(const Test& test, const Evaluator::Visit& visit) const;
};

std::optional<bool> Decision::truth(const Test& test) const {
  if (test.joined_by == "and") return both(truth(test.joined[0]), truth(test.joined[1]));
  if (test.joined_by == "or") return either(truth(test.joined[0]), truth(test.joined[1]));
  if (test.kind == GroupKind::expression) return evaluator_.truth(test.expression);
  std::size_t yes = 0;
  std::size_t no = 0;
  for (const Rule& rule : test.criteria) {
    const std::optional<bool> result = truth(rule.test);
    if (result == true) ++yes;
    if (result == false) ++no;
  }
  const std::size_t all = test.criteria.size();
  switch (test.kind) {
    case GroupKind::all:
      if (no > 0) return false;
      if (yes == all) return true;
      return std::nullopt;
    case GroupKind::any:
      if (yes > 0) return true;
      if (no == all) return false;
      return std::nullopt;
    case GroupKind::at_least:
      if (yes >= test.count) return true;
      if (all - no < test.count) return false;
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

void Decision::needs_of(const Written& expression) {
  evaluator_.needs(expression, [&](const Fact& fact, bool out_of_date) {
    // A list that is asked for in the name of what is in it is not itself out of date.
    const Need asked{fact.asked_as, out_of_date && fact.asked_as == fact.name};
    for (const Need& need : answer_.needs) {
      if (need.fact == asked.fact) return;
    }
    answer_.needs.push_back(asked);
  });
}

void Decision::needs_of(const Test& test) {
  if (truth(test)) return;
  for (const Test& part : test.joined) needs_of(part);
  if (test.joined.empty() && test.kind == GroupKind::expression) needs_of(test.expression);
  for (const Rule& rule : test.criteria) needs_of(rule.test);
}

void Decision::list_criteria(const Test& test) {
  for (const Rule& rule : test.criteria) {
    answer_.criteria.push_back({rule.name, truth(rule.test)});
    list_criteria(rule.test);
  }
}

/// Which value of its criteria made a group yes or no.
void Decision::because_of(const Test& test, bool result) {
  const bool wanted = test.kind == GroupKind::none_of ? !result : result;
  for (const Rule& rule : test.criteria) {
    if (truth(rule.test) != wanted) continue;
    answer_.because.push_back(rule.name);
    because_of(rule.test, wanted);
  }
}

void Decision::explain(std::size_t deciding) {
  answer_.has_because = true;
  const auto add = [&](const Line& line, bool result) {
    if (line.word == "otherwise") return;
    // A clause that is an expression is a criterion of its own.
    if (line.test.kind == GroupKind::expression) answer_.because.push_back(line.called());
    because_of(line.test, result);
  };
  if (lines()[deciding].word != "otherwise") {
    add(lines()[deciding], true);
    return;
  }
  for (std::size_t i = 0; i < deciding; ++i) {
    if (lines()[i].word != "exempt") add(lines()[i], false);
  }
}

void Decision::collect_facts(const Test& test, const Evaluator::Visit& visit) const {
  for (const Test& part : test.joined) collect_facts(part, visit);
  if (test.joined.empty() && test.kind == GroupKind::expression && test.expression.id != syntax::no_expression) {
    evaluator_.facts(test.expression, visit);
  }
  for (const Rule& rule : test.criteria) collect_facts(rule.test, visit);
}

void Decision::find_assumed(std::size_t tried) {
  std::set<std::string> names;
  const Evaluator::Visit visit = [&](const Fact& fact) {
    if (is_assumed(fact)) names.insert(fact.name);
  };
  if (version_.has_gate()) evaluator_.facts(version_.gate(), visit);
  for (std::size_t i = 0; i < tried; ++i) collect_facts(lines()[i].test, visit);
  answer_.assumed.assign(names.begin(), names.end());
}

Answer Decision::decide() {
  answer_.policy = version_.full_name();
  const std::optional<bool> applied = applies();
  if (applied == false) {
    answer_.outcome = "not applicable";
    return answer_;
  }
  answer_.version = version_.first == 0 ? "" : format_day(version_.first);
  // The clauses that may decide: all that are not no, up to the first that is yes.
  std::vector<std::size_t> possible;
  for (std::size_t i = 0; i < lines().size(); ++i) {
    const std::optional<bool> result = truth(lines()[i]);
    if (result != false) possible.push_back(i);
    if (result == true) break;
  }
  std::set<std::string> outcomes;
  if (!applied) outcomes.insert("not applicable");
  for (const std::size_t clause : possible) outcomes.insert(lines()[clause].outcome);
  for (const Line& line : lines()) {
    if (line.word == "otherwise") continue;
    answer_.criteria.push_back({line.called(), truth(line)});
    list_criteria(line.test);
  }
  find_assumed(possible.back() + 1);

  if (outcomes.size() == 1) {
    answer_.outcome = *outcomes.begin();
    answer_.clause = lines()[possible.back()].called();
    if (possible.size() == 1) explain(possible.front());
    return answer_;
  }
  if (!applied) needs_of(version_.gate());
  for (auto clause = possible.begin(); clause != possible.end(); ++clause) {
    std::set<std::string> after;
    for (auto later = clause + 1; later != possible.end(); ++later) after.insert(lines()[*later].outcome);
    const bool changes_nothing = after == std::set<std::string>{lines()[*clause].outcome};
    if (!changes_nothing && !truth(lines()[*clause])) needs_of(lines()[*clause].test);
  }
  answer_.outcome = answer_.needs.empty() ? "review" : "information needed";
  return answer_;
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

/// One record and one policy: which version decides, in which place, on which day.
class Selection {
 public:
  Selection(const World& world, const std::vector<Version>& versions, const Origin& record)
      : world_(world), versions_(versions), record_(record) {}

  Answer decide() {
    std::optional<Answer> undated;
    for (const Version& version : versions_) {
      const std::optional<Answer> answer = decide(version);
      if (!answer) continue;
      if (!answer->undated || answer->needs.empty()) return *answer;
      // Without its date a record may be any version's: what each of them asks for.
      if (!undated) undated = answer;
      for (const Need& need : answer->needs) {
        if (std::find(undated->needs.begin(), undated->needs.end(), need) == undated->needs.end()) {
          undated->needs.push_back(need);
        }
      }
    }
    if (undated) return *undated;
    Answer answer;
    answer.policy = versions_.front().full_name();
    answer.outcome = "not applicable";
    return answer;
  }

 private:
  const World& world_;
  const std::vector<Version>& versions_;
  const Origin& record_;

  /// Nothing where the record is not the version's.
  std::optional<Answer> decide(const Version& version) const {
    std::optional<Fact> dating;
    std::optional<DayNumber> on;
    if (!version.policy->dated_by.text.empty()) {
      dating = find_fact(world_, record_, version.policy->dated_by.text);
      const Value day = read(world_, *dating, std::nullopt).value;
      if (day.known) on = day.day;
    }
    const std::optional<Fact> placing = placing_fact(world_, version, record_);
    const Value place = placing ? read(world_, *placing, on).value : Value{};
    const bool unplaced = placing && !place.known && place_matters(world_, version);

    std::vector<std::string> places = {place.known ? place.text : std::string()};
    if (unplaced) {
      places.clear();
      for (const Places::Declared& each : world_.places().all()) places.push_back(each.name);
    }
    if (dating && !on) {
      bool excluded = true;
      for (const std::string& each : places) excluded = excluded && is_excluded_on_every_day(version, each);
      if (excluded) return std::nullopt;
      Answer answer = undecided(version);
      answer.needs.push_back({dating->asked_as, false});
      if (unplaced) answer.needs.push_back({placing->asked_as, false});
      return answer;
    }
    if (on && (*on < version.first || *on > version.last)) return std::nullopt;

    std::vector<Answer> answers;
    for (const std::string& each : places) answers.push_back(decide(version, each, on));
    if (!unplaced) {
      const bool matters = place_matters(world_, version);
      if (place.known && matters) answers.front().place = place.text;
      const bool takes_part = matters || !version.policy->placed_by.text.empty();
      if (placing && takes_part && is_assumed(*placing)) add_assumed(answers.front(), placing->name);
      return answers.front();
    }
    for (const Answer& answer : answers) {
      if (answer.outcome == answers.front().outcome && answer.outcome != "information needed") continue;
      Answer asks = undecided(version);
      asks.needs.push_back({placing->asked_as, false});
      return asks;
    }
    // Which criteria there are depends on the place, but not what comes of them.
    Answer answer = undecided(version);
    answer.outcome = answers.front().outcome;
    return answer;
  }

  static void add_assumed(Answer& answer, const std::string& name) {
    if (answer.outcome == "not applicable") return;
    const auto at = std::lower_bound(answer.assumed.begin(), answer.assumed.end(), name);
    if (at == answer.assumed.end() || *at != name) answer.assumed.insert(at, name);
  }

  static Answer undecided(const Version& version) {
    Answer answer;
    answer.policy = version.full_name();
    answer.outcome = "information needed";
    answer.version = version.first == 0 ? "" : format_day(version.first);
    answer.undated = true;
    return answer;
  }

  Answer decide(const Version& version, const std::string& place, std::optional<DayNumber> on) const {
    if (holds_in(world_, version, place)) {
      const Form form = form_of(world_, version, place, on);
      if (!form.omitted) return Decision(version, form, Evaluator(world_, record_, on, place)).decide();
    }
    Answer answer;
    answer.policy = version.full_name();
    answer.outcome = "not applicable";
    return answer;
  }

  bool is_excluded_on_every_day(const Version& version, const std::string& place) const {
    if (!holds_in(world_, version, place)) return true;
    const Json undated = without_dated_measurements(*record_.json);
    Origin record = record_;
    record.json = &undated;
    for (const DayNumber day : days_of_change(world_, version)) {
      if (form_of(world_, version, place, day).omitted) continue;
      if (!version.has_gate()) return false;
      if (Evaluator(world_, record, day, place).truth(version.gate()) != false) return false;
    }
    return true;
  }
};

}  // namespace

World::World(const std::vector<const syntax::Tree*>& trees, NativeHooks hooks) : hooks_(std::move(hooks)) {
  for (const syntax::Tree* tree : trees) {
    File file{tree, {tree->library.text}};
    for (const syntax::Declaration& declaration : tree->declarations) {
      if (const auto* use = std::get_if<syntax::Use>(&declaration)) file.used.push_back(use->library.text);
      if (const auto* places = std::get_if<syntax::PlacesDeclaration>(&declaration)) places_.add(*places);
    }
    files_.push_back(std::move(file));
  }
}

std::vector<Answer> decide(const World& world, const std::string& record_name, const Json& record) {
  std::vector<Answer> answers;
  for (const std::vector<Version>& versions : policies_on(world, record_name)) {
    const File* file = versions.front().file;
    Origin origin;
    origin.record = world.find<syntax::RecordDeclaration>(file, record_name);
    origin.file = file;
    origin.json = &record;
    answers.push_back(Selection(world, versions, origin).decide());
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
