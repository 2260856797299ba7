#include <algorithm>

#include "output/show_compare_parts.hpp"
#include "output/show_values.hpp"
#include "output/show_variations.hpp"
#include "trial/comparison/changes_parts.hpp"

// What places make of a policy.
namespace proviso::trial {
namespace {

using model::Criterion;
using model::Variation;

std::vector<const Variation*> variations_of(const model::Library& library, const std::string& policy) {
  std::vector<const Variation*> result;
  for (const Variation& each : library.variations) {
    if (each.policy == policy) result.push_back(&each);
  }
  return result;
}

const Criterion* put_by(const std::vector<Criterion>& criteria, const std::string& name, std::uint32_t variation) {
  for (const Criterion& each : criteria) {
    if (each.name == name && each.variation == variation) return &each;
    if (const Criterion* inner = put_by(each.condition.criteria, name, variation)) return inner;
  }
  return nullptr;
}

/// What is inside the group that a variation puts into a policy; nothing for what is no group. Of the forms made with
/// it that with the fewest variations, in which no other has changed what is inside.
const std::vector<Criterion>* inside(const model::Library& library, std::uint32_t number, const model::Change& change) {
  const std::vector<Criterion>* found = nullptr;
  std::size_t fewest = 0;
  const Variation& variation = library.variations[number];
  for (const model::Policy& policy : library.policies) {
    if (policy.full_name() != variation.policy) continue;
    for (const model::Form& form : policy.forms) {
      if (found != nullptr && form.variations.size() >= fewest) continue;
      for (const model::Clause& clause : form.clauses) {
        const Criterion* criterion = put_by(clause.condition.criteria, change.name, number);
        const bool whole = change.clause && clause.variation == number && clause.name == change.name;
        if (criterion == nullptr && !whole) continue;
        found = whole ? &clause.condition.criteria : &criterion->condition.criteria;
        fewest = form.variations.size();
      }
    }
  }
  return found;
}

/// Each change in a line, with what it puts there; what is inside a group in lines below it.
std::string spell_changes(const model::Library& library, const Variation& variation) {
  std::vector<std::string> text;
  const auto number = static_cast<std::uint32_t>(&variation - library.variations.data());
  for (const model::Change& each : variation.changes) {
    std::string line = output::spell(each);
    if (!each.label.empty()) line += " \"" + each.label + "\"";
    if (!each.expression.empty()) line += ": " + each.expression;
    text.push_back(std::move(line));
    const std::vector<Criterion>* criteria = inside(library, number, each);
    if (criteria == nullptr) continue;
    for (const Criterion& criterion : *criteria) output::add_lines(text, criterion, 2);
  }
  for (const model::PlaceId each : variation.not_looser_than) {
    text.push_back("must not be looser than " + place_name(library, each));
  }
  return lines(text);
}

bool share_changes(const Variation& a, const Variation& b) {
  return std::any_of(a.changes.begin(), a.changes.end(), [&](const model::Change& each) {
    return std::any_of(b.changes.begin(), b.changes.end(),
                       [&](const model::Change& other) { return each.name == other.name; });
  });
}

std::string remarks(const Variation& variation) {
  std::vector<std::string> text;
  for (const std::string& each : variation.notes) text.push_back("note: " + each);
  for (const std::string& each : variation.unverified) text.push_back("unverified: " + each);
  return lines(text);
}

}  // namespace

void compare_variations(const Compared& compared, const std::string& policy, std::vector<TextChange>& changes) {
  std::vector<const Variation*> olds = variations_of(compared.old_library, policy);
  std::vector<const Variation*> news = variations_of(compared.new_library, policy);
  const auto add = [&](const Variation* was, const Variation* is, std::string before, std::string after,
                       ChangeKind kind) {
    const Variation& shown = is != nullptr ? *is : *was;
    TextChange change;
    change.kind = kind;
    change.what = "variation";
    change.place = place_name(is != nullptr ? compared.new_library : compared.old_library, shown.place);
    change.name = whose(change.place, shown.period);
    change.days = was != nullptr && is != nullptr ? either(was->period, is->period) : shown.period;
    change.before = std::move(before);
    change.after = std::move(after);
    add_change(changes, std::move(change));
  };
  const auto compare = [&](const Variation& was, const Variation& is) {
    add(&was, &is, output::spell(was.period), output::spell(is.period), ChangeKind::moved);
    add(&was, &is, spell_changes(compared.old_library, was), spell_changes(compared.new_library, is),
        ChangeKind::changed);
    add(&was, &is, output::spell_sources(was.sources), output::spell_sources(is.sources), ChangeKind::reworded);
    add(&was, &is, remarks(was), remarks(is), ChangeKind::reworded);
  };
  const auto take = [&](const auto& fits) {
    for (const Variation*& each : news) {
      if (each == nullptr) continue;
      const auto found = std::find_if(olds.begin(), olds.end(), [&](const Variation* old) {
        return old != nullptr &&
               place_name(compared.old_library, old->place) == place_name(compared.new_library, each->place) &&
               fits(*old, *each);
      });
      if (found == olds.end()) continue;
      compare(**found, *each);
      *found = nullptr;
      each = nullptr;
    }
  };
  // Always of one place. A place may have several of one day, written in any order.
  const auto same_day = [](const Variation& a, const Variation& b) { return a.period.first == b.period.first; };
  take([&](const Variation& a, const Variation& b) {
    return same_day(a, b) && spell_changes(compared.old_library, a) == spell_changes(compared.new_library, b);
  });
  take([&](const Variation& a, const Variation& b) { return same_day(a, b) && share_changes(a, b); });
  take(same_day);
  take(share_changes);
  take([](const Variation&, const Variation&) { return true; });
  for (const Variation* each : news) {
    if (each != nullptr) add(nullptr, each, {}, spell_changes(compared.new_library, *each), ChangeKind::added);
  }
  for (const Variation* each : olds) {
    if (each != nullptr) add(each, nullptr, spell_changes(compared.old_library, *each), {}, ChangeKind::removed);
  }
}

}  // namespace proviso::trial
