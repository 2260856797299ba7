#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
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
/// For each policy the records that may be its own are sorted to its versions by their deciding dates and places, and
/// to the segments in which one program serves; records that `applies when` excludes are left out; what remains is run
/// through the program, all at once where there are many and one by one where there are few, and then walked. Payments
/// are decided as policies are; what they pay is then worked out, and the least of it is what the record is paid.
class Decider {
 public:
  explicit Decider(const Engine& engine);

  /// Decides every record of the chunk, which must be finished and of the engine's record. What was in `decisions` is
  /// replaced.
  void decide(const program::Chunk& chunk, Decisions& decisions);

 private:
  using Records = std::vector<std::uint32_t>;  ///< numbers of records of the chunk, ascending

  const Engine& engine_;
  const program::Chunk* chunk_ = nullptr;
  Decisions* decisions_ = nullptr;
  program::Workspace registers_;
  program::Workspace gate_registers_;
  Walk walk_;
  std::vector<std::uint32_t> results_;  ///< of the clauses that remain in walk_
  Needs needs_;
  Reasons reasons_;

  // The records of each policy, where they are looked up (candidates.cpp): a list for each family.
  struct Candidate {
    std::uint32_t record;
    std::uint32_t next;
  };
  struct Candidates {
    std::uint32_t first = model::none;
    std::uint32_t last = model::none;
  };
  std::vector<Candidate> candidates_;
  std::vector<Candidates> by_family_;
  std::vector<FamilyId> found_;

  // The records of one policy.
  bool everyone_ = false;  ///< all records of the chunk are pending, and not listed
  Records pending_;        ///< no version of the policy is known to hold for them yet
  Records open_;           ///< a version may hold: the deciding date is missing, or the place
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted_;  ///< segment and record
  std::vector<std::uint32_t> counts_;                            ///< by segment; all nought between two uses
  std::vector<std::uint32_t> touched_;                           ///< the segments that have records
  Records selected_;                                             ///< those of one segment
  std::vector<const Segment*> possible_;  ///< those that may hold for one record whose date or place is missing

  std::vector<std::int32_t> days_of_change_;  ///< of one record's measurements

  // Sets of records of the chunk.
  program::Plane running_;  ///< those that are run together
  program::Plane walking_;  ///< those of them that no clause has decided yet
  program::Plane certain_;  ///< decided by planes alone, by clause deciding_clause_
  std::vector<std::uint32_t> deciding_clause_;

  /// Input problems of the chunk by record.
  std::vector<std::pair<std::size_t, const program::InputProblem*>> input_problems_;

  bool explains() const { return engine_.options().explain != Explain::none; }
  bool in_full() const { return engine_.options().explain == Explain::full; }

  // Which records a policy may apply to (candidates.cpp).
  void decide_candidates();
  void fetch_found() const;
  void add_candidate(FamilyId family, std::uint32_t record);
  void sort_input_problems();

  // Which version and segment (decider.cpp).
  enum class Found : std::uint8_t { segment, elsewhere, open };
  void decide_family(FamilyId family, bool looked_up);
  void decide_edition(const Edition& edition, bool looked_up);
  static bool is_one_segment(const Edition& edition);
  void decide_everyone(const Edition& edition);
  Found find_segment(const Edition& edition, std::uint32_t record, std::uint32_t& number) const;
  void sort_to_segments(const Edition& edition);
  void decide_segments(const Edition& edition, bool looked_up);
  std::optional<std::int32_t> deciding_date(model::FactId dated_by, std::size_t record) const;
  bool lacks_date(model::FactId dated_by, std::size_t record) const;
  bool lacks_place(const Edition& edition, std::size_t record) const;
  model::PlaceId place_of(model::FactId placed_by, std::size_t record) const;
  program::Deciding deciding() const;
  void does_not_hold(FamilyId family, std::size_t record);
  Decision new_decision(const Version& version, std::size_t record, bool holds) const;

  // Date or place missing (open.cpp).
  void decide_open(FamilyId family, std::uint32_t record);
  const Version* may_apply(const Edition& edition, std::size_t record);
  bool is_excluded(const Edition& edition, const Segment& segment, std::size_t record);
  void find_days_of_change(const Version& version, std::size_t record);
  void add_possible(const Edition& edition, std::size_t record);
  bool categories_differ() const;
  bool decide_unplaced(const Edition& edition, std::uint32_t record);
  /// What a record comes to in one place.
  struct Given {
    Decision decision{};
    std::optional<std::int64_t> allowed;      ///< of a payment: the amount, whatever the price
    const model::Payment* payment = nullptr;  ///< of the clause that decides, where that is one of a payment
  };
  Given given_in(const Segment& segment, std::size_t record);
  static bool same(const Given& a, const Given& b);
  void need_information(const Version& version, std::size_t record, bool holds);

  // Running and walking (settle.cpp).
  void decide_selected(const Segment& segment, bool looked_up);
  void decide_running(const Segment& segment, std::size_t count);
  void leave_excluded_out(const Segment& segment);
  void run_selected(const Segment& segment);
  void decide_together(const Segment& segment);
  void decide_alone(const Segment& segment, std::size_t record);
  View run_alone(const Segment& segment, std::size_t record);
  void fill_running();
  void select_running();
  void walk_planes(const Version& version);
  void decide_certain(const View& view, std::uint32_t clause);
  void decide_walked(const View& view);
  void walk_record(const View& view);
  std::uint32_t conclude(const View& view, const Walk& walk, Decision& decision);
  static model::Outcome nothing_to_ask(const Version& version);
  void settle(const View& view, const Walk& walk);
  void explain(const View& view, const Walk& walk, std::uint32_t decided, Decision& decision);
  void leave_out(const View& view);
  Range add_notes(const View& view, const Walk& walk, std::uint32_t decided, const Decision& decision);
  void add_input_notes(const View& view, const Walk& walk, std::uint32_t decided, const Decision& decision);
  std::size_t first_input_problem(std::size_t record) const;
  void add_input_note(const program::InputProblem& problem);

  // What is paid (payments.cpp).
  void join_equal_payments(const View& view);
  void pay(const View& view, Decision& decision);
  void ask_for_values(const Version& version, std::uint32_t clause);
  void add_amounts();

  bool place_is_open_ = false;  ///< what is being settled holds for every place, the record's own being unknown
  bool category_is_open_ = false;
};

}  // namespace proviso::decide
