#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/library.hpp"
#include "trial/drawing/pool.hpp"

namespace proviso::trial {

/// What expressions compare one fact with.
struct Wishes {
  std::vector<std::int64_t> bits;  ///< values of the fact's own lane, at which some comparison changes
  std::vector<PoolValue> dates;    ///< days at which one does
  std::vector<std::pair<std::int64_t, std::int64_t>> codes;  ///< intervals, both ends included
  std::vector<std::int64_t> lengths;                         ///< of a list
};

/// Collects, from comparisons backwards through arithmetic, at which values of facts an expression changes.
class WishCollector {
 public:
  WishCollector(const model::Library& library, std::uint32_t record) : library_(library), record_(record) {}

  /// All that the expression reads.
  void collect(model::NodeId root, model::FactId dated_by);
  /// Money against what is paid at most: the fact is drawn around the constants of the amount.
  void hold_against(model::FactId price, model::NodeId amount);
  /// By fact; every fact that is read is there.
  std::map<model::FactId, Wishes>& wishes() { return wishes_; }

 private:
  using Bits = std::vector<std::int64_t>;
  using Moments = std::vector<PoolValue>;

  const model::Library& library_;
  std::uint32_t record_;
  model::FactId dated_by_ = model::none;
  std::unordered_set<model::NodeId> seen_;
  std::map<model::FactId, Wishes> wishes_;
  // Expressions share parts: each is looked at once.
  mutable std::unordered_map<model::NodeId, Bits> constants_;
  mutable std::unordered_map<model::NodeId, Moments> moments_;
  std::size_t steps_left_ = 0;  ///< of going back through the comparison's operands

  const model::Node& at(model::NodeId id) const { return library_.nodes[id]; }
  void visit(model::NodeId id);
  void read(model::FactId fact);
  void compare(model::NodeId a, model::NodeId b, std::int64_t numerator, std::int64_t denominator);
  void compare_with_table(const model::Node& node);
  void compare_in_hook(const model::Node& node);

  // What an expression may be, where constants say so.
  const Bits& constants(model::NodeId id) const;
  Bits find_constants(model::NodeId id) const;
  Bits constants_of_operands(const model::Node& node, std::size_t first) const;
  const Moments& moments(model::NodeId id) const;
  Moments find_moments(model::NodeId id) const;
  Moments shifted(const Moments& base, const model::Node& duration, const Bits& counts, int sign) const;

  // What operands should be for an expression to be that. `goes_on` is false where too many were asked already.
  bool goes_on() { return steps_left_ > 0 && steps_left_-- > 0; }
  void want(model::NodeId id, const Bits& wanted);
  void want_elapsed(const model::Node& node, const Bits& wanted);
  void want_codes(model::NodeId id, const std::vector<std::pair<std::int64_t, std::int64_t>>& intervals);
  void want_moments(model::NodeId id, const Moments& wanted);
};

}  // namespace proviso::trial
