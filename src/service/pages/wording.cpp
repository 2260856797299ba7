#include "service/pages/wording.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "value/calendar.hpp"

namespace proviso::service::pages {
namespace {

constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

std::string without_system(std::string_view code) {
  const std::size_t colon = code.find(':');
  return std::string(colon == std::string_view::npos ? code : code.substr(colon + 1));
}

/// `J36, I10` of `{ icd10:J36 icd10:I10 }`; anything else as it is.
std::string of_list(std::string_view value) {
  if (value == "{ }") return "none";
  if (value.substr(0, 2) != "{ " || value.back() != '}') return std::string(value);
  value = value.substr(2, value.size() - 3);
  std::string out;
  while (!value.empty()) {
    const std::string_view each = value.substr(0, value.find_first_of(", "));
    value.remove_prefix(std::min(value.size(), each.size() + 1));
    if (!each.empty()) out += (out.empty() ? "" : ", ") + plain_words(without_system(each));
  }
  return out;
}

std::string of_type(const model::Library& library, const value::Type& type, std::string_view value) {
  switch (type.kind) {
    case value::Kind::date:
      return long_date(value);
    case value::Kind::code:
      return without_system(value);
    case value::Kind::enumeration:
    case value::Kind::scale:
      return plain_words(value);
    case value::Kind::place:
      return place_label(library, value);
    case value::Kind::list:
      return of_list(value);
    default:
      return std::string(value);
  }
}

/// The words by which results name something, and what a page says.
using Words = std::pair<std::string_view, std::string_view>;

constexpr std::array<Words, 10> outcomes = {{
    {"approve", "Meets the policy criteria for routine funding"},
    {"refuse", "Does not meet the policy criteria for routine funding"},
    {"information needed", "More information is needed"},
    {"exempt", "The policy does not cover this referral"},
    {"review", "A person needs to decide"},
    {"query", "A question needs to be answered"},
    {"not applicable", "No policy here applies"},
    {"pay", "The payment rules allow payment"},
    {"adjust", "The payment rules adjust the payment"},
    {"withhold", "The payment rules withhold the payment"},
}};

constexpr std::array<Words, 6> categories = {{
    {"threshold", "Criteria-based access: where the criteria are met, no approval is needed before treatment"},
    {"prior_approval", "Prior approval: funding is confirmed before treatment"},
    {"ifr_only", "Individual funding request only"},
    {"not_commissioned", "Not routinely commissioned"},
    {"notice", "Notice"},
    {"payment", "Payment"},
}};

template <std::size_t count>
std::string_view said(const std::array<Words, count>& words, std::string_view word) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const Words& each) { return each.first == word; });
  return found == words.end() ? word : found->second;
}

}  // namespace

std::string long_date(std::int32_t date) {
  const value::CivilDate civil = value::civil(date);
  return std::to_string(civil.day) + " " + std::string(months[static_cast<std::size_t>(civil.month - 1)]) + " " +
         std::to_string(civil.year);
}

std::string long_date(std::string_view date) {
  const auto parsed = value::parse_date(date);
  return parsed ? long_date(*parsed) : std::string(date);
}

std::string plain_words(std::string_view identifier) {
  std::string out(identifier);
  if (out.size() >= 2 && out.front() == '"' && out.back() == '"') out = out.substr(1, out.size() - 2);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string with_capital(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z')
    out.front() = static_cast<char>(out.front() - 'a' + 'A');
  return out;
}

std::string place_label(const model::Library& library, model::PlaceId place) {
  const model::Place& declared = library.places[place];
  return declared.label.empty() ? declared.name : declared.label;
}

std::string place_label(const model::Library& library, std::string_view name) {
  const model::PlaceId place = library.place(name);
  return place == model::none ? std::string(name) : place_label(library, place);
}

std::string fact_label(const model::Fact& fact) {
  if (!fact.label.empty()) return fact.label;
  const std::size_t dot = fact.name.rfind('.');
  return with_capital(plain_words(std::string_view(fact.name).substr(dot == std::string::npos ? 0 : dot + 1)));
}

std::string fact_question(const model::Fact& fact) { return fact.ask.empty() ? fact_label(fact) : fact.ask; }

std::string_view system_name(value::CodeSystem system) {
  switch (system) {
    case value::CodeSystem::opcs4:
      return "OPCS-4";
    case value::CodeSystem::icd10:
      return "ICD-10";
    case value::CodeSystem::snomed:
      return "SNOMED CT";
    case value::CodeSystem::dmd:
      return "dm+d";
    case value::CodeSystem::hrg:
      return "HRG";
    case value::CodeSystem::tfc:
      return "treatment function";
    case value::CodeSystem::ods:
      return "ODS";
  }
  return "";
}

const model::Fact* fact_by_name(const model::Record& record, std::string_view name) {
  const auto found = std::find_if(record.facts.begin(), record.facts.end(),
                                  [&](const model::Fact& fact) { return fact.name == name; });
  return found == record.facts.end() ? nullptr : &*found;
}

std::string shown_name(const model::Record& record, std::string_view name) {
  const model::Fact* fact = fact_by_name(record, name);
  return fact == nullptr ? with_capital(plain_words(name)) : fact_label(*fact);
}

std::string shown_value(const model::Library& library, const model::Record& record, std::string_view name,
                        std::string_view value) {
  if (value == "unknown") return "not known";
  const model::Fact* fact = fact_by_name(record, name);
  if (fact == nullptr) {
    // A threshold, or what a list was counted to, does not say its type here: dates and scales show it.
    return value::parse_date(value) ? long_date(value) : plain_words(value);
  }
  return of_type(library, fact->type, value);
}

Spent spent(const Authorisation& authorisation, std::string_view today) {
  switch (authorisation.state(today)) {
    case Authorisation::State::valid:
      break;
    case Authorisation::State::used:
      return {"The authorisation for this referral has been used",
              (authorisation.uses == 1 ? std::string("It was good for one use, which was made")
                                       : fmt::format("It was good for {} uses, which were made", authorisation.uses)) +
                  ": it must not be quoted again, and any further treatment needs a referral of its own."};
    case Authorisation::State::expired:
      return {"The authorisation for this referral has expired",
              "It was valid to " + long_date(authorisation.valid_to) +
                  ": it must not be quoted for treatment after that day, which needs a new referral."};
    case Authorisation::State::withdrawn:
      return {"The authorisation for this referral was withdrawn",
              "It approves nothing, and it must not be quoted. Ask the commissioner why before you go on."};
  }
  return {};
}

std::string_view outcome_heading(std::string_view outcome) { return said(outcomes, outcome); }

std::string_view category_meaning(std::string_view category) { return said(categories, category); }

}  // namespace proviso::service::pages
