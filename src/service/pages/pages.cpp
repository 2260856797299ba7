#include "service/pages/pages.hpp"

#include <string>
#include <utility>

#include "service/pages/authorisations.hpp"
#include "service/pages/check.hpp"
#include "service/pages/home.hpp"
#include "service/pages/policies.hpp"
#include "service/pages/sign_in.hpp"
#include "value/characters.hpp"

namespace proviso::service {
namespace {

/// `/funding` of `https://host/funding/`; empty where there is no path.
std::string path_in(std::string_view base_url) {
  const std::size_t host = base_url.find("://");
  const std::size_t path = host == std::string_view::npos ? host : base_url.find('/', host + 3);
  if (path == std::string_view::npos) return {};
  std::string text(base_url.substr(path));
  while (!text.empty() && text.back() == '/') text.pop_back();
  return text;
}

void put_after(std::string& text, std::string_view mark, const std::string& what) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + what.size())) {
    at += mark.size() - 1;
    text.insert(at, what);
  }
}

/// The page with its addresses below the path. What a person typed has no such marks in it: quotes are escaped.
Response below(const std::string& path, Response response) {
  put_after(response.body, " href=\"/", path);
  put_after(response.body, " action=\"/", path);
  for (auto& [name, value] : response.headers) {
    if (name == "Location") value.insert(0, path);
    if (name == "Set-Cookie") put_after(value, "; Path=/", path);
  }
  return response;
}

/// What answers as before, but below the path.
Handling moved(Handling answer, const std::string& path) {
  return [answer = std::move(answer), path](Call&& call) {
    call.respond = [respond = std::move(call.respond), path](Response response) {
      respond(below(path, std::move(response)));
    };
    answer(std::move(call));
  };
}

}  // namespace

/// Those that ask who is there do so themselves: a browser has no header for a token, and a person wants a page that
/// asks for it.
std::vector<Route> page_routes(Service& service, std::string_view base_url) {
  constexpr std::string_view tls = "https://";
  const bool over_tls = value::small_letters(base_url.substr(0, tls.size())) == tls;
  std::vector<Route> routes = {
      {"GET", "/", Role::anyone, [](Call&& call) { pages::show_home(std::move(call)); }},
      {"GET", "/check", Role::anyone, [&](Call&& call) { pages::begin_check(service, std::move(call)); }},
      {"POST", "/check", Role::anyone, [&](Call&& call) { pages::continue_check(service, std::move(call)); }},
      {"POST", "/check/submit", Role::anyone, [&](Call&& call) { pages::submit_check(service, std::move(call)); }},
      // Whoever comes back to a decision by its address begins anew: nothing of it stands in the address.
      {"GET", "/check/submit", Role::anyone, [&](Call&& call) { pages::begin_check(service, std::move(call)); }},
      {"GET", "/policies", Role::anyone, [](Call&& call) { pages::list_policies(std::move(call)); }},
      {"GET", "/policies/{policy}", Role::anyone, [](Call&& call) { pages::show_policy(std::move(call)); }},
      {"GET", "/authorisations", Role::anyone, [&](Call&& call) { pages::ask_for_code(service, std::move(call)); }},
      {"POST", "/authorisations", Role::anyone, [&](Call&& call) { pages::look_up(service, std::move(call)); }},
      {"POST", "/sign-in", Role::anyone,
       [&, over_tls](Call&& call) { pages::sign_in(service, std::move(call), over_tls); }},
      {"POST", "/sign-out", Role::anyone, [over_tls](Call&& call) { pages::sign_out(std::move(call), over_tls); }},
  };
  if (const std::string path = path_in(base_url); !path.empty()) {
    for (Route& route : routes) route.answer = moved(std::move(route.answer), path);
  }
  return routes;
}

}  // namespace proviso::service
