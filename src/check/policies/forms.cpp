#include "check/policies/forms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/calendar.hpp"

// Policies as variations make them. Those of larger places apply before those of smaller ones; two of one place may not
// change the same thing, so that their order does not matter.
namespace proviso::check {

namespace {

using model::Change;
using model::Criterion;

/// Where a criterion stands.
struct Standing {
  std::vector<Criterion>* siblings = nullptr;
  std::size_t index = 0;
  std::vector<std::string> around;  ///< the names of the groups that it stands in

  explicit operator bool() const { return siblings != nullptr; }
  Criterion& criterion() const { return (*siblings)[index]; }
};

Standing find(model::Condition& condition, std::string_view name) {
  for (std::size_t i = 0; i < condition.criteria.size(); ++i) {
    if (condition.criteria[i].name == name) return {&condition.criteria, i, {}};
    if (Standing inside = find(condition.criteria[i].condition, name)) {
      inside.around.push_back(condition.criteria[i].name);
      return inside;
    }
  }
  return {};
}

Standing find(model::Form& form, std::string_view name) {
  for (auto& clause : form.clauses) {
    if (Standing found = find(clause.condition, name)) {
      found.around.push_back(clause.name);
      return found;
    }
  }
  return {};
}

/// By its name; never `otherwise`, which has none.
model::Clause* find_clause(model::Form& form, std::string_view name) {
  for (auto& clause : form.clauses) {
    if (clause.name == name && !clause.otherwise) return &clause;
  }
  return nullptr;
}

/// Whether it was given a name; else it is called by its word.
bool named(const model::Clause& clause) {
  constexpr std::string_view words[] = {"exempt", "approve", "refuse",   "review", "pay",
                                        "adjust", "recount", "withhold", "query"};
  return !clause.otherwise && std::find(std::begin(words), std::end(words), clause.name) == std::end(words);
}

/// Where the criteria of that name are written.
void gather_spans(const model::Condition& condition, std::string_view name, std::vector<Span>& spans) {
  for (const auto& criterion : condition.criteria) {
    if (criterion.name == name) spans.push_back(criterion.span);
    gather_spans(criterion.condition, name, spans);
  }
}

/// The clauses of the sort to whose group `add` adds, as they stand.
std::vector<std::string> grouped_clauses(const model::Policy& policy, const model::Form& form) {
  const auto wanted = policy.payment ? model::Outcome::pay : model::Outcome::approve;
  std::vector<std::string> names;
  for (const auto& clause : form.clauses) {
    const bool grouped = !clause.otherwise && clause.condition.kind != model::GroupKind::expression;
    if (grouped && clause.outcome == wanted) names.push_back(clause.name);
  }
  return names;
}

void gather_names(const model::Condition& condition, std::vector<std::string>& names) {
  for (const auto& criterion : condition.criteria) {
    names.push_back(criterion.name);
    gather_names(criterion.condition, names);
  }
}

/// Of criteria and of clauses that were given names.
std::vector<std::string> sorted_names(const model::Form& form) {
  std::vector<std::string> names;
  for (const auto& clause : form.clauses) {
    gather_names(clause.condition, names);
    if (named(clause)) names.push_back(clause.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool same(const model::Condition& a, const model::Condition& b) {
  return a.node == b.node && a.kind == b.kind &&
         std::equal(a.criteria.begin(), a.criteria.end(), b.criteria.begin(), b.criteria.end(),
                    [](const auto& x, const auto& y) {
                      return x.name == y.name && x.label == y.label && same(x.condition, y.condition);
                    });
}

/// The word that stands for a policy's category among the names of its criteria: no name has a blank.
constexpr std::string_view category_name = "the category";

}  // namespace

std::uint32_t Forms::form(model::Policy& policy, const std::vector<std::uint32_t>& variations) {
  for (std::uint32_t i = 0; i < policy.forms.size(); ++i) {
    if (policy.forms[i].variations == variations) return i;
  }
  FormBuilding building;
  building.form = policy.written();
  building.form.variations = variations;
  for (std::size_t i = 0; i < variations.size(); ++i) {
    const auto place = library_.variations[variations[i]].place;
    if (i == 0 || library_.variations[variations[i - 1]].place != place) {
      building.touched.clear();
      building.touched_inside.clear();
      building.grouped = grouped_clauses(policy, building.form);
    }
    for (std::size_t change = 0; change < library_.variations[variations[i]].changes.size(); ++change) {
      apply(variations[i], change, policy, building);
    }
    for (auto& clause : building.form.clauses) {
      if (!clause.otherwise) rebuild(clause.condition, library_.variations[variations[i]].span);
    }
    check_names(policy, building.form, variations[i]);
  }
  policy.forms.push_back(std::move(building.form));
  return static_cast<std::uint32_t>(policy.forms.size() - 1);
}

/// Whether another variation of the same place already changed one of the names; else they are now this one's.
bool Forms::contradicts(std::uint32_t number, std::size_t change, const std::vector<std::string>& names,
                        FormBuilding& building) {
  const FormBuilding::Touch touch{number, change, library_.variations[number].changes[change].span};
  for (const auto& name : names) {
    const auto [it, fresh] = building.touched.emplace(name, touch);
    if (fresh || (it->second.variation == number && it->second.change == change)) continue;
    contradiction(touch, it->second, name);
    return true;
  }
  return false;
}

void Forms::contradiction(const FormBuilding::Touch& later, const FormBuilding::Touch& earlier,
                          const std::string& name) {
  if (!complained_variations_.insert({later.span.file, later.span.begin}).second) return;
  const std::string what = name.find(' ') != std::string::npos ? name : fmt::format("`{}`", name);
  const std::string place = value_names_.place_name(library_.variations[later.variation].place);
  const bool one = later.variation == earlier.variation;
  auto& diagnostic = complain(Code::conflicting_variations, later.span,
                              one ? fmt::format("the variation in {} changes {} twice", place, what)
                                  : fmt::format("two variations in {} change {} on the same day", place, what));
  diagnostic.notes.push_back({"the other change is here", earlier.span});
  if (!one) diagnostic.help = "give the earlier one its last day: `from D to D`";
}

void Forms::apply(std::uint32_t number, std::size_t index, const model::Policy& policy, FormBuilding& building) {
  const Change& change = library_.variations[number].changes[index];
  VariedBy::Changed& part = variations_.varied(number).parts[index];
  model::Form& form = building.form;
  const bool before = form.omitted;
  bool effect = false;
  switch (change.kind) {
    case Change::Kind::omit:
      if (contradicts(number, index, {"the policy"}, building)) return;
      effect = !form.omitted;
      form.omitted = true;
      break;
    case Change::Kind::category:
      if (contradicts(number, index, {std::string(category_name)}, building)) return;
      effect = form.category != change.category;
      form.category = change.category;
      break;
    case Change::Kind::add:
      effect = add(number, index, policy, building);
      break;
    case Change::Kind::replace:
    case Change::Kind::remove:
      effect = replace(number, index, policy, building);
      break;
  }
  // Once the policy is omitted, nothing that smaller places say of it matters.
  part.had_effect = part.had_effect || (effect && !before);
}

/// Both `replace` and `remove`, of a criterion or a clause.
bool Forms::replace(std::uint32_t number, std::size_t index, const model::Policy& policy, FormBuilding& building) {
  const Change& change = library_.variations[number].changes[index];
  const VariedBy::Changed& part = variations_.varied(number).parts[index];
  const bool removes = change.kind == Change::Kind::remove;
  if (could_be_several(policy, change, change.name, building)) return false;
  const Standing standing = change.clause ? Standing{} : find(building.form, change.name);
  model::Clause* clause = standing ? nullptr : find_clause(building.form, change.name);
  std::vector<std::string> names = part.names;
  if (standing) gather_names(standing.criterion().condition, names);
  if (clause) gather_names(clause->condition, names);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (contradicts(number, index, names, building)) return false;
  const FormBuilding::Touch touch{number, index, change.span};
  const auto inside = building.touched_inside.find(change.name);
  if (inside != building.touched_inside.end()) {
    contradiction(touch, inside->second, change.name);
    return false;
  }
  for (const auto& group : standing.around) building.touched_inside.emplace(group, touch);
  if (!standing && !clause) {
    not_there(number, index, policy, building, change.name);
    return false;
  }
  if (removes) {
    for (const auto& name : names) building.gone[name] = touch;
    if (standing) {
      standing.siblings->erase(standing.siblings->begin() + static_cast<std::ptrdiff_t>(standing.index));
    } else {
      auto& clauses = building.form.clauses;
      clauses.erase(clauses.begin() + (clause - clauses.data()));
    }
    return true;
  }
  if (clause && change.clause && clause->outcome != part.outcome) {
    if (!complained_variations_.insert({change.span.file, change.span.begin}).second) return false;
    complain(Code::clause_order, change.span,
             fmt::format("clause `{}` is of the sort `{}`, and stays so where it stands", clause->name,
                         model::spelling(clause->outcome)))
        .notes.push_back({"the clause is here", clause->span});
    return false;
  }
  (standing ? standing.criterion().variation : clause->variation) = number;
  (standing ? standing.criterion().span : clause->span) = change.span;
  return put(change, part.condition, standing ? standing.criterion().condition : clause->condition,
             standing ? standing.criterion().label : clause->sentence,
             standing ? standing.criterion().expression : clause->expression);
}

/// Puts the new condition in the place of the old one; a hook that may only tighten or loosen joins it. Whether that
/// changes anything.
bool Forms::put(const Change& change, const model::Condition& fresh, model::Condition& condition, std::string& label,
                std::string& expression) {
  const Node& node = library_.nodes[fresh.node];
  const auto tendency = fresh.kind == model::GroupKind::expression && node.kind == NodeKind::hook
                            ? library_.hooks[node.index].tendency
                            : model::Tendency::either;
  if (tendency != model::Tendency::either) {
    const bool tighten = tendency == model::Tendency::tighten;
    const NodeId joined = leaf(tighten ? NodeKind::conjunction : NodeKind::disjunction, of(Kind::truth),
                               {condition.node, fresh.node}, change.span);
    expression = fmt::format("({}) {} {}", expression, tighten ? "and" : "or", change.expression);
    condition = model::Condition{model::GroupKind::expression, joined, 0, {}};
    if (!change.label.empty()) label = change.label;
    return true;
  }
  const bool effect = !same(condition, fresh) || (!change.label.empty() && change.label != label);
  condition = fresh;
  expression = change.expression;
  if (!change.label.empty()) label = change.label;
  return effect;
}

bool Forms::add(std::uint32_t number, std::size_t index, const model::Policy& policy, FormBuilding& building) {
  const Change& change = library_.variations[number].changes[index];
  const VariedBy::Changed& part = variations_.varied(number).parts[index];
  if (contradicts(number, index, part.names, building)) return false;
  if (change.clause) {
    model::Clause clause;
    clause.outcome = part.outcome;
    clause.name = change.name;
    clause.sentence = change.label;
    clause.expression = part.condition.kind == model::GroupKind::expression ? change.expression : std::string();
    clause.condition = part.condition;
    clause.span = change.span;
    clause.variation = number;
    auto& clauses = building.form.clauses;
    const auto last = std::find_if(clauses.begin(), clauses.end(), [](const auto& each) {
      return each.outcome != model::Outcome::exempt || each.otherwise;
    });
    clauses.insert(last, std::move(clause));
    return true;
  }
  model::Condition* group = group_to_add_to(number, index, policy, building);
  if (!group) return false;
  group->criteria.push_back({change.name, change.label, change.expression, part.condition, change.span, number});
  return true;
}

/// Whether the name that the change speaks of is borne by more than one: none is chosen silently.
bool Forms::could_be_several(const model::Policy& policy, const Change& change, const std::string& name,
                             FormBuilding& building) {
  std::vector<Span> spans;
  for (const auto& clause : building.form.clauses) {
    if (!clause.otherwise && clause.name == name) spans.push_back(clause.span);
    if (!change.clause) gather_spans(clause.condition, name, spans);
  }
  if (spans.size() < 2) return false;
  if (!complained_variations_.insert({change.span.file, change.span.begin}).second) return true;
  auto& diagnostic =
      complain(Code::ambiguous_name, change.span, fmt::format("policy `{}` has more than one `{}`", policy.name, name));
  for (const auto& span : spans) diagnostic.notes.push_back({"one is here", span});
  diagnostic.help = "give each a name of its own in the policy";
  return true;
}

/// Whether another change of the same place is of the group that this one adds to.
bool Forms::changed_otherwise(std::uint32_t number, std::size_t index, const std::string& group,
                              FormBuilding& building) {
  return building.touched.count(group) != 0 && contradicts(number, index, {group}, building);
}

/// The outermost group of the policy's only grouped `approve`, or of a payment's `pay`. Which that is, the policy says
/// as larger places leave it, so that the order of one place's variations does not matter.
model::Condition* Forms::only_group(std::uint32_t number, std::size_t index, const model::Policy& policy,
                                    FormBuilding& building) {
  const Change& change = library_.variations[number].changes[index];
  if (building.grouped.size() == 1) {
    const std::string& only = building.grouped.front();
    if (changed_otherwise(number, index, only, building)) return nullptr;
    const auto wanted = policy.payment ? model::Outcome::pay : model::Outcome::approve;
    for (auto& clause : building.form.clauses) {
      const bool grouped = !clause.otherwise && clause.condition.kind != model::GroupKind::expression;
      if (grouped && clause.outcome == wanted && clause.name == only) return &clause.condition;
    }
    return nullptr;
  }
  if (!complained_variations_.insert({change.span.file, change.span.begin}).second) return nullptr;
  auto& diagnostic = complain(
      Code::no_group, change.span,
      fmt::format("{} `{}` has {} `{}` with a group of criteria, so it is not known where `{}` goes",
                  policy.payment ? "payment" : "policy", policy.name, building.grouped.empty() ? "no" : "more than one",
                  policy.payment ? "pay" : "approve", change.name));
  diagnostic.notes.push_back({"the policy is here", policy.span});
  diagnostic.help = fmt::format("name the group: `add {} \"...\": ... to GROUP`", change.name);
  return nullptr;
}

/// The group that `to` names, or else the only one.
model::Condition* Forms::group_to_add_to(std::uint32_t number, std::size_t index, const model::Policy& policy,
                                         FormBuilding& building) {
  const Change& change = library_.variations[number].changes[index];
  if (change.group.empty()) return only_group(number, index, policy, building);
  if (could_be_several(policy, change, change.group, building) ||
      changed_otherwise(number, index, change.group, building)) {
    return nullptr;
  }
  const Standing standing = find(building.form, change.group);
  model::Clause* clause = standing ? nullptr : find_clause(building.form, change.group);
  if (!standing && !clause) {
    not_there(number, index, policy, building, change.group);
    return nullptr;
  }
  model::Condition& group = standing ? standing.criterion().condition : clause->condition;
  if (group.kind != model::GroupKind::expression) return &group;
  if (complained_variations_.insert({change.span.file, change.span.begin}).second) {
    complain(Code::no_group, change.span, fmt::format("`{}` is no group of criteria", change.group))
        .notes.push_back({"it is here", standing ? standing.criterion().span : clause->span});
  }
  return nullptr;
}

void Forms::not_there(std::uint32_t number, std::size_t index, const model::Policy& policy,
                      const FormBuilding& building, const std::string& name) {
  const auto& variation = library_.variations[number];
  const Span span = variation.changes[index].span;
  // A draft, which decides nothing yet, does not make what holds an error.
  const bool decides = policy.decides(false);
  if (!(decides ? complained_variations_ : complained_drafts_).insert({span.file, span.begin}).second) return;
  const auto gone = building.gone.find(name);
  if (gone != building.gone.end()) {
    const auto& remover = library_.variations[gone->second.variation];
    complain(Code::unknown_criterion, span,
             fmt::format("{} changes `{}`, which {} removes on the same days", value_names_.place_name(variation.place),
                         name, value_names_.place_name(remover.place)))
        .notes.push_back({"removed here", gone->second.span});
    return;
  }
  if (unread(name)) return;
  const std::string version = policy.has_start ? " from " + value::format_date(policy.effective.first) : "";
  auto& diagnostic = complain(decides ? Code::unknown_criterion : Code::changes_nothing, span,
                              fmt::format("{}policy `{}`{} has no criterion or clause `{}`",
                                          decides ? "" : fmt::format("the {} of ", model::spelling(policy.status)),
                                          policy.name, version, name));
  diagnostic.notes.push_back({"that version is here", policy.span});
  std::vector<std::string> names;
  for (const auto& clause : building.form.clauses) {
    gather_names(clause.condition, names);
    if (!clause.otherwise) names.push_back(clause.name);
  }
  if (const auto close = text::closest(name, names)) {
    diagnostic.help = fmt::format("did you mean `{}`?", *close);
  } else if (policy.effective.first > variation.period.first) {
    diagnostic.help = fmt::format("let the variation end before that version begins: `to {}`",
                                  value::format_date(policy.effective.first - 1));
  }
}

/// Groups whose criteria changed are other nodes than before.
void Forms::rebuild(model::Condition& condition, Span span) {
  if (condition.kind == model::GroupKind::expression) return;
  for (auto& criterion : condition.criteria) {
    rebuild(criterion.condition, span);
    if (criterion.condition.kind != model::GroupKind::expression)
      criterion.expression = Criteria::spell_group(criterion.condition);
  }
  const bool fresh = complained_variations_.count({span.file, span.begin}) == 0;
  if (condition.criteria.empty() && fresh) {
    complain(Code::empty_group, span, "the variation leaves a group without criteria");
    complained_variations_.insert({span.file, span.begin});
  } else if (condition.kind == model::GroupKind::at_least && condition.count > condition.criteria.size() && fresh) {
    complain(Code::impossible_count, span,
             fmt::format("the variation leaves `at least {} of` {} criteria, which can never hold", condition.count,
                         condition.criteria.size()));
    complained_variations_.insert({span.file, span.begin});
  }
  condition.node = criteria_.group_node(condition, span);
}

void Forms::check_names(const model::Policy& policy, const model::Form& form, std::uint32_t number) {
  const auto& variation = library_.variations[number];
  const auto names = sorted_names(form);
  const auto twice = std::adjacent_find(names.begin(), names.end());
  // What the policy says twice by itself is said there.
  const auto before = sorted_names(policy.written());
  if (twice == names.end() || std::adjacent_find(before.begin(), before.end()) != before.end() ||
      !complained_variations_.insert({variation.span.file, variation.span.begin}).second) {
    return;
  }
  complain(Code::duplicate_criterion, variation.span,
           fmt::format("the variation in {} gives policy `{}` two criteria or clauses `{}`",
                       value_names_.place_name(variation.place), policy.name, *twice))
      .notes.push_back({"the policy is here", policy.span});
}

}  // namespace proviso::check
