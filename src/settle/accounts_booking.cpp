#include <algorithm>
#include <utility>

#include "decide/reasons.hpp"
#include "output/shown_value.hpp"
#include "settle/accounts_reading.hpp"
#include "settle/ledger_text.hpp"
#include "settle/relations_lines.hpp"

// What a covered line is worth, written into the book of its agreement.
namespace proviso::settle {
namespace {

using value::Truth;

std::optional<std::int64_t> node_value(const decide::View& view, model::NodeId node) {
  return view.registers->value(node, view.row);
}

decide::ReadValue read_value(const decide::View& view, const decide::Read& read) {
  decide::ReadValue value;
  if (read.what == decide::Read::What::fact) {
    const program::Column& column = view.chunk->column(read.index);
    value.known = program::bit(column.known, view.record);
    if (!value.known) return value;
    const bool list = view.chunk->record().facts[read.index].type.kind == value::Kind::list;
    value.bits = list ? column.offsets[view.record + 1] - column.offsets[view.record] : bits_of(column, view.record);
    return value;
  }
  const model::Constant constant = view.registers->constant(read.node, view.row);
  value.known = constant.known;
  value.bits = constant.bits;
  return value;
}

}  // namespace

void LineReader::book(const decide::View& view) {
  const std::int32_t day = day_of(view.record);
  const bool after = day > agreement().period.last;
  const std::uint32_t pair = book_->pairs.number(chunk(), view.record, texts_);
  if (pair == model::none) {
    lacking_.begin(view);
    for (const model::FactId fact : book_->pairs.facts()) lacking_.ask_for(fact);
    leave_out(view, LeftOutLine::no_settlement);
    return leave_out_of_targets(view);
  }
  if (unread(view.record) != nullptr) {
    if (!after || agreement().after) leave_out(view, book_->settlements.number(pair, day));
  } else if (!after) {
    book_saving(view, book_->settlements.number(pair, day));
  } else if (agreement().after) {
    book_price(view, book_->settlements.number(pair, day));
  }
  for (std::size_t target = 0; target < agreement().targets.size(); ++target) {
    if (is_in_time_for(target, view.record)) book_target(view, target, pair);
  }
}

void LineReader::book_saving(const decide::View& view, std::uint32_t settlement) {
  const model::Agreement& of = agreement();
  std::optional<std::int64_t> saving = node_value(view, of.saving);
  bool complete = saving.has_value();
  for (const model::Agreement::Deduction& deduction : of.deductions) {
    complete = complete && node_value(view, deduction.amount).has_value();
  }
  if (!complete) {
    lacking_.begin(view);
    for (const std::uint32_t item : plan_->items_during()) lacking_.ask(item);
    return leave_out(view, settlement);
  }
  if (of.line_floor) saving = std::max(*saving, *of.line_floor);
  if (of.line_cap) saving = std::min(*saving, *of.line_cap);
  BookedLine{order_of(view.record), settlement, *saving}.put(book_->booked);
  for (const model::Agreement::Deduction& deduction : of.deductions) {
    book_->booked.put_money(*node_value(view, deduction.amount));
  }
  book_assumed(view, settlement, plan_->assumed_during());
  if (plan_->shares_month_with_after(day_of(view.record))) book_price_alone(view);
  if (!keep_lines_) return;
  StatementLine line = statement_line(view, plan_->read_during());
  add_baseline(view, line);
  line.assumed = assumed_of(view.record, plan_->assumed_during());
  line.saving = *saving;
  for (const model::Agreement::Deduction& deduction : of.deductions) {
    line.deducted.push_back(*node_value(view, deduction.amount));
  }
  keep(view, settlement, std::move(line));
}

std::optional<std::int64_t> LineReader::fact_value(const decide::View& view, model::FactId fact) const {
  if (!knows(fact, view.record)) return std::nullopt;
  return bits_of(chunk().column(fact), view.record);
}

void LineReader::book_price(const decide::View& view, std::uint32_t settlement) {
  const model::Agreement::After& after = *agreement().after;
  const std::optional<std::int64_t> charged = node_value(view, after.charged);
  const std::optional<std::int64_t> quantity = node_value(view, after.quantity);
  const std::optional<std::int64_t> lowest = fact_value(view, after.lowest);
  const std::uint32_t drug = book_->drugs.number(chunk(), view.record, texts_);
  if (!charged || !quantity || !lowest || drug == model::none) {
    lacking_.begin(view);
    for (const std::uint32_t item : plan_->items_after()) lacking_.ask(item);
    lacking_.ask_for(after.lowest);
    for (const model::FactId fact : after.same) lacking_.ask_for(fact);
    return leave_out(view, settlement);
  }
  PricedLine{order_of(view.record), settlement, drug, *lowest, *charged, *quantity}.put(book_->priced);
  book_assumed(view, settlement, plan_->assumed_after());
  if (!keep_lines_) return;
  StatementLine line = statement_line(view, plan_->read_after());
  output::append_constant(line.values.emplace_back().value, chunk(),
                          {chunk().record().facts[after.lowest].type, true, *lowest});
  line.values.back().name = chunk().record().facts[after.lowest].name;
  line.assumed = assumed_of(view.record, plan_->assumed_after());
  keep(view, settlement, std::move(line));
}

/// Or of some element of its lists.
bool LineReader::is_assumed(std::size_t row, model::FactId fact) const {
  const auto [first, last] = decide::rows_below(chunk(), chunk().record().facts[fact].level, row);
  const program::Plane& assumed = chunk().column(fact).assumed;
  for (std::size_t below = first; below < last; ++below) {
    if (program::bit(assumed, below)) return true;
  }
  return false;
}

void LineReader::book_assumed(const decide::View& view, std::uint32_t settlement,
                              const std::vector<model::FactId>& facts) {
  for (const model::FactId fact : facts) {
    if (is_assumed(view.record, fact)) AssumedOfLine{order_of(view.record), settlement, fact}.put(book_->assumed);
  }
}

std::vector<NamedValue> LineReader::assumed_of(std::size_t row, const std::vector<model::FactId>& facts) const {
  std::vector<NamedValue> assumed;
  for (const model::FactId fact : facts) {
    if (is_assumed(row, fact)) assumed.push_back(assumed_value(chunk().library(), chunk().record().facts[fact]));
  }
  return assumed;
}

void LineReader::book_price_alone(const decide::View& view) {
  const std::optional<std::int64_t> lowest = fact_value(view, agreement().after->lowest);
  const std::uint32_t drug = book_->drugs.number(chunk(), view.record, texts_);
  if (!lowest || drug == model::none) return;
  PricedLine{order_of(view.record), model::none, drug, *lowest, 0, 0}.put(book_->priced);
}

void LineReader::book_target(const decide::View& view, std::size_t target, std::uint32_t pair) {
  const model::Agreement::Target& of = agreement().targets[target];
  const Truth where = view.truth(of.where);
  if (where == Truth::no) return;
  const Truth met = view.truth(of.met);
  const bool among = tells(chunk(), of.among, view.record);
  if (where == Truth::yes && met != Truth::unknown && among && unread(view.record) == nullptr) {
    const Key key = key_among(view.record, of.among);
    return TargetLine{order_of(view.record), pair, met == Truth::yes, day_of(view.record), key}.put(
        book_->targets[target]);
  }
  lacking_.begin(view);
  for (const std::uint32_t item : plan_->items_of_target(target)) lacking_.ask(item);
  lacking_.ask_for(of.among);
  leave_out_of_target(view, target, met);
}

Key LineReader::key_among(std::size_t row, model::FactId among) {
  const bool text = chunk().record().facts[among].type.kind == value::Kind::text;
  return text ? keys_.of_text(told(chunk(), among, row)) : KeyMaker::of_bits(bits_of(chunk().column(among), row));
}

/// A line without a date may be in time.
bool LineReader::is_in_time_for(std::size_t target, std::size_t row) const {
  return !knows(plan_->edition().dated_by(), row) || day_of(row) <= agreement().targets[target].by;
}

/// With the reason as it is for leave_out. `met`: what it says, should it count.
void LineReader::leave_out_of_target(const decide::View& view, std::size_t target, Truth met) {
  const model::FactId among = agreement().targets[target].among;
  OpenTargetLine line{order_of(view.record), 0, book_->reason(reason(view.record)), met, {}, {}};
  line.place = book_->place({std::nullopt, book_->pairs.spell(chunk(), view.record)});
  if (knows(plan_->edition().dated_by(), view.record)) line.day = day_of(view.record);
  if (tells(chunk(), among, view.record)) line.among = key_among(view.record, among);
  line.put(book_->open_targets[target]);
}

/// Of which it is not known whether the agreement covers it, or between whom.
void LineReader::leave_out_of_targets(const decide::View& view) {
  for (std::size_t target = 0; target < agreement().targets.size(); ++target) {
    const model::Agreement::Target& of = agreement().targets[target];
    if (!is_in_time_for(target, view.record) || view.truth(of.where) == Truth::no) continue;
    leave_out_of_target(view, target, view.truth(of.met));
  }
}

/// The one that was last asked for, unless the line could not be read, which is then the reason.
std::string LineReader::reason(std::size_t row) const {
  const UnreadLine* const line_unread = unread(row);
  return line_unread == nullptr ? lacking_.sentence() : line_unread->field + " could not be read";
}

void LineReader::leave_out(const decide::View& view, std::uint32_t settlement) {
  const std::string left_out_for = reason(view.record);
  const bool of_settlement = LeftOutLine::has_settlement(settlement);
  const std::uint32_t place = of_settlement ? 0 : open_place(view.record);
  LeftOutLine{order_of(view.record), settlement, book_->reason(left_out_for), place}.put(book_->left_out);
  if (!keep_lines_ || !of_settlement) return;
  const bool after = day_of(view.record) > agreement().period.last;
  StatementLine line = statement_line(view, after ? plan_->read_after() : plan_->read_during());
  line.left_out = left_out_for;
  keep(view, settlement, std::move(line));
}

std::uint32_t LineReader::open_place(std::size_t row) {
  OpenPlace place;
  if (knows(plan_->edition().dated_by(), row)) place.first_day = book_->settlements.first_day(day_of(row));
  place.parties = book_->pairs.spell(chunk(), row);
  return book_->place(std::move(place));
}

StatementLine LineReader::statement_line(const decide::View& view, const std::vector<decide::Read>& reads) const {
  StatementLine line;
  const model::FactId identifier = chunk().record().identifier;
  if (identifier != model::none && tells(chunk(), identifier, view.record)) {
    line.id = told(chunk(), identifier, view.record);
  }
  line.line = lines_->lines[view.record];
  line.on = day_of(view.record);
  for (const decide::Read& read : reads) {
    NamedValue& value = line.values.emplace_back();
    value.name = output::read_name(chunk().library(), chunk().record(), read);
    const decide::ReadValue found = read_value(view, read);
    if (read.what == decide::Read::What::fact) {
      output::append_fact_value(value.value, chunk(), read.index, view.record, found);
    } else {
      output::append_constant(value.value, chunk(), {chunk().library().nodes[read.node].type, found.known, found.bits});
    }
  }
  return line;
}

void LineReader::add_baseline(const decide::View& view, StatementLine& line) const {
  const model::NodeId baseline = agreement().baseline;
  if (baseline == model::none || !view.program->has(baseline)) return;
  NamedValue value{"baseline", {}};
  output::append_constant(value.value, chunk(), view.registers->constant(baseline, view.row));
  line.values.insert(line.values.begin(), std::move(value));
}

void LineReader::keep(const decide::View& view, std::uint32_t settlement, StatementLine line) {
  book_->kept.push_back({order_of(view.record), settlement, std::move(line)});
}

}  // namespace proviso::settle
