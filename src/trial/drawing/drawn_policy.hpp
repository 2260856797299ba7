#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "decide/engine.hpp"
#include "model/library.hpp"
#include "program/program.hpp"
#include "trial/drawing/drawn_dice.hpp"
#include "trial/drawing/drawn_draft.hpp"
#include "trial/drawing/pool.hpp"

namespace proviso::trial {

/// Values of the facts that a condition reads, by number of the pool.
using Piece = std::vector<std::pair<std::uint32_t, Drawn>>;

/// A criterion, `applies when` or part of one, and drafts of its facts that were seen to make it no, yes and unknown
/// (by value::Truth).
struct Lesson {
  model::NodeId node = model::none;
  std::vector<std::uint32_t> pools;
  std::array<std::vector<Piece>, 3> pieces;
};

/// A draft and how near it comes to what is looked for: 1 is there.
struct Scored {
  Draft draft;
  double score = 0;
};

/// What several conditions of a policy are to come to together.
struct Situation {
  std::vector<std::pair<model::NodeId, bool>> conditions;
  bool of_clause = false;  ///< the record falls to a clause; else a criterion decides
  bool approves = false;
  std::vector<Scored> examples;  ///< the nearest first

  std::size_t enough() const { return of_clause ? 24 : 4; }
  bool is_reached() const { return !examples.empty() && examples.front().score >= 1; }
  bool is_filled() const { return examples.size() >= enough() && examples.back().score >= 1; }
};

/// Where and when a policy is decided by one program, and what was learned of it.
struct Target {
  const decide::Edition* edition = nullptr;
  const decide::Segment* segment = nullptr;
  std::vector<model::PlaceId> places;  ///< some of those that it is for; none: no place
  std::vector<std::int32_t> days;      ///< some of its days, its first and last among them
  std::vector<std::int32_t> outside;   ///< the days next to it
  bool learned = false;
  std::vector<Lesson> lessons;
  std::vector<Situation> situations;
};

/// What a run needs, used again by all policies of a drawing.
struct Trials {
  Trials(const model::Library& library, std::uint32_t record) : chunk(library, record) {}
  program::Chunk chunk;
  program::Workspace registers;
};

/// Draws records for one policy, all its versions.
class PolicyDrawer {
 public:
  PolicyDrawer(const decide::Engine& engine, const decide::Family& family, std::uint64_t seed);

  const std::vector<Pool>& pools() const { return pools_; }
  /// The number of the fact's pool; none where the policy does not read it.
  std::uint32_t pool_of(model::FactId fact) const;
  bool holds_somewhere() const { return !targets_.empty(); }

  model::GivenRecord next(Dice& dice, Trials& trials);
  /// The deciding date of a record for this policy: its own or else one on which the policy holds.
  std::int32_t deciding(const model::GivenRecord& record) const;
  model::GivenFact drawn_anew(std::uint32_t pool, const model::GivenRecord& record, Dice& dice);
  /// Every other value of the fact, the last one that of a record without it.
  void append_others(const Pool& pool, const model::GivenRecord& record, std::vector<model::GivenFact>& others) const;

 private:
  const model::Library& library_;
  const model::Record& record_;
  FactDrawer drawer_;
  std::uint64_t seed_;
  std::vector<Pool> pools_;  ///< by fact
  std::vector<Target> targets_;

  // What the policy reads, where and when it holds (drawn_policy.cpp).
  void find_pools(const decide::Family& family);
  void add_targets(const decide::Edition& edition);
  void find_places(Target& target, std::uint32_t placement) const;
  void find_days(Target& target) const;

  // Drafts (drawn_policy.cpp).
  bool is_fixed(const Target& target, std::uint32_t pool) const;
  Draft random_draft(const Target& target, Dice& dice) const;
  void settle_date_and_place(const Target& target, Draft& draft, Dice& dice) const;
  void change(const Target& target, Draft& draft, Dice& dice) const;
  static void apply(const Piece& piece, Draft& draft);
  Draft composed(const Target& target, Dice& dice) const;
  const Draft* example(const Target& target, Dice& dice) const;
  void flip(const Target& target, Draft& draft, Dice& dice) const;
  model::GivenRecord record_of(const Target& target, const Draft& draft) const;

  // Learning (drawn_learn.cpp).
  friend class Learner;
  void learn(Target& target, Trials& trials);
};

}  // namespace proviso::trial
