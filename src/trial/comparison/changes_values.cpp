#include <algorithm>
#include <functional>
#include <set>

#include "output/show_values.hpp"
#include "trial/comparison/changes_parts.hpp"

// Thresholds and code lists: whose value it is and since when says which value is which.
namespace proviso::trial {
namespace {

/// Pairs the values of one place: those of one first day, then those that say the same, then the only ones left.
template <class Value>
struct ValuePair {
  const Value* was = nullptr;
  const Value* is = nullptr;
};
template <class Value>
std::vector<ValuePair<Value>> pair_values(const Compared& compared, const std::vector<Value>& olds,
                                          const std::vector<Value>& news,
                                          const std::function<bool(const Value&, const Value&)>& same_value) {
  std::vector<ValuePair<Value>> pairs;
  pairs.reserve(std::max(olds.size(), news.size()));
  for (const Value& each : news) pairs.push_back({nullptr, &each});
  std::set<const Value*> taken;
  const auto take = [&](const auto& fits) {
    for (ValuePair<Value>& pair : pairs) {
      if (pair.was != nullptr) continue;
      for (const Value& old : olds) {
        const bool same_place =
            place_name(compared.old_library, old.place) == place_name(compared.new_library, pair.is->place);
        if (!same_place || taken.count(&old) != 0 || !fits(old, *pair.is)) continue;
        pair.was = &old;
        taken.insert(&old);
        break;
      }
    }
  };
  take([](const Value& a, const Value& b) { return a.period.first == b.period.first; });
  take(same_value);
  for (const Value& old : olds) {
    if (taken.count(&old) == 0) pairs.push_back({&old, nullptr});
  }
  return pairs;
}

/// Adds what is otherwise in one value: what it says, its days, its source.
template <class Value>
void add_value(const Compared& compared, const ValuePair<Value>& pair, const char* what, std::string was,
               std::string is, std::vector<TextChange>& changes) {
  const Value& shown = pair.is != nullptr ? *pair.is : *pair.was;
  TextChange change;
  change.what = what;
  change.place = place_name(pair.is != nullptr ? compared.new_library : compared.old_library, shown.place);
  change.name = whose(change.place, {shown.period.first, INT32_MAX});
  change.days = pair.was != nullptr && pair.is != nullptr ? either(pair.was->period, pair.is->period) : shown.period;
  const auto add = [&](ChangeKind kind, std::string before, std::string after) {
    TextChange each = change;
    each.kind = kind;
    each.before = std::move(before);
    each.after = std::move(after);
    add_change(changes, std::move(each));
  };
  const bool both = pair.was != nullptr && pair.is != nullptr;
  if (!both) {
    // A value that ends says until when.
    if (shown.period.last != INT32_MAX) {
      std::string& text = pair.is != nullptr ? is : was;
      text += " " + output::spell({INT32_MIN, shown.period.last});
    }
    return add(ChangeKind::changed, std::move(was), std::move(is));
  }
  add(ChangeKind::changed, std::move(was), std::move(is));
  add(ChangeKind::moved, output::spell(pair.was->period), output::spell(pair.is->period));
  change.what = "source";
  add(ChangeKind::reworded, output::spell(pair.was->source), output::spell(pair.is->source));
}

std::string bounds_of(const model::Library& library, const model::Threshold& threshold) {
  if (!threshold.bounds) return "no place may vary it";
  const auto& bounds = *threshold.bounds;
  if (!bounds.least || !bounds.greatest) return "places may vary it";
  return "may vary from " + model::format(library, *bounds.least) + " to " + model::format(library, *bounds.greatest);
}

ChangedThing compare(const Compared& compared, const Matched& matched, const model::Threshold& old,
                     const model::Threshold& now) {
  ChangedThing thing = named_thing(compared, matched, Readers::Kind::threshold, "threshold");
  const model::Library& olds = compared.old_library;
  const model::Library& news = compared.new_library;
  add_change(thing.changes, "type", model::format(olds, old.type), model::format(news, now.type));
  add_change(thing.changes, "bounds", bounds_of(olds, old), bounds_of(news, now));
  const auto same = [&](const model::ThresholdValue& a, const model::ThresholdValue& b) {
    return compared.meanings.same(a.constant, b.constant);
  };
  for (const auto& pair : pair_values<model::ThresholdValue>(compared, old.values, now.values, same)) {
    const bool wanted = (pair.was != nullptr && compared.wanted.in_force(olds, old, old.values, *pair.was)) ||
                        (pair.is != nullptr && compared.wanted.in_force(news, now, now.values, *pair.is));
    if (!wanted) continue;
    add_value(compared, pair, "value", pair.was == nullptr ? "" : model::format(olds, pair.was->constant),
              pair.is == nullptr ? "" : model::format(news, pair.is->constant), thing.changes);
  }
  add_change(thing.changes, "unverified", old.unverified, now.unverified, ChangeKind::reworded);
  return thing;
}

/// The codes before and after; of long lists only those that the other has not.
std::pair<std::string, std::string> codes_of(value::CodeSystem system, const model::CodeBlock& was,
                                             const model::CodeBlock& is) {
  if (was.firsts == is.firsts && was.lasts == is.lasts) return {};
  constexpr std::size_t short_enough = 8;
  if (std::max(was.firsts.size(), is.firsts.size()) <= short_enough) {
    return {output::spell_codes(system, was), output::spell_codes(system, is)};
  }
  const std::string gone = output::spell_difference(system, was, is);
  const std::string come = output::spell_difference(system, is, was);
  return {gone.empty() ? "without these" : "with " + gone + (come.empty() ? "" : ", without these"),
          come.empty() ? "without these" : "with " + come + (gone.empty() ? "" : ", without those")};
}

ChangedThing compare(const Compared& compared, const Matched& matched, const model::CodeList& old,
                     const model::CodeList& now) {
  ChangedThing thing = named_thing(compared, matched, Readers::Kind::codes, "codes");
  add_change(thing.changes, "type", "code " + std::string(value::spelling(old.system)),
             "code " + std::string(value::spelling(now.system)));
  const auto same = [](const model::CodeBlock& a, const model::CodeBlock& b) {
    return a.firsts == b.firsts && a.lasts == b.lasts;
  };
  for (const auto& pair : pair_values<model::CodeBlock>(compared, old.blocks, now.blocks, same)) {
    const auto& wanted = compared.wanted;
    const bool shown = (pair.was != nullptr && wanted.in_force(compared.old_library, old, old.blocks, *pair.was)) ||
                       (pair.is != nullptr && wanted.in_force(compared.new_library, now, now.blocks, *pair.is));
    if (!shown) continue;
    std::pair<std::string, std::string> codes;
    if (pair.was != nullptr && pair.is != nullptr) {
      codes = codes_of(now.system, *pair.was, *pair.is);
    } else if (pair.was != nullptr) {
      codes.first = output::spell_codes(old.system, *pair.was);
    } else {
      codes.second = output::spell_codes(now.system, *pair.is);
    }
    add_value(compared, pair, "codes", std::move(codes.first), std::move(codes.second), thing.changes);
  }
  add_change(thing.changes, "source", output::spell(old.source), output::spell(now.source), ChangeKind::reworded);
  add_change(thing.changes, "unverified", old.unverified, now.unverified, ChangeKind::reworded);
  return thing;
}

template <class Declared>
std::vector<ChangedThing> changed(Compared& compared, const std::vector<Declared>& olds,
                                  const std::vector<Declared>& news, Readers::Kind kind) {
  std::vector<ChangedThing> result;
  for (const Matched& matched : match(olds, compared.old_readers, news, compared.new_readers, kind)) {
    // What is there once is compared with nothing, so that all its values are told.
    Declared nothing;
    const Declared& known = matched.new_number != model::none ? news[matched.new_number] : olds[matched.old_number];
    nothing = known;
    if constexpr (std::is_same_v<Declared, model::Threshold>) {
      nothing.values.clear();
    } else {
      nothing.blocks.clear();
    }
    const Declared& old = matched.old_number == model::none ? nothing : olds[matched.old_number];
    const Declared& now = matched.new_number == model::none ? nothing : news[matched.new_number];
    ChangedThing thing = compare(compared, matched, old, now);
    if (!thing.changes.empty()) result.push_back(std::move(thing));
  }
  return result;
}

}  // namespace

std::vector<ChangedThing> changed_thresholds(Compared& compared) {
  return changed(compared, compared.old_library.thresholds, compared.new_library.thresholds, Readers::Kind::threshold);
}

std::vector<ChangedThing> changed_code_lists(Compared& compared) {
  return changed(compared, compared.old_library.code_lists, compared.new_library.code_lists, Readers::Kind::codes);
}

}  // namespace proviso::trial
