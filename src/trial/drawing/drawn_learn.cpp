#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "trial/drawing/drawn_policy.hpp"
#include "trial/scenarios/given.hpp"

// Finds out, by running the policy's own program over many drafts, which values of facts make each condition what it
// can be, and which records fall to each clause. Drafts that come near to a clause are changed until some fall to it.
namespace proviso::trial {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;
using value::Truth;

constexpr std::size_t drafts_each_round = 256;
constexpr std::size_t most_learning_rounds = 40;
/// Rounds in which nothing came nearer before learning ends.
constexpr std::size_t idle_learning_rounds = 8;
constexpr std::size_t most_situations = 160;
constexpr std::size_t enough_pieces = 6;

bool is_logic(NodeKind kind) {
  return kind == NodeKind::definition || kind == NodeKind::negation || kind == NodeKind::conjunction ||
         kind == NodeKind::disjunction || kind == NodeKind::at_least || kind == NodeKind::none_of;
}

using Conditions = std::vector<std::pair<NodeId, bool>>;

/// How near conditions come to yes and to no in one row, each found once.
class NearnessTable {
 public:
  /// Another row.
  void forget() { ++row_; }
  std::size_t place(NodeId node, bool wanted) {
    const auto [found, is_new] = places_.try_emplace(node, entries_.size());
    if (is_new) entries_.resize(entries_.size() + 2);
    return found->second + (wanted ? 1 : 0);
  }
  bool is_known(std::size_t place) const { return entries_[place].row == row_; }
  double at(std::size_t place) const { return entries_[place].nearness; }
  void set(std::size_t place, double nearness) { entries_[place] = {row_, nearness}; }

 private:
  struct Entry {
    std::size_t row = 0;
    double nearness = 0;
  };
  std::size_t row_ = 0;
  std::unordered_map<NodeId, std::size_t> places_;
  std::vector<Entry> entries_;
};

}  // namespace

class Learner {
 public:
  Learner(const PolicyDrawer& drawer, Target& target, Trials& trials)
      : drawer_(drawer),
        target_(target),
        trials_(trials),
        program_(target.segment->whole()),
        version_(target.segment->version()),
        dice_(drawer.seed_) {}

  void learn() {
    find_conditions();
    find_situations();
    begin_with_siblings();
    std::size_t idle = 0;
    for (std::size_t round = 0; round < most_learning_rounds && idle < idle_learning_rounds && !is_done(); ++round) {
      while (drafts_.size() < drafts_each_round) drafts_.push_back(new_draft(round));
      run();
      bool is_nearer = false;
      for (std::size_t row = 0; row < drafts_.size(); ++row) {
        nearness_.forget();
        remember_pieces(row);
        for (Situation& situation : target_.situations) is_nearer = remember_example(row, situation) || is_nearer;
      }
      drafts_.clear();
      idle = is_nearer ? 0 : idle + 1;
    }
  }

 private:
  const PolicyDrawer& drawer_;
  Target& target_;
  Trials& trials_;
  const program::Program& program_;
  const decide::Version& version_;
  Dice dice_;
  std::vector<Draft> drafts_;
  std::unordered_map<NodeId, std::vector<std::uint32_t>> read_pools_;
  std::unordered_set<NodeId> seen_;  ///< whose parts are conditions already
  NearnessTable nearness_;

  const Node& at(NodeId id) const { return drawer_.library_.nodes[id]; }

  // What there is to learn.

  void find_conditions() {
    for (const decide::Item& item : version_.items) {
      if (item.node == model::none) continue;
      if (!item.is_group()) add_lesson(item.node);
      add_parts(item.node);
    }
  }

  void add_parts(NodeId id) {
    if (!seen_.insert(id).second) return;
    const Node& node = at(id);
    if (!is_logic(node.kind)) return add_lesson(id);
    for (const NodeId operand : node.operands) add_parts(operand);
  }

  void add_lesson(NodeId id) {
    const bool is_known = std::any_of(target_.lessons.begin(), target_.lessons.end(),
                                      [&](const Lesson& each) { return each.node == id; });
    if (is_known) return;
    if (!program_.has(id) || !program_.has_one_for_record(id)) return;
    Lesson lesson;
    lesson.node = id;
    for (const std::uint32_t pool : pools_read(id)) {
      if (!drawer_.is_fixed(target_, pool)) lesson.pools.push_back(pool);
    }
    if (!lesson.pools.empty()) target_.lessons.push_back(std::move(lesson));
  }

  /// The record falls to each clause; each criterion decides, by yes and by no.
  void find_situations() {
    Conditions before;
    if (version_.has_gate()) before.emplace_back(version_.applies, true);
    for (const model::Clause& clause : version_.clauses()) {
      Conditions deciding = before;
      if (clause.condition.node != model::none) deciding.emplace_back(clause.condition.node, true);
      add_situation(std::move(deciding), true,
                    clause.outcome == model::Outcome::approve || clause.outcome == model::Outcome::pay);
      if (clause.condition.node != model::none) {
        add_deciding(clause.condition, before,
                     clause.outcome == model::Outcome::approve || clause.outcome == model::Outcome::pay);
        before.emplace_back(clause.condition.node, false);
      }
    }
  }

  void add_situation(Conditions conditions, bool of_clause, bool approves) {
    if (target_.situations.size() >= most_situations) return;
    target_.situations.push_back({std::move(conditions), of_clause, approves, {}});
  }

  /// Those in which one criterion of the group decides: the others leave it open.
  void add_deciding(const model::Condition& group, const Conditions& around, bool approves) {
    const std::size_t count = group.criteria.size();
    for (std::size_t i = 0; i < count; ++i) {
      Conditions conditions = around;
      for (std::size_t other = 1; other < count; ++other) {
        const bool yes =
            group.kind == model::GroupKind::all || (group.kind == model::GroupKind::at_least && other < group.count);
        conditions.emplace_back(group.criteria[(i + other) % count].condition.node, yes);
      }
      for (const bool yes : {true, false}) {
        Conditions deciding = conditions;
        deciding.emplace_back(group.criteria[i].condition.node, yes);
        add_situation(std::move(deciding), false, approves && yes);
      }
      add_deciding(group.criteria[i].condition, conditions, approves);
    }
  }

  /// The pools of the record's own facts that an expression reads, ascending.
  const std::vector<std::uint32_t>& pools_read(NodeId id) {
    const auto known = read_pools_.find(id);
    if (known != read_pools_.end()) return known->second;
    const Node& node = at(id);
    std::vector<std::uint32_t> pools;
    const auto add_fact = [&](model::FactId fact) {
      const model::LevelId level = drawer_.record_.facts[fact].level;
      const model::FactId outermost = decide::outermost_list(drawer_.record_, level);
      const std::uint32_t pool = drawer_.pool_of(outermost == model::none ? fact : outermost);
      if (pool != model::none) pools.push_back(pool);
    };
    if (node.kind == NodeKind::fact) add_fact(node.index);
    if (node.loop != model::none) add_fact(drawer_.library_.loops[node.loop].list);
    for (const NodeId operand : node.operands) {
      if (operand == model::none) continue;
      const std::vector<std::uint32_t>& below = pools_read(operand);
      pools.insert(pools.end(), below.begin(), below.end());
    }
    std::sort(pools.begin(), pools.end());
    pools.erase(std::unique(pools.begin(), pools.end()), pools.end());
    return read_pools_[id] = std::move(pools);
  }

  // Drafts to try.

  /// What was learned of the same policy elsewhere is a good beginning.
  void begin_with_siblings() {
    for (const Target& sibling : drawer_.targets_) {
      if (!sibling.learned) continue;
      for (const Situation& situation : sibling.situations) {
        for (std::size_t i = 0; i < situation.examples.size() && i < 2; ++i) {
          if (drafts_.size() >= drafts_each_round / 2) return;
          Draft& draft = drafts_.emplace_back(situation.examples[i].draft);
          drawer_.settle_date_and_place(target_, draft, dice_);
        }
      }
    }
  }

  Draft new_draft(std::size_t round) {
    if (round == 0 || dice_.one_in(4)) {
      return drawer_.random_draft(target_, dice_);
    }
    const Situation& situation = wanting();
    if (situation.examples.empty()) return drawer_.random_draft(target_, dice_);
    Draft draft = dice_.among(situation.examples).draft;
    drawer_.settle_date_and_place(target_, draft, dice_);
    switch (dice_.below(3)) {
      case 0:
        take_piece(draft);
        break;
      case 1:
        change_what_it_is_about(situation, draft);
        break;
      default:
        drawer_.change(target_, draft, dice_);
        break;
    }
    return draft;
  }

  void take_piece(Draft& draft) {
    if (target_.lessons.empty()) return;
    const std::vector<Piece>& pieces = dice_.among(target_.lessons).pieces[dice_.below(2)];
    if (!pieces.empty()) PolicyDrawer::apply(dice_.among(pieces), draft);
  }

  /// The last condition is the one that the situation is about: facts that it reads are drawn anew.
  void change_what_it_is_about(const Situation& situation, Draft& draft) {
    if (situation.conditions.empty()) return;
    const std::vector<std::uint32_t>& pools = pools_read(situation.conditions.back().first);
    if (pools.empty()) return;
    for (std::size_t count = 1 + dice_.below(3); count-- > 0;) {
      const std::uint32_t pool = dice_.among(pools);
      if (drawer_.is_fixed(target_, pool)) continue;
      draft.facts[pool] = drawer_.drawer_.changed(drawer_.pools_[pool], draft.facts[pool], dice_);
    }
  }

  /// One of the situations that have too few examples.
  const Situation& wanting() {
    const std::size_t count = target_.situations.size();
    const std::size_t first = dice_.below(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Situation& situation = target_.situations[(first + i) % count];
      if (!situation.is_filled()) return situation;
    }
    return target_.situations[first];
  }

  bool is_done() const {
    return std::all_of(target_.situations.begin(), target_.situations.end(),
                       [](const Situation& each) { return each.is_filled(); });
  }

  void run() {
    trials_.chunk.clear();
    for (const Draft& draft : drafts_) add_record(trials_.chunk, drawer_.record_of(target_, draft));
    trials_.chunk.finish();
    trials_.registers.run(program_, trials_.chunk);
  }

  // What came of them.

  Truth truth(NodeId id, std::size_t row) const {
    return program_.has(id) ? trials_.registers.truth(id, row) : Truth::unknown;
  }

  void remember_pieces(std::size_t row) {
    for (Lesson& lesson : target_.lessons) {
      std::vector<Piece>& pieces = lesson.pieces[static_cast<std::size_t>(truth(lesson.node, row))];
      if (pieces.size() >= enough_pieces) continue;
      Piece& piece = pieces.emplace_back();
      for (const std::uint32_t pool : lesson.pools) piece.emplace_back(pool, drafts_[row].facts[pool]);
    }
  }

  /// Whether the draft comes nearer than those that there were.
  bool remember_example(std::size_t row, Situation& situation) {
    if (situation.is_filled()) return false;
    std::vector<Scored>& examples = situation.examples;
    const double score = score_of(row, situation);
    if (examples.size() >= situation.enough() && score <= examples.back().score) return false;
    const bool is_nearer = examples.empty() || score > examples.front().score || score >= 1;
    const auto place = std::upper_bound(examples.begin(), examples.end(), score,
                                        [](double wanted, const Scored& each) { return wanted > each.score; });
    examples.insert(place, Scored{drafts_[row], score});
    if (examples.size() > situation.enough()) examples.pop_back();
    return is_nearer;
  }

  /// 1 where all conditions are as they are to be.
  double score_of(std::size_t row, const Situation& situation) {
    double sum = 0;
    bool all = true;
    for (const auto& [node, wanted] : situation.conditions) {
      const double near = nearness(node, row, wanted);
      all = all && near >= 1;
      sum += near;
    }
    return all ? 1 : sum / static_cast<double>(situation.conditions.size());
  }

  /// How near the condition is to being so: 1 is there.
  double nearness(NodeId id, std::size_t row, bool wanted) {
    const std::size_t place = nearness_.place(id, wanted);
    if (!nearness_.is_known(place)) nearness_.set(place, find_nearness(id, row, wanted));
    return nearness_.at(place);
  }

  double find_nearness(NodeId id, std::size_t row, bool wanted) {
    const Truth now = truth(id, row);
    if (now == (wanted ? Truth::yes : Truth::no)) return 1;
    const Node& node = at(id);
    switch (node.kind) {
      case NodeKind::definition:
        return nearness(node.operands[0], row, wanted);
      case NodeKind::negation:
        return nearness(node.operands[0], row, !wanted);
      case NodeKind::conjunction:
        return wanted ? nearness_of_most(node, row, true, node.operands.size()) : nearness_of_most(node, row, false, 1);
      case NodeKind::disjunction:
        return wanted ? nearness_of_most(node, row, true, 1) : nearness_of_most(node, row, false, node.operands.size());
      case NodeKind::at_least: {
        const auto count = static_cast<std::size_t>(node.value);
        return wanted ? nearness_of_most(node, row, true, count)
                      : nearness_of_most(node, row, false, node.operands.size() + 1 - count);
      }
      case NodeKind::none_of:
        return wanted ? nearness_of_most(node, row, false, node.operands.size()) : nearness_of_most(node, row, true, 1);
      default:
        return now == Truth::unknown ? 0.25 : 0;
    }
  }

  /// The mean over the `count` operands that are nearest.
  double nearness_of_most(const Node& node, std::size_t row, bool wanted, std::size_t count) {
    std::vector<double> each;
    for (const NodeId operand : node.operands) each.push_back(nearness(operand, row, wanted));
    std::sort(each.rbegin(), each.rend());
    double sum = 0;
    for (std::size_t i = 0; i < count && i < each.size(); ++i) sum += each[i];
    return std::min(0.99, count == 0 ? 0 : sum / static_cast<double>(count));
  }
};

void PolicyDrawer::learn(Target& target, Trials& trials) {
  Learner(*this, target, trials).learn();
  target.learned = true;
}

}  // namespace proviso::trial
