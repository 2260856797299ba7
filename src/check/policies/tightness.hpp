#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "model/library.hpp"

namespace proviso::check {

/// One of two policies that are compared: what it says in a place on a day.
struct Side {
  const model::Form* form;
  model::PlaceId place;
};

/// Whether what meets one condition surely meets another, and whether one form of a policy lets through no more than
/// another: as far as their structure tells, never by trying records. What two nodes were found to be to each other is
/// kept, so that definitions built on one another are compared once each; past a number of comparisons nothing more is
/// shown.
class Tightness {
 public:
  Tightness(const model::Library& library, std::int32_t day) : library_(library), day_(day) {}

  /// Nothing where `strict` is shown to apply to all records that `loose` applies to, to approve and exempt none that
  /// `loose` does not, and to refuse all that it refuses; else what could not be shown: `criterion `bmi``. `applies` is
  /// the `applies when` of both, or none.
  std::optional<std::string> not_shown(model::NodeId applies, const Side& strict, const Side& loose) const;

 private:
  const model::Library& library_;
  std::int32_t day_;
  using Pair = std::tuple<model::NodeId, model::PlaceId, model::NodeId, model::PlaceId>;
  mutable std::map<Pair, bool> same_;
  mutable std::map<Pair, bool> implied_;

  using Node = model::Node;
  using NodeId = model::NodeId;
  using PlaceId = model::PlaceId;

  /// How lenient the clauses after one are, at least and at most.
  struct After {
    int least;
    int most;
  };
  std::optional<std::string> not_shown(const model::Clause& strict, PlaceId strict_place, const model::Clause& loose,
                                       PlaceId loose_place, After after) const;
  bool gives_the_same(const model::Clause& a, PlaceId a_place, const model::Clause& b, PlaceId b_place) const;
  bool implies(NodeId a, PlaceId a_place, NodeId b, PlaceId b_place) const;
  bool parts_imply(NodeId a, PlaceId a_place, NodeId b, PlaceId b_place) const;
  bool any_operand_implies(const Node& a, PlaceId a_place, NodeId b, PlaceId b_place) const;
  bool implies_any_operand(NodeId a, PlaceId a_place, const Node& b, PlaceId b_place) const;
  bool at_least_implies(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const;
  bool comparison_implies(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const;
  bool between_implies(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const;
  bool codes_imply(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const;
  bool set_implies(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const;
  bool same_value(NodeId a, PlaceId a_place, NodeId b, PlaceId b_place) const;
  bool same_operation(const Node& p, PlaceId a_place, const Node& q, PlaceId b_place) const;
  struct Moved {
    NodeId from;
    value::DurationKind kind;
    std::int64_t count;
  };
  std::optional<Moved> moved(NodeId id, PlaceId place) const;
  std::optional<std::int64_t> difference(NodeId a, PlaceId a_place, NodeId b, PlaceId b_place) const;
  /// Of a constant or threshold.
  std::optional<std::int64_t> value(NodeId id, PlaceId place) const;
  NodeId seen_through(NodeId id) const;
};

}  // namespace proviso::check
