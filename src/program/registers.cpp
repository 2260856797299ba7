#include "program/registers.hpp"

#include <algorithm>

namespace proviso::program {
namespace {

using Kind = Source::Kind;

std::size_t next_power(std::size_t number) {
  std::size_t power = 1;
  while (power < number) power *= 2;
  return power;
}

// The frame's pointers are to what kernels may write; columns are among them, and no instruction writes those.
template <typename Values>
void* unwritten(const Values& values) {
  return const_cast<typename Values::value_type*>(values.data());
}

}  // namespace

void Registers::prepare(const Code& next, const Chunk& chunk, std::size_t first, std::size_t last,
                        const Deciding& deciding, const Plane* selected) {
  const bool bound = bound_code_ == next.serial && bound_layout_ == chunk.layout_stamp();
  code = &next;
  first_record = first;
  failed.clear();
  problems.clear();
  if (!bound) {
    spaces.assign(next.spaces.size(), {});
    any_product = false;
    for (const Space& space : next.spaces) any_product |= !space.direct;
    if (products_.size() < next.spaces.size()) products_.resize(next.spaces.size());
  }
  spaces[0].first = static_cast<std::uint32_t>(first);
  spaces[0].last = static_cast<std::uint32_t>(last);
  for (SpaceId space = 1; space < next.spaces.size(); ++space) find_rows(chunk, space);
  if (!bound || (any_product && !fits(chunk))) {
    fetch_columns(chunk);
    bind(chunk);
    fetch_planes(chunk);
  }
  if (next.uses_deciding_date) take_deciding_date(chunk, deciding);
  if (next.calls_hooks) hooks.begin(next, chunk, selected);
}

void Registers::take_deciding_date(const Chunk& chunk, const Deciding& deciding) {
  frame.deciding = {};
  if (deciding.kind == Deciding::Kind::given) {
    frame.deciding = {DecidingDate::Kind::given, deciding.date, nullptr, nullptr};
  } else if (deciding.kind == Deciding::Kind::from_record && code->dated_by != model::none) {
    const Column& dates = chunk.column(code->dated_by);
    frame.deciding = {DecidingDate::Kind::column, 0, dates.known.data(), dates.narrow.data()};
  }
}

// A chunk that was filled a while ago is far away in memory, in many small places. They are asked for together, so that
// they come together.
void Registers::fetch_columns(const Chunk& chunk) const {
  for (const model::FactId fact : code->facts) {
    const auto* column = reinterpret_cast<const char*>(&chunk.column(fact));
    for (std::size_t byte = 0; byte < sizeof(Column); byte += line_bytes) __builtin_prefetch(column + byte);
  }
}

void Registers::fetch_planes(const Chunk& chunk) const {
  for (const model::FactId fact : code->facts) {
    const Plane& known = chunk.column(fact).known;
    for (std::size_t word = 0; word < known.size(); word += line_bytes / sizeof(std::uint64_t)) {
      __builtin_prefetch(known.data() + word);
    }
  }
}

std::size_t Registers::words_needed(const Chunk& chunk, SpaceId space) const {
  if (!code->spaces[space].direct) return spaces[space].last_word();
  return chunk.capacity(code->spaces[space].level) / 64;
}

bool Registers::fits(const Chunk& chunk) const {
  for (SpaceId space = 0; space < spaces.size(); ++space) {
    if (words_needed(chunk, space) > words_[space]) return false;
  }
  return true;
}

void Registers::bind(const Chunk& chunk) {
  words_.resize(spaces.size());
  std::size_t most_words = 1;
  for (SpaceId space = 0; space < spaces.size(); ++space) {
    words_[space] = next_power(std::max<std::size_t>(1, words_needed(chunk, space)));
    most_words = std::max(most_words, words_[space]);
  }
  if (ones_.size() < most_words) {
    ones_.assign(most_words, ~std::uint64_t{0});
    noughts_.assign(most_words, 0);
  }
  // Twice over the same registers: first how much memory they need, then where each is.
  pointers.resize(code->registers.size());
  for (const bool counting : {true, false}) {
    arena_used_ = 0;
    for (std::size_t number = 0; number < code->registers.size(); ++number) {
      const RegisterInfo& info = code->registers[number];
      pointers[number].plane = static_cast<std::uint64_t*>(resolve(chunk, info, info.first));
      pointers[number].second = resolve(chunk, info, info.second);
    }
    if (!counting) break;
    const std::size_t cells = (arena_used_ + line_bytes) / sizeof(std::uint64_t);
    if (arena_.size() >= cells) break;
    arena_.resize(cells);
  }
  shifted.resize(code->registers.size() * 2);
  frame.registers = pointers.data();
  frame.spaces = spaces.data();
  frame.lists = code->lists.data();
  frame.immediates = code->immediates.data();
  frame.tables = code->tail.tables.data();
  frame.hooks = &hooks;
  bound_code_ = code->serial;
  bound_layout_ = chunk.layout_stamp();
}

/// Whole cache lines, from the start of one.
void* Registers::memory(std::size_t bytes) {
  const auto start = reinterpret_cast<std::uintptr_t>(arena_.data());
  const std::size_t padding = (line_bytes - start % line_bytes) % line_bytes;
  const std::size_t at = arena_used_;
  arena_used_ += (bytes + line_bytes - 1) / line_bytes * line_bytes;
  if (arena_used_ + line_bytes > arena_.size() * sizeof(std::uint64_t)) return nullptr;  // still being counted
  return reinterpret_cast<std::byte*>(arena_.data()) + padding + at;
}

void* Registers::resolve(const Chunk& chunk, const RegisterInfo& info, const Source& source) {
  const std::size_t words = words_[info.space];
  switch (source.kind) {
    case Kind::nothing:
      return nullptr;
    case Kind::own_plane:
      return memory(words * sizeof(std::uint64_t));
    // One line more, so that registers of a whole chunk do not all begin at one place of the cache.
    case Kind::own_narrow:
      return memory(words * 64 * sizeof(std::int32_t) + line_bytes);
    case Kind::own_wide:
      return memory(words * 64 * sizeof(std::int64_t) + line_bytes);
    case Kind::all_ones:
      return ones_.data();
    case Kind::all_noughts:
      return noughts_.data();
    case Kind::narrow_constant:
      return const_cast<std::int32_t*>(&code->narrow_constants[source.index]);
    case Kind::wide_constant:
      return const_cast<std::int64_t*>(&code->wide_constants[source.index]);
    case Kind::first_of:
      return pointers[source.index].plane;
    case Kind::second_of:
      return pointers[source.index].second;
    case Kind::column_known:
      return unwritten(chunk.column(source.index).known);
    case Kind::column_yes:
      return unwritten(chunk.column(source.index).yes);
    case Kind::column_narrow:
      return unwritten(chunk.column(source.index).narrow);
    case Kind::column_wide:
      return unwritten(chunk.column(source.index).wide);
    case Kind::column_has_date:
      return unwritten(chunk.column(source.index).has_date);
    case Kind::column_measured_on:
      return unwritten(chunk.column(source.index).measured_on);
  }
  return nullptr;
}

std::size_t Registers::climb(std::size_t row, SpaceId inner, SpaceId space) const {
  while (inner != space) {
    const SpaceId parent = code->spaces[inner].parent;
    const std::uint32_t* offsets = spaces[inner].offsets;
    const std::uint32_t* last = std::upper_bound(offsets + spaces[parent].first, offsets + spaces[parent].last,
                                                 static_cast<std::uint32_t>(row));
    row = static_cast<std::size_t>(last - offsets) - 1;
    inner = parent;
  }
  return row;
}

void Registers::find_rows(const Chunk& chunk, SpaceId space) {
  const Space& layout = code->spaces[space];
  SpaceRows& rows = spaces[space];
  if (!layout.direct) {
    find_product_rows(chunk, space);
    return;
  }
  const Column& list = chunk.column(layout.list);
  const SpaceRows& parent = spaces[layout.parent];
  rows.offsets = list.offsets.data();
  rows.list_known = list.known.data();
  rows.first = rows.offsets[parent.first];
  rows.last = rows.offsets[parent.last];
}

/// For each row of the enclosing space, the elements of the list that a row further out holds.
void Registers::find_product_rows(const Chunk& chunk, SpaceId space) {
  const Space& layout = code->spaces[space];
  const Column& list = chunk.column(layout.list);
  const SpaceRows& parent = spaces[layout.parent];
  const SpaceRows& owner = spaces[layout.owner];
  Product& product = products_[space];
  product.elements.clear();
  product.too_many.clear();
  product.offsets.assign(std::size_t{parent.last} + 1, 0);
  product.list_known.assign(parent.last_word() + 1, 0);
  for (std::size_t row = parent.first; row < parent.last; ++row) {
    product.offsets[row] = static_cast<std::uint32_t>(product.elements.size());
    const std::size_t in_owner = climb(row, layout.parent, layout.owner);
    const std::size_t holder = owner.elements != nullptr ? owner.elements[in_owner] : in_owner;
    const bool known = bit(list.known, holder);
    const std::uint32_t first = list.offsets[holder];
    const std::uint32_t last = list.offsets[holder + 1];
    if (!known && first == last) continue;
    if (product.elements.size() + (last - first) > most_combinations) {
      product.too_many.push_back(static_cast<std::uint32_t>(row));
      continue;
    }
    if (known) set_bit(product.list_known, row);
    for (std::uint32_t element = first; element < last; ++element) product.elements.push_back(element);
  }
  product.offsets[parent.last] = static_cast<std::uint32_t>(product.elements.size());
  spaces[space] = {0, static_cast<std::uint32_t>(product.elements.size()), product.offsets.data(),
                   product.list_known.data(), product.elements.data()};
}

}  // namespace proviso::program
