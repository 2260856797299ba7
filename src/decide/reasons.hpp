#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "decide/decision.hpp"
#include "decide/engine.hpp"
#include "decide/view.hpp"
#include "decide/walk.hpp"

namespace proviso::decide {

/// Reads from the registers why a record was decided as it was. One for each thread, used again for every record.
class Reasons {
 public:
  explicit Reasons(const Engine& engine);

  /// The criteria that made the clause `decided` decide: its own; for `otherwise` those that made the clauses before it
  /// fail, exemptions apart. Parents come before what is inside them.
  Range deciding(const View& view, const Walk& walk, std::uint32_t decided, Decisions& decisions);
  /// The unknown criteria that keep the outcome open.
  Range open(const View& view, const Walk& walk, Decisions& decisions);
  /// All items of the version, in its order.
  Range all(const View& view, Decisions& decisions);
  /// That `applies when` is no.
  Range not_applying(const View& view, Decisions& decisions);
  /// What the amount and the code that a payment's clause gives were worked out from.
  Range worked_out(const View& view, std::uint32_t clause, Decisions& decisions) const;
  /// The facts whose value was assumed, among those that `applies when` and the first `tried` clauses read, and the
  /// amount and code of the clause `decided` (none: of no clause).
  Range assumed(const View& view, std::size_t tried, std::uint32_t decided, Decisions& decisions);

 private:
  const Engine& engine_;
  std::uint32_t visit_ = 0;
  std::vector<std::uint32_t> fact_visits_;

  void add(const View& view, std::uint32_t item, value::Truth result, Decisions& decisions) const;
  void add_deciding(const View& view, std::uint32_t item, value::Truth result, Decisions& decisions) const;
  void add_assumed(const View& view, const Facts& facts, Decisions& decisions);
};

/// The rows of a level of the chunk that are below one record: first, and one past the last.
std::pair<std::size_t, std::size_t> rows_below(const program::Chunk& chunk, model::LevelId level, std::size_t record);

}  // namespace proviso::decide
