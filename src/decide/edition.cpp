#include "decide/edition.hpp"

#include <algorithm>

#include "value/calendar.hpp"

namespace proviso::decide {

Segment::Segment(const Version& version, model::PlaceId place, model::Period days)
    : version_(&version),
      days_(days),
      setting_{place, std::max(days.first, value::first_date)},
      omitted_(version.form->omitted) {}

Segment::Segment(Segment&& other) noexcept
    : version_(other.version_), days_(other.days_), setting_(other.setting_), omitted_(other.omitted_) {}

void Segment::compile_gate() const {
  std::call_once(gate_once_, [this] {
    const model::Policy& policy = *version_->policy;
    gate_ = std::make_unique<const program::Program>(
        program::compile(*version_->library, policy.record, {policy.applies}, setting_, policy.dated_by));
    has_gate_.store(true, std::memory_order_release);
  });
}

void Segment::compile_whole() const {
  std::call_once(whole_once_, [this] {
    whole_ = program::compile(*version_->library, *version_->policy, *version_->form, setting_);
    has_whole_.store(true, std::memory_order_release);
  });
}

std::shared_ptr<const PlacementTable> PlacementTables::of(const model::Policy& policy) {
  std::vector<model::PlaceId> placements;
  for (const model::Placement& placement : policy.placements) placements.push_back(placement.place);
  std::shared_ptr<const PlacementTable>& known = tables_[{policy.places, placements}];
  if (known) return known;
  PlacementTable table;
  const auto add = [&](model::PlaceId place) {
    const bool holds = library_.holds_in(policy, place);
    table.push_back(holds ? static_cast<std::uint32_t>(library_.placement(policy, place)) : model::none);
  };
  for (model::PlaceId place = 0; place < library_.places.size(); ++place) add(place);
  add(model::none);
  return known = std::make_shared<const PlacementTable>(std::move(table));
}

Edition::Edition(model::Period days, std::vector<const Version*> forms, PlacementTables& tables)
    : days_(days), forms_(std::move(forms)) {
  dated_by_ = policy().dated_by;
  placed_by_ = policy().placed_by;
  asks_place_ = placed_by_ != model::none && (policy().placements.size() > 1 || !policy().places.empty());
  std::size_t stretches = 0;
  for (const model::Placement& placement : policy().placements) stretches += placement.stretches.size();
  all_segments_.reserve(stretches);
  for (const model::Placement& placement : policy().placements) {
    first_segments_.push_back(static_cast<std::uint32_t>(all_segments_.size()));
    for (const model::Stretch& stretch : placement.stretches) {
      const model::Period both{std::max(stretch.days.first, days.first), std::min(stretch.days.last, days.last)};
      if (both.first <= both.last) all_segments_.emplace_back(*forms_[stretch.form], placement.place, both);
    }
  }
  segment_count_ = static_cast<std::uint32_t>(all_segments_.size());
  first_segments_.push_back(segment_count_);
  segments_ = all_segments_.data();
  if (policy().placements.size() == 1 && policy().places.empty()) {
    possible_.push_back(0);
    return;
  }
  table_ = tables.of(policy());
  placement_of_ = table_->data();
  places_ = static_cast<std::uint32_t>(table_->size());
  possible_.assign(table_->begin(), table_->end() - 1);
  if (possible_.empty()) possible_.push_back(table_->back());
  std::sort(possible_.begin(), possible_.end());
  possible_.erase(std::unique(possible_.begin(), possible_.end()), possible_.end());
  may_not_hold_ = possible_.back() == model::none;
  if (may_not_hold_) possible_.pop_back();
}

}  // namespace proviso::decide
