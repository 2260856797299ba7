#include <catch2/catch.hpp>

#include "folder.hpp"
#include "visitor.hpp"

using namespace proviso::service;

namespace {

/// Doses are lists inside lists: pages have no controls for them.
constexpr const char* policies = R"(library nested

places { England { Luton ods:06P } }

record Referral "A referral" {
  id           text
  referred     date           "Date of referral"        ask "On what date was the patient referred?"
  commissioner place          "Responsible commissioner" ask "Which commissioner is responsible?"
  courses      list of Course "Courses of treatment"    ask "Which courses of treatment has the patient had?"
  ward         text           "Ward"                    ask "On which ward is the patient?"
  wards        list of Ward   "Wards"                   ask "On which wards was the patient treated?"
}
record Course {
  began date         "Began" ask "When did the course begin?"
  doses list of Dose "Doses" ask "Which doses were given?"
}
record Ward { doses list of Dose "Doses" ask "Which doses were given there?" }
record Dose { amount number "Amount" ask "How large was it?" }

policy courses "A third course" on Referral {
  category   threshold
  status     adopted
  source     "A policy"
  effective  2020-01-01
  dated by   referred
  in         England
  applies when referred >= 2020-01-01
  approve when all {
    courses "Two courses with a large dose": (count of c in courses where (any d in c.doses where d.amount > 10)) >= 2
    ward    "A dose on a ward": any w in wards where (any d in w.doses where d.amount > 1)
  } "A third course is funded"
  otherwise refuse "No third course is funded"
}
)";

class Ward {
 public:
  Ward() {
    folder_.write("nested.policy", policies);
    visitor.emplace(Access::open(), folder_.path());
  }
  std::optional<Visitor> visitor;

  Seen open(const std::string& record) {
    return visitor->get("/check", {{"draft", visitor->test.service->drafts().keep(record)}});
  }

 private:
  proviso::Folder folder_;
};

constexpr const char* whole_record = R"({"id": "R-1", "referred": "2023-05-16", "commissioner": "Luton",
  "courses": [{"began": "2022-01-03", "doses": [{"amount": 20.000001}, {"amount": 5}]}, {"doses": [{"amount": 11}]}],
  "wards": [{"doses": [{"amount": 2}]}]})";

}  // namespace

TEST_CASE("what pages cannot ask for is said to have to come from the record, and is no refusal", "[pages]") {
  Ward test;
  Seen page = test.open(R"({"referred": "2023-05-16", "commissioner": "Luton"})");
  CHECK(page.asked() == "courses");
  CHECK(page.shows("Doses cannot be entered here. Where they matter, they must come from the patient's record."));
  Form form = page.forms.front();
  for (const std::string entry : {"a:courses:1:", "a:courses:2:"}) {
    form.fill(entry + "began:day", "3");
    form.fill(entry + "began:month", "1");
    form.fill(entry + "began:year", "2022");
  }
  // Wards have nothing else than doses: there is nothing to ask.
  const Seen review = test.visitor->press(form);
  CHECK(review.title() == "Check your answers - Proviso");
  const auto says_what_to_do = [](const Seen& seen) {
    CHECK(
        seen.shows("Which courses of treatment has the patient had? Doses cannot be entered here: they must come from "
                   "the patient's record, through your clinical system."));
    CHECK(
        seen.shows("On which wards was the patient treated? This cannot be entered here: it must come from the "
                   "patient's record, through your clinical system."));
  };
  says_what_to_do(review);
  const Seen decision = test.visitor->press(review.forms.back());
  CHECK(decision.shows("More information is needed"));
  says_what_to_do(decision);
}

TEST_CASE("that a list is empty can be said where its elements cannot be entered", "[pages]") {
  Ward test;
  const Seen page = test.open(R"({"referred": "2023-05-16", "commissioner": "Luton"})");
  const Seen review = test.visitor->press(page.forms.front(), "none");
  CHECK(review.title() == "Check your answers - Proviso");
  CHECK(test.visitor->press(review.forms.back()).shows("Does not meet the policy criteria for routine funding"));
}

TEST_CASE("what fields cannot hold goes along as the record has it, to the last digit", "[pages]") {
  Ward test;
  const Seen review = test.open(whole_record);
  CHECK(review.title() == "Check your answers - Proviso");
  CHECK(review.shows("Began: 3 January 2022; Doses: 2 entries"));
  CHECK(review.shows("Can only be changed in the record"));
  CHECK_FALSE(review.forms.front().has_button("change:courses"));
  CHECK(review.forms.front().has_button("change:referred"));
  // Through another question and back.
  const Seen again = test.visitor->press(test.visitor->press(review.forms.front(), "change:referred").forms.front());
  CHECK(again.title() == "Check your answers - Proviso");
  const Seen decision = test.visitor->press(again.forms.back());
  CHECK(decision.shows("Meets the policy criteria for routine funding"));
  REQUIRE(test.visitor->test.keeper.entries.size() == 1);
  CHECK(test.visitor->test.keeper.entries[0].facts.find("20.000001") != std::string::npos);
}

TEST_CASE("what cannot be read of a list that pages cannot ask for makes the form unreadable", "[pages]") {
  Ward test;
  for (const char* wards : {R"([{"doses": [{"amount": "much"}]}])", "17", R"({"some": 1})"}) {
    const Fields form = {{"referral", std::string(32, 'a')}, {"given:wards", wards}};
    for (const char* path : {"/check", "/check/submit"}) {
      const Seen page = test.visitor->post(path, form);
      CHECK(page.response.status == 400);
      CHECK(page.shows("This form could not be read"));
    }
  }
  CHECK(test.visitor->test.keeper.entries.empty());
}

TEST_CASE("what cannot be read of a list is not asked of a fact with whose name its own begins", "[pages]") {
  Ward test;
  for (const char* wards : {R"([{"doses": [{"amount": "much"}]}])", "17"}) {
    const Seen page =
        test.visitor->post("/check", {{"referral", std::string(32, 'a')}, {"a:ward", "Seven"}, {"given:wards", wards}});
    CHECK(page.asked().empty());
    CHECK(page.shows("This form could not be read"));
  }
}
