#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "trial/comparison/changes.hpp"

namespace proviso::trial {

/// Which changes are asked for, looked up in both libraries.
class Wanted {
 public:
  Wanted(const model::Library& old_library, const model::Library& new_library, const ChangeFilter& filter)
      : libraries_{&old_library, &new_library}, filter_(filter) {}

  /// Whether everything is asked for.
  bool all() const { return filter_.policies.empty() && anywhere() && !filter_.on; }
  /// Whether the place is the one asked for, inside it, or around it, in one of the libraries; no place is everywhere.
  bool place(const std::string& name) const;
  bool days(const model::Period& period) const;
  /// Whether the policy is asked for, and holds somewhere that is asked for.
  bool policy(const std::string& full_name) const;
  /// Whether such a policy reads it, with a version of the day asked for.
  bool read_by(const std::vector<Reader>& readers) const;
  /// Whether the value is in force somewhere and some day that are asked for: not replaced by a later one, nor by that
  /// of a smaller place. `Declared` is a threshold or a code list of the library, and the value one of its own.
  template <class Declared, class Value>
  bool in_force(const model::Library& library, const Declared& declared, const std::vector<Value>& values,
                const Value& value) const;

 private:
  const model::Library* libraries_[2];
  const ChangeFilter& filter_;

  bool anywhere() const { return filter_.place.empty(); }
  bool named(const std::string& full_name) const;
  bool holds(const std::string& full_name, bool that_day) const;
};

/// Leaves out what is not asked for.
void leave_out_unwanted(LibraryChanges& changes, const Wanted& wanted);

template <class Declared, class Value>
bool Wanted::in_force(const model::Library& library, const Declared& declared, const std::vector<Value>& values,
                      const Value& value) const {
  if (anywhere() && !filter_.on) return true;
  std::set<std::int32_t> days;
  if (filter_.on) {
    days.insert(*filter_.on);
  } else {
    // Between these days nothing changes.
    for (const Value& each : values) {
      days.insert(each.period.first);
      if (each.period.last != INT32_MAX) days.insert(each.period.last + 1);
    }
  }
  const auto at = [&](model::PlaceId place) {
    for (const std::int32_t day : days) {
      if (library.in_force(declared, place, day) == &value) return true;
    }
    return false;
  };
  const model::PlaceId wanted = anywhere() ? model::none : library.place(filter_.place);
  if (wanted == model::none && at(model::none)) return true;
  if (wanted == model::none && !anywhere()) return false;
  const model::PlaceId first = wanted == model::none ? 0 : wanted;
  for (model::PlaceId place = first; place < library.places.size() && library.inside(place, wanted); ++place) {
    if (at(place)) return true;
  }
  return false;
}

}  // namespace proviso::trial
