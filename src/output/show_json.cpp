#include "output/show.hpp"
#include "output/show_origins.hpp"
#include "output/show_writer.hpp"

namespace proviso::output {
namespace {

void write_sources(ShowWriter& writer, const std::vector<model::Citation>& sources) {
  writer.name("sources");
  writer.open('[');
  for (const model::Citation& source : sources) writer.text(model::format(source));
  writer.close(']');
}

/// `varied`: which variation put it there; null for what is as written.
void write_origin(ShowWriter& writer, const PolicyView& view, const Origins::Origin& origin) {
  writer.name("varied");
  if (origin.variation == nullptr) return writer.text({});
  writer.open('{');
  writer.field("place", view.library->places[origin.variation->place].name);
  writer.period(origin.variation->period);
  write_sources(writer, origin.variation->sources);
  writer.close('}');
}

void write_criteria(ShowWriter& writer, const PolicyView& view, const Origins& origins, const Origins::Origin& around,
                    const std::vector<model::Criterion>& criteria) {
  writer.name("criteria");
  writer.open('[');
  for (const model::Criterion& criterion : criteria) {
    const Origins::Origin origin = origins.of(criterion, around);
    writer.open('{');
    writer.field("criterion", criterion.name);
    writer.field("label", criterion.label);
    writer.field("expression", criterion.expression);
    writer.field("group", spell_group(criterion.condition));
    write_origin(writer, view, origin);
    write_criteria(writer, view, origins, origin, criterion.condition.criteria);
    writer.close('}');
  }
  writer.close(']');
}

/// What a clause of a payment gives, as the language writes it.
void write_payment(ShowWriter& writer, const model::Clause& clause) {
  const model::Payment& payment = *clause.payment;
  const bool withholds = payment.kind == model::Payment::Kind::withhold;
  writer.field("gives", spell_outcome(clause));
  writer.field("strength", withholds ? model::spelling(payment.strength) : std::string_view());
  writer.field("amount", payment.amount_expression);
  writer.field("recount", payment.code_expression);
}

void write_clauses(ShowWriter& writer, const PolicyView& view, const Origins& origins) {
  writer.name("clauses");
  writer.open('[');
  for (const model::Clause& clause : view.form->clauses) {
    const Origins::Origin origin = origins.of(clause);
    writer.open('{');
    writer.field("clause", clause.name);
    writer.field("outcome", model::spelling(clause.outcome));
    if (clause.payment) write_payment(writer, clause);
    writer.field("text", clause.sentence);
    writer.field("expression", clause.expression);
    writer.field("group", spell_group(clause.condition));
    write_origin(writer, view, origin);
    write_criteria(writer, view, origins, origin, clause.condition.criteria);
    writer.close('}');
  }
  writer.close(']');
}

void write_change(ShowWriter& writer, const AppliedChange& applied) {
  const model::Change& change = *applied.change;
  writer.open('{');
  writer.field("change", word_of(change.kind));
  if (change.kind == model::Change::Kind::category) {
    writer.field("category", model::spelling(change.category));
    writer.field("was", applied.was);
  } else if (change.kind != model::Change::Kind::omit) {
    writer.field("name", change.name);
    writer.field("group", change.group);
    writer.field("label", change.label);
    writer.field("expression", change.expression);
    writer.field("was", applied.was);
    writer.field("was_label", applied.was_label);
  }
  writer.close('}');
}

void write_variations(ShowWriter& writer, const PolicyView& view) {
  writer.name("variations");
  writer.open('[');
  for (const AppliedVariation& each : view.variations) {
    writer.open('{');
    writer.field("place", each.place);
    writer.period(each.variation->period);
    write_sources(writer, each.variation->sources);
    writer.name("changes");
    writer.open('[');
    for (const AppliedChange& change : each.changes) write_change(writer, change);
    writer.close(']');
    std::vector<std::string> larger;
    for (const model::PlaceId place : each.variation->not_looser_than)
      larger.push_back(view.library->places[place].name);
    writer.texts("not_looser_than", larger);
    writer.texts("notes", each.variation->notes);
    writer.texts("unverified", each.variation->unverified);
    writer.close('}');
  }
  writer.close(']');
}

void write_dependencies(ShowWriter& writer, std::string_view label, const std::vector<DependencyView>& dependencies) {
  writer.name(label);
  writer.open('[');
  for (const DependencyView& each : dependencies) {
    writer.open('{');
    writer.field("name", each.name);
    writer.field("type", each.type);
    if (!each.bounds.empty()) writer.field("bounds", each.bounds);
    writer.name("values");
    writer.open('[');
    for (const ValueView& value : each.values) {
      writer.open('{');
      writer.field("value", value.value);
      writer.field("place", value.place);
      writer.field("period", spell(value.days));
      writer.period(value.days);
      writer.field("source", value.source);
      writer.close('}');
    }
    writer.close(']');
    writer.field("unverified", each.unverified);
    writer.close('}');
  }
  writer.close(']');
}

void write_definitions(ShowWriter& writer, const std::vector<NamedView>& definitions) {
  writer.name("definitions");
  writer.open('[');
  for (const NamedView& each : definitions) {
    writer.open('{');
    writer.field("name", each.name);
    writer.field("expression", each.expression);
    writer.close('}');
  }
  writer.close(']');
}

void write_tables(ShowWriter& writer, const std::vector<TableView>& tables) {
  writer.name("tables");
  writer.open('[');
  for (const TableView& table : tables) {
    writer.open('{');
    writer.field("name", table.name);
    writer.field("type", table.type);
    writer.name("rows");
    writer.open('[');
    for (const TableView::Row& row : table.rows) {
      writer.open('{');
      writer.texts("keys", row.keys);
      writer.field("value", row.value);
      writer.close('}');
    }
    writer.close(']');
    writer.raw("further_rows", std::to_string(table.further));
    writer.close('}');
  }
  writer.close(']');
}

void write_relations(ShowWriter& writer, const std::vector<NamedView>& relations) {
  writer.name("relations");
  writer.open('[');
  for (const NamedView& each : relations) {
    writer.open('{');
    writer.field("name", each.name);
    writer.field("group", each.group);
    writer.field("lines", each.expression);
    writer.close('}');
  }
  writer.close(']');
}

std::vector<std::string> place_names(const model::Library& library, const std::vector<model::PlaceId>& places) {
  std::vector<std::string> names;
  names.reserve(places.size());
  for (const model::PlaceId place : places) names.push_back(library.places[place].name);
  return names;
}

void write_form(ShowWriter& writer, const PolicyView& view) {
  const Origins origins(*view.library, *view.form);
  writer.texts("differs_in", view.differs_in);
  writer.field("category", model::spelling(view.form->category));
  write_clauses(writer, view, origins);
  write_variations(writer, view);
  write_definitions(writer, view.definitions);
  write_dependencies(writer, "thresholds", view.thresholds);
  write_dependencies(writer, "codes", view.code_lists);
  write_tables(writer, view.tables);
  write_relations(writer, view.relations);
  writer.texts("hooks", view.hooks);
}

void write_policy(ShowWriter& writer, const PolicyView& view) {
  const model::Policy& policy = *view.policy;
  writer.field("label", policy.label);
  writer.field("record", view.record);
  writer.field("status", model::spelling(policy.status));
  write_sources(writer, policy.sources);
  writer.period(policy.effective);
  writer.field("dated_by", view.dated_by);
  writer.field("placed_by", view.placed_by);
  if (!view.price.empty()) writer.field("price", view.price);
  writer.texts("places", place_names(*view.library, policy.places));
  writer.field("applies_when", policy.applies_expression);
  if (view.place != model::none && view.form != nullptr) {
    writer.name("unchanged");
    writer.open('{');
    writer.period(view.unchanged);
    writer.close('}');
  }
  if (view.form != nullptr) {
    write_form(writer, view);
  } else {
    write_variations(writer, view);
  }
  writer.texts("notes", policy.notes);
  writer.texts("unverified", policy.unverified);
}

}  // namespace

void append_shown_json(std::string& out, const PolicyView& view) {
  ShowWriter writer(out);
  writer.open('{');
  writer.field("policy", view.versions.front()->full_name());
  writer.field("in", view.place == model::none ? std::string() : view.library->places[view.place].name);
  writer.field("on", view.on ? value::format_date(*view.on) : std::string());
  writer.field("holds", view.form != nullptr);
  if (view.form == nullptr)
    writer.field("why_not", view.policy == nullptr ? "no version holds on that day" : view.why_not.c_str());
  if (view.policy != nullptr) write_policy(writer, view);
  writer.name("versions");
  writer.open('[');
  for (const model::Policy* version : view.versions) {
    writer.open('{');
    writer.period(version->effective);
    writer.field("status", model::spelling(version->status));
    writer.texts("places", place_names(*view.library, version->places));
    writer.close('}');
  }
  writer.close(']');
  writer.close('}');
}

}  // namespace proviso::output
