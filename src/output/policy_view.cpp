#include "output/policy_view.hpp"

#include <algorithm>

#include "output/show_origins.hpp"

namespace proviso::output {
namespace {

std::string spell_hook(const model::Library& library, const model::Hook& hook) {
  std::string out = hook.name + "(";
  for (std::size_t i = 0; i < hook.parameter_names.size(); ++i) {
    if (i != 0) out += ", ";
    out += hook.parameter_names[i];
  }
  out += ") -> " + model::format(library, hook.result);
  if (hook.tendency == model::Tendency::tighten) out += " may only tighten";
  if (hook.tendency == model::Tendency::loosen) out += " may only loosen";
  if (hook.script != model::none) out += " from " + library.scripts[hook.script].file;
  return out;
}

void find_form(PolicyView& view) {
  const model::Library& library = *view.library;
  const model::Policy& policy = *view.policy;
  if (view.place == model::none) {
    view.form = &policy.written();
    const model::Period days = view.on ? model::Period{*view.on, *view.on} : policy.effective;
    view.variations = variations_during(library, policy, days);
    return;
  }
  if (!library.holds_in(policy, view.place)) {
    std::vector<model::PlaceId> inside;
    for (const model::PlaceId each : policy.places) {
      if (library.inside(each, view.place)) inside.push_back(each);
    }
    view.why_not = "it holds in " + spell_places(library, inside.empty() ? policy.places : inside) +
                   (inside.empty() ? "" : ", inside it");
    return;
  }
  const model::Stretch& stretch = stretch_on(library, policy, view.place, view.on);
  const model::Form& form = policy.forms[stretch.form];
  view.unchanged = {std::max(stretch.days.first, policy.effective.first),
                    std::min(stretch.days.last, policy.effective.last)};
  view.variations = applied_variations(library, policy, form.variations);
  if (!form.omitted) {
    view.form = &form;
    return;
  }
  const model::Variation* omission = Origins(library, form).of_omission().variation;
  if (omission != nullptr) {
    view.why_not = library.places[omission->place].name + " omits it " + spell(omission->period);
  }
  // What else is varied changes nothing then.
  view.variations.erase(std::remove_if(view.variations.begin(), view.variations.end(),
                                       [&](const AppliedVariation& each) { return each.variation != omission; }),
                        view.variations.end());
}

bool matters_in(const model::Library& library, const model::Policy& policy, model::PlaceId place) {
  return policy.places.empty() || place == model::none ||
         std::any_of(policy.places.begin(), policy.places.end(),
                     [&](model::PlaceId each) { return library.inside(place, each) || library.inside(each, place); });
}

/// Leaves out what holds in places and on days with which the version has nothing to do.
void keep_what_matters(DependencyView& dependency, const PolicyView& view) {
  auto& values = dependency.values;
  const model::Period& effective = view.policy->effective;
  const auto foreign = [&](const ValueView& value) {
    if (value.days.last < effective.first || value.days.first > effective.last) return true;
    return !matters_in(*view.library, *view.policy, value.limit != nullptr ? value.limit->place : value.codes->place);
  };
  values.erase(std::remove_if(values.begin(), values.end(), foreign), values.end());
}

/// Whether the policy is on that day the same in `inner`, which is inside the view's place.
bool same_in(const PolicyView& view, const Reads& reads, model::PlaceId inner, std::int32_t day) {
  const model::Library& library = *view.library;
  const model::Form& form = view.policy->forms[stretch_on(library, *view.policy, inner, day).form];
  const auto same = [&](const auto& declared) {
    return library.in_force(declared, inner, day) == library.in_force(declared, view.place, day);
  };
  return &form == view.form && std::all_of(reads.thresholds.begin(), reads.thresholds.end(), [&](std::uint32_t each) {
    return same(library.thresholds[each]);
  }) && std::all_of(reads.code_lists.begin(), reads.code_lists.end(), [&](std::uint32_t each) {
    return same(library.code_lists[each]);
  });
}

/// As written, a policy shows what the variations shown with it read too.
Reads reads_shown(const PolicyView& view) {
  std::vector<model::NodeId> roots = {view.policy->applies};
  for (const model::Form& form : view.policy->forms) {
    const bool shown = std::all_of(form.variations.begin(), form.variations.end(), [&](std::uint32_t number) {
      return std::any_of(view.variations.begin(), view.variations.end(), [&](const AppliedVariation& each) {
        return each.variation == &view.library->variations[number];
      });
    });
    if (&form != view.form && (view.place != model::none || !shown)) continue;
    add_roots(form, roots);
  }
  return reads_of(*view.library, roots);
}

void fill(PolicyView& view) {
  const model::Library& library = *view.library;
  const model::Policy& policy = *view.policy;
  const model::Record& record = library.records[policy.record];
  view.record = record.name;
  if (policy.dated_by != model::none) view.dated_by = record.facts[policy.dated_by].name;
  if (policy.placed_by != model::none) view.placed_by = record.facts[policy.placed_by].name;
  if (policy.payment && record.price != model::none) view.price = record.facts[record.price].name;
  find_form(view);
  if (view.form == nullptr) return;
  When when{view.place, view.on};
  if (view.place != model::none && !when.on) when.on = view.unchanged.first;
  const Reads reads = reads_shown(view);
  for (const std::uint32_t each : reads.thresholds) view.thresholds.push_back(view_threshold(library, each, when));
  for (const std::uint32_t each : reads.code_lists) view.code_lists.push_back(view_code_list(library, each, when));
  for (DependencyView& each : view.thresholds) keep_what_matters(each, view);
  for (DependencyView& each : view.code_lists) keep_what_matters(each, view);
  for (const model::Placement& each : policy.placements) {
    const bool inner = view.place != model::none && each.place != view.place && library.inside(each.place, view.place);
    if (inner && !same_in(view, reads, each.place, *when.on))
      view.differs_in.push_back(library.places[each.place].name);
  }
  view.definitions = view_definitions(library, record, reads);
  view.tables = view_tables(library, reads);
  view.relations = view_relations(library, record, reads);
  for (const std::uint32_t each : reads.hooks) view.hooks.push_back(spell_hook(library, library.hooks[each]));
}

}  // namespace

const model::Policy* version_on(const std::vector<const model::Policy*>& versions, std::optional<std::int32_t> on) {
  const model::Policy* chosen = nullptr;
  for (const model::Policy* version : versions) {
    if (on && !version->effective.contains(*on)) continue;
    // A draft stands for the policy only where there is nothing else.
    const bool better = chosen == nullptr || (on ? version->status != model::Status::draft : version->decides(false));
    if (better) chosen = version;
  }
  return chosen;
}

const model::Stretch& stretch_on(const model::Library& library, const model::Policy& policy, model::PlaceId place,
                                 std::optional<std::int32_t> on) {
  const auto& stretches = policy.placements[library.placement(policy, place)].stretches;
  const std::int32_t day = on.value_or(policy.effective.last);
  const auto found = std::find_if(stretches.rbegin(), stretches.rend(),
                                  [day](const model::Stretch& each) { return each.days.first <= day; });
  return found == stretches.rend() ? stretches.front() : *found;
}

std::string spell_places(const model::Library& library, const std::vector<model::PlaceId>& places) {
  std::string out;
  for (const model::PlaceId place : places) {
    if (!out.empty()) out += ", ";
    out += library.places[place].name;
  }
  return out;
}

std::string spell_group(const model::Condition& condition) {
  switch (condition.kind) {
    case model::GroupKind::expression:
      return "";
    case model::GroupKind::all:
      return "all";
    case model::GroupKind::any:
      return "any";
    case model::GroupKind::at_least:
      return "at least " + std::to_string(condition.count) + " of";
    case model::GroupKind::none_of:
      return "none of";
  }
  return "";
}

std::string spell_outcome(const model::Clause& clause) {
  using Kind = model::Payment::Kind;
  if (!clause.payment) return std::string(model::spelling(clause.outcome));
  const model::Payment& payment = *clause.payment;
  switch (payment.kind) {
    case Kind::in_full:
      return "pay in full";
    case Kind::at_most:
      return "pay " + payment.amount_expression;
    case Kind::adjust:
      return "adjust to " + payment.amount_expression;
    case Kind::recount:
      return "recount as " + payment.code_expression +
             (payment.amount == model::none ? "" : " pay " + payment.amount_expression);
    case Kind::withhold:
      return "withhold " + std::string(model::spelling(payment.strength));
    case Kind::query:
      break;
  }
  return "query";
}

std::string_view word_of(const model::Policy& policy) { return policy.payment ? "payment" : "policy"; }

PolicyView view_versions(const model::Library& library, std::vector<const model::Policy*> versions,
                         std::optional<std::int32_t> on, model::PlaceId place) {
  PolicyView view;
  view.library = &library;
  view.on = on;
  view.place = place;
  view.versions = std::move(versions);
  view.policy = version_on(view.versions, on);
  if (view.policy != nullptr) fill(view);
  return view;
}

std::vector<PolicyView> view_policy(const model::Library& library, std::string_view name,
                                    std::optional<std::int32_t> on, model::PlaceId place) {
  std::vector<std::vector<const model::Policy*>> found;
  for (const model::Policy& policy : library.policies) {
    if (policy.name != name && policy.full_name() != name) continue;
    const bool another = !found.empty() && found.back().front()->full_name() == policy.full_name();
    if (!another) found.emplace_back();
    found.back().push_back(&policy);
  }
  std::vector<PolicyView> views;
  views.reserve(found.size());
  for (auto& versions : found) views.push_back(view_versions(library, std::move(versions), on, place));
  return views;
}

}  // namespace proviso::output
