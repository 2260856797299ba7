#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "decide/decider.hpp"
#include "decide/engine.hpp"
#include "model/library.hpp"
#include "trial/coverage/goals.hpp"
#include "trial/drawing/drawn.hpp"
#include "trial/drawing/plausible.hpp"
#include "trial/scenarios/scenario_reasons.hpp"

namespace proviso::trial {

/// A record that shows goals which nothing else does.
struct FoundCase {
  model::GivenRecord given;             ///< by fact
  std::vector<std::uint32_t> kept_for;  ///< goals, ascending
  model::Expectation expected;
};

/// The search for one policy.
class SuggestionSearch {
 public:
  SuggestionSearch(const model::Library& library, const std::string& policy, bool with_drafts, std::uint64_t seed);

  void search();

  const std::vector<Goal>& goals() const { return goals_.all(); }
  std::size_t shown_before() const { return shown_before_; }
  const std::vector<std::uint32_t>& not_found() const { return wanted_; }
  std::size_t records_tried() const { return tried_; }
  std::uint32_t record_index() const { return record_; }
  /// The record that the others are like: of a scenario that there is, by its title, or a new one; none: there is none.
  const std::optional<FoundCase>& base() const { return base_; }
  const std::string& base_title() const { return base_title_; }
  const std::vector<FoundCase>& found() const { return found_; }

 private:
  using Numbers = std::vector<std::uint32_t>;
  /// What came of one record.
  struct Trial {
    Numbers shown;
    model::Outcome outcome = model::Outcome::not_applicable;
    bool priced = false;  ///< what is paid is known
  };

  const model::Library& library_;
  const std::string policy_;
  Goals goals_;
  decide::Engine engine_;
  decide::Decider decider_;
  decide::Decisions decisions_;
  std::uint32_t record_;
  Drawing drawing_;
  Plausible plausible_;
  program::Chunk chunk_;
  std::vector<Numbers> shown_;
  std::size_t tried_ = 0;
  std::size_t shown_before_ = 0;
  Numbers wanted_;
  std::optional<FoundCase> base_;
  std::string base_title_;
  std::vector<FoundCase> found_;
  std::vector<model::GivenRecord> to_look_around_;
  std::vector<NamedReason> usual_;  ///< of the base
  bool takes_odd_ = false;          ///< records that look less likely than the base too

  std::vector<Trial> try_out(const std::vector<model::GivenRecord>& records);
  Trial try_out(const model::GivenRecord& record);
  bool is_limit(std::uint32_t goal) const;

  void search_on();
  void take_what_is_shown();
  void take_base_that_is_there(const std::vector<Trial>& trials, const std::vector<const model::Scenario*>& owners,
                               const std::vector<model::GivenRecord>& records);
  void find_base();
  bool is_varied(const Trial& trial) const;
  double plainness(const model::GivenRecord& record, const Trial& trial) const;
  void make_plain(model::GivenRecord& record);
  void look_around(const model::GivenRecord& record);
  std::size_t keep_best(std::vector<model::GivenRecord> records);
  void keep(const model::GivenRecord& record, const Numbers& kept_for, model::Outcome outcome);
  model::GivenRecord reduced(const model::GivenRecord& from, const model::GivenRecord& to, const Numbers& kept_for,
                             model::Outcome outcome);
  void shorten_lists(model::GivenRecord& record, const model::GivenRecord& to, const Numbers& kept_for,
                     model::Outcome outcome, bool priced);
  bool still(const model::GivenRecord& record, const Numbers& kept_for, model::Outcome outcome, bool priced);
  void leave_out_needless();
  model::Expectation expectation(const FoundCase& found);
  /// Null where no version of the policy holds; for as long as nothing else is decided.
  const decide::Decision* decide(const model::GivenRecord& record);
  std::vector<NamedReason> reasons_of(const model::GivenRecord& record);
};

}  // namespace proviso::trial
