#include <algorithm>

#include "program/row_functions.hpp"
#include "value/decimal.hpp"
#include "value/type.hpp"

// Between the elements of a list and what holds it. A reduction fills the rows of the space that holds the list, from
// the rows of the elements' space; it has a value only where the list is known. A list may have elements and not be
// known: others may be missing, and all that can be said is that some element is there, and how many at least.
namespace proviso::program {
namespace {

using std::int64_t;
using std::size_t;

const SpaceRows& elements_of(const Frame& frame, const Instruction& i) {
  return frame.spaces[static_cast<size_t>(i.immediate)];
}

/// Up to 64 bits of the plane from row `first` on.
Word bits_from(const Word* plane, size_t first, size_t count) {
  const size_t shift = first & 63;
  Word bits = plane[first >> 6] >> shift;
  if (shift + count > 64) bits |= plane[(first >> 6) + 1] << (64 - shift);
  return count < 64 ? bits & ((Word{1} << count) - 1) : bits;
}

template <typename Use>
void over_range(const Word* plane, size_t first, size_t last, Use use) {
  for (; first < last; first += 64) {
    const size_t count = std::min<size_t>(64, last - first);
    use(bits_from(plane, first, count), count);
  }
}

size_t count_bits(const Word* plane, size_t first, size_t last) {
  size_t total = 0;
  over_range(plane, first, last, [&](Word bits, size_t) { total += static_cast<size_t>(__builtin_popcountll(bits)); });
  return total;
}

void set_range(Word* plane, size_t first, size_t last) {
  while (first < last) {
    const size_t shift = first & 63;
    const size_t count = std::min<size_t>(64 - shift, last - first);
    plane[first >> 6] |= (count == 64 ? ~Word{0} : (Word{1} << count) - 1) << shift;
    first += count;
  }
}

// ---- reductions ----

Reason any(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const SpaceRows& elements = elements_of(frame, i);
  const RegisterPointers a = frame.registers[i.a];
  const size_t first = elements.offsets[row];
  const size_t last = elements.offsets[row + 1];
  Word some = 0;
  bool all_no = true;
  over_range(a.plane, first, last, [&](Word bits, size_t) { some |= bits; });
  over_range(a.no(), first, last,
             [&](Word bits, size_t count) { all_no &= bits == (count == 64 ? ~Word{0} : (Word{1} << count) - 1); });
  result = some != 0 ? 1 : 0;
  return some != 0 || (all_no && plane_bit(elements.list_known, row)) ? Reason::none : Reason::unknown_operand;
}

Reason count_least(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const std::uint32_t* offsets = elements_of(frame, i).offsets;
  const size_t met = count_bits(frame.registers[i.a].plane, offsets[row], offsets[row + 1]);
  result = static_cast<int64_t>(met) * value::decimal_scale;
  return Reason::none;
}
Reason count_most(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const std::uint32_t* offsets = elements_of(frame, i).offsets;
  const size_t failed = count_bits(frame.registers[i.a].no(), offsets[row], offsets[row + 1]);
  result = static_cast<int64_t>(offsets[row + 1] - offsets[row] - failed) * value::decimal_scale;
  return Reason::none;
}

/// Calls `use` with the value (a) of each element that meets the condition (b), until it says false.
template <typename T, typename Use>
Reason over_met(const Frame& frame, const Instruction& i, size_t row, Use use) {
  const std::uint32_t* offsets = elements_of(frame, i).offsets;
  const RegisterPointers condition = frame.registers[i.b];
  const Word* known = frame.registers[i.a].plane;
  // First whether all is known, so that a reason is given only where nothing is missing.
  for (size_t element = offsets[row]; element < offsets[row + 1]; ++element) {
    const bool met = plane_bit(condition.plane, element);
    if (met ? !plane_bit(known, element) : !plane_bit(condition.no(), element)) return Reason::unknown_operand;
  }
  for (size_t element = offsets[row]; element < offsets[row + 1]; ++element) {
    if (!plane_bit(condition.plane, element)) continue;
    const Reason reason = use(operand_a<T>(frame, i, element));
    if (reason != Reason::none) return reason;
  }
  return Reason::none;
}

/// The sum is exact in 128 bits and only then has to fit, so that the order of the elements makes no difference.
template <typename T>
Reason sum(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  constexpr bool narrow = sizeof(T) == sizeof(std::int32_t);
  constexpr int64_t limit = narrow ? value::duration_limit : value::decimal_limit;
  value::Wide total = 0;
  const Reason reason = over_met<T>(frame, i, row, [&](T value) {
    total += value;
    return Reason::none;
  });
  if (reason != Reason::none) return reason;
  if (total > limit || total < -limit) return narrow ? Reason::duration_out_of_range : Reason::number_out_of_range;
  result = static_cast<int64_t>(total);
  return Reason::none;
}

template <typename T, bool greatest>
Reason extreme(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  bool some = false;
  const Reason reason = over_met<T>(frame, i, row, [&](T value) {
    if (!some || (greatest ? value > result : value < result)) result = value;
    some = true;
    return Reason::none;
  });
  return reason == Reason::none && !some ? Reason::no_elements : reason;
}

constexpr RowFunction sum_narrow = sum<std::int32_t>;
constexpr RowFunction sum_wide = sum<int64_t>;
constexpr RowFunction least_narrow = extreme<std::int32_t, false>;
constexpr RowFunction least_wide = extreme<int64_t, false>;
constexpr RowFunction greatest_narrow = extreme<std::int32_t, true>;
constexpr RowFunction greatest_wide = extreme<int64_t, true>;

/// `partial`: also of a list that is not known, of which some elements may be there.
template <RowFunction function, typename T, bool partial = false>
bool reduce_to_values(const Frame& frame, const Instruction& i) {
  const RegisterPointers out = frame.registers[i.out];
  const SpaceRows& space = frame.spaces[i.space];
  const Word* known = elements_of(frame, i).list_known;
  T* values = out.values<T>();
  return over_rows<function>(
      frame, i, [&](size_t w) { return (partial ? ~Word{0} : known[w]) & space.rows_in_word(w); },
      [=](size_t row, int64_t result) { values[row] = static_cast<T>(result); },
      [=](size_t w, Word filled) { out.plane[w] = filled; });
}

template <RowFunction function>
bool reduce_to_truth(const Frame& frame, const Instruction& i) {
  const RegisterPointers out = frame.registers[i.out];
  const SpaceRows& space = frame.spaces[i.space];
  Word yes = 0;
  return over_rows<function>(
      frame, i, [&](size_t w) { return space.rows_in_word(w); },
      [&](size_t row, int64_t result) { yes |= static_cast<Word>(result) << (row & 63); },
      [&](size_t w, Word filled) {
        out.plane[w] = yes & filled;
        out.no()[w] = ~yes & filled;
        yes = 0;
      });
}

// ---- from what holds the list to its elements ----

void clear_words(Word* plane, const SpaceRows& space) {
  std::fill(plane + space.first_word(), plane + space.last_word(), Word{0});
}

/// `immediate` is the enclosing space, whose rows the operand counts.
template <typename Use>
void over_lists(const Frame& frame, const Instruction& i, Use use) {
  const SpaceRows& parent = frame.spaces[static_cast<size_t>(i.immediate)];
  const std::uint32_t* offsets = frame.spaces[i.space].offsets;
  for (size_t row = parent.first; row < parent.last; ++row) {
    if (offsets[row] != offsets[row + 1]) use(row, offsets[row], offsets[row + 1]);
  }
}

bool expand_truth(const Frame& frame, const Instruction& i) {
  const RegisterPointers a = frame.registers[i.a];
  const RegisterPointers out = frame.registers[i.out];
  clear_words(out.plane, frame.spaces[i.space]);
  clear_words(out.no(), frame.spaces[i.space]);
  over_lists(frame, i, [&](size_t row, size_t first, size_t last) {
    if (plane_bit(a.plane, row)) set_range(out.plane, first, last);
    if (plane_bit(a.no(), row)) set_range(out.no(), first, last);
  });
  return false;
}

template <typename T>
bool expand_values(const Frame& frame, const Instruction& i) {
  const RegisterPointers a = frame.registers[i.a];
  const RegisterPointers out = frame.registers[i.out];
  clear_words(out.plane, frame.spaces[i.space]);
  over_lists(frame, i, [&](size_t row, size_t first, size_t last) {
    if (plane_bit(a.plane, row)) set_range(out.plane, first, last);
    std::fill(out.values<T>() + first, out.values<T>() + last, a.values<T>()[row]);
  });
  return false;
}

// ---- columns for the elements of a product space ----

void gather_bits(const Word* from, Word* to, const SpaceRows& space) {
  clear_words(to, space);
  for (size_t row = space.first; row < space.last; ++row) {
    to[row >> 6] |= Word{plane_bit(from, space.elements[row])} << (row & 63);
  }
}

bool gather_known(const Frame& frame, const Instruction& i) {
  gather_bits(frame.registers[i.a].plane, frame.registers[i.out].plane, frame.spaces[i.space]);
  return false;
}
bool gather_flags(const Frame& frame, const Instruction& i) {
  gather_bits(frame.registers[i.a].no(), frame.registers[i.out].no(), frame.spaces[i.space]);
  return gather_known(frame, i);
}
template <typename T>
bool gather_values(const Frame& frame, const Instruction& i) {
  const SpaceRows& space = frame.spaces[i.space];
  const T* from = frame.registers[i.a].values<T>();
  T* to = frame.registers[i.out].values<T>();
  for (size_t row = space.first; row < space.last; ++row) to[row] = from[space.elements[row]];
  return gather_known(frame, i);
}

bool deciding_date(const Frame& frame, const Instruction& i) {
  const RegisterPointers out = frame.registers[i.out];
  const SpaceRows& space = frame.spaces[i.space];
  const DecidingDate& deciding = frame.deciding;
  const bool given = deciding.kind == DecidingDate::Kind::given;
  if (deciding.kind == DecidingDate::Kind::column) {
    std::copy(deciding.known + space.first_word(), deciding.known + space.last_word(), out.plane + space.first_word());
    std::copy(deciding.dates + space.first, deciding.dates + space.last, out.values<std::int32_t>() + space.first);
    return false;
  }
  std::fill(out.plane + space.first_word(), out.plane + space.last_word(), given ? ~Word{0} : Word{0});
  const std::int32_t date = given ? deciding.date : 0;
  std::fill(out.values<std::int32_t>() + space.first, out.values<std::int32_t>() + space.last, date);
  return false;
}

// ---- by instruction ----

struct Entry {
  Op op;
  Kernel kernel;
  RowFunction function;
};
constexpr Entry entries[] = {
    {Op::deciding_date, deciding_date, nullptr},
    {Op::any, reduce_to_truth<any>, nullptr},
    {Op::count_least, reduce_to_values<count_least, int64_t, true>, nullptr},
    {Op::count_most, reduce_to_values<count_most, int64_t>, nullptr},
    {Op::sum_narrow, reduce_to_values<sum_narrow, std::int32_t>, sum_narrow},
    {Op::sum_wide, reduce_to_values<sum_wide, int64_t>, sum_wide},
    {Op::least_narrow, reduce_to_values<least_narrow, std::int32_t>, least_narrow},
    {Op::least_wide, reduce_to_values<least_wide, int64_t>, least_wide},
    {Op::greatest_narrow, reduce_to_values<greatest_narrow, std::int32_t>, greatest_narrow},
    {Op::greatest_wide, reduce_to_values<greatest_wide, int64_t>, greatest_wide},
    {Op::expand_truth, expand_truth, nullptr},
    {Op::expand_narrow, expand_values<std::int32_t>, nullptr},
    {Op::expand_wide, expand_values<int64_t>, nullptr},
    {Op::gather_flags, gather_flags, nullptr},
    {Op::gather_known, gather_known, nullptr},
    {Op::gather_narrow, gather_values<std::int32_t>, nullptr},
    {Op::gather_wide, gather_values<int64_t>, nullptr},
};

struct Tables {
  Kernel kernels[op_count] = {};
  RowFunction functions[op_count] = {};
};
constexpr Tables make_tables() {
  Tables tables;
  for (const Entry& entry : entries) {
    tables.kernels[static_cast<size_t>(entry.op)] = entry.kernel;
    tables.functions[static_cast<size_t>(entry.op)] = entry.function;
  }
  return tables;
}
constexpr Tables tables = make_tables();

}  // namespace

const Kernel* list_kernels() { return tables.kernels; }
const RowFunction* row_functions_of_lists() { return tables.functions; }

}  // namespace proviso::program
