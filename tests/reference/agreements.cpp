#include "reference/agreements.hpp"

#include <algorithm>

#include "reference/situation.hpp"

namespace proviso::reference {
namespace {

using syntax::ExpressionKind;

syntax::Expression pound(const std::string& digits) {
  syntax::Expression expression;
  expression.kind = ExpressionKind::money;
  expression.text = digits;
  return expression;
}

}  // namespace

Agreement::Agreement(const World& world, const File& file, const syntax::AgreementDeclaration& declaration)
    : world_(world), file_(file), declaration_(declaration) {
  pounds_.expressions = {pound("0"), pound("1")};
  pounds_file_.tree = &pounds_;
  money_.word = "money";
  const syntax::Tree& tree = *file.tree;
  first_ = evaluate_literal(tree, declaration.period->first).day;
  if (declaration.length == syntax::no_expression) {
    last_ = evaluate_literal(tree, declaration.period->last).day;
  } else {
    last_ = plus(date(first_), evaluate_literal(tree, declaration.length)).day - 1;
  }
  if (!declaration.after) return;
  for (const syntax::Name& path : declaration.after->same) same_drug_.push_back(path.text);
  if (same_drug_.empty()) same_drug_ = asked_by_covers();
}

DayNumber Agreement::day_of(const syntax::AgreementTarget& target) const {
  const Value day = evaluate_literal(*file_.tree, target.date);
  if (target.length == syntax::no_expression) return day.day;
  return plus(day, evaluate_literal(*file_.tree, target.length)).day;
}

std::size_t Agreement::party(const std::string& name) const {
  std::size_t number = 0;
  while (declaration_.between[number].text != name) ++number;
  return number;
}

/// The facts of type code, or else text, that `covers` compares, but for the parties.
std::vector<std::string> Agreement::asked_by_covers() const {
  std::vector<std::string> paths;
  collect_asked({&file_, declaration_.covers, nullptr}, "code", paths);
  if (paths.empty()) collect_asked({&file_, declaration_.covers, nullptr}, "text", paths);
  return paths;
}

void Agreement::collect_asked(const Written& e, const std::string& word, std::vector<std::string>& paths) const {
  if (e->kind == ExpressionKind::name) {
    const File* at = e.file;
    const auto* definition = world_.find<syntax::Definition>(at, e->text);
    if (definition != nullptr) collect_asked({at, definition->body, nullptr}, word, paths);
  }
  const bool asks = e->kind == ExpressionKind::in || (e->kind == ExpressionKind::compare && e->word == "=");
  for (std::size_t i = 0; i < e->operands.size(); ++i) {
    collect_asked(e.operand(i), word, paths);
    if (!asks || e.operand(i)->kind != ExpressionKind::name) continue;
    const std::string& path = e.operand(i)->text;
    const Json nothing = Json::object();
    const std::optional<Fact> fact = find_fact(world_, origin_of(nothing), path);
    const bool is_party = std::any_of(declaration_.between.begin(), declaration_.between.end(),
                                      [&](const syntax::Name& party) { return party.text == path; });
    const bool again = std::find(paths.begin(), paths.end(), path) != paths.end();
    const File* file = &file_;
    if (fact && !is_party && !again && resolved(world_, file, *fact->type).word == word) paths.push_back(path);
  }
}

Origin Agreement::origin_of(const Json& line) const {
  const File* file = &file_;
  Origin origin;
  origin.record = world_.find<syntax::RecordDeclaration>(file, declaration_.record.text);
  origin.file = file;
  origin.json = &line;
  return origin;
}

Value Agreement::value_of(const Json& line, const std::string& path) const {
  const std::optional<Fact> fact = find_fact(world_, origin_of(line), path);
  return fact ? read(world_, *fact, std::nullopt).value : Value{};
}

std::optional<DayNumber> Agreement::date_of(const Json& line) const {
  std::string path = declaration_.dated_by.text;
  // Without `dated by`, the record's only date.
  for (const syntax::Field& field : origin_of(line).record->fields) {
    if (path.empty() && field.type.word == "date") path = field.name.text;
  }
  const Value day = value_of(line, path);
  return day.known ? std::optional<DayNumber>(day.day) : std::nullopt;
}

std::optional<Fact> Agreement::placing_fact(const Json& line) const {
  return reference::placing_fact(world_, declaration_.placed_by.text, origin_of(line));
}

/// Whether it makes a difference where a line is.
bool Agreement::place_matters() const {
  if (!declaration_.places.empty()) return true;
  std::vector<syntax::ExpressionId> all = {declaration_.covers, declaration_.baseline, declaration_.saving};
  for (const syntax::AgreementDeduction& deduction : declaration_.deductions) all.push_back(deduction.amount);
  for (const syntax::AgreementTarget& target : declaration_.targets) {
    all.push_back(target.where);
    all.push_back(target.met);
  }
  return std::any_of(all.begin(), all.end(), [&](syntax::ExpressionId id) {
    return reads_placed(world_, {&file_, id, nullptr});
  });
}

DayNumber Agreement::last_that_matters() const {
  if (declaration_.after) return last_day_number;
  DayNumber last = last_;
  for (const syntax::AgreementTarget& target : declaration_.targets) last = std::max(last, day_of(target));
  return last;
}

/// Where and when the line may be.
Agreement::Situation Agreement::situation_of(const Json& line, std::optional<DayNumber> on) const {
  Situation situation;
  if (on) {
    situation.days = {*on};
  } else {
    const std::set<DayNumber> days = days_of_change(world_, first_, last_that_matters());
    situation.days.assign(days.begin(), days.end());
    situation.open = true;
  }
  const std::optional<Fact> placing = placing_fact(line);
  const Value place = placing ? read(world_, *placing, on).value : Value{};
  if (place.known) {
    situation.places = {place.text};
  } else if (placing && place_matters()) {
    for (const Places::Declared& each : world_.places().all()) situation.places.push_back(each.name);
    situation.open = true;
  } else {
    situation.places = {""};
  }
  return situation;
}

std::optional<bool> Agreement::covers(const Evaluator& evaluator, const std::string& place) const {
  bool holds = declaration_.places.empty();
  for (const syntax::Name& outer : declaration_.places) holds = holds || world_.places().inside(place, outer.text);
  return holds ? evaluator.truth({&file_, declaration_.covers, nullptr}) : false;
}

/// Unknown where it is not the same wherever and whenever the line may be.
std::optional<bool> Agreement::covers(const Json& line, const Situation& situation) const {
  bool all = true;
  bool none = true;
  for (const std::string& place : situation.places) {
    for (const DayNumber day : situation.days) {
      const std::optional<bool> covered = covers(Evaluator(world_, origin_of(line), day, place), place);
      all = all && covered == true;
      none = none && covered == false;
    }
  }
  if (all) return true;
  if (none) return false;
  return std::nullopt;
}

bool Agreement::spell(const Json& line, const std::vector<std::string>& paths, std::vector<std::string>& names) const {
  const File* file = &file_;
  for (const std::string& path : paths) {
    const std::optional<Fact> fact = find_fact(world_, origin_of(line), path);
    const Value value = read(world_, *fact, std::nullopt).value;
    if (!value.known) return false;
    const syntax::TypeExpression& type = resolved(world_, file, *fact->type);
    if (value.kind == Kind::code) {
      names.push_back(type.name + ':' + value.text);
    } else {
      names.push_back(value.kind == Kind::text ? '"' + value.text + '"' : value.text);
    }
  }
  return true;
}

std::vector<std::string> Agreement::told_parties(const Json& line) const {
  std::vector<std::string> told;
  for (const syntax::Name& party : declaration_.between) {
    std::vector<std::string> name;
    told.push_back(spell(line, {party.text}, name) ? name.front() : "");
  }
  return told;
}

/// Of the saving, where `baseline` stands for the expression.
Value Agreement::saving(const Evaluator& evaluator, const Written& baseline) const {
  Scope scope;
  scope.name = "baseline";
  scope.is_parameter = true;
  scope.argument = baseline;
  scope.type_file = &file_;
  scope.type = &money_;
  return evaluator.value({&file_, declaration_.saving, &scope});
}

/// False where something of it is not known.
bool Agreement::work_out(const Json& line, const Evaluator& evaluator, AgreementLine& seen) const {
  if (!seen.after) {
    const Value saved = saving(evaluator, {&file_, declaration_.baseline, nullptr});
    if (!saved.known) return false;
    seen.saving = saved.number;
    if (declaration_.floor != syntax::no_expression) seen.saving = std::max(seen.saving, literal(declaration_.floor));
    if (declaration_.cap != syntax::no_expression) seen.saving = std::min(seen.saving, literal(declaration_.cap));
    for (const syntax::AgreementDeduction& deduction : declaration_.deductions) {
      const Value amount = evaluator.value({&file_, deduction.amount, nullptr});
      if (!amount.known) return false;
      seen.deducted.push_back(amount.number);
    }
  } else if (declaration_.after) {
    const Value none = saving(evaluator, {&pounds_file_, 0, nullptr});
    const Value of_one = saving(evaluator, {&pounds_file_, 1, nullptr});
    if (!none.known || !of_one.known) return false;
    seen.charged = -none.number;
    seen.quantity = of_one.number - none.number;
  }
  if (!declaration_.after) return true;
  const Value lowest = value_of(line, declaration_.after->lowest.text);
  const bool is_priced = lowest.known && spell(line, same_drug_, seen.drug);
  if (is_priced) seen.lowest = lowest.number;
  return is_priced || !seen.after;
}

AgreementLine Agreement::look_at(const Json& line) const {
  using Standing = AgreementLine::Standing;
  AgreementLine seen;
  const std::optional<DayNumber> on = date_of(line);
  if (on && (*on < first_ || *on > last_that_matters())) return seen;
  const Situation situation = situation_of(line, on);
  const std::optional<bool> covered = covers(line, situation);
  if (covered == false) return seen;
  seen.standing = Standing::undecided;
  seen.told_parties = told_parties(line);
  if (!covered) return seen;
  seen.standing = Standing::without_settlement;
  std::vector<std::string> paths;
  for (const syntax::Name& party : declaration_.between) paths.push_back(party.text);
  const bool has_parties = spell(line, paths, seen.parties);
  if (!has_parties) seen.parties.clear();
  if (!has_parties || !on) return seen;
  seen.on = *on;
  seen.after = *on > last_;
  seen.standing = Standing::left_out;
  if (situation.open) return seen;
  const Evaluator evaluator(world_, origin_of(line), on, situation.places.front());
  if (work_out(line, evaluator, seen)) seen.standing = Standing::counts;
  return seen;
}

TargetLine Agreement::look_at(const Json& line, const AgreementLine& seen,
                              const syntax::AgreementTarget& target) const {
  using Standing = AgreementLine::Standing;
  TargetLine result;
  result.on = date_of(line);
  if (seen.standing == Standing::not_covered || (result.on && *result.on > day_of(target))) return result;
  const Situation situation = situation_of(line, result.on);
  std::optional<bool> where;
  for (const std::string& place : situation.places) {
    for (const DayNumber day : situation.days) {
      const Evaluator evaluator(world_, origin_of(line), day, place);
      where = true;
      if (target.where != syntax::no_expression) where = evaluator.truth({&file_, target.where, nullptr});
      result.met = evaluator.truth({&file_, target.met, nullptr});
      result.asked = result.asked || (where != false && covers(evaluator, place) != false);
    }
  }
  std::vector<std::string> among;
  if (spell(line, {target.among.text}, among)) result.among = among.front();
  // What it meets in one place or on one day it may not meet in another.
  if (situation.open) result.met.reset();
  const bool is_there = seen.standing == Standing::left_out || seen.standing == Standing::counts;
  result.left_out = !is_there || situation.open || !where || !result.met || result.among.empty();
  return result;
}

std::vector<std::unique_ptr<Agreement>> agreements_on(const World& world, const std::string& record_name) {
  std::vector<std::unique_ptr<Agreement>> agreements;
  for (const File& file : world.files()) {
    for (const syntax::Declaration& declaration : file.tree->declarations) {
      const auto* agreement = std::get_if<syntax::AgreementDeclaration>(&declaration);
      if (agreement == nullptr || agreement->record.text != record_name) continue;
      const std::string& status = agreement->status.text;
      const bool is_in_force = status.empty() || status == "adopted" || status == "superseded";
      if (is_in_force) agreements.push_back(std::make_unique<Agreement>(world, file, *agreement));
    }
  }
  return agreements;
}

}  // namespace proviso::reference
