#include <algorithm>

#include "decide/decider.hpp"

/// From selected records to decisions: the runs, and what the walk of the clauses comes to.
namespace proviso::decide {
namespace {

using model::Outcome;
using value::Truth;

// A run of the whole chunk costs about as much as so many runs of one record out of each so many.
constexpr std::size_t rows_for_one = 8;
constexpr std::size_t fewest_together = 16;

bool many(std::size_t count, std::size_t rows) { return count >= fewest_together && count * rows_for_one >= rows; }

std::size_t count_bits(const program::Plane& plane) {
  std::size_t count = 0;
  for (const std::uint64_t word : plane) count += static_cast<std::size_t>(__builtin_popcountll(word));
  return count;
}

template <typename Visit>
void for_each_bit(const program::Plane& plane, Visit visit) {
  for (std::size_t word = 0; word < plane.size(); ++word) {
    for (std::uint64_t rest = plane[word]; rest != 0; rest &= rest - 1) {
      visit(word * 64 + static_cast<std::size_t>(__builtin_ctzll(rest)));
    }
  }
}

}  // namespace

/// Records that `applies when` excludes are sorted out first, which for most policies is most of them.
void Decider::decide_selected(const Version& version, const Segment& segment, std::size_t count) {
  const bool sorts_out = version.has_gate() && !in_full();
  if (sorts_out && many(count, chunk_->rows())) {
    gate_registers_.run(segment.gate(), *chunk_, deciding());
    const std::uint64_t* no = gate_registers_.no_plane(version.policy->applies);
    for (std::size_t word = 0; word < selected_.size(); ++word) selected_[word] &= ~no[word];
    count = count_bits(selected_);
  } else if (sorts_out) {
    for_each_bit(selected_, [&](std::size_t record) {
      gate_registers_.run_row(segment.gate(), *chunk_, record, deciding());
      if (gate_registers_.truth(version.policy->applies, 0) == Truth::no) program::clear_bit(selected_, record);
    });
    count = count_bits(selected_);
  }
  if (count == 0) return;
  if (many(count, chunk_->rows())) return decide_together(version, segment);
  for_each_bit(selected_, [&](std::size_t record) { decide_alone(version, segment, record); });
}

void Decider::decide_alone(const Version& version, const Segment& segment, std::size_t record) {
  registers_.run_row(segment.whole(), *chunk_, record, deciding());
  decide_walked({&version, &segment, &segment.whole(), &registers_, chunk_, 0, record});
}

void Decider::decide_together(const Version& version, const Segment& segment) {
  registers_.run(segment.whole(), *chunk_, deciding());
  walk_planes(version);
  View view{&version, &segment, &segment.whole(), &registers_, chunk_, 0, 0};
  for_each_bit(selected_, [&](std::size_t record) {
    view.row = view.record = record;
    if (program::bit(certain_, record)) {
      decide_certain(view, deciding_clause_[record]);
    } else {
      decide_walked(view);
    }
  });
}

/// The walk for 64 records at once, as far as nothing unknown stands in its way: certain_ and deciding_clause_ for the
/// records that a clause decides before any unknown condition. The others, and those excluded, are left to the walk of
/// one record (walk.cpp).
void Decider::walk_planes(const Version& version) {
  const model::Policy& policy = *version.policy;
  certain_.assign(selected_.size(), 0);
  program::Plane& open = walking_;
  open = selected_;
  if (version.has_gate()) {
    const std::uint64_t* yes = registers_.yes_plane(policy.applies);
    for (std::size_t word = 0; word < open.size(); ++word) open[word] &= yes[word];
  }
  for (std::uint32_t clause = 0; clause < policy.clauses.size(); ++clause) {
    const model::NodeId condition = policy.clauses[clause].condition.node;
    const std::uint64_t* yes = condition == model::none ? nullptr : registers_.yes_plane(condition);
    const std::uint64_t* no = condition == model::none ? nullptr : registers_.no_plane(condition);
    for (std::size_t word = 0; word < open.size(); ++word) {
      const std::uint64_t decided = yes == nullptr ? open[word] : open[word] & yes[word];
      certain_[word] |= decided;
      for (std::uint64_t rest = decided; rest != 0; rest &= rest - 1) {
        deciding_clause_[word * 64 + static_cast<std::size_t>(__builtin_ctzll(rest))] = clause;
      }
      open[word] = no == nullptr ? 0 : open[word] & no[word];
    }
  }
}

void Decider::decide_certain(const View& view, std::uint32_t clause) {
  walk_.applies = Truth::yes;
  walk_.remaining.assign(1, clause);
  walk_.asking.clear();
  walk_.possible = {};
  walk_.possible.add(view.version->policy->clauses[clause].outcome);
  walk_.last_tried = clause;
  settle(view, walk_);
}

void Decider::decide_walked(const View& view) {
  walk(view, walk_);
  settle(view, walk_);
}

/// One possible outcome is the outcome, and the clause that ended the walk gives it: that one certainly decides unless
/// an earlier one does. Several: information is needed, or a person decides where nothing that could be asked for would
/// help.
void Decider::settle(const View& view, const Walk& walk) {
  if (walk.applies == Truth::no) return leave_out(view);
  Decision decision = new_decision(*view.version, view.record, true);
  if (walk.possible.single() && !walk.remaining.empty()) {
    decision.clause = walk.remaining.back();
    decision.outcome = view.version->policy->clauses[decision.clause].outcome;
  } else {
    needs_.begin(view, *decisions_);
    needs_.ask(Version::applies_item);
    for (const std::uint32_t clause : walk.asking) needs_.ask(view.version->clause_items[clause]);
    decision.needs = needs_.needs();
    decision.outcome = decision.needs.count == 0 ? Outcome::review : Outcome::information_needed;
  }
  explain(view, walk, decision);
  decisions_->add(view.record, decision);
}

void Decider::explain(const View& view, const Walk& walk, Decision& decision) {
  decision.notes = add_notes(view, walk, decision);
  if (!explains()) return;
  if (in_full()) {
    decision.reasons = reasons_.all(view, *decisions_);
  } else if (decision.clause == model::none) {
    decision.reasons = reasons_.open(view, walk, *decisions_);
  } else {
    decision.reasons = reasons_.deciding(view, walk, decision.clause, *decisions_);
  }
  decision.assumed = reasons_.assumed(view, walk.last_tried + 1, *decisions_);
}

/// The policy does not apply: nothing is said of it, but in full.
void Decider::leave_out(const View& view) {
  if (!in_full()) return;
  Decision decision = new_decision(*view.version, view.record, true);
  decision.reasons = reasons_.not_applying(view, *decisions_);
  decision.assumed = reasons_.assumed(view, 0, *decisions_);
  decisions_->add(view.record, decision);
}

/// Where the outcome is open, what could not be worked out; a review always has a reason.
Range Decider::add_notes(const View& view, const Walk& walk, const Decision& decision) {
  std::vector<std::string>& notes = decisions_->notes;
  const std::size_t first = notes.size();
  const bool open = decision.clause == model::none;
  if (explains() || open) add_input_notes(view, walk);
  if (open) notes.insert(notes.end(), needs_.problems().begin(), needs_.problems().end());
  if (open && decision.outcome == Outcome::review && notes.size() == first) {
    notes.emplace_back("the facts are there, but do not settle every criterion");
  }
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(notes.size() - first)};
}

/// What was wrong with the record's facts, for those that took part.
void Decider::add_input_notes(const View& view, const Walk& walk) {
  const Version& version = *view.version;
  const auto reads = [](const Facts& facts, model::FactId fact) {
    return std::binary_search(facts.all.begin(), facts.all.end(), fact);
  };
  const auto before = [](const auto& problem, std::size_t record) { return problem.first < record; };
  auto problem = std::lower_bound(input_problems_.begin(), input_problems_.end(), view.record, before);
  for (; problem != input_problems_.end() && problem->first == view.record; ++problem) {
    const model::FactId fact = problem->second->fact;
    bool took_part = reads(version.applies_facts, fact);
    for (std::size_t clause = 0; clause <= walk.last_tried && clause < version.clause_facts.size(); ++clause) {
      took_part = took_part || reads(version.clause_facts[clause], fact);
    }
    if (!took_part) continue;
    decisions_->notes.push_back("`" + engine_.record().facts[fact].name + "`: " + problem->second->message);
  }
}

}  // namespace proviso::decide
