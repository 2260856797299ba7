#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "input/given.hpp"
#include "service/pages/answers.hpp"
#include "service/pages/wording.hpp"
#include "value/calendar.hpp"
#include "value/characters.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"

/// What a person types into the fields of one fact, read as the value that a record gives.
namespace proviso::service::pages {
namespace {

using value::Kind;

Said mistake(const std::string& field, std::string message) { return {nullptr, {{id_of(field), std::move(message)}}}; }

std::string in_quotes(std::string_view text) {
  constexpr std::size_t most = 60;
  return fmt::format("\u201c{}\u201d",
                     text.size() > most ? std::string(text.substr(0, most)) + "\u2026" : std::string(text));
}

/// `3`, and of a month also `march` or `mar`; 0 where it is none.
std::int32_t date_number(std::string_view text, bool is_month) {
  constexpr std::array<std::string_view, 12> names = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  const std::string word = value::small_letters(text);
  if (!is_month || word.size() < 3) return 0;
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](std::string_view name) { return name.substr(0, word.size()) == word; });
  return found == names.end() ? 0 : static_cast<std::int32_t>(found - names.begin()) + 1;
}

/// Three fields, `field` and then `day`, `month`, `year`. `what` names the date in messages. Null where all are blank.
Said read_date(const Answers& answers, const std::string& field, std::string_view what) {
  constexpr std::array<std::string_view, 3> parts = {"day", "month", "year"};
  std::array<std::string_view, 3> texts;
  for (std::size_t i = 0; i < parts.size(); ++i) texts[i] = value::trimmed(answers.text(field + std::string(parts[i])));
  if (std::all_of(texts.begin(), texts.end(), [](std::string_view text) { return text.empty(); })) return {};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (texts[i].empty())
      return mistake(field + std::string(parts[i]), fmt::format("{} must include a {}", what, parts[i]));
  }
  if (texts[2].size() != 4) return mistake(field + "year", fmt::format("{}: the year must have four digits", what));
  const auto date =
      value::date_from_civil(date_number(texts[2], false), date_number(texts[1], true), date_number(texts[0], false));
  if (!date) return mistake(field + "day", fmt::format("{} must be a real date", what));
  return {value::format_date(*date), {}};
}

/// The number as text, which JSON input takes as it takes numbers: nothing of it is lost on the way.
Said read_number(std::string_view text, const std::string& field, const model::Fact& fact, std::string_view unit) {
  std::string digits(text);
  if (fact.type.kind == Kind::money && digits.rfind("\u00a3", 0) == 0)
    digits.erase(0, std::string_view("\u00a3").size());
  if (!unit.empty() && digits.size() > unit.size() &&
      value::small_letters(digits.substr(digits.size() - unit.size())) == value::small_letters(unit)) {
    digits = value::trimmed(std::string_view(digits).substr(0, digits.size() - unit.size()));
  }
  const value::ParsedDecimal parsed = value::parse_decimal(digits);
  const std::string label = fact_label(fact);
  if (parsed.value) return {value::format_decimal(*parsed.value), {}};
  switch (parsed.error) {
    case value::DecimalError::too_many_places:
      return mistake(field, label + " must have at most six places after the point");
    case value::DecimalError::out_of_range:
      return mistake(field, label + " is out of range");
    case value::DecimalError::not_a_number:
      break;
  }
  return mistake(field,
                 fmt::format("{} must be a number{}{}, such as 30 or 31.5", label, unit.empty() ? "" : " of ", unit));
}

Said read_percent(std::string_view text, const std::string& field, const model::Fact& fact) {
  Said said = read_number(text, field, fact, "%");
  if (said.mistakes.empty()) said.value = said.value.get<std::string>() + "%";
  return said;
}

Said read_code(std::string_view text, const std::string& field, const model::Fact& fact) {
  // What a list of suggestions put there may have words behind the code.
  const auto code = value::parse_code(fact.type.system, text);
  if (code) return {value::format_code(fact.type.system, *code), {}};
  return mistake(field, fmt::format("{} is not a valid {} code. Enter one such as {}", in_quotes(text),
                                    system_name(fact.type.system), value::example_code(fact.type.system)));
}

Said read_place(const model::Library& library, std::string_view text, const std::string& field) {
  const std::string wanted = value::small_letters(text);
  for (model::PlaceId place = 0; place < library.places.size(); ++place) {
    const model::Place& each = library.places[place];
    const bool coded = std::any_of(each.ods.begin(), each.ods.end(),
                                   [&](const std::string& code) { return value::small_letters(code) == wanted; });
    if (coded || value::small_letters(each.name) == wanted || value::small_letters(each.label) == wanted)
      return {each.name, {}};
  }
  return mistake(field, fmt::format("{} is not a place with policies in this service", in_quotes(text)));
}

Said read_choice(const model::Library& library, const model::Fact& fact, std::string_view text,
                 const std::string& field) {
  if (text == not_known) return {};
  if (fact.type.kind == Kind::truth) {
    if (text == "yes" || text == "no") return {text == "yes", {}};
  } else {
    const auto& values = library.enumerations[fact.type.id].values;
    if (std::find(values.begin(), values.end(), text) != values.end()) return {std::string(text), {}};
  }
  return mistake(field, "Select one of the answers to: " + fact_question(fact));
}

Said read_text(const model::Fact& fact, std::string_view text, const std::string& field) {
  if (fact.nhs_number && !value::valid_nhs_number(text)) {
    return mistake(field, "This is not a valid NHS number: check its 10 digits");
  }
  return {std::string(text), {}};
}

Said read_single(const model::Library& library, const model::Fact& fact, std::string_view text,
                 const std::string& field) {
  switch (fact.type.kind) {
    case Kind::truth:
    case Kind::enumeration:
    case Kind::scale:
      return read_choice(library, fact, text, field);
    case Kind::number:
      return fact.in_percent ? read_percent(text, field, fact) : read_number(text, field, fact, {});
    case Kind::percent:
      return read_percent(text, field, fact);
    case Kind::money:
      return read_number(text, field, fact, {});
    case Kind::quantity:
      return read_number(text, field, fact, value::spelling(fact.type.unit));
    case Kind::code:
      return read_code(text, field, fact);
    case Kind::place:
      return read_place(library, text, field);
    default:
      return read_text(fact, text, field);
  }
}

Said read_measured(const Answers& answers, const model::Fact& fact, Said said, const std::string& field) {
  Said on = read_date(answers, field + ":on-", "The date of the measurement");
  if (!on.mistakes.empty()) return on;
  if (on.value.is_null())
    return mistake(field + ":on-day", "Enter the date on which it was measured: " + fact_label(fact));
  return {Json{{"value", std::move(said.value)}, {"on", std::move(on.value)}}, {}};
}

/// The elements of which anything is said. An element of which part is not known is there all the same.
Said read_list(const Answers& answers, model::FactId list) {
  const model::Record& record = answers.record();
  const std::string own = field_of(record.facts[list]);
  const std::vector<model::FactId> facts = element_facts(record, list);
  Json elements = Json::array();
  Said all;
  for (const std::size_t number : answers.entries(list)) {
    const std::string entry = own + ":" + std::to_string(number);
    Json element = Json::object();
    for (const model::FactId each : facts) {
      const model::Fact& fact = record.facts[each];
      Said said = read_value(answers.library(), fact, answers, fact.path.empty() ? entry : entry + ":" + fact.path);
      for (Mistake& wrong : said.mistakes) {
        all.mistakes.push_back({wrong.field, fmt::format("Entry {}: {}", number, wrong.message)});
      }
      if (fact.path.empty()) {
        element = std::move(said.value);
      } else if (!said.value.is_null()) {
        std::string pointer = "/" + fact.path;
        std::replace(pointer.begin(), pointer.end(), '.', '/');
        element[Json::json_pointer(pointer)] = std::move(said.value);
      }
    }
    elements.push_back(std::move(element));
  }
  if (elements.empty() && answers.text(own + ":none") != "yes") return all;
  all.value = std::move(elements);
  if (answers.is_partial(list)) all.value = {{input::some_of_list, std::move(all.value)}};
  return all;
}

}  // namespace

Said read_value(const model::Library& library, const model::Fact& fact, const Answers& answers,
                const std::string& field) {
  if (fact.type.kind == Kind::date) {
    Said said = read_date(answers, field + ":", fact_label(fact));
    if (!fact.measured || said.value.is_null()) return said;
    return read_measured(answers, fact, std::move(said), field);
  }
  const std::string_view text = value::trimmed(answers.text(field));
  if (text.empty()) {
    // A date without a value is half an answer.
    const Said on = fact.measured ? read_date(answers, field + ":on-", "The date") : Said();
    if (on.value.is_null() && on.mistakes.empty()) return {};
    return mistake(field, "Enter a value: " + fact_label(fact));
  }
  Said said = read_single(library, fact, text, field);
  if (!fact.measured || !said.mistakes.empty() || said.value.is_null()) return said;
  return read_measured(answers, fact, std::move(said), field);
}

Said read_answer(const Answers& answers, model::FactId fact) {
  const model::Fact& declared = answers.record().facts[fact];
  if (const std::string_view given = answers.given(fact); !given.empty())
    return {Json::parse(given, nullptr, false), {}};
  if (declared.type.kind == Kind::list) return read_list(answers, fact);
  return read_value(answers.library(), declared, answers, field_of(declared));
}

}  // namespace proviso::service::pages
