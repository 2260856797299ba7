#include "settle/relations_lines.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace proviso::settle {
namespace {

using value::Kind;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t part) {
  hash = (hash ^ part) * 0xff51afd7ed558ccd;
  return hash ^ (hash >> 32);
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size();
  for (const char c : text) hash = mixed(hash, static_cast<unsigned char>(c));
  return hash;
}

void copy_plane(const program::Plane& from, std::size_t rows, program::Plane& to) {
  if (from.empty()) return;
  to.assign(from.begin(), from.begin() + static_cast<std::ptrdiff_t>((rows + 63) / 64));
}

template <typename Value>
void copy_values(const std::vector<Value>& from, std::size_t rows, std::vector<Value>& to) {
  if (from.empty()) return;
  to.assign(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(rows));
}

program::Column copy_of(const program::Column& from, std::size_t rows) {
  program::Column copy;
  copy_plane(from.known, rows, copy.known);
  copy_plane(from.yes, rows, copy.yes);
  copy_plane(from.has_date, rows, copy.has_date);
  copy_values(from.narrow, rows, copy.narrow);
  copy_values(from.wide, rows, copy.wide);
  copy_values(from.measured_on, rows, copy.measured_on);
  return copy;
}

/// By row, of all facts of the record itself.
std::vector<std::uint64_t> contents_of(const program::Chunk& chunk) {
  const std::size_t rows = chunk.rows();
  std::vector<std::uint64_t> contents(rows, 0);
  for (const model::FactId id : chunk.record().levels[0].facts) {
    const model::Fact& fact = chunk.record().facts[id];
    if (fact.relation != model::none || fact.type.kind == Kind::list) continue;
    const program::Column& column = chunk.column(id);
    const bool text = fact.type.kind == Kind::text;
    for (std::size_t row = 0; row < rows; ++row) {
      std::uint64_t part = UINT64_MAX;
      if (program::bit(column.known, row)) {
        part = text ? hash_of(chunk.text_of(column.narrow[row])) : static_cast<std::uint64_t>(bits_of(column, row));
      }
      contents[row] = mixed(contents[row], part);
      if (fact.measured && program::bit(column.has_date, row)) {
        contents[row] = mixed(contents[row], static_cast<std::uint64_t>(column.measured_on[row]));
      }
    }
  }
  return contents;
}

}  // namespace

std::int64_t bits_of(const program::Column& column, std::size_t row) {
  if (!column.wide.empty()) return column.wide[row];
  if (!column.narrow.empty()) return column.narrow[row];
  return program::bit(column.yes, row) ? 1 : 0;
}

void SharedTexts::share(const program::Chunk& chunk, const program::Plane& known, std::vector<std::int32_t>& numbers) {
  constexpr std::int32_t not_yet = -1;
  std::vector<std::int32_t> shared;  // by the chunk's number
  const std::lock_guard lock(adding_);
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (!program::bit(known, row)) continue;
    const auto own = static_cast<std::size_t>(numbers[row]);
    if (own >= shared.size()) shared.resize(own + program::chunk_capacity, not_yet);
    if (shared[own] == not_yet) shared[own] = texts_.add(chunk.text_of(numbers[row]));
    numbers[row] = shared[own];
  }
}

std::optional<std::int32_t> SharedTexts::find(std::string_view text) const {
  const std::int32_t number = texts_.find(text);
  return number < 0 ? std::nullopt : std::optional(number);
}

GatheredLines::GatheredLines(const model::Library& library, std::uint32_t record, SharedTexts& texts)
    : library_(library), record_(record), texts_(texts) {}

std::size_t GatheredLines::keep(model::FactId fact) {
  const auto found = std::find(facts_.begin(), facts_.end(), fact);
  const auto at = static_cast<std::size_t>(found - facts_.begin());
  if (found == facts_.end()) facts_.push_back(fact);
  return at;
}

void GatheredLines::add(const program::Chunk& chunk, std::uint64_t block) {
  if (block >= UINT32_MAX / program::chunk_capacity) throw std::length_error("more lines than relations can hold");
  Block made;
  made.rows = chunk.rows();
  for (const model::FactId id : facts_) {
    program::Column& kept = made.columns.emplace_back(copy_of(chunk.column(id), made.rows));
    if (chunk.record().facts[id].type.kind == Kind::text) texts_.share(chunk, kept.known, kept.narrow);
  }
  made.contents = contents_of(chunk);
  const std::lock_guard lock(adding_);
  given_ = true;
  if (blocks_.size() <= block) blocks_.resize(block + 1);
  blocks_[block] = std::move(made);
}

void GatheredLines::leave_out(const std::function<bool(Line)>& is_left_out) {
  for (std::size_t number = 0; number < blocks_.size(); ++number) {
    Block& block = blocks_[number];
    block.left_out.assign((block.rows + 63) / 64, 0);
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto line = static_cast<Line>(number * program::chunk_capacity + row);
      if (is_left_out(line)) program::set_bit(block.left_out, row);
    }
  }
}

std::int64_t GatheredLines::bits(std::size_t at, Line line) const { return bits_of(column(at, line), row_of(line)); }

int GatheredLines::compare(std::size_t at, Line a, Line b) const {
  const bool known_a = known(at, a);
  const bool known_b = known(at, b);
  if (!known_a || !known_b) return (known_a ? 0 : 1) - (known_b ? 0 : 1);
  const std::int64_t bits_a = bits(at, a);
  const std::int64_t bits_b = bits(at, b);
  if (bits_a == bits_b) return 0;
  if (fact(at).type.kind != Kind::text) return bits_a < bits_b ? -1 : 1;
  const auto text = [this](std::int64_t bits) { return texts_[static_cast<std::int32_t>(bits)]; };
  return text(bits_a).compare(text(bits_b));
}

}  // namespace proviso::settle
