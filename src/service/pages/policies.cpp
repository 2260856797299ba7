#include "service/pages/policies.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "output/words.hpp"
#include "service/pages/page.hpp"
#include "service/pages/wording.hpp"
#include "value/calendar.hpp"
#include "value/characters.hpp"
#include "value/code.hpp"

namespace proviso::service::pages {
namespace {

bool holds_code(const model::CodeList& list, std::string_view text) {
  const auto code = value::parse_code(list.system, text);
  if (!code) return false;
  const value::CodeInterval wanted = value::covered(list.system, *code);
  return std::any_of(list.blocks.begin(), list.blocks.end(), [&](const model::CodeBlock& block) {
    for (std::size_t i = 0; i < block.firsts.size(); ++i) {
      if (block.firsts[i] <= wanted.last && wanted.first <= block.lasts[i]) return true;
    }
    return false;
  });
}

/// By a part of its label or name, or by a code that it reads.
bool is_found(const model::Library& library, const model::Policy& policy, const std::string& wanted) {
  if (wanted.empty()) return true;
  const std::string names =
      value::small_letters(policy.label + "\n" + policy.full_name() + "\n" + plain_words(policy.name));
  if (names.find(value::small_letters(wanted)) != std::string::npos) return true;
  const auto lists = output::reads_of(library, policy, policy.written()).code_lists;
  return std::any_of(lists.begin(), lists.end(),
                     [&](std::uint32_t list) { return holds_code(library.code_lists[list], wanted); });
}

std::string places_of(const model::Library& library, const model::Policy& policy) {
  if (policy.places.empty()) return "Everywhere";
  std::string out;
  for (const model::PlaceId place : policy.places) out += (out.empty() ? "" : ", ") + place_label(library, place);
  return out;
}

void append_policy_row(Html& html, const model::Library& library, const model::Policy& policy) {
  html.open("tr").open("th", {{"scope", "row"}});
  html.link("/policies/" + encode_for_address(policy.full_name()), policy.label.empty() ? policy.name : policy.label);
  if (!policy.unverified.empty()) html.text(" ").element("span", "Part not verified", {{"class", "tag open"}});
  html.close("th").element("td", category_meaning(model::spelling(policy.written().category)));
  html.element("td", library.records[policy.record].name).element("td", places_of(library, policy)).close("tr");
}

void append_search(Html& html, std::string_view wanted) {
  html.open("form", {{"method", "get"}, {"action", "/policies"}, {"role", "search"}});
  html.open("div", {{"class", "field"}}).element("label", "Name or code", {{"for", "q"}});
  html.element("p", "For example, tonsillectomy or F34.1", {{"class", "hint"}, {"id", "q-hint"}});
  html.single("input", {{"type", "search"},
                        {"id", "q"},
                        {"name", "q"},
                        {"class", "wide"},
                        {"value", wanted},
                        {"aria-describedby", "q-hint"}});
  html.close("div").element("button", "Search").close("form");
}

/// What the form of a policy's page says, or its address: `on=2019-04-01`.
struct Asked {
  std::optional<std::int32_t> on;
  model::PlaceId place = model::none;
  std::array<std::string, 3> typed;  ///< day, month, year
  std::vector<Mistake> mistakes;
};

std::optional<std::int32_t> typed_date(const std::array<std::string, 3>& typed) {
  if (typed[2].size() != 4 || typed[1].size() > 2 || typed[0].size() > 2) return {};
  return value::parse_date(fmt::format("{}-{:0>2}-{:0>2}", typed[2], typed[1], typed[0]));
}

Asked read_asked(const Call& call) {
  Asked asked;
  const std::string_view on = call.request.parameter("on");
  if (!on.empty()) {
    asked.on = value::parse_date(on);
    if (!asked.on) asked.mistakes.push_back({"on-day", "The date must be a real date"});
  }
  constexpr std::array<std::string_view, 3> names = {"on-day", "on-month", "on-year"};
  for (std::size_t i = 0; i < names.size(); ++i) asked.typed[i] = call.request.parameter(names[i]);
  const bool is_typed =
      std::any_of(asked.typed.begin(), asked.typed.end(), [](const std::string& each) { return !each.empty(); });
  if (is_typed) {
    asked.on = typed_date(asked.typed);
    if (!asked.on) asked.mistakes.push_back({"on-day", "The date must be a real date, such as 27 3 2019"});
  } else if (asked.on) {
    const value::CivilDate civil = value::civil(*asked.on);
    asked.typed = {std::to_string(civil.day), std::to_string(civil.month), std::to_string(civil.year)};
  }
  const std::string_view place = call.request.parameter("in");
  if (!place.empty()) {
    asked.place = call.book->library().place(place);
    if (asked.place == model::none) asked.mistakes.push_back({"in", "Choose a place of the list"});
  }
  return asked;
}

void append_place_and_day(Html& html, const model::Library& library, const std::string& name, const Asked& asked) {
  const std::string address = "/policies/" + encode_for_address(name);
  html.open("form", {{"method", "get"},
                     {"action", address},
                     {"class", "panel"},
                     {"aria-label", "Place and date"},
                     {"novalidate", ""}});
  html.open("div", {{"class", "filters"}}).open("div", {{"class", "field"}}).element("label", "Place", {{"for", "in"}});
  html.open("select", {{"id", "in"}, {"name", "in"}}).element("option", "As written", {{"value", ""}});
  for (model::PlaceId place = 0; place < library.places.size(); ++place) {
    std::string label;
    for (model::PlaceId outer = library.places[place].parent; outer != model::none;
         outer = library.places[outer].parent)
      label += "\u2003";
    html.element("option", label + place_label(library, place),
                 {{"value", library.places[place].name}, {"selected", present(place == asked.place)}});
  }
  html.close("select").close("div").open("div", {{"class", asked.mistakes.empty() ? "field" : "field error"}});
  html.open("fieldset").element("legend", "Date");
  for (const Mistake& mistake : asked.mistakes) html.element("p", "Error: " + mistake.message, {{"class", "message"}});
  html.open("div", {{"class", "dates"}});
  constexpr std::array<std::array<std::string_view, 2>, 3> parts = {
      {{"day", "Day"}, {"month", "Month"}, {"year", "Year"}}};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string id = "on-" + std::string(parts[i][0]);
    html.open("div", {{"class", parts[i][0]}}).element("label", parts[i][1], {{"for", id}});
    html.single("input", {{"type", "text"},
                          {"id", id},
                          {"name", id},
                          {"value", asked.typed[i]},
                          {"inputmode", "numeric"},
                          {"autocomplete", "off"}});
    html.close("div");
  }
  html.close("div").close("fieldset").close("div").close("div");
  html.element("button", "Show the policy").close("form");
}

void append_summary(Html& html, const output::PolicyView& view) {
  const model::Policy& policy = *view.policy;
  html.open("dl", {{"class", "summary two"}});
  html.pair("Owner",
            policy.places.empty() ? "National policy: it applies everywhere" : places_of(*view.library, policy));
  if (view.form != nullptr) html.pair("Type", category_meaning(model::spelling(view.form->category)));
  for (const output::AppliedVariation& each : view.variations) {
    if (view.place == model::none) break;
    std::string by = place_label(*view.library, each.variation->place);
    if (const std::string days = period_words(each.variation->period); !days.empty()) by += ", " + days;
    html.pair("Changed locally by", by);
  }
  html.pair("Status",
            with_capital(model::spelling(policy.status)) + (policy.decides(true) ? "" : ": it decides nothing"));
  html.pair("In force", with_capital(period_words(policy.effective)));
  for (const model::Citation& source : policy.sources) html.pair("Source", model::format(source));
  html.pair("About", view.library->records[policy.record].label.empty() ? view.record
                                                                        : view.library->records[policy.record].label);
  if (policy.applies != model::none) {
    html.open("div")
        .element("dt", "It applies when")
        .open("dd")
        .element("code", policy.applies_expression)
        .close("dd")
        .close("div");
  }
  for (const std::string& guess : policy.unverified) html.pair("Not verified", guess);
  html.close("dl");
}

void append_when(Html& html, const output::PolicyView& view) {
  std::string when = "As written";
  if (view.place != model::none) when = "As it applies in " + place_label(*view.library, view.place);
  if (view.on) when += (view.place == model::none ? ", on " : " on ") + long_date(*view.on);
  html.element("h2", when);
  if (view.place != model::none && view.form != nullptr && !period_words(view.unchanged).empty()) {
    html.element("p", "The policy is the same " + period_words(view.unchanged) + ".", {{"class", "quiet"}});
  }
  if (!view.differs_in.empty()) {
    std::string names;
    for (const std::string& place : view.differs_in)
      names += (names.empty() ? "" : ", ") + place_label(*view.library, place);
    html.element("p", "Within this place, it is different in " + names + ".", {{"class", "caution"}});
  }
}

void append_titled_list(Html& html, std::string_view title, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  html.element("h2", title).open("ul");
  for (const std::string& text : texts) html.element("li", text);
  html.close("ul");
}

void append_view(Html& html, const output::PolicyView& view) {
  append_when(html, view);
  if (view.policy == nullptr) {
    html.element("p", "The policy is not in force on that day.", {{"class", "inset"}});
  } else {
    if (view.form == nullptr) html.element("p", "It does not apply there: " + view.why_not + ".", {{"class", "inset"}});
    append_summary(html, view);
    if (view.form != nullptr) append_clauses(html, view);
    append_variations(html, view);
    append_values(html, view);
    append_titled_list(html, "Calculations", view.hooks);
    append_titled_list(html, "Notes", view.policy->notes);
  }
  append_history(html, view);
}

}  // namespace

std::string period_words(const model::Period& period) {
  std::string out;
  if (period.first != INT32_MIN) out = "from " + long_date(period.first);
  if (period.last != INT32_MAX) out += (out.empty() ? "to " : " to ") + long_date(period.last);
  return out;
}

void list_policies(Call&& call) {
  const model::Library& library = call.book->library();
  const std::string_view given = call.request.parameter("q");
  const std::size_t first = given.find_first_not_of(" \t");
  const std::string wanted(
      first == std::string_view::npos ? "" : given.substr(first, given.find_last_not_of(" \t") - first + 1));
  std::vector<const model::Policy*> found;
  for (std::size_t i = 0; i < library.policies.size(); ++i) {
    const model::Policy& policy = library.policies[i];
    const bool last = i + 1 == library.policies.size() || library.policies[i + 1].full_name() != policy.full_name();
    if (last && is_found(library, policy, wanted)) found.push_back(&policy);
  }
  std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
    return a->payment < b->payment || (a->payment == b->payment && a->label < b->label);
  });
  Page page{"Policies", "/policies", {}};
  page.body.element("h1", page.title);
  append_search(page.body, wanted);
  const std::string count = output::counted(found.size(), "policy or payment rule");
  page.body.open("p", {{"role", "status"}})
      .text(found.size() == 1 ? count : fmt::format("{} policies and payment rules", found.size()));
  if (!wanted.empty()) page.body.text(" for \u201c" + wanted + "\u201d");
  page.body.close("p");
  if (!found.empty()) {
    page.body.open("div", {{"class", "table-wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Policies"}});
    page.body.open("table").open("thead").open("tr");
    for (const std::string_view heading : {"Policy", "Type", "About", "Applies in"})
      page.body.element("th", heading, {{"scope", "col"}});
    page.body.close("tr").close("thead").open("tbody");
    for (const model::Policy* policy : found) append_policy_row(page.body, library, *policy);
    page.body.close("tbody").close("table").close("div");
  }
  call.respond(respond(page));
}

void show_policy(Call&& call) {
  const model::Library& library = call.book->library();
  Asked asked = read_asked(call);
  const bool clear = asked.mistakes.empty();
  const auto views = output::view_policy(library, call.parts.front(), clear ? asked.on : std::nullopt,
                                         clear ? asked.place : model::none);
  if (views.empty()) {
    return call.respond(
        notice(404, "There is no such policy", "The library has no policy of that name.", "/policies", "All policies"));
  }
  Page page{{}, "/policies", {}, asked.mistakes};
  page.status = clear ? 200 : 400;
  if (views.size() > 1) {
    page.title = "Several policies have that name";
    page.body.element("h1", page.title).open("ul");
    for (const output::PolicyView& view : views) {
      const std::string name = view.versions.front()->full_name();
      page.body.open("li").link("/policies/" + encode_for_address(name), name).close("li");
    }
    page.body.close("ul");
    return call.respond(respond(page));
  }
  const output::PolicyView& view = views.front();
  const model::Policy& policy = *view.versions.back();
  page.title = policy.label.empty() ? policy.name : policy.label;
  page.body.open("h1").text(page.title).element("span", policy.full_name(), {{"class", "caption"}}).close("h1");
  append_place_and_day(page.body, library, policy.full_name(), asked);
  if (clear) append_view(page.body, view);
  call.respond(respond(page));
}

}  // namespace proviso::service::pages
