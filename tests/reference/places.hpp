#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference/calendar.hpp"
#include "syntax/tree.hpp"

namespace proviso::reference {

/// The places of all files, looked for one by one. No place is an empty name: everything is inside it.
class Places {
 public:
  struct Declared {
    std::string name;
    std::vector<std::string> ods;
    std::string around;  ///< the next larger place; empty for an outermost one
  };

  void add(const syntax::PlacesDeclaration& declaration);

  const std::vector<Declared>& all() const { return all_; }
  /// The name of the place that is called so, by its name or by an ODS code.
  std::optional<std::string> called(const std::string& text) const;
  /// The place itself and those around it, smallest first; at the end no place.
  std::vector<std::string> outwards(const std::string& name) const;
  /// Whether `inner` is `outer` or inside it.
  bool inside(const std::string& inner, const std::string& outer) const;

 private:
  std::vector<Declared> all_;

  void add(const syntax::Place& place, const std::string& around);
};

/// Something that holds in a place (empty: everywhere) from one day to another, both included.
struct Held {
  std::string place;
  DayNumber first = 0;
  DayNumber last = last_day_number;

  bool on(DayNumber day) const { return first <= day && day <= last; }
};
/// The days of a period as written; all days where there is none.
Held held(const syntax::Tree& tree, const std::string& place, const std::optional<syntax::Period>& period);

/// Which of the values is in force in the place on the day: of the smallest place that contains it and has one in
/// force. Within one place it is the latest to begin, unless its last day has passed: an earlier one does not come
/// back.
std::optional<std::size_t> in_force(const Places& places, const std::vector<Held>& values, const std::string& place,
                                    DayNumber day);

}  // namespace proviso::reference
