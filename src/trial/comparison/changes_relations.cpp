#include <algorithm>
#include <set>

#include "trial/comparison/changes_parts.hpp"
#include "value/format.hpp"

// Relations and groups: which of the other lines belong to a line.
namespace proviso::trial {
namespace {

using model::Library;
using model::Relation;

/// What a relation says, each part as a line.
struct RelationWords {
  std::string other;
  std::string keys;
  std::string order;
  std::string window;
};

std::string path(const Library& library, std::uint32_t record, model::FactId fact) {
  return library.records[record].facts[fact].path;
}

std::string spell_window(const Library& library, const Relation& relation) {
  if (!relation.window) return {};
  const Relation::Window& window = *relation.window;
  return path(library, relation.other, window.other) + " within " + value::format_duration(window.length, window.kind) +
         (window.before ? " before " : " after ") + path(library, relation.record, window.own);
}

RelationWords relation_words(const Revision& revision, const Relation& relation) {
  const Library& library = *revision.library;
  RelationWords words;
  words.other = "of " + library.records[relation.other].name;
  std::vector<std::string> keys;
  for (const auto& [own, other] : relation.keys) {
    const std::string own_path = path(library, relation.record, own);
    keys.push_back(relation.group ? "by " + own_path : path(library, relation.other, other) + " = " + own_path);
  }
  words.keys = lines(keys);
  if (relation.group) {
    std::vector<std::string> order;
    for (const model::FactId fact : relation.order) order.push_back("by " + path(library, relation.record, fact));
    words.order = order.empty() ? "by the lines' ids" : lines(order);
  }
  words.window = spell_window(library, relation);
  return words;
}

/// A condition on dates of another form than a window has no words but its own.
std::string own_words(const Revision& revision, const Relation& relation) {
  if (revision.sources == nullptr) return {};
  return one_spaced(revision.sources->text(relation.span));
}

std::string relation_summary(const RelationWords& words) {
  std::vector<std::string> text = {words.other, words.keys};
  if (!words.order.empty()) text.push_back("ordered " + words.order);
  if (!words.window.empty()) text.push_back(words.window);
  return lines(text);
}

void compare_relation(const Compared& compared, const Relation* old, const Relation* now,
                      std::vector<TextChange>& changes) {
  const RelationWords was = old == nullptr ? RelationWords() : relation_words(compared.olds, *old);
  const RelationWords is = now == nullptr ? RelationWords() : relation_words(compared.news, *now);
  if (old == nullptr || now == nullptr) {
    return add_change(changes, now != nullptr && now->group ? "group" : "relation",
                      old == nullptr ? "" : relation_summary(was), now == nullptr ? "" : relation_summary(is));
  }
  const auto kind = [](const Relation& relation) { return relation.group ? "a group" : "a relation"; };
  add_change(changes, "kind", kind(*old), kind(*now));
  add_change(changes, "lines", was.other, is.other);
  add_change(changes, "keys", was.keys, is.keys);
  add_change(changes, "order", was.order, is.order);
  if (old->window && now->window) return add_change(changes, "window", was.window, is.window);
  if (!changes.empty() || old->group || now->group) return;
  add_change(changes, "condition", own_words(compared.olds, *old), own_words(compared.news, *now));
}

using Named = std::pair<std::string, std::string>;  ///< of the record, and of the relation

std::set<Named> names_in(const Library& library) {
  std::set<Named> names;
  for (const Relation& each : library.relations) names.emplace(library.records[each.record].name, each.name);
  return names;
}

const Relation* relation_named(const Library& library, const Named& name) {
  const auto found = std::find_if(library.relations.begin(), library.relations.end(), [&](const Relation& each) {
    return each.name == name.second && library.records[each.record].name == name.first;
  });
  return found == library.relations.end() ? nullptr : &*found;
}

std::vector<Reader> readers_of(const Readers& readers, const Relation* relation) {
  if (relation == nullptr) return {};
  std::vector<Reader> all = readers.of(Readers::Kind::fact, relation->list, relation->record);
  if (relation->rank == model::none) return all;
  return together(std::move(all), readers.of(Readers::Kind::fact, relation->rank, relation->record));
}

}  // namespace

std::vector<ChangedThing> changed_relations(const Compared& compared) {
  std::vector<ChangedThing> result;
  std::set<Named> names = names_in(compared.old_library);
  names.merge(names_in(compared.new_library));
  for (const Named& name : names) {
    const Relation* old = relation_named(compared.old_library, name);
    const Relation* now = relation_named(compared.new_library, name);
    ChangedThing thing;
    thing.what = (now != nullptr ? now : old)->group ? "group" : "relation";
    thing.name = name.second;
    compare_relation(compared, old, now, thing.changes);
    if (thing.changes.empty()) continue;
    thing.read_by = together(readers_of(compared.old_readers, old), readers_of(compared.new_readers, now));
    result.push_back(std::move(thing));
  }
  return result;
}

bool reads_changed_relation(const Compared& compared, const std::string& record, const std::set<std::string>& lists) {
  return std::any_of(lists.begin(), lists.end(), [&](const std::string& list) {
    const Relation* old = relation_named(compared.old_library, {record, list});
    const Relation* now = relation_named(compared.new_library, {record, list});
    if (old == nullptr || now == nullptr) return false;
    std::vector<TextChange> changes;
    compare_relation(compared, old, now, changes);
    return !changes.empty();
  });
}

}  // namespace proviso::trial
