#include "service/pages/page.hpp"

#include <array>

#include "value/digest.hpp"

namespace proviso::service::pages {
namespace {

constexpr std::string_view product = "Proviso";

struct Section {
  std::string_view address;
  std::string_view name;
};
constexpr std::array<Section, 3> sections = {
    {{"/check", "Check a referral"}, {"/policies", "Policies"}, {"/authorisations", "Authorisations"}}};

int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

/// Of digits in base 16, two a byte.
std::string base64(std::string_view hexadecimal) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  // Three hexadecimal digits are two of base 64.
  for (std::size_t i = 0; i < hexadecimal.size(); i += 3) {
    int bits = 0;
    for (std::size_t k = i; k < i + 3; ++k) bits = bits * 16 + (k < hexadecimal.size() ? digit(hexadecimal[k]) : 0);
    out += letters[static_cast<std::size_t>(bits / 64)];
    if (i + 1 < hexadecimal.size()) out += letters[static_cast<std::size_t>(bits % 64)];
  }
  while (out.size() % 4 != 0) out += '=';
  return out;
}

/// The browser takes the stylesheet by its digest, and nothing else.
std::string content_policy() {
  const std::string digest = value::sha256(stylesheet);
  return "default-src 'none'; style-src 'sha256-" + base64(std::string_view(digest).substr(digest.find(':') + 1)) +
         "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

void append_header(Html& html, const Page& page) {
  html.element("a", "Skip to main content", {{"class", "skip"}, {"href", "#content"}});
  html.open("header").open("div", {{"class", "width"}});
  html.element("a", product, {{"class", "product"}, {"href", "/"}});
  html.open("nav", {{"aria-label", "Main"}}).open("ul");
  for (const Section& section : sections) {
    const std::string_view current = section.address == page.here ? "page" : std::string_view();
    html.open("li").element("a", section.name, {{"href", section.address}, {"aria-current", current}}).close("li");
  }
  html.close("ul").close("nav").close("div").close("header");
}

/// Each mistake is a link to its field. It takes the focus, so that it is read first.
void append_mistakes(Html& html, const Page& page) {
  if (page.mistakes.empty()) return;
  html.open("div", {{"class", "error-summary"},
                    {"role", "alert"},
                    {"aria-labelledby", "error-summary-title"},
                    {"tabindex", "-1"},
                    {"autofocus", ""}});
  html.element("h2", "There is a problem", {{"id", "error-summary-title"}}).open("ul");
  for (const Mistake& mistake : page.mistakes) {
    html.open("li");
    if (mistake.field.empty()) {
      html.text(mistake.message);
    } else {
      html.link("#" + mistake.field, mistake.message);
    }
    html.close("li");
  }
  html.close("ul").close("div");
}

void append_footer(Html& html) {
  html.open("footer").open("div", {{"class", "width"}});
  html.element("h2", "About this service");
  html.element("p",
               "It checks recorded facts against published funding policies. It does not diagnose or recommend "
               "treatment: the clinician decides.");
  html.element(
      "p",
      "Urgent referrals and referrals for suspected cancer must not wait for it. Make them straight away, in the "
      "usual way.");
  html.close("div").close("footer");
}

}  // namespace

Response respond(const Page& page) {
  static const std::string policy = content_policy();
  Html html;
  const std::string title = (page.mistakes.empty() ? "" : "Error: ") + page.title + " - " + std::string(product);
  html.open("html", {{"lang", "en-GB"}}).open("head").single("meta", {{"charset", "utf-8"}});
  html.single("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.element("title", title);
  std::string head = "<!DOCTYPE html>\n" + html.str() + "<style>" + std::string(stylesheet) + "</style>\n";
  Html rest;
  rest.close("head").open("body");
  append_header(rest, page);
  rest.open("main", {{"id", "content"}, {"class", "width"}});
  append_mistakes(rest, page);
  rest.append(page.body).close("main");
  append_footer(rest);
  rest.close("body").close("html");
  Response response;
  response.status = page.status;
  response.content_type = "text/html; charset=utf-8";
  response.body = head + rest.str();
  response.headers = {{"Content-Security-Policy", policy},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  return response;
}

Response notice(int status, std::string_view heading, std::string_view sentence, std::string_view address,
                std::string_view link) {
  Page page{std::string(heading), std::string(address), {}, {}, status};
  page.body.element("h1", heading).element("p", sentence);
  page.body.open("p").link(address, link).close("p");
  return respond(page);
}

}  // namespace proviso::service::pages
