#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "decide/decision.hpp"
#include "decide/engine.hpp"
#include "decide/needs.hpp"
#include "decide/reasons.hpp"
#include "decide/view.hpp"
#include "decide/walk.hpp"
#include "program/chunk.hpp"
#include "program/program.hpp"

namespace proviso::decide {

/// Decides chunks of records, with the memory that one thread needs for it. The engine must outlive it.
///
/// For each policy the records are sorted to its versions by their deciding dates, and to the days on which one program
/// serves; records that `applies when` excludes are left out; what remains is run through the program, all at once
/// where there are many and one by one where there are few, and then walked.
class Decider {
 public:
  explicit Decider(const Engine& engine);

  /// Decides every record of the chunk, which must be finished and of the engine's record. What was in `decisions` is
  /// replaced.
  void decide(const program::Chunk& chunk, Decisions& decisions);

 private:
  const Engine& engine_;
  const program::Chunk* chunk_ = nullptr;
  Decisions* decisions_ = nullptr;
  program::Workspace registers_;
  program::Workspace gate_registers_;
  Walk walk_;
  Needs needs_;
  Reasons reasons_;
  // Sets of records of the chunk.
  program::Plane pending_;   ///< no version of the policy is known to hold for them yet
  program::Plane undated_;   ///< an earlier version may hold: its deciding date is missing
  program::Plane selected_;  ///< those of one segment
  program::Plane walking_;   ///< those that no clause has decided yet
  program::Plane certain_;   ///< decided by planes alone, by clause deciding_clause_
  std::vector<std::uint32_t> deciding_clause_;
  /// Input problems of the chunk by record.
  std::vector<std::pair<std::size_t, const program::InputProblem*>> input_problems_;

  bool explains() const { return engine_.options().explain != Explain::none; }
  bool in_full() const { return engine_.options().explain == Explain::full; }

  // Which version and segment (decider.cpp).
  void decide_family(const Family& family);
  std::size_t select(const Version& version, const Segment& segment);
  void decide_undated(const Family& family, std::size_t record);
  bool may_apply_undated(const Version& version, std::size_t record);
  std::optional<std::int32_t> deciding_date(const Version& version, std::size_t record) const;
  program::Deciding deciding() const;
  void does_not_hold(const Family& family, std::size_t record);
  Decision new_decision(const Version& version, std::size_t record, bool holds) const;
  void sort_input_problems();

  // Running and walking (settle.cpp).
  void decide_selected(const Version& version, const Segment& segment, std::size_t count);
  void decide_together(const Version& version, const Segment& segment);
  void decide_alone(const Version& version, const Segment& segment, std::size_t record);
  void walk_planes(const Version& version);
  void decide_certain(const View& view, std::uint32_t clause);
  void decide_walked(const View& view);
  void settle(const View& view, const Walk& walk);
  void explain(const View& view, const Walk& walk, Decision& decision);
  void leave_out(const View& view);
  Range add_notes(const View& view, const Walk& walk, const Decision& decision);
  void add_input_notes(const View& view, const Walk& walk);
};

}  // namespace proviso::decide
