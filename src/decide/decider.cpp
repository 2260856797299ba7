#include "decide/decider.hpp"

#include <algorithm>
#include <numeric>

namespace proviso::decide {

Decider::Decider(const Engine& engine)
    : engine_(engine),
      needs_(engine),
      reasons_(engine),
      by_family_(engine.families().size()),
      deciding_clause_(program::chunk_capacity, model::none) {}

/// A version holds for the records whose deciding date lies in its period and whose place is one of its own. Versions
/// are taken in order; where versions are dated by different facts and two hold, the first does. A record for which an
/// earlier version may hold, its date or its place missing, waits until all is known of the others.
void Decider::decide_family(FamilyId family, bool looked_up) {
  open_.clear();
  everyone_ = !looked_up;
  if (everyone_) pending_.clear();
  const Engine::Entry& entry = engine_.entry(family);
  if (entry.editions == 1) {
    decide_edition(*entry.first, looked_up);
  } else {
    for (const Edition* edition : engine_.families()[family].editions) decide_edition(*edition, looked_up);
  }
  for (const std::uint32_t record : open_) decide_open(family, record);
  if (!in_full()) return;
  for (const std::uint32_t record : pending_) does_not_hold(family, record);
}

void Decider::decide_edition(const Edition& edition, bool looked_up) {
  if (everyone_) {
    if (is_one_segment(edition)) return decide_everyone(edition);
    everyone_ = false;
    pending_.resize(chunk_->rows());
    std::iota(pending_.begin(), pending_.end(), 0);
  }
  if (pending_.empty()) return;
  sort_to_segments(edition);
  decide_segments(edition, looked_up);
}

bool Decider::is_one_segment(const Edition& edition) {
  return !edition.asks_place() && edition.segment_count() == 1 && !edition.segment(0).omitted() &&
         edition.placement(model::none) != model::none;
}

/// Sorts all records of the chunk at once, where their dates alone matter.
void Decider::decide_everyone(const Edition& edition) {
  everyone_ = false;
  const model::Period days = edition.segment(0).days();
  const std::optional<std::int32_t> on = engine_.options().on;
  const bool from_record = !on && edition.dated_by() != model::none;
  const std::size_t rows = chunk_->rows();
  running_.resize((rows + 63) / 64);
  std::size_t count = 0;
  for (std::size_t word = 0; word < running_.size(); ++word) {
    const std::size_t first = word * 64;
    const std::size_t last = std::min(first + 64, rows);
    const std::uint64_t there = last - first == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (last - first)) - 1;
    std::uint64_t known = there;
    std::uint64_t inside = on && !days.contains(*on) ? 0 : there;
    if (from_record) {
      const program::Column& dates = chunk_->column(edition.dated_by());
      known &= dates.known[word];
      inside = 0;
      for (std::size_t record = first; record < last; ++record) {
        inside |= std::uint64_t{days.contains(dates.narrow[record])} << (record - first);
      }
    }
    running_[word] = known & inside;
    count += static_cast<std::size_t>(__builtin_popcountll(running_[word]));
    for (std::uint64_t rest = there & ~running_[word]; rest != 0; rest &= rest - 1) {
      const auto bit = static_cast<std::uint32_t>(__builtin_ctzll(rest));
      (known >> bit & 1 ? pending_ : open_).push_back(static_cast<std::uint32_t>(first) + bit);
    }
  }
  if (count > 0) decide_running(edition.segment(0), count);
}

/// The number of the edition's segment for the record; `elsewhere` where the edition does not hold.
Decider::Found Decider::find_segment(const Edition& edition, std::uint32_t record, std::uint32_t& number) const {
  if (lacks_date(edition.dated_by(), record)) return Found::open;
  const std::optional<std::int32_t> date = deciding_date(edition.dated_by(), record);
  if (date && !edition.days().contains(*date)) return Found::elsewhere;
  if (lacks_place(edition, record)) return Found::open;
  const std::uint32_t placement = edition.placement(place_of(edition.placed_by(), record));
  if (placement == model::none) return Found::elsewhere;
  number = edition.segment_on(placement, date.value_or(edition.days().first));
  return edition.segment(number).omitted() ? Found::elsewhere : Found::segment;
}

/// Takes the records for which the edition holds, or may hold, out of pending_: into sorted_ or open_.
void Decider::sort_to_segments(const Edition& edition) {
  sorted_.clear();
  touched_.clear();
  if (counts_.size() < edition.segment_count()) counts_.resize(edition.segment_count(), 0);
  std::size_t kept = 0;
  for (const std::uint32_t record : pending_) {
    std::uint32_t segment = 0;
    switch (find_segment(edition, record, segment)) {
      case Found::elsewhere:
        pending_[kept++] = record;
        break;
      case Found::open:
        open_.push_back(record);
        break;
      case Found::segment:
        if (counts_[segment]++ == 0) touched_.push_back(segment);
        sorted_.emplace_back(segment, record);
        break;
    }
  }
  pending_.resize(kept);
}

void Decider::decide_segments(const Edition& edition, bool looked_up) {
  if (touched_.size() > 1) {
    std::sort(touched_.begin(), touched_.end());
    std::sort(sorted_.begin(), sorted_.end());
  }
  auto next = sorted_.begin();
  for (const std::uint32_t segment : touched_) {
    selected_.clear();
    for (; counts_[segment] > 0; --counts_[segment]) selected_.push_back((next++)->second);
    decide_selected(edition.segment(segment), looked_up);
  }
}

std::optional<std::int32_t> Decider::deciding_date(model::FactId dated_by, std::size_t record) const {
  if (engine_.options().on) return engine_.options().on;
  if (dated_by == model::none || !program::bit(chunk_->column(dated_by).known, record)) return std::nullopt;
  return chunk_->column(dated_by).narrow[record];
}

bool Decider::lacks_date(model::FactId dated_by, std::size_t record) const {
  return dated_by != model::none && !engine_.options().on && !program::bit(chunk_->column(dated_by).known, record);
}

bool Decider::lacks_place(const Edition& edition, std::size_t record) const {
  return edition.asks_place() && !program::bit(chunk_->column(edition.placed_by()).known, record);
}

model::PlaceId Decider::place_of(model::FactId placed_by, std::size_t record) const {
  if (placed_by == model::none || !program::bit(chunk_->column(placed_by).known, record)) return model::none;
  return static_cast<model::PlaceId>(chunk_->column(placed_by).narrow[record]);
}

program::Deciding Decider::deciding() const {
  const std::optional<std::int32_t> on = engine_.options().on;
  return on ? program::Deciding{program::Deciding::Kind::given, *on} : program::Deciding{};
}

/// No version holds on the record's deciding date in its place.
void Decider::does_not_hold(FamilyId family, std::size_t record) {
  decisions_->add(record, new_decision(*engine_.entry(family).first->forms().front(), record, false));
}

/// Not applicable, until something else is found.
Decision Decider::new_decision(const Version& version, std::size_t record, bool holds) const {
  const std::optional<std::int32_t> on = deciding_date(version.dated_by, record);
  Decision decision{};
  decision.version = version.number;
  decision.outcome = model::Outcome::not_applicable;
  decision.holds = holds;
  decision.has_date = on.has_value();
  decision.on = on.value_or(0);
  decision.place = place_of(version.placed_by, record);
  decision.category_is_open = category_is_open_;
  decision.clause = model::none;
  decision.next = model::none;
  return decision;
}

}  // namespace proviso::decide
