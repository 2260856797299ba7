#include "service/pages/sign_in.hpp"

#include <algorithm>
#include <array>

#include "service/pages/page.hpp"

namespace proviso::service::pages {
namespace {

constexpr std::string_view cookie_name = "proviso_token";
constexpr std::array<std::string_view, 2> pages = {"/check", "/authorisations"};

/// Whether a form may say that the way goes on there: a page of the service that asks for a token, or a draft on one.
bool is_next(std::string_view address) {
  constexpr std::string_view draft = "/check?draft=";
  if (address.substr(0, draft.size()) == draft) return is_draft_name(address.substr(draft.size()));
  return std::find(pages.begin(), pages.end(), address) != pages.end();
}

/// Tokens are put into a cookie as they are: what cannot stand there is none.
bool fits_cookie(std::string_view token) {
  return !token.empty() && token.size() <= 1024 && std::all_of(token.begin(), token.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '"' && c != ',' && c != ';' && c != '\\';
  });
}

std::string_view cookie_of(const Request& request) {
  std::string_view rest = request.header("cookie");
  while (!rest.empty()) {
    std::string_view each = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), each.size() + 1));
    each.remove_prefix(std::min(each.find_first_not_of(' '), each.size()));
    const std::size_t equals = each.find('=');
    if (equals != std::string_view::npos && each.substr(0, equals) == cookie_name) return each.substr(equals + 1);
  }
  return {};
}

/// Lax: a link from a clinical system brings the cookie along. No page that is got changes anything, and forms that
/// other sites send come without it.
std::string cookie(const Request& request, bool over_tls, std::string_view token) {
  const bool secure = over_tls || request.tls || request.header("x-forwarded-proto") == "https";
  std::string out = std::string(cookie_name) + "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Lax";
  if (secure) out += "; Secure";
  if (token.empty()) out += "; Max-Age=0";
  return out;
}

Response sign_in_page(std::string_view next, int status, bool tried) {
  Page page{"Enter your access token", std::string(next.substr(0, next.find('?'))), {}, {}, status};
  constexpr std::string_view wrong = "This token is not known, or is not for this page";
  if (tried) page.mistakes.push_back({"token", std::string(wrong)});
  page.body.open("form", {{"method", "post"}, {"action", "/sign-in"}}).hidden("next", next);
  page.body.open("div", {{"class", tried ? "field error" : "field"}});
  page.body.open("h1").element("label", page.title, {{"for", "token"}}).close("h1");
  page.body.element(
      "p", "The organisation that runs this service gives you one. You can paste it, or use a password manager.",
      {{"class", "hint"}, {"id", "token-hint"}});
  if (tried) page.body.element("p", "Error: " + std::string(wrong), {{"class", "message"}, {"id", "token-error"}});
  page.body.single("input", {{"type", "password"},
                             {"id", "token"},
                             {"name", "token"},
                             {"class", "wide"},
                             {"autocomplete", "current-password"},
                             {"aria-describedby", tried ? "token-hint token-error" : "token-hint"}});
  page.body.close("div").element("button", "Continue").close("form");
  return respond(page);
}

Response go_to(std::string_view address, std::string set_cookie) {
  Response response = notice(303, "Continue", "The page is at another address.", address, "Continue");
  response.headers.emplace_back("Location", std::string(address));
  response.headers.emplace_back("Set-Cookie", std::move(set_cookie));
  return response;
}

/// Browsers say where a form came from.
bool from_elsewhere(const Request& request) { return request.header("sec-fetch-site") == "cross-site"; }

}  // namespace

bool signed_in(Service& service, Call& call, Role role, std::string_view next) {
  if (call.request.method == "POST" && from_elsewhere(call.request)) {
    call.respond(notice(403, "This form came from another site", "Nothing was done with it.", next, "Continue here"));
    return false;
  }
  if (call.caller.may(role)) return true;
  const std::string_view token = cookie_of(call.request);
  if (!token.empty()) call.caller = service.access().caller("Bearer " + std::string(token));
  if (call.caller.may(role)) return true;
  call.respond(sign_in_page(next, call.caller.roles == 0 ? 401 : 403, !token.empty()));
  return false;
}

bool has_token(const Request& request) { return !cookie_of(request).empty(); }

void sign_in(Service& service, Call&& call, bool over_tls) {
  std::string next(pages.front());
  std::string token;
  const auto form = call.request.form();
  if (!form) {
    return call.respond(
        notice(400, "This form could not be read", "Enter your access token again.", next, "Enter the token again"));
  }
  for (const auto& [name, text] : *form) {
    if (name == "next" && is_next(text)) next = text;
    if (name == "token") token = text;
  }
  token.erase(std::remove_if(token.begin(), token.end(), [](char c) { return c == ' ' || c == '\r' || c == '\n'; }),
              token.end());
  if (from_elsewhere(call.request)) {
    return call.respond(
        notice(403, "This form came from another site", "Nothing was done with it.", next, "Continue here"));
  }
  const bool known = fits_cookie(token) && service.access().caller("Bearer " + token).roles != 0;
  if (!known) return call.respond(sign_in_page(next, 401, true));
  call.respond(go_to(next, cookie(call.request, over_tls, token)));
}

void sign_out(Call&& call, bool over_tls) { call.respond(go_to("/", cookie(call.request, over_tls, ""))); }

}  // namespace proviso::service::pages
