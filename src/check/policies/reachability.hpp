#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "model/library.hpp"

namespace proviso::check {

/// Whether a clause ever decides anything.
struct Reach {
  enum class Kind : std::uint8_t {
    open,            ///< it may, as far as is known
    constant,        ///< its condition is `truth` whatever the record
    after_constant,  ///< the earlier clause decides whatever the record
    decided_before,  ///< whatever meets it meets the earlier clause
  } kind = Kind::open;
  bool truth = false;
  std::size_t earlier = 0;  ///< the number of a clause of the same form
};

/// Which clauses of a policy decide something, as far as the shape of their conditions tells: what is not seen within a
/// number of steps counts as open. What was worked out of a condition is kept, so that definitions built on one another
/// are looked at once each.
class Reachability {
 public:
  explicit Reachability(const model::Library& library) : library_(library) {}

  /// How the written clause of that number is reached: open where that differs in a form that variations make of the
  /// policy and that has the clause.
  Reach in_every_form(const model::Policy& policy, std::size_t clause);

 private:
  const model::Library& library_;
  std::unordered_map<model::NodeId, std::optional<bool>> constants_;
  std::unordered_map<std::uint64_t, bool> implied_;  ///< by both conditions

  Reach in_form(const model::Form& form, std::size_t clause);
  std::optional<bool> constant_truth(model::NodeId id);
  std::optional<bool> constant_truth_of(const model::Node& node);
  std::optional<bool> constant_operands(const model::Node& node, bool absorbing);
  bool implies(model::NodeId later, model::NodeId earlier);
  bool parts_imply(model::NodeId later, model::NodeId earlier);
};

}  // namespace proviso::check
