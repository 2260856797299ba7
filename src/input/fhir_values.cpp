#include "input/fhir_values.hpp"

#include <algorithm>
#include <set>

#include "input/fhir_numbers.hpp"
#include "input/fhir_systems.hpp"
#include "input/record_errors.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"
#include "value/instant.hpp"
#include "value/ucum.hpp"

namespace proviso::input::fhir {
namespace {

using value::Kind;

/// Of a number, a percentage or a length of time: `5.60000001%`.
bool is_too_fine(std::string_view text) {
  text = text.substr(0, text.find_first_of(" %"));
  return value::parse_decimal(text, true).error == value::DecimalError::too_many_places;
}

bool is_unitless(std::string_view unit) { return unit.empty() || unit == "1" || unit.front() == '{'; }

}  // namespace

FactValues::FactValues(const FhirMapping& mapping)
    : mapping_(mapping), values_(mapping.library(), false), chunk_(mapping.library(), mapping.record_index()) {}

bool FactValues::because(std::string why) {
  why_ = std::move(why);
  return false;
}

std::optional<std::string> FactValues::json(dom::element element, const Asked& asked) {
  why_.clear();
  Plain plain;
  if (asked.fact == model::none) {
    if (!read_text(element, plain)) return std::nullopt;
    std::string out;
    append_json(out, plain.text);
    return out;
  }
  const model::Fact& fact = mapping_.record().facts[asked.fact];
  if (!read(element, asked, fact, plain)) return std::nullopt;
  plain.on = std::string(asked.on);
  return checked(asked, fact, plain);
}

bool FactValues::read(dom::element element, const Asked& asked, const model::Fact& fact, Plain& plain) {
  bool done = false;
  if (asked.source != nullptr && !asked.source->meanings.empty()) {
    const bool read = read_meaning(element, asked, fact, plain, done);
    if (done) return read;
  }
  switch (fact.type.kind) {
    case Kind::truth:
      return read_truth(element, plain);
    case Kind::number:
    case Kind::quantity:
    case Kind::percent:
      return read_number(element, asked, fact, plain);
    case Kind::money:
      return read_money(element, asked, plain);
    case Kind::date:
      return read_date(element, plain);
    case Kind::duration:
      return read_duration(element, plain);
    case Kind::code:
      return read_code(element, asked, fact, plain);
    case Kind::place:
      return read_organisation(element, asked, plain);
    case Kind::enumeration:
    case Kind::scale:
      return read_word(element, asked, plain);
    case Kind::text:
      return read_text(element, plain);
    default:
      return because("is of a type that no resource gives");
  }
}

// What the mapping says that a code means. Where it says nothing of it, the value may still be one as it stands.
bool FactValues::read_meaning(dom::element element, const Asked& asked, const model::Fact& fact, Plain& plain,
                              bool& done) {
  std::set<std::optional<std::string>> meanings;
  for_each_coding(element, [&](std::string_view system, std::string_view code) {
    for (const FhirMeaning& each : asked.source->meanings) {
      const bool fits = each.code.system.empty() ? system.empty() && code == each.code.code
                                                 : is_of_code(code, each.code.system, each.code.code) &&
                                                       is_of_system(system, each.code.system);
      if (fits) meanings.insert(each.value);
    }
  });
  done = !meanings.empty();
  if (!done) return false;
  if (meanings.size() > 1) return because("has codes that mean different things");
  if (!*meanings.begin()) return because("");
  plain.text = **meanings.begin();
  plain.value.form = Form::text;
  if (fact.type.kind == Kind::truth) plain.value.form = plain.text == "yes" ? Form::yes : Form::no;
  return true;
}

bool FactValues::read_truth(dom::element element, Plain& plain) {
  bool yes = false;
  if (element.get_bool().get(yes) != simdjson::SUCCESS) return because("is not `true` or `false`");
  plain.value.form = yes ? Form::yes : Form::no;
  return true;
}

bool FactValues::read_number(dom::element element, const Asked& asked, const model::Fact& fact, Plain& plain) {
  plain.value.form = Form::number;
  const auto quantity = as_object(element);
  const std::string wanted = asked.source == nullptr ? std::string() : asked.source->unit;
  if (!quantity) {
    const auto digits = number_text(element);
    if (!digits) return because("is not a number");
    if (fact.type.kind != Kind::number || !wanted.empty()) return because("has no unit");
    plain.text = *digits;
    return true;
  }
  const auto value = member(*quantity, "value");
  const auto digits = value ? number_text(*value) : std::nullopt;
  if (!digits) return because("has no number");
  if (member(*quantity, "comparator")) return because("is only known to lie above or below a number");
  plain.text = *digits;
  std::string_view unit = text_of(*quantity, "code");
  const std::string_view system = text_of(*quantity, "system");
  if (!unit.empty() && !system.empty() && !is_of_system(system, "ucum"))
    return because("has a unit that is not of UCUM");
  if (unit.empty()) unit = text_of(*quantity, "unit");
  if (!wanted.empty() && unit != wanted &&
      !(value::unit_of_ucum(unit) && value::unit_of_ucum(unit) == value::unit_of_ucum(wanted))) {
    return because(unit.empty() ? "has no unit" : "has another unit than the mapping says");
  }
  if (fact.type.kind == Kind::number) {
    return is_unitless(unit) || !wanted.empty() || because("has a unit, and the fact has none");
  }
  if (unit.empty()) return because("has no unit");
  const auto spelling = value::unit_of_ucum(unit);
  if (fact.type.kind == Kind::percent) {
    if (spelling != "%") return because("has a unit that does not convert to that of the fact");
    plain.value.form = Form::text;
    plain.text += '%';
    return true;
  }
  const auto known = spelling ? value::unit_by_spelling(*spelling) : std::nullopt;
  if (!known || value::dimension(*known) != value::dimension(fact.type.unit)) {
    return because("has a unit that does not convert to that of the fact");
  }
  plain.unit = std::string(*spelling);
  return true;
}

// Money, or an answer in pounds, as the question asks for them.
bool FactValues::read_money(dom::element element, const Asked& asked, Plain& plain) {
  plain.value.form = Form::number;
  const auto answer = asked.source == nullptr ? number_text(element) : std::nullopt;
  if (answer) {
    plain.text = *answer;
    return true;
  }
  const auto money = as_object(element);
  const auto value = money ? member(*money, "value") : std::nullopt;
  const auto digits = value ? number_text(*value) : std::nullopt;
  if (!digits) return because("has no amount");
  const std::string_view currency = text_of(*money, "currency");
  if ((currency.empty() ? text_of(*money, "code") : currency) != "GBP") return because("is not in pounds");
  plain.text = *digits;
  return true;
}

bool FactValues::read_date(dom::element element, Plain& plain) {
  const auto day = value::parse_day(as_text(element));
  if (!day) return because("is not the date of a whole day");
  plain.text = value::format_date(*day);
  plain.value.form = Form::text;
  return true;
}

// `{"value": 6, "code": "wk"}`, or an answer in words.
bool FactValues::read_duration(dom::element element, Plain& plain) {
  plain.value.form = Form::text;
  plain.text = std::string(as_text(element));
  if (!plain.text.empty()) return true;
  const auto quantity = as_object(element);
  const auto value = quantity ? member(*quantity, "value") : std::nullopt;
  const auto digits = value ? number_text(*value) : std::nullopt;
  if (!digits || member(*quantity, "comparator")) return because("has no number");
  const std::string_view code = text_of(*quantity, "code");
  const auto unit = value::unit_of_ucum(code.empty() ? text_of(*quantity, "unit") : code);
  if (!unit) return because("has no unit of time");
  plain.text = *digits + ' ' + std::string(*unit);
  return true;
}

bool FactValues::read_code(dom::element element, const Asked& asked, const model::Fact& fact, Plain& plain) {
  const value::CodeSystem system = fact.type.system;
  plain.value.form = Form::text;
  if (system == value::CodeSystem::ods) return read_organisation(element, asked, plain);
  std::set<std::string> codes;
  bool any = false;
  for_each_coding(element, [&](std::string_view address, std::string_view code) {
    any = true;
    // A plain text, or the answer to a question that asks for a code of that system.
    const bool unsaid = address.empty() && (asked.source == nullptr || !as_text(element).empty());
    if (!unsaid && !names_system(address, system)) return;
    if (const auto packed = value::parse_code(system, code)) codes.insert(value::format_code(system, *packed));
  });
  if (codes.size() == 1) {
    plain.text = *codes.begin();
    return true;
  }
  const std::string name(value::spelling(system));
  if (codes.size() > 1) return because("has several codes of " + name);
  return because(any ? "has no code of " + name : "has no code");
}

// An Identifier, a Reference, a Coding, or a name or code as it stands.
bool FactValues::read_organisation(dom::element element, const Asked& asked, Plain& plain) {
  plain.value.form = Form::text;
  if (const std::string_view text = as_text(element); !text.empty()) {
    plain.text = std::string(text);
    return true;
  }
  const auto object = as_object(element);
  if (!object) return because("names no organisation");
  const auto identified = [&](dom::object identifier) {
    if (!plain.text.empty() || !is_of_system(text_of(identifier, "system"), "ods")) return;
    plain.text = std::string(text_of(identifier, "value"));
  };
  identified(*object);
  for_each_object(*object, "identifier", identified);
  const std::string_view reference = text_of(*object, "reference");
  if (plain.text.empty() && is_of_system(reference, "ods") && reference.rfind('/') != std::string_view::npos) {
    plain.text = std::string(reference.substr(reference.rfind('/') + 1));
  }
  if (plain.text.empty() && !reference.empty() && asked.documents != nullptr) {
    const std::size_t found = asked.documents->find(reference, asked.resource);
    if (found != Resource::none) {
      for_each_object(asked.documents->resources()[found].json, "identifier", identified);
    }
  }
  for_each_coding(element, [&](std::string_view system, std::string_view code) {
    if (plain.text.empty() && (system.empty() ? asked.source == nullptr : is_of_system(system, "ods"))) {
      plain.text = std::string(code);
    }
  });
  return !plain.text.empty() || because("has no ODS code");
}

// A word of FHIR's own or of the fact's.
bool FactValues::read_word(dom::element element, const Asked& asked, Plain& plain) {
  plain.value.form = Form::text;
  std::set<std::string> words;
  bool coded = false;
  for_each_coding(element, [&](std::string_view system, std::string_view code) {
    coded = true;
    if (system.empty()) words.emplace(code);
  });
  if (words.size() == 1) {
    plain.text = *words.begin();
    return true;
  }
  if (words.size() > 1) return because("has several codes");
  if (asked.source == nullptr) return because("is not one of the fact's values");
  return because(coded ? "has no code whose meaning the mapping says" : "has no code");
}

bool FactValues::read_text(dom::element element, Plain& plain) {
  plain.value.form = Form::text;
  plain.text = std::string(as_text(element));
  return !plain.text.empty() || because("is not a text");
}

// That the record will have it as it is.
std::optional<std::string> FactValues::checked(const Asked& asked, const model::Fact& fact, const Plain& plain) {
  GivenParts parts;
  parts.value = {plain.value.form, plain.text};
  if (!plain.unit.empty()) parts.unit = {Form::text, plain.unit};
  if (!plain.on.empty()) parts.on = {Form::text, plain.on};
  chunk_.clear();
  std::size_t row = chunk_.add_row(0);
  if (fact.level != 0) {
    const model::LevelId level = fact.level;
    std::vector<model::LevelId> levels = {level};
    while (mapping_.record().levels[levels.back()].parent != 0) {
      levels.push_back(mapping_.record().levels[levels.back()].parent);
    }
    for (auto each = levels.rbegin(); each != levels.rend(); ++each) {
      chunk_.begin_list(mapping_.record().levels[*each].list, row);
      row = chunk_.add_row(*each);
    }
  }
  if (values_.fill(chunk_, asked.fact, row, parts) != Fit::known) {
    because(fact.nhs_number                 ? "is not an NHS number with a right check digit"
            : fact.type.kind == Kind::place ? "is not a place of the library"
            : is_too_fine(plain.text)       ? "has more than six places after the point"
                                            : "is not a value that the fact can have");
    return std::nullopt;
  }
  std::string value;
  if (parts.value.form == Form::text) {
    append_json(value, plain.text);
  } else {
    value = parts.value.form == Form::number ? plain.text : parts.value.form == Form::yes ? "true" : "false";
  }
  if (plain.unit.empty() && plain.on.empty()) return value;
  std::string out = "{\"value\": " + value;
  if (!plain.unit.empty()) append_json(out += ", \"unit\": ", plain.unit);
  if (!plain.on.empty()) append_json(out += ", \"on\": ", plain.on);
  return out + '}';
}

}  // namespace proviso::input::fhir
