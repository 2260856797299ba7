#include "output/json_writer.hpp"

#include <optional>

#include "output/json_text.hpp"
#include "output/shown_value.hpp"
#include "value/calendar.hpp"

namespace proviso::output {
namespace {

using decide::Explain;
using decide::Read;
using decide::ReadValue;

void append_number(std::string& out, std::uint64_t number) { out += std::to_string(number); }

void append_money_field(std::string& out, std::string_view name, const std::optional<std::int64_t>& amount) {
  out += ", \"";
  out += name;
  out += "\": ";
  if (!amount) {
    out += "null";
    return;
  }
  out += '"';
  append_amount(out, *amount);
  out += '"';
}

/// Makes what was appended since `start` fit between the quotes of JSON: texts, and quoted values of a scale, do not.
void escape_since(std::string& out, std::size_t start) {
  if (out.find_first_of("\"\\", start) == std::string::npos) return;
  const std::string plain = out.substr(start);
  out.resize(start);
  append_json_inside(out, plain);
}

void append_constant_inside(std::string& out, const program::Chunk& chunk, const model::Constant& constant) {
  const std::size_t start = out.size();
  append_constant(out, chunk, constant);
  escape_since(out, start);
}

}  // namespace

void JsonWriter::append(std::string& out, const program::Chunk& chunk, const Decisions& decisions, std::size_t record,
                        std::uint64_t line) const {
  out += "{\"id\": ";
  const model::FactId id = engine_.record().identifier;
  if (id != model::none && program::bit(chunk.column(id).known, record)) {
    append_json(out, chunk.text_of(chunk.column(id).narrow[record]));
  } else {
    out += "null";
  }
  out += ", ";
  append_members(out, chunk, decisions, record, line);
}

void JsonWriter::append_members(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                                std::size_t record, std::uint64_t line) const {
  out += head_;
  append_number(out, line);
  const decide::RecordDecision& of_record = decisions.records[record];
  out += ", \"outcome\": \"";
  out += model::spelling(of_record.outcome);
  out += '"';
  if (engine_.record().price != model::none) {
    append_money_field(out, "price", decide::price_of(chunk, record));
    append_money_field(out, "amount", of_record.amount);
  }
  out += ", \"decisions\": [";
  for (std::uint32_t each = of_record.first; each != model::none; each = decisions.decisions[each].next) {
    if (each != of_record.first) out += ", ";
    append_decision(out, chunk, decisions, decisions.decisions[each], record);
  }
  out += tail_;
}

void JsonWriter::append_decision(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                                 const Decision& decision, std::size_t record) const {
  const VersionText& version = versions_[decision.version];
  out += decision.holds ? version.holds : version.does_not_hold;
  if (decision.place != model::none) out += places_[decision.place];
  out += ", \"on\": ";
  if (decision.has_date) {
    out += '"';
    value::append_date(out, decision.on);
    out += '"';
  } else {
    out += "null";
  }
  out += decision.category_is_open ? std::string_view(", \"category\": null") : std::string_view(version.category);
  if (engine_.versions()[decision.version].payment) {
    append_payment(out, decision);
  } else if (decision.clause != model::none) {
    out += version.clauses[decision.clause];
  } else {
    out += ", \"outcome\": \"";
    out += model::spelling(decision.outcome);
    out += version.open;
  }
  const bool explains = engine_.options().explain != Explain::none;
  if (explains) append_reasons(out, chunk, decisions, decision, record);
  if (explains) append_worked_out(out, chunk, decisions, decision, record);
  // Without a place it is not known which form it is.
  if (explains && decision.place != model::none) out += version.varied;
  append_needs(out, decisions, decision);
  out += ", \"assumed\": [";
  for (std::uint32_t i = 0; i < decision.assumed.count; ++i) {
    if (i != 0) out += ", ";
    out += facts_[decisions.assumed[decision.assumed.first + i]].assumed;
  }
  out += "], \"notes\": [";
  for (std::uint32_t i = 0; i < decision.notes.count; ++i) {
    if (i != 0) out += ", ";
    append_json(out, decisions.notes[decision.notes.first + i]);
  }
  out += "]}";
}

/// What a payment gives, up to the criteria.
void JsonWriter::append_payment(std::string& out, const Decision& decision) const {
  const VersionText& version = versions_[decision.version];
  out += ", \"outcome\": \"";
  out += model::spelling(decision.outcome);
  out += '"';
  append_money_field(out, "amount", decision.amount);
  if (decision.clause == model::none) {
    out += version.open;
    return;
  }
  out += version.strengths[decision.clause];
  if (decision.recount) {
    const model::Payment* payment = engine_.versions()[decision.version].payment_of(decision.clause);
    const model::Type& type = engine_.library().nodes[payment->code].type;
    out += ", \"recount\": ";
    append_json(out, model::format(engine_.library(), {type, true, *decision.recount}));
  }
  out += version.clauses[decision.clause];
}

/// What the amount and the code of a payment come from.
void JsonWriter::append_worked_out(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                                   const Decision& decision, std::size_t record) const {
  const decide::Version& version = engine_.versions()[decision.version];
  for (std::uint32_t i = 0; i < decision.worked_out.count; ++i) {
    const Reason& reason = decisions.reasons[decision.worked_out.first + i];
    const ItemText& text = items_[version.first_item + reason.item];
    out += text.before_result;
    append_values(out, chunk, decisions, reason, version, record);
    if (text.has_hooks) append_hooks(out, chunk, decisions, reason, version);
    out += "]}";
  }
}

void JsonWriter::append_reasons(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                                const Decision& decision, std::size_t record) const {
  out += ", \"because\": [";
  const std::uint32_t last = decision.reasons.first + decision.reasons.count;
  for (std::uint32_t number = decision.reasons.first; number < last;) {
    if (number != decision.reasons.first) out += ", ";
    number = append_tree(out, chunk, decisions, decision, record, number);
  }
  out += ']';
}

std::uint32_t JsonWriter::append_tree(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                                      const Decision& decision, std::size_t record, std::uint32_t number) const {
  const decide::Version& version = engine_.versions()[decision.version];
  const Reason& reason = decisions.reasons[number];
  const decide::Item& item = version.items[reason.item];
  const ItemText& text = items_[version.first_item + reason.item];
  out += text.before_result;
  out += spelling(reason.result);
  out += text.after_result;
  append_values(out, chunk, decisions, reason, version, record);
  if (text.has_hooks) append_hooks(out, chunk, decisions, reason, version);
  ++number;
  if (engine_.options().explain == Explain::full && item.is_group()) {
    out += "], \"criteria\": [";
    const std::uint32_t last = decision.reasons.first + decision.reasons.count;
    const std::uint32_t first = number;
    while (number < last && decisions.reasons[number].item < item.end) {
      if (number != first) out += ", ";
      number = append_tree(out, chunk, decisions, decision, record, number);
    }
  }
  out += item.variation == model::none ? versions_[decision.version].after_values : variation_sources_[item.variation];
  return number;
}

void JsonWriter::append_values(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                               const Reason& reason, const decide::Version& version, std::size_t record) const {
  const std::vector<Read>& reads = version.items[reason.item].reads;
  const std::vector<std::string>& texts = items_[version.first_item + reason.item].reads;
  bool first = true;
  for (std::size_t i = 0; i < reads.size(); ++i) {
    const Read& read = reads[i];
    if (read.what == Read::What::hook) continue;
    const ReadValue& value = decisions.values[reason.first_value + i];
    if (!first) out += ", ";
    first = false;
    out += texts[i];
    if (read.what == Read::What::threshold) {
      out += value.known ? thresholds_[read.index][static_cast<std::size_t>(value.bits)] : "unknown\"}";
      continue;
    }
    if (read.what == Read::What::aggregate || read.what == Read::What::lookup) {
      append_constant_inside(out, chunk, {chunk.library().nodes[read.node].type, value.known, value.bits});
      out += "\"}";
      continue;
    }
    if (withheld_[read.index] && value.known) {
      out += "withheld\"}";
      continue;
    }
    const model::Fact& fact = chunk.record().facts[read.index];
    const std::size_t start = out.size();
    append_fact_value(out, chunk, read.index, record, value);
    escape_since(out, start);
    out += '"';
    if (fact.measured && value.known && program::bit(chunk.column(read.index).has_date, record)) {
      out += ", \"on\": \"";
      value::append_date(out, chunk.column(read.index).measured_on[record]);
      out += '"';
    }
    out += value.out_of_date ? ", \"state\": \"out of date\"}" : "}";
  }
}

/// The list of the hooks that the criterion calls, left open as that of the values is.
void JsonWriter::append_hooks(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                              const Reason& reason, const decide::Version& version) const {
  const std::vector<Read>& reads = version.items[reason.item].reads;
  const std::vector<std::string>& texts = items_[version.first_item + reason.item].reads;
  out += "], \"hooks\": [";
  bool first = true;
  for (std::size_t i = 0; i < reads.size(); ++i) {
    if (reads[i].what != Read::What::hook) continue;
    const ReadValue& value = decisions.values[reason.first_value + i];
    if (!first) out += ", ";
    first = false;
    out += texts[i];
    if (value.known) {
      out += ", \"answer\": \"";
      append_constant_inside(out, chunk, {chunk.library().nodes[reads[i].node].type, true, value.bits});
      out += '"';
    }
    if (value.sentence != model::none) {
      out += ", \"sentence\": ";
      append_json(out, decisions.sentences[value.sentence]);
    }
    out += hooks_[reads[i].index];
  }
}

void JsonWriter::append_needs(std::string& out, const Decisions& decisions, const Decision& decision) const {
  const std::uint32_t first_item = engine_.versions()[decision.version].first_item;
  out += ", \"needs\": [";
  for (std::uint32_t i = 0; i < decision.needs.count; ++i) {
    const decide::Need& need = decisions.needs[decision.needs.first + i];
    if (i != 0) out += ", ";
    out += facts_[need.fact].need;
    for (std::uint32_t why = need.first_why; why != model::none; why = decisions.whys[why].next) {
      if (why != need.first_why) out += ", ";
      out += items_[first_item + decisions.whys[why].item].name;
    }
    out += need.out_of_date ? "], \"state\": \"out of date\"}" : "], \"state\": \"missing\"}";
  }
  out += ']';
}

void JsonWriter::append(std::string& out, const RecordError& error) {
  out += "{\"id\": ";
  out += error.id.empty() ? "null" : error.id;
  out += ", ";
  append_members(out, error);
}

void JsonWriter::append_members(std::string& out, const RecordError& error) {
  out += "\"line\": ";
  append_number(out, error.line);
  out += ", \"error\": {\"code\": ";
  append_json(out, error.code);
  out += ", \"field\": ";
  append_json_or_null(out, error.field);
  out += ", \"message\": ";
  append_json(out, error.message);
  out += "}}";
}

}  // namespace proviso::output
