#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "decide/view.hpp"
#include "model/library.hpp"

/// The limits in a policy: comparisons with a threshold or with a value that is written there.
namespace proviso::trial {

/// One side of a comparison is the limit; the other is what is held against it.
struct Limit {
  model::NodeId comparison;
  model::NodeId fact_side;
  model::NodeId limit_side;
  model::NodeId limit;           ///< the threshold or constant that takes part in limit_side
  std::int64_t fact_factor = 1;  ///< sides are compared after these: they may be in different units
  std::int64_t limit_factor = 1;
  bool whole_units = false;  ///< fact_side counts something, or years and the like: a step is one
};

/// Whether values of the type have an order in which there is a next one.
bool is_ordered(const value::Type& type);

/// The limits in an expression, left to right, through definitions and lists, each comparison once for all calls that
/// share `seen`.
std::vector<Limit> limits_in(const model::Library& library, model::NodeId root, decide::SeenNodes& seen);

/// Where a record stands to a limit: bits of below, at, above.
struct Position {
  static constexpr unsigned below = 1;
  static constexpr unsigned at = 2;
  static constexpr unsigned above = 4;
};
/// Of a record after a run; more than one where the comparison is made for several elements of a list. Further than a
/// step away is nothing.
unsigned position(const decide::View& view, const Limit& limit);

/// Whether the side can never be below (above) that limit, as is plain of counts and of the ends of scales.
bool nothing_below(const model::Library& library, const model::Record& record, const Limit& limit, std::int64_t bits);
bool nothing_above(const model::Library& library, const Limit& limit, std::int64_t bits);

/// An expression that has a value, as the language writes it.
std::string spell(const model::Library& library, const model::Record& record, model::NodeId id);

}  // namespace proviso::trial
