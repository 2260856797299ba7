#include <algorithm>

#include "decide/decider.hpp"
#include "value/calendar.hpp"

// Records whose deciding date or place is missing.
namespace proviso::decide {

using model::Outcome;

namespace {

/// Days of change that are looked at for one record; with more of them it is one that may fall under the policy.
constexpr std::size_t most_days = 64;

/// After so many months a day of the month that is not there may move the end by so many days.
constexpr std::int32_t longest_clamp = 3;

/// The days on which a measurement begins to count, and ceases to.
void add_days_of_change(const model::Fact& fact, std::int32_t on, std::vector<std::int32_t>& days) {
  days.push_back(on);
  if (fact.valid == 0) return;
  std::int32_t last = 0;
  const bool months = fact.valid_kind == value::DurationKind::months;
  if (!(months ? value::add_months(on, fact.valid, last) : value::add_days(on, fact.valid, last))) return;
  for (std::int32_t later = 1; later <= (months ? longest_clamp + 1 : 1); ++later) days.push_back(last + later);
}

}  // namespace

/// Some version may hold, its deciding date or its place missing. Those that `applies when` excludes whatever they may
/// be are out of the question. If one is left whose date is missing, the dates are needed, and the places where they
/// are missing too; otherwise the version that is known to hold on the date decides.
void Decider::decide_open(FamilyId family, std::uint32_t record) {
  needs_.begin({}, *decisions_);
  possible_.clear();
  const Version* first = nullptr;
  for (const Edition* edition : engine_.families()[family].editions) {
    if (lacks_date(edition->dated_by(), record)) {
      const Version* version = may_apply(*edition, record);
      if (version == nullptr) continue;
      if (first == nullptr) first = version;
      add_possible(*edition, record);
      needs_.ask_for(edition->dated_by(), Version::dated_item);
      if (lacks_place(*edition, record)) needs_.ask_for(edition->placed_by(), Version::placed_item);
      continue;
    }
    std::uint32_t segment = 0;
    const Found found = find_segment(*edition, record, segment);
    if (found == Found::elsewhere) continue;
    if (first != nullptr) break;
    if (found == Found::segment) return decide_alone(edition->segment(segment), record);
    if (decide_unplaced(*edition, record)) return;
  }
  if (first != nullptr) {
    category_is_open_ = categories_differ();
    need_information(*first, record, false);
    category_is_open_ = false;
    return;
  }
  if (in_full()) does_not_hold(family, record);
}

/// The first form of the edition that may apply, whatever the missing date; null where none does.
const Version* Decider::may_apply(const Edition& edition, std::size_t record) {
  const auto in_placement = [&](std::uint32_t placement) -> const Version* {
    const auto [first, last] = edition.segments_of(placement);
    for (std::uint32_t number = first; number < last; ++number) {
      const Segment& segment = edition.segment(number);
      if (segment.omitted()) continue;
      if (!segment.version().has_gate() || !is_excluded(edition, segment, record)) return &segment.version();
    }
    return nullptr;
  };
  if (!lacks_place(edition, record)) {
    const std::uint32_t placement = edition.placement(place_of(edition.placed_by(), record));
    return placement == model::none ? nullptr : in_placement(placement);
  }
  for (const std::uint32_t placement : edition.possible_placements()) {
    if (const Version* version = in_placement(placement)) return version;
  }
  return nullptr;
}

/// Whether `applies when` is no on every day of the segment: a measurement with a date counts on some days and not on
/// others, and `is known` tells these apart.
bool Decider::is_excluded(const Edition& edition, const Segment& segment, std::size_t record) {
  const auto excluded = [&](program::Deciding deciding) {
    gate_registers_.run_row(segment.gate(), *chunk_, record, deciding);
    return gate_registers_.truth(segment.version().applies, 0) == value::Truth::no;
  };
  find_days_of_change(segment.version(), record);
  if (days_of_change_.empty()) return excluded({program::Deciding::Kind::unknown, 0});
  if (days_of_change_.size() > most_days) return false;
  const model::Period days{std::max(edition.days().first, segment.days().first),
                           std::min(edition.days().last, segment.days().last)};
  days_of_change_.push_back(days.first);
  return std::all_of(days_of_change_.begin(), days_of_change_.end(), [&](std::int32_t day) {
    return !days.contains(day) || excluded({program::Deciding::Kind::given, day});
  });
}

/// Of the record's dated measurements that `applies when` reads, into days_of_change_: no more than are looked at.
void Decider::find_days_of_change(const Version& version, std::size_t record) {
  days_of_change_.clear();
  for (const model::FactId id : version.applies_facts.all) {
    const model::Fact& fact = engine_.record().facts[id];
    if (!fact.measured) continue;
    const program::Column& column = chunk_->column(id);
    const auto [first, last] = rows_below(*chunk_, fact.level, record);
    for (std::size_t row = first; row < last && days_of_change_.size() <= most_days; ++row) {
      if (program::bit(column.has_date, row)) add_days_of_change(fact, column.measured_on[row], days_of_change_);
    }
  }
}

/// All forms of the edition that hold in the record's place, or in any where that is missing.
void Decider::add_possible(const Edition& edition, std::size_t record) {
  const auto add = [&](std::uint32_t placement) {
    const auto [first, last] = edition.segments_of(placement);
    for (std::uint32_t number = first; number < last; ++number) {
      if (!edition.segment(number).omitted()) possible_.push_back(&edition.segment(number));
    }
  };
  if (!lacks_place(edition, record)) return add(edition.placement(place_of(edition.placed_by(), record)));
  for (const std::uint32_t placement : edition.possible_placements()) add(placement);
}

bool Decider::categories_differ() const {
  return std::any_of(possible_.begin(), possible_.end(), [&](const Segment* segment) {
    return segment->version().form->category != possible_.front()->version().form->category;
  });
}

/// The edition holds on the record's date, in some places. Where it comes to the same in every place, that is the
/// decision; otherwise the place is needed. False where it holds nowhere on that date.
bool Decider::decide_unplaced(const Edition& edition, std::uint32_t record) {
  const std::optional<std::int32_t> date = deciding_date(edition.dated_by(), record);
  possible_.clear();
  bool may_not_hold = edition.may_not_hold();
  for (const std::uint32_t placement : edition.possible_placements()) {
    const Segment* segment = &edition.segment(edition.segment_on(placement, date.value_or(edition.days().first)));
    if (segment->omitted()) {
      may_not_hold = true;
    } else {
      possible_.push_back(segment);
    }
  }
  if (possible_.empty()) return false;
  const Given given = given_in(*possible_.front(), record);
  const Outcome outcome = given.decision.outcome;
  const bool everywhere = outcome != Outcome::information_needed &&
                          (!may_not_hold || outcome == Outcome::not_applicable) &&
                          std::all_of(possible_.begin() + 1, possible_.end(),
                                      [&](const Segment* segment) { return same(given_in(*segment, record), given); });
  category_is_open_ = categories_differ();
  if (everywhere) {
    place_is_open_ = outcome != Outcome::not_applicable;
    decide_alone(*possible_.front(), record);
    place_is_open_ = false;
  } else {
    needs_.begin({}, *decisions_);
    needs_.ask_for(edition.placed_by(), Version::placed_item);
    need_information(possible_.front()->version(), record, true);
  }
  category_is_open_ = false;
  return true;
}

/// What the record would come to in the segment; nothing is decided.
Decider::Given Decider::given_in(const Segment& segment, std::size_t record) {
  const std::size_t needs = decisions_->needs.size();
  const std::size_t whys = decisions_->whys.size();
  const View view = run_alone(segment, record);
  walk_record(view);
  Given given{new_decision(segment.version(), record, true), {}, nullptr};
  if (walk_.applies != value::Truth::no) conclude(view, walk_, given.decision);
  given.payment = segment.version().payment_of(given.decision.clause);
  if (given.payment != nullptr && given.payment->amount != model::none) {
    given.allowed = registers_.value(given.payment->amount, view.row);
  }
  decisions_->needs.resize(needs);
  decisions_->whys.resize(whys);
  return given;
}

/// Of payments, what is paid must be the same too; without the price, it is where the clauses give the same.
bool Decider::same(const Given& a, const Given& b) {
  if (a.decision.outcome != b.decision.outcome || a.decision.recount != b.decision.recount) return false;
  if (a.decision.outcome == Outcome::query) return true;
  if (a.payment == nullptr || b.payment == nullptr) return a.payment == b.payment;
  if (a.payment->strength != b.payment->strength || a.decision.amount != b.decision.amount) return false;
  return a.decision.amount || a.allowed == b.allowed;
}

/// About what was asked for since the last `begin`: the date, or the place, for whose missing the input may have a
/// reason. `holds`: the version's date is there.
void Decider::need_information(const Version& version, std::size_t record, bool holds) {
  Decision decision = new_decision(version, record, holds);
  decision.outcome = Outcome::information_needed;
  decision.needs = needs_.needs();
  const auto first = static_cast<std::uint32_t>(decisions_->notes.size());
  for (std::size_t i = first_input_problem(record); i < input_problems_.size() && input_problems_[i].first == record;
       ++i) {
    const model::FactId fact = input_problems_[i].second->fact;
    if (fact == version.policy->dated_by || fact == version.policy->placed_by)
      add_input_note(*input_problems_[i].second);
  }
  decision.notes = {first, static_cast<std::uint32_t>(decisions_->notes.size()) - first};
  decisions_->add(record, decision);
}

}  // namespace proviso::decide
