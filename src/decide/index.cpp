#include "decide/index.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace proviso::decide {

/// One interval of values for which a family may apply.
struct Index::Entry {
  std::int64_t first;
  std::int64_t last;
  FamilyId family;
  std::vector<model::PlaceId> places;  ///< empty: everywhere
};

namespace {

std::vector<program::Setting> settings_of(const Edition& edition) {
  std::vector<program::Setting> settings;
  for (const Segment& segment : edition.segments()) settings.push_back(segment.setting());
  return settings;
}

/// What all versions of the policy ask of one fact; nothing where there is no fact of which all ask something.
std::optional<FactValues> common_values(const model::Library& library, const model::Record& record,
                                        const Family& family) {
  std::vector<FactValues> common;
  for (const Edition* edition : family.editions) {
    std::vector<FactValues> each = necessary_values(library, record, edition->policy().applies, settings_of(*edition));
    if (edition == family.editions.front()) {
      common = std::move(each);
      continue;
    }
    std::vector<FactValues> both;
    for (FactValues& known : common) {
      for (const FactValues& further : each) {
        if (known.fact != further.fact) continue;
        known.intervals.insert(known.intervals.end(), further.intervals.begin(), further.intervals.end());
        both.push_back(std::move(known));
        break;
      }
    }
    common = std::move(both);
  }
  if (common.empty()) return std::nullopt;
  return std::move(common.front());
}

/// Where some version of the policy holds; empty: everywhere.
std::vector<model::PlaceId> places_of(const Family& family) {
  std::vector<model::PlaceId> places;
  for (const Edition* edition : family.editions) {
    const std::vector<model::PlaceId>& each = edition->policy().places;
    if (each.empty()) return {};
    places.insert(places.end(), each.begin(), each.end());
  }
  return places;
}

/// The fact by which all versions are placed; nothing where they differ.
std::optional<model::FactId> placed_by(const Family& family) {
  const model::FactId first = family.editions.front()->policy().placed_by;
  for (const Edition* edition : family.editions) {
    if (edition->policy().placed_by != first) return std::nullopt;
  }
  return first;
}

}  // namespace

Index::Index(const model::Library& library, const model::Record& record, const std::vector<Family>& families) {
  for (const model::Place& place : library.places) parents_.push_back(place.parent);
  std::map<std::pair<model::FactId, model::FactId>, std::vector<Entry>> placed;  // by fact and fact of the place
  std::map<model::FactId, std::vector<Entry>> everywhere;                        // by fact
  for (FamilyId id = 0; id < families.size(); ++id) {
    const std::optional<FactValues> values = common_values(library, record, families[id]);
    if (!values) {
      always_.push_back(id);
      continue;
    }
    ++indexed_;
    std::vector<model::PlaceId> places = places_of(families[id]);
    const std::optional<model::FactId> by = placed_by(families[id]);
    if (!by || *by == model::none) places.clear();
    std::vector<Entry>& entries = places.empty() ? everywhere[values->fact] : placed[{values->fact, *by}];
    for (const auto& [first, last] : values->intervals) entries.push_back({first, last, id, places});
  }
  for (auto& [facts, entries] : placed) {
    OfFact& index = facts_.emplace_back();
    index.fact = facts.first;
    index.placed_by = facts.second;
    const auto further = everywhere.find(facts.first);
    if (further != everywhere.end()) {
      std::move(further->second.begin(), further->second.end(), std::back_inserter(entries));
      everywhere.erase(further);
    }
    fill(index, entries);
  }
  for (auto& [fact, entries] : everywhere) {
    OfFact& index = facts_.emplace_back();
    index.fact = fact;
    fill(index, entries);
  }
  for (OfFact& index : facts_) {
    index.narrow = value::lane_of(record.facts[index.fact].type) == value::Lane::narrow;
  }
}

/// Goes over the values upwards, with the families of each stretch of values.
void Index::fill(OfFact& index, const std::vector<Entry>& entries) const {
  std::set<FamilyId> all;
  std::multimap<std::int64_t, const Entry*> begins;
  std::multimap<std::int64_t, const Entry*> ends;  // by the first value that is no longer in it
  std::set<std::int64_t> starts;
  for (const Entry& entry : entries) {
    all.insert(entry.family);
    begins.emplace(entry.first, &entry);
    starts.insert(entry.first);
    if (entry.last == INT64_MAX) continue;
    ends.emplace(entry.last + 1, &entry);
    starts.insert(entry.last + 1);
  }
  index.all.assign(all.begin(), all.end());
  std::multiset<std::pair<model::PlaceId, FamilyId>> open;
  const auto each_place = [](const Entry& entry, auto use) {
    if (entry.places.empty()) use(std::pair(model::none, entry.family));
    for (const model::PlaceId place : entry.places) use(std::pair(place, entry.family));
  };
  for (const std::int64_t start : starts) {
    for (auto [each, last] = ends.equal_range(start); each != last; ++each) {
      each_place(*each->second, [&](const auto& family) { open.erase(open.find(family)); });
    }
    for (auto [each, last] = begins.equal_range(start); each != last; ++each) {
      each_place(*each->second, [&](const auto& family) { open.insert(family); });
    }
    index.starts.push_back(start);
    add_interval(index, {open.begin(), open.end()});
  }
}

/// `families` by place, those everywhere last. Each place has the families of the places around it too.
void Index::add_interval(OfFact& index, const std::vector<std::pair<model::PlaceId, FamilyId>>& families) const {
  Interval interval{};
  std::vector<FamilyId> found;
  const auto keep = [&] {
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    index.families.insert(index.families.end(), found.begin(), found.end());
    found.clear();
  };
  const auto add_all = [&](auto first) {
    const model::PlaceId place = first->first;
    for (; first != families.end() && first->first == place; ++first) found.push_back(first->second);
  };
  const auto first_in = [&](model::PlaceId place) {
    return std::lower_bound(families.begin(), families.end(), std::pair(place, FamilyId{0}));
  };
  interval.first_place = static_cast<std::uint32_t>(index.places.size());
  for (auto each = families.begin(); each != families.end();) {
    const model::PlaceId place = each->first;
    const auto first = static_cast<std::uint32_t>(index.families.size());
    for (model::PlaceId around = place;; around = parents_[around]) {
      const auto there = first_in(around);
      if (there != families.end() && there->first == around) add_all(there);
      if (around == model::none) break;
    }
    keep();
    index.places.push_back({place, first, static_cast<std::uint32_t>(index.families.size())});
    while (each != families.end() && each->first == place) ++each;
  }
  interval.last_place = static_cast<std::uint32_t>(index.places.size());
  interval.first_any = static_cast<std::uint32_t>(index.families.size());
  for (const auto& [place, family] : families) found.push_back(family);
  keep();
  interval.last_any = static_cast<std::uint32_t>(index.families.size());
  index.intervals.push_back(interval);
}

Index::Found Index::find(const OfFact& index, const program::Chunk& chunk, std::size_t record) const {
  const auto range = [&index](std::uint32_t first, std::uint32_t last) {
    return Found{index.families.data() + first, index.families.data() + last};
  };
  const program::Column& column = chunk.column(index.fact);
  if (!program::bit(column.known, record)) return {index.all.data(), index.all.data() + index.all.size()};
  const std::int64_t value = index.narrow ? column.narrow[record] : column.wide[record];
  const auto next = std::upper_bound(index.starts.begin(), index.starts.end(), value);
  if (next == index.starts.begin()) return {};
  const Interval& interval = index.intervals[static_cast<std::size_t>(next - index.starts.begin()) - 1];
  model::PlaceId place = model::none;
  if (index.placed_by != model::none) {
    const program::Column& places = chunk.column(index.placed_by);
    if (!program::bit(places.known, record)) return range(interval.first_any, interval.last_any);
    place = static_cast<model::PlaceId>(places.narrow[record]);
  }
  const InPlace* first = index.places.data() + interval.first_place;
  const InPlace* last = index.places.data() + interval.last_place;
  const auto before = [](const InPlace& each, model::PlaceId wanted) { return each.place < wanted; };
  for (;; place = parents_[place]) {
    const InPlace* found = std::lower_bound(first, last, place, before);
    if (found != last && found->place == place) return range(found->first, found->last);
    if (place == model::none) return {};
  }
}

}  // namespace proviso::decide
