#include "service/cds/cds.hpp"

#include <ctime>
#include <utility>

#include "service/cds/hook_routes.hpp"
#include "service/cds/jwt.hpp"

namespace proviso::service {
namespace {

constexpr std::string_view discovery_path = "/cds-services";

Response not_admitted(std::string_view why) {
  Response response = outcome(401, "security", why);
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace

bool Hooks::admit(Call& call, std::string_view path) const {
  if (!issuers) return true;
  const std::string_view token = bearer_token(call.request.header("authorization"));
  if (token.empty()) {
    call.respond(not_admitted("a signed token is needed: Authorization: Bearer ..."));
    return false;
  }
  const auto claims = verify_token(*issuers, token, pages.base_url + std::string(path), std::time(nullptr));
  if (!claims) {
    call.respond(not_admitted(claims.error()));
    return false;
  }
  const auto first = service.keeper().first_use(claims->issuer, claims->identifier, claims->expires + clock_leeway + 1);
  if (!first) {
    service.metrics().count_register_failure();
    service.log("a token could not be remembered: " + first.error());
    call.respond(outcome(503, "transient", "the register does not answer"));
    return false;
  }
  if (!*first) {
    call.respond(not_admitted("the token was used before"));
    return false;
  }
  call.caller.name = claims->issuer;
  return true;
}

tl::expected<std::vector<Route>, std::string> cds_routes(Service& service, const CdsOptions& options) {
  const auto hooks = std::make_shared<Hooks>(Hooks{service, {options.base_url}, std::nullopt});
  std::string& base = hooks->pages.base_url;
  while (!base.empty() && base.back() == '/') base.pop_back();
  if (!options.issuers.empty()) {
    auto issuers = Issuers::read(options.issuers);
    if (!issuers) return tl::unexpected("the file of trusted clients: " + issuers.error());
    hooks->issuers = std::move(*issuers);
  }
  // Where clients sign, their own tokens are asked for; else those of the service.
  const Role role = hooks->issuers ? Role::anyone : Role::submit;
  const std::string discovery(discovery_path);
  return std::vector<Route>{
      {"GET", discovery, role,
       [hooks](Call&& call) {
         if (hooks->admit(call, discovery_path)) answer_discovery(*hooks, std::move(call));
       }},
      {"POST", discovery + "/{service}", role,
       [hooks](Call&& call) {
         const std::string path = std::string(discovery_path) + "/" + call.parts.front();
         if (hooks->admit(call, path)) answer_hook(hooks, std::move(call));
       }},
      {"POST", discovery + "/{service}/feedback", role,
       [hooks](Call&& call) {
         const std::string path = std::string(discovery_path) + "/" + call.parts.front() + "/feedback";
         if (hooks->admit(call, path)) answer_feedback(*hooks, std::move(call));
       }},
  };
}

}  // namespace proviso::service
