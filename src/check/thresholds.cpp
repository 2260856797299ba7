#include <fmt/format.h>

#include <algorithm>

#include "check/checker.hpp"
#include "value/calendar.hpp"

// Thresholds: values of the right type, each for a period.
namespace proviso::check {

/// Nothing where a day is missing or impossible, or the last day is before the first.
std::optional<model::Period> Checker::period(std::uint32_t tree, const syntax::Period& written) {
  model::Period result;
  const auto first = date(tree, written.first);
  const auto last = date(tree, written.last);
  if (!first || (written.last != syntax::no_expression && !last)) return {};
  result.first = *first;
  if (last) result.last = *last;
  if (result.last < result.first) {
    complain(Code::reversed_period, written.span,
             fmt::format("the period ends on {}, before it begins on {}", value::format_date(result.last),
                         value::format_date(result.first)));
    return {};
  }
  return result;
}

void Checker::check_threshold(Symbol& symbol) {
  const auto& written = declaration<syntax::ThresholdDeclaration>(symbol);
  const Type found = resolve_type(symbol.tree, written.type);
  const bool single = found.kind != Kind::list && found.kind != Kind::record && found.kind != Kind::place;
  const bool either = found.kind == Kind::duration;
  if (!single || found.kind == Kind::error) broken_.insert({SymbolKind::threshold, symbol.index});
  if (!single) {
    complain(Code::type_mismatch, written.type.span,
             fmt::format("a threshold is a single value, not {}", model::format(library_, found)));
    return;
  }
  model::Threshold threshold;
  threshold.name = symbol.name;
  threshold.type = found;
  threshold.unverified = written.unverified;
  if (written.least != syntax::no_expression) {
    const auto least = constant(symbol.tree, written.least, found);
    const auto greatest = constant(symbol.tree, written.greatest, found);
    const bool ordered = found.kind != Kind::enumeration && found.kind != Kind::text && found.kind != Kind::code &&
                         found.kind != Kind::truth;
    const Span span = trees_[symbol.tree].tree.expression(written.least).span;
    if (!ordered) {
      complain(Code::cannot_order, span,
               fmt::format("{} has no order, so it has no bounds", model::format(library_, found)));
    } else if (least && greatest && least->bits > greatest->bits) {
      complain(Code::reversed_period, span, "the bounds are the wrong way round");
    }
  }
  bool kinds_differ = false;
  for (const auto& value : written.values) {
    if (!value.place.text.empty()) {
      complain(Code::unsupported_declaration, value.place.span, "values by place are not supported by this version");
      broken_.insert({SymbolKind::threshold, symbol.index});
      continue;
    }
    auto bits = constant(symbol.tree, value.value, found);
    const auto in_force = period(symbol.tree, value.period);
    if (!bits || !in_force) {
      broken_.insert({SymbolKind::threshold, symbol.index});
      continue;
    }
    // A threshold's durations are all of one kind, so that they compare: it is known here, unlike a fact's.
    if (either) {
      Type kind = found;
      kind.duration = (bits->bits & 1) ? value::DurationKind::days : value::DurationKind::months;
      if (threshold.values.empty()) threshold.type = kind;
      kinds_differ = kinds_differ || !(threshold.type == kind);
      bits = model::Constant{kind, bits->known, bits->bits >> 1};
    }
    std::optional<model::Citation> source;
    if (value.source) source = model::Citation{value.source->document, value.source->section};
    threshold.values.push_back({*bits, *in_force, "", source, value.span});
  }
  if (kinds_differ) {
    complain(Code::duration_kinds, symbol.span,
             fmt::format("`{}` has values in months and values in days", symbol.name));
  }
  std::stable_sort(threshold.values.begin(), threshold.values.end(),
                   [](const auto& a, const auto& b) { return a.period.first < b.period.first; });
  for (std::size_t i = 1; i < threshold.values.size(); ++i) {
    if (threshold.values[i].period.first != threshold.values[i - 1].period.first) continue;
    auto& diagnostic = complain(
        Code::same_start, threshold.values[i].span,
        fmt::format("`{}` has two values from {}", symbol.name, value::format_date(threshold.values[i].period.first)));
    diagnostic.notes.push_back({"the other one", threshold.values[i - 1].span});
  }
  library_.thresholds[symbol.index] = std::move(threshold);
}

}  // namespace proviso::check
