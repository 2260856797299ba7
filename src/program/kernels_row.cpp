#include "program/row_functions.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"
#include "value/type.hpp"

// Operations that have no form for many rows at once: exact products and quotients, the calendar, look-ups.
namespace proviso::program {
namespace {

using std::int32_t;
using std::int64_t;
using std::size_t;

constexpr int64_t duration_limit = value::duration_limit;

Reason in_range(bool ok) { return ok ? Reason::none : Reason::number_out_of_range; }
Reason in_calendar(bool ok) { return ok ? Reason::none : Reason::date_out_of_range; }
Reason in_holidays(bool ok) { return ok ? Reason::none : Reason::outside_holidays; }

bool whole(int64_t decimal, int64_t& number) {
  number = decimal / value::decimal_scale;
  return decimal % value::decimal_scale == 0;
}

int64_t decimal(int64_t whole_number) { return whole_number * value::decimal_scale; }

// ---- numbers ----

Reason multiply(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  return in_range(value::multiply(operand_a<int64_t>(frame, i, row), operand_b<int64_t>(frame, i, row), result));
}
Reason divide(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const int64_t divisor = operand_b<int64_t>(frame, i, row);
  if (divisor == 0) return Reason::division_by_zero;
  return in_range(value::divide(operand_a<int64_t>(frame, i, row), divisor, result));
}
Reason modulo(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const bool defined = value::modulo(operand_a<int64_t>(frame, i, row), operand_b<int64_t>(frame, i, row), result);
  return defined ? Reason::none : Reason::division_by_zero;
}
Reason rescale(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const int64_t* factors = frame.immediates + i.immediate;
  const int64_t from = operand_a<int64_t>(frame, i, row);
  if (!value::rescale(from, factors[0], factors[1], result)) return Reason::number_out_of_range;
  const bool exact = value::detail::product(from, factors[0]) == value::detail::product(result, factors[1]);
  return exact ? Reason::none : Reason::not_exact;
}
Reason rounded(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const auto mode = static_cast<value::Rounding>(i.count);
  return in_range(value::round_to(operand_a<int64_t>(frame, i, row), i.immediate, mode, result));
}
Reason settled(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = operand_a<int64_t>(frame, i, row);
  return result == operand_b<int64_t>(frame, i, row) ? Reason::none : Reason::unknown_operand;
}

Reason widen(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = operand_a<int32_t>(frame, i, row);
  return Reason::none;
}

// ---- durations ----

Reason duration_times(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  int64_t times = 0;
  if (!whole(operand_b<int64_t>(frame, i, row), times)) return Reason::not_whole;
  int64_t product = 0;
  const bool overflow = __builtin_mul_overflow(int64_t{operand_a<int32_t>(frame, i, row)}, times, &product);
  if (overflow || product > duration_limit || product < -duration_limit) return Reason::duration_out_of_range;
  result = product;
  return Reason::none;
}
Reason narrow_duration(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const int32_t either = operand_a<int32_t>(frame, i, row);
  const bool in_days = (either & 1) != 0;
  const bool days_wanted = i.immediate == static_cast<int64_t>(value::DurationKind::days);
  if (in_days != days_wanted) return in_days ? Reason::duration_in_days : Reason::duration_in_months;
  result = (int64_t{either} - (in_days ? 1 : 0)) / 2;
  return Reason::none;
}

// ---- dates ----

Reason moved(int32_t date, int64_t count, int64_t kind, bool back, int64_t& result) {
  bool months = kind == static_cast<int64_t>(value::DurationKind::months);
  if (kind == static_cast<int64_t>(value::DurationKind::either)) {
    months = (count & 1) == 0;
    count = (count - (count & 1)) / 2;
  }
  if (back) count = -count;
  int32_t moved_date = 0;
  const bool ok = months ? value::add_months(date, count, moved_date) : value::add_days(date, count, moved_date);
  result = moved_date;
  return in_calendar(ok);
}
Reason add_duration(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  return moved(operand_a<int32_t>(frame, i, row), operand_b<int32_t>(frame, i, row), i.immediate, false, result);
}
Reason subtract_duration(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  return moved(operand_a<int32_t>(frame, i, row), operand_b<int32_t>(frame, i, row), i.immediate, true, result);
}
/// The deciding date less the time for which a measurement counts; before the calendar begins, all count.
Reason earliest_measured(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const Reason reason = moved(operand_a<int32_t>(frame, i, row), i.immediate, i.count, true, result);
  if (reason != Reason::none) result = INT32_MIN;
  return Reason::none;
}

Reason working_days_on(const Frame& frame, const Instruction& i, size_t row, bool back, int64_t& result) {
  int64_t count = 0;
  if (!whole(operand_b<int64_t>(frame, i, row), count)) return Reason::not_whole;
  int32_t date = 0;
  const bool ok = value::add_working_days(operand_a<int32_t>(frame, i, row), back ? -count : count, date);
  result = date;
  return in_holidays(ok);
}
Reason add_working_days(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  return working_days_on(frame, i, row, false, result);
}
Reason subtract_working_days(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  return working_days_on(frame, i, row, true, result);
}

Reason years_between(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = decimal(value::years_between(operand_a<int32_t>(frame, i, row), operand_b<int32_t>(frame, i, row)));
  return Reason::none;
}
Reason months_between(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = decimal(value::months_between(operand_a<int32_t>(frame, i, row), operand_b<int32_t>(frame, i, row)));
  return Reason::none;
}
Reason weeks_between(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = decimal(value::weeks_between(operand_a<int32_t>(frame, i, row), operand_b<int32_t>(frame, i, row)));
  return Reason::none;
}
Reason days_between(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = decimal(int64_t{operand_b<int32_t>(frame, i, row)} - operand_a<int32_t>(frame, i, row));
  return Reason::none;
}
Reason working_days_between(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  int32_t days = 0;
  const bool ok =
      value::working_days_between(operand_a<int32_t>(frame, i, row), operand_b<int32_t>(frame, i, row), days);
  result = decimal(days);
  return in_holidays(ok);
}

Reason month_of(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = decimal(value::civil(operand_a<int32_t>(frame, i, row)).month);
  return Reason::none;
}
Reason year_of(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = decimal(value::civil(operand_a<int32_t>(frame, i, row)).year);
  return Reason::none;
}
Reason financial_year_of(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  int32_t start = 0;
  const bool ok = value::start_of_financial_year(operand_a<int32_t>(frame, i, row), start);
  result = start;
  return in_calendar(ok);
}
Reason start_of_month_of(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = value::start_of_month(operand_a<int32_t>(frame, i, row));
  return Reason::none;
}
Reason end_of_month_of(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  result = value::end_of_month(operand_a<int32_t>(frame, i, row));
  return Reason::none;
}
Reason working_day_of_month_of(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  int64_t number = 0;
  if (!whole(operand_a<int64_t>(frame, i, row), number)) return Reason::not_whole;
  const int32_t date = operand_b<int32_t>(frame, i, row);
  const int32_t year = value::civil(date).year;
  if (year < value::first_holiday_year() || year > value::last_holiday_year()) return Reason::outside_holidays;
  int32_t day = 0;
  if (!value::working_day_of_month(date, number, day)) return Reason::no_such_working_day;
  result = day;
  return Reason::none;
}

// ---- truth ----

template <typename T>
Reason many_intervals(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const int64_t* bounds = frame.immediates + i.immediate;
  const int64_t searched = operand_a<T>(frame, i, row);
  // The last interval that does not begin after what is searched, if any.
  size_t base = 0;
  for (size_t length = i.count; length > 1;) {
    const size_t half = length / 2;
    base += bounds[(base + half) * 2] <= searched ? half : 0;
    length -= half;
  }
  result = bounds[base * 2] <= searched && searched <= bounds[base * 2 + 1] ? 1 : 0;
  return Reason::none;
}
constexpr RowFunction many_intervals_narrow = many_intervals<int32_t>;
constexpr RowFunction many_intervals_wide = many_intervals<int64_t>;

Reason equal_scaled(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const int64_t* factors = frame.immediates + i.immediate;
  result = value::Wide{operand_a<int64_t>(frame, i, row)} * factors[0] ==
           value::Wide{operand_b<int64_t>(frame, i, row)} * factors[1];
  return Reason::none;
}
Reason less_scaled(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const int64_t* factors = frame.immediates + i.immediate;
  result = value::Wide{operand_a<int64_t>(frame, i, row)} * factors[0] <
           value::Wide{operand_b<int64_t>(frame, i, row)} * factors[1];
  return Reason::none;
}

// ---- tables ----

Reason lookup_wide(const Frame& frame, const Instruction& i, size_t row, int64_t& result) {
  const LookupTable& table = frame.tables[i.immediate];
  const auto key = [&](size_t n) {
    const std::uint32_t entry = frame.lists[i.a + n];
    return operand<int64_t>(frame, entry & ~constant_mark, (entry & constant_mark) != 0, row);
  };
  std::uint64_t hash = first_hash;
  for (size_t n = 0; n < table.keys; ++n) hash = next_hash(hash, key(n));
  for (size_t slot = hash & table.mask; table.taken[slot]; slot = (slot + 1) & table.mask) {
    const int64_t* cells = table.cells.data() + slot * (table.keys + 1);
    size_t same = 0;
    while (same < table.keys && cells[same] == key(same)) ++same;
    if (same == table.keys) {
      result = cells[table.keys];
      return Reason::none;
    }
  }
  return Reason::no_row;
}
constexpr RowFunction lookup_narrow = lookup_wide;

#define PROVISO_KERNEL_vector(name, result, operands) nullptr
#define PROVISO_KERNEL_list(name, result, operands) nullptr
#define PROVISO_KERNEL_hook(name, result, operands) nullptr
#define PROVISO_KERNEL_row(name, result, operands) row_kernel<name, Shape::result, Operands::operands>()
constexpr Kernel by_instruction[] = {
#define PROVISO_INSTRUCTION(name, family, result, operands) PROVISO_KERNEL_##family(name, result, operands),
#include "program/instructions.def"
#undef PROVISO_INSTRUCTION
};
#undef PROVISO_KERNEL_vector
#undef PROVISO_KERNEL_list
#undef PROVISO_KERNEL_hook
#undef PROVISO_KERNEL_row

#define PROVISO_KERNEL_vector(name) nullptr
#define PROVISO_KERNEL_list(name) nullptr
#define PROVISO_KERNEL_hook(name) nullptr
#define PROVISO_KERNEL_row(name) name
constexpr RowFunction functions[] = {
#define PROVISO_INSTRUCTION(name, family, result, operands) PROVISO_KERNEL_##family(name),
#include "program/instructions.def"
#undef PROVISO_INSTRUCTION
};

}  // namespace

const Kernel* row_kernels() { return by_instruction; }
const RowFunction* row_functions_of_rows() { return functions; }

}  // namespace proviso::program
