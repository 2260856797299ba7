#include "output/json_text.hpp"
#include "output/show.hpp"
#include "value/calendar.hpp"

namespace proviso::output {
namespace {

/// Appends `"name": value` pairs and items, with the commas that they need.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void open(char bracket) {
    separate();
    out_ += bracket;
    fresh_ = true;
  }
  void close(char bracket) {
    out_ += bracket;
    fresh_ = false;
  }
  void name(std::string_view name) {
    separate();
    append_json(out_, name);
    out_ += ": ";
    fresh_ = true;
  }
  void text(std::string_view text) {
    separate();
    append_json_or_null(out_, text);
  }
  void field(std::string_view label, std::string_view value) {
    name(label);
    text(value);
  }
  void texts(std::string_view label, const std::vector<std::string>& values) {
    name(label);
    open('[');
    for (const std::string& value : values) text(value);
    close(']');
  }

 private:
  std::string& out_;
  bool fresh_ = true;

  void separate() {
    if (!fresh_) out_ += ", ";
    fresh_ = false;
  }
};

std::string day_or_nothing(std::int32_t date, std::int32_t open) {
  return date == open ? std::string() : value::format_date(date);
}

void write_period(Writer& writer, const model::Period& period) {
  writer.field("from", day_or_nothing(period.first, INT32_MIN));
  writer.field("to", day_or_nothing(period.last, INT32_MAX));
}

void write_criteria(Writer& writer, const std::vector<model::Criterion>& criteria) {
  writer.name("criteria");
  writer.open('[');
  for (const model::Criterion& criterion : criteria) {
    writer.open('{');
    writer.field("criterion", criterion.name);
    writer.field("label", criterion.label);
    writer.field("expression", criterion.expression);
    writer.field("group", spell_group(criterion.condition));
    write_criteria(writer, criterion.condition.criteria);
    writer.close('}');
  }
  writer.close(']');
}

void write_clauses(Writer& writer, const model::Policy& policy) {
  writer.name("clauses");
  writer.open('[');
  for (const model::Clause& clause : policy.clauses) {
    writer.open('{');
    writer.field("clause", clause.name);
    writer.field("outcome", model::spelling(clause.outcome));
    writer.field("text", clause.sentence);
    writer.field("expression", clause.expression);
    writer.field("group", spell_group(clause.condition));
    write_criteria(writer, clause.condition.criteria);
    writer.close('}');
  }
  writer.close(']');
}

void write_dependencies(Writer& writer, std::string_view label, const std::vector<DependencyView>& dependencies) {
  writer.name(label);
  writer.open('[');
  for (const DependencyView& each : dependencies) {
    writer.open('{');
    writer.field("name", each.name);
    writer.field("type", each.type);
    writer.name("values");
    writer.open('[');
    for (const ValueView& value : each.values) {
      writer.open('{');
      writer.field("value", value.value);
      if (!value.place.empty()) writer.field("place", value.place);
      writer.field("period", value.period);
      writer.field("source", value.source);
      writer.close('}');
    }
    writer.close(']');
    writer.field("unverified", each.unverified);
    writer.close('}');
  }
  writer.close(']');
}

void write_policy(Writer& writer, const PolicyView& view) {
  const model::Policy& policy = *view.policy;
  writer.field("label", policy.label);
  writer.field("record", view.record);
  writer.field("category", model::spelling(policy.category));
  writer.field("status", model::spelling(policy.status));
  writer.name("sources");
  writer.open('[');
  for (const model::Citation& source : policy.sources) writer.text(model::format(source));
  writer.close(']');
  write_period(writer, policy.effective);
  writer.field("dated_by", view.dated_by);
  writer.field("applies_when", policy.applies_expression);
  write_clauses(writer, policy);
  write_dependencies(writer, "thresholds", view.thresholds);
  write_dependencies(writer, "codes", view.code_lists);
  writer.texts("tables", view.tables);
  writer.texts("notes", policy.notes);
  writer.texts("unverified", policy.unverified);
}

}  // namespace

void append_shown_json(std::string& out, const PolicyView& view) {
  Writer writer(out);
  writer.open('{');
  writer.field("policy", view.versions.front()->full_name());
  writer.field("on", view.on ? value::format_date(*view.on) : std::string());
  if (view.policy != nullptr) write_policy(writer, view);
  writer.name("versions");
  writer.open('[');
  for (const model::Policy* version : view.versions) {
    writer.open('{');
    write_period(writer, version->effective);
    writer.field("status", model::spelling(version->status));
    writer.close('}');
  }
  writer.close(']');
  writer.close('}');
}

}  // namespace proviso::output
