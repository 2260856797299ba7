#include "service/pages/authorisations.hpp"

#include <fmt/format.h>

#include "output/policy_view.hpp"
#include "service/pages/json_members.hpp"
#include "service/pages/page.hpp"
#include "service/pages/sign_in.hpp"
#include "service/pages/wording.hpp"
#include "value/calendar.hpp"

namespace proviso::service::pages {
namespace {

constexpr std::string_view address = "/authorisations";

void append_form(Html& html, std::string_view typed, std::string_view wrong) {
  html.open("form", {{"method", "post"}, {"action", address}, {"novalidate", ""}});
  html.open("div", {{"class", wrong.empty() ? "field" : "field error"}});
  html.element("label", "Authorisation code", {{"for", "code"}});
  html.element("p", "For example, PA and then 20 letters and digits. Spaces, dashes and small letters do not matter.",
               {{"class", "hint"}, {"id", "code-hint"}});
  if (!wrong.empty()) html.element("p", "Error: " + std::string(wrong), {{"class", "message"}, {"id", "code-error"}});
  html.single("input", {{"type", "text"},
                        {"id", "code"},
                        {"name", "code"},
                        {"class", "wide"},
                        {"value", typed},
                        {"autocomplete", "off"},
                        {"autocapitalize", "characters"},
                        {"spellcheck", "false"},
                        {"aria-describedby", wrong.empty() ? "code-hint" : "code-hint code-error"}});
  html.close("div").element("button", "Look up").close("form");
}

Response form_page(std::string_view typed, std::string_view wrong, int status) {
  Page page{"Look up an authorisation", std::string(address), {}, {}, status};
  if (!wrong.empty()) page.mistakes.push_back({"code", std::string(wrong)});
  page.body.element("h1", page.title);
  append_form(page.body, typed, wrong);
  return respond(page);
}

std::string_view state_words(Authorisation::State state) {
  switch (state) {
    case Authorisation::State::valid:
      return "This authorisation is valid";
    case Authorisation::State::used:
      return "This authorisation has been used";
    case Authorisation::State::expired:
      return "This authorisation has expired";
    case Authorisation::State::withdrawn:
      return "This authorisation was withdrawn";
  }
  return "";
}

/// `2026-11-22T10:05:31.123Z` to the minute.
std::string moment(std::string_view at) {
  const std::size_t time = at.find('T');
  if (time == std::string_view::npos) return std::string(at);
  return long_date(at.substr(0, time)) + " at " + std::string(at.substr(time + 1, 5)) + " (UTC)";
}

/// What it is good for: nested facts, told by their labels. The patient's number is never among what is shown.
void append_bound(Html& html, const model::Library& library, const model::Record& record, const Json& bound,
                  const std::string& path) {
  for (const auto& [name, value] : bound.items()) {
    std::string inner = path;
    if (!inner.empty()) inner += '.';
    inner += name;
    if (value.is_object()) {
      append_bound(html, library, record, value, inner);
      continue;
    }
    const model::Fact* fact = fact_by_name(record, inner);
    if (fact != nullptr && fact->nhs_number) continue;
    const std::string text =
        value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
    html.pair(shown_name(record, inner), shown_value(library, record, inner, text));
  }
}

void append_events(Html& html, const Authorisation& authorisation) {
  html.element("h2", "What has happened to it");
  html.open("div", {{"class", "table-wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Events"}})
      .open("table");
  html.open("thead").open("tr");
  for (const std::string_view heading : {"When", "What", "By", "Reference or reason"})
    html.element("th", heading, {{"scope", "col"}});
  html.close("tr").close("thead").open("tbody");
  for (const AuthorisationEvent& event : authorisation.events) {
    html.open("tr")
        .element("th", moment(event.at), {{"scope", "row"}})
        .element("td", with_capital(spelling(event.kind)));
    html.element("td", event.by).element("td", event.reason).close("tr");
  }
  html.close("tbody").close("table").close("div");
}

void append_what(Html& html, const Call& call, const Authorisation& authorisation) {
  const model::Library& library = call.book->library();
  const auto views = output::view_policy(library, authorisation.policy, value::parse_date(authorisation.decided));
  std::string policy = authorisation.policy;
  if (!views.empty() && !views.front().versions.back()->label.empty()) policy = views.front().versions.back()->label;
  html.open("dl", {{"class", "summary two"}});
  html.pair("Policy", policy);
  html.pair("For", place_label(library, authorisation.place));
  const std::uint32_t record = library.record(authorisation.record);
  const Json bound = Json::parse(authorisation.bound, nullptr, false);
  if (record != model::none && bound.is_object()) append_bound(html, library, library.records[record], bound, {});
  html.pair("Patient", authorisation.patient.empty() ? "Not tied to an NHS number" : "One patient, by NHS number");
  html.pair("Decided", long_date(authorisation.decided));
  html.pair("Valid from", long_date(authorisation.valid_from));
  html.pair("Valid to", authorisation.valid_to.empty() ? "No end date" : long_date(authorisation.valid_to));
  html.pair("Used", fmt::format("{} of {}", authorisation.used, authorisation.uses));
  if (authorisation.retrospective) html.pair("Retrospective", "Yes: it was asked for after the treatment");
  html.close("dl");
}

void show(const Service& service, const Call& call, const Authorisation& authorisation) {
  const auto state = authorisation.state(value::format_date(service.today()));
  Page page{std::string(state_words(state)), std::string(address), {}};
  Html& html = page.body;
  html.element("h1", page.title);
  html.open("div", {{"class", "authorisation"}}).element("p", authorisation.code, {{"class", "value"}}).close("div");
  append_what(html, call, authorisation);
  append_events(html, authorisation);
  html.open("p", {{"class", "no-print"}}).link(address, "Look up another").close("p");
  call.respond(respond(page));
}

}  // namespace

void ask_for_code(Service& service, Call&& call) {
  if (signed_in(service, call, Role::verify, address)) call.respond(form_page({}, {}, 200));
}

void look_up(Service& service, Call&& call) {
  if (!signed_in(service, call, Role::verify, address)) return;
  const auto form = call.request.form();
  if (!form) return call.respond(form_page({}, "This form could not be read. Enter the code again", 400));
  std::string typed;
  for (const auto& [name, text] : *form) {
    if (name == "code") typed = text;
  }
  if (typed.find_first_not_of(" \t\r\n") == std::string::npos)
    return call.respond(form_page({}, "Enter an authorisation code", 400));
  bool slipped = false;
  const std::string code = tidy_code(typed, slipped);
  if (code.empty()) {
    return call.respond(
        form_page(typed,
                  slipped ? "This code has a typing error. Compare it with the letter, character by character"
                          : "This is not an authorisation code. Codes begin with PA, followed by 20 letters and digits",
                  400));
  }
  const auto found = service.keeper().authorisation(code);
  if (!found) {
    service.metrics().count_register_failure();
    service.log("an authorisation could not be looked up: " + found.error());
    return call.respond(notice(503, "The register is not available", "Try again in a moment.", address, "Try again"));
  }
  if (!*found) {
    return call.respond(form_page(typed, "The code is typed correctly, but no authorisation here has it", 404));
  }
  show(service, call, **found);
}

}  // namespace proviso::service::pages
