#pragma once

#include "check/declarations/value_names.hpp"
#include "check/part.hpp"
#include "check/policies/forms.hpp"
#include "check/policies/variations.hpp"

namespace proviso::check {

/// Policies over places and days, and whether smaller places are no looser than they say.
class Placements : Part {
 public:
  Placements(Workspace& workspace, ValueNames& value_names, Variations& variations, Forms& forms)
      : Part(workspace), value_names_(value_names), variations_(variations), forms_(forms) {}

  /// On the days of `needed` everything that the policy reads must have a value.
  void place(model::Policy& policy, model::Period needed);
  void check_outside();
  void warn_of_no_effect();
  void check_tightness(const model::Policy& policy);
  void check_tightness(const model::Policy& policy, std::uint32_t number, model::PlaceId place,
                       const model::Stretch& strict);

 private:
  // placements.cpp
  std::vector<NodeId> dated_nodes(const std::vector<NodeId>& roots) const;
  /// The threshold's value or the list's codes, to compare by.
  const void* value_in_force(const Node& node, model::PlaceId place, std::int32_t day) const;
  void find_stretches(model::Policy& policy, model::Placement& placement, const std::vector<NodeId>& nodes);
  std::vector<bool> may_hold(const model::Policy& policy) const;
  void check_values(const model::Policy& policy, const model::Placement& placement, model::Period needed);
  void no_value(const model::Policy& policy, const model::Placement& placement, const Node& node, model::Period missing,
                model::Period needed);

  // not_looser.cpp
  void not_shown_tighter(std::uint32_t number, model::PlaceId place, model::PlaceId larger, const std::string& what,
                         std::int32_t day);

  ValueNames& value_names_;
  Variations& variations_;
  Forms& forms_;
  /// Variations inside the places of a version of their policy, and those outside of one.
  std::set<std::uint32_t> inside_;
  std::map<std::uint32_t, const model::Policy*> outside_;
  std::set<std::pair<std::uint32_t, model::PlaceId>> not_shown_;
  /// What was complained about for having no value: kind of node, its index, and the policy's place.
  std::set<std::tuple<NodeKind, std::uint32_t, std::uint32_t, std::uint32_t>> without_value_;
};

}  // namespace proviso::check
