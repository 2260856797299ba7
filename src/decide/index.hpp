#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "decide/edition.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"

/// Which policies may apply to a record, found from one of its facts: a thousand that do not apply cost nothing.
namespace proviso::decide {

/// The versions of one policy, by first day.
struct Family {
  std::string name;  ///< `england.ebi.tonsillectomy`
  std::vector<const Edition*> editions;
};

using FamilyId = std::uint32_t;

/// Values of a fact: sorted, disjoint intervals, both ends included.
struct FactValues {
  model::FactId fact;
  std::vector<std::pair<std::int64_t, std::int64_t>> intervals;
};

/// What must hold of facts of the record for the condition not to be no: the fact is unknown, or has one of the values.
/// No more than what can be read from code lists and constants; a fact that is not there may have any value. `settings`
/// are those in which the condition is asked.
std::vector<FactValues> necessary_values(const model::Library& library, const model::Record& record,
                                         model::NodeId condition, const std::vector<program::Setting>& settings);

/// Policies by the value of a fact that each of them asks of a record, and by the places where they hold.
class Index {
 public:
  Index() = default;
  Index(const model::Library& library, const model::Record& record, const std::vector<Family>& families);

  /// Families that may apply to any record.
  const std::vector<FamilyId>& always() const { return always_; }
  /// How many families are looked up.
  std::size_t size() const { return indexed_; }

  /// Calls `use` with a family for each that may apply to the record, other than those of always(). One family may come
  /// twice.
  template <typename Use>
  void find(const program::Chunk& chunk, std::size_t record, Use use) const {
    for (const OfFact& each : facts_) {
      const std::pair<const FamilyId*, const FamilyId*> found = find(each, chunk, record);
      for (const FamilyId* family = found.first; family != found.second; ++family) use(*family);
    }
  }

 private:
  using Found = std::pair<const FamilyId*, const FamilyId*>;

  /// The families for a value, in a place and in those around it.
  struct InPlace {
    model::PlaceId place;  ///< none: everywhere
    std::uint32_t first;   ///< in OfFact::families
    std::uint32_t last;
  };
  /// Values of which each has the same families: from `start` up to the next one's.
  struct Interval {
    std::uint32_t first_place;  ///< in OfFact::places, ascending: what holds everywhere is last
    std::uint32_t last_place;
    std::uint32_t first_any;  ///< in OfFact::families: in whatever place
    std::uint32_t last_any;
  };
  struct OfFact {
    model::FactId fact = model::none;
    model::FactId placed_by = model::none;
    bool narrow = false;
    std::vector<std::int64_t> starts;
    std::vector<Interval> intervals;  ///< as starts
    std::vector<InPlace> places;
    std::vector<FamilyId> families;
    std::vector<FamilyId> all;
  };
  struct Entry;

  std::vector<FamilyId> always_;
  std::vector<OfFact> facts_;
  std::vector<model::PlaceId> parents_;  ///< by place
  std::size_t indexed_ = 0;

  Found find(const OfFact& index, const program::Chunk& chunk, std::size_t record) const;
  void fill(OfFact& index, const std::vector<Entry>& entries) const;
  void add_interval(OfFact& index, const std::vector<std::pair<model::PlaceId, FamilyId>>& families) const;
};

}  // namespace proviso::decide
