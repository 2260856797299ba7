#include "program/chunk.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

namespace proviso::program {
namespace {

constexpr std::size_t row_bits = 64;

std::size_t words_of(std::size_t rows) { return (rows + row_bits - 1) / row_bits; }

std::uint64_t new_stamp() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

TextTable table_of(const std::vector<std::string>& texts) {
  TextTable table;
  for (const std::string& text : texts) table.add(text);
  return table;
}

/// Clears the bits of rows [first, last).
void clear_bits(Plane& plane, std::size_t first, std::size_t last) {
  if (plane.empty()) return;
  for (; first < last && first % row_bits != 0; ++first) clear_bit(plane, first);
  const std::size_t end = std::min(words_of(last), plane.size());
  for (std::size_t word = first / row_bits; word < end && first < last; ++word) plane[word] = 0;
}

std::uint64_t rows_in_word(std::size_t word, std::size_t rows) {
  const std::size_t left = rows - word * row_bits;
  return left >= row_bits ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
}

}  // namespace

Chunk::Chunk(const model::Library& library, std::uint32_t record)
    : library_(&library), record_(record), library_texts_(table_of(library.texts)) {
  const model::Record& layout = this->record();
  rows_.assign(layout.levels.size(), 0);
  rows_before_last_ = rows_;
  capacity_ = rows_;
  columns_.resize(layout.facts.size());
  opened_.assign(layout.facts.size(), 0);
  touched_.assign(words_of(layout.facts.size()), 0);
  for (model::FactId id = 0; id < layout.facts.size(); ++id) {
    if (layout.facts[id].type.kind == value::Kind::list) lists_.push_back(id);
    if (layout.facts[id].assumed && layout.facts[id].assumed->known) assumed_.push_back(id);
  }
  for (model::LevelId level = 0; level < layout.levels.size(); ++level) reserve(level, row_bits);
}

void Chunk::reserve(model::LevelId level, std::size_t rows) {
  capacity_[level] = words_of(rows) * row_bits;
  layout_stamp_ = new_stamp();
  const std::size_t words = words_of(rows);
  for (const model::FactId id : record().levels[level].facts) {
    const model::Fact& fact = record().facts[id];
    Column& column = columns_[id];
    column.known.resize(words);
    if (fact.assumed) column.assumed.resize(words);
    if (fact.measured) {
      column.measured_on.resize(capacity_[level]);
      column.has_date.resize(words);
    }
    if (fact.type.kind == value::Kind::list) column.offsets.resize(capacity_[level] + 1);
    if (fact.type.kind == value::Kind::truth) column.yes.resize(words);
    const value::Lane lane = value::lane_of(fact.type);
    if (lane == value::Lane::narrow) column.narrow.resize(capacity_[level]);
    if (lane == value::Lane::wide) column.wide.resize(capacity_[level]);
  }
}

void Chunk::clear() {
  for (std::size_t word = 0; word < touched_.size(); ++word) {
    for (std::uint64_t rest = touched_[word]; rest != 0; rest &= rest - 1) {
      const auto id = static_cast<model::FactId>(word * row_bits + static_cast<std::size_t>(__builtin_ctzll(rest)));
      erase_rows(id, 0, rows_[record().facts[id].level]);
      columns_[id].itself.clear();
    }
    touched_[word] = 0;
  }
  for (const model::FactId list : lists_) opened_[list] = 0;
  std::fill(rows_.begin(), rows_.end(), std::size_t{0});
  std::fill(rows_before_last_.begin(), rows_before_last_.end(), std::size_t{0});
  problems_.clear();
  problems_before_last_ = 0;
  own_texts_.clear();
}

void Chunk::erase_rows(model::FactId fact, std::size_t first, std::size_t last) {
  Column& column = columns_[fact];
  clear_bits(column.known, first, last);
  clear_bits(column.yes, first, last);
  clear_bits(column.has_date, first, last);
  clear_bits(column.assumed, first, last);
}

std::size_t Chunk::add_row(model::LevelId level) {
  if (level == 0) {
    rows_before_last_ = rows_;
    problems_before_last_ = problems_.size();
  }
  if (rows_[level] == capacity_[level]) reserve(level, capacity_[level] * 2);
  return rows_[level]++;
}

void Chunk::drop_last_record() {
  if (rows_[0] == 0) return;
  for (model::FactId id = 0; id < columns_.size(); ++id) {
    const model::LevelId level = record().facts[id].level;
    erase_rows(id, rows_before_last_[level], rows_[level]);
    opened_[id] = std::min(opened_[id], rows_before_last_[level]);
  }
  rows_ = rows_before_last_;
  problems_.resize(problems_before_last_);
}

void Chunk::begin_list(model::FactId list, std::size_t row) {
  touch(list);
  Column& column = columns_[list];
  set_bit(column.known, row);
  const auto first = static_cast<std::uint32_t>(rows_[record().facts[list].elements]);
  // The rows between this and the last one that began have no elements.
  for (std::size_t& next = opened_[list]; next <= row; ++next) column.offsets[next] = first;
}

void Chunk::set_truth(model::FactId fact, std::size_t row, bool yes) {
  touch(fact);
  Column& column = columns_[fact];
  set_bit(column.known, row);
  if (yes) {
    set_bit(column.yes, row);
  } else {
    clear_bit(column.yes, row);
  }
}

void Chunk::set_value(model::FactId fact, std::size_t row, std::int64_t bits) {
  touch(fact);
  Column& column = columns_[fact];
  set_bit(column.known, row);
  if (column.wide.empty()) {
    column.narrow[row] = static_cast<std::int32_t>(bits);
  } else {
    column.wide[row] = bits;
  }
}

void Chunk::set_measured_on(model::FactId fact, std::size_t row, std::int32_t date) {
  touch(fact);
  Column& column = columns_[fact];
  set_bit(column.has_date, row);
  column.measured_on[row] = date;
}

void Chunk::add_problem(model::FactId fact, std::size_t row, std::string message) {
  problems_.push_back({static_cast<std::uint32_t>(row), fact, std::move(message)});
}

void Chunk::finish() {
  for (const model::FactId id : lists_) {
    const model::Fact& fact = record().facts[id];
    const auto end = static_cast<std::uint32_t>(rows_[fact.elements]);
    for (std::size_t& next = opened_[id]; next < rows_[fact.level]; ++next) columns_[id].offsets[next] = end;
    columns_[id].offsets[rows_[fact.level]] = end;
  }
  for (const model::FactId id : assumed_) assume(id);
  // What the input gave, though it counts as unknown, was not left out.
  for (const InputProblem& problem : problems_) {
    Column& column = columns_[problem.fact];
    if (!record().facts[problem.fact].assumed) continue;
    clear_bit(column.known, problem.row);
    if (!column.yes.empty()) clear_bit(column.yes, problem.row);
    clear_bit(column.assumed, problem.row);
  }
}

void Chunk::assume(model::FactId id) {
  const model::Fact& fact = record().facts[id];
  Column& column = columns_[id];
  touch(id);
  const std::size_t rows = rows_[fact.level];
  for (std::size_t word = 0; word < words_of(rows); ++word) {
    const std::uint64_t missing = ~column.known[word] & rows_in_word(word, rows);
    column.assumed[word] |= missing;
    for (std::uint64_t rest = missing; rest != 0; rest &= rest - 1) {
      const std::size_t row = word * row_bits + static_cast<std::size_t>(__builtin_ctzll(rest));
      if (fact.type.kind == value::Kind::truth) {
        set_truth(id, row, fact.assumed->bits != 0);
      } else {
        set_value(id, row, fact.assumed->bits);
      }
    }
  }
}

std::int32_t Chunk::text_number(std::string_view text) {
  const std::int32_t number = library_texts_.find(text);
  if (number >= 0) return number;
  return static_cast<std::int32_t>(library_texts_.size()) + own_texts_.add(text);
}

std::string_view Chunk::text_of(std::int32_t number) const {
  const auto index = static_cast<std::size_t>(number);
  if (index < library_texts_.size()) return library_texts_[index];
  return own_texts_[index - library_texts_.size()];
}

}  // namespace proviso::program
