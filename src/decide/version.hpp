#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "program/program.hpp"

/// A policy version as it is decided on: its clauses and criteria laid flat with what each of them reads, and its
/// programs.
namespace proviso::decide {

/// Something that a criterion reads and that an explanation shows.
struct Read {
  enum class What : std::uint8_t {
    fact,       ///< fact `index` of the record, through node `node`; a list is shown for the facts of its elements
    threshold,  ///< threshold `index`
    aggregate,  ///< the value of the `count`, `sum`, ... that is `node`, over the list that is fact `index`
  };
  What what;
  std::uint32_t index;
  model::NodeId node;
};

/// A criterion; or a whole clause; or, first in every version, `applies when` and `dated by`. Items stand in the order
/// of the policy, each before those inside it.
struct Item {
  std::string_view name;
  std::string_view label;
  std::string_view expression;
  model::GroupKind kind = model::GroupKind::expression;
  model::NodeId node = model::none;
  std::uint32_t end = 0;    ///< one past the last item inside this one
  std::uint32_t depth = 0;  ///< 0 for a clause
  /// What an expression reads, each once, left to right, through definitions. Empty for groups.
  std::vector<Read> reads;

  bool is_group() const { return kind != model::GroupKind::expression; }
};

/// The facts of a clause, those of its criteria and of the elements of lists too.
struct Facts {
  std::vector<model::FactId> all;      ///< ascending
  std::vector<model::FactId> assumed;  ///< those for which the record's declaration has a value to assume
};

/// The days between two changes of what a version depends on. Programs are compiled when first asked for.
class Segment {
 public:
  Segment(const model::Library& library, const model::Policy& policy, model::Period days);

  const model::Period& days() const { return days_; }
  /// The day for which thresholds and code lists are looked up: any day of the segment gives the same.
  std::int32_t day() const;
  /// `applies when` alone: for sorting out the records that the version does not apply to. Not to be asked for where
  /// the policy has none.
  const program::Program& gate() const;
  /// `applies when` and all clauses.
  const program::Program& whole() const;

 private:
  const model::Library* library_;
  const model::Policy* policy_;
  model::Period days_;
  mutable std::once_flag gate_once_;
  mutable std::once_flag whole_once_;
  mutable std::optional<program::Program> gate_;
  mutable std::optional<program::Program> whole_;
};

struct Version {
  static constexpr std::uint32_t applies_item = 0;
  static constexpr std::uint32_t dated_item = 1;

  const model::Policy* policy = nullptr;
  std::uint32_t number = 0;      ///< in Engine::versions()
  std::uint32_t first_item = 0;  ///< the number of items[0] among those of all versions
  std::vector<Item> items;
  std::vector<std::uint32_t> clause_items;         ///< by clause, the item that is the whole of it
  std::vector<Facts> clause_facts;                 ///< by clause
  Facts applies_facts;                             ///< of `applies when` and `dated by`
  std::vector<std::unique_ptr<Segment>> segments;  ///< by first day, without gaps over the version's period

  bool has_gate() const { return policy->applies != model::none; }
};

/// `days` are those on which the version holds. `number` and `first_item` are left to the caller.
Version lay_out(const model::Library& library, const model::Policy& policy, model::Period days);

/// The list of the record that holds the elements of `level`, and so the fact that is asked for in the name of theirs;
/// none for the record's own level.
model::FactId outermost_list(const model::Record& record, model::LevelId level);

}  // namespace proviso::decide
