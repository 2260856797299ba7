#include "trial/drawing/drawn_policy.hpp"

#include <algorithm>

#include "trial/scenarios/given.hpp"
#include "value/calendar.hpp"

namespace proviso::trial {
namespace {

constexpr std::size_t most_places = 6;

/// A day for what has no first and no last one.
constexpr std::int32_t some_day = 18048;  // 2019-06-01

bool has_same_value(const model::GivenFact& a, const model::GivenFact& b) {
  return a.constant.known == b.constant.known && a.constant.bits == b.constant.bits && a.measured_on == b.measured_on;
}

}  // namespace

PolicyDrawer::PolicyDrawer(const decide::Engine& engine, const decide::Family& family, std::uint64_t seed)
    : library_(engine.library()), record_(engine.record()), drawer_(engine.record()), seed_(seed) {
  find_pools(family);
  for (const decide::Edition* edition : family.editions) add_targets(*edition);
}

void PolicyDrawer::find_pools(const decide::Family& family) {
  std::vector<PoolSource> sources;
  for (const decide::Edition* edition : family.editions) {
    PoolSource source;
    source.dated_by = edition->dated_by();
    source.placed_by = edition->placed_by();
    if (edition->policy().payment) source.price = record_.price;
    for (const decide::Version* version : edition->forms()) {
      source.roots.push_back(version->applies);
      for (const decide::ClauseHead& head : version->heads) source.roots.push_back(head.condition);
      for (const model::Clause& clause : version->clauses()) {
        if (!clause.payment) continue;
        source.amounts.push_back(clause.payment->amount);
        source.amounts.push_back(clause.payment->code);
      }
    }
    sources.push_back(std::move(source));
  }
  pools_ = pools_of(library_, family.editions.front()->policy().record, sources);
}

std::uint32_t PolicyDrawer::pool_of(model::FactId fact) const {
  const auto found = std::lower_bound(pools_.begin(), pools_.end(), fact,
                                      [](const Pool& pool, model::FactId wanted) { return pool.fact < wanted; });
  if (found == pools_.end() || found->fact != fact) return model::none;
  return static_cast<std::uint32_t>(found - pools_.begin());
}

void PolicyDrawer::add_targets(const decide::Edition& edition) {
  for (const std::uint32_t placement : edition.possible_placements()) {
    const auto [first, last] = edition.segments_of(placement);
    for (std::uint32_t number = first; number < last; ++number) {
      if (edition.segment(number).omitted()) continue;
      Target target;
      target.edition = &edition;
      target.segment = &edition.segment(number);
      find_places(target, placement);
      find_days(target);
      targets_.push_back(std::move(target));
    }
  }
}

void PolicyDrawer::find_places(Target& target, std::uint32_t placement) const {
  std::vector<model::PlaceId> all;
  for (model::PlaceId place = 0; place < library_.places.size(); ++place) {
    if (target.edition->placement(place) == placement) all.push_back(place);
  }
  const std::size_t count = std::min(all.size(), most_places);
  for (std::size_t i = 0; i < count; ++i) target.places.push_back(all[i * all.size() / count]);
  if (all.empty()) target.places.push_back(model::none);
}

void PolicyDrawer::find_days(Target& target) const {
  const model::Period& days = target.segment->days();
  const bool starts = days.first > value::first_date;
  const bool ends = days.last < value::last_date;
  const std::int32_t base = starts ? days.first : ends ? days.last : some_day;
  for (const std::int64_t after : {0, 1, 45, 200, 400}) {
    const std::int64_t day = base + (starts || !ends ? after : -after);
    if (days.first <= day && day <= days.last) target.days.push_back(static_cast<std::int32_t>(day));
  }
  if (ends && days.last != target.days.back()) target.days.push_back(days.last);
  if (starts && days.first > value::first_date) target.outside.push_back(days.first - 1);
  if (ends && days.last < value::last_date) target.outside.push_back(days.last + 1);
}

bool PolicyDrawer::is_fixed(const Target& target, std::uint32_t pool) const {
  const model::FactId fact = pools_[pool].fact;
  return fact == target.edition->dated_by() || fact == target.edition->placed_by();
}

void PolicyDrawer::settle_date_and_place(const Target& target, Draft& draft, Dice& dice) const {
  draft.deciding = dice.among(target.days);
  draft.place = dice.among(target.places);
}

Draft PolicyDrawer::random_draft(const Target& target, Dice& dice) const {
  Draft draft;
  settle_date_and_place(target, draft, dice);
  draft.facts.reserve(pools_.size());
  for (const Pool& pool : pools_) draft.facts.push_back(drawer_.draw(pool, dice));
  return draft;
}

/// One to three facts drawn anew.
void PolicyDrawer::change(const Target& target, Draft& draft, Dice& dice) const {
  if (pools_.empty()) return;
  for (std::size_t count = 1 + dice.below(3); count-- > 0;) {
    const auto pool = static_cast<std::uint32_t>(dice.below(pools_.size()));
    if (!is_fixed(target, pool)) draft.facts[pool] = drawer_.changed(pools_[pool], draft.facts[pool], dice);
  }
}

void PolicyDrawer::apply(const Piece& piece, Draft& draft) {
  for (const auto& [pool, drawn] : piece) draft.facts[pool] = drawn;
}

/// A draft in which a clause or a criterion decides; in half of all cases one that is approved, if there is one.
const Draft* PolicyDrawer::example(const Target& target, Dice& dice) const {
  const bool approving = dice.one_in(2);
  const bool of_clause = dice.one_in(2);
  const Situation* found = nullptr;
  const std::size_t count = target.situations.size();
  const std::size_t first = count == 0 ? 0 : dice.below(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Situation& situation = target.situations[(first + i) % count];
    if (!situation.is_reached()) continue;
    if (found == nullptr) found = &situation;
    if (approving ? !situation.approves : situation.of_clause != of_clause) continue;
    found = &situation;
    break;
  }
  if (found == nullptr) return nullptr;
  std::size_t reached = 0;
  while (reached < found->examples.size() && found->examples[reached].score >= 1) ++reached;
  return &found->examples[dice.below(reached)].draft;
}

/// Gives one or two criteria another value.
void PolicyDrawer::flip(const Target& target, Draft& draft, Dice& dice) const {
  if (target.lessons.empty()) return;
  for (std::size_t count = 1 + dice.below(2); count-- > 0;) {
    const Lesson& lesson = dice.among(target.lessons);
    const std::vector<Piece>& pieces = lesson.pieces[dice.below(3)];
    if (!pieces.empty()) apply(dice.among(pieces), draft);
  }
}

Draft PolicyDrawer::composed(const Target& target, Dice& dice) const {
  const std::size_t sort = dice.below(20);
  const Draft* base = sort < 18 ? example(target, dice) : nullptr;
  if (base == nullptr) return random_draft(target, dice);
  Draft draft = *base;
  settle_date_and_place(target, draft, dice);
  if (sort >= 6 && sort < 14) flip(target, draft, dice);
  if (sort >= 14) change(target, draft, dice);
  if (sort >= 4 && dice.one_in(6) && !pools_.empty()) draft.facts[dice.below(draft.facts.size())] = Drawn{};
  if (!target.outside.empty() && dice.one_in(40)) draft.deciding = dice.among(target.outside);
  if (dice.one_in(40)) draft.dated = false;
  if (dice.one_in(40)) draft.placed = false;
  if (!library_.places.empty() && dice.one_in(40)) {
    draft.place = static_cast<model::PlaceId>(dice.below(library_.places.size()));
  }
  return draft;
}

model::GivenRecord PolicyDrawer::record_of(const Target& target, const Draft& draft) const {
  model::GivenRecord record;
  record.reserve(pools_.size());
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const model::FactId fact = pools_[i].fact;
    model::GivenFact given;
    if (fact == target.edition->dated_by()) {
      if (!draft.dated) continue;
      given.constant = {record_.facts[fact].type, true, draft.deciding};
    } else if (fact == target.edition->placed_by()) {
      if (!draft.placed || draft.place == model::none) continue;
      given.constant = {record_.facts[fact].type, true, draft.place};
    } else {
      if (draft.facts[i].value == left_out) continue;
      given = drawer_.given(pools_[i], draft.facts[i], draft.deciding);
      if (!given.constant.known) continue;
    }
    given.fact = fact;
    record.push_back(std::move(given));
  }
  return record;
}

model::GivenRecord PolicyDrawer::next(Dice& dice, Trials& trials) {
  Target& target = targets_[dice.below(targets_.size())];
  if (!target.learned) learn(target, trials);
  return record_of(target, composed(target, dice));
}

std::int32_t PolicyDrawer::deciding(const model::GivenRecord& record) const {
  for (const Target& target : targets_) {
    if (target.edition->dated_by() == model::none) continue;
    const model::GivenFact* date = find_known(record, target.edition->dated_by());
    if (date != nullptr) return static_cast<std::int32_t>(date->constant.bits);
  }
  return targets_.front().days.front();
}

model::GivenFact PolicyDrawer::drawn_anew(std::uint32_t number, const model::GivenRecord& record, Dice& dice) {
  const Target& target = dice.among(targets_);
  const Pool& pool = pools_[number];
  model::GivenFact given;
  given.fact = pool.fact;
  given.constant = {record_.facts[pool.fact].type, !dice.one_in(12), 0};
  if (pool.fact == target.edition->dated_by()) {
    given.constant.bits =
        !target.outside.empty() && dice.one_in(4) ? dice.among(target.outside) : dice.among(target.days);
  } else if (pool.fact == target.edition->placed_by()) {
    const model::PlaceId place = dice.among(target.places);
    given.constant.known = given.constant.known && place != model::none;
    given.constant.bits = place == model::none ? 0 : place;
  } else {
    given = drawer_.given(pool, drawer_.draw(pool, dice), deciding(record));
  }
  return given;
}

void PolicyDrawer::append_others(const Pool& pool, const model::GivenRecord& record,
                                 std::vector<model::GivenFact>& others) const {
  const model::GivenFact* now = find_known(record, pool.fact);
  const model::Fact& fact = record_.facts[pool.fact];
  const std::int32_t day = deciding(record);
  const std::size_t before = others.size();
  const auto add = [&](model::GivenFact given) {
    const auto known = [&](const model::GivenFact& each) { return has_same_value(each, given); };
    if (!given.constant.known || (now != nullptr && has_same_value(*now, given))) return;
    if (std::none_of(others.begin() + static_cast<std::ptrdiff_t>(before), others.end(), known)) {
      others.push_back(std::move(given));
    }
  };
  const auto add_bits = [&](std::int64_t bits) {
    model::GivenFact given;
    given.fact = pool.fact;
    given.constant = {fact.type, true, bits};
    add(std::move(given));
  };
  for (const Target& target : targets_) {
    if (pool.fact == target.edition->dated_by()) {
      for (const std::int32_t each : target.days) add_bits(each);
      for (const std::int32_t each : target.outside) add_bits(each);
    } else if (pool.fact == target.edition->placed_by()) {
      for (const model::PlaceId each : target.places) {
        if (each != model::none) add_bits(each);
      }
    }
  }
  for (const PoolValue& value : pool.values) {
    model::GivenFact given = drawer_.given(pool, value, Taken::unsaid, day);
    if (now != nullptr) given.measured_on = now->measured_on;
    add(std::move(given));
  }
  if (fact.measured && now != nullptr) {
    for (const Taken taken : {Taken::on_the_day, Taken::at_the_edge, Taken::too_early, Taken::too_late}) {
      model::GivenFact given = *now;
      given.measured_on = drawer_.taken_on(fact, taken, day);
      add(std::move(given));
    }
  }
}

}  // namespace proviso::trial
