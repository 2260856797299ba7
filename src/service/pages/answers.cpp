#include "service/pages/answers.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <nlohmann/json.hpp>

#include "service/pages/wording.hpp"
#include "value/characters.hpp"

namespace proviso::service::pages {
namespace {

constexpr std::string_view prefix = "a:";
constexpr std::string_view given_prefix = "given:";
constexpr std::size_t longest_referral = 200;

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

/// Whether input may give it at all: relations bring theirs, and the identifier is the referral.
bool can_be_given(const model::Record& record, model::FactId fact) {
  return record.facts[fact].level == 0 && record.facts[fact].relation == model::none && fact != record.identifier;
}

bool has_fact(const std::vector<model::FactId>& facts, model::FactId fact) {
  return std::find(facts.begin(), facts.end(), fact) != facts.end();
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

std::vector<model::FactId> inner_lists(const model::Record& record, model::FactId list) {
  std::vector<model::FactId> lists;
  for (const model::FactId each : record.levels[record.facts[list].elements].facts) {
    const model::Fact& fact = record.facts[each];
    if (fact.type.kind == value::Kind::list && fact.relation == model::none) lists.push_back(each);
  }
  return lists;
}

std::string inner_list_labels(const model::Record& record, model::FactId list) {
  std::string labels;
  for (const model::FactId each : inner_lists(record, list)) {
    labels.append(labels.empty() ? "" : ", ").append(fact_label(record.facts[each]));
  }
  return labels;
}

std::optional<Answers> Answers::read(const model::Library& library, const model::Record& record, const Fields& form) {
  Answers answers(library, record);
  for (const auto& [name, text] : form) {
    if (!answers.read_field(name, text)) return {};
  }
  return is_referral(answers.referral) ? std::optional(std::move(answers)) : std::nullopt;
}

bool Answers::is_referral(std::string_view text) {
  return !text.empty() && text.size() <= longest_referral &&
         std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= ' '; });
}

/// Fields that say nothing of an answer are the buttons' and the page's own.
bool Answers::read_field(const std::string& name, const std::string& text) {
  if (name == "referral") referral = text;
  if (name == "unknown" || name == "taken" || name == "partly") {
    const model::FactId fact = fact_named(*record_, text);
    if (fact == model::none || !can_be_given(*record_, fact)) return false;
    if (name == "taken") {
      taken_.push_back(fact);
      return true;
    }
    if (name == "partly") {
      partial_.push_back(fact);
      return record_->facts[fact].type.kind == value::Kind::list;
    }
    if (can_ask(*record_, fact)) settle(fact);
    return can_ask(*record_, fact);
  }
  if (name.compare(0, given_prefix.size(), given_prefix) == 0) {
    const model::FactId fact = fact_named(*record_, std::string_view(name).substr(given_prefix.size()));
    if (fact == model::none || !can_be_given(*record_, fact) || !is_sound_json(text)) return false;
    given_[fact] = text;
    add(fact);
    return true;
  }
  return name.compare(0, prefix.size(), prefix) != 0 || take(name, text);
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

bool Answers::has(model::FactId fact) const { return has_fact(order_, fact); }
bool Answers::is_unknown(model::FactId fact) const { return has_fact(unknown_, fact); }
bool Answers::is_taken(model::FactId fact) const { return has_fact(taken_, fact); }
bool Answers::is_partial(model::FactId fact) const { return has_fact(partial_, fact); }

void Answers::complete(model::FactId list) {
  partial_.erase(std::remove(partial_.begin(), partial_.end(), list), partial_.end());
}

std::string_view Answers::given(model::FactId fact) const {
  const auto found = given_.find(fact);
  return found == given_.end() ? std::string_view() : std::string_view(found->second);
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
  for (std::vector<model::FactId>* facts : {&order_, &unknown_, &taken_, &partial_}) {
    facts->erase(std::remove(facts->begin(), facts->end(), fact), facts->end());
  }
  given_.erase(fact);
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
    if (number != 0 && !value::trimmed(each->second).empty()) numbers.insert(number);
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
    const std::string& name = record_->facts[fact].name;
    if (!given(fact).empty()) html.hidden(std::string(given_prefix) + name, given(fact));
    if (is_unknown(fact)) html.hidden("unknown", name);
    if (is_taken(fact)) html.hidden("taken", name);
    if (is_partial(fact)) html.hidden("partly", name);
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
