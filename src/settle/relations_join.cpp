#include "settle/relations_join.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "value/calendar.hpp"
#include "value/decimal.hpp"

namespace proviso::settle {
namespace {

using value::Kind;

std::vector<std::size_t> keep_keys(const model::Relation& relation, GatheredLines& lines) {
  std::vector<std::size_t> places;
  for (const auto& [own, other] : relation.keys) places.push_back(lines.keep(other));
  return places;
}

/// The days that lie within the window of a record with that date; all days where the calendar ends before it does,
/// since its condition is then unknown.
model::Period days_within(const model::Relation::Window& window, std::int32_t own) {
  const std::int64_t length = window.before ? -std::int64_t{window.length} : std::int64_t{window.length};
  std::int32_t far = 0;
  const bool months = window.kind == value::DurationKind::months;
  if (!(months ? value::add_months(own, length, far) : value::add_days(own, length, far))) return {};
  return window.before ? model::Period{far, own} : model::Period{own, far};
}

}  // namespace

Join::Join(const model::Library& library, const RelationReads& reads, GatheredLines& lines, const SharedTexts& texts)
    : relation_(library.relations[reads.relation]),
      reads_(reads),
      lines_(lines),
      texts_(texts),
      by_key_(lines, keep_keys(relation_, lines)),
      partial_keys_(lines, keep_keys(relation_, lines)) {
  for (const auto& [fact, other] : reads_.elements) elements_.push_back({fact, lines_.keep(other)});
  if (relation_.window) window_at_ = lines_.keep(relation_.window->other);
  if (!relation_.group) return;
  for (const model::FactId fact : relation_.order) order_at_.push_back(lines_.keep(fact));
  const model::FactId id = library.records[relation_.record].identifier;
  if (id != model::none) order_at_.push_back(lines_.keep(id));
}

bool Join::before(Line a, Line b) const {
  if (relation_.window) {
    const int order = lines_.compare(window_at_, a, b);
    if (order != 0) return order < 0;
  }
  for (const std::size_t at : order_at_) {
    const int order = lines_.compare(at, a, b);
    if (order != 0) return order < 0;
  }
  const std::uint64_t content_a = lines_.content(a);
  const std::uint64_t content_b = lines_.content(b);
  return content_a != content_b ? content_a < content_b : a < b;
}

void Join::note_unplaced(const program::Chunk& chunk, Line first) {
  const auto& keys = relation_.keys;
  std::set<std::pair<std::uint32_t, model::FactId>> unread;
  for (const program::InputProblem& problem : chunk.problems()) {
    if (std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.second == problem.fact; })) {
      unread.emplace(problem.row, problem.fact);
    }
  }
  for (auto next = unread.begin(); next != unread.end();) {
    const std::uint32_t row = next->first;
    while (next != unread.end() && next->first == row) ++next;
    const auto is_known = [&](const auto& key) { return program::bit(chunk.column(key.second).known, row); };
    const auto is_given = [&](const auto& key) { return is_known(key) || unread.count({row, key.second}) > 0; };
    // A line that says nothing of a key belongs to nobody, whatever else it says.
    if (std::all_of(keys.begin(), keys.end(), is_known) || !std::all_of(keys.begin(), keys.end(), is_given)) continue;
    const std::lock_guard lock(noting_);
    unplaced_.push_back(first + row);
  }
}

/// Whether a line that could not be read may be among those with the key on the days. A relation never has the line
/// itself in it; a group, of which it is one, has it under its own key.
bool Join::is_incomplete(const LinesByKey::Key& key, model::Period days, Line own) const {
  constexpr Line nobody = UINT32_MAX;
  const bool of_own_kind = relation_.other == relation_.record;
  return incomplete_ || partial_keys_.may_be(key, days, of_own_kind ? own : nobody);
}

std::string Join::incomplete_problem(const program::Chunk& chunk) const {
  if (relation_.other == relation_.record) return "the input could not be read completely";
  return fmt::format("the register of `{}` could not be read completely",
                     chunk.library().records[relation_.other].name);
}

void Join::complete() {
  by_key_.build([this](Line a, Line b) { return before(a, b); });
  const auto is_left_out = [this](Line line) { return !lines_.contains(line); };
  unplaced_.erase(std::remove_if(unplaced_.begin(), unplaced_.end(), is_left_out), unplaced_.end());
  for (const Line line : unplaced_) partial_keys_.add(line, day_of(line));
  if (relation_.window) {
    for (const Line line : by_key_.lines()) days_.push_back(day_of(line));
  }
  if (!reads_.rank) return;
  ranks_.assign(lines_.end(), 0);
  for (std::size_t key = 0; key < by_key_.keys(); ++key) rank(by_key_.of(key));
}

void Join::rank(LinesByKey::Range range) {
  std::uint32_t rank = 0;
  for (const Line line : range) ranks_[line] = ++rank;
  leave_open(range, 0);
}

/// Takes the ranks of lines whose order a missing fact leaves open: of those that agree in the first `order` facts of
/// the order, and stand together, all, where one of them lacks the next.
void Join::leave_open(LinesByKey::Range range, std::size_t order) {
  if (order == relation_.order.size() || range.size() <= 1) return;
  const std::size_t at = order_at_[order];
  if (!lines_.known(at, *(range.last - 1))) {  // unknown ones are last
    for (const Line line : range) ranks_[line] = 0;
    return;
  }
  while (range.first != range.last) {
    const Line* next = range.first + 1;
    while (next != range.last && lines_.compare(at, *range.first, *next) == 0) ++next;
    leave_open({range.first, next}, order + 1);
    range.first = next;
  }
}

bool Join::has_order(Line line) const {
  const auto last = order_at_.begin() + static_cast<std::ptrdiff_t>(relation_.order.size());
  return std::all_of(order_at_.begin(), last, [&](std::size_t at) { return lines_.known(at, line); });
}

/// Nothing for a record with an unknown key.
std::optional<LinesByKey::Range> Join::lines_of(const program::Chunk& chunk, std::size_t row,
                                                LinesByKey::Key& key) const {
  constexpr std::int64_t nowhere = -1;  // no line has the text
  key.clear();
  for (const auto& [own, other] : relation_.keys) {
    const program::Column& column = chunk.column(own);
    if (!program::bit(column.known, row)) return std::nullopt;
    std::int64_t bits = bits_of(column, row);
    if (chunk.record().facts[own].type.kind == Kind::text) {
      const auto shared = texts_.find(chunk.text_of(static_cast<std::int32_t>(bits)));
      bits = shared ? *shared : nowhere;
    }
    key.push_back(bits);
  }
  return by_key_.find(key);
}

/// By which the line is in the window or not.
std::int32_t Join::day_of(Line line) const {
  if (!relation_.window || !lines_.known(window_at_, line)) return no_day;
  return static_cast<std::int32_t>(lines_.bits(window_at_, line));
}

/// Of the record's window: all, where it has none, or no date to count from.
model::Period Join::days_of(const program::Chunk& chunk, std::size_t row) const {
  if (!relation_.window) return {};
  const program::Column& date = chunk.column(relation_.window->own);
  return program::bit(date.known, row) ? days_within(*relation_.window, date.narrow[row]) : model::Period();
}

/// Those whose date is in the days, and those without a date.
std::pair<LinesByKey::Range, LinesByKey::Range> Join::within(LinesByKey::Range range, model::Period days) const {
  if (range.size() == 0) return {};  // and it may be nowhere among the lines
  const auto from = days_.begin() + (range.first - by_key_.lines().data());
  const auto to = from + (range.last - range.first);
  const auto line_of = [&](auto day) { return range.first + (day - from); };
  const auto undated = std::lower_bound(from, to, no_day);
  const auto first = std::lower_bound(from, undated, days.first);
  const auto last = std::upper_bound(first, undated, days.last);
  return {{line_of(first), line_of(last)}, {line_of(undated), range.last}};
}

void Join::bring(program::Chunk& chunk, std::size_t row, Line own, LinesByKey::Range range, bool incomplete,
                 std::vector<Line>& brought) const {
  LinesByKey::Range undated;
  if (relation_.window) std::tie(range, undated) = within(range, days_of(chunk, row));
  const std::size_t start = brought.size();
  const bool keeps_itself = relation_.group || relation_.other != relation_.record;
  if (range.size() + undated.size() <= most_elements + 1) {
    for (const LinesByKey::Range& part : {range, undated}) {
      std::copy_if(part.begin(), part.end(), std::back_inserter(brought),
                   [&](Line line) { return keeps_itself || line != own; });
    }
    if (brought.size() - start <= most_elements) {
      if (!incomplete) return program::set_bit(chunk.column(relation_.list).known, row);
      return chunk.add_problem(relation_.list, row, incomplete_problem(chunk));
    }
  }
  brought.resize(start);
  chunk.add_problem(relation_.list, row, fmt::format("more than {} lines belong to it", most_elements));
}

void Join::set_rank(program::Chunk& chunk, std::size_t row, Line own, bool incomplete) const {
  if (own >= ranks_.size() || !lines_.contains(own)) return;
  if (incomplete) return chunk.add_problem(relation_.rank, row, incomplete_problem(chunk));
  if (ranks_[own] == 0) {
    // What the line itself lacks is asked for; of the others it is said.
    if (has_order(own))
      chunk.add_problem(relation_.rank, row, "another line lacks a fact that these lines are ordered by");
    return;
  }
  chunk.set_value(relation_.rank, row, ranks_[own] * value::decimal_scale);
}

void Join::fill(program::Chunk& chunk, Line first) const {
  if (!lines_.given()) return;
  const model::LevelId level = chunk.record().facts[relation_.list].elements;
  const auto base = static_cast<std::uint32_t>(chunk.rows(level));
  std::vector<std::uint32_t>& offsets = chunk.column(relation_.list).offsets;
  std::vector<std::uint32_t>& itself = chunk.column(relation_.list).itself;
  if (relation_.group) itself.assign(chunk.rows(), program::no_element);
  std::vector<Line> brought;
  LinesByKey::Key key;
  for (std::size_t row = 0; row < chunk.rows(); ++row) {
    offsets[row] = base + static_cast<std::uint32_t>(brought.size());
    const auto range = lines_of(chunk, row, key);
    if (!range) continue;
    const Line own = first + static_cast<Line>(row);
    const bool incomplete = is_incomplete(key, days_of(chunk, row), own);
    if (reads_.rank) set_rank(chunk, row, own, incomplete);
    if (!reads_.list) {
      if (incomplete) chunk.add_problem(relation_.list, row, incomplete_problem(chunk));
      continue;
    }
    const std::size_t start = brought.size();
    bring(chunk, row, own, *range, incomplete, brought);
    if (!relation_.group) continue;
    const auto found = std::find(brought.begin() + static_cast<std::ptrdiff_t>(start), brought.end(), own);
    if (found != brought.end()) itself[row] = base + static_cast<std::uint32_t>(found - brought.begin());
  }
  offsets[chunk.rows()] = base + static_cast<std::uint32_t>(brought.size());
  for (std::size_t i = 0; i < brought.size(); ++i) chunk.add_row(level);
  for (const Element& element : elements_) add_values(chunk, element, base, brought);
}

void Join::add_values(program::Chunk& chunk, const Element& element, std::size_t row,
                      const std::vector<Line>& brought) const {
  const model::Fact& fact = chunk.record().facts[element.fact];
  for (const Line line : brought) {
    if (lines_.known(element.at, line)) {
      std::int64_t bits = lines_.bits(element.at, line);
      if (fact.type.kind == Kind::truth) {
        chunk.set_truth(element.fact, row, bits != 0);
      } else {
        if (fact.type.kind == Kind::text) bits = chunk.text_number(texts_[static_cast<std::int32_t>(bits)]);
        chunk.set_value(element.fact, row, bits);
      }
    }
    if (fact.measured) {
      const program::Column& column = lines_.column(element.at, line);
      const std::size_t from = GatheredLines::row_of(line);
      if (program::bit(column.has_date, from)) chunk.set_measured_on(element.fact, row, column.measured_on[from]);
    }
    ++row;
  }
}

}  // namespace proviso::settle
