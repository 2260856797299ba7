#include <fmt/format.h>

#include <utility>

#include "output/json_text.hpp"
#include "service/api/openapi.hpp"
#include "service/api/reload.hpp"
#include "service/api/service.hpp"

namespace proviso::service {
namespace {

/// 503 where decisions could not be kept: whoever shares out requests is to send none here. A library that could not
/// be read anew is said, and no reason to stop: the old one decides.
void health(Service& service, const Call& call) {
  const std::string trouble = service.keeper().trouble();
  if (!trouble.empty()) service.log("the register is in trouble: " + trouble);
  const bool stale = !service.rulebooks().trouble().empty();
  call.respond(json(fmt::format(R"({{"status": "{}", "library": {}, "register": "{}", "reload": "{}"}})",
                                trouble.empty() ? "ok" : "failing", output::as_json(call.book->library().digest),
                                trouble.empty() ? "ok" : "failing", stale ? "failed" : "ok"),
                    trouble.empty() ? 200 : 503));
}

void metrics(Service& service, const Call& call) {
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = service.metrics().text(
      fmt::format("# HELP proviso_library_info The library that decides.\n# TYPE proviso_library_info gauge\n"
                  "proviso_library_info{{digest=\"{}\"}} 1\n",
                  call.book->library().digest));
  call.respond(std::move(response));
}

void reload(Service& service, const Call& call) {
  const auto changed = reload_library(service);
  if (!changed) {
    return call.respond(error(409, "library_with_errors", "the library cannot be used, so the old one stays",
                              ", \"details\": " + output::as_json(changed.error())));
  }
  const std::string digest = service.rulebooks().current()->library().digest;
  call.respond(json(fmt::format(R"({{"changed": {}, "library": {}}})", *changed, output::as_json(digest))));
}

/// Why a library without errors cannot be used all the same: what the start asks of it, and what whoever calls the
/// service relies on, must stay. Empty: it can.
std::string objection(const Service& service, const Rulebook& fresh, const Rulebook& in_use) {
  const std::string& record = service.options().record;
  if (fresh.desk(record) == nullptr) {
    return fmt::format("no policy is on the record `{}`, which is decided where a request names none", record);
  }
  // Calls of clinical systems would be answered as if no policy applied.
  if (in_use.fhir(record) != nullptr && fresh.fhir(record) == nullptr) {
    return fmt::format(
        "there is no `.fhir` file for the record `{}` any more, so nothing that clinical systems send could be read; "
        "to go on without one, start the service anew",
        record);
  }
  return {};
}

}  // namespace

tl::expected<bool, std::string> reload_library(Service& service) {
  auto changed = service.rulebooks().reload(
      [&](const Rulebook& fresh, const Rulebook& in_use) { return objection(service, fresh, in_use); });
  service.metrics().count_reload(changed.has_value());
  if (!changed) {
    service.log("the library cannot be used, the old one stays:\n" + changed.error());
  } else {
    service.log("the library was read anew: " + service.rulebooks().current()->library().digest);
  }
  return changed;
}

std::vector<Route> operation_routes(Service& service) {
  return {
      {"GET", "/healthz", Role::anyone, [&](Call&& call) { health(service, call); }},
      {"GET", "/metrics", Role::anyone, [&](Call&& call) { metrics(service, call); }},
      {"GET", "/openapi.json", Role::anyone,
       [](Call&& call) { call.respond(json(std::string(openapi_description()))); }},
      {"POST", "/v1/reload", Role::administer, [&](Call&& call) { reload(service, call); }},
  };
}

}  // namespace proviso::service
