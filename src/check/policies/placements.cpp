#include "check/policies/placements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

// Each policy over places and days: where something of it is its own, from when to when it is the same, and whether
// every value that it reads is in force all that time.
namespace proviso::check {

namespace {

/// The first days of the stretches of `whole` between the ends of the periods.
std::vector<std::int32_t> first_days(const std::vector<model::Period>& periods, model::Period whole) {
  std::vector<std::int32_t> days = {whole.first};
  for (const auto& period : periods) {
    days.push_back(period.first);
    if (period.last != INT32_MAX) days.push_back(period.last + 1);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  days.erase(std::remove_if(days.begin(), days.end(), [&](auto day) { return !whole.contains(day); }), days.end());
  return days;
}

}  // namespace

void Placements::place(model::Policy& policy, model::Period needed) {
  const std::vector<NodeId> nodes = dated_nodes(variations_.all_roots(policy));
  std::set<model::PlaceId> places;
  const auto in_places = [&](const auto& values) {
    for (const auto& value : values) {
      if (value.place != none) places.insert(value.place);
    }
  };
  for (const auto id : nodes) {
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold) in_places(library_.thresholds[node.index].values);
    if (node.kind == NodeKind::in_codes) in_places(library_.code_lists[node.index].blocks);
  }
  for (const auto number : variations_.variations_of(policy.full_name())) {
    const auto place = library_.variations[number].place;
    places.insert(place);
    if (library_.holds_in(policy, place)) {
      inside_.insert(number);
    } else {
      outside_.emplace(number, &policy);
    }
  }
  for (const auto place : places) {
    const bool matters =
        policy.places.empty() || std::any_of(policy.places.begin(), policy.places.end(), [&](auto each) {
          return library_.inside(place, each) || library_.inside(each, place);
        });
    if (matters) policy.placements.push_back({place, {}});
  }
  for (auto& placement : policy.placements) find_stretches(policy, placement, nodes);
  const std::vector<bool> held = may_hold(policy);
  for (std::size_t i = 0; i < policy.placements.size(); ++i) {
    if (held[i]) check_values(policy, policy.placements[i], needed);
  }
}

/// The nodes whose value depends on the place and the day: thresholds and code lists.
std::vector<NodeId> Placements::dated_nodes(const std::vector<NodeId>& roots) const {
  std::vector<NodeId> nodes = reachable_nodes(roots);
  nodes.erase(std::remove_if(nodes.begin(), nodes.end(),
                             [&](NodeId id) {
                               const Node& node = library_.nodes[id];
                               if (node.kind == NodeKind::threshold)
                                 return workspace_.broken.count({SymbolKind::threshold, node.index}) != 0;
                               if (node.kind != NodeKind::in_codes) return true;
                               return library_.code_lists[node.index].blocks.empty() ||
                                      workspace_.broken.count({SymbolKind::codes, node.index}) != 0;
                             }),
              nodes.end());
  return nodes;
}

const void* Placements::value_in_force(const Node& node, model::PlaceId place, std::int32_t day) const {
  if (node.kind == NodeKind::threshold) return library_.in_force(library_.thresholds[node.index], place, day);
  return library_.in_force(library_.code_lists[node.index], place, day);
}

void Placements::find_stretches(model::Policy& policy, model::Placement& placement, const std::vector<NodeId>& nodes) {
  std::vector<std::uint32_t> variations;
  std::vector<model::Period> periods;
  for (const auto number : variations_.variations_of(policy.full_name())) {
    const auto& variation = library_.variations[number];
    if (placement.place == none || !library_.inside(placement.place, variation.place)) continue;
    variations.push_back(number);
    periods.push_back(variation.period);
  }
  const auto add_periods = [&](const auto& values) {
    for (const auto& value : values) {
      if (library_.inside(placement.place, value.place)) periods.push_back(value.period);
    }
  };
  for (const auto id : nodes) {
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold) add_periods(library_.thresholds[node.index].values);
    if (node.kind == NodeKind::in_codes) add_periods(library_.code_lists[node.index].blocks);
  }
  const auto days = first_days(periods, policy.effective);
  std::vector<const void*> values_before;
  placement.stretches.clear();
  for (const auto day : days) {
    std::vector<std::uint32_t> active;
    for (const auto number : variations) {
      if (!library_.variations[number].period.contains(day)) continue;
      active.push_back(number);
      variations_.varied(number).held = variations_.varied(number).held || library_.holds_in(policy, placement.place);
    }
    std::vector<const void*> values;
    values.reserve(nodes.size());
    for (const auto id : nodes) values.push_back(value_in_force(library_.nodes[id], placement.place, day));
    const std::uint32_t number = forms_.form(policy, active);
    auto& stretches = placement.stretches;
    if (!stretches.empty() && stretches.back().form == number && values == values_before) continue;
    if (!stretches.empty()) stretches.back().days.last = day - 1;
    stretches.push_back({{stretches.empty() ? INT32_MIN : day, INT32_MAX}, number});
    values_before = std::move(values);
  }
}

/// By placement, whether some record may fall to it: one without a place does where no place is declared.
std::vector<bool> Placements::may_hold(const model::Policy& policy) const {
  std::vector<bool> held(policy.placements.size(), library_.places.empty());
  if (policy.places.empty() && policy.placements.size() == 1) held.front() = true;
  for (model::PlaceId place = 0; place < library_.places.size(); ++place) {
    if (library_.holds_in(policy, place)) held[library_.placement(policy, place)] = true;
  }
  return held;
}

void Placements::check_values(const model::Policy& policy, const model::Placement& placement, model::Period needed) {
  std::map<NodeId, model::Period> missing;
  std::map<std::uint32_t, std::vector<NodeId>> nodes_of_form;
  for (const auto& stretch : placement.stretches) {
    const auto [it, fresh] = nodes_of_form.try_emplace(stretch.form);
    if (fresh && !policy.forms[stretch.form].omitted)
      it->second = dated_nodes(variations_.roots_of(policy, policy.forms[stretch.form]));
    const model::Period days{std::max(stretch.days.first, needed.first), std::min(stretch.days.last, needed.last)};
    if (days.last < days.first) continue;
    for (const auto id : it->second) {
      if (value_in_force(library_.nodes[id], placement.place, days.first) != nullptr) continue;
      const auto [gap, first] = missing.emplace(id, days);
      if (!first && gap->second.last + 1 == days.first) gap->second.last = days.last;
    }
  }
  for (const auto& [id, days] : missing) no_value(policy, placement, library_.nodes[id], days, needed);
}

void Placements::no_value(const model::Policy& policy, const model::Placement& placement, const Node& node,
                          model::Period missing, model::Period needed) {
  const auto declared = workspace_.written_policies.find({policy.span.file, policy.span.begin});
  if (!policy.has_start && declared != workspace_.written_policies.end() &&
      unread_line(declared->second->span, "effective", true)) {
    return;
  }
  // Once for each value and policy: other places would only say the same.
  if (!without_value_.insert({node.kind, node.index, policy.span.begin, policy.span.file}).second) return;
  const bool threshold = node.kind == NodeKind::threshold;
  const std::string& name = threshold ? library_.thresholds[node.index].name : library_.code_lists[node.index].name;
  const std::string where =
      placement.place == none ? "" : fmt::format(" in {}", value_names_.place_name(placement.place));
  const std::string holds =
      policy.places.empty() ? "" : fmt::format(" in {}", value_names_.spell_places(policy.places));
  auto& diagnostic = complain(Code::no_value_in_force, node.span,
                              fmt::format("`{}` has no value{} {}, where {} `{}` needs one", name, where,
                                          spell_period(missing), noun(policy), policy.name));
  diagnostic.notes.push_back(
      {fmt::format("the {} holds{} {}", noun(policy), holds, spell_period(needed)), policy.span});
  const auto note = [&](const auto& values) {
    for (const auto& value : values) {
      if (value.place == none) continue;
      diagnostic.notes.push_back(
          {fmt::format("{} has one {}", value_names_.place_name(value.place), spell_period(value.period)), value.span});
      break;
    }
  };
  if (threshold) note(library_.thresholds[node.index].values);
  if (!threshold) note(library_.code_lists[node.index].blocks);
  if (needed.first == INT32_MIN) diagnostic.help = "say from when the policy holds: `effective 2019-04-01`";
}

/// A variation must lie inside the places of some version of its policy.
void Placements::check_outside() {
  for (const auto& [number, policy] : outside_) {
    if (inside_.count(number)) continue;
    const auto& variation = library_.variations[number];
    complain(Code::place_outside, variation.span,
             fmt::format("{} is not inside {}, where policy `{}` holds", value_names_.place_name(variation.place),
                         value_names_.spell_places(policy->places), policy->name))
        .notes.push_back({"the policy is here", policy->span});
  }
}

/// A variation that never holds, and a change that leaves everything as it was.
void Placements::warn_of_no_effect() {
  for (std::uint32_t i = 0; i < library_.variations.size(); ++i) {
    const auto& variation = library_.variations[i];
    const std::string name = variation.policy.substr(variation.policy.rfind('.') + 1);
    if (outside_.count(i) && !inside_.count(i)) continue;  // complained about already
    if (!variations_.varied(i).held) {
      complain(Code::changes_nothing, variation.span,
               fmt::format("policy `{}` does not hold in {} on any day of this variation", name,
                           value_names_.place_name(variation.place)));
      continue;
    }
    for (std::size_t change = 0; change < variation.changes.size(); ++change) {
      const Span span = variation.changes[change].span;
      if (variations_.varied(i).parts[change].had_effect || forms_.complained_about(span)) continue;
      complain(Code::changes_nothing, span,
               fmt::format("policy `{}` is the same in {} without this line", name,
                           value_names_.place_name(variation.place)));
    }
  }
}

}  // namespace proviso::check
