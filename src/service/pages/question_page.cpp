#include <fmt/format.h>

#include "service/pages/check.hpp"
#include "service/pages/wording.hpp"
#include "value/calendar.hpp"

namespace proviso::service::pages {
namespace {

/// Beyond these, only how many there are is said.
constexpr std::size_t most_named = 6;

/// What depends on the answer: `In this policy:` and its name, or how many there are.
void append_dependents(Html& html, const std::vector<std::string>& texts, std::string_view one,
                       std::string_view several, std::string_view noun) {
  if (texts.size() > most_named) {
    html.element("p", fmt::format("{} {} depend on the answer.", texts.size(), noun));
    return;
  }
  html.element("p", texts.size() == 1 ? one : several).open("ul");
  for (const std::string& text : texts) html.element("li", text);
  html.close("ul");
}

bool is_place(const model::Fact& fact) { return fact.type.kind == value::Kind::place; }

void append_why(Html& html, const model::Fact& fact, const Needed* needed) {
  html.element("h2", "Why this is asked");
  if (needed == nullptr) {
    html.element("p", "You asked to change this answer. At the moment it does not affect the outcome.");
    return;
  }
  if (needed->why.empty()) {
    html.element("p", is_place(fact) ? "The answer decides whose policies apply."
                                     : "The answer decides which policies apply, and which version of them.");
  } else {
    append_dependents(html, needed->why,
                      "This criterion depends on the answer:", "These criteria depend on the answer:", "criteria");
  }
  if (!needed->policy.empty())
    append_dependents(html, needed->policy, "In this policy:", "In these policies:", "policies");
}

std::string validity(const model::Fact& fact) {
  if (fact.valid == 0) return {};
  const std::string_view unit = fact.valid_kind == value::DurationKind::months ? "month" : "day";
  return fmt::format(" Measurements count for {} {}{}.", fact.valid, unit, fact.valid == 1 ? "" : "s");
}

void append_out_of_date(Html& html, const model::Fact& fact, const Needed& needed, bool taken) {
  std::string text = std::string("The measurement ") + (taken ? "in the record" : "that you gave");
  if (needed.made_after) {
    text += " was made after " + long_date(*needed.made_after) +
            ", the day that decides. Only a measurement from that day or before it counts." + validity(fact) +
            " If there is one, enter it with its date.";
  } else {
    text += " is too old to count." + validity(fact) + " If there is a newer one, enter it with its date.";
  }
  html.open("div", {{"class", "caution"}}).element("p", text).close("div");
}

/// The field goes along: only what is answered now makes the list complete.
void append_partial(Html& html, const model::Fact& fact) {
  html.hidden("partly", fact.name);
  html.open("div", {{"class", "inset"}});
  html.element("p", "These are in the patient's record, but there may be others. Add any others before you continue.");
  html.close("div");
}

void append_button(Html& html, std::string_view action, std::string_view label, bool second = true) {
  html.element(
      "button", label,
      {{"name", "action"}, {"value", action}, {"class", second ? std::string_view("second") : std::string_view()}});
}

/// Whether `Not known` is one of the choices already.
bool has_choice(const model::Fact& fact) {
  const value::Kind kind = fact.type.kind;
  return kind == value::Kind::truth || kind == value::Kind::enumeration || kind == value::Kind::scale;
}

}  // namespace

Page question_page(const Answers& answers, const Question& question, const Needed* needed) {
  const model::Fact& fact = answers.record().facts[question.fact];
  Page page{fact_question(fact), "/check", {}, question.mistakes};
  Html& html = page.body;
  html.open("form", {{"method", "post"}, {"action", "/check"}, {"novalidate", ""}});
  answers.append_hidden(html, {question.fact});
  html.hidden("asked", fact.name);
  const bool out_of_date = needed != nullptr && needed->out_of_date && answers.has(question.fact);
  if (out_of_date) append_out_of_date(html, fact, *needed, answers.is_taken(question.fact));
  if (answers.is_partial(question.fact)) append_partial(html, fact);
  append_question(html, answers, question);
  // The first button is the one that the enter key presses.
  append_button(html, "continue", "Continue", false);
  const bool partial = answers.is_partial(question.fact);
  if (fact.type.kind == value::Kind::list) {
    append_button(html, "add", "Add another");
    if (!partial) append_button(html, "none", "There are none");
  }
  if (partial) {
    append_button(html, "unknown", "Not known whether there are others");
  } else if (out_of_date) {
    append_button(html, "keep",
                  needed->made_after ? "There is no earlier measurement" : "There is no newer measurement");
  } else if (!has_choice(fact)) {
    append_button(html, "unknown", "Not known");
  }
  append_why(html, fact, needed);
  if (!answers.order().empty() && !(answers.order().size() == 1 && answers.has(question.fact))) {
    html.open("details").element("summary", "Your answers so far");
    append_answers(html, answers, {question.fact});
    html.close("details");
  }
  html.close("form");
  return page;
}

}  // namespace proviso::service::pages
