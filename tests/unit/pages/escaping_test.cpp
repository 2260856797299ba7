#include <catch2/catch.hpp>

#include "visitor.hpp"

using namespace proviso::service;

namespace {

/// What must never become markup, wherever it is typed.
const std::string nasty[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "</title><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;b&gt;&amp;quot;",
    "{{7*7}}${7*7}",
    std::string("a\0b", 3),
    "\r\nSet-Cookie: stolen=1",
    "\xff\xfe\xc3(",
    "\xe2\x80\xae"
    "1234",
    std::string(5000, 'x'),
    "%3Cscript%3E",
    "--><!--",
};

/// Which tags and attributes there are, every page is held to by whoever visits it.
void has_no_foreign_markup(const Seen& page, const std::string& text) {
  INFO(text.substr(0, 60));
  CHECK(page.html().find("<!--") == std::string::npos);
  if (text.find_first_of("<>'\"") != std::string::npos) CHECK(page.html().find(text) == std::string::npos);
  for (const auto& [name, value] : page.response.headers) CHECK(value.find_first_of("\r\n") == std::string::npos);
}

}  // namespace

TEST_CASE("whatever is typed into a question comes back as text", "[pages]") {
  for (const std::string& text : nasty) {
    Visitor visitor;
    Seen page = visitor.get("/check");
    const Visitor::Known known = {{"referred", {{":day", "16"}, {":month", "5"}, {":year", "2023"}}},
                                  {"commissioner", {{"", "SouthSefton"}}},
                                  {"procedure", {{"", "B31.1"}}},
                                  {"diagnosis", {{"", "N62"}}}};
    for (int i = 0; i < 30 && !page.asked().empty(); ++i) {
      Form form = page.forms.front();
      for (const std::string& control : form.controls) form.fill(control, text);
      const Seen wrong = visitor.press(form);
      has_no_foreign_markup(wrong, text);
      if (!wrong.asked().empty() && wrong.asked() == page.asked()) {
        for (const std::string& control : form.controls) {
          const bool typed = wrong.forms.front().choices.count(control) == 0;
          if (typed && text.find('\0') == std::string::npos) CHECK(wrong.forms.front().field(control) == text);
        }
      }
      page = visitor.answer(page, known);
    }
  }
}

TEST_CASE("whatever stands in a hidden field comes back as text", "[pages]") {
  Visitor visitor;
  const std::string id(32, 'a');
  for (const std::string& text : nasty) {
    has_no_foreign_markup(visitor.post("/check", {{"referral", text}}), text);
    has_no_foreign_markup(visitor.post("/check", {{"referral", id}, {"asked", text}}), text);
    has_no_foreign_markup(visitor.post("/check", {{"referral", id}, {"action", text}}), text);
    has_no_foreign_markup(visitor.post("/check", {{"referral", id}, {"action", "change:" + text}}), text);
    has_no_foreign_markup(visitor.post("/check", {{"referral", id}, {"unknown", text}}), text);
    has_no_foreign_markup(visitor.post("/check", {{"referral", id}, {"a:" + text, text}}), text);
    for (const char* field : {"a:commissioner", "a:patient.sex", "a:patient.bmi", "a:emergency", "a:referred:day",
                              "a:throat.complication", "a:patient.nhs_number", "a:sore_throats:1:documented"}) {
      has_no_foreign_markup(visitor.post("/check", {{"referral", id}, {field, text}}), text);
      has_no_foreign_markup(visitor.post("/check/submit", {{"referral", id}, {field, text}}), text);
    }
  }
}

TEST_CASE("whatever is searched for or looked up comes back as text", "[pages]") {
  Visitor visitor;
  for (const std::string& text : nasty) {
    has_no_foreign_markup(visitor.get("/policies", {{"q", text}}), text);
    has_no_foreign_markup(visitor.get("/policies/tonsillectomy", {{"in", text}}), text);
    has_no_foreign_markup(visitor.get("/policies/tonsillectomy", {{"on", text}}), text);
    has_no_foreign_markup(visitor.get("/policies/tonsillectomy", {{"on-day", text}}), text);
    has_no_foreign_markup(visitor.post("/authorisations", {{"code", text}}), text);
    has_no_foreign_markup(visitor.post("/sign-in", {{"token", text}, {"next", text}}), text);
    if (text.find('/') == std::string::npos) has_no_foreign_markup(visitor.get("/policies/" + text), text);
  }
}
