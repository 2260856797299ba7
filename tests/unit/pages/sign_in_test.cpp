#include <catch2/catch.hpp>

#include "visitor.hpp"

using namespace proviso::service;

namespace {

Access two_tokens() {
  return Access::read("submit practice " + token_digest("green") + "\nverify trust " + token_digest("blue") + "\n")
      .value();
}

/// What a browser sends back of a cookie.
std::string kept(const Seen& page) {
  const std::string cookie = page.header("Set-Cookie");
  return cookie.substr(0, cookie.find(';'));
}

}  // namespace

TEST_CASE("with tokens, a page asks for one once, and a cookie that no script reads keeps it", "[pages]") {
  Visitor visitor(two_tokens());
  const Seen asked = visitor.get("/check");
  CHECK(asked.response.status == 401);
  REQUIRE(asked.forms.size() == 1);
  Form form = asked.forms.front();
  CHECK(form.action == "/sign-in");
  form.fill("token", "red");
  const Seen wrong = visitor.press(form);
  CHECK(wrong.response.status == 401);
  CHECK(wrong.header("Set-Cookie").empty());
  CHECK(wrong.html().find("red\"") == std::string::npos);
  form.fill("token", " green\n");
  const Seen right = visitor.press(form);
  CHECK(right.response.status == 303);
  CHECK(right.header("Location") == "/check");
  CHECK(right.header("Set-Cookie").find("HttpOnly; SameSite=Lax") != std::string::npos);
  visitor.cookie = "other=1; " + kept(right);
  CHECK(visitor.get("/check").asked() == "referred");
  CHECK(visitor.get("/authorisations").response.status == 403);
}

TEST_CASE("a link with a draft leads through the token's page to the draft", "[pages]") {
  Visitor visitor(two_tokens());
  const std::string draft = visitor.test.service->drafts().keep(R"({"referred": "2023-05-16"})");
  const Seen asked = visitor.get("/check", {{"draft", draft}});
  CHECK(asked.response.status == 401);
  CHECK_FALSE(asked.shows("answer"));
  Form form = asked.forms.front();
  form.fill("token", "red");
  form = visitor.press(form).forms.front();
  form.fill("token", "green");
  const Seen right = visitor.press(form);
  CHECK(right.header("Location") == "/check?draft=" + draft);
  visitor.cookie = kept(right);
  CHECK(visitor.get("/check", {{"draft", draft}}).shows("1 answer was taken from the patient's record."));
  // Whoever may not decide may not open one either.
  visitor.cookie = "proviso_token=blue";
  CHECK(visitor.get("/check", {{"draft", draft}}).response.status != 200);
  // Nowhere else is the way led on to.
  for (const char* next : {"/check?draft=x", "/check?draft=//elsewhere.example.org", "//elsewhere.example.org"}) {
    form.fill("next", next);
    CHECK(visitor.press(form).header("Location") == "/check");
  }
}

TEST_CASE("a decision is kept under the name of the token's holder", "[pages]") {
  Visitor visitor(two_tokens());
  visitor.cookie = "proviso_token=green";
  const Seen review = visitor.walk({});
  visitor.press(review.forms.back());
  REQUIRE(visitor.test.keeper.entries.size() == 1);
  CHECK(visitor.test.keeper.entries[0].by == "practice");
}

TEST_CASE("without the cookie no form is taken", "[pages]") {
  Visitor visitor(two_tokens());
  for (const char* path : {"/check", "/check/submit", "/authorisations"}) {
    CHECK(visitor.post(path, {{"referral", std::string(32, 'a')}}).response.status == 401);
  }
  CHECK(visitor.get("/").response.status == 200);
  CHECK(visitor.get("/policies").response.status == 200);
}

TEST_CASE("over TLS the cookie goes over nothing else", "[pages]") {
  Visitor visitor(two_tokens());
  Request request;
  request.method = "POST";
  request.path = "/sign-in";
  request.headers["content-type"] = "application/x-www-form-urlencoded";
  request.body = "token=green&next=%2Fcheck";
  const auto cookie = [&] {
    for (const auto& [name, value] : visitor.test.ask(request).headers) {
      if (name == "Set-Cookie") return value;
    }
    return std::string();
  };
  CHECK(cookie().find("Secure") == std::string::npos);
  request.tls = true;
  CHECK(cookie().find("; Secure") != std::string::npos);
  request.headers["sec-fetch-site"] = "cross-site";
  CHECK(cookie().empty());
}

TEST_CASE("signing in leads to pages of this service alone", "[pages]") {
  Visitor visitor(two_tokens());
  for (const char* next : {"https://elsewhere.example/", "//elsewhere.example", "/v1/decide", ""}) {
    CHECK(visitor.post("/sign-in", {{"token", "green"}, {"next", next}}).header("Location") == "/check");
  }
  CHECK(visitor.post("/sign-in", {{"token", "blue"}, {"next", "/authorisations"}}).header("Location") ==
        "/authorisations");
}

TEST_CASE("a token that does not fit a cookie is none", "[pages]") {
  Visitor visitor(two_tokens());
  const Seen page = visitor.post("/sign-in", {{"token", "green; Path=/elsewhere"}});
  CHECK(page.response.status == 401);
  CHECK(page.header("Set-Cookie").empty());
}

TEST_CASE("signing out ends the cookie", "[pages]") {
  Visitor visitor(two_tokens());
  CHECK(visitor.get("/").forms.empty());
  visitor.cookie = "proviso_token=green";
  const Seen home = visitor.get("/");
  REQUIRE(home.forms.size() == 1);
  const Seen out = visitor.press(home.forms.front());
  CHECK(out.header("Location") == "/");
  CHECK(out.header("Set-Cookie").find("proviso_token=; ") == 0);
  CHECK(out.header("Set-Cookie").find("Max-Age=0") != std::string::npos);
}
