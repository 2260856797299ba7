#include "settle/accounts_book.hpp"

#include <utility>

#include "output/shown_value.hpp"
#include "settle/ledger_text.hpp"
#include "settle/relations_lines.hpp"
#include "value/calendar.hpp"
#include "value/text.hpp"

namespace proviso::settle {
namespace {

std::vector<model::FactId> facts_of(const std::vector<model::Agreement::Party>& parties) {
  std::vector<model::FactId> facts;
  facts.reserve(parties.size());
  for (const model::Agreement::Party& party : parties) facts.push_back(party.fact);
  return facts;
}

bool is_text(const program::Chunk& chunk, model::FactId fact) {
  return chunk.record().facts[fact].type.kind == value::Kind::text;
}

std::uint32_t small(std::uint64_t number) { return static_cast<std::uint32_t>(number); }

}  // namespace

std::uint32_t Tuples::number(const program::Chunk& chunk, std::size_t row, program::TextTable& texts) {
  values_.clear();
  for (const model::FactId fact : facts_) {
    const program::Column& column = chunk.column(fact);
    if (!tells(chunk, fact, row)) return model::none;
    values_.push_back(is_text(chunk, fact) ? texts.add(told(chunk, fact, row)) : bits_of(column, row));
  }
  if (const auto known = numbers_.find(values_); known != numbers_.end()) return known->second;
  spelled_.push_back(spell(chunk, row));
  const std::uint32_t number = small(numbers_.size());
  return numbers_[values_] = number;
}

std::vector<std::string> Tuples::spell(const program::Chunk& chunk, std::size_t row) const {
  std::vector<std::string> spelled;
  for (const model::FactId fact : facts_) {
    std::string& text = spelled.emplace_back();
    if (!tells(chunk, fact, row)) continue;
    if (is_text(chunk, fact)) {
      text = value::quote(told(chunk, fact, row));
    } else {
      output::append_constant(text, chunk, {chunk.record().facts[fact].type, true, bits_of(chunk.column(fact), row)});
    }
  }
  return spelled;
}

std::uint32_t Settlements::interval(std::int32_t day, bool after) {
  const value::CivilDate date = value::civil(day);
  const std::int32_t month = (date.year * 12 + date.month - 1) * 2 + (after ? 1 : 0);
  const auto [known, is_new] = intervals_.try_emplace(month, 0);
  if (!is_new) return known->second;
  SettlementDays span = after ? month_after(agreement_, day) : settlement_of(agreement_, day);
  for (std::uint32_t interval = 0; interval < spans_.size(); ++interval) {
    if (spans_[interval].span.days.first == span.days.first) return known->second = interval;
  }
  const std::int32_t last_year = after ? span.days.first : year_start(agreement_, span.days.last);
  const std::int32_t first_year = after ? last_year : year_start(agreement_, span.days.first);
  spans_.push_back({std::move(span), first_year, last_year});
  return known->second = small(spans_.size() - 1);
}

std::uint32_t Settlements::number(std::uint32_t pair, std::int32_t day) {
  const bool after = day > agreement_.period.last;
  const std::uint32_t interval_of_day = interval(day, after);
  const Interval& of = spans_[interval_of_day];
  const bool in_last_year = day >= of.last_year;
  const std::uint32_t of_day = interval_of_day * 2 + (in_last_year ? 1 : 0);
  if (pair >= numbers_.size()) numbers_.resize(pair + 1);
  std::vector<std::uint32_t>& of_pair = numbers_[pair];
  if (of_day >= of_pair.size()) of_pair.resize(of_day + 1, model::none);
  std::uint32_t& number = of_pair[of_day];
  if (number == model::none) {
    number = small(entries_.size());
    entries_.push_back({pair, of.span, after, in_last_year ? of.last_year : of.first_year});
  }
  return number;
}

void BookedLine::put(Tape& tape) const {
  tape.put_order(order);
  tape.put(settlement);
  tape.put_money(saving);
}

BookedLine BookedLine::read(Tape::Reader& reader) {
  BookedLine line{};
  line.order = reader.order();
  line.settlement = small(reader.number());
  line.saving = reader.money();
  return line;
}

void PricedLine::put(Tape& tape) const {
  tape.put_order(order);
  tape.put(settlement + 1);  // that of none is 0
  tape.put(drug);
  tape.put_money(lowest);
  if (settlement == model::none) return;
  tape.put_money(charged);
  tape.put_money(quantity);
}

PricedLine PricedLine::read(Tape::Reader& reader) {
  PricedLine line{};
  line.order = reader.order();
  line.settlement = small(reader.number()) - 1;
  line.drug = small(reader.number());
  line.lowest = reader.money();
  if (line.settlement == model::none) return line;
  line.charged = reader.money();
  line.quantity = reader.money();
  return line;
}

void TargetLine::put(Tape& tape) const {
  tape.put_order(order);
  tape.put(std::uint64_t{pair} * 2 + (met ? 1 : 0));
  tape.put_signed(day);
  among.put(tape);
}

TargetLine TargetLine::read(Tape::Reader& reader) {
  TargetLine line{};
  line.order = reader.order();
  const std::uint64_t pair = reader.number();
  line.pair = small(pair / 2);
  line.met = (pair & 1) != 0;
  line.day = static_cast<std::int32_t>(reader.signed_number());
  line.among = Key::read(reader);
  return line;
}

void OpenTargetLine::put(Tape& tape) const {
  tape.put_order(order);
  tape.put(place);
  tape.put(reason);
  tape.put(static_cast<std::uint64_t>(met) * 4 + (day ? 2 : 0) + (among ? 1 : 0));
  if (day) tape.put_signed(*day);
  if (among) among->put(tape);
}

OpenTargetLine OpenTargetLine::read(Tape::Reader& reader) {
  OpenTargetLine line{};
  line.order = reader.order();
  line.place = small(reader.number());
  line.reason = small(reader.number());
  const std::uint64_t known = reader.number();
  line.met = static_cast<value::Truth>(known / 4);
  if ((known & 2) != 0) line.day = static_cast<std::int32_t>(reader.signed_number());
  if ((known & 1) != 0) line.among = Key::read(reader);
  return line;
}

std::vector<bool> OpenPlace::known() const {
  std::vector<bool> known = {first_day.has_value()};
  for (const std::string& party : parties) known.push_back(!party.empty());
  return known;
}

OpenPlace OpenPlace::only(const std::vector<bool>& known) const {
  OpenPlace place = *this;
  if (!known.front()) place.first_day.reset();
  for (std::size_t party = 0; party < parties.size(); ++party) {
    if (!known[party + 1]) place.parties[party].clear();
  }
  return place;
}

void LeftOutLine::put(Tape& tape) const {
  tape.put_order(order);
  tape.put(settlement + 2);  // 0 and 1 for what is none
  tape.put(reason);
  if (!has_settlement(settlement)) tape.put(place);
}

LeftOutLine LeftOutLine::read(Tape::Reader& reader) {
  LeftOutLine line{};
  line.order = reader.order();
  line.settlement = small(reader.number()) - 2;
  line.reason = small(reader.number());
  if (!has_settlement(line.settlement)) line.place = small(reader.number());
  return line;
}

NamedValue assumed_value(const model::Library& library, const model::Fact& fact) {
  return {fact.name, model::format(library, *fact.assumed)};
}

void AssumedOfLine::put(Tape& tape) const {
  tape.put_order(order);
  tape.put(settlement);
  tape.put(fact);
}

AssumedOfLine AssumedOfLine::read(Tape::Reader& reader) {
  AssumedOfLine line{};
  line.order = reader.order();
  line.settlement = small(reader.number());
  line.fact = small(reader.number());
  return line;
}

Book::Book(const model::Agreement& agreement)
    : pairs(facts_of(agreement.parties)),
      drugs(agreement.after ? agreement.after->same : std::vector<model::FactId>{}),
      settlements(agreement),
      targets(agreement.targets.size()),
      open_targets(agreement.targets.size()) {}

std::uint32_t Book::reason(const std::string& text) {
  const auto [known, is_new] = reason_numbers.try_emplace(text, small(reasons.size()));
  if (is_new) reasons.push_back(text);
  return known->second;
}

std::uint32_t Book::place(OpenPlace place) {
  return places.try_emplace(std::move(place), small(places.size())).first->second;
}

}  // namespace proviso::settle
