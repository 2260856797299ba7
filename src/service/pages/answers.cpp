#include "service/pages/answers.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <nlohmann/json.hpp>

#include "service/pages/wording.hpp"

namespace proviso::service::pages {
namespace {

constexpr std::string_view prefix = "a:";

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// From 1; 0 where the text is no such number.
std::size_t entry_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && number <= most_entries ? number : 0;
}

model::FactId fact_named(const model::Record& record, std::string_view name) {
  const model::Fact* fact = fact_by_name(record, name);
  return fact == nullptr ? model::none : static_cast<model::FactId>(fact - record.facts.data());
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// Whether a part of that name belongs to a value of the fact; empty: the value itself.
bool is_part(const model::Fact& fact, std::string_view part) {
  if (fact.type.kind == value::Kind::date && is_one_of(part, {"day", "month", "year"})) return true;
  if (fact.measured && is_one_of(part, {"on-day", "on-month", "on-year"})) return true;
  return part.empty() && fact.type.kind != value::Kind::date;
}

bool is_element_part(const model::Record& record, model::FactId list, std::string_view part) {
  if (part == "none") return true;
  const std::string_view number = part.substr(0, part.find(':'));
  if (entry_number(number) == 0) return false;
  part.remove_prefix(std::min(part.size(), number.size() + 1));
  for (const model::FactId each : element_facts(record, list)) {
    const model::Fact& fact = record.facts[each];
    if (fact.path.empty()) return is_part(fact, part);
    if (part.substr(0, part.find(':')) != fact.path) continue;
    return is_part(fact, part.substr(std::min(part.size(), fact.path.size() + 1)));
  }
  return false;
}

}  // namespace

std::string field_of(const model::Fact& fact) { return std::string(prefix) + fact.name; }

std::string id_of(std::string_view field) {
  std::string id(field);
  std::replace_if(
      id.begin(), id.end(), [](char c) { return c == ':' || c == '.'; }, '-');
  return id;
}

bool can_ask(const model::Record& record, model::FactId fact) {
  const model::Fact& declared = record.facts[fact];
  const value::Kind kind = declared.type.kind;
  if (declared.level != 0 || declared.relation != model::none || fact == record.identifier) return false;
  if (kind == value::Kind::any || kind == value::Kind::error || kind == value::Kind::record) return false;
  return kind != value::Kind::list || !element_facts(record, fact).empty();
}

std::vector<model::FactId> element_facts(const model::Record& record, model::FactId list) {
  std::vector<model::FactId> facts;
  for (const model::FactId each : record.levels[record.facts[list].elements].facts) {
    const value::Kind kind = record.facts[each].type.kind;
    const bool plain = kind != value::Kind::list && kind != value::Kind::any && kind != value::Kind::error;
    if (plain && record.facts[each].relation == model::none) facts.push_back(each);
  }
  return facts;
}

std::optional<Answers> Answers::read(const model::Library& library, const model::Record& record, const Fields& form) {
  Answers answers(library, record);
  for (const auto& [name, text] : form) {
    if (name == "referral") answers.referral = text;
    if (name == "unknown") {
      const model::FactId fact = fact_named(record, text);
      if (fact == model::none || !can_ask(record, fact)) return {};
      answers.settle(fact);
    }
    if (name.compare(0, prefix.size(), prefix) == 0 && !answers.take(name, text)) return {};
  }
  const bool is_id =
      answers.referral.size() == 32 && answers.referral.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_id ? std::optional(std::move(answers)) : std::nullopt;
}

bool Answers::take(const std::string& field, const std::string& text) {
  const std::string_view rest = std::string_view(field).substr(prefix.size());
  const std::string_view name = rest.substr(0, rest.find(':'));
  const std::string_view part = rest.substr(std::min(rest.size(), name.size() + 1));
  const model::FactId fact = fact_named(*record_, name);
  if (fact == model::none || !can_ask(*record_, fact)) return false;
  const bool is_list = record_->facts[fact].type.kind == value::Kind::list;
  if (!(is_list ? is_element_part(*record_, fact, part) : is_part(record_->facts[fact], part))) return false;
  texts_.emplace(field, text);
  add(fact);
  return true;
}

bool Answers::has(model::FactId fact) const { return std::find(order_.begin(), order_.end(), fact) != order_.end(); }

bool Answers::is_unknown(model::FactId fact) const {
  return std::find(unknown_.begin(), unknown_.end(), fact) != unknown_.end();
}

std::string_view Answers::text(std::string_view field) const {
  const auto found = texts_.find(field);
  return found == texts_.end() ? std::string_view("") : std::string_view(found->second);
}

void Answers::set(const std::string& field, std::string text) { texts_[field] = std::move(text); }

void Answers::forget(model::FactId fact) {
  const std::string own = field_of(record_->facts[fact]);
  for (auto each = texts_.begin(); each != texts_.end();) {
    const bool is_own = each->first == own || each->first.compare(0, own.size() + 1, own + ":") == 0;
    each = is_own ? texts_.erase(each) : std::next(each);
  }
  order_.erase(std::remove(order_.begin(), order_.end(), fact), order_.end());
  unknown_.erase(std::remove(unknown_.begin(), unknown_.end(), fact), unknown_.end());
}

void Answers::settle(model::FactId fact) {
  add(fact);
  if (!is_unknown(fact)) unknown_.push_back(fact);
}

void Answers::add(model::FactId fact) {
  if (!has(fact)) order_.push_back(fact);
}

std::vector<std::size_t> Answers::entries(model::FactId list) const {
  const std::string own = field_of(record_->facts[list]) + ":";
  std::set<std::size_t> numbers;
  for (auto each = texts_.lower_bound(own); each != texts_.end() && each->first.compare(0, own.size(), own) == 0;
       ++each) {
    const std::string_view part = std::string_view(each->first).substr(own.size());
    const std::size_t number = entry_number(part.substr(0, part.find(':')));
    if (number != 0 && !is_blank(each->second)) numbers.insert(number);
  }
  return {numbers.begin(), numbers.end()};
}

/// Facts in the order in which they were answered, so that the next page knows it too.
void Answers::append_hidden(Html& html, const std::vector<model::FactId>& but_not) const {
  html.hidden("referral", referral);
  for (const model::FactId fact : order_) {
    if (std::find(but_not.begin(), but_not.end(), fact) != but_not.end()) continue;
    const std::string own = field_of(record_->facts[fact]);
    for (auto each = texts_.lower_bound(own); each != texts_.end(); ++each) {
      if (each->first.compare(0, own.size(), own) != 0) break;
      if (each->first.size() == own.size() || each->first[own.size()] == ':') html.hidden(each->first, each->second);
    }
    if (is_unknown(fact)) html.hidden("unknown", record_->facts[fact].name);
  }
}

Gathered gather(const Answers& answers) {
  Gathered gathered;
  nlohmann::json record = nlohmann::json::object();
  for (const model::FactId fact : answers.order()) {
    Said said = read_answer(answers, fact);
    if (!said.mistakes.empty()) {
      gathered.mistaken = fact;
      gathered.mistakes = std::move(said.mistakes);
      return gathered;
    }
    if (said.value.is_null()) continue;
    nlohmann::json* object = &record;
    std::string_view path = answers.record().facts[fact].path;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
      object = &(*object)[std::string(path.substr(0, dot))];
      path.remove_prefix(dot + 1);
    }
    (*object)[std::string(path)] = std::move(said.value);
  }
  const model::FactId id = answers.record().identifier;
  if (id != model::none) record[answers.record().facts[id].path] = answers.referral;
  gathered.json = record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return gathered;
}

}  // namespace proviso::service::pages
