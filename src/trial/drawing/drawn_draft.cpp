#include "trial/drawing/drawn_draft.hpp"

#include <algorithm>

#include "value/calendar.hpp"

namespace proviso::trial {
namespace {

using value::Kind;

Taken draw_taken(Dice& dice) {
  switch (dice.below(10)) {
    case 0:
    case 1:
    case 2:
      return Taken::on_the_day;
    case 3:
      return Taken::at_the_edge;
    case 4:
      return dice.one_in(2) ? Taken::too_early : Taken::too_late;
    default:
      return Taken::unsaid;
  }
}

void keep_within(Drawn& drawn) {
  std::uint32_t room = most_elements;
  for (ElementGroup& group : drawn.groups) {
    group.count = std::min(group.count, room);
    room -= group.count;
  }
}

}  // namespace

ElementGroup FactDrawer::draw_group(const Pool& list, Dice& dice) const {
  ElementGroup group;
  group.count = std::max<std::uint32_t>(1, dice.among(list.lengths));
  // Elements mostly say all, for one that does not is enough to leave a count open.
  for (const Pool& pool : list.elements) group.facts.push_back(draw(pool, dice, !dice.one_in(3)));
  return group;
}

Drawn FactDrawer::draw(const Pool& pool, Dice& dice, bool steady) const {
  Drawn drawn;
  if (!steady && dice.one_in(12)) return drawn;
  const model::Fact& fact = record_.facts[pool.fact];
  if (fact.type.kind == Kind::list) {
    drawn.value = 0;
    if (pool.elements.empty() || dice.one_in(6)) return drawn;
    for (std::size_t groups = 1 + dice.below(3); groups-- > 0;) drawn.groups.push_back(draw_group(pool, dice));
    keep_within(drawn);
    return drawn;
  }
  if (pool.values.empty()) return drawn;
  drawn.value = static_cast<std::int32_t>(dice.below(pool.values.size()));
  if (fact.measured) drawn.taken = draw_taken(dice);
  return drawn;
}

Drawn FactDrawer::changed(const Pool& pool, const Drawn& drawn, Dice& dice) const {
  const bool is_list = record_.facts[pool.fact].type.kind == Kind::list;
  if (!is_list || drawn.groups.empty() || pool.elements.empty()) return draw(pool, dice);
  Drawn result = drawn;
  const std::size_t number = dice.below(result.groups.size());
  ElementGroup& group = result.groups[number];
  switch (dice.below(5)) {
    case 0:
      if (result.groups.size() < 6) result.groups.push_back(draw_group(pool, dice));
      break;
    case 1:
      result.groups.erase(result.groups.begin() + static_cast<std::ptrdiff_t>(number));
      break;
    case 2:
      group.count = std::max<std::uint32_t>(1, dice.among(pool.lengths));
      break;
    case 3: {  // another group of almost the same elements
      if (result.groups.size() >= 6) break;
      ElementGroup copy = group;
      const std::size_t fact = dice.below(copy.facts.size());
      copy.facts[fact] = changed(pool.elements[fact], copy.facts[fact], dice);
      result.groups.push_back(std::move(copy));
      break;
    }
    default: {
      const std::size_t fact = dice.below(group.facts.size());
      group.facts[fact] = changed(pool.elements[fact], group.facts[fact], dice);
      break;
    }
  }
  keep_within(result);
  return result;
}

std::optional<std::int32_t> FactDrawer::taken_on(const model::Fact& fact, Taken taken, std::int32_t deciding) const {
  std::int32_t date = deciding;
  const auto back_to_edge = [&] {
    if (fact.valid == 0) {
      value::add_months(date, -600, date);
    } else if (fact.valid_kind == value::DurationKind::months) {
      value::add_months(date, -fact.valid, date);
    } else {
      value::add_days(date, -fact.valid, date);
    }
  };
  switch (taken) {
    case Taken::unsaid:
      return {};
    case Taken::on_the_day:
      break;
    case Taken::at_the_edge:
      back_to_edge();
      break;
    case Taken::too_early:
      back_to_edge();
      value::add_days(date, -1, date);
      break;
    case Taken::too_late:
      value::add_days(date, 1, date);
      break;
  }
  return date;
}

model::GivenFact FactDrawer::given(const Pool& pool, const PoolValue& value, Taken taken, std::int32_t deciding) const {
  const model::Fact& fact = record_.facts[pool.fact];
  model::GivenFact result;
  result.fact = pool.fact;
  result.constant = {fact.type, false, 0};
  const auto bits = resolved(value, deciding);
  if (!bits) return result;
  result.constant.known = true;
  result.constant.bits = *bits;
  if (fact.measured) result.measured_on = taken_on(fact, taken, deciding);
  return result;
}

model::GivenFact FactDrawer::given(const Pool& pool, const Drawn& drawn, std::int32_t deciding) const {
  const model::Fact& fact = record_.facts[pool.fact];
  if (drawn.value != left_out && fact.type.kind != Kind::list) {
    return given(pool, pool.values[static_cast<std::size_t>(drawn.value)], drawn.taken, deciding);
  }
  model::GivenFact result;
  result.fact = pool.fact;
  result.constant = {fact.type, drawn.value != left_out, 0};
  for (const ElementGroup& group : drawn.groups) {
    model::GivenRecord element;
    for (std::size_t i = 0; i < group.facts.size(); ++i) {
      model::GivenFact part = given(pool.elements[i], group.facts[i], deciding);
      if (part.constant.known) element.push_back(std::move(part));
    }
    result.elements.insert(result.elements.end(), group.count, element);
  }
  return result;
}

}  // namespace proviso::trial
