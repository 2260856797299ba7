#include "output/show.hpp"

#include "value/calendar.hpp"

namespace proviso::output {
namespace {

constexpr std::size_t label_width = 14;

void append_line(std::string& out, std::size_t indent, std::string_view text) {
  out.append(indent, ' ');
  out += text;
  out += '\n';
}

void append_labelled(std::string& out, std::string_view label, std::string_view text) {
  if (text.empty()) return;
  out += label;
  out.append(label.size() < label_width ? label_width - label.size() : 1, ' ');
  out += text;
  out += '\n';
}

void append_criterion(std::string& out, const model::Criterion& criterion, std::size_t indent) {
  std::string line = criterion.name;
  const std::string group = spell_group(criterion.condition);
  if (!criterion.label.empty()) line += "  " + criterion.label;
  if (!group.empty()) line += ": " + group;
  append_line(out, indent, line);
  if (group.empty()) append_line(out, indent + 4, criterion.expression);
  for (const model::Criterion& inner : criterion.condition.criteria) append_criterion(out, inner, indent + 2);
}

void append_clause(std::string& out, const model::Clause& clause) {
  const std::string_view word = model::spelling(clause.outcome);
  std::string line;
  if (clause.otherwise) line = "otherwise ";
  line += word;
  if (!clause.otherwise && clause.name != word) line += " " + clause.name;
  if (!clause.otherwise) {
    const std::string group = spell_group(clause.condition);
    line += " when " + (group.empty() ? clause.expression : group);
  }
  out += '\n';
  append_line(out, 0, line);
  if (!clause.sentence.empty()) append_line(out, 4, clause.sentence);
  for (const model::Criterion& criterion : clause.condition.criteria) append_criterion(out, criterion, 2);
}

void append_dependencies(std::string& out, std::string_view title, const std::vector<DependencyView>& dependencies) {
  if (dependencies.empty()) return;
  out += '\n';
  append_line(out, 0, title);
  for (const DependencyView& each : dependencies) {
    append_line(out, 2, each.name + " (" + each.type + ")");
    if (each.values.empty()) append_line(out, 4, "nothing in force");
    for (const ValueView& value : each.values) {
      std::string line = value.value;
      if (!value.place.empty()) line += " in " + value.place;
      if (!value.period.empty()) line += " " + value.period;
      append_line(out, 4, line);
      if (!value.source.empty()) append_line(out, 6, "source: " + value.source);
    }
    if (!each.unverified.empty()) append_line(out, 4, "unverified: " + each.unverified);
  }
}

void append_texts(std::string& out, std::string_view title, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  out += '\n';
  append_line(out, 0, title);
  for (const std::string& text : texts) append_line(out, 2, text);
}

void append_policy(std::string& out, const PolicyView& view) {
  const model::Policy& policy = *view.policy;
  append_labelled(out, "on", view.record);
  append_labelled(out, "category", model::spelling(policy.category));
  append_labelled(out, "status", model::spelling(policy.status));
  for (const model::Citation& source : policy.sources) append_labelled(out, "source", model::format(source));
  append_labelled(out, "effective", spell(policy.effective));
  append_labelled(out, "dated by", view.dated_by);
  if (policy.applies != model::none) append_labelled(out, "applies when", policy.applies_expression);
  for (const model::Clause& clause : policy.clauses) append_clause(out, clause);
  append_dependencies(out, "Thresholds", view.thresholds);
  append_dependencies(out, "Code lists", view.code_lists);
  append_texts(out, "Tables", view.tables);
  append_texts(out, "Notes", policy.notes);
  append_texts(out, "Unverified", policy.unverified);
}

}  // namespace

void append_shown(std::string& out, const PolicyView& view) {
  const model::Policy& any = *view.versions.front();
  out += any.full_name();
  const std::string& label = (view.policy != nullptr ? view.policy : &any)->label;
  if (!label.empty()) out += "  " + label;
  out += '\n';
  if (view.on) append_labelled(out, "as it holds on", value::format_date(*view.on));
  if (view.policy != nullptr) {
    append_policy(out, view);
  } else {
    append_line(out, 0, "No version holds on that day.");
  }
  out += '\n';
  append_line(out, 0, "Versions");
  for (const model::Policy* version : view.versions) {
    const std::string period = spell(version->effective);
    std::string line = period.empty() ? "always" : period;
    line += ", " + std::string(model::spelling(version->status));
    if (version == view.policy) line += " (shown here)";
    append_line(out, 2, line);
  }
}

}  // namespace proviso::output
