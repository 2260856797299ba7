#include "model/library.hpp"

#include <algorithm>

namespace proviso::model {

Comparison mirrored(Comparison word) {
  switch (word) {
    case Comparison::less:
      return Comparison::greater;
    case Comparison::less_or_equal:
      return Comparison::greater_or_equal;
    case Comparison::greater:
      return Comparison::less;
    case Comparison::greater_or_equal:
      return Comparison::less_or_equal;
    case Comparison::equal:
    case Comparison::not_equal:
      break;
  }
  return word;
}

bool holds(std::int64_t a, Comparison word, std::int64_t b) {
  switch (word) {
    case Comparison::equal:
      return a == b;
    case Comparison::not_equal:
      return a != b;
    case Comparison::less:
      return a < b;
    case Comparison::less_or_equal:
      return a <= b;
    case Comparison::greater:
      return a > b;
    case Comparison::greater_or_equal:
      return a >= b;
  }
  return false;
}

FactId Record::find(LevelId level, std::string_view path) const {
  for (const FactId id : levels[level].facts) {
    if (facts[id].path == path) return id;
  }
  return none;
}

std::size_t KeyHash::operator()(const std::vector<std::int64_t>& key) const {
  std::uint64_t hash = 0x9e3779b97f4a7c15;
  for (const std::int64_t part : key) {
    hash ^= static_cast<std::uint64_t>(part);
    hash *= 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
  }
  return hash;
}

std::uint32_t Library::record(std::string_view name) const {
  const auto found =
      std::find_if(records.begin(), records.end(), [name](const Record& each) { return each.name == name; });
  return found == records.end() ? none : static_cast<std::uint32_t>(found - records.begin());
}

PlaceId Library::place(std::string_view name) const {
  const auto found = std::find_if(places.begin(), places.end(), [name](const Place& each) {
    return each.name == name || std::find(each.ods.begin(), each.ods.end(), name) != each.ods.end();
  });
  return found == places.end() ? none : static_cast<PlaceId>(found - places.begin());
}

namespace {

template <class Value>
const Value* in_force_at(const std::vector<Value>& values, PlaceId place, std::int32_t date) {
  const Value* latest = nullptr;
  for (const Value& value : values) {
    if (value.place != place || value.period.first > date) continue;
    if (latest == nullptr || latest->period.first <= value.period.first) latest = &value;
  }
  return latest != nullptr && latest->period.last >= date ? latest : nullptr;
}

template <class Value>
const Value* smallest_in_force(const Library& library, const std::vector<Value>& values, PlaceId place,
                               std::int32_t date) {
  for (; place != none; place = library.places[place].parent) {
    if (const Value* found = in_force_at(values, place, date)) return found;
  }
  return in_force_at(values, none, date);
}

}  // namespace

const ThresholdValue* Library::in_force(const Threshold& threshold, PlaceId place, std::int32_t date) const {
  return smallest_in_force(*this, threshold.values, place, date);
}

const CodeBlock* Library::in_force(const CodeList& list, PlaceId place, std::int32_t date) const {
  return smallest_in_force(*this, list.blocks, place, date);
}

bool Library::holds_in(const Policy& policy, PlaceId place) const {
  return policy.places.empty() || std::any_of(policy.places.begin(), policy.places.end(),
                                              [&](PlaceId each) { return place != none && inside(place, each); });
}

std::size_t Library::placement(const Policy& policy, PlaceId place) const {
  const auto begin = policy.placements.begin() + 1;
  const auto before = [](const Placement& each, PlaceId wanted) { return each.place < wanted; };
  for (; place != none; place = places[place].parent) {
    const auto found = std::lower_bound(begin, policy.placements.end(), place, before);
    if (found != policy.placements.end() && found->place == place) {
      return static_cast<std::size_t>(found - policy.placements.begin());
    }
  }
  return 0;
}

}  // namespace proviso::model
