#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"
#include "program/program.hpp"

/// Libraries by hand: records, nodes and loops without policy text.
namespace proviso::program::support {

using model::Comparison;
using model::FactId;
using model::LevelId;
using model::LoopId;
using model::NodeId;
using model::NodeKind;
using value::Kind;
using value::Truth;
using value::Type;

inline const Type truth_type{.kind = Kind::truth};
inline const Type number_type{.kind = Kind::number};
inline const Type date_type{.kind = Kind::date};
inline const Type months_type{.kind = Kind::duration, .duration = value::DurationKind::months};
inline const Type days_type{.kind = Kind::duration, .duration = value::DurationKind::days};
inline const Type either_type{.kind = Kind::duration, .duration = value::DurationKind::either};
inline const Type code_type{.kind = Kind::code, .system = value::CodeSystem::opcs4};
inline const Type snomed_type{.kind = Kind::code, .system = value::CodeSystem::snomed};

/// Decimals: `number(2)` is 2, `millionths(1)` is 0.000001.
constexpr std::int64_t number(std::int64_t whole) { return whole * 1'000'000; }

/// Days since 1970-01-01 of `2019-04-01`.
std::int32_t date(std::string_view text);

class Builder {
 public:
  Builder();

  FactId fact(std::string name, Type type, LevelId level = 0);
  FactId measured(std::string name, Type type, std::int32_t valid, value::DurationKind kind, LevelId level = 0);
  /// A list and the level of its elements; a plain list has its one fact made here.
  FactId list(std::string name, LevelId level = 0);
  FactId plain_list(std::string name, Type element, LevelId level = 0);
  LevelId elements(FactId list) const { return library.records[0].facts[list].elements; }

  LoopId loop(FactId list, LoopId enclosing = model::none, LoopId owner = model::none);

  NodeId node(NodeKind kind, Type type, std::vector<NodeId> operands = {});
  NodeId constant(Type type, std::int64_t bits);
  NodeId yes() { return constant(truth_type, 1); }
  NodeId no() { return constant(truth_type, 0); }
  NodeId unknown(Type type) { return node(NodeKind::unknown, type); }
  NodeId of(FactId fact, LoopId loop = model::none);
  NodeId truth(NodeKind kind, std::vector<NodeId> operands) { return node(kind, truth_type, std::move(operands)); }
  NodeId compare(Comparison comparison, NodeId a, NodeId b);
  NodeId at_least(std::int64_t wanted, std::vector<NodeId> operands);
  NodeId list_form(NodeKind kind, Type type, LoopId loop, std::vector<NodeId> operands);

  model::Node& operator[](NodeId id) { return library.nodes[id]; }

  model::Library library;
};

/// A program run over a chunk in every way there is: all at once with each set of kernels, and record by record. The
/// constructor fails the test where two of them differ in the value of any node at any row, or in the problems.
class Run {
 public:
  Run(const Builder& builder, const std::vector<NodeId>& roots, const Chunk& chunk, const Deciding& deciding = {},
      FactId dated_by = model::none, std::int32_t on = 0);

  Truth truth(NodeId node, std::size_t row = 0, LoopId at = model::none) const {
    return workspace.truth(node, row, at);
  }
  std::optional<std::int64_t> value(NodeId node, std::size_t row = 0, LoopId at = model::none) const {
    return workspace.value(node, row, at);
  }
  /// The reasons of the problems of a row, in the order of the nodes.
  std::vector<std::string> problems(std::size_t row = 0) const;

  Program program;
  Workspace workspace;
};

/// What a run says of everything that the roots depend on, for one record: values, bounds, rows of loops, problems.
std::string describe(const Program& program, const Workspace& workspace, const model::Library& library,
                     std::size_t row);

}  // namespace proviso::program::support
