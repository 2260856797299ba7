#include "trial/suggestion/suggest_search.hpp"

#include <algorithm>

#include "trial/scenarios/given.hpp"
#include "trial/scenarios/scenarios.hpp"

namespace proviso::trial {
namespace {

using model::GivenFact;
using model::GivenRecord;
using model::Outcome;

constexpr std::size_t drawn_each_round = 256;
/// Rounds without anything new before the search ends.
constexpr std::size_t idle_search_rounds = 16;
constexpr std::size_t most_search_rounds = 60;
/// What one more goal is worth, where a fact that differs from the base is 2.
constexpr double goal_worth = 4;
/// Records around which all single changes are tried.
constexpr std::size_t most_looked_around = 24;

std::uint32_t record_of(const model::Library& library, const std::string& policy) {
  for (const model::Policy& each : library.policies) {
    if (each.full_name() == policy) return each.record;
  }
  return 0;
}

decide::Options search_options(const std::string& policy, bool with_drafts) {
  decide::Options result;
  result.policies = {policy};
  result.with_drafts = with_drafts;
  result.explain = decide::Explain::reasons;
  return result;
}

GivenRecord in_order(const GivenRecord& record) {
  GivenRecord result;
  for (const GivenFact& each : record) put(result, each);
  return result;
}

std::vector<std::uint32_t> common(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::vector<std::uint32_t> result;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
  return result;
}

std::vector<std::uint32_t> without(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::vector<std::uint32_t> result;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
  return result;
}

}  // namespace

SuggestionSearch::SuggestionSearch(const model::Library& library, const std::string& policy, bool with_drafts,
                                   std::uint64_t seed)
    : library_(library),
      policy_(policy),
      goals_(library, policy, with_drafts),
      engine_(library, library.records[record_of(library, policy)].name, search_options(policy, with_drafts)),
      decider_(engine_),
      record_(record_of(library, policy)),
      drawing_(library, record_, {policy}, seed),
      plausible_(library, policy),
      chunk_(library, record_) {
  for (std::uint32_t goal = 0; goal < goals_.all().size(); ++goal) wanted_.push_back(goal);
}

void SuggestionSearch::search() {
  take_what_is_shown();
  if (wanted_.empty()) return;
  if (!base_) find_base();
  // What takes an odd record is shown by one only where no other shows it.
  for (const bool odd : {false, true}) {
    takes_odd_ = odd;
    search_on();
  }
  leave_out_needless();
  if (base_) {
    base_->expected = expectation(*base_);
    usual_ = reasons_of(base_->given);
  }
  for (FoundCase& each : found_) each.expected = expectation(each);
}

void SuggestionSearch::search_on() {
  if (wanted_.empty()) return;
  std::vector<GivenRecord> known;
  if (base_) known.push_back(base_->given);
  for (const FoundCase& each : found_) known.push_back(each.given);
  to_look_around_ = std::move(known);
  std::size_t looked_around = 0;
  std::size_t idle = 0;
  for (std::size_t round = 0; round < most_search_rounds && idle < idle_search_rounds && !wanted_.empty(); ++round) {
    while (looked_around < to_look_around_.size() && looked_around < most_looked_around && !wanted_.empty()) {
      look_around(GivenRecord(to_look_around_[looked_around++]));
    }
    std::vector<GivenRecord> records;
    for (std::size_t i = 0; i < drawn_each_round; ++i) {
      const bool near = i % 2 == 1 && !to_look_around_.empty();
      records.push_back(near ? drawing_.near(to_look_around_[(i / 2) % to_look_around_.size()]) : drawing_.next());
    }
    idle = keep_best(std::move(records)) > 0 ? 0 : idle + 1;
  }
}

std::vector<SuggestionSearch::Trial> SuggestionSearch::try_out(const std::vector<GivenRecord>& records) {
  std::vector<Trial> trials;
  trials.reserve(records.size());
  for (std::size_t first = 0; first < records.size(); first += program::chunk_capacity) {
    chunk_.clear();
    for (std::size_t i = first; i < records.size() && i < first + program::chunk_capacity; ++i) {
      add_record(chunk_, records[i]);
    }
    chunk_.finish();
    goals_.shown_by(chunk_, shown_);
    decider_.decide(chunk_, decisions_);
    for (std::size_t row = 0; row < chunk_.rows(); ++row) {
      const Result result = result_of(decisions_, row);
      trials.push_back({shown_[row], result.outcome, result.decision != nullptr && result.decision->amount});
    }
  }
  tried_ += records.size();
  return trials;
}

SuggestionSearch::Trial SuggestionSearch::try_out(const GivenRecord& record) {
  return try_out(std::vector<GivenRecord>{record}).front();
}

bool SuggestionSearch::is_limit(std::uint32_t goal) const {
  const Aim aim = goals_.all()[goal].aim;
  return aim == Aim::below || aim == Aim::at || aim == Aim::above;
}

// What the scenarios that there are show.

void SuggestionSearch::take_what_is_shown() {
  std::vector<GivenRecord> records;
  std::vector<const model::Scenario*> owners;
  for (const model::Scenario& scenario : library_.scenarios) {
    if (scenario.policy != policy_ || (scenario.with_drafts && !engine_.options().with_drafts)) continue;
    for (const model::ScenarioCase& each : scenario.cases) {
      records.push_back(in_order(each.given));
      owners.push_back(&scenario);
    }
  }
  const std::vector<Trial> trials = try_out(records);
  for (const Trial& trial : trials) wanted_ = without(wanted_, trial.shown);
  shown_before_ = goals_.all().size() - wanted_.size();
  take_base_that_is_there(trials, owners, records);
  tried_ = 0;
}

/// An approved case that is a scenario alone, so that others can be like it: the one that shows most, rather without a
/// variation.
void SuggestionSearch::take_base_that_is_there(const std::vector<Trial>& trials,
                                               const std::vector<const model::Scenario*>& owners,
                                               const std::vector<GivenRecord>& records) {
  std::size_t most = 0;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    // What `vary` adds is not taken over by what is like it.
    const bool alone = owners[i]->cases.size() == 1 && owners[i]->cases.front().label.empty();
    if (!alone || (trials[i].outcome != Outcome::approve && trials[i].outcome != Outcome::pay)) continue;
    const std::size_t worth = 1 + trials[i].shown.size() + (is_varied(trials[i]) ? 0 : goals_.all().size());
    if (worth <= most) continue;
    most = worth;
    base_ = FoundCase{records[i], {}, {}};
    base_title_ = owners[i]->title;
  }
}

// The record that the others are like.

bool SuggestionSearch::is_varied(const Trial& trial) const {
  return std::any_of(trial.shown.begin(), trial.shown.end(),
                     [&](std::uint32_t goal) { return goals_.all()[goal].aim == Aim::variation; });
}

/// Rather an approval by many criteria that decide, values away from limits and nothing odd, where no variation holds.
double SuggestionSearch::plainness(const GivenRecord& record, const Trial& trial) const {
  static constexpr Outcome best_first[] = {Outcome::approve, Outcome::pay,    Outcome::adjust,   Outcome::review,
                                           Outcome::query,   Outcome::refuse, Outcome::withhold, Outcome::exempt};
  const auto* const found = std::find(std::begin(best_first), std::end(best_first), trial.outcome);
  double result = -1000.0 * static_cast<double>(found - std::begin(best_first));
  result -= 10.0 * static_cast<double>(plausible_.doubts(record));
  if (is_varied(trial)) result -= 20;
  if (trial.priced) result += 100;
  for (const std::uint32_t goal : trial.shown) {
    if (is_limit(goal)) result -= 1;
    if (goals_.all()[goal].aim == Aim::yes) result += 4;
  }
  return result;
}

void SuggestionSearch::find_base() {
  std::vector<GivenRecord> records;
  while (records.size() < 2 * program::chunk_capacity) records.push_back(drawing_.next());
  const std::vector<Trial> trials = try_out(records);
  std::size_t best = records.size();
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const bool decided = trials[i].outcome != Outcome::not_applicable &&
                         trials[i].outcome != Outcome::information_needed && !common(trials[i].shown, wanted_).empty();
    if (decided &&
        (best == records.size() || plainness(records[i], trials[i]) > plainness(records[best], trials[best])))
      best = i;
  }
  if (best == records.size()) return;
  GivenRecord record = in_order(records[best]);
  make_plain(record);
  Numbers kept_for;
  for (const std::uint32_t goal : common(trials[best].shown, wanted_)) {
    if (!is_limit(goal)) kept_for.push_back(goal);
  }
  const Outcome outcome = trials[best].outcome;
  kept_for = common(kept_for, try_out(record).shown);
  record = reduced({}, record, kept_for, outcome);
  make_plain(record);
  const Trial trial = try_out(record);
  base_ = FoundCase{record, common(trial.shown, wanted_), {}};
  wanted_ = without(wanted_, trial.shown);
}

/// Changes single facts for as long as that takes values away from limits and leaves everything else as it is.
void SuggestionSearch::make_plain(GivenRecord& record) {
  for (GivenFact& fact : record) {
    if (!fact.measured_on) continue;
    GivenRecord changed = record;
    changed[static_cast<std::size_t>(&fact - record.data())].measured_on.reset();
    if (plainness(changed, try_out(changed)) >= plainness(record, try_out(record))) fact.measured_on.reset();
  }
  for (std::size_t round = 0; round < 12; ++round) {
    const std::vector<GivenRecord> around = drawing_.neighbours(record);
    const std::vector<Trial> trials = try_out(around);
    double best = plainness(record, try_out(record));
    const GivenRecord* better = nullptr;
    for (std::size_t i = 0; i < around.size(); ++i) {
      if (around[i].size() != record.size()) continue;
      const double plain = plainness(around[i], trials[i]);
      if (plain <= best) continue;
      best = plain;
      better = &around[i];
    }
    if (better == nullptr) return;
    record = in_order(*better);
  }
}

// Records that show more.

void SuggestionSearch::look_around(const GivenRecord& record) { keep_best(drawing_.neighbours(record)); }

/// Keeps records that show what is wanted, those first that show much of it for what there is to read. How many were
/// kept.
std::size_t SuggestionSearch::keep_best(std::vector<GivenRecord> records) {
  if (!takes_odd_) {
    const std::size_t most = base_ ? plausible_.doubts(base_->given) : 0;
    const auto is_odd = [&](const GivenRecord& record) { return plausible_.doubts(record) > most; };
    records.erase(std::remove_if(records.begin(), records.end(), is_odd), records.end());
  }
  const std::vector<Trial> trials = try_out(records);
  std::size_t kept = 0;
  while (!wanted_.empty()) {
    std::size_t best = 0;
    std::optional<double> most;
    for (std::size_t i = 0; i < trials.size(); ++i) {
      const std::size_t count = common(trials[i].shown, wanted_).size();
      if (count == 0) continue;
      const std::size_t effort = plausible_.effort(base_ ? base_->given : GivenRecord{}, records[i]);
      // What is paid is worth knowing, though no goal asks for it.
      const double worth =
          goal_worth * static_cast<double>(count) - static_cast<double>(effort) + (trials[i].priced ? 3 : 0);
      if (most && worth <= *most) continue;
      most = worth;
      best = i;
    }
    if (!most) break;
    keep(in_order(records[best]), common(trials[best].shown, wanted_), trials[best].outcome);
    ++kept;
  }
  return kept;
}

void SuggestionSearch::keep(const GivenRecord& record, const Numbers& kept_for, Outcome outcome) {
  FoundCase found;
  found.kept_for = kept_for;
  found.given = reduced(base_ ? base_->given : GivenRecord{}, record, kept_for, outcome);
  // A record that has little in common with the base is told on its own.
  if (base_ && difference(base_->given, found.given).size() > 3) {
    GivenRecord alone = reduced({}, record, kept_for, outcome);
    if (alone.size() < difference(base_->given, found.given).size()) found.given = std::move(alone);
  }
  const Numbers shown = try_out(found.given).shown;
  found.kept_for = common(shown, wanted_);
  wanted_ = without(wanted_, shown);
  to_look_around_.push_back(found.given);
  found_.push_back(std::move(found));
}

bool SuggestionSearch::still(const GivenRecord& record, const Numbers& kept_for, Outcome outcome, bool priced) {
  const Trial trial = try_out(record);
  return trial.outcome == outcome && (trial.priced || !priced) &&
         common(trial.shown, kept_for).size() == kept_for.size();
}

/// `to` with as many facts as possible as `from` has them (or, where it has not, left out) that still comes to the
/// outcome and shows the goals.
GivenRecord SuggestionSearch::reduced(const GivenRecord& from, const GivenRecord& to, const Numbers& kept_for,
                                      Outcome outcome) {
  GivenRecord best = to;
  const bool priced = try_out(to).priced;
  const std::size_t doubts = std::max(plausible_.doubts(to), plausible_.doubts(from));
  for (bool again = true; again;) {
    again = false;
    for (const GivenFact& back : difference(best, from)) {
      GivenRecord candidate = best;
      put(candidate, back);
      if (plausible_.doubts(candidate) > doubts || !still(candidate, kept_for, outcome, priced)) continue;
      best = std::move(candidate);
      again = true;
    }
  }
  for (const GivenFact& changed : difference(from, best)) {
    if (!changed.measured_on) continue;
    GivenRecord candidate = best;
    GivenFact plain = changed;
    plain.measured_on.reset();
    put(candidate, plain);
    if (still(candidate, kept_for, outcome, priced)) best = std::move(candidate);
  }
  shorten_lists(best, from, kept_for, outcome, priced);
  return best;
}

void SuggestionSearch::shorten_lists(GivenRecord& record, const GivenRecord& from, const Numbers& kept_for,
                                     Outcome outcome, bool priced) {
  for (const GivenFact& changed : difference(from, record)) {
    GivenFact list = changed;
    for (std::size_t i = list.elements.size(); i-- > 0;) {
      GivenFact shorter = list;
      shorter.elements.erase(shorter.elements.begin() + static_cast<std::ptrdiff_t>(i));
      GivenRecord candidate = record;
      put(candidate, shorter);
      if (!still(candidate, kept_for, outcome, priced)) continue;
      record = std::move(candidate);
      list = std::move(shorter);
    }
  }
}

/// Later records often show what earlier ones were kept for.
void SuggestionSearch::leave_out_needless() {
  std::vector<GivenRecord> records;
  for (const FoundCase& each : found_) records.push_back(each.given);
  const std::vector<Trial> trials = try_out(records);
  Numbers all;
  for (const FoundCase& each : found_) all.insert(all.end(), each.kept_for.begin(), each.kept_for.end());
  std::sort(all.begin(), all.end());
  std::vector<std::size_t> times(goals_.all().size(), 0);
  for (const Trial& trial : trials) {
    for (const std::uint32_t goal : trial.shown) ++times[goal];
  }
  std::vector<FoundCase> kept;
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const Numbers own = common(trials[i].shown, all);
    if (std::all_of(own.begin(), own.end(), [&](std::uint32_t goal) { return times[goal] > 1; })) {
      for (const std::uint32_t goal : trials[i].shown) --times[goal];
      continue;
    }
    kept.push_back(std::move(found_[i]));
    Numbers alone;
    for (const std::uint32_t goal : own) {
      if (times[goal] == 1) alone.push_back(goal);
    }
    kept.back().kept_for = std::move(alone);
  }
  found_ = std::move(kept);
}

// What comes of a record.

const decide::Decision* SuggestionSearch::decide(const GivenRecord& record) {
  chunk_.clear();
  add_record(chunk_, record);
  chunk_.finish();
  decider_.decide(chunk_, decisions_);
  return result_of(decisions_, 0).decision;
}

std::vector<NamedReason> SuggestionSearch::reasons_of(const GivenRecord& record) {
  const decide::Decision* decision = decide(record);
  return decision == nullptr ? std::vector<NamedReason>{} : named_reasons(engine_, decisions_, *decision);
}

model::Expectation SuggestionSearch::expectation(const FoundCase& found) {
  const decide::Decision* decision = decide(found.given);
  model::Expectation expected;
  const Result result = result_of(decisions_, 0);
  expected.outcome = result.outcome;
  expected.strength = strength_of(engine_, result);
  if (decision != nullptr && !expected.strength) expected.amount = decision->amount;
  expected.recount = recount_of(engine_, result);
  if (decision == nullptr || expected.outcome == Outcome::not_applicable) return expected;
  if (expected.outcome == Outcome::information_needed) {
    expected.about.emplace();
    for (std::uint32_t i = 0; i < decision->needs.count; ++i) {
      expected.about->push_back(decisions_.needs[decision->needs.first + i].fact);
    }
    return expected;
  }
  expected.because = most_telling(named_reasons(engine_, decisions_, *decision), usual_, [&](const std::string& name) {
    return std::any_of(found.kept_for.begin(), found.kept_for.end(), [&](std::uint32_t number) {
      const Goal& goal = goals_.all()[number];
      return goal.aim != Aim::clause && goal.name == name;
    });
  });
  return expected;
}

}  // namespace proviso::trial
