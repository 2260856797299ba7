#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model/library.hpp"

/// Changes to a checked library that can be made and taken back in no time.
namespace proviso::trial {

/// Nodes of a library are in the order of evaluation, so that a node for which a change needs room must stand before
/// those that use it. In a spaced library each node has that many spare ones in front of it, which nothing uses.
inline constexpr model::NodeId spare_nodes = 2;

/// The same library, its nodes spaced.
model::Library spaced(const model::Library& library);

/// A spare node of the node, by number from 0: its operands may be those of the node.
inline model::NodeId spare(model::NodeId node, model::NodeId number) { return node - spare_nodes + number; }
/// Spare nodes in front of all others, for constants.
inline constexpr model::NodeId first_spare = 0;

/// The parts of a library that a change replaces, each at most once, with what is to stand there instead.
struct Edit {
  struct OfNode {
    model::NodeId id;
    model::Node content;
  };
  struct OfClause {
    std::uint32_t policy;
    std::uint32_t form;
    std::uint32_t clause;
    model::Clause content;
  };
  struct OfThreshold {
    std::uint32_t threshold;
    std::uint32_t value;
    model::ThresholdValue content;
  };
  struct OfCodes {
    std::uint32_t list;
    std::uint32_t block;
    model::CodeBlock content;
  };
  struct OfVariation {
    std::uint32_t variation;
    model::Period content;
  };
  struct OfPolicy {
    std::uint32_t policy;
    model::Period effective;
    std::vector<model::Placement> placements;
  };
  std::vector<OfNode> nodes;
  std::vector<OfClause> clauses;
  std::vector<OfThreshold> thresholds;
  std::vector<OfCodes> codes;
  std::vector<OfVariation> variations;
  std::vector<OfPolicy> policies;

  // What is to stand there: at first what stands there now.
  model::Node& node(const model::Library& library, model::NodeId id);
  model::Clause& clause(const model::Library& library, std::uint32_t policy, std::uint32_t form, std::uint32_t clause);
  model::ThresholdValue& threshold(const model::Library& library, std::uint32_t threshold, std::uint32_t value);
  OfPolicy& policy(const model::Library& library, std::uint32_t policy);
};

/// Puts what the edit holds into the library, and what stood there into the edit: done twice, all is as before.
void exchange(model::Library& library, Edit& edit);

/// The edit is in force for as long as this lives.
class Edited {
 public:
  Edited(model::Library& library, Edit& edit) : library_(library), edit_(edit) { exchange(library_, edit_); }
  ~Edited() { exchange(library_, edit_); }
  Edited(const Edited&) = delete;
  Edited& operator=(const Edited&) = delete;

 private:
  model::Library& library_;
  Edit& edit_;
};

}  // namespace proviso::trial
