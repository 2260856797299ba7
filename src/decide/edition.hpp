#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "decide/version.hpp"
#include "model/library.hpp"
#include "program/program.hpp"

/// Where and when a policy version says what, and the programs for it.
namespace proviso::decide {

/// The days, in a place, between two changes of what a policy version says or depends on there. Programs are compiled
/// when first asked for, by any thread.
class alignas(64) Segment {
 public:
  /// `version` is the policy in the segment's form.
  Segment(const Version& version, model::PlaceId place, model::Period days);
  /// Only before anything was compiled.
  Segment(Segment&& other) noexcept;

  const Version& version() const { return *version_; }
  const model::Period& days() const { return days_; }
  /// The place and day for which thresholds and code lists are looked up: any place of the placement and any day of the
  /// segment give the same.
  const program::Setting& setting() const { return setting_; }
  /// A variation says that the policy does not hold.
  bool omitted() const { return omitted_; }
  /// `applies when` alone: for sorting out the records that the version does not apply to. Not to be asked for where
  /// the policy has none.
  const program::Program& gate() const {
    if (!has_gate_.load(std::memory_order_acquire)) compile_gate();
    return *gate_;
  }
  /// `applies when` and all clauses.
  const program::Program& whole() const {
    if (!has_whole_.load(std::memory_order_acquire)) compile_whole();
    return whole_;
  }
  /// Asks for the program, long before it is read: of many segments, most are far away in memory.
  void fetch_program() const {
    if (has_whole_.load(std::memory_order_acquire)) whole_.fetch();
  }

 private:
  const Version* version_;
  model::Period days_;
  program::Setting setting_;
  mutable std::unique_ptr<const program::Program> gate_;
  mutable program::Program whole_;
  mutable std::once_flag gate_once_;
  mutable std::once_flag whole_once_;
  mutable std::atomic<bool> has_gate_{false};
  mutable std::atomic<bool> has_whole_{false};
  bool omitted_;

  void compile_gate() const;
  void compile_whole() const;
};

/// By place, and at the end for no place: the number of the placement; none where the policy does not hold. Most
/// policies share theirs with others.
using PlacementTable = std::vector<std::uint32_t>;

class PlacementTables {
 public:
  explicit PlacementTables(const model::Library& library) : library_(library) {}
  std::shared_ptr<const PlacementTable> of(const model::Policy& policy);

 private:
  const model::Library& library_;
  std::map<std::pair<std::vector<model::PlaceId>, std::vector<model::PlaceId>>, std::shared_ptr<const PlacementTable>>
      tables_;
};

/// One version of a policy, wherever and whenever it holds.
class alignas(64) Edition {
 public:
  /// `days` are those on which it holds; `forms` are its versions, by form.
  Edition(model::Period days, std::vector<const Version*> forms, PlacementTables& tables);

  const model::Policy& policy() const { return *forms_.front()->policy; }
  const model::Period& days() const { return days_; }
  model::FactId dated_by() const { return dated_by_; }
  model::FactId placed_by() const { return placed_by_; }
  const std::vector<const Version*>& forms() const { return forms_; }
  /// By placement, then by first day.
  const std::vector<Segment>& segments() const { return all_segments_; }
  std::size_t segment_count() const { return segment_count_; }
  const Segment& segment(std::size_t number) const { return segments_[number]; }
  /// Whether it makes a difference where a record belongs.
  bool asks_place() const { return asks_place_; }

  /// The number of the placement for a place (none: for no place); none where the policy does not hold.
  std::uint32_t placement(model::PlaceId place) const {
    if (places_ == 0) return 0;
    return placement_of_[place == model::none ? places_ - 1 : place];
  }
  /// The number of the placement's segment on a day of the edition.
  std::uint32_t segment_on(std::uint32_t placement, std::int32_t day) const {
    if (segment_count_ == 1) return 0;
    std::uint32_t number = first_segments_[placement];
    while (number + 1 < first_segments_[placement + 1] && segments_[number + 1].days().first <= day) ++number;
    return number;
  }
  /// The numbers of the placement's segments: first, and one past the last.
  std::pair<std::uint32_t, std::uint32_t> segments_of(std::uint32_t placement) const {
    return {first_segments_[placement], first_segments_[placement + 1]};
  }
  /// The placements in which some declared place is.
  const std::vector<std::uint32_t>& possible_placements() const { return possible_; }
  /// Whether there is a declared place in which the policy does not hold.
  bool may_not_hold() const { return may_not_hold_; }

 private:
  // What every decision reads comes first, on one line of the cache.
  model::Period days_;
  const std::uint32_t* placement_of_ = nullptr;  ///< into table_
  const Segment* segments_ = nullptr;            ///< of all_segments_
  std::uint32_t places_ = 0;                     ///< entries of the table; 0: one placement for all
  std::uint32_t segment_count_ = 0;
  model::FactId dated_by_ = model::none;
  model::FactId placed_by_ = model::none;
  bool asks_place_ = false;
  bool may_not_hold_ = false;
  std::vector<const Version*> forms_;
  std::vector<Segment> all_segments_;
  std::vector<std::uint32_t> first_segments_;  ///< by placement; one longer
  std::shared_ptr<const PlacementTable> table_;
  std::vector<std::uint32_t> possible_;
};

}  // namespace proviso::decide
