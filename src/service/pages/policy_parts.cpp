#include <algorithm>

#include <fmt/format.h>

#include "output/show_history.hpp"
#include "output/show_origins.hpp"
#include "service/pages/criteria.hpp"
#include "service/pages/policies.hpp"
#include "service/pages/wording.hpp"

namespace proviso::service::pages {
namespace {

using output::Origins;

std::string whose(const output::PolicyView& view, const model::Variation& variation) {
  return place_label(*view.library, variation.place) + " " + period_words(variation.period);
}

void append_origin(Html& html, const output::PolicyView& view, const Origins::Origin& origin) {
  const bool added = origin.change->kind == model::Change::Kind::add;
  html.open("p", {{"class", "small"}}).element("span", "Local", {{"class", "tag local"}});
  html.text((added ? " Added by " : " Changed by ") + whose(view, *origin.variation));
  html.element("span", " (" + output::spell_sources(origin.variation->sources) + ")", {{"class", "quiet"}}).close("p");
}

void append_criterion(Html& html, const output::PolicyView& view, const Origins& origins,
                      const model::Criterion& criterion, const Origins::Origin& around) {
  const Origins::Origin origin = origins.of(criterion, around);
  const bool local = origin.order > around.order;
  html.open("li", {{"class", local ? std::string_view("varied") : std::string_view()}});
  html.text(criterion.label.empty() ? with_capital(plain_words(criterion.name)) : criterion.label);
  if (const std::string group = group_words(criterion.condition); !group.empty()) {
    html.text(": " + group);
  } else {
    html.open("div").element("code", criterion.expression).close("div");
  }
  if (local) append_origin(html, view, origin);
  if (!criterion.condition.criteria.empty()) {
    html.open("ul", {{"class", "tree"}});
    for (const model::Criterion& inner : criterion.condition.criteria)
      append_criterion(html, view, origins, inner, origin);
    html.close("ul");
  }
  html.close("li");
}

void append_clause(Html& html, const output::PolicyView& view, const Origins& origins, const model::Clause& clause) {
  const Origins::Origin origin = origins.of(clause);
  html.open("div", {{"class", origin.order > 0 ? "panel varied" : "panel"}});
  std::string title = clause.payment ? with_capital(output::spell_outcome(clause)) : std::string(clause_words(clause));
  const std::string group = group_words(clause.condition);
  if (clause.otherwise)
    title = "In all other cases: " +
            std::string(clause.payment ? output::spell_outcome(clause) : model::spelling(clause.outcome));
  html.element("h3", group.empty() ? title : title + ": " + group);
  if (!clause.sentence.empty()) html.element("p", clause.sentence);
  if (!clause.otherwise && group.empty()) html.open("p").element("code", clause.expression).close("p");
  if (origin.order > 0) append_origin(html, view, origin);
  if (!clause.condition.criteria.empty()) {
    html.open("ul", {{"class", "tree"}});
    for (const model::Criterion& criterion : clause.condition.criteria)
      append_criterion(html, view, origins, criterion, origin);
    html.close("ul");
  }
  html.close("div");
}

void append_change(Html& html, const output::AppliedChange& applied) {
  const model::Change& change = *applied.change;
  html.open("li").text(with_capital(plain_words(output::spell(change))));
  if (!change.label.empty()) html.text(": " + change.label);
  if (!change.expression.empty()) html.open("div").element("code", change.expression).close("div");
  if (!applied.was.empty()) {
    html.open("div").text("Before: " + (applied.was_label.empty() ? "" : applied.was_label + " "));
    html.element("code", applied.was).close("div");
  }
  html.close("li");
}

void append_value_row(Html& html, const output::PolicyView& view, const output::DependencyView& dependency,
                      const output::ValueView& value) {
  const bool local = !value.place.empty();
  html.open("tr").open("th", {{"scope", "row"}}).text(with_capital(plain_words(dependency.name)));
  if (!dependency.bounds.empty())
    html.element("div", "Places may set " + dependency.bounds, {{"class", "quiet small"}});
  if (!dependency.unverified.empty()) {
    html.open("div", {{"class", "small"}})
        .element("span", "Not verified", {{"class", "tag open"}})
        .text(" " + dependency.unverified);
    html.close("div");
  }
  html.close("th").open("td").text(plain_words(value.value)).close("td").open("td");
  if (local) {
    html.element("span", "Local", {{"class", "tag local"}}).text(" " + place_label(*view.library, value.place));
  } else {
    html.text("Everywhere");
  }
  html.close("td").element("td", with_capital(period_words(value.days))).element("td", value.source).close("tr");
}

void append_table(Html& html, const output::PolicyView& view, std::string_view title,
                  const std::vector<output::DependencyView>& dependencies) {
  const bool any =
      std::any_of(dependencies.begin(), dependencies.end(), [](const auto& each) { return !each.values.empty(); });
  if (!any) return;
  html.element("h2", title);
  html.open("div", {{"class", "table-wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", title}})
      .open("table");
  html.open("thead").open("tr");
  for (const std::string_view heading : {"Name", "Value", "Applies in", "In force", "Source"})
    html.element("th", heading, {{"scope", "col"}});
  html.close("tr").close("thead").open("tbody");
  for (const output::DependencyView& dependency : dependencies) {
    for (const output::ValueView& value : dependency.values) append_value_row(html, view, dependency, value);
  }
  html.close("tbody").close("table").close("div");
}

void append_named(Html& html, std::string_view title, const std::vector<output::NamedView>& named) {
  if (named.empty()) return;
  html.element("h2", title).open("ul");
  for (const output::NamedView& each : named) {
    html.open("li").text(with_capital(plain_words(each.name)));
    html.open("div").element("code", each.expression).close("div").close("li");
  }
  html.close("ul");
}

void append_lookups(Html& html, const std::vector<output::TableView>& tables) {
  if (tables.empty()) return;
  html.element("h2", "Tables");
  for (const output::TableView& table : tables) {
    html.element("h3", with_capital(plain_words(table.name))).open("p").element("code", table.type).close("p");
    html.open("ul");
    for (const output::TableView::Row& row : table.rows) {
      html.open("li").element("code", output::spell(row)).close("li");
    }
    if (table.further > 0) html.element("li", output::spell_further(table));
    html.close("ul");
  }
}

std::string place_of(const model::Library& library, const output::HistoryLine& line) {
  if (line.place != model::none) return place_label(library, line.place);
  std::string out;
  for (const model::PlaceId place : line.places) out += (out.empty() ? "" : ", ") + place_label(library, place);
  return out.empty() ? "Everywhere" : out;
}

}  // namespace

void append_clauses(Html& html, const output::PolicyView& view) {
  const Origins origins(*view.library, *view.form);
  html.element("h2", "What it says");
  html.element("p", "The first of these that is met decides the outcome.");
  for (const model::Clause& clause : view.form->clauses) append_clause(html, view, origins, clause);
}

void append_variations(Html& html, const output::PolicyView& view) {
  if (view.variations.empty()) return;
  html.element("h2", "Local changes");
  for (const output::AppliedVariation& each : view.variations) {
    html.open("div", {{"class", "panel varied"}}).element("h3", with_capital(whose(view, *each.variation)));
    if (!each.source.empty()) html.element("p", "Source: " + each.source, {{"class", "quiet"}});
    html.open("ul");
    for (const output::AppliedChange& change : each.changes) append_change(html, change);
    html.close("ul");
    for (const std::string& note : each.variation->notes) html.element("p", "Note: " + note);
    for (const std::string& guess : each.variation->unverified) {
      html.open("p").element("span", "Not verified", {{"class", "tag open"}}).text(" " + guess).close("p");
    }
    html.close("div");
  }
}

void append_values(Html& html, const output::PolicyView& view) {
  append_named(html, "Definitions", view.definitions);
  append_table(html, view, "Limits", view.thresholds);
  append_table(html, view, "Code lists", view.code_lists);
  append_lookups(html, view.tables);
  append_named(html, "Related lines", view.relations);
}

void append_history(Html& html, const output::PolicyView& view) {
  const output::History history = output::history_of(*view.library, view.versions.front()->full_name(), view.place);
  html.element("h2", "History");
  if (history.lines.empty()) {
    html.element("p", "It has never applied there.");
    return;
  }
  html.open("div", {{"class", "table-wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "History"}})
      .open("table");
  html.open("thead").open("tr");
  for (const std::string_view heading : {"From", "Where", "What changed", "Source"})
    html.element("th", heading, {{"scope", "col"}});
  html.close("tr").close("thead").open("tbody");
  for (const output::HistoryLine& line : history.lines) {
    html.open("tr").element("th", line.day == INT32_MIN ? "From the start" : long_date(line.day), {{"scope", "row"}});
    html.element("td", place_of(*view.library, line)).element("td", line.text).element("td", line.source).close("tr");
  }
  html.close("tbody").close("table").close("div");
}

}  // namespace proviso::service::pages
