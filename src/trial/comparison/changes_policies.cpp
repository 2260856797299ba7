#include <algorithm>
#include <iterator>
#include <set>

#include "output/policy_view.hpp"
#include "output/show_compare_parts.hpp"
#include "output/show_values.hpp"
#include "output/show_variations.hpp"
#include "trial/comparison/changes_parts.hpp"
#include "value/calendar.hpp"

// Policies and their versions.
namespace proviso::trial {
namespace {

using model::Policy;
using Versions = std::vector<const Policy*>;

std::map<std::string, Versions> versions_by_name(const model::Library& library) {
  std::map<std::string, Versions> result;
  for (const Policy& policy : library.policies) result[policy.full_name()].push_back(&policy);
  return result;
}

std::string version_name(const Policy& policy) {
  return policy.effective.first == INT32_MIN ? std::string() : value::format_date(policy.effective.first);
}

std::string places_of(const model::Library& library, const Policy& policy) {
  return policy.places.empty() ? std::string("everywhere") : output::spell_places(library, policy.places);
}

std::string period_of(const Policy& policy) {
  const std::string period = output::spell(policy.effective);
  return period.empty() ? std::string("always") : period;
}

/// A version in a few lines: what it is, since when and where, and all that it asks.
std::string version_summary(const model::Library& library, const Policy& policy) {
  std::vector<std::string> text;
  text.push_back(std::string(model::spelling(policy.status)) + ", " +
                 std::string(model::spelling(policy.written().category)) + ", " + period_of(policy) + ", " +
                 places_of(library, policy));
  if (!policy.applies_expression.empty()) text.push_back("applies when " + policy.applies_expression);
  for (const model::Clause& clause : policy.written().clauses) {
    if (!clause.sentence.empty()) text.push_back(clause.sentence + ":");
    text.push_back(output::head(clause));
    for (const model::Criterion& each : clause.condition.criteria) output::add_lines(text, each, 2);
  }
  return lines(text);
}

TextChange whole_version(const model::Library& library, const Policy& policy, bool is_new) {
  TextChange change;
  change.what = "version";
  change.name = version_name(policy);
  change.version = version_name(policy);
  change.days = policy.effective;
  (is_new ? change.after : change.before) = version_summary(library, policy);
  change.kind = is_new ? ChangeKind::added : ChangeKind::removed;
  return change;
}

struct VersionPair {
  const Policy* old_version = nullptr;
  const Policy* new_version = nullptr;
};

/// Versions of one first day are one, a draft and another only where nothing else fits; what is left over is paired
/// where it is one on each side.
std::vector<VersionPair> pair_versions(Versions olds, const Versions& news) {
  std::vector<VersionPair> pairs;
  for (const Policy* each : news) pairs.push_back({nullptr, each});
  const auto take = [&](const auto& fits) {
    for (VersionPair& pair : pairs) {
      if (pair.old_version != nullptr) continue;
      const auto found =
          std::find_if(olds.begin(), olds.end(), [&](const Policy* old) { return fits(*old, *pair.new_version); });
      if (found == olds.end()) continue;
      pair.old_version = *found;
      olds.erase(found);
    }
  };
  const auto same_day = [](const Policy& a, const Policy& b) { return a.effective.first == b.effective.first; };
  const auto is_draft = [](const Policy& policy) { return policy.status == model::Status::draft; };
  take([&](const Policy& a, const Policy& b) { return same_day(a, b) && is_draft(a) == is_draft(b); });
  take(same_day);
  const auto lone =
      std::count_if(pairs.begin(), pairs.end(), [](const auto& pair) { return pair.old_version == nullptr; });
  if (lone == 1 && olds.size() == 1) take([](const Policy&, const Policy&) { return true; });
  for (const Policy* each : olds) pairs.push_back({each, nullptr});
  return pairs;
}

class VersionComparer {
 public:
  VersionComparer(Compared& compared, const Policy& old_policy, const Policy& new_policy,
                  std::vector<TextChange>& changes)
      : compared_(compared), old_(old_policy), new_(new_policy), changes_(changes) {}

  void compare() {
    const std::size_t first = changes_.size();
    const model::Library& olds = compared_.old_library;
    const model::Library& news = compared_.new_library;
    compared_.meanings.read_records(old_.record, new_.record);
    add_change(changes_, "label", old_.label, new_.label, ChangeKind::reworded);
    add_change(changes_, "record", olds.records[old_.record].name, news.records[new_.record].name);
    add("status", model::spelling(old_.status), model::spelling(new_.status));
    add("category", model::spelling(old_.written().category), model::spelling(new_.written().category));
    add_change(changes_, "period", period_of(old_), period_of(new_));
    add_change(changes_, "source", output::spell_sources(old_.sources), output::spell_sources(new_.sources),
               ChangeKind::reworded);
    add_change(changes_, "places", places_of(olds, old_), places_of(news, new_));
    add_change(changes_, "dated by", fact_name(olds, old_.record, old_.dated_by),
               fact_name(news, new_.record, new_.dated_by));
    add_change(changes_, "placed by", fact_name(olds, old_.record, old_.placed_by),
               fact_name(news, new_.record, new_.placed_by));
    add_change(changes_, "applies when", old_.applies_expression, new_.applies_expression);
    compare_clauses(old_, new_, changes_);
    add_change(changes_, "notes", lines(old_.notes), lines(new_.notes), ChangeKind::reworded);
    add_change(changes_, "unverified", lines(old_.unverified), lines(new_.unverified), ChangeKind::reworded);
    compare_hidden();
    for (std::size_t i = first; i < changes_.size(); ++i) {
      changes_[i].version = version_name(new_);
      changes_[i].days = either(old_.effective, new_.effective);
    }
  }

 private:
  Compared& compared_;
  const Policy& old_;
  const Policy& new_;
  std::vector<TextChange>& changes_;

  void add(const char* what, std::string_view was, std::string_view is) {
    add_change(changes_, what, std::string(was), std::string(is));
  }

  /// Forms made by the same variations, by place and first day, are one.
  std::set<std::string> made_by(const model::Library& library, const model::Form& form) const {
    std::set<std::string> result;
    for (const std::uint32_t number : form.variations) {
      const model::Variation& variation = library.variations[number];
      result.insert(whose(place_name(library, variation.place), {variation.period.first, INT32_MAX}));
    }
    return result;
  }

  /// What is not in a criterion's own words: the definitions that it uses.
  void compare_hidden() {
    std::set<std::string> told;
    for (const model::Form& new_form : new_.forms) {
      const auto same = std::find_if(old_.forms.begin(), old_.forms.end(), [&](const model::Form& old_form) {
        return made_by(compared_.old_library, old_form) == made_by(compared_.new_library, new_form);
      });
      if (same == old_.forms.end()) continue;
      const std::vector<Leaf> olds = leaves_of(old_, *same);
      for (const Leaf& leaf : leaves_of(new_, new_form)) {
        const auto other = std::find_if(olds.begin(), olds.end(), [&](const Leaf& each) {
          return each.name == leaf.name && each.expression == leaf.expression;
        });
        if (other == olds.end() || compared_.meanings.same(other->node, leaf.node)) continue;
        if (told.insert(leaf.name + ": " + leaf.expression).second) tell(*other, leaf);
      }
    }
  }

  /// The lists that an expression goes over, by name.
  static std::set<std::string> lists_in(const model::Library& library, model::NodeId root) {
    std::set<std::string> lists;
    std::set<model::NodeId> seen;
    std::vector<model::NodeId> open = {root};
    while (!open.empty()) {
      const model::NodeId id = open.back();
      open.pop_back();
      if (id == model::none || !seen.insert(id).second) continue;
      const model::Node& node = library.nodes[id];
      if (node.loop != model::none) {
        const model::Loop& loop = library.loops[node.loop];
        lists.insert(library.records[loop.record].facts[loop.list].name);
      }
      open.insert(open.end(), node.operands.begin(), node.operands.end());
    }
    return lists;
  }

  void tell(const Leaf& was, const Leaf& is) {
    // A definition is told for itself.
    if (!compared_.meanings.changed_definitions(was.node, is.node).empty()) return;
    // So is a relation, whose condition stands in every expression that goes over its lines.
    const std::string& record = compared_.new_library.records[new_.record].name;
    if (reads_changed_relation(compared_, record, lists_in(compared_.new_library, is.node))) return;
    TextChange change;
    change.what = is.name == "applies when" ? "applies when" : "criterion";
    change.name = is.name == "applies when" ? "" : is.name;
    change.before = was.expression;
    change.after = is.expression + same_words;
    changes_.push_back(std::move(change));
  }
};

}  // namespace

std::vector<ChangedThing> changed_policies(Compared& compared) {
  std::vector<ChangedThing> result;
  auto olds = versions_by_name(compared.old_library);
  auto news = versions_by_name(compared.new_library);
  std::set<std::string> names;
  for (const auto* each : {&olds, &news}) {
    for (const auto& [name, versions] : *each) names.insert(name);
  }
  for (const std::string& name : names) {
    ChangedThing thing;
    thing.what = "policy";
    thing.name = name;
    thing.label = (news.count(name) != 0 ? news : olds)[name].front()->label;
    if (olds.count(name) == 0 || news.count(name) == 0) {
      const bool is_new = olds.count(name) == 0;
      for (const Policy* each : (is_new ? news : olds)[name]) {
        thing.changes.push_back(whole_version(is_new ? compared.new_library : compared.old_library, *each, is_new));
        thing.changes.back().what = "policy";
      }
    } else {
      for (const VersionPair& pair : pair_versions(olds[name], news[name])) {
        if (pair.old_version == nullptr) {
          thing.changes.push_back(whole_version(compared.new_library, *pair.new_version, true));
        } else if (pair.new_version == nullptr) {
          thing.changes.push_back(whole_version(compared.old_library, *pair.old_version, false));
        } else {
          VersionComparer(compared, *pair.old_version, *pair.new_version, thing.changes).compare();
        }
      }
    }
    compare_variations(compared, name, thing.changes);
    if (!thing.changes.empty()) result.push_back(std::move(thing));
  }
  return result;
}

}  // namespace proviso::trial
