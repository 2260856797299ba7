#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "decide/engine.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"

/// What scenarios have to show of a policy.
namespace proviso::trial {

/// Decides in the sense of: were this criterion's value another one, the outcome would be another one (all other
/// criteria as they are). Lists of criteria are flat; a group is a criterion of its own.
enum class Aim : std::uint8_t {
  applies,         ///< `applies when` is yes, and the record falls to a clause
  does_not_apply,  ///< it is no
  clause,          ///< the clause gives the outcome
  variation,       ///< the policy is decided as the variation makes it
  yes,             ///< the criterion is yes and decides
  no,              ///< it is no and decides
  unknown,         ///< it is unknown, and decides that information is needed
  below,           ///< a limit is missed by no more than a step on the lesser side
  at,              ///< it is met exactly
  above,           ///< passed by no more than a step
};

/// Something that a case can show.
struct Goal {
  Aim aim = Aim::clause;
  std::uint32_t policy = model::none;  ///< of Library::policies: the version
  std::string name;   ///< of the criterion, clause or variation's place; for a limit, of the criterion it stands in
  std::string what;   ///< `bmi decides by yes`, `patient.bmi at max_bmi, 35 kg/m2 (Luton from 2019-10-01)`
  text::Span span;    ///< of the criterion, clause or variation
  std::string value;  ///< of a limit: `35 kg/m2`
  std::string limit_name;                  ///< of a limit: the threshold's name; empty: it is written in the criterion
  std::string held;                        ///< of a limit: what is held against it, `patient.bmi`
  std::string against;                     ///< of a limit: `max_bmi, 35 kg/m2 (Luton from 2019-10-01)`
  model::NodeId comparison = model::none;  ///< of a limit: the comparison that it is part of
  std::uint32_t threshold_value = model::none;  ///< of a limit that is a threshold: of Threshold::values
  std::uint32_t variation = model::none;  ///< of Library::variations: of a variation, or that put the criterion there
};

/// The goals of one policy, all versions that decide. Not for several threads at once.
class Goals {
 public:
  /// With drafts: where the policy has nothing but drafts, or a scenario tries them.
  Goals(const model::Library& library, const std::string& policy, bool with_drafts);
  ~Goals();
  Goals(const Goals&) = delete;
  Goals& operator=(const Goals&) = delete;

  const std::vector<Goal>& all() const;
  /// The engine of the policy alone, explaining in full.
  const decide::Engine& engine() const;
  /// By record of the chunk (finished, of the policy's record): the numbers of the goals that it shows, ascending.
  void shown_by(const program::Chunk& chunk, std::vector<std::vector<std::uint32_t>>& shown);

 private:
  class Observer;
  std::unique_ptr<Observer> observer_;
};

}  // namespace proviso::trial
