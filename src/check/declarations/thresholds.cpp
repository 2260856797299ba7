#include "check/declarations/thresholds.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/calendar.hpp"

// Thresholds: values of the right type, each for a period, and for a place where one is given.
namespace proviso::check {

namespace {

bool ordered(const Type& type) {
  return type.kind != Kind::enumeration && type.kind != Kind::text && type.kind != Kind::code &&
         type.kind != Kind::truth && type.kind != Kind::place;
}

}  // namespace

void Thresholds::check_threshold(Symbol& symbol) {
  const auto& written = declaration<syntax::ThresholdDeclaration>(symbol);
  const Type found = types_.resolve_type(symbol.tree, written.type);
  const bool single = found.kind != Kind::list && found.kind != Kind::record;
  const bool either = found.kind == Kind::duration;
  const auto broken = [&] { workspace_.broken.insert({SymbolKind::threshold, symbol.index}); };
  if (!single || found.kind == Kind::error) broken();
  if (!single) {
    complain(Code::type_mismatch, written.type.span,
             fmt::format("a threshold is a single value, not {}", model::format(library_, found)));
    return;
  }
  model::Threshold threshold;
  threshold.name = symbol.name;
  threshold.type = found;
  threshold.unverified = written.unverified;
  threshold.span = symbol.span;
  bool kinds_differ = false;
  // A threshold's durations are all of one kind, so that they compare: it is known here, unlike a fact's.
  const auto of_one_kind = [&](model::Constant constant, bool first) {
    if (!either || !constant.known) return constant;
    Type kind = found;
    kind.duration = (constant.bits & 1) ? value::DurationKind::days : value::DurationKind::months;
    if (first) threshold.type = kind;
    kinds_differ = kinds_differ || !(threshold.type == kind);
    return model::Constant{kind, true, constant.bits >> 1};
  };
  for (const auto& value : written.values) {
    const auto place = value.place.text.empty() ? none : value_names_.find_place(value.place);
    const auto bits = literals_.constant(symbol.tree, value.value, found);
    const auto in_force = literals_.period(symbol.tree, value.period);
    if (!bits || !in_force || (place == none && !value.place.text.empty())) {
      broken();
      continue;
    }
    std::optional<model::Citation> source;
    if (value.source) source = model::Citation{value.source->document, value.source->section};
    threshold.values.push_back({of_one_kind(*bits, threshold.values.empty()), *in_force, place, source, value.span});
  }
  if (written.may_vary) {
    threshold.bounds = model::Bounds{{}, {}, *written.may_vary};
    if (written.least != syntax::no_expression) {
      if (const auto least = literals_.constant(symbol.tree, written.least, found)) {
        threshold.bounds->least = of_one_kind(*least, threshold.values.empty());
      }
      if (const auto greatest = literals_.constant(symbol.tree, written.greatest, found)) {
        threshold.bounds->greatest = of_one_kind(*greatest, false);
      }
    }
  }
  if (kinds_differ) {
    complain(Code::duration_kinds, symbol.span,
             fmt::format("`{}` has values in months and values in days", symbol.name));
  } else {
    check_bounds(symbol, threshold);
  }
  std::stable_sort(threshold.values.begin(), threshold.values.end(),
                   [](const auto& a, const auto& b) { return a.period.first < b.period.first; });
  check_succession(threshold);
  library_.thresholds[symbol.index] = std::move(threshold);
}

/// A place sets a value only where the threshold says that it may, and within the bounds.
void Thresholds::check_bounds(const Symbol& symbol, model::Threshold& threshold) {
  const auto spell = [&](const model::Constant& constant) { return model::format(library_, constant); };
  const auto& bounds = threshold.bounds;
  if (bounds && bounds->least && !ordered(threshold.type)) {
    complain(Code::cannot_order, bounds->span,
             fmt::format("{} has no order, so it has no bounds", model::format(library_, threshold.type)))
        .help = "write `may vary` alone";
    return;
  }
  if (bounds && bounds->least && bounds->greatest && bounds->least->bits > bounds->greatest->bits) {
    complain(Code::reversed_period, bounds->span, "the bounds are the wrong way round");
    return;
  }
  const auto& written = declaration<syntax::ThresholdDeclaration>(symbol);
  if (bounds && written.least == syntax::no_expression && ordered(threshold.type)) {
    complain(Code::not_varied_by_place, bounds->span, fmt::format("`may vary` gives no bounds for `{}`", symbol.name))
        .help = "say what a place may set: `may vary from A to B`";
  }
  for (const auto& value : threshold.values) {
    if (value.place == none) continue;
    const std::string& place = library_.places[value.place].name;
    if (!bounds) {
      auto& diagnostic = complain(Code::not_varied_by_place, value.span,
                                  fmt::format("{} sets `{}`, which no place may vary", place, symbol.name));
      diagnostic.notes.push_back({"the threshold is declared here", symbol.span});
      diagnostic.help = "say first what a place may set: `may vary from A to B`";
    } else if (bounds->least && bounds->greatest && value.constant.known &&
               (value.constant.bits < bounds->least->bits || value.constant.bits > bounds->greatest->bits)) {
      auto& diagnostic = complain(Code::outside_bounds, value.span,
                                  fmt::format("{} sets `{}` to {}: a place may set from {} to {}", place, symbol.name,
                                              spell(value.constant), spell(*bounds->least), spell(*bounds->greatest)));
      diagnostic.notes.push_back({"the bounds are set here", bounds->span});
      const auto* larger = library_.in_force(threshold, library_.places[value.place].parent, value.period.first);
      if (larger != nullptr) {
        diagnostic.notes.push_back(
            {fmt::format("{} has {}",
                         larger->place == none ? "everywhere else" : value_names_.place_name(larger->place),
                         spell(larger->constant)),
             larger->span});
      }
    }
  }
}

/// Within one place a later value replaces an earlier one: two from one day contradict each other, and one that says
/// that it lasts longer than it does is worth a word.
void Thresholds::check_succession(const model::Threshold& threshold) {
  const auto where = [&](model::PlaceId place) {
    return place == none ? std::string() : fmt::format(" in {}", library_.places[place].name);
  };
  for (std::size_t i = 1; i < threshold.values.size(); ++i) {
    const auto& later = threshold.values[i];
    const model::ThresholdValue* earlier = nullptr;
    for (std::size_t j = 0; j < i; ++j) {
      if (threshold.values[j].place == later.place) earlier = &threshold.values[j];
    }
    if (!earlier || earlier->period.last < later.period.first) continue;
    if (earlier->period.first == later.period.first) {
      complain(Code::same_start, later.span,
               fmt::format("`{}` has two values{} from {}", threshold.name, where(later.place),
                           value::format_date(later.period.first)))
          .notes.push_back({"the other one", earlier->span});
    } else if (earlier->period.last != INT32_MAX) {
      complain(Code::overlapping_values, later.span,
               fmt::format("this value of `{}`{} replaces an earlier one that says it lasts until {}", threshold.name,
                           where(later.place), value::format_date(earlier->period.last)))
          .notes.push_back({"the earlier one", earlier->span});
    }
  }
}

}  // namespace proviso::check
