#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model/library.hpp"

namespace proviso::settle {

/// What the policies, payments and agreements on a record ask of one of its relations: nothing else need be filled.
struct RelationReads {
  std::uint32_t relation = model::none;  ///< of Library::relations
  bool list = false;                     ///< its list
  bool rank = false;                     ///< the record's own number in it
  /// The facts of its elements: of the record, and of the other record that gives them.
  std::vector<std::pair<model::FactId, model::FactId>> elements;
};

/// Of the relations of `record`, those that something on it asks, in their order.
std::vector<RelationReads> relation_reads(const model::Library& library, std::uint32_t record);
/// Those that one of these policies asks.
std::vector<RelationReads> relation_reads(const model::Library& library, std::uint32_t record,
                                          const std::vector<const model::Policy*>& policies);

}  // namespace proviso::settle
