#include <catch2/catch.hpp>

#include "visitor.hpp"

using namespace proviso::service;

namespace {

Visitor::Known tonsillectomy() {
  return {{"referred", {{":day", "16"}, {":month", "5"}, {":year", "2023"}}},
          {"commissioner", {{"", "Lewisham"}}},
          {"procedure", {{"", "F34.1"}}},
          {"diagnosis", {{"", "J35.0"}}},
          {"other_diagnoses", {{"button", "none"}}},
          {"patient.born", {{":day", "3"}, {":month", "4"}, {":year", "2012"}}},
          {"throat.acute_tonsillitis", {{"", "yes"}}},
          {"throat.disabling", {{"", "yes"}}}};
}

Seen until(Visitor& visitor, const Visitor::Known& known, const std::string& fact) {
  Seen page = visitor.get("/check");
  for (int i = 0; i < 60 && !page.asked().empty() && page.asked() != fact; ++i) page = visitor.answer(page, known);
  REQUIRE(page.asked() == fact);
  return page;
}

void fill_episode(Form& form, int number, const std::string& month) {
  const std::string entry = "a:sore_throats:" + std::to_string(number);
  form.fill(entry + ":on:day", "1");
  form.fill(entry + ":on:month", month);
  form.fill(entry + ":on:year", "2023");
  for (const char* fact : {"documented", "significant", "treated"}) form.fill(entry + ":" + fact, "yes");
}

std::vector<std::string> entries(const Form& form) {
  std::vector<std::string> found;
  for (const std::string& control : form.controls) {
    if (control.size() > 7 && control.substr(control.size() - 7) == ":on:day") found.push_back(control);
  }
  return found;
}

/// So many sore throats in the last year.
Seen seven_episodes(Visitor& visitor, int count) {
  Seen page = until(visitor, tonsillectomy(), "sore_throats");
  for (int number = 1; number <= count; ++number) {
    Form form = page.forms.front();
    fill_episode(form, number, number % 2 == 0 ? "2" : "April");
    page = visitor.press(form, number == count ? "continue" : "add");
    if (number != count) CHECK(entries(page.forms.front()).size() == static_cast<std::size_t>(number) + 1);
  }
  return page;
}

}  // namespace

TEST_CASE("a list grows by a button, and its entries decide", "[pages]") {
  Visitor visitor;
  const Seen review = seven_episodes(visitor, 7);
  CHECK(review.title() == "Check your answers - Proviso");
  CHECK(review.shows("1 April 2023"));
  CHECK(visitor.press(review.forms.back()).shows("Meets the policy criteria for routine funding"));
}

TEST_CASE("too few entries are no reason to approve", "[pages]") {
  Visitor visitor;
  Seen page = seven_episodes(visitor, 2);
  while (!page.asked().empty()) page = visitor.answer(page, {{"throat.complication", {{"", "no_complication"}}}});
  CHECK(visitor.press(page.forms.back()).shows("Does not meet the policy criteria for routine funding"));
}

TEST_CASE("that there are none is an answer, and to leave all blank is not", "[pages]") {
  Visitor visitor;
  const Seen page = until(visitor, tonsillectomy(), "sore_throats");
  const Seen blank = visitor.press(page.forms.front());
  CHECK(blank.asked() == "sore_throats");
  CHECK(blank.shows("say that it is not known"));
  const Seen none = visitor.press(page.forms.front(), "none");
  CHECK(none.asked() != "sore_throats");
  CHECK(none.forms.front().field("a:sore_throats:none") == "yes");
  const Seen unknown = visitor.press(page.forms.front(), "unknown");
  CHECK(unknown.forms.front().field("a:sore_throats:none").empty());
  CHECK(unknown.forms.front().field("unknown") == "sore_throats");
}

TEST_CASE("an entry of which something is not known counts as neither met nor failed", "[pages]") {
  Visitor visitor;
  Seen page = until(visitor, tonsillectomy(), "sore_throats");
  for (int number = 1; number <= 7; ++number) {
    Form form = page.forms.front();
    fill_episode(form, number, "3");
    if (number == 7) form.fill("a:sore_throats:7:treated", "not-known");
    page = visitor.press(form, number == 7 ? "continue" : "add");
  }
  while (!page.asked().empty()) {
    CHECK(page.asked() != "sore_throats");
    page = visitor.answer(page, tonsillectomy());
  }
  CHECK(visitor.press(page.forms.back()).shows("More information is needed"));
}

TEST_CASE("a mistake in an entry is said at its field", "[pages]") {
  Visitor visitor;
  Form form = until(visitor, tonsillectomy(), "sore_throats").forms.front();
  fill_episode(form, 1, "13");
  const Seen again = visitor.press(form);
  CHECK(again.asked() == "sore_throats");
  CHECK(again.shows("Entry 1: "));
  CHECK(again.html().find("href=\"#a-sore_throats-1-on-day\"") != std::string::npos);
  CHECK(again.forms.front().field("a:sore_throats:1:on:month") == "13");
}

TEST_CASE("a list of plain values takes one after another", "[pages]") {
  Visitor visitor;
  const Fields begun = {{"referral", std::string(32, 'a')}, {"action", "change:other_diagnoses"}};
  Form form = visitor.post("/check", begun).forms.front();
  form.fill("a:other_diagnoses:1", "i10");
  form = visitor.press(form, "add").forms.front();
  form.fill("a:other_diagnoses:2", "not one");
  const Seen wrong = visitor.press(form);
  CHECK(wrong.shows("is not a valid ICD-10 code"));
  form = wrong.forms.front();
  form.fill("a:other_diagnoses:2", "J36");
  const Seen next = visitor.press(form);
  CHECK(next.asked() != "other_diagnoses");
  CHECK(next.forms.front().field("a:other_diagnoses:2") == "J36");
}
