#include "settle/accounts_reading.hpp"

#include <algorithm>

namespace proviso::settle {
namespace {

using value::Truth;

// A run of the whole chunk costs about as much as so many runs of one line out of each so many.
constexpr std::size_t rows_for_one = 8;
constexpr std::size_t fewest_together = 16;

bool many(std::size_t count, std::size_t rows) { return count >= fewest_together && count * rows_for_one >= rows; }

}  // namespace

LineReader::LineReader(const model::Library& library, std::uint32_t record, KeyMaker& keys, bool keep_lines,
                       bool sorts_out)
    : keys_(keys), keep_lines_(keep_lines), sorts_out_(sorts_out), lacking_(library, record) {}

bool LineReader::knows(model::FactId fact, std::size_t row) const {
  return program::bit(chunk().column(fact).known, row);
}

std::int32_t LineReader::day_of(std::size_t row) const {
  return chunk().column(agreement().lines.dated_by).narrow[row];
}

bool LineReader::lacks_place(std::size_t row) const {
  return plan_->edition().asks_place() && !knows(plan_->edition().placed_by(), row);
}

model::PlaceId LineReader::place_of(std::size_t row) const {
  const model::FactId placed_by = plan_->edition().placed_by();
  if (placed_by == model::none || !knows(placed_by, row)) return model::none;
  return static_cast<model::PlaceId>(chunk().column(placed_by).narrow[row]);
}

void LineReader::read(const Plan& plan, const ReadChunk& lines, Book& book, LinesOfChunk& not_covered) {
  plan_ = &plan;
  lines_ = &lines;
  book_ = &book;
  not_covered_ = &not_covered;
  sort_to_segments();
  for (auto next = sorted_.begin(); next != sorted_.end();) {
    const std::uint32_t segment = next->first;
    selected_.clear();
    for (; next != sorted_.end() && next->first == segment; ++next) selected_.push_back(next->second);
    read_segment(plan.edition().segment(segment));
  }
  for (const std::uint32_t row : open_) read_open(row);
}

void LineReader::sort_to_segments() {
  sorted_.clear();
  open_.clear();
  const decide::Edition& edition = plan_->edition();
  for (std::uint32_t row = 0; row < chunk().rows(); ++row) {
    const bool dated = knows(edition.dated_by(), row);
    if (dated && !plan_->days().contains(day_of(row))) continue;
    if (!dated || lacks_place(row)) {
      open_.push_back(row);
      continue;
    }
    const std::uint32_t placement = edition.placement(place_of(row));
    if (placement == model::none) continue;
    const std::uint32_t segment = edition.segment_on(placement, day_of(row));
    if (!edition.segment(segment).omitted()) sorted_.emplace_back(segment, row);
  }
  if (edition.segment_count() > 1) std::sort(sorted_.begin(), sorted_.end());
}

void LineReader::read_segment(const decide::Segment& segment) {
  if (sorts_out_ && segment.version().has_gate()) leave_uncovered_out(segment);
  decide::View view{&segment.version(), &segment, &segment.whole(), &registers_, &chunk(), 0, 0};
  if (many(selected_.size(), chunk().rows())) {
    fill_running();
    registers_.run(segment.whole(), chunk(), {}, &running_);
    for (const std::uint32_t row : selected_) {
      view.row = view.record = row;
      read_line(view);
    }
    return;
  }
  for (const std::uint32_t row : selected_) {
    registers_.run_row(segment.whole(), chunk(), row);
    view.record = row;
    read_line(view);
  }
}

/// The selected rows as a plane.
void LineReader::fill_running() {
  running_.assign((chunk().rows() + 63) / 64, 0);
  for (const std::uint32_t row : selected_) program::set_bit(running_, row);
}

void LineReader::leave_uncovered_out(const decide::Segment& segment) {
  const model::NodeId covers = segment.version().applies;
  const bool together = many(selected_.size(), chunk().rows());
  if (together) {
    fill_running();
    gate_registers_.run(segment.gate(), chunk(), {}, &running_);
  }
  const auto not_covered = [&](std::uint32_t row) {
    if (!together) gate_registers_.run_row(segment.gate(), chunk(), row);
    return gate_registers_.truth(covers, together ? row : 0) == Truth::no;
  };
  selected_.erase(std::remove_if(selected_.begin(), selected_.end(), not_covered), selected_.end());
}

Truth LineReader::covers(const decide::View& view) const { return view.truth(view.version->applies); }

void LineReader::read_line(const decide::View& view) {
  const Truth covered = covers(view);
  if (covered == Truth::no) return;
  (*not_covered_)[view.record / 64] &= ~(std::uint64_t{1} << (view.record % 64));
  if (covered == Truth::yes) return book(view);
  lacking_.begin(view);
  lacking_.ask(decide::Version::applies_item);
  leave_out(view, LeftOutLine::undecided);
  leave_out_of_targets(view);
}

/// Every segment in which the line may lie, its date or place missing.
std::vector<const decide::Segment*> LineReader::possible_segments(std::uint32_t row, bool& may_be_elsewhere) const {
  const decide::Edition& edition = plan_->edition();
  std::vector<std::uint32_t> placements = {edition.placement(place_of(row))};
  if (lacks_place(row)) {
    placements = edition.possible_placements();
    may_be_elsewhere = edition.may_not_hold();
  }
  std::vector<const decide::Segment*> possible;
  for (const std::uint32_t placement : placements) {
    if (placement == model::none) continue;
    auto [first, last] = edition.segments_of(placement);
    if (knows(edition.dated_by(), row)) {
      first = edition.segment_on(placement, day_of(row));
      last = first + 1;
    }
    for (; first < last; ++first) {
      const bool omitted = edition.segment(first).omitted();
      may_be_elsewhere = may_be_elsewhere || omitted;
      if (!omitted) possible.push_back(&edition.segment(first));
    }
  }
  return possible;
}

/// The date or the place is missing. Where the line is covered in every place and on every day that it may have, it is
/// covered, but what it is worth cannot be known.
void LineReader::read_open(std::uint32_t row) {
  bool may_be_elsewhere = false;
  const std::vector<const decide::Segment*> possible = possible_segments(row, may_be_elsewhere);
  if (possible.empty()) return;
  bool all = !may_be_elsewhere;
  bool none = true;
  std::vector<bool> of_targets(agreement().targets.size());
  decide::View view{nullptr, nullptr, nullptr, &registers_, &chunk(), 0, row};
  for (const decide::Segment* segment : possible) {
    registers_.run_row(segment->whole(), chunk(), row);
    view.version = &segment->version();
    view.segment = segment;
    view.program = &segment->whole();
    const Truth covered = covers(view);
    all = all && covered == Truth::yes;
    none = none && covered == Truth::no;
    for (std::size_t target = 0; target < of_targets.size(); ++target) {
      const bool counts = covered != Truth::no && view.truth(agreement().targets[target].where) != Truth::no;
      of_targets[target] = of_targets[target] || counts;
    }
  }
  if (none) return;
  (*not_covered_)[row / 64] &= ~(std::uint64_t{1} << (row % 64));
  const bool dated = knows(plan_->edition().dated_by(), row);
  lacking_.begin(view);
  lacking_.ask_for(plan_->edition().dated_by());
  if (lacks_place(row)) lacking_.ask_for(plan_->edition().placed_by());
  if (!all) lacking_.ask(decide::Version::applies_item);
  for (std::size_t target = 0; target < of_targets.size(); ++target) {
    if (of_targets[target] && is_in_time_for(target, row)) leave_out_of_target(view, target, Truth::unknown);
  }
  if (!all) return leave_out(view, LeftOutLine::undecided);
  const std::uint32_t pair = book_->pairs.number(chunk(), row, texts_);
  // Behind a period after which nothing is asked of prices, lines are there for targets alone.
  const bool settles = dated && (day_of(row) <= agreement().period.last || agreement().after.has_value());
  const bool of_settlement = settles && pair != model::none;
  leave_out(view, of_settlement ? book_->settlements.number(pair, day_of(row)) : LeftOutLine::no_settlement);
}

}  // namespace proviso::settle
