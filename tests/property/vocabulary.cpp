#include "property/vocabulary.hpp"

#include <algorithm>

#include "property/relations.hpp"
#include "reference/calendar.hpp"

namespace proviso::property {
namespace {

const std::vector<std::string>& code_systems() {
  static const std::vector<std::string> systems = {"opcs4", "icd10", "hrg", "tfc", "ods"};
  return systems;
}

Type make_type(Random& random, const Vocabulary& vocabulary) {
  static const std::vector<Sort> sorts = {
      Sort::truth,    Sort::truth, Sort::truth,   Sort::number,      Sort::number,      Sort::quantity,
      Sort::quantity, Sort::money, Sort::percent, Sort::date,        Sort::date,        Sort::duration,
      Sort::text,     Sort::code,  Sort::code,    Sort::enumeration, Sort::enumeration, Sort::place};
  Type type;
  type.sort = random.pick(sorts);
  if (type.sort == Sort::place && vocabulary.places.empty()) type.sort = Sort::truth;
  if (type.sort == Sort::quantity) type.unit = random.pick(random.pick(unit_families()));
  // Two systems, so that codes meet each other.
  if (type.sort == Sort::code) type.system = random.chance(70) ? "opcs4" : random.pick(code_systems());
  if (type.sort == Sort::enumeration) {
    type.enumeration =
        static_cast<std::size_t>(random.between(0, static_cast<long>(vocabulary.enumerations.size()) - 1));
  }
  return type;
}

std::string field_name(const Type& type, std::size_t number) {
  static const char* const letters[] = {"flag", "num",  "qty",   "cash",  "share",  "when", "span",
                                        "span", "span", "words", "coded", "choice", "site"};
  return letters[static_cast<int>(type.sort)] + std::string("_") + std::to_string(number);
}

Field make_field(Random& random, const Vocabulary& vocabulary, std::size_t number, Vocabularies options) {
  Field field;
  field.type = make_type(random, vocabulary);
  field.name = field_name(field.type, number);
  const Sort sort = field.type.sort;
  if ((sort == Sort::number || sort == Sort::quantity || sort == Sort::truth) && random.chance(15)) {
    field.measured = true;
    if (random.chance(80))
      field.valid = std::to_string(random.between(1, 18)) + (random.chance(70) ? " months" : " weeks");
  } else if (!options.monotone && random.chance(12) && sort != Sort::duration) {
    Pool unused;
    field.assume = make_literal(random, vocabulary, field.type, unused);
  } else if (sort == Sort::text && random.chance(30)) {
    field.nhs_number = true;
  }
  return field;
}

std::string record_declaration(const Vocabulary& vocabulary, const std::string& name,
                               const std::vector<Field>& fields) {
  std::string text = "record " + name + " {\n";
  std::string others;
  for (const Field& field : fields) {
    std::string type = vocabulary.spelling(field.type);
    if (field.shape == Field::Shape::record) type = field.record;
    if (field.shape == Field::Shape::list_of_records) type = "list of " + field.record;
    if (field.shape == Field::Shape::list_of_values) type = "list of " + type;
    text += "  " + field.name + "  " + type;
    if (field.measured) text += " measured";
    if (!field.valid.empty()) text += " valid " + field.valid;
    if (!field.assume.empty()) text += " assume " + field.assume;
    if (field.nhs_number) text += " check nhs_number";
    if (field.price) text += " price";
    text += "\n";
    if (!field.record.empty()) others += record_declaration(vocabulary, field.record, field.fields);
  }
  return text + "}\n" + others;
}

}  // namespace

std::vector<Field> make_fields(Random& random, const Vocabulary& vocabulary, std::size_t count, Vocabularies options) {
  std::vector<Field> fields;
  for (std::size_t i = 0; i < count; ++i) fields.push_back(make_field(random, vocabulary, i, options));
  return fields;
}

std::string Vocabulary::spelling(const Type& type) const {
  switch (type.sort) {
    case Sort::truth:
      return "yes/no";
    case Sort::number:
      return "number";
    case Sort::quantity:
      return "number " + type.unit;
    case Sort::money:
      return "money";
    case Sort::percent:
      return "percent";
    case Sort::date:
      return "date";
    case Sort::months:
    case Sort::days:
    case Sort::duration:
      return "duration";
    case Sort::text:
      return "text";
    case Sort::code:
      return "code " + type.system;
    case Sort::enumeration:
      return enumerations[type.enumeration].name;
    case Sort::place:
      return "place";
  }
  return "";
}

std::string Vocabulary::declarations() const {
  std::string text;
  for (const Enumeration& enumeration : enumerations) {
    text += "type " + enumeration.name + " = " + (enumeration.ordered ? "scale " : "one of ");
    for (std::size_t i = 0; i < enumeration.values.size(); ++i) {
      if (i > 0) text += enumeration.ordered ? " < " : ", ";
      text += enumeration.values[i];
    }
    text += "\n";
  }
  text += record_declaration(*this, "Case", fields);
  if (!register_fields.empty()) text += record_declaration(*this, "Permit", register_fields);
  for (const Relation& relation : relations) text += relation.text;
  return text;
}

std::string Vocabulary::place_declaration() const {
  if (places.empty()) return "";
  std::string text = "places {\n";
  int open = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    // One whose outer place was left out is inside the one before.
    const int depth = std::min(places[i].depth, open);
    for (; open > depth; --open) text += "}\n";
    text += places[i].name;
    for (const std::string& code : places[i].ods) text += " ods:" + code;
    const bool has_inner = i + 1 < places.size() && places[i + 1].depth > depth;
    text += has_inner ? " {\n" : "\n";
    open += has_inner ? 1 : 0;
  }
  for (; open > 0; --open) text += "}\n";
  return text + "}\n";
}

bool Vocabulary::inside(const std::string& inner, const std::string& outer) const {
  if (outer.empty() || inner == outer) return true;
  int depth = -1;
  for (const Place& place : places) {
    if (depth >= 0 && place.depth <= depth) depth = -1;
    if (place.name == outer) depth = place.depth;
    if (depth >= 0 && place.name == inner) return true;
  }
  return false;
}

namespace {

/// Two or three levels, mostly below one outermost place.
std::vector<Place> make_places(Random& random) {
  std::vector<Place> places;
  int number = 0;
  const auto add = [&](int depth) {
    static const char* const words[] = {"Realm", "Shire", "Town"};
    Place place{words[depth] + std::to_string(number), depth, {}};
    if (random.chance(depth == 0 ? 20 : 70)) place.ods.push_back("0" + std::to_string(number) + "P");
    if (random.chance(15)) place.ods.push_back("Q0" + std::to_string(number));
    ++number;
    places.push_back(place);
  };
  for (int outer = random.chance(15) ? 2 : 1; outer > 0; --outer) {
    add(0);
    for (long inner = random.between(outer == 1 ? 2 : 1, 3); inner > 0; --inner) {
      add(1);
      for (long innermost = random.chance(50) ? random.between(1, 2) : 0; innermost > 0 && number < 8; --innermost)
        add(2);
    }
  }
  return places;
}

}  // namespace

Vocabulary make_vocabulary(Random& random, Vocabularies options) {
  Vocabulary vocabulary;
  if (options.placed) vocabulary.places = make_places(random);
  for (int i = 0; i < 3; ++i) {
    Enumeration enumeration;
    enumeration.name = "grade_" + std::to_string(i);
    enumeration.ordered = i != 0;
    const bool quoted = random.chance(30);
    for (long value = 0; value < random.between(2, 5) + 0; ++value) {
      const std::string plain = std::string("v") + std::to_string(i) + (quoted ? "/" : "_") + std::to_string(value);
      enumeration.values.push_back(quoted ? '"' + plain + '"' : plain);
    }
    if (enumeration.values.size() < 2) enumeration.values.push_back("v" + std::to_string(i) + "_last");
    vocabulary.enumerations.push_back(enumeration);
  }
  Field id;
  id.name = "id";
  id.type.sort = Sort::text;
  Field referred;
  referred.name = "referred";
  referred.type.sort = Sort::date;
  // The checker takes a record's only date for the deciding one: with two there are policies without.
  Field closed = referred;
  closed.name = "closed";
  vocabulary.fields = {id, referred, closed};
  if (!vocabulary.places.empty()) {
    Field home;
    home.name = "home";
    home.type.sort = Sort::place;
    if (!options.monotone && random.chance(5)) home.assume = random.pick(vocabulary.places).name;
    vocabulary.fields.push_back(home);
  }
  if (options.ledger) {
    Field charge;
    charge.name = "charge";
    charge.type.sort = Sort::money;
    charge.price = true;
    vocabulary.fields.push_back(charge);
  }
  for (Field& field : make_fields(random, vocabulary, static_cast<std::size_t>(random.between(5, 14)), options)) {
    vocabulary.fields.push_back(std::move(field));
  }
  if (random.chance(60)) {
    Field nested;
    nested.name = "person";
    nested.shape = Field::Shape::record;
    nested.record = "Person";
    nested.fields = make_fields(random, vocabulary, static_cast<std::size_t>(random.between(2, 6)), options);
    vocabulary.fields.push_back(nested);
  }
  if (random.chance(75)) {
    Field list;
    list.name = "episodes";
    list.shape = Field::Shape::list_of_records;
    list.record = "Episode";
    list.fields = make_fields(random, vocabulary, static_cast<std::size_t>(random.between(2, 5)), options);
    if (random.chance(40)) {
      Field inner;
      inner.name = "parts";
      inner.shape = Field::Shape::list_of_records;
      inner.record = "Part";
      inner.fields = make_fields(random, vocabulary, static_cast<std::size_t>(random.between(1, 3)), options);
      list.fields.push_back(inner);
    }
    if (random.chance(25)) {
      Field nested;
      nested.name = "detail";
      nested.shape = Field::Shape::record;
      nested.record = "Detail";
      nested.fields = make_fields(random, vocabulary, static_cast<std::size_t>(random.between(1, 3)), options);
      list.fields.push_back(nested);
    }
    vocabulary.fields.push_back(list);
  }
  for (long i = random.between(0, 2); i > 0; --i) {
    Field list;
    list.shape = Field::Shape::list_of_values;
    list.type = make_type(random, vocabulary);
    list.name = "many_" + std::to_string(i);
    if (list.type.sort == Sort::truth || list.type.sort == Sort::duration) list.type = {Sort::number};
    vocabulary.fields.push_back(list);
  }
  if (options.ledger) add_relations(random, vocabulary, options);
  return vocabulary;
}

std::string digits(long millionths) {
  std::string text = std::to_string(millionths < 0 ? -millionths : millionths);
  while (text.size() < 7) text = "0" + text;
  text.insert(text.size() - 6, ".");
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return millionths < 0 ? "-" + text : text;
}

std::string make_code(Random& random, const std::string& system) {
  const auto digit = [&](long most) { return std::to_string(random.between(0, most)); };
  if (system == "opcs4" || system == "icd10") {
    // Few categories, so that codes meet lists.
    std::string code = std::string(1, static_cast<char>('A' + random.between(0, 1))) + digit(1) + digit(3);
    if (random.chance(60)) code += "." + digit(5);
    return code;
  }
  if (system == "hrg")
    return "AB" + digit(1) + digit(3) +
           (random.chance(70) ? std::string(1, static_cast<char>('A' + random.between(0, 3))) : "");
  if (system == "tfc") return "1" + digit(1) + digit(9);
  return "X" + digit(2) + digit(9);
}

std::string make_literal(Random& random, const Vocabulary& vocabulary, const Type& type, Pool& pool) {
  const auto number = [&](const std::string& unit, long most, long step) {
    long value = random.between(0, most) * step;
    if (random.chance(3))
      value = random.pick(
          std::vector<long>{0, 1, 9'223'372'036'854'775'807L, 4'611'686'018'427'387'904L, 1'000'000'000'000L});
    pool.numbers[unit].push_back(value);
    return value;
  };
  static const std::vector<long> steps = {1'000'000, 1'000'000, 500'000, 10'000, 1};
  switch (type.sort) {
    case Sort::truth:
      return random.chance(50) ? "yes" : "no";
    case Sort::number:
      return digits(number("", 40, random.pick(steps)));
    case Sort::quantity:
      return digits(number(type.unit, 60, random.pick(steps))) + ' ' + type.unit;
    case Sort::money: {
      if (random.chance(30)) {
        const long pence = random.between(0, 999);
        pool.numbers["£"].push_back(pence * 10'000);
        return std::to_string(pence) + 'p';
      }
      return "£" + digits(number("£", 5000, 10'000));
    }
    case Sort::percent: {
      const long hundredths = random.between(0, 200);
      pool.numbers["%"].push_back(hundredths * 10'000);
      return std::to_string(hundredths) + '%';
    }
    case Sort::date: {
      const long first = reference::number_of({2018, 1, 1});
      long day = first + random.between(0, 365 * 6);
      if (random.chance(10))
        day = random.pick(std::vector<long>{1, reference::last_day_number, reference::number_of({2020, 2, 29}),
                                            reference::number_of({2019, 1, 31})});
      pool.dates.push_back(day);
      return reference::format_day(day);
    }
    case Sort::duration:
    case Sort::months:
    case Sort::days: {
      static const std::vector<std::string> in_months = {" months", " months", " years"};
      static const std::vector<std::string> in_days = {" days", " days", " weeks"};
      const bool months = type.sort == Sort::months || (type.sort == Sort::duration && random.chance(50));
      const std::string text = std::to_string(random.between(0, 30)) + random.pick(months ? in_months : in_days);
      pool.durations.push_back(text);
      return text;
    }
    case Sort::text:
      return '"' + std::string(1, static_cast<char>('a' + random.between(0, 4))) + '"';
    case Sort::code: {
      const std::string code = make_code(random, type.system);
      pool.codes[type.system].push_back(code);
      return type.system + ":" + code;
    }
    case Sort::enumeration:
      return random.pick(vocabulary.enumerations[type.enumeration].values);
    case Sort::place:
      return random.pick(vocabulary.places).name;
  }
  return "";
}

}  // namespace proviso::property
