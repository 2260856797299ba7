#include <algorithm>
#include <functional>
#include <set>

#include <catch2/catch.hpp>

#include "visitor.hpp"

using namespace proviso::service;

namespace {

Fields date(const std::string& day, const std::string& month, const std::string& year) {
  return {{":day", day}, {":month", month}, {":year", year}};
}

Fields choice(const std::string& value) { return {{"", value}}; }

/// A hip replacement in Lewisham, which has prior approval, that meets every criterion.
Visitor::Known hip_replacement() {
  return {{"referred", date("16", "5", "2023")},
          {"commissioner", choice("Lewisham")},
          {"procedure", choice("W37.1")},
          {"patient.born", date("9", "February", "1950")},
          {"diagnosis", choice("M16.1")},
          {"other_diagnoses", {{"button", "none"}}},
          {"joint.cause", choice("osteoarthritis")},
          {"joint.quality_of_life", choice("yes")},
          {"joint.refractory", choice("yes")},
          {"joint.x_ray_consistent", choice("yes")},
          {"joint.wishes_to_discuss", choice("yes")}};
}

/// Breast reduction in South Sefton, as far as a measurement of the BMI.
Visitor::Known breast_reduction() {
  return {{"referred", date("16", "5", "2023")},
          {"commissioner", choice("SouthSefton")},
          {"procedure", choice("B31.1")},
          {"diagnosis", choice("N62")},
          {"other_diagnoses", {{"button", "none"}}},
          {"patient.sex", choice("female")},
          {"patient.born", date("9", "2", "1987")},
          {"patient.bmi", {{"", "25.4"}, {":on-day", "2"}, {":on-month", "3"}, {":on-year", "2023"}}},
          {"breasts.operation", choice("bilateral")}};
}

const Form& submission(const Seen& review) {
  const auto found = std::find_if(review.forms.begin(), review.forms.end(),
                                  [](const Form& form) { return form.action == "/check/submit"; });
  REQUIRE(found != review.forms.end());
  return *found;
}

}  // namespace

TEST_CASE("one question after another leads to an approval with its code", "[pages]") {
  Visitor visitor;
  std::vector<std::string> asked;
  const Seen review = visitor.walk(hip_replacement(), [&](const Seen& page) {
    asked.push_back(page.asked());
    CHECK(page.shows("Why this is asked"));
  });
  REQUIRE(asked.size() >= 5);
  CHECK(asked[0] == "referred");
  CHECK(asked[1] == "commissioner");
  CHECK(asked[2] == "procedure");
  CHECK(std::count(asked.begin(), asked.end(), "hearing.assessed") == 0);
  CHECK(std::set<std::string>(asked.begin(), asked.end()).size() == asked.size());
  CHECK(review.title() == "Check your answers - Proviso");
  CHECK(visitor.test.keeper.entries.empty());
  CHECK(review.shows("Osteoarthritis"));
  CHECK(review.shows("9 February 1950"));
  CHECK(review.shows("Assumed, as no answer was given"));
  const Seen decision = visitor.press(submission(review));
  CHECK(decision.shows("Meets the policy criteria for routine funding"));
  REQUIRE(visitor.test.keeper.authorisations.size() == 1);
  CHECK(decision.shows(visitor.test.keeper.authorisations[0].code));
  CHECK(decision.shows(visitor.test.keeper.entries.at(0).id));
  CHECK(decision.shows("The symptoms have a substantial impact on quality of life"));
  CHECK(decision.shows("London Choosing Wisely, 2017-2018, Hip arthroplasty"));
  CHECK(decision.shows("South East London"));
  CHECK(decision.shows("the clinician decides"));
}

TEST_CASE("what does not meet the criteria is said with what would change it, and never as rejected", "[pages]") {
  Visitor visitor;
  Visitor::Known known = hip_replacement();
  known["joint.quality_of_life"] = choice("no");
  std::vector<std::string> asked;
  const Seen review = visitor.walk(known, [&](const Seen& page) { asked.push_back(page.asked()); });
  // With this answer nothing else matters.
  CHECK(asked.back() == "joint.quality_of_life");
  const Seen decision = visitor.press(submission(review));
  CHECK(decision.shows("Does not meet the policy criteria for routine funding"));
  CHECK(decision.shows("What would change the outcome"));
  CHECK(decision.shows("Individual funding request"));
  CHECK(visitor.test.keeper.authorisations.empty());
  CHECK_FALSE(decision.shows("eject"));
}

TEST_CASE("what is not known stays unknown, is not asked twice, and is no refusal", "[pages]") {
  Visitor visitor;
  Visitor::Known known = hip_replacement();
  known.erase("joint.x_ray_consistent");
  known.erase("patient.born");
  std::vector<std::string> asked;
  const Seen review = visitor.walk(known, [&](const Seen& page) { asked.push_back(page.asked()); });
  CHECK(std::count(asked.begin(), asked.end(), "joint.x_ray_consistent") == 1);
  CHECK(std::count(asked.begin(), asked.end(), "patient.born") == 1);
  CHECK(review.shows("More information is needed"));
  CHECK(review.shows("This does not count against the patient"));
  const Seen decision = visitor.press(submission(review));
  CHECK(decision.shows("More information is needed"));
  CHECK(decision.shows("What is still needed"));
  CHECK(decision.shows("date of birth"));
  REQUIRE(visitor.test.keeper.entries.size() == 1);
  CHECK(visitor.test.keeper.entries[0].outcome == "information needed");
  CHECK(visitor.test.keeper.entries[0].facts.find("x_ray") == std::string::npos);
}

TEST_CASE("whoever knows nothing at all gets no refusal", "[pages]") {
  Visitor visitor;
  const Seen review = visitor.walk({});
  CHECK(review.title() == "Check your answers - Proviso");
  const Seen decision = visitor.press(submission(review));
  CHECK(decision.shows("More information is needed"));
  CHECK_FALSE(decision.shows("Does not meet the policy"));
}

TEST_CASE("pressed twice, the button gives the same code", "[pages]") {
  Visitor visitor;
  const Seen review = visitor.walk(hip_replacement());
  const Seen first = visitor.press(submission(review));
  const Seen second = visitor.press(submission(review));
  REQUIRE(visitor.test.keeper.authorisations.size() == 1);
  const std::string code = visitor.test.keeper.authorisations[0].code;
  CHECK(first.shows(code));
  CHECK(second.shows(code));
}

TEST_CASE("an authorisation that is no longer good is not told as an approval, and its code is not to be quoted",
          "[pages]") {
  struct Case {
    std::string heading;
    std::string meaning;
    std::function<void(ServiceUnderTest&)> happens;
  };
  const Case cases[] = {
      {"The authorisation for this referral has been used", "any further treatment needs a referral of its own",
       [](ServiceUnderTest& test) { test.keeper.authorisations.at(0).used = 1; }},
      {"The authorisation for this referral has expired", "It was valid to 31 May 2024",
       [](ServiceUnderTest& test) { test.today = "2024-06-01"; }},
  };
  for (const Case& each : cases) {
    INFO(each.heading);
    Visitor visitor;
    const Seen review = visitor.walk(hip_replacement());
    const Seen first = visitor.press(submission(review));
    CHECK(first.shows("Quote the authorisation code"));
    CHECK(first.shows("for one use."));
    each.happens(visitor.test);
    const Seen again = visitor.press(submission(review));
    CHECK(again.shows(each.heading));
    CHECK(again.shows(each.meaning));
    CHECK(again.shows("it must not be quoted"));
    CHECK(again.shows("do not take it as approval of the treatment"));
    CHECK_FALSE(again.shows("Quote the authorisation code"));
    CHECK_FALSE(again.shows("Funding is approved"));
    CHECK_FALSE(again.shows("for one use."));
    CHECK(again.html().find("class=\"value\"") == std::string::npos);
  }
}

TEST_CASE("another check is another referral", "[pages]") {
  Visitor visitor;
  visitor.press(submission(visitor.walk(hip_replacement())));
  visitor.press(submission(visitor.walk(hip_replacement())));
  CHECK(visitor.test.keeper.authorisations.size() == 2);
}

TEST_CASE("a measurement that no longer counts is asked for again, and the old one is kept where there is no newer",
          "[pages]") {
  Visitor visitor;
  Visitor::Known known = breast_reduction();
  known["patient.bmi"] = {{"", "25.4"}, {":on-day", "2"}, {":on-month", "3"}, {":on-year", "2020"}};
  Seen page = visitor.walk(known);
  for (int i = 0; i < 40 && !page.asked().empty() && page.asked() != "patient.bmi"; ++i)
    page = visitor.answer(page, known);
  REQUIRE(page.asked() == "patient.bmi");
  CHECK(page.shows("too old to count"));
  CHECK(page.forms.front().field("a:patient.bmi") == "25.4");
  const Seen next = visitor.press(page.forms.front(), "keep");
  CHECK(next.asked() != "patient.bmi");
  CHECK(next.html().find("value=\"25.4\"") != std::string::npos);
}

TEST_CASE("a measurement from after the day that decides is said to be that, and one from before is asked for",
          "[pages]") {
  Visitor visitor;
  Visitor::Known known = breast_reduction();
  known["patient.bmi"] = {{"", "25.4"}, {":on-day", "20"}, {":on-month", "5"}, {":on-year", "2023"}};
  Seen page = visitor.walk(known);
  for (int i = 0; i < 40 && !page.asked().empty() && page.asked() != "patient.bmi"; ++i)
    page = visitor.answer(page, known);
  REQUIRE(page.asked() == "patient.bmi");
  CHECK(page.shows("The measurement that you gave was made after 16 May 2023, the day that decides."));
  CHECK(page.shows("Only a measurement from that day or before it counts."));
  CHECK(page.shows("There is no earlier measurement"));
  CHECK_FALSE(page.shows("too old"));
  CHECK_FALSE(page.shows("newer"));
  const Seen next = visitor.press(page.forms.front(), "keep");
  CHECK(next.asked() != "patient.bmi");
  CHECK(next.shows("no other measurement is known"));
  Seen review = visitor.walk_on(next, known);
  CHECK(
      review.shows("The measurement that was given was made after 16 May 2023, the day that decides: one from that "
                   "day or before is needed."));
}

TEST_CASE("what cannot be read is said at its field, and the text is kept", "[pages]") {
  struct Case {
    std::string fact;
    Fields parts;
    std::string message;
    std::string field;
  };
  const Case cases[] = {
      {"referred", {{":day", "31"}, {":month", "2"}, {":year", "2023"}}, "must be a real date", "a-referred-day"},
      {"referred", {{":day", "1"}, {":month", ""}, {":year", "2023"}}, "must include a month", "a-referred-month"},
      {"referred", {{":day", "1"}, {":month", "2"}, {":year", "23"}}, "four digits", "a-referred-year"},
      {"referred", {{":day", ""}, {":month", ""}, {":year", ""}}, "or say that it is not known", "a-referred-day"},
      {"commissioner", {{"", ""}}, "or say that it is not known", "a-commissioner"},
      {"commissioner", {{"", "Atlantis"}}, "is not a place", "a-commissioner"},
      {"procedure", {{"", "hip"}}, "is not a valid OPCS-4 code", "a-procedure"},
      {"patient.bmi",
       {{"", "fat"}, {":on-day", "2"}, {":on-month", "3"}, {":on-year", "2023"}},
       "must be a number",
       "a-patient-bmi"},
      {"patient.bmi", {{"", "25"}}, "on which it was measured", "a-patient-bmi-on-day"},
      {"patient.bmi",
       {{"", ""}, {":on-day", "2"}, {":on-month", "3"}, {":on-year", "2023"}},
       "Enter a value",
       "a-patient-bmi"},
      {"patient.sex", {}, "or say that it is not known", "a-patient-sex"},
  };
  for (const Case& each : cases) {
    INFO(each.fact << ": " << each.message);
    Visitor visitor;
    Seen page = visitor.get("/check");
    const Visitor::Known known = breast_reduction();
    for (int i = 0; i < 60 && !page.asked().empty() && page.asked() != each.fact; ++i)
      page = visitor.answer(page, known);
    REQUIRE(page.asked() == each.fact);
    Form form = page.forms.front();
    for (const auto& [part, value] : each.parts) form.fill("a:" + each.fact + part, value);
    const Seen again = visitor.press(form);
    CHECK(again.asked() == each.fact);
    CHECK(again.title().rfind("Error: ", 0) == 0);
    CHECK(again.shows(each.message));
    CHECK(again.html().find("href=\"#" + each.field + "\"") != std::string::npos);
    for (const auto& [part, value] : each.parts) {
      const bool is_choice = again.forms.front().choices.count("a:" + each.fact + part) != 0;
      if (!is_choice) CHECK(again.forms.front().field("a:" + each.fact + part) == value);
    }
  }
}

TEST_CASE("numbers and codes are read as people write them", "[pages]") {
  Visitor visitor;
  Visitor::Known known = breast_reduction();
  known["patient.bmi"] = {{"", " 25.4 kg/m2 "}, {":on-day", "02"}, {":on-month", "mar"}, {":on-year", "2023"}};
  known["procedure"] = choice("b311");
  known["diagnosis"] = choice(" n62 ");
  const Seen review = visitor.walk(known);
  CHECK(review.shows("25.4 kg/m2, measured on 2 March 2023"));
  CHECK(review.shows("B31.1"));
}

TEST_CASE("an answer is changed from the list of answers, and the others stay", "[pages]") {
  Visitor visitor;
  const Seen review = visitor.walk(hip_replacement());
  const Seen question = visitor.press(review.forms.front(), "change:joint.cause");
  REQUIRE(question.asked() == "joint.cause");
  CHECK(question.forms.front().field("a:joint.cause") == "osteoarthritis");
  Form form = question.forms.front();
  form.fill("a:joint.cause", "trauma");
  const Seen changed = visitor.press(form);
  CHECK(changed.title() == "Check your answers - Proviso");
  CHECK(changed.shows("Trauma"));
  CHECK(changed.shows("9 February 1950"));
  CHECK(visitor.press(submission(changed)).shows("The policy does not cover this referral"));
}

TEST_CASE("what is assumed can be said otherwise", "[pages]") {
  Visitor visitor;
  const Seen review = visitor.walk(hip_replacement());
  const Seen question = visitor.press(review.forms.front(), "change:suspected_cancer");
  REQUIRE(question.asked() == "suspected_cancer");
  Form form = question.forms.front();
  form.fill("a:suspected_cancer", "yes");
  const Seen decision = visitor.press(submission(visitor.press(form)));
  CHECK(decision.shows("The policy does not cover malignancy"));
  CHECK(decision.shows("The policy does not cover this referral"));
}

TEST_CASE("an unknown answer can be made known later", "[pages]") {
  Visitor visitor;
  Visitor::Known known = hip_replacement();
  known.erase("joint.refractory");
  const Seen review = visitor.walk(known);
  CHECK(review.shows("More information is needed"));
  Form form = visitor.press(review.forms.front(), "change:joint.refractory").forms.front();
  form.fill("a:joint.refractory", "yes");
  const Seen changed = visitor.press(form);
  CHECK_FALSE(changed.shows("More information is needed"));
  CHECK(visitor.press(submission(changed)).shows("Meets the policy criteria for routine funding"));
}

TEST_CASE("an authorisation binds to the patient's number, which is then shown nowhere", "[pages]") {
  Visitor visitor;
  const Seen review = visitor.walk(hip_replacement());
  Form form = submission(review);
  CHECK(std::find(form.controls.begin(), form.controls.end(), "a:patient.nhs_number") != form.controls.end());
  form.fill("a:patient.nhs_number", "999 000 0019");
  const Seen wrong = visitor.press(form);
  CHECK(wrong.title() == "Error: Check your answers - Proviso");
  CHECK(submission(wrong).field("a:patient.nhs_number") == "999 000 0019");
  CHECK(visitor.test.keeper.entries.empty());
  form.fill("a:patient.nhs_number", "999 000 0018");
  const Seen decision = visitor.press(form);
  CHECK_FALSE(decision.shows("9990000018"));
  CHECK_FALSE(decision.shows("999 000 0018"));
  REQUIRE(visitor.test.keeper.authorisations.size() == 1);
  CHECK(visitor.test.keeper.authorisations[0].patient.rfind("hmac-sha256:", 0) == 0);
  CHECK(visitor.test.keeper.entries[0].facts.find("9990000018") == std::string::npos);
  CHECK(visitor.test.logged.find("999") == std::string::npos);
}

TEST_CASE("a decision that cannot be kept is none, and the answers are still there", "[pages]") {
  Visitor visitor;
  const Seen review = visitor.walk(hip_replacement());
  visitor.test.keeper.broken = "the disk is full";
  const Seen failed = visitor.press(submission(review));
  CHECK(failed.response.status == 503);
  CHECK(failed.shows("So there is no decision"));
  CHECK_FALSE(failed.shows("the disk is full"));
  visitor.test.keeper.broken.clear();
  CHECK(visitor.press(failed.forms.front()).shows("Meets the policy criteria for routine funding"));
}

TEST_CASE("the date of the referral begins with today", "[pages]") {
  Visitor visitor;
  const Form form = visitor.get("/check").forms.front();
  CHECK(form.field("a:referred:day") == "1");
  CHECK(form.field("a:referred:month") == "6");
  CHECK(form.field("a:referred:year") == "2023");
}

TEST_CASE("codes that policies mention are suggested with what they are", "[pages]") {
  Visitor visitor;
  Seen page = visitor.get("/check");
  for (int i = 0; i < 3 && page.asked() != "procedure"; ++i) page = visitor.answer(page, hip_replacement());
  CHECK(page.html().find("<option value=\"W37.1\">Hip replacement procedures</option>") != std::string::npos);
  CHECK(page.html().find("<option value=\"F34.5\">Tonsillectomy procedures</option>") != std::string::npos);
}

TEST_CASE("a forged form is answered with an error, and nothing is kept", "[pages]") {
  Visitor visitor;
  const std::string id(32, 'a');
  const Fields forgeries[] = {
      {},
      {{"referral", ""}},
      {{"referral", "R\n1"}},
      {{"referral", std::string(201, 'a')}},
      {{"referral", id}, {"a:nothing", "1"}},
      {{"referral", id}, {"a:referred", "2023-05-16"}},
      {{"referral", id}, {"a:referred:hour", "1"}},
      {{"referral", id}, {"a:id", "R-1"}},
      {{"referral", id}, {"a:", "1"}},
      {{"referral", id}, {"a:sore_throats:0:on:day", "1"}},
      {{"referral", id}, {"a:sore_throats:1000000:on:day", "1"}},
      {{"referral", id}, {"a:sore_throats:1:nothing", "1"}},
      {{"referral", id}, {"a:patient", "1"}},
      {{"referral", id}, {"unknown", "nothing"}},
      {{"referral", id}, {"asked", "nothing"}},
      {{"referral", id}, {"action", "change:nothing"}},
      {{"referral", id}, {"action", "change:"}},
      {{"referral", id}, {"unknown", "id"}},
      {{"referral", id}, {"taken", "nothing"}},
      {{"referral", id}, {"taken", "id"}},
      {{"referral", id}, {"given:nothing", "1"}},
      {{"referral", id}, {"given:id", "1"}},
      {{"referral", id}, {"given:sore_throats", "[{"}},
      {{"referral", id}, {"given:sore_throats", std::string(200'000, '[') + std::string(200'000, ']')}},
      {{"referral", id}, {"partly", "referred"}},
  };
  for (const Fields& form : forgeries) {
    INFO(encode(form).substr(0, 200));
    for (const char* path : {"/check", "/check/submit"}) {
      if (std::string(path) == "/check/submit" && !form.empty() && form.back().first == "action") continue;
      const Seen page = visitor.post(path, form);
      CHECK(page.response.status == 400);
      CHECK(page.shows("This form could not be read"));
    }
  }
  CHECK(visitor.test.keeper.entries.empty());
}

TEST_CASE("a hidden value that cannot be read is asked for again", "[pages]") {
  Visitor visitor;
  const Fields form = {{"referral", std::string(32, 'a')}, {"a:patient.bmi", "many"}, {"a:commissioner", "Lewisham"}};
  for (const char* path : {"/check", "/check/submit"}) {
    const Seen page = visitor.post(path, form);
    CHECK(page.asked() == "patient.bmi");
    CHECK(page.title().rfind("Error: ", 0) == 0);
    CHECK(page.forms.front().field("a:patient.bmi") == "many");
    CHECK(page.forms.front().field("a:commissioner") == "Lewisham");
  }
  CHECK(visitor.test.keeper.entries.empty());
}

TEST_CASE("no address of a page has anything that was answered", "[pages]") {
  Visitor visitor;
  visitor.walk(hip_replacement(), [](const Seen& page) {
    for (const Form& form : page.forms) CHECK(form.method == "post");
    for (const Form& form : page.forms) CHECK((form.action == "/check" || form.action == "/check/submit"));
    CHECK(page.html().find("href=\"/check?") == std::string::npos);
  });
}
