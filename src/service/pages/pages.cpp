#include "service/pages/pages.hpp"

#include "service/pages/authorisations.hpp"
#include "service/pages/check.hpp"
#include "service/pages/home.hpp"
#include "service/pages/policies.hpp"
#include "service/pages/sign_in.hpp"

namespace proviso::service {

/// Those that ask who is there do so themselves: a browser has no header for a token, and a person wants a page that
/// asks for it.
std::vector<Route> page_routes(Service& service) {
  return {
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
      {"POST", "/sign-in", Role::anyone, [&](Call&& call) { pages::sign_in(service, std::move(call)); }},
      {"POST", "/sign-out", Role::anyone, [](Call&& call) { pages::sign_out(std::move(call)); }},
  };
}

}  // namespace proviso::service
