#include "reference/situation.hpp"

namespace proviso::reference {
namespace {

/// The facts of type place, through nested records.
void collect_places(const World& world, const Origin& record, const std::string& prefix,
                    std::vector<std::string>& paths) {
  for (const syntax::Field& field : record.record->fields) {
    const File* file = record.file;
    const syntax::TypeExpression& type = resolved(world, file, field.type);
    if (type.word == "place") paths.push_back(prefix + field.name.text);
    if (type.word != "name") continue;
    const auto* nested = world.find<syntax::RecordDeclaration>(file, type.name);
    if (nested != nullptr)
      collect_places(world, {file, nested, nullptr, nullptr, "", "", false, nullptr}, prefix + field.name.text + '.',
                     paths);
  }
}

bool is_placed(const syntax::ThresholdDeclaration& threshold) {
  bool placed = false;
  for (const syntax::ThresholdValue& value : threshold.values) placed = placed || !value.place.text.empty();
  return placed;
}
bool is_placed(const syntax::CodesDeclaration& codes) {
  bool placed = false;
  for (const syntax::CodeBlock& block : codes.blocks) placed = placed || !block.place.text.empty();
  return placed;
}

}  // namespace

/// What a definition does not do with an argument, it does not read.
bool reads_placed(const World& world, const Written& e) {
  using syntax::ExpressionKind;
  if (e.id == syntax::no_expression) return false;
  const File* at = e.file;
  if (e->kind == ExpressionKind::name) {
    for (const Scope* scope = e.scope; scope != nullptr; scope = scope->around) {
      if (scope->name == e->text) return reads_placed(world, scope->argument);
    }
    if (const auto* definition = world.find<syntax::Definition>(at, e->text)) {
      return reads_placed(world, {at, definition->body, nullptr});
    }
    if (const auto* threshold = world.find<syntax::ThresholdDeclaration>(at, e->text)) return is_placed(*threshold);
    if (const auto* codes = world.find<syntax::CodesDeclaration>(at, e->text)) return is_placed(*codes);
    return false;
  }
  if (e->kind == ExpressionKind::call) {
    if (const auto* definition = world.find<syntax::Definition>(at, e->text)) {
      std::vector<Scope> scopes(definition->parameters.size());
      for (std::size_t i = 0; i < scopes.size(); ++i) {
        scopes[i].around = i == 0 ? nullptr : &scopes[i - 1];
        scopes[i].name = definition->parameters[i].name.text;
        scopes[i].argument = e.operand(i);
      }
      return reads_placed(world, {at, definition->body, scopes.empty() ? nullptr : &scopes.back()});
    }
  }
  if (is_list_form(e->kind) && !asks_nothing(e)) {
    // A form over a relation asks for its window too.
    for (const Related& related : world.relations()) {
      const bool is_it = e.operand(0)->text == related.list.name.text;
      if (is_it && reads_placed(world, {related.file, related.window, nullptr})) return true;
    }
  }
  for (std::size_t i = 0; i < e->operands.size(); ++i) {
    if (reads_placed(world, e.operand(i))) return true;
  }
  return false;
}

namespace {

bool reads_placed(const World& world, const File* file, const syntax::Condition& condition) {
  if (condition.kind == syntax::GroupKind::expression)
    return reads_placed(world, {file, condition.expression, nullptr});
  for (const syntax::Criterion& criterion : condition.criteria) {
    if (reads_placed(world, file, criterion.condition)) return true;
  }
  return false;
}

}  // namespace

std::optional<Fact> placing_fact(const World& world, const Version& version, const Origin& record) {
  return placing_fact(world, version.policy->placed_by.text, record);
}

std::optional<Fact> placing_fact(const World& world, const std::string& placed_by, const Origin& record) {
  if (!placed_by.empty()) return find_fact(world, record, placed_by);
  std::vector<std::string> paths;
  collect_places(world, record, "", paths);
  if (paths.size() != 1) return std::nullopt;
  return find_fact(world, record, paths.front());
}

bool place_matters(const World& world, const Version& version) {
  if (!version.policy->places.empty() || !variations_of(world, version).empty()) return true;
  if (reads_placed(world, version.gate())) return true;
  for (const syntax::Clause& clause : version.policy->clauses) {
    if (clause.word != "otherwise" && reads_placed(world, version.file, clause.condition)) return true;
    if (!clause.payment) continue;
    for (const syntax::ExpressionId given : {clause.payment->amount, clause.payment->code}) {
      if (reads_placed(world, {version.file, given, nullptr})) return true;
    }
  }
  return false;
}

bool holds_in(const World& world, const Version& version, const std::string& place) {
  bool holds = version.policy->places.empty();
  for (const syntax::Name& outer : version.policy->places) holds = holds || world.places().inside(place, outer.text);
  return holds;
}

std::set<DayNumber> days_of_change(const World& world, const Version& version) {
  std::set<DayNumber> days = days_of_change(world, version.first, version.last);
  for (const Variation& variation : variations_of(world, version)) {
    for (const DayNumber day : {variation.held.first, variation.held.last + 1}) {
      if (day >= version.first && day <= version.last) days.insert(day);
    }
  }
  return days;
}

std::set<DayNumber> days_of_change(const World& world, DayNumber first, DayNumber last) {
  std::set<DayNumber> days = {first};
  const auto add = [&](const Held& period) {
    days.insert(period.first);
    days.insert(period.last + 1);
  };
  for (const File& file : world.files()) {
    for (const syntax::Declaration& declaration : file.tree->declarations) {
      if (const auto* threshold = std::get_if<syntax::ThresholdDeclaration>(&declaration)) {
        for (const syntax::ThresholdValue& value : threshold->values) add(held(*file.tree, "", value.period));
      }
      if (const auto* codes = std::get_if<syntax::CodesDeclaration>(&declaration)) {
        for (const syntax::CodeBlock& block : codes->blocks) add(held(*file.tree, "", block.period));
      }
    }
  }
  std::erase_if(days, [&](DayNumber day) { return day < first || day > last; });
  return days;
}

}  // namespace proviso::reference
