#include "input/fhir_answers.hpp"

#include <set>

#include "input/fhir_object.hpp"
#include "value/calendar.hpp"
#include "value/instant.hpp"

namespace proviso::input::fhir {
namespace {

/// `valueQuantity` of an answer, whatever its type.
std::optional<dom::element> value_of(dom::object answer) {
  for (const dom::key_value_pair field : answer) {
    if (field.key.substr(0, 5) == "value" && field.key.size() > 5 && !field.value.is_null()) return field.value;
  }
  return std::nullopt;
}

/// Calls `visit(answer, value)` with each answer of the items with that linkId which has a value.
template <typename Items, typename Visit>
void for_each_answer(const Items& items, std::string_view link, const Visit& visit) {
  const auto range = items.equal_range(link);
  for (auto each = range.first; each != range.second; ++each) {
    for_each_object(each->second, "answer", [&](dom::object answer) {
      if (const auto value = value_of(answer)) visit(*value);
    });
  }
}

std::string link_of(const model::Fact& fact, std::string_view end) { return fact.name + std::string(end); }

}  // namespace

void Answers::add(const Resource& response) {
  Response made;
  made.authored = moment_of(response.json, "authored");
  gather(response.json, made.items);
  responses_.push_back(std::move(made));
}

void Answers::gather(dom::object holder, Items& items) {
  for_each_object(holder, "item", [&](dom::object item) {
    const std::string_view link = text_of(item, "linkId");
    if (!link.empty()) items.emplace(link, item);
    gather(item, items);
    for_each_object(item, "answer", [&](dom::object answer) { gather(answer, items); });
  });
}

bool Answers::is_answered(const Items& items, std::string_view link) {
  bool found = false;
  for_each_answer(items, link, [&](dom::element) { found = true; });
  return found;
}

bool Answers::says_yes(const Items& items, std::string_view link) {
  bool yes = false;
  for_each_answer(items, link, [&](dom::element value) { yes = yes || bool(value.is_bool() && bool(value)); });
  return yes;
}

bool Answers::answers(const Items& items, model::FactId id) const {
  const model::Fact& fact = mapping_.record().facts[id];
  if (is_answered(items, fact.name)) return true;
  if (fact.type.kind != value::Kind::list) return false;
  if (says_yes(items, link_of(fact, answer_none))) return true;
  if (mapping_.record().levels[fact.elements].plain) return false;
  const auto range = items.equal_range(fact.name);
  for (auto each = range.first; each != range.second; ++each) {
    if (member(each->second, "item")) return true;
  }
  return false;
}

std::optional<std::string> Answers::json(model::FactId fact, bool& answered, const Note& note) {
  std::vector<Moment> moments;
  std::vector<const Response*> of;
  for (const Response& response : responses_) {
    if (!answers(response.items, fact)) continue;
    moments.push_back(response.authored);
    of.push_back(&response);
  }
  answered = !of.empty();
  if (!answered) return std::nullopt;
  const auto found = newest(moments, [&](std::size_t each) {
    return read(of[each]->items, fact, [](model::FactId, const std::string&) {}).value_or("");
  });
  if (found) return read(of[*found]->items, fact, note);
  note(fact, "answers differ, and it is not certain which is the newest");
  return std::nullopt;
}

std::optional<std::string> Answers::read(const Items& items, model::FactId fact, const Note& note) {
  const bool list = mapping_.record().facts[fact].type.kind == value::Kind::list;
  return list ? read_list(items, fact, note) : read_single(items, fact, note);
}

std::optional<std::string> Answers::read_single(const Items& items, model::FactId id, const Note& note) {
  const model::Fact& fact = mapping_.record().facts[id];
  std::string on;
  if (fact.measured) {
    for_each_answer(items, link_of(fact, answer_on), [&](dom::element value) {
      if (const auto day = value::parse_day(as_text(value))) on = value::format_date(*day);
    });
    if (on.empty() && is_answered(items, fact.name)) {
      note(id, "the answer does not say on which day it was measured");
      return std::nullopt;
    }
  }
  std::set<std::string> values;
  bool usable = true;
  for_each_answer(items, fact.name, [&](dom::element element) {
    if (auto json = values_.json(element, {id, nullptr, on, nullptr, Resource::none})) {
      values.insert(std::move(*json));
    } else {
      usable = false;
      if (!values_.why().empty()) note(id, "the answer " + values_.why());
    }
  });
  if (usable && values.size() == 1) return *values.begin();
  if (values.size() > 1) note(id, "there are several answers, and they differ");
  return std::nullopt;
}

std::optional<std::string> Answers::read_list(const Items& items, model::FactId id, const Note& note) {
  const model::Record& record = mapping_.record();
  const model::Fact& fact = record.facts[id];
  const bool none = says_yes(items, link_of(fact, answer_none));
  const model::Level& level = record.levels[fact.elements];
  std::vector<std::string> elements;
  bool usable = true;
  const auto add = [&](std::optional<std::string> json) {
    usable = usable && json.has_value();
    if (json && !json->empty()) elements.push_back(std::move(*json));
  };
  if (level.plain) {
    for_each_answer(items, fact.name, [&](dom::element element) {
      add(values_.json(element, {level.facts.front(), nullptr, {}, nullptr, Resource::none}));
      if (!usable && !values_.why().empty()) note(id, "an answer " + values_.why());
    });
  } else {
    const auto range = items.equal_range(fact.name);
    for (auto each = range.first; each != range.second; ++each) {
      Items inner;
      gather(each->second, inner);
      if (!inner.empty()) add(read_element(inner, fact.elements, note));
    }
  }
  if (none && !elements.empty()) {
    note(id, "the answers say both that there are none and what they are");
    return std::nullopt;
  }
  // A list that lacks some of its elements would count as all of it.
  if (!usable || (elements.empty() && !none)) return std::nullopt;
  std::string out = "[";
  for (const std::string& element : elements) out += (out.size() > 1 ? ", " : "") + element;
  return out + ']';
}

std::optional<std::string> Answers::read_element(const Items& items, model::LevelId level, const Note& note) {
  std::string out = object_json(layout_, layout_.of_level(level), [&](model::FactId fact) {
    return answers(items, fact) ? read(items, fact, note) : std::nullopt;
  });
  return out.empty() ? "{}" : out;
}

}  // namespace proviso::input::fhir
