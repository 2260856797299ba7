#include "decide/decider.hpp"

#include <algorithm>

namespace proviso::decide {
namespace {

std::size_t words_for(std::size_t rows) { return (rows + 63) / 64; }

void fill(program::Plane& plane, std::size_t rows, bool set) {
  plane.assign(words_for(rows), set ? ~std::uint64_t{0} : 0);
  if (set && rows % 64 != 0) plane.back() = (std::uint64_t{1} << (rows % 64)) - 1;
}

bool any_of(const program::Plane& plane) {
  return std::any_of(plane.begin(), plane.end(), [](std::uint64_t word) { return word != 0; });
}

}  // namespace

Decider::Decider(const Engine& engine)
    : engine_(engine), needs_(engine), reasons_(engine), deciding_clause_(program::chunk_capacity, model::none) {}

void Decider::decide(const program::Chunk& chunk, Decisions& decisions) {
  chunk_ = &chunk;
  decisions_ = &decisions;
  decisions.clear(chunk.rows());
  sort_input_problems();
  for (const Family& family : engine_.families()) decide_family(family);
}

/// A version holds for the records whose deciding date lies in its period. Versions are taken in order; where versions
/// are dated by different facts and two hold, the first does. A record for which an earlier version may hold, its date
/// missing, waits until all is known of the others.
void Decider::decide_family(const Family& family) {
  const std::size_t rows = chunk_->rows();
  fill(pending_, rows, true);
  fill(undated_, rows, false);
  for (const Version* version : family.versions) {
    const model::FactId date = version->policy->dated_by;
    const bool from_record = date != model::none && !engine_.options().on;
    for (std::size_t word = 0; from_record && word < pending_.size(); ++word) {
      const std::uint64_t missing = pending_[word] & ~chunk_->column(date).known[word];
      undated_[word] |= missing;
      pending_[word] &= ~missing;
    }
    for (const auto& segment : version->segments) {
      if (!any_of(pending_)) break;
      const std::size_t count = select(*version, *segment);
      if (count == 0) continue;
      for (std::size_t word = 0; word < pending_.size(); ++word) pending_[word] &= ~selected_[word];
      decide_selected(*version, *segment, count);
    }
  }
  for (std::size_t record = 0; record < rows; ++record) {
    if (program::bit(undated_, record)) decide_undated(family, record);
    if (in_full() && program::bit(pending_, record)) does_not_hold(family, record);
  }
}

/// Puts into selected_ the pending records whose deciding date, which is there, lies in the segment; their number.
std::size_t Decider::select(const Version& version, const Segment& segment) {
  const model::FactId fact = version.policy->dated_by;
  const std::optional<std::int32_t> on = engine_.options().on;
  selected_ = pending_;
  if (on || fact == model::none) {
    if (on && !segment.days().contains(*on)) return 0;
  } else {
    const std::vector<std::int32_t>& dates = chunk_->column(fact).narrow;
    for (std::size_t word = 0; word < selected_.size(); ++word) {
      const std::size_t first = word * 64;
      const std::size_t last = std::min(first + 64, chunk_->rows());
      std::uint64_t inside = 0;
      for (std::size_t record = first; record < last; ++record) {
        inside |= std::uint64_t{segment.days().contains(dates[record])} << (record - first);
      }
      selected_[word] &= inside;
    }
  }
  std::size_t count = 0;
  for (const std::uint64_t word : selected_) count += static_cast<std::size_t>(__builtin_popcountll(word));
  return count;
}

std::optional<std::int32_t> Decider::deciding_date(const Version& version, std::size_t record) const {
  if (engine_.options().on) return engine_.options().on;
  const model::FactId fact = version.policy->dated_by;
  if (fact == model::none || !program::bit(chunk_->column(fact).known, record)) return std::nullopt;
  return chunk_->column(fact).narrow[record];
}

program::Deciding Decider::deciding() const {
  const std::optional<std::int32_t> on = engine_.options().on;
  return on ? program::Deciding{program::Deciding::Kind::given, *on} : program::Deciding{};
}

/// Some version may hold, its deciding date missing. Those that `applies when` excludes whatever the date may be are
/// out of the question; if any is left, the dates alone are needed, and otherwise the version that surely holds
/// decides.
void Decider::decide_undated(const Family& family, std::size_t record) {
  needs_.begin({}, *decisions_);
  const Version* first = nullptr;
  const Version* certain = nullptr;
  const Segment* certain_segment = nullptr;
  for (const Version* version : family.versions) {
    const std::optional<std::int32_t> date = deciding_date(*version, record);
    if (version->policy->dated_by == model::none || date) {
      for (const auto& segment : version->segments) {
        if (date && !segment->days().contains(*date)) continue;
        certain = version;
        certain_segment = segment.get();
      }
      if (certain != nullptr) break;
    } else if (may_apply_undated(*version, record)) {
      if (first == nullptr) first = version;
      needs_.ask_for(version->policy->dated_by, Version::dated_item);
    }
  }
  if (first == nullptr) {
    if (certain != nullptr) {
      decide_alone(*certain, *certain_segment, record);
    } else if (in_full()) {
      does_not_hold(family, record);
    }
    return;
  }
  Decision decision = new_decision(*first, record, false);
  decision.outcome = model::Outcome::information_needed;
  decision.needs = needs_.needs();
  decisions_->add(record, decision);
}

bool Decider::may_apply_undated(const Version& version, std::size_t record) {
  if (!version.has_gate()) return true;
  return std::any_of(version.segments.begin(), version.segments.end(), [&](const auto& segment) {
    gate_registers_.run_row(segment->gate(), *chunk_, record, {program::Deciding::Kind::unknown, 0});
    return gate_registers_.truth(version.policy->applies, 0) != value::Truth::no;
  });
}

/// No version holds on the record's deciding date.
void Decider::does_not_hold(const Family& family, std::size_t record) {
  decisions_->add(record, new_decision(*family.versions.front(), record, false));
}

/// Not applicable, until something else is found.
Decision Decider::new_decision(const Version& version, std::size_t record, bool holds) const {
  const std::optional<std::int32_t> on = deciding_date(version, record);
  Decision decision{};
  decision.version = version.number;
  decision.outcome = model::Outcome::not_applicable;
  decision.holds = holds;
  decision.has_date = on.has_value();
  decision.on = on.value_or(0);
  decision.clause = model::none;
  decision.next = model::none;
  return decision;
}

void Decider::sort_input_problems() {
  input_problems_.clear();
  for (const program::InputProblem& problem : chunk_->problems()) {
    std::size_t record = problem.row;
    const model::LevelId level = chunk_->record().facts[problem.fact].level;
    if (level != 0) {  // the rows of a level are in the order of the records
      std::size_t low = 0;
      std::size_t high = chunk_->rows();
      while (high - low > 1) {
        const std::size_t middle = (low + high) / 2;
        (rows_below(*chunk_, level, middle).first <= problem.row ? low : high) = middle;
      }
      record = low;
    }
    input_problems_.emplace_back(record, &problem);
  }
  std::stable_sort(input_problems_.begin(), input_problems_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
}

}  // namespace proviso::decide
