#include <catch2/catch.hpp>

#include "visitor.hpp"

using namespace proviso::service;

namespace {

std::string issue(Visitor& visitor) {
  visitor.test.post("/v1/decide", approved_referral().dump());
  return visitor.test.keeper.authorisations.back().code;
}

Seen look_up(Visitor& visitor, const std::string& code) {
  Form form = visitor.get("/authorisations").forms.front();
  CHECK(form.method == "post");
  form.fill("code", code);
  return visitor.press(form);
}

}  // namespace

TEST_CASE("an authorisation is shown with what it is for, until when, and what happened to it", "[pages]") {
  Visitor visitor;
  const std::string code = issue(visitor);
  const Seen page = look_up(visitor, " " + code + " ");
  CHECK(page.response.status == 200);
  for (const char* text :
       {"This authorisation is valid", "B31.1", "Valid from", "1 June 2023", "0 of 1", "Issued", "South Sefton"}) {
    INFO(text);
    CHECK(page.shows(text));
  }
  CHECK_FALSE(page.shows("9990000018"));
  visitor.test.keeper.use(code, "spell 5001", "trust", "2023-06-02");
  const Seen used = look_up(visitor, code);
  CHECK(used.shows("This authorisation has been used"));
  CHECK(used.shows("spell 5001"));
  visitor.test.keeper.withdraw(code, "the patient moved away", "clerk");
  CHECK(look_up(visitor, code).shows("This authorisation was withdrawn"));
}

TEST_CASE("a typing slip is told apart from a code that there is not, and from what is no code", "[pages]") {
  Visitor visitor;
  std::string code = issue(visitor);
  code[5] = code[5] == '7' ? '8' : '7';
  const Seen slipped = look_up(visitor, code);
  CHECK(slipped.response.status == 400);
  CHECK(slipped.shows("typing error"));
  CHECK(slipped.forms.front().field("code") == code);
  const Seen unknown = look_up(visitor, new_code());
  CHECK(unknown.response.status == 404);
  CHECK(unknown.shows("no authorisation here has it"));
  CHECK(look_up(visitor, "hello").shows("This is not an authorisation code"));
  CHECK(look_up(visitor, "  ").shows("Enter an authorisation code"));
}

TEST_CASE("a form that cannot be read is said to be that, by every page that takes one", "[pages]") {
  Visitor visitor;
  Request request;
  request.method = "POST";
  request.headers["content-type"] = "application/x-www-form-urlencoded";
  request.body = "code=%zz";
  for (const std::string path : {"/authorisations", "/sign-in", "/check", "/check/submit"}) {
    INFO(path);
    request.path = path;
    const Response response = visitor.test.ask(request);
    CHECK(response.status == 400);
    CHECK(response.body.find("form could not be read") != std::string::npos);
  }
}

TEST_CASE("a register that does not answer is said without its reasons", "[pages]") {
  Visitor visitor;
  const std::string code = issue(visitor);
  visitor.test.keeper.broken = "no route to 10.0.0.3";
  const Seen page = look_up(visitor, code);
  CHECK(page.response.status == 503);
  CHECK_FALSE(page.shows("10.0.0.3"));
  CHECK(visitor.test.logged.find("10.0.0.3") != std::string::npos);
  CHECK(visitor.test.logged.find(code) == std::string::npos);
}
