#include "trial/drawing/drawn_relations.hpp"

#include <algorithm>

#include "trial/scenarios/given.hpp"
#include "value/decimal.hpp"

namespace proviso::trial {
namespace {

using model::GivenFact;
using model::GivenRecord;
using model::Relation;

GivenFact* known_in(GivenRecord& given, model::FactId fact) {
  const auto found = std::find_if(given.begin(), given.end(), [&](const GivenFact& each) { return each.fact == fact; });
  return found == given.end() || !found->constant.known ? nullptr : &*found;
}

/// Only facts that the elements were drawn with: others are read by nobody.
void take_keys(const Relation& relation, const GivenRecord& given, GivenRecord& element) {
  for (const auto& [own, other] : relation.keys) {
    const GivenFact* const key = find(given, own);
    const auto place = std::find_if(relation.elements.begin(), relation.elements.end(),
                                    [other = other](const auto& each) { return each.second == other; });
    if (key == nullptr || !key->constant.known || place == relation.elements.end()) continue;
    if (GivenFact* const drawn = known_in(element, place->first)) drawn->constant.bits = key->constant.bits;
  }
}

}  // namespace

void keep_possible(const model::Library& library, std::uint32_t record, GivenRecord& given) {
  for (const Relation& relation : library.relations) {
    if (relation.record != record) continue;
    GivenFact* const list = known_in(given, relation.list);
    if (list == nullptr) continue;
    const GivenFact* const rank = relation.rank == model::none ? nullptr : known_in(given, relation.rank);
    // A group has the record itself.
    std::size_t least = relation.group ? 1 : 0;
    if (rank != nullptr) least = static_cast<std::size_t>(rank->constant.bits / value::decimal_scale);
    if (list->elements.size() < least && least <= 100) {
      list->elements.resize(least, list->elements.empty() ? GivenRecord{} : list->elements.front());
    }
    for (GivenRecord& element : list->elements) take_keys(relation, given, element);
  }
}

}  // namespace proviso::trial
