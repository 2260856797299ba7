#include "output/show_history.hpp"

#include <algorithm>
#include <set>

#include "output/policy_view.hpp"

// A policy is followed from one day on which something of it may change to the next, as seen from a place. Without a
// place it is followed from everywhere and from each place that has something of its own, of which only that is told.
namespace proviso::output {
namespace {

using LineKind = HistoryLine::Kind;

/// What is so from a day on, seen from one place.
struct State {
  const model::Policy* version = nullptr;  ///< null: nothing holds
  const model::Form* form = nullptr;
};

class Historian {
 public:
  Historian(const model::Library& library, std::string_view full_name, History& history)
      : library_(library), history_(history) {
    for (const model::Policy& policy : library.policies) {
      if (policy.full_name() == full_name) versions_.push_back(&policy);
    }
    std::vector<model::NodeId> roots;
    for (const model::Policy* version : versions_) {
      roots.push_back(version->applies);
      for (const model::Form& form : version->forms) add_roots(form, roots);
    }
    reads_ = reads_of(library, roots);
    find_days();
  }

  void follow() {
    std::set<model::PlaceId> places;
    if (history_.place != model::none) {
      places.insert(history_.place);
    } else {
      // Adding one puts `none` before all places.
      places.insert(0);
      for (const model::Policy* version : versions_) {
        for (const model::Placement& placement : version->placements) places.insert(placement.place + 1);
      }
    }
    for (const model::PlaceId place : places) follow_from(history_.place != model::none ? place : place - 1);
    std::stable_sort(history_.lines.begin(), history_.lines.end(), [](const HistoryLine& a, const HistoryLine& b) {
      if (a.day != b.day) return a.day < b.day;
      if (a.kind != b.kind) return a.kind < b.kind;
      return a.place + 1 < b.place + 1;
    });
  }

 private:
  const model::Library& library_;
  History& history_;
  std::vector<const model::Policy*> versions_;
  Reads reads_;
  std::set<std::int32_t> days_;

  void add_days(const model::Period& period) {
    days_.insert(period.first);
    if (period.last != INT32_MAX) days_.insert(period.last + 1);
  }
  void find_days() {
    for (const model::Policy* version : versions_) {
      add_days(version->effective);
      for (const model::Placement& placement : version->placements) {
        for (const model::Stretch& stretch : placement.stretches) add_days(stretch.days);
      }
    }
    for (const std::uint32_t each : reads_.thresholds) {
      for (const auto& value : library_.thresholds[each].values) add_days(value.period);
    }
    for (const std::uint32_t each : reads_.code_lists) {
      for (const auto& block : library_.code_lists[each].blocks) add_days(block.period);
    }
  }

  bool everything() const { return history_.place != model::none; }
  /// Whether what belongs to `owner` is told when looking from `place`.
  bool told(model::PlaceId owner, model::PlaceId place) const { return everything() || owner == place; }

  State state(model::PlaceId place, std::int32_t day) const {
    const model::Policy* version = version_on(versions_, day);
    if (version == nullptr) return {};
    if (place == model::none) return {version, &version->written()};
    const bool inside = library_.holds_in(*version, place);
    const bool around = std::any_of(version->places.begin(), version->places.end(),
                                    [&](model::PlaceId each) { return library_.inside(each, place); });
    if (!inside && (everything() || !around)) return {};
    return {version, &version->forms[stretch_on(library_, *version, place, day).form]};
  }

  void follow_from(model::PlaceId place) {
    State before;
    std::int32_t day_before = INT32_MIN;
    for (const std::int32_t day : days_) {
      const State now = state(place, day);
      tell_version(place, day, before, now);
      tell_variations(place, day, before, now);
      tell_values(place, day, day_before, before, now);
      before = now;
      day_before = day;
    }
  }

  HistoryLine& add(LineKind kind, std::int32_t day, model::PlaceId owner, std::string text, std::string source) {
    history_.lines.push_back({kind, day, owner, {}, {}, {}, std::move(text), std::move(source), {}});
    return history_.lines.back();
  }

  void tell_version(model::PlaceId place, std::int32_t day, const State& before, const State& now) {
    if (before.version == now.version || !told(model::none, place)) return;
    if (now.version == nullptr) {
      const bool elsewhere = version_on(versions_, day) != nullptr;
      const std::string name = "the " + std::string(word_of(*before.version));
      add(LineKind::version, day, model::none, name + (elsewhere ? " no longer holds here" : " ends"), {}).places =
          elsewhere ? std::vector<model::PlaceId>{place} : before.version->places;
      return;
    }
    const std::string name = "the " + std::string(word_of(*now.version));
    std::string text = before.version == nullptr ? name + " begins" : "a new version begins";
    text += ": " + std::string(model::spelling(now.version->written().category)) + ", " +
            std::string(model::spelling(now.version->status));
    if (now.version->places.size() > 1) text += ", in " + spell_places(library_, now.version->places);
    add(LineKind::version, day, model::none, text, spell_sources(now.version->sources)).places = now.version->places;
  }

  void tell_variations(model::PlaceId place, std::int32_t day, const State& before, const State& now) {
    const auto tell = [&](const State& in, const State& not_in, bool begins) {
      if (in.form == nullptr) return;
      for (const std::uint32_t number : in.form->variations) {
        const auto& others = not_in.form != nullptr ? not_in.form->variations : std::vector<std::uint32_t>();
        const model::Variation& variation = library_.variations[number];
        if (std::find(others.begin(), others.end(), number) != others.end() || !told(variation.place, place)) continue;
        // What an ending variation did is over.
        const std::string text = begins ? "variation begins: " : "variation ends: ";
        add(LineKind::variation, day, variation.place, text + spell_changes(variation, !begins),
            spell_sources(variation.sources));
      }
    };
    // Where the policy itself ends, that is said already.
    if (now.version != nullptr) tell(before, now, false);
    tell(now, before, true);
  }

  bool reads(const State& state, const std::vector<std::uint32_t> Reads::*kind, std::uint32_t number) const {
    if (state.form == nullptr || (everything() && state.form->omitted)) return false;
    if (!everything()) return true;
    const Reads found = reads_of(library_, *state.version, *state.form);
    return std::find((found.*kind).begin(), (found.*kind).end(), number) != (found.*kind).end();
  }

  void tell_values(model::PlaceId place, std::int32_t day, std::int32_t day_before, const State& before,
                   const State& now) {
    const auto tell = [&](std::optional<HistoryLine> line) {
      if (line && told(line->place, place)) history_.lines.push_back(std::move(*line));
    };
    for (const std::uint32_t each : reads_.thresholds) {
      if (!reads(now, &Reads::thresholds, each)) continue;
      const model::Threshold& threshold = library_.thresholds[each];
      const bool read_before = reads(before, &Reads::thresholds, each);
      tell(threshold_line(library_, threshold, read_before ? library_.in_force(threshold, place, day_before) : nullptr,
                          library_.in_force(threshold, place, day), day));
    }
    for (const std::uint32_t each : reads_.code_lists) {
      if (!reads(now, &Reads::code_lists, each)) continue;
      const model::CodeList& list = library_.code_lists[each];
      const bool read_before = reads(before, &Reads::code_lists, each);
      tell(codes_line(library_, list, read_before ? library_.in_force(list, place, day_before) : nullptr,
                      library_.in_force(list, place, day), day));
    }
  }
};

}  // namespace

History history_of(const model::Library& library, std::string_view full_name, model::PlaceId place) {
  History history;
  history.library = &library;
  history.policy = full_name;
  history.place = place;
  for (const model::Policy& policy : library.policies) {
    if (policy.full_name() != full_name) continue;
    history.label = policy.label;
    history.payment = policy.payment;
  }
  Historian(library, full_name, history).follow();
  return history;
}

}  // namespace proviso::output
