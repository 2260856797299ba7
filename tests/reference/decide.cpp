#include <algorithm>
#include <set>

#include "reference/decision.hpp"
#include "reference/situation.hpp"

namespace proviso::reference {
namespace {

/// The longest that a measurement counts in what is tried here, and a little more.
constexpr DayNumber longest_validity = 3 * 366;

/// All days on which a measurement with a date may begin to count, or cease to.
void add_days_of_measurements(const Json& record, std::set<DayNumber>& days) {
  if (record.is_object() && record.contains("on") && record.contains("value")) {
    const std::optional<DayNumber> on = parse_day(record.at("on").get<std::string>());
    for (DayNumber after = 0; on && after <= longest_validity; ++after) days.insert(*on + after);
    return;
  }
  for (const Json& inside : record) {
    if (inside.is_structured()) add_days_of_measurements(inside, days);
  }
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
      if (answer.outcome != "information needed" && is_same(answer, answers.front())) continue;
      Answer asks = undecided(version);
      asks.needs.push_back({placing->asked_as, false});
      return asks;
    }
    // Which criteria there are depends on the place, but not what comes of them.
    Answer answer = undecided(version);
    answer.outcome = answers.front().outcome;
    answer.amount = answers.front().amount;
    answer.strength = answers.front().strength;
    answer.recount = answers.front().recount;
    return answer;
  }

  static bool is_same(const Answer& a, const Answer& b) {
    if (a.outcome != b.outcome || a.strength != b.strength || a.recount != b.recount || a.amount != b.amount) {
      return false;
    }
    // Without a price there is no amount yet, and what is allowed may tell.
    return a.amount || a.allowed == b.allowed;
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
      if (!form.omitted) {
        const Evaluator evaluator(world_, record_, on, place);
        return Decision(version, form, evaluator, find_price(world_, record_)).decide();
      }
    }
    Answer answer;
    answer.policy = version.full_name();
    answer.outcome = "not applicable";
    return answer;
  }

  bool is_excluded_on_every_day(const Version& version, const std::string& place) const {
    if (!holds_in(world_, version, place)) return true;
    std::set<DayNumber> days = days_of_change(world_, version);
    add_days_of_measurements(*record_.json, days);
    for (const DayNumber day : days) {
      if (day < version.first || day > version.last) continue;
      if (form_of(world_, version, place, day).omitted) continue;
      if (!version.has_gate()) return false;
      if (Evaluator(world_, record_, day, place).truth(version.gate()) != false) return false;
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
  relations_ = relations_of(files_);
}

namespace {

Origin origin_of(const World& world, const File* file, const std::string& record_name, const Json& record) {
  Origin origin;
  origin.record = world.find<syntax::RecordDeclaration>(file, record_name);
  origin.file = file;
  origin.json = &record;
  return origin;
}

}  // namespace

std::vector<Answer> decide(const World& world, const std::string& record_name, const Json& record) {
  std::vector<Answer> answers;
  for (const std::vector<Version>& versions : policies_on(world, record_name)) {
    const Origin origin = origin_of(world, versions.front().file, record_name, record);
    answers.push_back(Selection(world, versions, origin).decide());
  }
  return answers;
}

std::vector<std::vector<Answer>> decide(const World& world, const std::string& record_name, const Ledger& ledger) {
  std::vector<std::vector<Answer>> all;
  for (const Json& line : joined(world, record_name, ledger)) all.push_back(decide(world, record_name, line));
  return all;
}

std::string strictest(const std::vector<Answer>& answers) {
  for (const char* outcome :
       {"refuse", "withhold", "information needed", "query", "review", "adjust", "approve", "pay", "exempt"}) {
    for (const Answer& answer : answers) {
      if (answer.outcome == outcome) return outcome;
    }
  }
  return "not applicable";
}

namespace {

bool is_payment(const World& world, const std::string& full_name) {
  const File* file = &world.files().front();
  for (const File& each : world.files()) {
    file = &each;
    const auto* policy = world.find<syntax::PolicyDeclaration>(file, full_name);
    if (policy != nullptr) return policy->payment;
  }
  return false;
}

}  // namespace

std::optional<Integer> paid(const World& world, const std::string& record_name, const Json& record,
                            const std::vector<Answer>& answers) {
  std::optional<Fact> price;
  for (const File& file : world.files()) {
    const Origin origin = origin_of(world, &file, record_name, record);
    if (origin.record != nullptr) price = find_price(world, origin);
  }
  if (!price) return std::nullopt;
  const Value asked = read(world, *price, std::nullopt).value;
  std::optional<Integer> least;
  if (asked.known) least = asked.number;
  for (const Answer& answer : answers) {
    const bool open = answer.outcome == "information needed" || answer.outcome == "query";
    if (open && is_payment(world, answer.policy)) return std::nullopt;
    if (answer.amount && (!least || *answer.amount < *least)) least = answer.amount;
  }
  return least;
}

}  // namespace proviso::reference
