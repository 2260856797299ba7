#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/library.hpp"

/// The values that are drawn for facts: at, just below and just above what policies compare them with.
namespace proviso::trial {

/// A value for a fact as its lane holds it, or a date as it stands to the deciding date.
struct PoolValue {
  bool relative = false;  ///< a date: so many months, then days, then working days after the deciding date
  std::int32_t months = 0;
  std::int32_t days = 0;
  std::int32_t working_days = 0;
  std::int64_t bits = 0;  ///< of a value that is not relative

  friend bool operator==(const PoolValue&, const PoolValue&) = default;
};

/// Nothing where the date leaves the calendar.
std::optional<std::int64_t> resolved(const PoolValue& value, std::int32_t deciding);

/// What is drawn for one fact; of a list, for the facts of its elements and for how many there are.
struct Pool {
  model::FactId fact = model::none;
  std::vector<PoolValue> values;
  std::vector<std::uint32_t> lengths;
  std::vector<Pool> elements;
};

/// The most elements of a list that is drawn.
inline constexpr std::uint32_t most_elements = 40;

/// A policy's expressions and the fact that dates it.
struct PoolSource {
  std::vector<model::NodeId> roots;
  model::FactId dated_by = model::none;
  model::FactId placed_by = model::none;
  /// Money that is paid, and codes that lines are counted as: the price is drawn around the one, and what both read is
  /// drawn.
  std::vector<model::NodeId> amounts = {};
  model::FactId price = model::none;
};

/// The pools of all facts of the record itself that the expressions read, by fact; those of lists' elements are in
/// their lists'. `dated_by` and `placed_by` are there too.
std::vector<Pool> pools_of(const model::Library& library, std::uint32_t record, const std::vector<PoolSource>& sources);

}  // namespace proviso::trial
