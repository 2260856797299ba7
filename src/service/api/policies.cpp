#include <optional>
#include <utility>

#include "output/json_text.hpp"
#include "output/policy_view.hpp"
#include "output/show.hpp"
#include "output/show_history.hpp"
#include "service/api/service.hpp"
#include "value/calendar.hpp"

namespace proviso::service {
namespace {

/// Every policy once, by its last version.
void list_policies(Call&& call) {
  const model::Library& library = call.book->library();
  std::string out = "{\"library\": " + output::as_json(library.digest) + ", \"policies\": [";
  bool first = true;
  for (std::size_t i = 0; i < library.policies.size(); ++i) {
    const model::Policy& policy = library.policies[i];
    if (i + 1 < library.policies.size() && library.policies[i + 1].full_name() == policy.full_name()) continue;
    if (!first) out += ", ";
    first = false;
    out += "{\"policy\": " + output::as_json(policy.full_name()) + ", \"label\": " + output::as_json(policy.label);
    out += ", \"kind\": " + output::as_json(output::word_of(policy));
    out += ", \"record\": " + output::as_json(library.records[policy.record].name);
    out += ", \"status\": " + output::as_json(model::spelling(policy.status));
    out += ", \"category\": " + output::as_json(model::spelling(policy.written().category)) + ", \"places\": [";
    for (std::size_t place = 0; place < policy.places.size(); ++place) {
      if (place != 0) out += ", ";
      out += output::as_json(library.places[policy.places[place]].name);
    }
    out += "]}";
  }
  call.respond(json(out + "]}"));
}

struct Asked {
  std::optional<std::int32_t> on;
  model::PlaceId place = model::none;
};

/// The place and day that the request names; nothing where there are no such, and then it was answered.
std::optional<Asked> place_and_day(const Call& call) {
  Asked asked;
  const std::string_view on = call.request.parameter("on");
  const std::string_view place = call.request.parameter("in");
  if (!on.empty()) {
    asked.on = value::parse_date(on);
    if (!asked.on) {
      call.respond(error(400, "bad_date", "`on` is a date such as 2019-04-01"));
      return {};
    }
  }
  if (!place.empty()) {
    asked.place = call.book->library().place(place);
    if (asked.place == model::none) {
      call.respond(error(400, "unknown_place", "`in` is the name of a declared place, or its ODS code"));
      return {};
    }
  }
  return asked;
}

void show_policy(Call&& call) {
  const auto asked = place_and_day(call);
  if (!asked) return;
  const auto views = output::view_policy(call.book->library(), call.parts.front(), asked->on, asked->place);
  if (views.empty()) return call.respond(error(404, "not_found", "there is no policy of that name"));
  if (views.size() > 1) {
    return call.respond(error(409, "several", "several libraries have a policy of that name: say the full name"));
  }
  Response response = json({});
  if (call.request.parameter("format") == "text") {
    response.content_type = "text/plain; charset=utf-8";
    output::append_shown(response.body, views.front());
  } else {
    output::append_shown_json(response.body, views.front());
  }
  call.respond(std::move(response));
}

void show_history(Call&& call) {
  const auto asked = place_and_day(call);
  if (!asked) return;
  const model::Library& library = call.book->library();
  const std::string& name = call.parts.front();
  for (const model::Policy& policy : library.policies) {
    if (policy.full_name() != name) continue;
    std::string out;
    output::append_history_json(out, output::history_of(library, name, asked->place));
    return call.respond(json(std::move(out)));
  }
  call.respond(error(404, "not_found", "there is no policy of that full name"));
}

}  // namespace

std::vector<Route> policy_routes(Service&) {
  return {
      {"GET", "/v1/policies", Role::anyone, list_policies},
      {"GET", "/v1/policies/{policy}", Role::anyone, show_policy},
      {"GET", "/v1/policies/{policy}/history", Role::anyone, show_history},
  };
}

}  // namespace proviso::service
