#include "trial/comparison/changes_filter.hpp"

#include <algorithm>

namespace proviso::trial {
namespace {

bool bears(const std::string& full_name, const std::string& wanted) {
  return full_name == wanted ||
         (full_name.size() > wanted.size() + 1 &&
          full_name.compare(full_name.size() - wanted.size() - 1, std::string::npos, "." + wanted) == 0);
}

}  // namespace

bool Wanted::place(const std::string& name) const {
  if (anywhere() || name.empty()) return true;
  return std::any_of(std::begin(libraries_), std::end(libraries_), [&](const model::Library* library) {
    const model::PlaceId one = library->place(name);
    const model::PlaceId other = library->place(filter_.place);
    return one != model::none && other != model::none && (library->inside(one, other) || library->inside(other, one));
  });
}

bool Wanted::days(const model::Period& period) const { return !filter_.on || period.contains(*filter_.on); }

bool Wanted::named(const std::string& full_name) const {
  return filter_.policies.empty() || std::any_of(filter_.policies.begin(), filter_.policies.end(),
                                                 [&](const std::string& each) { return bears(full_name, each); });
}

bool Wanted::holds(const std::string& full_name, bool that_day) const {
  if (anywhere() && !(that_day && filter_.on)) return true;
  return std::any_of(std::begin(libraries_), std::end(libraries_), [&](const model::Library* library) {
    const auto there = [&](const model::Policy& policy, const model::Period& period) {
      if (policy.full_name() != full_name || (that_day && !days(period))) return false;
      return policy.places.empty() || std::any_of(policy.places.begin(), policy.places.end(), [&](model::PlaceId each) {
               return place(library->places[each].name);
             });
    };
    return std::any_of(library->policies.begin(), library->policies.end(),
                       [&](const model::Policy& policy) { return there(policy, policy.effective); }) ||
           std::any_of(library->agreements.begin(), library->agreements.end(),
                       [&](const model::Agreement& each) { return there(each.lines, each.period); });
  });
}

bool Wanted::policy(const std::string& full_name) const { return named(full_name) && holds(full_name, false); }

bool Wanted::read_by(const std::vector<Reader>& readers) const {
  return all() || std::any_of(readers.begin(), readers.end(),
                              [&](const Reader& reader) { return named(reader.policy) && holds(reader.policy, true); });
}

void leave_out_unwanted(LibraryChanges& result, const Wanted& wanted) {
  if (wanted.all()) return;
  auto& things = result.things;
  const auto unwanted_thing = [&](const ChangedThing& thing) {
    if (thing.what == "policy" || thing.what == "agreement") return !wanted.policy(thing.name);
    if (thing.what == "places") return !wanted.policy({});
    return !wanted.read_by(thing.read_by);
  };
  const auto unwanted_change = [&](const TextChange& change) {
    return !wanted.days(change.days) || !wanted.place(change.place);
  };
  for (ChangedThing& thing : things) {
    auto& changes = thing.changes;
    changes.erase(std::remove_if(changes.begin(), changes.end(), unwanted_change), changes.end());
  }
  things.erase(
      std::remove_if(things.begin(), things.end(),
                     [&](const ChangedThing& thing) { return thing.changes.empty() || unwanted_thing(thing); }),
      things.end());
}

}  // namespace proviso::trial
