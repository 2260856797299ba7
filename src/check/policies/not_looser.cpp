#include <fmt/format.h>

#include <algorithm>

#include "check/policies/placements.hpp"
#include "check/policies/tightness.hpp"
#include "value/calendar.hpp"

// What a variation says of itself: that it is not looser than larger places.
namespace proviso::check {

/// Of the places inside that have something of their own, those too in which no variation of a smaller place says more.
void Placements::check_tightness(const model::Policy& policy) {
  for (const auto number : variations_.variations_of(policy.full_name())) {
    const auto& variation = library_.variations[number];
    if (variation.not_looser_than.empty() || !library_.holds_in(policy, variation.place)) continue;
    for (const auto& ours : policy.placements) {
      if (ours.place == none || !library_.inside(ours.place, variation.place)) continue;
      for (const auto& strict : ours.stretches) {
        const auto& applied = policy.forms[strict.form].variations;
        const bool holds = std::find(applied.begin(), applied.end(), number) != applied.end();
        const bool own = library_.variations[applied.empty() ? number : applied.back()].place != variation.place;
        if (holds && (ours.place == variation.place || !own)) check_tightness(policy, number, ours.place, strict);
      }
    }
  }
}

void Placements::check_tightness(const model::Policy& policy, std::uint32_t number, model::PlaceId place,
                                 const model::Stretch& strict) {
  const auto& variation = library_.variations[number];
  for (const auto larger : variation.not_looser_than) {
    for (const auto& loose : policy.placements[library_.placement(policy, larger)].stretches) {
      const std::int32_t day =
          std::max({strict.days.first, loose.days.first, variation.period.first, policy.effective.first});
      if (day > std::min({strict.days.last, loose.days.last, policy.effective.last})) continue;
      const auto what =
          Tightness(library_, day)
              .not_shown(policy.applies, {&policy.forms[strict.form], place}, {&policy.forms[loose.form], larger});
      if (what) not_shown_tighter(number, place, larger, *what, day);
    }
  }
}

void Placements::not_shown_tighter(std::uint32_t number, model::PlaceId place, model::PlaceId larger,
                                   const std::string& what, std::int32_t day) {
  const auto& variation = library_.variations[number];
  if (!not_shown_.insert({number, larger}).second) return;
  auto& diagnostic =
      complain(Code::not_shown_tighter, variation.span,
               fmt::format("{} in {} is not shown to be no looser than in {} on {}", what,
                           value_names_.place_name(place), value_names_.place_name(larger), value::format_date(day)));
  diagnostic.help =
      "shown are criteria added under `all` or taken from `any`, tighter values in the same comparison, and hooks that "
      "may only tighten";
}

}  // namespace proviso::check
