#include <algorithm>
#include <set>

#include "trial/comparison/changes_parts.hpp"
#include "value/format.hpp"

// Places, records and their facts.
namespace proviso::trial {
namespace {

std::string spell(const model::Library& library, const model::Place& place) {
  std::string text = place.parent == model::none ? "outermost" : "in " + library.places[place.parent].name;
  if (!place.label.empty()) text += ", \"" + place.label + "\"";
  for (const std::string& code : place.ods) text += " ods:" + code;
  return text;
}

/// As its field is declared, without its name.
std::string spell(const model::Library& library, const model::Fact& fact) {
  std::string text = fact.in_percent ? "number %" : model::format(library, fact.type);
  if (fact.measured) {
    text += " measured";
    if (fact.valid != 0) text += " valid " + value::format_duration(fact.valid, fact.valid_kind);
  }
  if (fact.assumed) text += " assume " + model::format(library, *fact.assumed);
  if (fact.nhs_number) text += " check nhs_number";
  return text;
}

/// What a list of plain values holds has the list's name and is told by its type.
bool is_plain_element(const model::Fact& fact) { return fact.path.empty(); }

std::string words(const model::Fact& fact) {
  std::string text = fact.label;
  if (!fact.ask.empty()) text += (text.empty() ? "" : "\n") + ("ask: " + fact.ask);
  return text;
}

}  // namespace

std::vector<ChangedThing> changed_places(const Compared& compared) {
  ChangedThing thing;
  thing.what = "places";
  const model::Library& olds = compared.old_library;
  const model::Library& news = compared.new_library;
  const auto find = [](const model::Library& library, const std::string& name) {
    const auto found = std::find_if(library.places.begin(), library.places.end(),
                                    [&](const model::Place& each) { return each.name == name; });
    return found == library.places.end() ? nullptr : &*found;
  };
  const auto add = [&](const model::Place* old, const model::Place* now) {
    TextChange change;
    change.what = "place";
    change.name = now != nullptr ? now->name : old->name;
    change.place = change.name;
    change.before = old == nullptr ? "" : spell(olds, *old);
    change.after = now == nullptr ? "" : spell(news, *now);
    const bool both = old != nullptr && now != nullptr;
    if (both && place_name(olds, old->parent) != place_name(news, now->parent)) change.kind = ChangeKind::moved;
    add_change(thing.changes, std::move(change));
  };
  for (const model::Place& now : news.places) add(find(olds, now.name), &now);
  for (const model::Place& old : olds.places) {
    if (find(news, old.name) == nullptr) add(&old, nullptr);
  }
  if (thing.changes.empty()) return {};
  return {std::move(thing)};
}

std::vector<ChangedThing> changed_records(Compared& compared) {
  std::vector<ChangedThing> result;
  const model::Library& olds = compared.old_library;
  const model::Library& news = compared.new_library;
  std::set<std::string> names;
  for (const model::Library* library : {&olds, &news}) {
    for (const model::Record& record : library->records) names.insert(record.name);
  }
  for (const std::string& name : names) {
    const std::uint32_t old_number = olds.record(name);
    const std::uint32_t new_number = news.record(name);
    static const std::vector<model::Fact> nothing;
    const auto& old_facts = old_number == model::none ? nothing : olds.records[old_number].facts;
    const auto& new_facts = new_number == model::none ? nothing : news.records[new_number].facts;
    ChangedThing thing;
    thing.what = "record";
    thing.name = name;
    const auto find = [](const std::vector<model::Fact>& facts, const std::string& fact) {
      const auto found = std::find_if(facts.begin(), facts.end(), [&](const model::Fact& each) {
        return !is_plain_element(each) && each.name == fact;
      });
      return found == facts.end() ? nullptr : &*found;
    };
    const auto add = [&](const model::Fact* old, const model::Fact* now) {
      const std::size_t told = thing.changes.size();
      TextChange change;
      change.what = "fact";
      change.name = now != nullptr ? now->name : old->name;
      TextChange reworded = change;
      reworded.kind = ChangeKind::reworded;
      change.before = old == nullptr ? "" : spell(olds, *old);
      change.after = now == nullptr ? "" : spell(news, *now);
      add_change(thing.changes, std::move(change));
      if (old != nullptr && now != nullptr) {
        reworded.before = words(*old);
        reworded.after = words(*now);
        add_change(thing.changes, std::move(reworded));
      }
      if (thing.changes.size() == told) return;
      const auto number = [](const model::Fact* fact, const std::vector<model::Fact>& facts) {
        return static_cast<std::uint32_t>(fact - facts.data());
      };
      using Kind = Readers::Kind;
      std::vector<Reader> readers;
      if (old != nullptr) readers = compared.old_readers.of(Kind::fact, number(old, old_facts), old_number);
      if (now != nullptr) {
        readers = together(std::move(readers), compared.new_readers.of(Kind::fact, number(now, new_facts), new_number));
      }
      if (!compared.wanted.read_by(readers)) {
        thing.changes.resize(told);
        return;
      }
      thing.read_by = together(std::move(thing.read_by), readers);
    };
    for (const model::Fact& now : new_facts) {
      if (!is_plain_element(now)) add(find(old_facts, now.name), &now);
    }
    for (const model::Fact& old : old_facts) {
      if (!is_plain_element(old) && find(new_facts, old.name) == nullptr) add(&old, nullptr);
    }
    if (!thing.changes.empty()) result.push_back(std::move(thing));
  }
  return result;
}

}  // namespace proviso::trial
