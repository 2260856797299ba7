#include "settle/ledger_lines.hpp"

#include <algorithm>
#include <tuple>

#include "program/in_threads.hpp"
#include "settle/ledger_text.hpp"
#include "settle/relations_lines.hpp"

namespace proviso::settle {
namespace {

// Fewer lines than this are done sooner than a thread has begun.
constexpr std::uint64_t lines_for_threads = 50'000;

std::size_t partition_of(const Key& key) { return (key.hash() >> 32) % LineBook::partitions; }

/// The lines that said something for the fact that could not be taken: rows of the chunk, sorted.
std::vector<std::uint32_t> rows_with_problem(const program::Chunk& chunk, model::FactId fact) {
  std::vector<std::uint32_t> rows;
  for (const program::InputProblem& problem : chunk.problems()) {
    if (problem.fact == fact) rows.push_back(problem.row);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace

const UnreadLine* find_unread(const std::vector<UnreadLine>& unread, std::uint32_t row) {
  const auto is_before = [](const UnreadLine& line, std::uint32_t other) { return line.row < other; };
  const auto found = std::lower_bound(unread.begin(), unread.end(), row, is_before);
  return found != unread.end() && found->row == row ? &*found : nullptr;
}

void LineBook::add_lines(const program::Chunk& chunk, LineOrder first, KeyMaker& keys,
                         const std::vector<UnreadLine>& unread) {
  for (const UnreadLine& line : unread) unread_.push_back(first + line.row);
  const model::FactId identifier = chunk.record().identifier;
  if (identifier == model::none) return;
  std::vector<std::vector<std::uint32_t>> unread_versions;  // by correction
  for (const model::FactId fact : corrections_) unread_versions.push_back(rows_with_problem(chunk, fact));
  for (std::uint32_t row = 0; row < chunk.rows(); ++row) {
    if (!tells(chunk, identifier, row)) continue;
    const Key key = keys.of_text(told(chunk, identifier, row));
    Tape& tape = ids_[partition_of(key)];
    key.put(tape);
    tape.put_order(first + row);
    for (std::size_t correction = 0; correction < corrections_.size(); ++correction) {
      const model::FactId fact = corrections_[correction];
      if (fact == model::none) continue;
      const program::Column& versions = chunk.column(fact);
      const bool known = program::bit(versions.known, row);
      const auto& of_fact = unread_versions[correction];
      const bool perhaps_last =
          !known && find_unread(unread, row) != nullptr && std::binary_search(of_fact.begin(), of_fact.end(), row);
      tape.put(known || perhaps_last ? 1 : 0);
      if (known || perhaps_last) tape.put_signed(known ? bits_of(versions, row) : INT64_MAX);
    }
  }
}

/// The lines whose ids are in one partition.
struct LedgerLines::Partition {
  std::vector<Key> ids;
  std::vector<LineOrder> orders;
  std::vector<std::int64_t> versions;  ///< for each line one of each fact that corrects
  std::vector<std::uint32_t> slots;    ///< lines by id: open addressing, a power of two, at most half full

  void clear() {
    ids.clear();
    orders.clear();
    versions.clear();
  }
  void empty_slots() {
    std::size_t size = 16;
    while (size < ids.size() * 2) size *= 2;
    slots.assign(size, model::none);
  }
  /// Where the id is, or would be.
  std::uint32_t& slot(const Key& id) {
    std::size_t at = id.hash() & (slots.size() - 1);
    while (slots[at] != model::none && ids[slots[at]] != id) at = (at + 1) & (slots.size() - 1);
    return slots[at];
  }
};

LedgerLines::LedgerLines(std::vector<const LineBook*> books, const std::vector<model::FactId>& corrections,
                         std::size_t threads)
    : books_(std::move(books)), corrections_(corrections.size()), versions_(0) {
  for (const model::FactId fact : corrections) {
    version_of_.push_back(fact == model::none ? std::nullopt : std::optional(versions_++));
  }
  rank_chunks();
  for (std::size_t correction = 0; correction < corrections_; ++correction) {
    set_aside_.emplace_back(words());
    corrects_.emplace_back(words());
  }
  correct(threads);
}

void LedgerLines::rank_chunks() {
  std::vector<const LineBook::ChunkPlace*> in_order;
  for (const LineBook* book : books_) {
    for (const LineBook::ChunkPlace& place : book->chunks()) {
      in_order.push_back(&place);
      records_ += place.rows;
    }
  }
  places_.resize(in_order.size());
  for (const LineBook::ChunkPlace* place : in_order) places_[place->number] = place;
  std::sort(in_order.begin(), in_order.end(),
            [](const auto* a, const auto* b) { return std::tie(a->input, a->block) < std::tie(b->input, b->block); });
  ranks_.resize(in_order.size());
  for (std::size_t rank = 0; rank < in_order.size(); ++rank) ranks_[in_order[rank]->number] = rank;
}

void LedgerLines::take_unread_out(std::vector<std::uint64_t>& lines) const {
  for (const LineBook* book : books_) {
    for (const LineOrder line : book->unread_) lines[line / 64] &= ~(std::uint64_t{1} << (line % 64));
  }
}

void LedgerLines::read(std::size_t partition, Partition& lines) const {
  lines.clear();
  for (const LineBook* book : books_) {
    Tape::Reader reader(book->ids_[partition]);
    while (!reader.done()) {
      lines.ids.push_back(Key::read(reader));
      lines.orders.push_back(reader.order());
      for (std::size_t version = 0; version < versions_; ++version) {
        lines.versions.push_back(reader.number() != 0 ? reader.signed_number() : unknown_version);
      }
    }
  }
}

void LedgerLines::correct(std::size_t threads) {
  std::atomic<std::size_t> next{0};
  const auto work = [this, &next] {
    Partition lines;
    for (std::size_t partition = next++; partition < LineBook::partitions; partition = next++) {
      read(partition, lines);
      for (std::size_t correction = 0; correction < corrections_; ++correction) correct(lines, correction);
    }
  };
  program::in_threads(records_ < lines_for_threads ? 1 : threads, work, [&next] { next = LineBook::partitions; });
}

void LedgerLines::correct(Partition& lines, std::size_t correction) {
  lines.empty_slots();
  for (std::uint32_t line = 0; line < lines.ids.size(); ++line) {
    std::uint32_t& last = lines.slot(lines.ids[line]);
    if (last == model::none) {
      last = line;
      continue;
    }
    const bool later = is_later(lines, correction, line, last);
    mark(set_aside_[correction], lines.orders[later ? last : line]);
    if (later) last = line;
    mark(corrects_[correction], lines.orders[last]);
  }
}

bool LedgerLines::is_later(const Partition& lines, std::size_t correction, std::uint32_t a, std::uint32_t b) const {
  if (const std::optional<std::size_t> version = version_of_[correction]) {
    const std::int64_t of_a = lines.versions[a * versions_ + *version];
    const std::int64_t of_b = lines.versions[b * versions_ + *version];
    if (of_a != of_b) return of_a > of_b;
  }
  return position(lines.orders[a]) > position(lines.orders[b]);
}

std::uint64_t LedgerLines::not_covered() const {
  std::uint64_t count = 0;
  for (std::size_t chunk = 0; chunk < places_.size(); ++chunk) {
    for (std::size_t word = 0; word < std::tuple_size_v<LinesOfChunk>; ++word) {
      std::uint64_t aside = corrections_ == 0 ? 0 : ~std::uint64_t{0};
      for (const Marks& marks : set_aside_) aside &= marks[chunk * std::tuple_size_v<LinesOfChunk> + word];
      count += static_cast<std::uint64_t>(__builtin_popcountll(places_[chunk]->not_covered[word] & ~aside));
    }
  }
  return count;
}

std::unordered_map<LineOrder, LedgerLines::Identity> LedgerLines::identities(
    std::size_t correction, const std::vector<std::uint64_t>& wanted) const {
  std::unordered_map<LineOrder, Identity> found;
  Partition lines;
  for (std::size_t partition = 0; partition < LineBook::partitions; ++partition) {
    read(partition, lines);
    for (std::size_t line = 0; line < lines.ids.size(); ++line) {
      const LineOrder order = lines.orders[line];
      if ((wanted[order / 64] >> (order % 64) & 1) == 0) continue;
      const std::optional<std::size_t> version = version_of_[correction];
      found[order] = {version ? lines.versions[line * versions_ + *version] : unknown_version, lines.ids[line]};
    }
  }
  return found;
}

}  // namespace proviso::settle
