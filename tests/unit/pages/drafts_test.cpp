#include <algorithm>
#include <fstream>

#include <catch2/catch.hpp>

#include "service/pages/answers.hpp"
#include "visitor.hpp"

using namespace proviso::service;
using Json = nlohmann::json;

namespace {

/// Breast reduction in South Sefton, all of it known but for some facts.
Json referral_without(const std::vector<std::string>& pointers) {
  Json record = approved_referral();
  for (const std::string& each : pointers) {
    const Json::json_pointer place(each);
    record[place.parent_pointer()].erase(place.back());
  }
  return record;
}

std::string kept(Visitor& visitor, const Json& record) { return visitor.test.service->drafts().keep(record.dump()); }

Seen open(Visitor& visitor, const std::string& draft) { return visitor.get("/check", {{"draft", draft}}); }

Fields measured(const std::string& value) {
  return {{"", value}, {":on-day", "2"}, {":on-month", "3"}, {":on-year", "2023"}};
}

}  // namespace

TEST_CASE("a draft asks only what is missing, and leads to the approval and its code", "[pages]") {
  Visitor visitor;
  const std::string draft = kept(visitor, referral_without({"/patient/bmi"}));
  const Seen question = open(visitor, draft);
  CHECK(question.asked() == "patient.bmi");
  CHECK(question.shows("answers were taken from the patient's record."));
  CHECK(question.shows("check that they are about this patient and are right."));
  CHECK(question.shows("Your answers so far"));
  CHECK(question.shows("From the record"));
  CHECK(question.html().find(draft) == std::string::npos);
  std::vector<std::string> asked;
  const Seen review = visitor.walk_on(question, {{"patient.bmi", measured("25.4")}},
                                      [&](const Seen& page) { asked.push_back(page.asked()); });
  CHECK(asked == std::vector<std::string>{"patient.bmi"});
  CHECK(review.title() == "Check your answers - Proviso");
  CHECK(review.shows("From the record"));
  CHECK(review.shows("9990000018"));
  const Seen decision = visitor.press(review.forms.back());
  REQUIRE(visitor.test.keeper.authorisations.size() == 1);
  CHECK(decision.shows(visitor.test.keeper.authorisations[0].code));
  // It is the referral that the clinical system asked about: the whole record gives the same code.
  const auto again = Json::parse(visitor.test.post("/v1/decide", approved_referral().dump()).body);
  CHECK(again["authorisations"][0]["code"] == visitor.test.keeper.authorisations[0].code);
  CHECK(visitor.test.keeper.authorisations.size() == 1);
}

TEST_CASE("of a draft that says all, the answers are looked over at once", "[pages]") {
  Visitor visitor;
  const Seen review = open(visitor, kept(visitor, approved_referral()));
  CHECK(review.title() == "Check your answers - Proviso");
  CHECK(review.shows("answers were taken from the patient's record."));
  CHECK(visitor.press(review.forms.back()).shows("Meets the policy criteria for routine funding"));
}

TEST_CASE("what was taken from the record may be changed, and is then the clinician's", "[pages]") {
  Visitor visitor;
  const Seen review = open(visitor, kept(visitor, approved_referral()));
  const Seen again = visitor.press(review.forms.front(), "change:patient.bmi");
  CHECK(again.asked() == "patient.bmi");
  CHECK(again.forms.front().field("a:patient.bmi") == "25.4");
  CHECK(again.forms.front().field("a:patient.bmi:on-year") == "2023");
  Form form = again.forms.front();
  form.fill("a:patient.bmi", "41");
  const Seen changed = visitor.press(form);
  const auto taken = [&](const Form& each) {
    return std::count(each.fields.begin(), each.fields.end(),
                      std::pair<std::string, std::string>("taken", "patient.bmi"));
  };
  CHECK(taken(review.forms.front()) == 1);
  CHECK(taken(changed.forms.front()) == 0);
  CHECK(visitor.press(changed.forms.back()).shows("Does not meet the policy criteria for routine funding"));
}

TEST_CASE("a measurement in the record that is too old is asked for again, and said to be the record's", "[pages]") {
  Visitor visitor;
  Json old = approved_referral();
  old["patient"]["bmi"]["on"] = "2019-01-10";
  const Seen question = open(visitor, kept(visitor, old));
  CHECK(question.asked() == "patient.bmi");
  CHECK(question.shows("The measurement in the record is too old to count."));
  CHECK(question.forms.front().has_button("keep"));
}

TEST_CASE("a draft that has gone says so and begins an empty check", "[pages]") {
  Visitor visitor;
  for (const std::string& name : {std::string(32, 'a'), std::string("x"), std::string(400, '"')}) {
    const Seen page = open(visitor, name);
    CHECK(page.response.status == 200);
    CHECK(page.asked() == "referred");
    CHECK(page.shows("What your clinical system sent is no longer held here. It is kept for 30 minutes only."));
    CHECK(page.shows("follow the new link"));
    CHECK_FALSE(page.shows("taken from the patient's record"));
  }
  CHECK_FALSE(open(visitor, "").shows("no longer held"));
}

TEST_CASE("a draft that is no record of this library begins an empty check too", "[pages]") {
  Visitor visitor;
  for (const char* text : {"", "{", "[]", "17", R"({"patient": {"born": "soon"}})"}) {
    const Seen page = open(visitor, visitor.test.service->drafts().keep(text));
    CHECK(page.asked() == "referred");
    CHECK(page.shows("no longer held here"));
  }
}

TEST_CASE("a draft may be opened again, and two of one record are two", "[pages]") {
  Visitor visitor;
  const Json record = referral_without({"/patient/bmi"});
  const std::string draft = kept(visitor, record);
  CHECK(draft != kept(visitor, record));
  CHECK(open(visitor, draft).asked() == "patient.bmi");
  CHECK(open(visitor, draft).asked() == "patient.bmi");
}

TEST_CASE("nothing of a draft is in the log or the counts", "[pages]") {
  Visitor visitor;
  const std::string draft = kept(visitor, referral_without({"/patient/bmi"}));
  open(visitor, draft);
  open(visitor, std::string(32, 'a'));
  const std::string said = visitor.test.logged + visitor.test.get("/metrics").body;
  CHECK(said.find("/check") != std::string::npos);
  for (const std::string& secret : {draft, std::string("9990000018"), std::string("R-9101"), std::string(32, 'a')}) {
    CHECK(said.find(secret) == std::string::npos);
  }
}

TEST_CASE("what a record says is decided alike when it has gone through the fields of a form", "[pages]") {
  const auto book = rulebook_of(PROVISO_SOURCE_DIR "/policies");
  const Desk& desk = *book->desk("Referral");
  const auto& record = desk.engine().record();
  std::ifstream file(PROVISO_SOURCE_DIR "/examples/referrals.ndjson");
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) {
    ++lines;
    INFO(line);
    const auto answers = pages::Answers::of_record(book->library(), record, line);
    const Decided direct = desk.decide(line, {true, 19500});
    REQUIRE(answers.has_value() == direct.readable);
    if (!answers) continue;
    const pages::Gathered gathered = pages::gather(*answers);
    CHECK(gathered.mistakes.empty());
    const Decided typed = desk.decide(gathered.json, {true, 19500});
    INFO(gathered.json);
    CHECK(typed.result == direct.result);
    CHECK(typed.facts == direct.facts);
    CHECK(typed.id == direct.id);
    CHECK(typed.patient == direct.patient);
  }
  CHECK(lines == 500);
}

namespace {

/// A hip replacement in Lewisham: a malignancy among the other diagnoses would exempt it.
Json hip_with(const Json& other_diagnoses) {
  Json record = Json::parse(R"({"referred": "2023-05-16", "commissioner": "Lewisham", "procedure": "W37.1",
    "diagnosis": "M16.1", "patient": {"born": "1950-02-09"}, "joint": {"quality_of_life": true,
    "refractory": true, "x_ray_consistent": true, "wishes_to_discuss": true}})");
  record["other_diagnoses"] = other_diagnoses;
  return record;
}

/// The question of the list, whatever is asked before it.
Seen list_question(Visitor& visitor, const Seen& opened) {
  return opened.asked() == "other_diagnoses" ? opened : visitor.press(opened.forms.front(), "change:other_diagnoses");
}

}  // namespace

TEST_CASE("a list that the record knows in part is asked for with what it has", "[pages]") {
  Visitor visitor;
  const Json some = {{"some", {"I10", "E11.9"}}};
  const Seen question = list_question(visitor, open(visitor, kept(visitor, hip_with(some))));
  CHECK(question.asked() == "other_diagnoses");
  CHECK(question.shows("These are in the patient's record, but there may be others."));
  CHECK(question.forms.front().field("a:other_diagnoses:1") == "I10");
  CHECK(question.forms.front().field("a:other_diagnoses:2") == "E11.9");
  CHECK_FALSE(question.forms.front().has_button("none"));
  const auto partial = [](const Seen& page) { return page.forms.front().field("partly") == "other_diagnoses"; };

  SECTION("what is added makes it whole") {
    Form form = visitor.press(question.forms.front(), "add").forms.front();
    form.fill("a:other_diagnoses:3", "J45.9");
    const Seen next = visitor.press(form);
    CHECK_FALSE(partial(next));
    CHECK(next.asked() != "other_diagnoses");
    CHECK(next.shows("J45.9"));
    CHECK_FALSE(next.shows("There may be others"));
  }
  SECTION("whether there are others may be not known: what is there stays") {
    const Seen next = visitor.press(question.forms.front(), "unknown");
    CHECK(partial(next));
    CHECK(next.asked() != "other_diagnoses");
    CHECK(next.shows("E11.9"));
    CHECK(next.shows("There may be others"));
  }
  SECTION("to change another answer first leaves it as it was") {
    CHECK(partial(visitor.press(question.forms.front(), "change:diagnosis")));
  }
}

TEST_CASE("whatever is known of a list is decided alike through the fields", "[pages]") {
  const auto book = rulebook_of(PROVISO_SOURCE_DIR "/policies");
  const Desk& desk = *book->desk("Referral");
  const Json no_list = nullptr;
  for (const Json& list :
       {no_list, Json::array(), Json({"I10"}), Json({{"some", {"I10"}}}), Json({{"some", {"C40.2"}}})}) {
    const std::string record = hip_with(list).dump();
    INFO(record);
    const auto answers = pages::Answers::of_record(book->library(), desk.engine().record(), record);
    REQUIRE(answers);
    const Decided typed = desk.decide(pages::gather(*answers).json, {true, 19500});
    const Decided direct = desk.decide(record, {true, 19500});
    CHECK(typed.facts == direct.facts);
    CHECK(typed.outcome == direct.outcome);
    CHECK(typed.needs.size() == direct.needs.size());
  }
}
