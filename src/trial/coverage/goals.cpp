#include "trial/coverage/goals.hpp"

#include <algorithm>
#include <utility>

#include "decide/decider.hpp"
#include "trial/coverage/goals_plan.hpp"

namespace proviso::trial {
namespace {

using decide::Decision;
using decide::Edition;
using decide::Segment;
using decide::Version;
using model::FactId;
using model::Outcome;
using value::Truth;

/// The record that the policy is on: of the first version that decides.
const std::string& record_name_of(const model::Library& library, const std::string& name, bool with_drafts) {
  const model::Policy* first = nullptr;
  for (const model::Policy& policy : library.policies) {
    if (policy.full_name() != name) continue;
    if (policy.decides(with_drafts)) return library.records[policy.record].name;
    if (first == nullptr) first = &policy;
  }
  return library.records[first == nullptr ? 0 : first->record].name;
}

bool is_known(const program::Chunk& chunk, FactId fact, std::size_t record) {
  return fact != model::none && program::bit(chunk.column(fact).known, record);
}

}  // namespace

/// Decides with the engine, then runs the program that decided once more to read what the criteria and the sides of
/// comparisons came to.
class Goals::Observer {
 public:
  Observer(const model::Library& library, const std::string& policy, bool with_drafts)
      : engine_(library, record_name_of(library, policy, with_drafts),
                {{policy}, with_drafts, std::nullopt, decide::Explain::full}),
        decider_(engine_),
        plan_(plan_goals(engine_)) {}

  const decide::Engine& engine() const { return engine_; }
  const std::vector<Goal>& goals() const { return plan_.goals; }

  void observe(const program::Chunk& chunk, std::vector<std::vector<std::uint32_t>>& shown) {
    chunk_ = &chunk;
    decider_.decide(chunk, decisions_);
    shown.resize(chunk.rows());
    for (std::size_t record = 0; record < chunk.rows(); ++record) {
      shown_ = &shown[record];
      shown_->clear();
      const std::uint32_t first = decisions_.records[record].first;
      if (first != model::none) observe(decisions_.decisions[first], record);
      std::sort(shown_->begin(), shown_->end());
      shown_->erase(std::unique(shown_->begin(), shown_->end()), shown_->end());
    }
  }

 private:
  decide::Engine engine_;
  decide::Decider decider_;
  decide::Decisions decisions_;
  program::Workspace registers_;
  Plan plan_;
  const program::Chunk* chunk_ = nullptr;
  std::vector<std::uint32_t>* shown_ = nullptr;

  void show(std::uint32_t goal) {
    if (goal != model::none) shown_->push_back(goal);
  }

  void observe(const Decision& decision, std::size_t record) {
    if (!decision.holds) return observe_omission(decision, record);
    const Segment* segment = segment_of(decision, record);
    if (segment == nullptr) return;
    registers_.run_row(segment->whole(), *chunk_, record);
    const decide::View view{&segment->version(), segment, &segment->whole(), &registers_, chunk_, 0, record};
    VersionGoals& goals = *plan_.versions[segment->version().number];
    goals.what_if.take(view);
    observe_outcome(goals, decision);
    if (decision.outcome != Outcome::not_applicable) observe_criteria(goals, segment->version());
    observe_limits(goals, view);
  }

  /// A variation says that the policy does not hold.
  void observe_omission(const Decision& decision, std::size_t record) {
    if (decision.outcome != Outcome::not_applicable) return;
    for (const Edition& edition : engine_.editions()) {
      if (edition.asks_place() && !is_known(*chunk_, edition.placed_by(), record)) continue;
      const Segment* segment = segment_in(edition, record);
      if (segment == nullptr || !segment->omitted()) continue;
      for (const std::uint32_t goal : plan_.versions[segment->version().number]->variations) show(goal);
    }
  }

  std::optional<std::int32_t> narrow(FactId fact, std::size_t record) const {
    if (!is_known(*chunk_, fact, record)) return std::nullopt;
    return chunk_->column(fact).narrow[record];
  }

  /// Null where the edition does not hold on the record's date in its place.
  const Segment* segment_in(const Edition& edition, std::size_t record) const {
    const std::optional<std::int32_t> date = narrow(edition.dated_by(), record);
    if (edition.dated_by() != model::none && (!date || !edition.days().contains(*date))) return nullptr;
    const std::optional<std::int32_t> place = narrow(edition.placed_by(), record);
    const std::uint32_t placement = edition.placement(place ? static_cast<model::PlaceId>(*place) : model::none);
    if (placement == model::none) return nullptr;
    return &edition.segment(edition.segment_on(placement, date.value_or(edition.days().first)));
  }

  /// The one that decided. Where the place is missing and every place comes to the same, that is the first that there
  /// is; null where the date or the place has yet to be known.
  const Segment* segment_of(const Decision& decision, std::size_t record) const {
    const model::Policy* policy = engine_.versions()[decision.version].policy;
    const auto is_its = [&](const Edition& edition) { return &edition.policy() == policy; };
    const auto edition = std::find_if(engine_.editions().begin(), engine_.editions().end(), is_its);
    if (!edition->asks_place() || is_known(*chunk_, edition->placed_by(), record)) {
      return segment_in(*edition, record);
    }
    if (decision.clause == model::none && decision.outcome != Outcome::not_applicable) return nullptr;
    const std::int32_t day = decision.has_date ? decision.on : edition->days().first;
    for (const std::uint32_t placement : edition->possible_placements()) {
      const Segment& segment = edition->segment(edition->segment_on(placement, day));
      if (!segment.omitted()) return &segment;
    }
    return nullptr;
  }

  void observe_outcome(const VersionGoals& goals, const Decision& decision) {
    const Truth applies = goals.what_if.truth(Version::applies_item);
    if (applies == Truth::no) return show(goals.does_not_apply);
    if (applies == Truth::yes) {
      for (const std::uint32_t goal : goals.variations) show(goal);
    }
    if (decision.clause == model::none) return;
    if (applies == Truth::yes) show(goals.applies);
    show(goals.clauses[decision.clause]);
  }

  /// A criterion decides by yes where no would have come to something else, and by no where yes would; by unknown where
  /// the outcome is open and knowing it would close it or change what is possible to one.
  void observe_criteria(const VersionGoals& goals, const Version& version) {
    const WhatIf& what_if = goals.what_if;
    const PossibleOutcome outcome = what_if.outcome();
    const std::uint32_t tried = what_if.tried();
    for (std::uint32_t item = Version::placed_item + 1; item < version.items.size(); ++item) {
      if (what_if.clause_of(item) >= tried) return;
      const Truth truth = what_if.truth(item);
      const std::uint32_t goal = goals.items[item][static_cast<std::size_t>(truth)];
      if (goal == model::none) continue;
      const auto differs = [&](Truth other) { return what_if.outcome_if(item, other) != outcome; };
      const bool decides = truth == Truth::unknown ? !outcome && (differs(Truth::yes) || differs(Truth::no))
                                                   : differs(value::negated(truth));
      if (decides) show(goal);
    }
  }

  /// Whether another value of one of the criteria would come to something else.
  static bool has_effect(const WhatIf& what_if, const std::vector<std::uint32_t>& items) {
    const PossibleOutcome outcome = what_if.outcome();
    return items.empty() || std::any_of(items.begin(), items.end(), [&](std::uint32_t item) {
             return what_if.outcome_if(item, Truth::yes) != outcome || what_if.outcome_if(item, Truth::no) != outcome;
           });
  }

  /// Of criteria on which the outcome hangs: where others have settled it, nothing was compared to any effect.
  void observe_limits(const VersionGoals& goals, const decide::View& view) {
    const bool excluded = goals.what_if.truth(Version::applies_item) == Truth::no;
    const std::uint32_t tried = excluded ? 0 : goals.what_if.tried();
    for (const LimitGoals& each : goals.limits) {
      if (each.clause != model::none && each.clause >= tried) continue;
      const GoalTriple& numbers = each.by_value[value_number(each, view)];
      const unsigned seen = position(view, each.limit);
      if (seen == 0 || !has_effect(goals.what_if, each.items)) continue;
      if (seen & Position::below) show(numbers[0]);
      if (seen & Position::at) show(numbers[1]);
      if (seen & Position::above) show(numbers[2]);
    }
  }

  /// In LimitGoals::by_value.
  std::size_t value_number(const LimitGoals& goals, const decide::View& view) const {
    const model::Node& node = view.node(goals.limit.limit);
    if (node.kind != model::NodeKind::threshold) return 0;
    const model::Threshold& threshold = engine_.library().thresholds[node.index];
    const program::Setting& setting = view.segment->setting();
    const model::ThresholdValue* value = engine_.library().in_force(threshold, setting.place, setting.date);
    return value == nullptr ? 0 : static_cast<std::size_t>(value - threshold.values.data());
  }
};

Goals::Goals(const model::Library& library, const std::string& policy, bool with_drafts)
    : observer_(std::make_unique<Observer>(library, policy, with_drafts)) {}

Goals::~Goals() = default;

const std::vector<Goal>& Goals::all() const { return observer_->goals(); }

const decide::Engine& Goals::engine() const { return observer_->engine(); }

void Goals::shown_by(const program::Chunk& chunk, std::vector<std::vector<std::uint32_t>>& shown) {
  observer_->observe(chunk, shown);
}

}  // namespace proviso::trial
