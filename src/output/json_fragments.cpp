#include "output/json_text.hpp"
#include "output/json_writer.hpp"
#include "output/shown_value.hpp"
#include "value/calendar.hpp"

/// What the JSON writer puts together once.
namespace proviso::output {

JsonWriter::JsonWriter(const decide::Engine& engine) : engine_(engine) {
  head_ = ", \"record\": " + as_json(engine.record().name) + ", \"line\": ";
  tail_ = "], \"library\": " + as_json(engine.library().digest) + "}";
  prepare_thresholds();
  prepare_facts();
  for (const decide::Version& version : engine.versions()) prepare(version);
}

void JsonWriter::prepare(const decide::Version& version) {
  const model::Policy& policy = *version.policy;
  VersionText text;
  const std::string name = "{\"policy\": " + as_json(policy.full_name()) + ", \"version\": ";
  text.does_not_hold = name + "null, \"on\": ";
  const std::string first = policy.has_start ? as_json(value::format_date(policy.effective.first)) : "null";
  text.holds = name + first + ", \"on\": ";
  text.category = ", \"category\": " + as_json(model::spelling(policy.category));
  text.open = "\", \"clause\": null, \"text\": null";
  for (const model::Clause& clause : policy.clauses) {
    std::string& written = text.clauses.emplace_back(", \"outcome\": " + as_json(model::spelling(clause.outcome)));
    written += ", \"clause\": " + as_json(clause.name) + ", \"text\": ";
    append_json_or_null(written, clause.sentence);
  }
  std::string sources;
  for (const model::Citation& citation : policy.sources) {
    if (!sources.empty()) sources += "; ";
    sources += model::format(citation);
  }
  text.after_values = "], \"source\": ";
  append_json_or_null(text.after_values, sources);
  text.after_values += '}';
  versions_.push_back(std::move(text));
  for (const decide::Item& item : version.items) prepare_item(item);
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
  const model::Library& library = engine_.library();
  const model::Record& record = engine_.record();
  for (const decide::Read& read : item.reads) {
    std::string name;
    switch (read.what) {
      case decide::Read::What::fact:
        name = record.facts[read.index].name;
        break;
      case decide::Read::What::threshold:
        name = library.thresholds[read.index].name;
        break;
      case decide::Read::What::aggregate:
        name = aggregate_name(library, record, read);
        break;
    }
    text.reads.push_back("{\"name\": " + as_json(name) + ", \"value\": \"");
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
      if (!value.place.empty()) text += ", \"place\": " + as_json(value.place);
      if (value.period.first != INT32_MIN) text += ", \"from\": " + as_json(value::format_date(value.period.first));
      if (value.source) text += ", \"source\": " + as_json(model::format(*value.source));
      text += '}';
    }
  }
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
