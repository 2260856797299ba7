#include <utility>

#include <fmt/format.h>

#include "syntax/build.hpp"

/// Places, hooks and variations.
namespace proviso::syntax {

Place Builder::place(NodeIndex node) {
  Place place;
  place.span = span(node);
  for (NodeIndex part : children(node)) {
    switch (rule(part)) {
      case Rule::name:
        place.name = name(part);
        break;
      case Rule::label:
        place.label = words(part);
        break;
      case Rule::code:
        place_code(part, place);
        break;
      default:
        place.inside.push_back(this->place(part));
    }
  }
  return place;
}

void Builder::place_code(NodeIndex node, Place& place) {
  const auto parts = children(node);
  if (text(parts[0]) == "ods") {
    place.ods.push_back(Name{std::string(text(parts[1])), span(node)});
    return;
  }
  complain(text::Code::syntax, span(node), fmt::format("expected a code of `ods`, found `{}`", text(node))).help =
      "a place is known by its ODS codes, such as `ods:06P`";
}

PlacesDeclaration Builder::places(NodeIndex node) {
  PlacesDeclaration places;
  places.span = span(node);
  for (NodeIndex part : children(node)) places.places.push_back(place(part));
  return places;
}

HookDeclaration Builder::hook(NodeIndex node) {
  const auto parts = children(node);
  HookDeclaration hook;
  hook.span = span(node);
  hook.name = name(parts[0]);
  hook.parameters = parameters(parts[1]);
  hook.result = type(parts[2]);
  if (rule(parts[3]) == Rule::tendency) hook.tendency = name(parts[3]);
  const NodeIndex file = children(parts.back())[0];
  hook.file = words(file);
  hook.file_span = span(file);
  return hook;
}

/// `replace` and `add`: a criterion, or a clause.
Change Builder::change(NodeIndex node, std::string_view word) {
  const auto lines = children(node);
  const auto parts = children(lines[0]);
  Change change;
  change.word = word;
  change.span = span(node);
  if (rule(lines[0]) == Rule::changed_clause) {
    change.clause = text(parts[0]);
    change.name = name(parts[1]);
    change.condition = condition(parts[2]);
    if (parts.size() > 3) change.label = words(parts[3]);
    return change;
  }
  change.name = name(parts[0]);
  if (rule(parts[1]) == Rule::label) change.label = words(parts[1]);
  change.condition = condition(parts.back());
  if (lines.size() > 1) change.to = name(children(lines[1])[0]);
  return change;
}

/// `replace withhold must NAME when ...`: what a payment gives is not varied.
void Builder::unvaried(NodeIndex node) {
  const auto parts = children(children(node)[0]);
  complain(text::Code::clause_order, Span{file_, nodes_[node].begin, nodes_[parts[1]].end},
           fmt::format("a variation changes the criteria and exemptions of a payment, and no `{}`",
                       payment_outcome(parts[0]).word))
      .help =
      fmt::format("vary a criterion: `{} NAME \"...\": ...`", text(node).substr(0, text(node).find_first_of(" \t")));
}

void Builder::variation_line(NodeIndex node, VariationDeclaration& variation) {
  const auto parts = children(node);
  const auto changes = [&](std::string_view word) {
    Change change;
    change.word = word;
    change.span = span(node);
    return change;
  };
  const auto once = [&](std::string_view word) {
    for (const Change& change : variation.changes) {
      if (change.word != word) continue;
      variation.repeated.push_back({span(node), {}});
      return false;
    }
    variation.changes.push_back(changes(word));
    return true;
  };
  switch (rule(node)) {
    case Rule::holds:
      if (variation.period) {
        variation.repeated.push_back({span(node), {}});
      } else {
        variation.period = period(parts[0]);
      }
      break;
    case Rule::citation:
      variation.sources.push_back(citation(node));
      break;
    case Rule::replace:
    case Rule::add:
      if (rule(parts[0]) == Rule::changed_payment) {
        unvaried(node);
        break;
      }
      variation.changes.push_back(change(node, rule(node) == Rule::add ? "add" : "replace"));
      break;
    case Rule::remove:
      variation.changes.push_back(changes("remove"));
      variation.changes.back().name = name(parts[0]);
      break;
    case Rule::category:
      if (once("category")) variation.changes.back().category = name(parts[0]);
      break;
    case Rule::omit:
      once("omit");
      break;
    case Rule::not_looser:
      variation.not_looser_than.push_back(name(parts[0]));
      break;
    case Rule::note:
      variation.notes.push_back(words(parts[0]));
      break;
    case Rule::unverified:
      variation.unverified.push_back(words(parts[0]));
      break;
    default:
      break;
  }
}

VariationDeclaration Builder::variation(NodeIndex node) {
  const auto parts = children(node);
  VariationDeclaration variation;
  variation.span = span(node);
  variation.policy = name(parts[0]);
  variation.place = name(parts[1]);
  for (std::size_t i = 2; i < parts.size(); ++i) variation_line(parts[i], variation);
  find_first(node, variation.repeated);
  return variation;
}

}  // namespace proviso::syntax
