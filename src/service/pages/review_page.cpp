#include <algorithm>

#include <fmt/format.h>

#include "input/given.hpp"
#include "service/pages/check.hpp"
#include "service/pages/json_members.hpp"
#include "service/pages/wording.hpp"
#include "value/calendar.hpp"

namespace proviso::service::pages {
namespace {

std::string single_text(const model::Library& library, const model::Fact& fact, const Json& value) {
  if (value.is_null()) return "Not known";
  if (value.is_boolean()) return value.get<bool>() ? "Yes" : "No";
  if (!value.is_string()) return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string text = value.get<std::string>();
  switch (fact.type.kind) {
    case value::Kind::date:
      return long_date(text);
    case value::Kind::enumeration:
    case value::Kind::scale:
      return with_capital(plain_words(text));
    case value::Kind::place:
      return place_label(library, text);
    case value::Kind::quantity:
      return text + " " + std::string(value::spelling(fact.type.unit));
    case value::Kind::money:
      return "\u00a3" + text;
    default:
      return text;
  }
}

std::string value_text(const model::Library& library, const model::Fact& fact, const Json& value) {
  if (!fact.measured || !value.is_object()) return single_text(library, fact, value);
  return single_text(library, fact, member_of(value, "value")) + ", measured on " + long_date(text_of(value, "on"));
}

/// `When did the episode start? 3 May 2022; ...` is long: elements are told by the labels of their facts.
std::string element_text(const Answers& answers, model::FactId list, const Json& element) {
  const model::Record& record = answers.record();
  std::string out;
  const auto add = [&](const model::Fact& fact, const std::string& text) {
    out += (out.empty() ? "" : "; ") + fact_label(fact) + ": " + text;
  };
  for (const model::FactId each : element_facts(record, list)) {
    const model::Fact& fact = record.facts[each];
    if (fact.path.empty()) return value_text(answers.library(), fact, element);
    add(fact, value_text(answers.library(), fact, member_at(element, fact.path)));
  }
  for (const model::FactId each : inner_lists(record, list)) {
    const Json inner = member_at(element, record.facts[each].path);
    if (inner.is_array())
      add(record.facts[each], fmt::format("{} {}", inner.size(), inner.size() == 1 ? "entry" : "entries"));
  }
  return out;
}

void append_assumed_answers(Html& html, const Answers& answers, const Json& result) {
  const model::Record& record = answers.record();
  std::vector<std::string> seen;
  for (const Json& decision : member_of(result, "decisions")) {
    for (const Json& each : member_of(decision, "assumed")) {
      const std::string name = text_of(each, "fact");
      const model::Fact* fact = fact_by_name(record, name);
      if (fact == nullptr || std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
      if (seen.empty()) {
        html.element("h2", "Assumed, as no answer was given");
        html.open("dl", {{"class", "summary"}});
      }
      seen.push_back(name);
      html.open("div").element("dt", fact_question(*fact));
      html.element("dd", with_capital(shown_value(answers.library(), record, name, text_of(each, "value"))));
      html.open("dd").open("button", {{"class", "link"}, {"name", "action"}, {"value", "change:" + name}});
      html.text("Change").element("span", " " + fact_question(*fact), {{"class", "visually-hidden"}});
      html.close("button").close("dd").close("div");
    }
  }
  if (!seen.empty()) html.close("dl");
}

/// What would settle it: each fact that is missing, with the criteria that wait for it.
void append_missing(Html& html, const Answers& answers, const Decided& decided) {
  if (decided.outcome != model::Outcome::information_needed) return;
  html.open("div", {{"class", "caution"}}).element("h2", "More information is needed");
  html.element(
      "p", "There is not enough information to decide. This does not count against the patient. What is still needed:");
  html.open("ul");
  for (const Needed& needed : decided.needs) html.element("li", open_question(answers, needed));
  html.close("ul").close("div");
}

/// What an authorisation binds to and was not asked for: the criteria do not depend on it.
std::vector<model::FactId> open_bounds(const Answers& answers, const Decided& decided, const Gathered& wrong) {
  std::vector<model::FactId> open;
  for (const model::FactId fact : bound_facts(answers)) {
    const bool may_be_said = !decided.approvals.empty() && !answers.has(fact);
    if (may_be_said || fact == wrong.mistaken) open.push_back(fact);
  }
  return open;
}

void append_bounds(Html& html, const Answers& answers, const std::vector<model::FactId>& open, const Gathered& wrong) {
  if (open.empty()) return;
  html.element("h2", "Who and what the authorisation is for");
  html.element(
      "p",
      "An approval comes with an authorisation code. The code is valid only for what you enter here. None of it "
      "affects the decision.");
  for (const model::FactId fact : open) {
    append_controls(html, answers, {fact, 1, {}, fact == wrong.mistaken ? wrong.mistakes : std::vector<Mistake>()});
  }
}

}  // namespace

std::string open_question(const Answers& answers, const Needed& needed) {
  const model::Record& record = answers.record();
  const model::Fact& fact = record.facts[needed.fact];
  std::string text = fact_question(fact);
  if (needed.made_after) {
    text += " The measurement that was given was made after " + long_date(*needed.made_after) +
            ", the day that decides: one from that day or before is needed.";
  } else if (needed.out_of_date) {
    text += " The measurement that was given is out of date.";
  }
  constexpr std::string_view through_record = " must come from the patient's record, through your clinical system.";
  if (!can_ask(record, needed.fact)) return text.append(" This cannot be entered here: it").append(through_record);
  if (fact.type.kind != value::Kind::list || !answers.has(needed.fact)) return text;
  const std::string parts = inner_list_labels(record, needed.fact);
  if (!parts.empty())
    return text.append(" ").append(parts).append(" cannot be entered here: they").append(through_record);
  if (answers.is_partial(needed.fact)) return text + " There may be others than those in the record.";
  if (!answers.is_unknown(needed.fact)) text += " Something in the entries is not known.";
  return text;
}

void append_answer(Html& html, const Answers& answers, model::FactId fact) {
  const model::Fact& declared = answers.record().facts[fact];
  Json value = read_answer(answers, fact).value;
  const bool partial = declared.type.kind == value::Kind::list && value.is_object();
  if (partial) value = member_of(value, std::string(input::some_of_list).c_str());
  if (!value.is_array()) {
    html.text(value_text(answers.library(), declared, value));
    if (answers.is_unknown(fact) && !value.is_null()) html.text(" (no other measurement is known)");
    return;
  }
  if (value.empty()) {
    html.text("None");
    return;
  }
  html.open("ul");
  for (const Json& element : value) html.element("li", element_text(answers, fact, element));
  if (partial) html.element("li", "There may be others");
  html.close("ul");
}

void append_answers(Html& html, const Answers& answers, const std::vector<model::FactId>& but_not) {
  html.open("dl", {{"class", "summary"}});
  for (const model::FactId fact : answers.order()) {
    if (std::find(but_not.begin(), but_not.end(), fact) != but_not.end()) continue;
    const model::Fact& declared = answers.record().facts[fact];
    html.open("div").element("dt", fact_question(declared)).open("dd");
    append_answer(html, answers, fact);
    if (answers.is_taken(fact)) html.text(" ").element("span", "From the record", {{"class", "tag"}});
    html.close("dd").open("dd");
    if (answers.given(fact).empty()) {
      html.open("button", {{"class", "link"}, {"name", "action"}, {"value", "change:" + declared.name}});
      html.text("Change").element("span", " the answer to: " + fact_question(declared), {{"class", "visually-hidden"}});
      html.close("button");
    } else {
      html.element("span", "Can only be changed in the record", {{"class", "quiet small"}});
    }
    html.close("dd").close("div");
  }
  html.close("dl");
}

Page review_page(const Answers& answers, const Decided& decided, const Gathered& wrong) {
  Page page{"Check your answers", "/check", {}, wrong.mistakes};
  Html& html = page.body;
  const Json result = Json::parse(decided.result, nullptr, false);
  const std::vector<model::FactId> open = open_bounds(answers, decided, wrong);
  html.element("h1", page.title);
  append_missing(html, answers, decided);
  html.open("form", {{"method", "post"}, {"action", "/check"}, {"novalidate", ""}});
  answers.append_hidden(html, open);
  append_answers(html, answers, open);
  append_assumed_answers(html, answers, result);
  html.close("form");
  // A form of its own, whose first button is the one that the enter key presses.
  html.open("form", {{"method", "post"}, {"action", "/check/submit"}, {"novalidate", ""}});
  answers.append_hidden(html, open);
  append_bounds(html, answers, open, wrong);
  html.element("h2", "Get the decision");
  html.element("p",
               decided.outcome == model::Outcome::information_needed
                   ? "There are no more questions. You can record that more information is needed, or change an answer."
                   : "No other answer can change the outcome. The decision will be recorded.");
  html.element("button", "Get the decision").close("form");
  return page;
}

}  // namespace proviso::service::pages
