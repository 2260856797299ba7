#include "reference/facts.hpp"

#include <cctype>

#include "reference/evaluate.hpp"

namespace proviso::reference {
namespace {

const syntax::Field* field_named(const syntax::RecordDeclaration& record, const std::string& name) {
  for (const syntax::Field& field : record.fields) {
    if (field.name.text == name) return &field;
  }
  return nullptr;
}

const Json* member(const Json* object, const std::string& name) {
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto found = object->find(name);
  return found == object->end() || found->is_null() ? nullptr : &*found;
}

std::string written(const Json& json) { return json.is_string() ? json.get<std::string>() : json.dump(); }

/// `999 000 0018` and `999-000-0018` without what separates their digits; any other text as it is.
std::string unseparated(std::string text) {
  const auto separates = [&](std::size_t at) { return text[at] == ' ' || text[at] == '-'; };
  if (text.size() != 12 || !separates(3) || !separates(7)) return text;
  text.erase(7, 1);
  text.erase(3, 1);
  return text;
}

/// Modulus 11: the tenth digit makes up the sum of the others, weighted from 10 down to 2. Dummies are no patient's.
bool is_nhs_number(const std::string& digits) {
  if (digits.size() != 10 || digits.find_first_not_of("0123456789") != std::string::npos) return false;
  if (digits == std::string(10, digits[0]) || digits == "9000000009") return false;
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += (digits[static_cast<std::size_t>(i)] - '0') * (10 - i);
  const int check = (11 - sum % 11) % 11;
  return check != 10 && check == digits[9] - '0';
}

Value read_duration(const std::string& text) {
  const std::size_t blank = text.find(' ');
  const long count = std::stol(text.substr(0, blank));
  std::string unit = text.substr(blank + 1);
  if (unit.back() != 's') unit += 's';
  return duration(Integer{count} * (unit == "years" ? 12 : unit == "weeks" ? 7 : 1), unit == "weeks" || unit == "days");
}

/// The value inside what may be an object that says more of it.
Value read_value(const Json& given, Value value) {
  const Json& json = given.is_object() ? given.contains("code") ? given["code"] : given["value"] : given;
  value.known = true;
  switch (value.kind) {
    case Kind::truth:
      value.yes = json.get<bool>();
      break;
    case Kind::decimal: {
      std::optional<Integer> number = parse_number(written(json));
      if (given.is_object() && given.contains("unit")) number = convert(*number, written(given["unit"]), value.unit);
      return decimal(number, value.unit);
    }
    case Kind::date:
      return date(parse_day(written(json)));
    case Kind::duration:
      return read_duration(written(json));
    case Kind::code:
      value.text = plain_code(written(json));
      break;
    default:
      value.text = written(json);
  }
  return value;
}

}  // namespace

std::string plain_code(std::string_view code) {
  std::string plain;
  for (const char c : code) {
    if (c != '.') plain += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return plain;
}

const syntax::TypeExpression& resolved(const World& world, const File*& file, const syntax::TypeExpression& type) {
  if (type.word != "name") return type;
  const File* at = file;
  const auto* named = world.find<syntax::TypeDeclaration>(at, type.name);
  if (named == nullptr) return type;
  file = at;
  return resolved(world, file, named->type);
}

Value unknown_of_type(const World& world, const File* file, const syntax::TypeExpression& written_type) {
  const syntax::TypeExpression& type = resolved(world, file, written_type);
  Value value;
  if (type.word == "yes/no") value.kind = Kind::truth;
  if (type.word == "number" || type.word == "percent" || type.word == "money") {
    value.kind = Kind::decimal;
    value.unit = type.word == "money" ? "£" : type.unit == "%" ? "" : type.unit;
  }
  if (type.word == "date") value.kind = Kind::date;
  if (type.word == "duration") value.kind = Kind::duration;
  if (type.word == "text") value.kind = Kind::text;
  if (type.word == "code") value.kind = Kind::code;
  if (type.word == "place") value.kind = Kind::place;
  if (type.word == "one of" || type.word == "scale") {
    value.kind = Kind::enumeration;
    value.values = &type.values;
  }
  if (type.word == "list of") value.kind = Kind::list;
  return value;
}

namespace {

/// The list of a relation, or the rank in a group.
std::optional<Fact> find_related(const World& world, const Origin& record, const std::string& name) {
  if (!record.name.empty()) return std::nullopt;
  for (const Related& related : world.relations()) {
    if (related.record != record.record->name.text) continue;
    const bool is_rank = related.is_group && related.rank.name.text == name;
    if (!is_rank && related.list.name.text != name) continue;
    const syntax::Field& field = is_rank ? related.rank : related.list;
    return Fact{related.file, &field, &field.type, member(record.json, name), name, name, record.made_up, &related};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fact> find_fact(const World& world, const Origin& from, const std::string& path) {
  if (path.empty()) {
    if (from.record != nullptr) return std::nullopt;
    return Fact{from.file, nullptr, from.type, from.json, from.name, from.asked_as, from.made_up, from.related};
  }
  if (from.record == nullptr) return std::nullopt;
  const std::size_t dot = path.find('.');
  const syntax::Field* field = field_named(*from.record, path.substr(0, dot));
  if (field == nullptr) return find_related(world, from, path);
  const std::string name = from.name.empty() ? field->name.text : from.name + '.' + field->name.text;
  const Json* json = member(from.json, field->name.text);
  const File* file = from.file;
  const syntax::TypeExpression& type = resolved(world, file, field->type);
  if (dot == std::string::npos) {
    const std::string& asked_as = from.asked_as.empty() ? name : from.asked_as;
    return Fact{from.file, field, &field->type, json, name, asked_as, from.made_up, from.related};
  }
  if (type.word != "name") return std::nullopt;
  const auto* record = world.find<syntax::RecordDeclaration>(file, type.name);
  if (record == nullptr) return std::nullopt;
  const Origin inner{file, record, nullptr, json, name, from.asked_as, from.made_up, from.related};
  return find_fact(world, inner, path.substr(dot + 1));
}

std::optional<Fact> find_price(const World& world, const Origin& record) {
  for (const syntax::Field& field : record.record->fields) {
    if (field.price) return find_fact(world, record, field.name.text);
  }
  return std::nullopt;
}

Origin element_of(const World& world, const Fact& list, const Json* element, bool made_up) {
  const File* file = list.file;
  const syntax::TypeExpression& type = resolved(world, file, *list.type);
  const syntax::TypeExpression& inner = resolved(world, file, type.element.front());
  Origin origin{file,
                nullptr,
                &inner,
                element != nullptr && element->is_null() ? nullptr : element,
                list.name,
                list.asked_as,
                made_up || list.made_up,
                list.related};
  if (inner.word == "name") {
    origin.record = world.find<syntax::RecordDeclaration>(file, inner.name);
    origin.file = file;
  }
  return origin;
}

bool is_whole(const Fact& list) { return list.json != nullptr && list.json->is_array(); }

const Json& elements_of(const Fact& list) {
  static const Json none = Json::array();
  if (list.json == nullptr) return none;
  return list.json->is_array() ? *list.json : list.json->at("some");
}

bool is_assumed(const Fact& fact) {
  return fact.json == nullptr && fact.field != nullptr && fact.field->assume != syntax::no_expression;
}

Reading read(const World& world, const Fact& fact, std::optional<DayNumber> deciding) {
  const Value unknown = unknown_of_type(world, fact.file, *fact.type);
  if (is_assumed(fact)) {
    return {in_terms_of(evaluate_literal(*fact.file->tree, fact.field->assume), unknown), false};
  }
  if (fact.json == nullptr || unknown.kind == Kind::list) return {unknown, false};
  // An object may say nothing but when the measurement was taken.
  if (fact.json->is_object() && !fact.json->contains("code") && member(fact.json, "value") == nullptr) {
    return {unknown, false};
  }
  Value value = read_value(*fact.json, unknown);
  if (value.kind == Kind::place) {
    // By its name or an ODS code; one that is not declared is not known.
    const std::optional<std::string> place = world.places().called(value.text);
    if (!place) return {unknown, false};
    value.text = *place;
  }
  const File* file = fact.file;
  // What is declared as `number %` is given in hundredths.
  if (resolved(world, file, *fact.type).unit == "%") value.number /= 100;
  if (fact.field == nullptr) return {value, false};
  if (fact.field->check.text == "nhs_number") {
    // However it is written, it is the same number.
    value.text = unseparated(value.text);
    if (!is_nhs_number(value.text)) return {unknown, false};
  }
  if (!fact.field->measured || member(fact.json, "on") == nullptr) return {value, false};
  if (!deciding) return {unknown, false};
  const DayNumber taken = *parse_day(written((*fact.json)["on"]));
  bool counts = taken <= *deciding;
  if (fact.field->valid != syntax::no_expression) {
    const Value valid = negate(evaluate_literal(*fact.file->tree, fact.field->valid));
    const Value first = plus(date(*deciding), valid);
    counts = counts && (!first.known || first.day <= taken);
  }
  if (!counts) return {unknown, true};
  return {value, false};
}

}  // namespace proviso::reference
