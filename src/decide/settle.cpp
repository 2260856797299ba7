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

template <typename Visit>
void for_each_bit(const program::Plane& plane, Visit visit) {
  for (std::size_t word = 0; word < plane.size(); ++word) {
    for (std::uint64_t rest = plane[word]; rest != 0; rest &= rest - 1) {
      visit(word * 64 + static_cast<std::size_t>(__builtin_ctzll(rest)));
    }
  }
}

}  // namespace

/// Records that `applies when` excludes are sorted out first, which for most policies is most of them. Those that were
/// looked up are hardly ever excluded; but no hook is called for nothing.
void Decider::decide_selected(const Segment& segment, bool looked_up) {
  const bool sorts_out = segment.version().has_gate() && !in_full() && (!looked_up || segment.whole().calls_hooks());
  if (sorts_out && many(selected_.size(), chunk_->rows())) {
    fill_running();
    return decide_running(segment, selected_.size());
  }
  if (sorts_out) leave_excluded_out(segment);
  run_selected(segment);
}

/// The same for `count` records that are in running_ alone.
void Decider::decide_running(const Segment& segment, std::size_t count) {
  const bool sorts_out = segment.version().has_gate() && !in_full();
  const bool together = sorts_out && many(count, chunk_->rows());
  if (together) {
    gate_registers_.run(segment.gate(), *chunk_, deciding());
    const std::uint64_t* no = gate_registers_.no_plane(segment.version().applies);
    for (std::size_t word = 0; word < running_.size(); ++word) running_[word] &= ~no[word];
  }
  select_running();
  if (sorts_out && !together) leave_excluded_out(segment);
  run_selected(segment);
}

/// One by one.
void Decider::leave_excluded_out(const Segment& segment) {
  const auto excluded = [&](std::uint32_t record) {
    gate_registers_.run_row(segment.gate(), *chunk_, record, deciding());
    return gate_registers_.truth(segment.version().applies, 0) == Truth::no;
  };
  selected_.erase(std::remove_if(selected_.begin(), selected_.end(), excluded), selected_.end());
}

void Decider::run_selected(const Segment& segment) {
  if (selected_.empty()) return;
  if (many(selected_.size(), chunk_->rows())) return decide_together(segment);
  for (const std::uint32_t record : selected_) decide_alone(segment, record);
}

void Decider::select_running() {
  selected_.clear();
  for_each_bit(running_, [&](std::size_t record) { selected_.push_back(static_cast<std::uint32_t>(record)); });
}

/// The selected records as a plane.
void Decider::fill_running() {
  const std::size_t rows = chunk_->rows();
  if (selected_.size() == rows) {
    running_.assign((rows + 63) / 64, ~std::uint64_t{0});
    if (rows % 64 != 0) running_.back() = (std::uint64_t{1} << (rows % 64)) - 1;
    return;
  }
  running_.assign((rows + 63) / 64, 0);
  for (const std::uint32_t record : selected_) program::set_bit(running_, record);
}

View Decider::run_alone(const Segment& segment, std::size_t record) {
  registers_.run_row(segment.whole(), *chunk_, record, deciding());
  return {&segment.version(), &segment, &segment.whole(), &registers_, chunk_, 0, record};
}

void Decider::decide_alone(const Segment& segment, std::size_t record) { decide_walked(run_alone(segment, record)); }

void Decider::decide_together(const Segment& segment) {
  fill_running();
  registers_.run(segment.whole(), *chunk_, deciding(), &running_);
  walk_planes(segment.version());
  View view{&segment.version(), &segment, &segment.whole(), &registers_, chunk_, 0, 0};
  for (const std::uint32_t record : selected_) {
    view.row = view.record = record;
    if (program::bit(certain_, record)) {
      decide_certain(view, deciding_clause_[record]);
    } else {
      decide_walked(view);
    }
  }
}

/// The walk for 64 records at once, as far as nothing unknown stands in its way: certain_ and deciding_clause_ for the
/// records that a clause decides before any unknown condition. The others, and those excluded, are left to the walk of
/// one record (walk.cpp).
void Decider::walk_planes(const Version& version) {
  const std::vector<ClauseHead>& clauses = version.heads;
  certain_.assign(running_.size(), 0);
  program::Plane& open = walking_;
  open = running_;
  if (version.has_gate()) {
    const std::uint64_t* yes = registers_.yes_plane(version.applies);
    for (std::size_t word = 0; word < open.size(); ++word) open[word] &= yes[word];
  }
  for (std::uint32_t clause = 0; clause < clauses.size(); ++clause) {
    const model::NodeId condition = clauses[clause].condition;
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
  walk_.possible.add(view.version->heads[clause].result);
  walk_.last_tried = clause;
  settle(view, walk_);
}

void Decider::decide_walked(const View& view) {
  walk_record(view);
  settle(view, walk_);
}

void Decider::walk_record(const View& view) {
  walk(view, walk_);
  if (view.version->payment && !walk_.possible.single()) join_equal_payments(view);
}

/// One possible result is the result, and the clause that ended the walk gives it: that one certainly decides unless
/// an earlier one does. Several: information is needed, or a person decides where nothing that could be asked for would
/// help. What is needed is then asked for. Returns the clause that decides, even where what it pays is not known; none
/// where none does.
std::uint32_t Decider::conclude(const View& view, const Walk& walk, Decision& decision) {
  if (walk.possible.single() && !walk.remaining.empty()) {
    const std::uint32_t decided = decision.clause = walk.remaining.back();
    decision.outcome = view.version->heads[decided].outcome;
    if (view.version->payment) pay(view, decision);
    return decided;
  }
  needs_.begin(view, *decisions_);
  needs_.ask(Version::applies_item);
  for (const std::uint32_t each : walk.asking) needs_.ask(view.version->clause_items[each]);
  if (view.version->payment) {
    // Whichever clause decides, what it pays must be known.
    for (const std::uint32_t each : walk.remaining) ask_for_values(*view.version, each);
  }
  decision.outcome = needs_.needs().count == 0 ? nothing_to_ask(*view.version) : Outcome::information_needed;
  return model::none;
}

/// Where the outcome is open and no fact would settle it: somebody has to look.
Outcome Decider::nothing_to_ask(const Version& version) { return version.payment ? Outcome::query : Outcome::review; }

void Decider::settle(const View& view, const Walk& walk) {
  if (walk.applies == Truth::no) return leave_out(view);
  Decision decision = new_decision(*view.version, view.record, true);
  const std::uint32_t decided = conclude(view, walk, decision);
  if (decision.clause == model::none) decision.needs = needs_.needs();
  explain(view, walk, decided, decision);
  decisions_->add(view.record, decision);
}

void Decider::explain(const View& view, const Walk& walk, std::uint32_t decided, Decision& decision) {
  decision.notes = add_notes(view, walk, decided, decision);
  decision.assumed = reasons_.assumed(view, walk.last_tried + 1, decided, *decisions_);
  if (!explains()) return;
  if (in_full()) {
    decision.reasons = reasons_.all(view, *decisions_);
  } else if (decided == model::none) {
    decision.reasons = reasons_.open(view, walk, *decisions_);
  } else {
    decision.reasons = reasons_.deciding(view, walk, decided, *decisions_);
  }
  if (view.version->payment && decided != model::none) {
    decision.worked_out = reasons_.worked_out(view, decided, *decisions_);
  }
}

/// The policy does not apply: nothing is said of it, but in full.
void Decider::leave_out(const View& view) {
  if (!in_full()) return;
  Decision decision = new_decision(*view.version, view.record, true);
  decision.reasons = reasons_.not_applying(view, *decisions_);
  decision.assumed = reasons_.assumed(view, 0, model::none, *decisions_);
  decisions_->add(view.record, decision);
}

/// What could not be worked out, of every criterion that was tried, whether it mattered or not. A review, or a query
/// that no clause asks, always has a reason.
Range Decider::add_notes(const View& view, const Walk& walk, std::uint32_t decided, const Decision& decision) {
  std::vector<std::string>& notes = decisions_->notes;
  const std::size_t first = notes.size();
  const bool open = decision.clause == model::none;
  add_input_notes(view, walk, decided, decision);
  if (!open) needs_.begin(view, *decisions_);
  needs_.note_problems(Version::applies_item);
  for (std::uint32_t clause = 0; clause <= walk.last_tried && clause < view.version->clause_items.size(); ++clause) {
    needs_.note_problems(view.version->clause_items[clause]);
  }
  notes.insert(notes.end(), needs_.problems().begin(), needs_.problems().end());
  if (open && decision.outcome != Outcome::information_needed) {
    notes.insert(notes.end(), needs_.unanswered().begin(), needs_.unanswered().end());
    if (notes.size() == first) {
      notes.emplace_back(decided == model::none ? "the facts are there, but do not settle every criterion"
                                                : "the facts are there, but do not give the amount or the code");
    }
  }
  if (place_is_open_) notes.emplace_back("the place is not known; every place gives the same outcome");
  if (place_is_open_ && category_is_open_) {
    notes.emplace_back("the policy's category depends on the place");
  }
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(notes.size() - first)};
}

/// What was wrong with the record's facts, for those that took part.
void Decider::add_input_notes(const View& view, const Walk& walk, std::uint32_t decided, const Decision& decision) {
  const Version& version = *view.version;
  const auto reads = [](const Facts& facts, model::FactId fact) {
    return std::binary_search(facts.all.begin(), facts.all.end(), fact);
  };
  // Of the record's own line in one of its groups.
  const auto is_needed = [&](model::FactId fact) {
    const auto first = decisions_->needs.begin() + decision.needs.first;
    return std::any_of(first, first + decision.needs.count, [fact](const Need& need) { return need.fact == fact; });
  };
  for (std::size_t i = first_input_problem(view.record); i < input_problems_.size(); ++i) {
    if (input_problems_[i].first != view.record) break;
    const model::FactId fact = input_problems_[i].second->fact;
    bool took_part = reads(version.applies_facts, fact) || is_needed(fact);
    for (const std::uint32_t clause : walk.remaining) {
      const bool may_pay = version.payment && (decided == model::none || decided == clause);
      took_part = took_part || (may_pay && reads(version.payments[clause].facts, fact));
    }
    for (std::size_t clause = 0; clause <= walk.last_tried && clause < version.clause_facts.size(); ++clause) {
      took_part = took_part || reads(version.clause_facts[clause], fact);
    }
    if (took_part) add_input_note(*input_problems_[i].second);
  }
}

/// The first of input_problems_ that is not of an earlier record.
std::size_t Decider::first_input_problem(std::size_t record) const {
  const auto before = [](const auto& problem, std::size_t wanted) { return problem.first < wanted; };
  const auto found = std::lower_bound(input_problems_.begin(), input_problems_.end(), record, before);
  return static_cast<std::size_t>(found - input_problems_.begin());
}

void Decider::add_input_note(const program::InputProblem& problem) {
  decisions_->notes.push_back("`" + engine_.record().facts[problem.fact].name + "`: " + problem.message);
}

}  // namespace proviso::decide
