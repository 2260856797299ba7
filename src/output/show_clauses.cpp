#include "output/show_clauses.hpp"

namespace proviso::output {
namespace {

/// `in Luton from 2019-10-01: Luton governing body`.
std::string whose_and_why(const PolicyView& view, const model::Variation& variation) {
  for (const AppliedVariation& each : view.variations) {
    if (each.variation == &variation) return whose(view, variation) + (each.source.empty() ? "" : ": " + each.source);
  }
  return "";
}

/// Says which variation put something there, where that is not said of the whole around it. A source is not repeated
/// with every criterion.
void append_origin(std::string& out, const PolicyView& view, const Origins::Origin& origin, std::size_t indent) {
  const bool added = origin.change->kind == model::Change::Kind::add;
  const std::string in_full = whose_and_why(view, *origin.variation);
  const bool said = out.find(in_full) != std::string::npos;
  append_line(out, indent, (added ? "added " : "replaced ") + (said ? whose(view, *origin.variation) : in_full));
}

void append_criterion(std::string& out, const PolicyView& view, const Origins& origins,
                      const model::Criterion& criterion, const Origins::Origin& around, std::size_t indent) {
  std::string line = criterion.name;
  const std::string group = spell_group(criterion.condition);
  if (!criterion.label.empty()) line += "  " + criterion.label;
  if (!group.empty()) line += ": " + group;
  append_line(out, indent, line);
  if (group.empty()) append_line(out, indent + 4, criterion.expression);
  const Origins::Origin origin = origins.of(criterion, around);
  if (origin.order > around.order) append_origin(out, view, origin, indent + 4);
  for (const model::Criterion& inner : criterion.condition.criteria) {
    append_criterion(out, view, origins, inner, origin, indent + 2);
  }
}

void append_change(std::string& out, const AppliedChange& applied) {
  const model::Change& change = *applied.change;
  std::string line = spell(change);
  if (change.kind == model::Change::Kind::category) line += ", was " + applied.was;
  const bool other_label = change.kind == model::Change::Kind::remove || applied.was_label != change.label;
  if (!change.label.empty() && other_label) line += ": " + change.label;
  if (!change.expression.empty()) line += ": " + change.expression;
  append_line(out, 2, line);
  if (change.kind == model::Change::Kind::category || applied.was.empty()) return;
  append_line(out, 4,
              "was: " + (other_label && !applied.was_label.empty() ? applied.was_label + ": " : "") + applied.was);
}

}  // namespace

void append_line(std::string& out, std::size_t indent, std::string_view text) {
  out.append(indent, ' ');
  out += text;
  out += '\n';
}

std::string whose(const PolicyView& view, const model::Variation& variation) {
  return "in " + view.library->places[variation.place].name + " " + spell(variation.period);
}

void append_clause(std::string& out, const PolicyView& view, const Origins& origins, const model::Clause& clause) {
  const std::string outcome = spell_outcome(clause);
  std::string line;
  if (clause.otherwise) line = "otherwise ";
  line += outcome;
  // A clause without a name is called by its first word.
  const bool named = clause.name != std::string_view(outcome).substr(0, outcome.find(' '));
  if (!clause.otherwise && named) line += " " + clause.name;
  if (!clause.otherwise) {
    const std::string group = spell_group(clause.condition);
    line += " when " + (group.empty() ? clause.expression : group);
  }
  out += '\n';
  append_line(out, 0, line);
  if (!clause.sentence.empty()) append_line(out, 4, clause.sentence);
  const Origins::Origin origin = origins.of(clause);
  if (origin.order > 0) append_origin(out, view, origin, 4);
  for (const model::Criterion& criterion : clause.condition.criteria) {
    append_criterion(out, view, origins, criterion, origin, 2);
  }
}

void append_variations(std::string& out, const PolicyView& view) {
  for (const AppliedVariation& each : view.variations) {
    out += '\n';
    append_line(out, 0, "Varied " + whose_and_why(view, *each.variation));
    for (const AppliedChange& change : each.changes) append_change(out, change);
    if (!each.variation->not_looser_than.empty()) {
      append_line(out, 2, "not looser than " + spell_places(*view.library, each.variation->not_looser_than));
    }
    for (const std::string& note : each.variation->notes) append_line(out, 2, "note: " + note);
    for (const std::string& guess : each.variation->unverified) append_line(out, 2, "unverified: " + guess);
  }
}

}  // namespace proviso::output
