#include <algorithm>
#include <set>

#include "trial/comparison/changes_parts.hpp"
#include "value/format.hpp"

// Places, records and their facts.
namespace proviso::trial {
namespace {

std::string spell_place(const model::Library& library, const model::Place& place) {
  std::string text = place.parent == model::none ? "outermost" : "in " + library.places[place.parent].name;
  if (!place.label.empty()) text += ", \"" + place.label + "\"";
  for (const std::string& code : place.ods) text += " ods:" + code;
  return text;
}

/// As its field is declared, without its name.
std::string spell_field(const model::Library& library, const model::Fact& fact) {
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

/// What relations bring is told by them.
bool is_brought(const model::Record& record, const model::Fact& fact) {
  if (fact.relation != model::none) return true;
  const model::FactId list = record.levels[fact.level].list;
  return list != model::none && record.facts[list].relation != model::none;
}

/// The facts that the record declares itself.
std::vector<const model::Fact*> own_facts(const model::Library& library, std::uint32_t number) {
  std::vector<const model::Fact*> facts;
  if (number == model::none) return facts;
  const model::Record& record = library.records[number];
  for (const model::Fact& fact : record.facts) {
    if (!is_plain_element(fact) && !is_brought(record, fact)) facts.push_back(&fact);
  }
  return facts;
}

/// All payments on the record are held to its price.
std::vector<Reader> payments_on(const model::Library& library, std::uint32_t record) {
  std::vector<Reader> readers;
  for (const model::Policy& policy : library.policies) {
    if (policy.payment && policy.record == record) readers = together(std::move(readers), {{policy.full_name(), {}}});
  }
  return readers;
}

/// Whoever reads the fact, which may be none; the price is for all payments.
std::vector<Reader> readers_of_fact(const Readers& readers, const model::Library& library, std::uint32_t record,
                                    const model::Fact* fact) {
  if (fact == nullptr) return {};
  const auto number = static_cast<model::FactId>(fact - library.records[record].facts.data());
  std::vector<Reader> all = readers.of(Readers::Kind::fact, number, record);
  if (number != library.records[record].price) return all;
  return together(std::move(all), payments_on(library, record));
}

std::string price_of(const model::Library& library, std::uint32_t number) {
  if (number == model::none || library.records[number].price == model::none) return {};
  return library.records[number].facts[library.records[number].price].name;
}

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
    change.before = old == nullptr ? "" : spell_place(olds, *old);
    change.after = now == nullptr ? "" : spell_place(news, *now);
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
    const std::vector<const model::Fact*> old_facts = own_facts(olds, old_number);
    const std::vector<const model::Fact*> new_facts = own_facts(news, new_number);
    ChangedThing thing;
    thing.what = "record";
    thing.name = name;
    const auto find = [](const std::vector<const model::Fact*>& facts, const std::string& fact) {
      const auto found =
          std::find_if(facts.begin(), facts.end(), [&](const model::Fact* each) { return each->name == fact; });
      return found == facts.end() ? nullptr : *found;
    };
    const auto add = [&](const model::Fact* old, const model::Fact* now) {
      const std::size_t told = thing.changes.size();
      TextChange change;
      change.what = "fact";
      change.name = now != nullptr ? now->name : old->name;
      TextChange reworded = change;
      reworded.kind = ChangeKind::reworded;
      change.before = old == nullptr ? "" : spell_field(olds, *old);
      change.after = now == nullptr ? "" : spell_field(news, *now);
      add_change(thing.changes, std::move(change));
      if (old != nullptr && now != nullptr) {
        reworded.before = words(*old);
        reworded.after = words(*now);
        add_change(thing.changes, std::move(reworded));
      }
      if (thing.changes.size() == told) return;
      const std::vector<Reader> readers = together(readers_of_fact(compared.old_readers, olds, old_number, old),
                                                   readers_of_fact(compared.new_readers, news, new_number, now));
      if (!compared.wanted.read_by(readers)) {
        thing.changes.resize(told);
        return;
      }
      thing.read_by = together(std::move(thing.read_by), readers);
    };
    for (const model::Fact* now : new_facts) add(find(old_facts, now->name), now);
    for (const model::Fact* old : old_facts) {
      if (find(new_facts, old->name) == nullptr) add(old, nullptr);
    }
    const std::vector<Reader> payments = together(payments_on(olds, old_number), payments_on(news, new_number));
    if (price_of(olds, old_number) != price_of(news, new_number) && compared.wanted.read_by(payments)) {
      add_change(thing.changes, "price", price_of(olds, old_number), price_of(news, new_number));
      thing.read_by = together(std::move(thing.read_by), payments);
    }
    if (!thing.changes.empty()) result.push_back(std::move(thing));
  }
  return result;
}

}  // namespace proviso::trial
