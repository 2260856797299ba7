#include "output/show.hpp"

#include "output/show_clauses.hpp"
#include "value/calendar.hpp"

namespace proviso::output {
namespace {

constexpr std::size_t label_width = 14;

void append_labelled(std::string& out, std::string_view label, std::string_view text) {
  if (text.empty()) return;
  out += label;
  out.append(label.size() < label_width ? label_width - label.size() : 1, ' ');
  out += text;
  out += '\n';
}

void append_dependencies(std::string& out, std::string_view title, const std::vector<DependencyView>& dependencies) {
  if (dependencies.empty()) return;
  out += '\n';
  append_line(out, 0, title);
  for (const DependencyView& each : dependencies) {
    append_line(out, 2, each.name + " (" + each.type + ")");
    if (!each.bounds.empty()) append_line(out, 4, "places may set " + each.bounds);
    if (each.values.empty()) append_line(out, 4, "nothing in force");
    for (const ValueView& value : each.values) {
      std::string line = value.value;
      if (each.by_place) line += value.place.empty() ? " everywhere" : " in " + value.place;
      const std::string days = spell(value.days);
      if (!days.empty()) line += " " + days;
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

void append_named(std::string& out, std::string_view title, const std::vector<NamedView>& named) {
  if (named.empty()) return;
  out += '\n';
  append_line(out, 0, title);
  for (const NamedView& each : named) {
    append_line(out, 2, each.name + (each.group ? " (group)" : ""));
    append_line(out, 4, each.expression);
  }
}

void append_tables(std::string& out, const std::vector<TableView>& tables) {
  if (tables.empty()) return;
  out += '\n';
  append_line(out, 0, "Tables");
  for (const TableView& table : tables) {
    append_line(out, 2, table.name + " (" + table.type + ")");
    for (const TableView::Row& row : table.rows) append_line(out, 4, spell(row));
    if (table.further > 0) append_line(out, 4, spell_further(table));
  }
}

std::string spell_list(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

void append_policy(std::string& out, const PolicyView& view) {
  const model::Policy& policy = *view.policy;
  const Origins origins(*view.library, *view.form);
  append_labelled(out, "on", view.record);
  std::string category(model::spelling(view.form->category));
  const Origins::Origin origin = origins.of_category();
  if (origin.variation != nullptr) category += ", changed " + whose(view, *origin.variation);
  append_labelled(out, "category", category);
  const bool decides = policy.decides(true);
  append_labelled(out, "status", std::string(model::spelling(policy.status)) + (decides ? "" : ": it decides nothing"));
  for (const model::Citation& source : policy.sources) append_labelled(out, "source", model::format(source));
  append_labelled(out, "effective", spell(policy.effective));
  append_labelled(out, "dated by", view.dated_by);
  append_labelled(out, "in", spell_places(*view.library, policy.places));
  append_labelled(out, "placed by", view.placed_by);
  append_labelled(out, "price", view.price);
  append_labelled(out, "differs in", spell_list(view.differs_in));
  if (policy.applies != model::none) append_labelled(out, "applies when", policy.applies_expression);
  for (const model::Clause& clause : view.form->clauses) append_clause(out, view, origins, clause);
  append_variations(out, view);
  append_named(out, "Definitions", view.definitions);
  append_dependencies(out, "Thresholds", view.thresholds);
  append_dependencies(out, "Code lists", view.code_lists);
  append_tables(out, view.tables);
  append_named(out, "Relations", view.relations);
  append_texts(out, "Hooks", view.hooks);
  append_texts(out, "Notes", policy.notes);
  append_texts(out, "Unverified", policy.unverified);
}

void append_versions(std::string& out, const PolicyView& view) {
  out += '\n';
  append_line(out, 0, "Versions");
  for (const model::Policy* version : view.versions) {
    const std::string period = spell(version->effective);
    std::string line = period.empty() ? "always" : period;
    line += ", " + std::string(model::spelling(version->status));
    if (!version->places.empty()) line += ", in " + spell_places(*view.library, version->places);
    if (version == view.policy && view.form != nullptr) line += " (shown here)";
    if (version == view.policy && view.form == nullptr) line += view.on ? " (of that day)" : " (the latest)";
    append_line(out, 2, line);
  }
}

}  // namespace

std::string spell_when(const PolicyView& view) {
  std::string out;
  if (view.place != model::none) {
    const model::Place& place = view.library->places[view.place];
    out += " in " + place.name;
    std::string about;
    for (const std::string& code : place.ods) about += (about.empty() ? "" : ", ") + code;
    if (!about.empty()) out += " (" + about + ")";
  }
  if (view.on) {
    out += " on " + value::format_date(*view.on);
  } else if (view.place != model::none && view.policy != nullptr) {
    const std::string days = spell(view.unchanged);
    if (!days.empty()) out += " " + days;
  }
  return out.empty() ? "" : "as it holds" + out;
}

void append_shown(std::string& out, const PolicyView& view) {
  const model::Policy& any = *view.versions.front();
  out += any.full_name();
  const std::string& label = (view.policy != nullptr ? view.policy : &any)->label;
  if (!label.empty()) out += "  " + label;
  out += '\n';
  if (const std::string when = spell_when(view); !when.empty()) append_line(out, 0, when);
  if (view.policy == nullptr) {
    append_line(out, 0, "No version holds on that day.");
  } else if (view.form == nullptr) {
    append_line(out, 0,
                "The " + std::string(word_of(*view.policy)) + " does not hold in " +
                    view.library->places[view.place].name + ": " + view.why_not + ".");
    append_variations(out, view);
  } else {
    if (view.on && view.place != model::none) append_labelled(out, "unchanged", spell(view.unchanged));
    append_policy(out, view);
  }
  append_versions(out, view);
}

}  // namespace proviso::output
