#include "trial/coverage/goals_plan.hpp"

#include <map>
#include <set>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "trial/coverage/goals_possible.hpp"
#include "trial/coverage/goals_reach.hpp"
#include "value/calendar.hpp"

namespace proviso::trial {
namespace {

using decide::Edition;
using decide::Item;
using decide::Segment;
using decide::Version;
using model::Criterion;
using model::NodeId;
using value::Truth;

std::string decides_by(std::string_view name, std::string_view truth) {
  return std::string(name) + " decides by " + std::string(truth);
}

/// One version of a policy: what stands in several of its forms has one set of goals.
class EditionPlanner {
 public:
  EditionPlanner(const decide::Engine& engine, const Edition& edition, Plan& plan)
      : library_(engine.library()),
        record_(engine.record()),
        edition_(edition),
        policy_(static_cast<std::uint32_t>(&edition.policy() - library_.policies.data())),
        plan_(plan),
        seen_(library_) {
    if (edition.dated_by() != model::none) given_.push_back(edition.dated_by());
    if (edition.asks_place()) given_.push_back(edition.placed_by());
  }

  void plan() {
    for (const Version* version : edition_.forms()) {
      std::vector<const Segment*> segments;
      for (const Segment& segment : edition_.segments()) {
        if (&segment.version() == version) segments.push_back(&segment);
      }
      if (!segments.empty()) plan_form(*version, segments);
    }
  }

 private:
  using SpanKey = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>;
  using LimitKey = std::tuple<NodeId, NodeId, std::uint32_t>;

  const model::Library& library_;
  const model::Record& record_;
  const Edition& edition_;
  std::uint32_t policy_;
  Plan& plan_;
  decide::SeenNodes seen_;
  std::vector<model::FactId> given_;
  std::map<SpanKey, GoalTriple> criteria_;
  std::map<SpanKey, std::uint32_t> clauses_;
  std::map<LimitKey, GoalTriple> limits_;
  std::map<std::uint32_t, std::uint32_t> variations_;
  GoalTriple applying_ = no_goals;

  // Of the form that is being planned.
  const Version* version_ = nullptr;
  const std::vector<const Segment*>* segments_ = nullptr;
  VersionGoals* goals_ = nullptr;
  std::vector<TruthSet> deciding_;  ///< by item

  Goal goal_of(Aim aim, std::string_view name, std::string what, const text::Span& span) const {
    Goal goal;
    goal.aim = aim;
    goal.policy = policy_;
    goal.name = name;
    goal.what = std::move(what);
    goal.span = span;
    return goal;
  }

  std::uint32_t add(Goal goal) {
    plan_.goals.push_back(std::move(goal));
    return static_cast<std::uint32_t>(plan_.goals.size() - 1);
  }

  static SpanKey key(const text::Span& span, std::string_view name) {
    return {span.file, span.begin, span.end, std::string(name)};
  }

  void plan_form(const Version& version, const std::vector<const Segment*>& segments) {
    version_ = &version;
    segments_ = &segments;
    goals_ = &plan_.versions[version.number].emplace(version);
    for (const std::uint32_t variation : version.form->variations) plan_variation(variation);
    if (!version.form->omitted) {
      seen_.forget();
      find_deciding();
      plan_applying();
      for (std::uint32_t clause = 0; clause < version.clauses().size(); ++clause) plan_clause(clause);
      find_readers();
    }
  }

  /// A constant decides nothing.
  void find_deciding() {
    std::vector<TruthSet> possible;
    for (std::size_t number = 0; number < version_->items.size(); ++number) {
      const Item& item = version_->items[number];
      // Each item before the clauses is asked for itself: whether the policy applies, where it holds, and when.
      const NodeId applies = number <= Version::placed_item ? model::none : edition_.policy().applies;
      const TruthSet set = possible_truths(library_, record_, item.node, applies, given_);
      possible.push_back(set);
    }
    deciding_ = deciding_truths(*segments_->front(), possible);
    for (std::size_t number = 0; number < possible.size(); ++number) {
      if ((possible[number] & (possible[number] - 1)) == 0) deciding_[number] = 0;
    }
  }

  void plan_applying() {
    const model::Policy& policy = edition_.policy();
    if (policy.applies == model::none) return;
    if (applying_ == no_goals) {
      applying_[0] = add(goal_of(Aim::applies, "applies when", "the policy applies", policy.span));
      applying_[1] = add(goal_of(Aim::does_not_apply, "applies when", "the policy does not apply", policy.span));
    }
    goals_->applies = applying_[0];
    goals_->does_not_apply = applying_[1];
    plan_limits(policy.applies, "applies when", policy.span, model::none, model::none);
  }

  void plan_clause(std::uint32_t number) {
    const model::Clause& clause = version_->clauses()[number];
    const auto [known, is_new] = clauses_.try_emplace(key(clause.span, clause.name), model::none);
    if (is_new) {
      const std::string what =
          (clause.otherwise ? "otherwise " + std::string(model::spelling(clause.outcome)) : clause.name) + " decides";
      Goal goal = goal_of(Aim::clause, clause.name, what, clause.span);
      goal.variation = clause.variation;
      known->second = add(std::move(goal));
    }
    goals_->clauses.push_back(known->second);
    std::uint32_t item = version_->clause_items[number];
    if (clause.condition.kind == model::GroupKind::expression && !clause.otherwise) {
      plan_criterion(item, clause.span, clause.variation, number);
    }
    ++item;
    plan_criteria(clause.condition.criteria, item, clause.variation, number);
  }

  void plan_criteria(const std::vector<Criterion>& criteria, std::uint32_t& item, std::uint32_t variation,
                     std::uint32_t clause) {
    for (const Criterion& criterion : criteria) {
      const std::uint32_t own = criterion.variation == model::none ? variation : criterion.variation;
      plan_criterion(item++, criterion.span, own, clause);
      plan_criteria(criterion.condition.criteria, item, own, clause);
    }
  }

  void plan_criterion(std::uint32_t number, const text::Span& span, std::uint32_t variation, std::uint32_t clause) {
    const Item& item = version_->items[number];
    GoalTriple& goals = criteria_.try_emplace(key(span, item.name), no_goals).first->second;
    const auto aim = [&](Aim aimed, Truth truth, std::string_view word) {
      std::uint32_t& known = goals[static_cast<std::size_t>(truth)];
      if (known != model::none || !holds(deciding_[number], set_of(truth))) return;
      Goal goal = goal_of(aimed, item.name, decides_by(item.name, word), span);
      goal.variation = variation;
      known = add(std::move(goal));
    };
    aim(Aim::yes, Truth::yes, "yes");
    aim(Aim::no, Truth::no, "no");
    aim(Aim::unknown, Truth::unknown, "unknown");
    goals_->items[number] = goals;
    if (!item.is_group()) plan_limits(item.node, item.name, span, variation, clause);
  }

  void plan_variation(std::uint32_t number) {
    const auto [known, is_new] = variations_.try_emplace(number, model::none);
    if (is_new) {
      const model::Variation& variation = library_.variations[number];
      const std::string place = variation.place == model::none ? "" : library_.places[variation.place].name;
      std::string what = "the variation in " + place;
      if (variation.period.first != INT32_MIN) what += " from " + value::format_date(variation.period.first);
      what += " is in force";
      Goal goal = goal_of(Aim::variation, place, std::move(what), variation.span);
      goal.variation = number;
      known->second = add(std::move(goal));
    }
    goals_->variations.push_back(known->second);
  }

  void plan_limits(NodeId root, std::string_view name, const text::Span& span, std::uint32_t variation,
                   std::uint32_t clause) {
    for (Limit& limit : limits_in(library_, root, seen_)) {
      LimitGoals goals{limit, clause, {}, {}};
      const model::Node& node = library_.nodes[limit.limit];
      Goal goal = goal_of(Aim::at, name, {}, span);
      goal.variation = variation;
      goal.comparison = limit.comparison;
      if (node.kind == model::NodeKind::constant) {
        goal.value = model::format(library_, model::Constant{node.type, true, node.value});
        goals.by_value.push_back(triple(limit, goal, node.value, {}));
      } else {
        plan_values(limit, goal, goals.by_value);
      }
      goals_->limits.push_back(std::move(goals));
    }
  }

  /// Which criteria read each limit: a limit in a definition may be read by several.
  void find_readers() {
    std::map<NodeId, LimitGoals*> by_comparison;
    for (LimitGoals& each : goals_->limits) by_comparison.emplace(each.limit.comparison, &each);
    for (std::uint32_t item = Version::placed_item + 1; item < version_->items.size(); ++item) {
      if (version_->items[item].is_group() || version_->items[item].node == model::none) continue;
      std::set<NodeId> seen;
      std::vector<NodeId> open = {version_->items[item].node};
      while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        if (!seen.insert(node).second) continue;
        if (const auto limit = by_comparison.find(node); limit != by_comparison.end()) {
          limit->second->items.push_back(item);
        }
        const std::vector<NodeId>& operands = library_.nodes[node].operands;
        open.insert(open.end(), operands.begin(), operands.end());
      }
    }
  }

  /// Each value of the threshold that is in force somewhere where the form holds.
  void plan_values(const Limit& limit, Goal& goal, std::vector<GoalTriple>& by_value) {
    const model::Threshold& threshold = library_.thresholds[library_.nodes[limit.limit].index];
    by_value.assign(threshold.values.size(), no_goals);
    std::vector<bool> used(threshold.values.size(), false);
    for (const Segment* segment : *segments_) {
      const auto* value = library_.in_force(threshold, segment->setting().place, segment->setting().date);
      if (value != nullptr) used[static_cast<std::size_t>(value - threshold.values.data())] = true;
    }
    goal.limit_name = threshold.name;
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (!used[i]) continue;
      const model::ThresholdValue& value = threshold.values[i];
      goal.value = model::format(library_, value.constant);
      goal.threshold_value = static_cast<std::uint32_t>(i);
      by_value[i] = triple(limit, goal, value.constant.bits, threshold.values.size() > 1 ? whose(value) : "");
    }
  }

  /// ` (Luton from 2019-10-01)`.
  std::string whose(const model::ThresholdValue& value) const {
    std::string text = value.place == model::none ? "" : library_.places[value.place].name;
    if (value.period.first != INT32_MIN) {
      if (!text.empty()) text += ' ';
      text += "from " + value::format_date(value.period.first);
    }
    return text.empty() ? text : " (" + text + ")";
  }

  GoalTriple triple(const Limit& limit, Goal goal, std::int64_t bits, const std::string& whose) {
    const auto known =
        limits_.try_emplace(LimitKey{limit.comparison, limit.limit_side, goal.threshold_value}, no_goals);
    GoalTriple& goals = known.first->second;
    if (!known.second) return goals;
    const std::string side = spell(library_, record_, limit.limit_side);
    goal.held = spell(library_, record_, limit.fact_side);
    goal.against = side;
    if (!goal.limit_name.empty()) {
      goal.against += side == goal.limit_name ? ", " + goal.value : ", where " + goal.limit_name + " is " + goal.value;
    }
    goal.against += whose;
    const auto add_one = [&](std::size_t place, Aim aim, std::string_view word) {
      goal.aim = aim;
      goal.what = goal.held + " " + std::string(word) + " " + goal.against;
      goals[place] = add(goal);
    };
    if (!nothing_below(library_, record_, limit, bits)) add_one(0, Aim::below, "just below");
    add_one(1, Aim::at, "at");
    if (!nothing_above(library_, limit, bits)) add_one(2, Aim::above, "just above");
    return goals;
  }
};

}  // namespace

Plan plan_goals(const decide::Engine& engine) {
  Plan plan;
  plan.versions.resize(engine.versions().size());
  for (const decide::Edition& edition : engine.editions()) EditionPlanner(engine, edition, plan).plan();
  return plan;
}

}  // namespace proviso::trial
