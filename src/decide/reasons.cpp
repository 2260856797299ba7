#include "decide/reasons.hpp"

#include <algorithm>

namespace proviso::decide {
namespace {

using model::Outcome;
using value::Truth;

Range since(std::size_t first, std::size_t last) {
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last - first)};
}

ReadValue fact_value(const View& view, const Read& read) {
  const model::Fact& fact = view.chunk->record().facts[read.index];
  const program::Column& column = view.chunk->column(read.index);
  ReadValue value;
  value.known = program::bit(column.known, view.record);
  if (!value.known) return value;
  if (fact.type.kind == value::Kind::list) {
    value.bits = column.offsets[view.record + 1] - column.offsets[view.record];
  } else if (fact.type.kind == value::Kind::truth) {
    value.bits = program::bit(column.yes, view.record);
  } else if (value::lane_of(fact.type) == value::Lane::narrow) {
    value.bits = column.narrow[view.record];
  } else {
    value.bits = column.wide[view.record];
  }
  if (fact.measured && read.node != model::none) {
    value.out_of_date = !view.registers->constant(read.node, view.row).known;
  }
  return value;
}

/// Inside a list there is one answer for each element: too many to show.
ReadValue hook_answer(const View& view, const Read& read, Decisions& decisions) {
  ReadValue value;
  if (!view.program->has_one_for_record(read.node)) return value;
  const hooks::Answer* answer = view.registers->answer(read.node, view.row);
  if (answer == nullptr) return value;
  value.known = answer->known;
  value.bits = answer->bits;
  if (!answer->sentence.empty()) {
    value.sentence = static_cast<std::uint32_t>(decisions.sentences.size());
    decisions.sentences.push_back(answer->sentence);
  }
  return value;
}

ReadValue value_of(const View& view, const Read& read, Decisions& decisions) {
  ReadValue value;
  switch (read.what) {
    case Read::What::fact:
      return fact_value(view, read);
    case Read::What::threshold: {
      const model::Threshold& threshold = view.chunk->library().thresholds[read.index];
      const program::Setting& setting = view.segment->setting();
      const model::ThresholdValue* in_force = view.chunk->library().in_force(threshold, setting.place, setting.date);
      value.known = in_force != nullptr;
      if (value.known) value.bits = in_force - threshold.values.data();
      return value;
    }
    case Read::What::aggregate: {
      const auto bits = view.registers->value(read.node, view.row);
      value.known = bits.has_value();
      value.bits = bits.value_or(0);
      return value;
    }
    case Read::What::hook:
      return hook_answer(view, read, decisions);
    case Read::What::lookup: {
      const model::Constant found = view.registers->constant(read.node, view.row);
      value.known = found.known;
      value.bits = found.bits;
      return value;
    }
  }
  return value;
}

}  // namespace

std::pair<std::size_t, std::size_t> rows_below(const program::Chunk& chunk, model::LevelId level, std::size_t record) {
  if (level == 0) return {record, record + 1};
  const model::Level& below = chunk.record().levels[level];
  const auto [first, last] = rows_below(chunk, below.parent, record);
  const std::vector<std::uint32_t>& offsets = chunk.column(below.list).offsets;
  return {offsets[first], offsets[last]};
}

Reasons::Reasons(const Engine& engine) : engine_(engine), fact_visits_(engine.record().facts.size(), 0) {}

void Reasons::add(const View& view, std::uint32_t item, Truth result, Decisions& decisions) const {
  decisions.reasons.push_back({item, result, static_cast<std::uint32_t>(decisions.values.size())});
  for (const Read& read : view.version->items[item].reads) decisions.values.push_back(value_of(view, read, decisions));
}

/// The criteria inside a group that made it what it is: those that are as it is, and for `none of` the other way about.
/// An expression is its own reason.
void Reasons::add_deciding(const View& view, std::uint32_t item, Truth result, Decisions& decisions) const {
  const std::vector<Item>& items = view.version->items;
  const Item& whole = items[item];
  if (whole.node == model::none) return;  // `otherwise`
  if (whole.depth > 0 || !whole.is_group()) add(view, item, result, decisions);
  const Truth deciding = whole.kind == model::GroupKind::none_of ? value::negated(result) : result;
  for (std::uint32_t inner = item + 1; inner < whole.end; inner = items[inner].end) {
    if (view.truth(items[inner].node) == deciding) add_deciding(view, inner, deciding, decisions);
  }
}

Range Reasons::deciding(const View& view, const Walk& walk, std::uint32_t decided, Decisions& decisions) {
  const std::size_t first = decisions.reasons.size();
  const Version& version = *view.version;
  if (walk.applies == Truth::unknown) add_deciding(view, Version::applies_item, Truth::unknown, decisions);
  if (!version.heads[decided].otherwise) {
    add_deciding(view, version.clause_items[decided], Truth::yes, decisions);
    return since(first, decisions.reasons.size());
  }
  // `otherwise` decides because the clauses that might have done so did not.
  for (std::uint32_t clause = 0; clause < decided; ++clause) {
    if (version.heads[clause].outcome == Outcome::exempt) continue;
    const std::uint32_t failed = version.clause_items[clause];
    if (view.truth(version.items[failed].node) == Truth::no) add_deciding(view, failed, Truth::no, decisions);
  }
  return since(first, decisions.reasons.size());
}

Range Reasons::open(const View& view, const Walk& walk, Decisions& decisions) {
  const std::size_t first = decisions.reasons.size();
  if (walk.applies == Truth::unknown) add_deciding(view, Version::applies_item, Truth::unknown, decisions);
  for (const std::uint32_t clause : walk.asking) {
    add_deciding(view, view.version->clause_items[clause], Truth::unknown, decisions);
  }
  return since(first, decisions.reasons.size());
}

Range Reasons::all(const View& view, Decisions& decisions) {
  const std::size_t first = decisions.reasons.size();
  const std::vector<Item>& items = view.version->items;
  for (std::uint32_t item = 0; item < items.size(); ++item) {
    if (items[item].node != model::none) add(view, item, view.truth(items[item].node), decisions);
  }
  return since(first, decisions.reasons.size());
}

Range Reasons::not_applying(const View& view, Decisions& decisions) {
  const std::size_t first = decisions.reasons.size();
  add_deciding(view, Version::applies_item, Truth::no, decisions);
  return since(first, decisions.reasons.size());
}

Range Reasons::worked_out(const View& view, std::uint32_t clause, Decisions& decisions) const {
  const std::size_t first = decisions.reasons.size();
  const PaymentHead& payment = view.version->payments[clause];
  for (const std::uint32_t item : {payment.amount_item, payment.code_item}) {
    if (item != model::none) add(view, item, Truth::yes, decisions);
  }
  return since(first, decisions.reasons.size());
}

Range Reasons::assumed(const View& view, std::size_t tried, std::uint32_t decided, Decisions& decisions) {
  const std::size_t first = decisions.assumed.size();
  const std::vector<Facts>& clauses = view.version->clause_facts;
  ++visit_;
  add_assumed(view, view.version->applies_facts, decisions);
  for (std::size_t clause = 0; clause < std::min(tried, clauses.size()); ++clause) {
    add_assumed(view, clauses[clause], decisions);
  }
  if (view.version->payment && decided != model::none)
    add_assumed(view, view.version->payments[decided].facts, decisions);
  return since(first, decisions.assumed.size());
}

void Reasons::add_assumed(const View& view, const Facts& facts, Decisions& decisions) {
  for (const model::FactId fact : facts.assumed) {
    if (fact_visits_[fact] == visit_) continue;
    fact_visits_[fact] = visit_;
    const auto [first, last] = rows_below(*view.chunk, engine_.record().facts[fact].level, view.record);
    const program::Plane& assumed = view.chunk->column(fact).assumed;
    for (std::size_t row = first; row < last; ++row) {
      if (!program::bit(assumed, row)) continue;
      decisions.assumed.push_back(fact);
      break;
    }
  }
}

}  // namespace proviso::decide
