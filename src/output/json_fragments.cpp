#include "hooks/session.hpp"
#include "output/json_text.hpp"
#include "output/json_writer.hpp"
#include "output/shown_value.hpp"
#include "value/calendar.hpp"

/// What the JSON writer puts together once.
namespace proviso::output {

namespace {

std::string described(const model::Change& change) {
  switch (change.kind) {
    case model::Change::Kind::replace:
      return "replace " + change.name;
    case model::Change::Kind::add:
      return "add " + change.name;
    case model::Change::Kind::remove:
      return "remove " + change.name;
    case model::Change::Kind::category:
      return "category " + std::string(model::spelling(change.category));
    case model::Change::Kind::omit:
      break;
  }
  return "omit policy";
}

std::string joined(const std::vector<model::Citation>& sources) {
  std::string out;
  for (const model::Citation& citation : sources) {
    if (!out.empty()) out += "; ";
    out += model::format(citation);
  }
  return out;
}

/// The end of a criterion.
std::string source_of_criterion(const std::vector<model::Citation>& sources) {
  std::string out = "], \"source\": ";
  append_json_or_null(out, joined(sources));
  return out + '}';
}

}  // namespace

JsonWriter::JsonWriter(const decide::Engine& engine, Identifiers identifiers) : engine_(engine) {
  const model::Record& record = engine.record();
  for (model::FactId fact = 0; fact < record.facts.size(); ++fact) {
    const bool identifies = record.facts[fact].nhs_number || fact == record.identifier;
    withheld_.push_back(identifiers == Identifiers::withheld && identifies);
  }
  head_ = "\"record\": " + as_json(engine.record().name) + ", \"line\": ";
  tail_ = "], \"library\": " + as_json(engine.library().digest) + "}";
  prepare_thresholds();
  prepare_facts();
  prepare_hooks();
  for (const model::Variation& variation : engine.library().variations) {
    variation_sources_.push_back(source_of_criterion(variation.sources));
  }
  for (const model::Place& place : engine.library().places) places_.push_back(", \"place\": " + as_json(place.name));
  for (const decide::Version& version : engine.versions()) prepare(version);
}

void JsonWriter::prepare(const decide::Version& version) {
  const model::Policy& policy = *version.policy;
  VersionText text;
  const std::string name = "{\"policy\": " + as_json(policy.full_name()) + ", \"version\": ";
  text.does_not_hold = name + "null";
  const std::string first = policy.has_start ? as_json(value::format_date(policy.effective.first)) : "null";
  text.holds = name + first;
  text.category = ", \"category\": " + as_json(model::spelling(version.form->category));
  text.open = version.payment ? "" : "\"";
  text.open += ", \"clause\": null, \"text\": null";
  for (const model::Clause& clause : version.clauses()) prepare_clause(text, version.payment, clause);
  text.after_values = source_of_criterion(policy.sources);
  text.varied = varied(*version.form);
  versions_.push_back(std::move(text));
  for (const decide::Item& item : version.items) prepare_item(item);
}

/// Of a payment, the outcome and what is paid come from the decision.
void JsonWriter::prepare_clause(VersionText& text, bool payment, const model::Clause& clause) {
  std::string& written = text.clauses.emplace_back();
  if (!payment) written += ", \"outcome\": " + as_json(model::spelling(clause.outcome));
  written += ", \"clause\": " + as_json(clause.name) + ", \"text\": ";
  append_json_or_null(written, clause.sentence);
  if (!payment) return;
  std::string& strength = text.strengths.emplace_back();
  if (clause.payment && clause.payment->kind == model::Payment::Kind::withhold) {
    strength = ", \"strength\": " + as_json(model::spelling(clause.payment->strength));
  }
}

void JsonWriter::prepare_item(const decide::Item& item) {
  ItemText text;
  text.name = as_json(item.name);
  text.before_result = "{\"criterion\": " + text.name + ", \"label\": ";
  append_json_or_null(text.before_result, item.label);
  text.before_result += ", \"result\": \"";
  text.after_result = "\", \"expression\": ";
  append_json_or_null(text.after_result, item.expression);
  text.after_result += ", \"values\": [";
  if (item.value != model::none) {
    text.before_result = item.name == decide::amount_name ? ", \"amount_from\": " : ", \"recount_from\": ";
    text.before_result += "{\"expression\": ";
    append_json_or_null(text.before_result, item.expression);
    text.before_result += ", \"values\": [";
  }
  const model::Library& library = engine_.library();
  const model::Record& record = engine_.record();
  for (const decide::Read& read : item.reads) {
    const std::string name = as_json(read_name(library, record, read));
    const bool hook = read.what == decide::Read::What::hook;
    text.has_hooks = text.has_hooks || hook;
    text.reads.push_back(hook ? "{\"hook\": " + name : "{\"name\": " + name + ", \"value\": \"");
  }
  items_.push_back(std::move(text));
}

void JsonWriter::prepare_thresholds() {
  for (const model::Threshold& threshold : engine_.library().thresholds) {
    std::vector<std::string>& texts = thresholds_.emplace_back();
    for (const model::ThresholdValue& value : threshold.values) {
      std::string& text = texts.emplace_back();
      append_json_inside(text, model::format(engine_.library(), value.constant));
      text += '"';
      if (value.place != model::none) text += ", \"place\": " + as_json(engine_.library().places[value.place].name);
      if (value.period.first != INT32_MIN) text += ", \"from\": " + as_json(value::format_date(value.period.first));
      if (value.source) text += ", \"source\": " + as_json(model::format(*value.source));
      text += '}';
    }
  }
}

void JsonWriter::prepare_hooks() {
  const model::Library& library = engine_.library();
  const std::string budget = ", \"budget\": " + as_json(hooks::format(hooks::Limits{})) + "}";
  for (const model::Hook& hook : library.hooks) {
    hooks_.push_back(", \"script\": " + as_json(library.scripts[hook.script].digest) + budget);
  }
}

/// What a form owes to variations, those of larger places first.
std::string JsonWriter::varied(const model::Form& form) const {
  if (form.variations.empty()) return {};
  std::string out;
  for (const std::uint32_t number : form.variations) {
    const model::Variation& variation = engine_.library().variations[number];
    out += out.empty() ? ", \"varied\": [{\"place\": " : ", {\"place\": ";
    out += variation.place == model::none ? "null" : as_json(engine_.library().places[variation.place].name);
    if (variation.period.first != INT32_MIN) {
      out += ", \"from\": " + as_json(value::format_date(variation.period.first));
    }
    if (variation.period.last != INT32_MAX) out += ", \"to\": " + as_json(value::format_date(variation.period.last));
    out += ", \"source\": ";
    append_json_or_null(out, joined(variation.sources));
    out += ", \"changes\": [";
    for (const model::Change& change : variation.changes) {
      if (out.back() != '[') out += ", ";
      out += as_json(described(change));
    }
    out += "]}";
  }
  return out + ']';
}

void JsonWriter::prepare_facts() {
  for (const model::Fact& fact : engine_.record().facts) {
    FactText text;
    const std::string name = "{\"fact\": " + as_json(fact.name);
    text.need = name + ", \"ask\": ";
    append_json_or_null(text.need, fact.ask);
    text.need += ", \"why\": [";
    if (fact.assumed) {
      text.assumed = name + ", \"value\": ";
      append_json(text.assumed, model::format(engine_.library(), *fact.assumed));
      text.assumed += '}';
    }
    facts_.push_back(std::move(text));
  }
}

}  // namespace proviso::output
