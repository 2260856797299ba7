#include "naive.hpp"

#include <algorithm>

#include "value/calendar.hpp"
#include "value/decimal.hpp"

namespace proviso::program::support {
namespace {

Answer known(std::int64_t bits) { return {true, bits}; }
Answer truth(Truth answer) { return {answer != Truth::unknown, answer == Truth::yes ? 1 : 0}; }
/// `bits` is read after `ok` is worked out: working it out may set it.
template <typename T>
Answer known_if(bool ok, const T& bits) {
  return ok ? known(bits) : Answer{};
}
Truth as_truth(const Answer& answer) {
  return !answer.known ? Truth::unknown : answer.bits != 0 ? Truth::yes : Truth::no;
}

bool holds(Comparison comparison, value::Wide a, value::Wide b) {
  switch (comparison) {
    case Comparison::equal:
      return a == b;
    case Comparison::not_equal:
      return a != b;
    case Comparison::less:
      return a < b;
    case Comparison::less_or_equal:
      return a <= b;
    case Comparison::greater:
      return a > b;
    case Comparison::greater_or_equal:
      return a >= b;
  }
  return false;
}

bool move(std::int32_t date, std::int64_t count, value::DurationKind kind, bool back, std::int32_t& result) {
  if (kind == value::DurationKind::either) {
    kind = count % 2 != 0 ? value::DurationKind::days : value::DurationKind::months;
    count = count >> 1;
  }
  if (back) count = -count;
  return kind == value::DurationKind::months ? value::add_months(date, count, result)
                                             : value::add_days(date, count, result);
}

}  // namespace

Truth Naive::truth_of(NodeId node) { return as_truth(of(node)); }

Answer Naive::cell(FactId id, std::size_t row) const {
  const Column& column = chunk_.column(id);
  const model::Fact& fact = library_.records[0].facts[id];
  if (!bit(column.known, row)) return {};
  if (fact.measured && bit(column.has_date, row)) {
    const std::int32_t on = column.measured_on[row];
    std::int32_t earliest = value::first_date;
    if (!deciding_ || on > *deciding_) return {};
    if (fact.valid > 0 && move(*deciding_, fact.valid, fact.valid_kind, true, earliest) && on < earliest) return {};
  }
  if (fact.type.kind == Kind::truth) return known(bit(column.yes, row) ? 1 : 0);
  if (fact.type.kind == Kind::list) return known(0);
  return known(column.wide.empty() ? column.narrow[row] : column.wide[row]);
}

Answer Naive::fact(const model::Node& node) { return cell(node.index, row_of(node.loop)); }

Answer Naive::of(NodeId id) {
  const model::Node& node = library_.nodes[id];
  switch (node.kind) {
    case NodeKind::constant:
      return known(node.value);
    case NodeKind::unknown:
      return {};
    case NodeKind::fact:
      return fact(node);
    case NodeKind::definition:
      return of(node.operands[0]);
    case NodeKind::compare:
      return compare(static_cast<Comparison>(node.word), of(node.operands[0]), of(node.operands[1]));
    case NodeKind::between: {
      const Answer a = of(node.operands[0]);
      const Answer low = of(node.operands[1]);
      const Answer high = of(node.operands[2]);
      if (a.is_count && (low.known || low.is_count) && (high.known || high.is_count)) {
        const std::int64_t least = low.is_count ? low.least : low.bits;
        value::Wide whole = least - least % value::decimal_scale;
        if (whole < least) whole += value::decimal_scale;
        const bool fits = whole <= value::decimal_limit;
        if (fits && whole > (high.is_count ? high.most : high.bits)) return known(0);
      }
      return truth(value::both(as_truth(compare(Comparison::greater_or_equal, a, low)),
                               as_truth(compare(Comparison::less_or_equal, a, high))));
    }
    case NodeKind::compare_scaled: {
      const Answer a = of(node.operands[0]);
      const Answer b = of(node.operands[1]);
      if (!a.known || !b.known) return {};
      return known(holds(static_cast<Comparison>(node.word), value::Wide{a.bits} * node.value,
                         value::Wide{b.bits} * node.second));
    }
    case NodeKind::in_codes: {
      const Answer a = of(node.operands[0]);
      const model::CodeBlock& block = *library_.in_force(library_.code_lists[node.index], model::none, on_);
      bool inside = false;
      for (std::size_t i = 0; i < block.firsts.size(); ++i) {
        inside |= block.firsts[i] <= a.bits && a.bits <= block.lasts[i];
      }
      return known_if(a.known, inside);
    }
    case NodeKind::in_list:
      return in_list(node);
    case NodeKind::any:
    case NodeKind::every:
    case NodeKind::count:
    case NodeKind::sum:
    case NodeKind::least:
    case NodeKind::greatest:
      return lists(node);
    case NodeKind::in_set:
    case NodeKind::is_known:
    case NodeKind::negation:
    case NodeKind::conjunction:
    case NodeKind::disjunction:
    case NodeKind::none_of:
    case NodeKind::at_least:
    case NodeKind::conditional:
    case NodeKind::first_known:
      return logic(node);
    case NodeKind::lookup: {
      std::vector<std::int64_t> key;
      for (const NodeId each : node.operands) {
        const Answer part = of(each);
        if (!part.known) return {};
        key.push_back(part.bits);
      }
      const auto& rows = library_.tables[node.index].rows;
      const auto found = rows.find(key);
      return found == rows.end() ? Answer{} : known(found->second);
    }
    default:
      break;
  }
  for (const NodeId each : node.operands) {
    if (!of(each).known) return {};
  }
  return node.type.kind == Kind::date || node.kind == NodeKind::elapsed || node.kind == NodeKind::month_of ||
                 node.kind == NodeKind::year_of
             ? dates(node)
             : arithmetic(node);
}

Answer Naive::compare(Comparison comparison, const Answer& a, const Answer& b) {
  const auto least = [](const Answer& each) { return each.is_count ? each.least : each.bits; };
  const auto most = [](const Answer& each) { return each.is_count ? each.most : each.bits; };
  if ((!a.known && !a.is_count) || (!b.known && !b.is_count)) return {};
  const auto is_part = [](const Answer& each) { return !each.is_count && each.bits % value::decimal_scale != 0; };
  const bool never_equal = (a.is_count && is_part(b)) || (b.is_count && is_part(a));
  if (never_equal && comparison == Comparison::equal) return known(0);
  if (never_equal && comparison == Comparison::not_equal) return known(1);
  // Decided where every number of a's bounds against every one of b's gives the same; their ends and whether they
  // meet is all that matters.
  bool some = false;
  bool every = true;
  for (const std::int64_t x : {least(a), most(a)}) {
    for (const std::int64_t y : {least(b), most(b)}) {
      some |= holds(comparison, x, y);
      every &= holds(comparison, x, y);
    }
  }
  const bool meet = least(a) <= most(b) && least(b) <= most(a);
  if (comparison == Comparison::equal && meet) some = true;
  if (comparison == Comparison::not_equal && meet) every = false;
  if (some && !every) return {};
  return known(every ? 1 : 0);
}

namespace {

/// Exact, or unknown.
Answer rescaled(std::int64_t bits, const model::Node& node) {
  const value::Wide scaled = value::Wide{bits} * node.value;
  const value::Wide result = scaled / node.second;
  const bool exact = scaled % node.second == 0;
  const bool fits = result <= value::decimal_limit && result >= -value::decimal_limit;
  return exact && fits ? known(static_cast<std::int64_t>(result)) : Answer{};
}

}  // namespace

Answer Naive::arithmetic(const model::Node& node) {
  const std::int64_t a = of(node.operands[0]).bits;
  const std::int64_t b = node.operands.size() > 1 ? of(node.operands[1]).bits : 0;
  const bool narrow = node.type.kind == Kind::duration;
  std::int64_t result = 0;
  const auto fits = [&](value::Wide wide) {
    const std::int64_t limit = narrow ? value::duration_limit : value::decimal_limit;
    return wide > limit || wide < -limit ? Answer{} : known(static_cast<std::int64_t>(wide));
  };
  switch (node.kind) {
    case NodeKind::negate:
      return known(-a);
    case NodeKind::absolute:
      return known(a < 0 ? -a : a);
    case NodeKind::add:
      return fits(value::Wide{a} + b);
    case NodeKind::subtract:
      return fits(value::Wide{a} - b);
    case NodeKind::multiply:
      return known_if(value::multiply(a, b, result), result);
    case NodeKind::divide:
      return known_if(value::divide(a, b, result), result);
    case NodeKind::modulo:
      return known_if(value::modulo(a, b, result), result);
    case NodeKind::rescale:
      return rescaled(a, node);
    case NodeKind::rounded:
      return known_if(value::round_to(a, node.value, static_cast<value::Rounding>(node.word), result), result);
    case NodeKind::duration_times:
      return b % value::decimal_scale != 0 ? Answer{} : fits(value::Wide{a} * (b / value::decimal_scale));
    case NodeKind::duration_as_decimal:
      return rescaled(number(a), node);
    case NodeKind::narrow_duration: {
      const bool days = a % 2 != 0;
      return known_if(days == (node.word == static_cast<int>(value::DurationKind::days)), a >> 1);
    }
    default:
      break;
  }
  std::int64_t best = a;  // minimum and maximum
  for (const NodeId each : node.operands) {
    const std::int64_t other = of(each).bits;
    best = node.kind == NodeKind::minimum ? std::min(best, other) : std::max(best, other);
  }
  return known(best);
}

Answer Naive::dates(const model::Node& node) {
  const std::int64_t first = of(node.operands[0]).bits;
  const std::int64_t second = node.operands.size() > 1 ? of(node.operands[1]).bits : 0;
  const auto date = static_cast<std::int32_t>(first);
  const auto to = static_cast<std::int32_t>(second);
  const auto whole = [](std::int64_t decimal) { return decimal % value::decimal_scale == 0; };
  std::int32_t result = 0;
  switch (node.kind) {
    case NodeKind::add_duration:
    case NodeKind::subtract_duration: {
      const value::DurationKind kind = library_.nodes[node.operands[1]].type.duration;
      return known_if(move(date, second, kind, node.kind == NodeKind::subtract_duration, result), result);
    }
    case NodeKind::add_working_days:
    case NodeKind::subtract_working_days: {
      const std::int64_t days = second / value::decimal_scale;
      if (!whole(second)) return {};
      return known_if(value::add_working_days(date, node.kind == NodeKind::add_working_days ? days : -days, result),
                      result);
    }
    case NodeKind::elapsed:
      switch (static_cast<model::Elapsed>(node.word)) {
        case model::Elapsed::years:
          return known(number(value::years_between(date, to)));
        case model::Elapsed::months:
          return known(number(value::months_between(date, to)));
        case model::Elapsed::weeks:
          return known(number(value::weeks_between(date, to)));
        case model::Elapsed::days:
          return known(number(to - date));
        case model::Elapsed::working_days:
          break;
      }
      if (!value::working_days_between(date, to, result)) return {};
      return known(number(result));
    case NodeKind::month_of:
      return known(number(value::civil(date).month));
    case NodeKind::year_of:
      return known(number(value::civil(date).year));
    case NodeKind::financial_year_of:
      return known_if(value::start_of_financial_year(date, result), result);
    case NodeKind::start_of_month_of:
      return known(value::start_of_month(date));
    case NodeKind::end_of_month_of:
      return known(value::end_of_month(date));
    case NodeKind::working_day_of_month_of:
      return known_if(whole(first) && value::working_day_of_month(to, first / value::decimal_scale, result), result);
    default:
      break;
  }
  return arithmetic(node);
}

Answer Naive::logic(const model::Node& node) {
  const std::vector<NodeId>& operands = node.operands;
  switch (node.kind) {
    case NodeKind::is_known:
      return known(of(operands[0]).known ? 1 : 0);
    case NodeKind::negation:
      return truth(value::negated(truth_of(operands[0])));
    case NodeKind::conditional: {
      const Truth condition = truth_of(operands[0]);
      Answer yes = of(operands[1]);
      Answer no = of(operands[2]);
      yes.is_count = no.is_count = false;
      if (condition != Truth::unknown) return condition == Truth::yes ? yes : no;
      return yes.known && no.known && yes.bits == no.bits ? yes : Answer{};
    }
    case NodeKind::first_known:
      for (const NodeId each : operands) {
        const Answer answer = of(each);
        if (answer.known) return known(answer.bits);
        // What there is, but not in the unit wanted, is not passed over.
        const model::Node& operand = library_.nodes[each];
        const bool converts = operand.kind == NodeKind::rescale || operand.kind == NodeKind::duration_as_decimal;
        if (converts && of(operand.operands[0]).known) return {};
      }
      return {};
    case NodeKind::in_set: {
      const Answer a = of(operands[0]);
      Truth found = Truth::no;
      for (std::size_t i = 1; i < operands.size(); ++i) {
        found = value::either(found, as_truth(compare(Comparison::equal, a, of(operands[i]))));
      }
      return truth(found);
    }
    default:
      break;
  }
  std::int64_t met = 0;
  std::int64_t possible = 0;
  for (const NodeId each : operands) {
    const Truth answer = truth_of(each);
    met += answer == Truth::yes ? 1 : 0;
    possible += answer != Truth::no ? 1 : 0;
  }
  const auto size = static_cast<std::int64_t>(operands.size());
  const std::int64_t wanted = node.kind == NodeKind::conjunction ? size
                              : node.kind == NodeKind::at_least  ? node.value
                                                                 : 1;
  const Truth enough = met >= wanted ? Truth::yes : possible < wanted ? Truth::no : Truth::unknown;
  return truth(node.kind == NodeKind::none_of ? value::negated(enough) : enough);
}

Answer Naive::in_list(const model::Node& node) {
  const Answer a = of(node.operands[0]);
  const model::Node& list = library_.nodes[node.operands[1]];
  const std::size_t holder = row_of(list.loop);
  const Column& column = chunk_.column(list.index);
  const model::Fact& fact = library_.records[0].facts[list.index];
  const FactId element = library_.records[0].levels[fact.elements].facts.front();
  Truth found = bit(column.known, holder) ? Truth::no : Truth::unknown;
  for (std::size_t row = column.offsets[holder]; row < column.offsets[holder + 1]; ++row) {
    found = value::either(found, as_truth(compare(Comparison::equal, a, cell(element, row))));
  }
  return truth(found);
}

Answer Naive::lists(const model::Node& node) {
  const model::Loop& loop = library_.loops[node.loop];
  const Column& column = chunk_.column(loop.list);
  const std::size_t holder = row_of(loop.owner);
  const bool whole = bit(column.known, holder);
  const bool has_value = node.kind == NodeKind::sum || node.kind == NodeKind::least || node.kind == NodeKind::greatest;
  const std::size_t condition_at = has_value ? 1 : 0;
  Truth some = whole ? Truth::no : Truth::unknown;
  Truth every = whole ? Truth::yes : Truth::unknown;
  std::int64_t met = 0;
  std::int64_t possible = 0;
  bool complete = whole;
  std::vector<std::int64_t> values;
  for (std::size_t row = column.offsets[holder]; row < column.offsets[holder + 1]; ++row) {
    elements_[node.loop] = row;
    const Truth condition = node.operands.size() > condition_at ? truth_of(node.operands[condition_at]) : Truth::yes;
    some = value::either(some, condition);
    every = value::both(every, condition);
    met += condition == Truth::yes ? 1 : 0;
    possible += condition != Truth::no ? 1 : 0;
    if (condition == Truth::unknown) complete = false;
    if (!has_value || condition != Truth::yes) continue;
    const Answer value = of(node.operands[0]);
    complete &= value.known;
    values.push_back(value.bits);
  }
  elements_.erase(node.loop);
  if (node.kind == NodeKind::any) return truth(some);
  if (node.kind == NodeKind::every) return truth(every);
  if (node.kind == NodeKind::count) {
    return {whole && met == possible, number(met), true, number(met), whole ? number(possible) : INT64_MAX};
  }
  if (!complete) return {};
  if (node.kind == NodeKind::sum) {
    value::Wide total = 0;
    for (const std::int64_t value : values) total += value;
    const std::int64_t limit = node.type.kind == Kind::duration ? value::duration_limit : value::decimal_limit;
    return total > limit || total < -limit ? Answer{} : known(static_cast<std::int64_t>(total));
  }
  if (values.empty()) return {};
  return known(node.kind == NodeKind::least ? *std::min_element(values.begin(), values.end())
                                            : *std::max_element(values.begin(), values.end()));
}

}  // namespace proviso::program::support
