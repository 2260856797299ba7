#include <utility>

#include <nlohmann/json.hpp>

#include "output/json_text.hpp"
#include "service/api/service.hpp"
#include "text/utf8.hpp"
#include "value/calendar.hpp"

namespace proviso::service {
namespace {

/// The code in the path, tidied; empty where it is none, and then the answer was given.
std::string code_of(const Call& call) {
  bool slipped = false;
  std::string code = tidy_code(call.parts.front(), slipped);
  if (code.empty()) {
    call.respond(slipped ? error(404, "mistyped_code", "the code has a slip in it: its check characters do not fit")
                         : error(404, "not_found", "that is not the code of an authorisation"));
  }
  return code;
}

void say_register_fails(Service& service, const Call& call, const std::string& why) {
  service.metrics().count_register_failure();
  service.log("an authorisation could not be looked up: " + why);
  call.respond(error(503, "register", "the register does not answer"));
}

void show(Service& service, const Call& call, const std::string& code, int status = 200) {
  const auto found = service.keeper().authorisation(code);
  if (!found) return say_register_fails(service, call, found.error());
  if (!*found) return call.respond(error(404, "not_found", "there is no authorisation of that code"));
  std::string out;
  append_authorisation(out, **found, value::format_date(service.today()), true);
  call.respond(json(std::move(out), status));
}

/// A text member of the body, which may be empty; nothing where the body is no such object, and then it was answered.
std::optional<std::string> member_of(const Call& call, const char* name, bool required) {
  using Json = nlohmann::json;
  // Of a member that stands there twice the object has the last alone.
  std::size_t members = 0;
  const auto count = [&](int depth, Json::parse_event_t event, const Json&) {
    if (depth == 1 && event == Json::parse_event_t::key) ++members;
    return true;
  };
  const auto body = call.request.body.empty() ? Json::object() : Json::parse(call.request.body, count, false);
  const bool right = body.is_object() && (!body.contains(name) || body[name].is_string()) && members <= 1 &&
                     (body.empty() || body.contains(name));
  const std::string text = right && body.contains(name) ? body[name].get<std::string>() : std::string();
  // Not every database has texts with a NUL in them.
  const bool kept = text::count_characters(text) <= 200 && text.find('\0') == std::string::npos;
  if (right && kept && (!required || !text.empty())) return text;
  call.respond(
      error(400, "bad_body",
            std::string("expected {\"") + name + "\": \"...\"} of at most 200 characters, without NUL characters"));
  return {};
}

void answer_change(Service& service, const Call& call, const std::string& code,
                   const Register::Result<Change>& change) {
  if (!change) return say_register_fails(service, call, change.error());
  switch (*change) {
    case Change::done:
    case Change::done_before:
      return show(service, call, code);
    case Change::unknown_code:
      return call.respond(error(404, "not_found", "there is no authorisation of that code"));
    case Change::withdrawn:
      return call.respond(error(409, "withdrawn", "the authorisation was withdrawn"));
    case Change::expired:
      return call.respond(error(409, "expired", "the authorisation has expired"));
    case Change::used_up:
      return call.respond(error(409, "used", "the authorisation was used as often as it may be"));
  }
}

void use(Service& service, Call&& call) {
  const std::string code = code_of(call);
  if (code.empty()) return;
  const auto reference = member_of(call, "reference", true);
  if (!reference) return;
  const std::string today = value::format_date(service.today());
  answer_change(service, call, code, service.keeper().use(code, *reference, call.caller.name, today));
}

void withdraw(Service& service, Call&& call) {
  const std::string code = code_of(call);
  if (code.empty()) return;
  const auto reason = member_of(call, "reason", true);
  if (!reason) return;
  answer_change(service, call, code, service.keeper().withdraw(code, *reason, call.caller.name));
}

}  // namespace

void append_authorisation(std::string& out, const Authorisation& authorisation, std::string_view today,
                          bool with_events) {
  out += "{\"code\": ";
  output::append_json(out, authorisation.code);
  const auto member = [&](std::string_view name, std::string_view text) {
    out += ", \"";
    out += name;
    out += "\": ";
    output::append_json_or_null(out, text);
  };
  member("state", spelling(authorisation.state(today)));
  member("policy", authorisation.policy);
  member("version", authorisation.version);
  member("place", authorisation.place);
  member("decided", authorisation.decided);
  member("valid_from", authorisation.valid_from);
  member("valid_to", authorisation.valid_to);
  out += ", \"uses\": " + std::to_string(authorisation.uses) + ", \"used\": " + std::to_string(authorisation.used);
  out += ", \"retrospective\": ";
  out += authorisation.retrospective ? "true" : "false";
  out += ", \"bound\": " + authorisation.bound;
  member("decision", authorisation.decision);
  if (with_events) {
    out += ", \"events\": [";
    for (std::size_t i = 0; i < authorisation.events.size(); ++i) {
      const AuthorisationEvent& event = authorisation.events[i];
      out += i == 0 ? "{\"event\": " : ", {\"event\": ";
      output::append_json(out, spelling(event.kind));
      member("at", event.at);
      member("by", event.by);
      member("reason", event.reason);
      out += '}';
    }
    out += ']';
  }
  out += '}';
}

std::vector<Route> authorisation_routes(Service& service) {
  return {
      {"GET", "/v1/authorisations/{code}", Role::verify,
       [&](Call&& call) {
         const std::string code = code_of(call);
         if (!code.empty()) show(service, call, code);
       }},
      {"POST", "/v1/authorisations/{code}/use", Role::verify, [&](Call&& call) { use(service, std::move(call)); }},
      {"POST", "/v1/authorisations/{code}/withdraw", Role::administer,
       [&](Call&& call) { withdraw(service, std::move(call)); }},
  };
}

}  // namespace proviso::service
