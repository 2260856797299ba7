#include "property/relations.hpp"

#include <algorithm>

#include "reference/calendar.hpp"

namespace proviso::property {
namespace {

/// A single value of a record itself, by which lines may be found.
struct Path {
  std::string name;
  Type type;
};

std::vector<Path> paths_of(const std::vector<Field>& fields, const std::string& prefix = "") {
  std::vector<Path> paths;
  for (const Field& field : fields) {
    if (field.shape == Field::Shape::value && !field.measured) paths.push_back({prefix + field.name, field.type});
    if (field.shape != Field::Shape::record) continue;
    const std::vector<Path> inner = paths_of(field.fields, prefix + field.name + '.');
    paths.insert(paths.end(), inner.begin(), inner.end());
  }
  return paths;
}

std::vector<Path> of_type(const std::vector<Path>& paths, const Type& type) {
  std::vector<Path> same;
  for (const Path& path : paths) {
    if (path.type == type) same.push_back(path);
  }
  return same;
}

/// What elements of a relation have: all but lists.
std::vector<Field> without_lists(const std::vector<Field>& fields) {
  std::vector<Field> result;
  for (const Field& field : fields) {
    if (field.shape == Field::Shape::list_of_records || field.shape == Field::Shape::list_of_values) continue;
    result.push_back(field);
    result.back().fields = without_lists(field.fields);
  }
  return result;
}

class RelationMaker {
 public:
  RelationMaker(Random& random, Vocabulary& vocabulary) : random_(random), vocabulary_(vocabulary) {
    own_ = paths_of(vocabulary.fields);
    // Keys that few lines share are tried too, but not often.
    for (const Path& path : own_) {
      if (path.name == "id") continue;
      const Sort sort = path.type.sort;
      const bool usual = sort == Sort::text || sort == Sort::code || sort == Sort::enumeration || sort == Sort::place;
      for (int more = usual ? 4 : 1; more > 0; --more) likely_.push_back(path);
    }
  }

  void add_register(Vocabularies options) {
    Field id;
    id.name = "id";
    id.type.sort = Sort::text;
    vocabulary_.register_fields = {id};
    for (int i = 0; i < 3; ++i) {
      Field same;
      same.type = random_.pick(likely_).type;
      same.name = "same_" + std::to_string(i);
      vocabulary_.register_fields.push_back(same);
    }
    Field until;
    until.name = "until";
    until.type.sort = Sort::date;
    vocabulary_.register_fields.push_back(until);
    const auto count = static_cast<std::size_t>(random_.between(2, 5));
    for (Field& field : make_fields(random_, vocabulary_, count, options)) {
      vocabulary_.register_fields.push_back(std::move(field));
    }
  }

  void add_relation(bool to_register) {
    const std::vector<Field>& fields = to_register ? vocabulary_.register_fields : vocabulary_.fields;
    const std::vector<Path> others = paths_of(fields);
    Relation relation = start(to_register ? "permits_" : "others_", fields);
    relation.to_register = to_register;
    std::vector<std::string> terms;
    for (long left = random_.chance(40) ? 2 : 1; left > 0; --left) {
      const auto [own, other] = key(others, to_register);
      relation.keys.emplace_back(own, other);
      terms.push_back(equality("e." + other, own));
    }
    if (random_.chance(65)) terms.push_back(window(relation, others));
    std::string condition;
    if (random_.chance(30)) std::reverse(terms.begin(), terms.end());
    for (const std::string& term : terms) condition += (condition.empty() ? "" : " and ") + term;
    relation.text =
        "relate " + relation.name + " on Case: e " + (to_register ? "in Permit " : "") + "where " + condition + "\n";
    vocabulary_.relations.push_back(relation);
  }

  void add_group() {
    Relation group = start("group_", vocabulary_.fields);
    group.is_group = true;
    std::vector<std::string> keys;
    for (long left = random_.between(1, 2); left > 0; --left) {
      const std::string key = random_.pick(likely_).name;
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
    for (const std::string& key : keys) group.keys.emplace_back(key, key);
    for (long left = random_.between(0, 2); left > 0; --left) {
      const Path by = random_.pick(own_);
      // Which of two places comes first is nobody's business, nor which of a month and thirty days.
      const Sort sort = by.type.sort;
      const bool is_ordered = sort != Sort::enumeration || vocabulary_.enumerations[by.type.enumeration].ordered;
      const bool has_order = is_ordered && sort != Sort::place && sort != Sort::duration;
      const bool again = std::find(group.order.begin(), group.order.end(), by.name) != group.order.end();
      if (has_order && !again) group.order.push_back(by.name);
    }
    group.text = "group " + group.name + " on Case by " + in_a_row(keys) +
                 (group.order.empty() ? "" : " ordered by " + in_a_row(group.order));
    group.text += "\n";
    vocabulary_.relations.push_back(group);
  }

 private:
  Random& random_;
  Vocabulary& vocabulary_;
  std::vector<Path> own_;
  std::vector<Path> likely_;

  Relation start(const std::string& prefix, const std::vector<Field>& fields) {
    Relation relation;
    relation.name = prefix + std::to_string(vocabulary_.relations.size());
    relation.list.name = relation.name;
    relation.list.shape = Field::Shape::list_of_records;
    relation.list.fields = without_lists(fields);
    return relation;
  }

  static std::string in_a_row(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
  }

  /// A fact of the line, and one of the same type of the other.
  std::pair<std::string, std::string> key(const std::vector<Path>& others, bool to_register) {
    // A register has facts of types that lines have, but not of all.
    std::vector<Path> own_ones = likely_;
    std::erase_if(own_ones, [&](const Path& path) { return of_type(others, path.type).empty(); });
    const Path own = random_.pick(own_ones);
    // Mostly the same fact of both lines.
    if (!to_register && random_.chance(85)) return {own.name, own.name};
    std::vector<Path> fitting = of_type(others, own.type);
    // Ids tell lines apart.
    std::erase_if(fitting, [&](const Path& path) { return !to_register && path.name == "id"; });
    return {own.name, random_.pick(fitting).name};
  }

  std::string equality(const std::string& left, const std::string& right) {
    return random_.chance(70) ? left + " = " + right : right + " = " + left;
  }

  /// A condition on a date of the line and one of the other.
  std::string window(Relation& relation, const std::vector<Path>& others) {
    const std::string own = random_.pick(of_type(own_, {Sort::date})).name;
    const std::string other = random_.pick(of_type(others, {Sort::date})).name;
    relation.dates.emplace_back(own, other);
    const std::string length = random_.chance(60)
                                   ? std::to_string(random_.between(0, 60)) + (random_.chance(70) ? " days" : " weeks")
                                   : std::to_string(random_.between(0, 4)) + " months";
    const std::string before = random_.chance(60) ? " before " : " after ";
    switch (random_.between(0, 9)) {
      case 0:
        return "e." + other + (random_.chance(50) ? " <= " : " > ") + own;
      case 1:
        return "e." + other + " between " + own + " and " + own + " + " + length;
      case 2:
        return own + " within " + length + before + "e." + other;
      default:
        return "e." + other + " within " + length + before + own;
    }
  }
};

Json::json_pointer pointer_to(const std::string& path) {
  std::string pointer = "/" + path;
  std::replace(pointer.begin(), pointer.end(), '.', '/');
  return Json::json_pointer(pointer);
}

/// Says the value, where the record has what it would be part of.
void set_at(Json& record, const std::string& path, const Json& value) {
  const std::size_t dot = path.find('.');
  if (dot == std::string::npos) {
    record[path] = value;
  } else if (record.contains(path.substr(0, dot)) && record[path.substr(0, dot)].is_object()) {
    set_at(record[path.substr(0, dot)], path.substr(dot + 1), value);
  }
}

/// Few values of the fact for all lines and records of the register, so that many agree in it.
void narrow(Random& random, reference::Ledger& ledger, const std::pair<std::string, std::string>& key,
            std::vector<Json>* others, std::size_t kinds) {
  std::vector<Json> values;
  for (const Json& line : ledger.lines) {
    const Json value = value_at(line, key.first);
    if (!value.is_null() && values.size() < kinds) values.push_back(value);
  }
  if (values.empty()) return;
  for (Json& line : ledger.lines) {
    if (random.chance(90)) set_at(line, key.first, random.pick(values));
  }
  if (others == nullptr) return;
  for (Json& other : *others) {
    if (random.chance(90)) set_at(other, key.second, random.pick(values));
  }
}

void draw_near(Random& random, std::vector<Json>& lines, const std::string& path, long around) {
  for (Json& line : lines) {
    if (!random.chance(75)) continue;
    set_at(line, path, reference::format_day(around + random.between(-60, 60)));
  }
}

}  // namespace

Json value_at(const Json& record, const std::string& path) {
  const Json::json_pointer at = pointer_to(path);
  return record.contains(at) ? record[at] : Json(nullptr);
}

void add_relations(Random& random, Vocabulary& vocabulary, Vocabularies options) {
  RelationMaker maker(random, vocabulary);
  for (long left = random.between(0, 2); left > 0; --left) maker.add_relation(false);
  for (long left = random.between(0, 2); left > 0; --left) maker.add_group();
  if (random.chance(50) || vocabulary.relations.empty()) {
    maker.add_register(options);
    for (long left = random.between(1, 2); left > 0; --left) maker.add_relation(true);
  }
}

reference::Ledger make_ledger(Random& random, const Vocabulary& vocabulary, const Pool& pool, std::size_t lines,
                              LedgerOptions options) {
  reference::Ledger ledger;
  for (std::size_t i = 0; i < lines; ++i) {
    ledger.lines.push_back(make_record(random, vocabulary, pool, options.missing));
    ledger.lines.back()["id"] = "r" + std::to_string(i);
    if (options.distinct) continue;
    if (random.chance(10)) ledger.lines.back()["id"] = "r" + std::to_string(random.between(0, 3));
    if (random.chance(5)) ledger.lines.back().erase("id");
  }
  if (options.distinct && random.chance(30)) ledger.lines[lines / 2].erase("id");
  std::vector<Json>* permits = nullptr;
  if (!vocabulary.register_fields.empty() && !random.chance(7)) {
    permits = &ledger.registers["Permit"];
    for (long left = random.between(0, static_cast<long>(lines)); left > 0; --left) {
      permits->push_back(make_register_record(random, vocabulary, pool, options.missing));
    }
  }
  // So many that a line has some ten others at most, or none at all.
  const std::size_t kinds = 1 + lines / static_cast<std::size_t>(random.between(3, 10));
  for (const Relation& relation : vocabulary.relations) {
    std::vector<Json>* const others = relation.to_register ? permits : &ledger.lines;
    for (const auto& key : relation.keys) narrow(random, ledger, key, others, kinds);
    const long around = reference::number_of({2019, 1, 1}) + random.between(0, 1000);
    for (const auto& [own, other] : relation.dates) {
      draw_near(random, ledger.lines, own, around);
      if (others != nullptr) draw_near(random, *others, other, around);
    }
  }
  return ledger;
}

}  // namespace proviso::property
