#include <catch2/catch.hpp>

#include "visitor.hpp"

using namespace proviso::service;

TEST_CASE("the first page says what can be done, by which policies, and what this is not", "[pages]") {
  Visitor visitor;
  const Seen home = visitor.get("/");
  for (const char* text : {"Check a referral", "Read the policies", "Look up an authorisation", "does not diagnose",
                           "the clinician decides", "refer straight away"}) {
    CHECK(home.shows(text));
  }
  const std::string digest = visitor.test.service->rulebooks().current()->library().digest;
  CHECK(home.shows(digest.substr(digest.find(':') + 1, 12)));
}

TEST_CASE("policies are found by name and by code", "[pages]") {
  Visitor visitor;
  CHECK(visitor.get("/policies").shows("Tonsillectomy for recurrent tonsillitis"));
  const Seen by_name = visitor.get("/policies", {{"q", "TONSILL"}});
  CHECK(by_name.shows("Tonsillectomy for recurrent tonsillitis"));
  CHECK_FALSE(by_name.shows("Hip replacement"));
  const Seen by_code = visitor.get("/policies", {{"q", "w37.1"}});
  CHECK(by_code.shows("Hip replacement"));
  CHECK_FALSE(by_code.shows("Tonsillectomy"));
  CHECK(visitor.get("/policies", {{"q", "nothing of the kind"}}).shows("0 policies"));
}

TEST_CASE("a policy is shown as it holds in a place on a day, with what is the place's own", "[pages]") {
  Visitor visitor;
  const Seen written = visitor.get("/policies/england.ebi.hysterectomy");
  CHECK(written.shows("As written"));
  CHECK(written.shows("Criteria-based access"));
  const Seen before = visitor.get("/policies/england.ebi.hysterectomy", {{"in", "Luton"}, {"on", "2019-05-01"}});
  CHECK(before.shows("As it applies in Luton on 1 May 2019"));
  CHECK(before.shows("Criteria-based access"));
  const Seen after = visitor.get("/policies/england.ebi.hysterectomy", {{"in", "Luton"}, {"on", "2020-01-01"}});
  CHECK(after.shows("Prior approval: funding is confirmed before treatment"));
  CHECK(after.shows("Local changes"));
  CHECK(after.shows("Bedfordshire, Luton and Milton Keynes, from 1 June 2019"));
  CHECK(after.shows("Priorities Forum"));
  CHECK(after.shows("History"));
  CHECK(after.shows("Not verified"));
}

TEST_CASE("the form of a policy's page asks by fields alone", "[pages]") {
  Visitor visitor;
  Form form = visitor.get("/policies/england.ebi.hysterectomy").forms.front();
  CHECK(form.method == "get");
  form.fill("in", "Luton");
  form.fill("on-day", "1");
  form.fill("on-month", "1");
  form.fill("on-year", "2020");
  const Seen page = visitor.press(form);
  CHECK(page.shows("As it applies in Luton on 1 January 2020"));
  CHECK(page.forms.front().field("in") == "Luton");
  form.fill("on-month", "13");
  const Seen wrong = visitor.press(form);
  CHECK(wrong.response.status == 400);
  CHECK(wrong.title().rfind("Error: ", 0) == 0);
  CHECK(wrong.forms.front().field("on-month") == "13");
}

TEST_CASE("a policy that does not hold there says where it does", "[pages]") {
  Visitor visitor;
  const Seen page = visitor.get("/policies/lewisham.tap.hip_replacement", {{"in", "Luton"}, {"on", "2020-01-01"}});
  CHECK(page.shows("It does not apply there"));
  CHECK(page.shows("SouthEastLondon"));
  const Seen early = visitor.get("/policies/lewisham.tap.hip_replacement", {{"on", "1999-01-01"}});
  CHECK(early.shows("not in force on that day"));
}

TEST_CASE("a policy that there is not is told so", "[pages]") {
  Visitor visitor;
  CHECK(visitor.get("/policies/nothing").response.status == 404);
}

TEST_CASE("every policy has a page, as written and in every place", "[pages]") {
  Visitor visitor;
  const auto book = visitor.test.service->rulebooks().current();
  const auto& library = book->library();
  for (std::size_t i = 0; i < library.policies.size(); ++i) {
    const std::string name = library.policies[i].full_name();
    INFO(name);
    CHECK(visitor.get("/policies/" + name).response.status == 200);
    const auto& place = library.places[i % library.places.size()];
    CHECK(visitor.get("/policies/" + name, {{"in", place.name}, {"on", "2020-01-01"}}).response.status == 200);
  }
}
