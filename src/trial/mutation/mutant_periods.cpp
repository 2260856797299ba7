#include <algorithm>

#include "trial/mutation/mutant_plan.hpp"
#include "trial/mutation/mutant_text.hpp"

// Changes of first and last days. Where something begins or ends on another day, the stretches of the policies that
// depend on it begin and end there too.
namespace proviso::trial {
namespace {

using model::Period;

/// The period with one of its days moved.
struct Moved {
  Period period;
  std::int32_t seen;  ///< the day on which a change can be seen
};

std::vector<Moved> moved_by_a_day(const Period& period) {
  std::vector<Moved> result;
  if (period.first != INT32_MIN) {
    result.push_back({{period.first + 1, period.last}, period.first});
    result.push_back({{period.first - 1, period.last}, period.first - 1});
  }
  if (period.last != INT32_MAX) {
    result.push_back({{period.first, period.last + 1}, period.last + 1});
    result.push_back({{period.first, period.last - 1}, period.last});
  }
  const auto is_none = [](const Moved& each) { return each.period.first > each.period.last; };
  result.erase(std::remove_if(result.begin(), result.end(), is_none), result.end());
  return result;
}

std::string named(const std::string& name, const Period& period) {
  const std::string days = spell_period(period);
  return days.empty() ? name : name + " " + days;
}

/// The nodes below whose value depends on the place and the day: thresholds and code lists.
std::vector<model::NodeId> dated_nodes(const model::Library& library, std::vector<model::NodeId> roots) {
  std::set<model::NodeId> seen;
  std::vector<model::NodeId> found;
  while (!roots.empty()) {
    const model::NodeId id = roots.back();
    roots.pop_back();
    if (!seen.insert(id).second) continue;
    const model::Node& node = library.nodes[id];
    if (node.kind == model::NodeKind::threshold || node.kind == model::NodeKind::in_codes) found.push_back(id);
    roots.insert(roots.end(), node.operands.begin(), node.operands.end());
  }
  return found;
}

std::vector<model::NodeId> dated_nodes(const model::Library& library, const model::Policy& policy,
                                       const model::Form& form) {
  std::vector<model::NodeId> roots;
  if (policy.applies != model::none) roots.push_back(policy.applies);
  for (const model::Clause& clause : form.clauses) {
    if (clause.condition.node != model::none) roots.push_back(clause.condition.node);
  }
  return dated_nodes(library, std::move(roots));
}

/// The variations that hold in the place on the day, larger places first.
std::vector<std::uint32_t> active(const model::Library& library, const std::string& policy, model::PlaceId place,
                                  std::int32_t day) {
  std::vector<std::uint32_t> result;
  for (std::uint32_t i = 0; place != model::none && i < library.variations.size(); ++i) {
    const model::Variation& variation = library.variations[i];
    if (variation.policy == policy && library.inside(place, variation.place) && variation.period.contains(day)) {
      result.push_back(i);
    }
  }
  return result;
}

/// The first days of whatever begins anew in the policy's days.
std::vector<std::int32_t> first_days(const std::vector<Period>& periods, const Period& whole) {
  std::vector<std::int32_t> days = {whole.first};
  for (const Period& period : periods) {
    if (period.first > period.last) continue;
    days.push_back(period.first);
    if (period.last != INT32_MAX) days.push_back(period.last + 1);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  days.erase(std::remove_if(days.begin(), days.end(), [&](auto day) { return !whole.contains(day); }), days.end());
  return days;
}

std::uint32_t form_on(const std::vector<model::Stretch>& stretches, std::int32_t day) {
  for (const model::Stretch& stretch : stretches) {
    if (stretch.days.contains(day)) return stretch.form;
  }
  return stretches.back().form;
}

/// Of a threshold or code list.
const void* value_in_force(const model::Library& library, const model::Node& node, model::PlaceId place,
                           std::int32_t day) {
  if (node.kind == model::NodeKind::threshold) return library.in_force(library.thresholds[node.index], place, day);
  return library.in_force(library.code_lists[node.index], place, day);
}

bool are_same(const std::vector<model::Stretch>& a, const std::vector<model::Stretch>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.form == y.form && x.days.first == y.days.first && x.days.last == y.days.last;
  });
}

}  // namespace

/// Whether every threshold and code list that the policy reads has a value wherever and whenever it may need one, as
/// the checker demands.
bool MutantPlan::has_values(const model::Policy& policy) const {
  for (std::uint32_t form = 0; form < policy.forms.size(); ++form) {
    if (policy.forms[form].omitted) continue;
    const auto nodes = dated_nodes(library_, policy, policy.forms[form]);
    for (const program::Setting& setting : settings(policy, form)) {
      for (const NodeId id : nodes) {
        const Node& node = library_.nodes[id];
        if (value_in_force(library_, node, setting.place, setting.date) == nullptr) return false;
      }
    }
  }
  return true;
}

/// The policy's stretches by the days that the library now has, which go into the edit: it is in force. A form that no
/// place has on any day is not made for the purpose; what would need it stays as it is. False where nothing changes.
bool MutantPlan::place_again(Edit& edit, std::uint32_t number) {
  const model::Policy& policy = library_.policies[number];
  std::vector<NodeId> nodes;
  for (const model::Form& form : policy.forms) {
    const auto more = dated_nodes(library_, policy, form);
    nodes.insert(nodes.end(), more.begin(), more.end());
  }
  const std::string name = policy.full_name();
  std::vector<model::Placement> placements = policy.placements;
  bool changes = false;
  for (model::Placement& placement : placements) {
    std::vector<Period> periods;
    const auto add_periods = [&](const auto& values) {
      for (const auto& value : values) {
        if (library_.inside(placement.place, value.place)) periods.push_back(value.period);
      }
    };
    for (const NodeId id : nodes) {
      const Node& node = library_.nodes[id];
      if (node.kind == NodeKind::threshold) add_periods(library_.thresholds[node.index].values);
      if (node.kind == NodeKind::in_codes) add_periods(library_.code_lists[node.index].blocks);
    }
    for (const model::Variation& variation : library_.variations) {
      if (variation.policy == name && placement.place != model::none &&
          library_.inside(placement.place, variation.place)) {
        periods.push_back(variation.period);
      }
    }
    std::vector<model::Stretch> stretches;
    std::vector<const void*> values_before;
    for (const std::int32_t day : first_days(periods, policy.effective)) {
      const auto wanted = active(library_, name, placement.place, day);
      const auto form = std::find_if(policy.forms.begin(), policy.forms.end(),
                                     [&](const model::Form& each) { return each.variations == wanted; });
      const std::uint32_t number_of_form = form == policy.forms.end()
                                               ? form_on(placement.stretches, day)
                                               : static_cast<std::uint32_t>(form - policy.forms.begin());
      std::vector<const void*> values;
      values.reserve(nodes.size());
      for (const NodeId id : nodes)
        values.push_back(value_in_force(library_, library_.nodes[id], placement.place, day));
      if (!stretches.empty() && stretches.back().form == number_of_form && values == values_before) continue;
      if (!stretches.empty()) stretches.back().days.last = day - 1;
      stretches.push_back({{stretches.empty() ? INT32_MIN : day, INT32_MAX}, number_of_form});
      values_before = std::move(values);
    }
    changes = changes || !are_same(stretches, placement.stretches);
    placement.stretches = std::move(stretches);
  }
  edit.policy(library_, number).placements = std::move(placements);
  return changes;
}

/// For each of the policies. False where nothing changes, or where a value would be missing.
bool MutantPlan::place_again(Edit& edit, const std::vector<std::uint32_t>& policies) {
  Edit further;
  bool changes = false;
  bool complete = true;
  {
    const Edited edited(library_, edit);
    for (const std::uint32_t policy : policies) changes = place_again(further, policy) || changes;
    const Edited placed(library_, further);
    for (const std::uint32_t policy : policies) complete = complete && has_values(library_.policies[policy]);
  }
  for (Edit::OfPolicy& each : further.policies) {
    edit.policy(library_, each.policy).placements = std::move(each.placements);
  }
  return changes && complete;
}

void MutantPlan::mutate_periods(std::uint32_t policy) {
  const model::Period now = library_.policies[policy].effective;
  const auto at = std::find(family_->policies.begin(), family_->policies.end(), policy);
  const bool followed =
      at + 1 != family_->policies.end() && library_.policies[*(at + 1)].effective.first == now.last + 1;
  if (library_.policies[policy].has_start && now.first != INT32_MIN) {
    move_effective(policy, now.first + 1, now.last);
    move_effective(policy, now.first - 1, now.last);
  }
  // Where the next version follows at once, the day between them moves with its first day.
  if (now.last == INT32_MAX || followed) return;
  move_effective(policy, now.first, now.last + 1);
  move_effective(policy, now.first, now.last - 1);
}

void MutantPlan::move_effective(std::uint32_t policy, std::int32_t first, std::int32_t last) {
  const model::Period now = library_.policies[policy].effective;
  if (first > last) return;
  Edit edit;
  edit.policy(library_, policy).effective = {first, last};
  std::vector<std::uint32_t> placed = {policy};
  const auto at = std::find(family_->policies.begin(), family_->policies.end(), policy);
  if (at != family_->policies.begin() && first != now.first) {
    const std::uint32_t before = *(at - 1);
    const model::Period earlier = library_.policies[before].effective;
    if (earlier.last == now.first - 1 && earlier.first < first) {
      edit.policy(library_, before).effective.last = first - 1;
      placed.push_back(before);
    }
  }
  place_again(edit, placed);
  bool complete = true;
  {
    const Edited edited(library_, edit);
    for (const std::uint32_t each : placed) complete = complete && has_values(library_.policies[each]);
  }
  if (!complete) return;
  add(MutantKind::period, {"", library_.policies[policy].span}, std::move(edit), named("effective", now),
      named("effective", {first, last}));
}

void MutantPlan::mutate_value_periods(std::uint32_t threshold, std::uint32_t value, const Readers& readers) {
  const model::Threshold& declared = library_.thresholds[threshold];
  const model::ThresholdValue now = declared.values[value];
  for (const Moved& each : moved_by_a_day(now.period)) {
    // Only where a policy that reads it holds on that day.
    const bool seen = std::any_of(readers.policies.begin(), readers.policies.end(), [&](std::uint32_t policy) {
      return library_.policies[policy].effective.contains(each.seen);
    });
    if (!seen) continue;
    Edit edit;
    edit.threshold(library_, threshold, value).period = each.period;
    if (!place_again(edit, readers.policies)) continue;
    std::string after = spell_value(library_, declared, edit.thresholds.front().content);
    add(MutantKind::period, {readers.site.name, now.span}, std::move(edit), spell_value(library_, declared, now),
        std::move(after), readers.suites);
  }
}

void MutantPlan::mutate_variations() {
  for (std::uint32_t number = 0; number < library_.variations.size(); ++number) {
    const model::Variation& variation = library_.variations[number];
    // A category changes no outcome.
    const bool decides = std::any_of(variation.changes.begin(), variation.changes.end(),
                                     [](const auto& change) { return change.kind != model::Change::Kind::category; });
    if (variation.policy != family_->name || !decides) continue;
    const Site site{"", variation.span};
    change_variation(number, {INT32_MAX, INT32_MIN}, MutantKind::variation, site);
    for (const Moved& each : moved_by_a_day(variation.period)) {
      const bool seen = std::any_of(family_->policies.begin(), family_->policies.end(), [&](std::uint32_t policy) {
        return library_.policies[policy].effective.contains(each.seen);
      });
      if (seen) change_variation(number, each.period, MutantKind::period, site);
    }
  }
}

void MutantPlan::change_variation(std::uint32_t variation, model::Period period, MutantKind kind, const Site& site) {
  const model::Variation& now = library_.variations[variation];
  Edit edit;
  edit.variations.push_back({variation, period});
  if (!place_again(edit, family_->policies)) return;
  const std::string name = "variation in " + library_.places[now.place].name;
  add(kind, site, std::move(edit), named(name, now.period),
      kind == MutantKind::variation ? "left out" : named(name, period));
}

}  // namespace proviso::trial
