#include <algorithm>

#include <fmt/format.h>

#include "service/pages/check.hpp"
#include "service/pages/criteria.hpp"
#include "service/pages/json_members.hpp"
#include "service/pages/wording.hpp"
#include "value/calendar.hpp"

namespace proviso::service::pages {
namespace {

std::string policy_label(const model::Library& library, std::string_view full_name) {
  for (const model::Policy& policy : library.policies) {
    if (policy.full_name() == full_name) return policy.label.empty() ? policy.name : policy.label;
  }
  return std::string(full_name);
}

/// Of a decision that asked for authorisations, or for none: one of them may have been used since it was given.
enum class Approval : unsigned char { not_needed, good, spent };

Approval approval_of(const Receipt& receipt, std::string_view today) {
  const auto& all = receipt.authorisations;
  if (all.empty()) return Approval::not_needed;
  const bool good = std::all_of(all.begin(), all.end(), [&](const Authorisation& each) {
    return each.state(today) == Authorisation::State::valid;
  });
  return good ? Approval::good : Approval::spent;
}

std::string_view next_step_of(Approval approval) {
  switch (approval) {
    case Approval::not_needed:
      return "No approval is needed before treatment. Keep the evidence for each criterion in the notes: it may be "
             "audited.";
    case Approval::good:
      return "Funding is approved. Quote the authorisation code in the referral and with the claim.";
    case Approval::spent:
      return "The criteria are met, but an authorisation that was given for this referral is no longer good: do not "
             "take it as approval of the treatment.";
  }
  return "";
}

/// What to do now, in a sentence or two.
std::string_view next_step(model::Outcome outcome, Approval approval) {
  switch (outcome) {
    case model::Outcome::approve:
      return next_step_of(approval);
    case model::Outcome::refuse:
      return "On what was recorded, treatment is not routinely funded. This is about funding: it is not a clinical "
             "judgement. See below what would change the outcome, and how to make an individual funding request.";
    case model::Outcome::information_needed:
      return "There is not enough information to decide. This does not count against the patient.";
    case model::Outcome::exempt:
      return "The policy does not cover this referral, so its criteria do not need to be met. Refer in the usual way.";
    case model::Outcome::review:
      return "The policy leaves this decision to a person at the commissioner, or to a specialist, who will look at "
             "the "
             "whole case.";
    case model::Outcome::not_applicable:
      return "No policy in this service covers this referral, so there are no criteria to meet here. Refer in the "
             "usual "
             "way.";
    default:
      return "";
  }
}

/// To be filled in by hand: no page knows who the patient is.
void append_letter_head(Html& html, const Receipt& receipt, std::string_view today) {
  html.open("div", {{"class", "print-only"}});
  html.element("p", "Date: " + long_date(today)).element("p", "Decision: " + receipt.entry.id);
  for (const std::string_view line : {"Patient:", "NHS number:", "Referred by:"})
    html.element("p", line, {{"class", "to-fill"}});
  html.close("div");
}

void append_facts_of_decision(Html& html, const Answers& answers, const Receipt& receipt, std::string_view today) {
  html.element("h2", "About this decision");
  html.open("dl", {{"class", "summary two"}});
  html.pair("Date of the decision", long_date(today));
  html.pair("Decision", receipt.entry.id);
  html.pair("Version of the policies", answers.library().digest);
  html.close("dl");
}

/// Its code is told for looking it up, and not as one to quote.
void append_spent(Html& html, const model::Library& library, const Authorisation& authorisation, const Spent& spent) {
  const std::string title = "code-" + authorisation.code;
  html.open("section", {{"class", "caution"}, {"aria-labelledby", title}});
  html.element("h2", spent.heading, {{"id", title}}).element("p", spent.meaning);
  html.element("p", "It was for: " + policy_label(library, authorisation.policy) + ". What happened to it can be " +
                        "looked up by its code, which was " + authorisation.code + ".");
  html.close("section");
}

void append_authorisation(Html& html, const model::Library& library, const Authorisation& authorisation,
                          std::string_view today) {
  if (const Spent spent_one = spent(authorisation, today); !spent_one.heading.empty()) {
    return append_spent(html, library, authorisation, spent_one);
  }
  const std::string title = "code-" + authorisation.code;
  html.open("section", {{"class", "authorisation"}, {"aria-labelledby", title}});
  html.element("h2", "Authorisation code", {{"id", title}});
  html.element("p", authorisation.code, {{"class", "value"}});
  html.open("p").text("For: " + policy_label(library, authorisation.policy) + ". Valid from " +
                      long_date(authorisation.valid_from));
  html.text(authorisation.valid_to.empty() ? "" : " to " + long_date(authorisation.valid_to));
  html.text(authorisation.uses == 1 ? ", for one use." : fmt::format(", for {} uses.", authorisation.uses)).close("p");
  if (authorisation.retrospective) {
    html.element(
        "p",
        "The code is retrospective: it was asked for after the treatment. The commissioner decides whether that is "
        "accepted.");
  }
  html.close("section");
}

void append_needs(Html& html, const Answers& answers, const Decided& decided) {
  if (decided.needs.empty()) return;
  html.element("h2", "What is still needed").open("ul");
  for (const Needed& needed : decided.needs) html.element("li", open_question(answers, needed));
  html.close("ul");
}

std::string owner_of(const Explained& explained) {
  const model::Policy* policy = explained.view.policy;
  if (policy == nullptr) return {};
  if (policy->places.empty()) return "National policy: it applies everywhere";
  std::string out;
  for (const model::PlaceId place : policy->places) {
    out += (out.empty() ? "" : ", ") + place_label(explained.library, place);
  }
  return out;
}

void append_varied(Html& html, const Explained& explained) {
  for (const Json& each : member_of(explained.decision, "varied")) {
    std::string text = place_label(explained.library, text_of(each, "place"));
    if (const std::string from = text_of(each, "from"); !from.empty()) text += ", from " + long_date(from);
    if (const std::string source = text_of(each, "source"); !source.empty()) text += " (" + source + ")";
    html.pair("Changed locally by", text);
  }
}

/// The page of the policy as it held: its address has a place and a day, and nothing of the patient.
std::string policy_address(const Explained& explained) {
  std::string address = "/policies/" + encode_for_address(text_of(explained.decision, "policy"));
  const std::string place = text_of(explained.decision, "place");
  const std::string on = text_of(explained.decision, "on");
  if (!place.empty()) address += "?in=" + encode_for_address(place);
  if (!on.empty()) address += (place.empty() ? "?on=" : "&on=") + on;
  return address;
}

void append_authority(Html& html, const Explained& explained) {
  html.element("h3", "Whose policy it is");
  html.open("dl", {{"class", "summary two"}});
  html.pair("Owner", owner_of(explained));
  append_varied(html, explained);
  if (explained.view.policy != nullptr) html.pair("Source", output::spell_sources(explained.view.policy->sources));
  html.pair("Version from", long_date(text_of(explained.decision, "version")));
  html.pair("Decided for", place_label(explained.library, text_of(explained.decision, "place")));
  html.pair("As it applied on", long_date(text_of(explained.decision, "on")));
  html.pair("Type", category_meaning(text_of(explained.decision, "category")));
  if (explained.view.policy != nullptr) {
    for (const std::string& guess : explained.view.policy->unverified) html.pair("Not verified", guess);
  }
  html.close("dl");
  html.open("p", {{"class", "no-print"}})
      .link(policy_address(explained), "Read the policy as it applied there on that date")
      .close("p");
}

void append_assumed_and_notes(Html& html, const Explained& explained) {
  const Json assumed = member_of(explained.decision, "assumed");
  if (!assumed.empty()) {
    html.element("h3", "Assumed, as no answer was given").open("ul");
    for (const Json& each : assumed) {
      const std::string name = text_of(each, "fact");
      const std::string value = shown_value(explained.library, explained.record, name, text_of(each, "value"));
      html.element("li", shown_name(explained.record, name) + ": " + value);
    }
    html.close("ul");
  }
  const Json notes = member_of(explained.decision, "notes");
  if (notes.empty()) return;
  html.element("h3", "Notes").open("ul");
  for (const Json& note : notes) {
    if (note.is_string()) html.element("li", note.get<std::string>());
  }
  html.close("ul");
}

/// Why what a policy of prior approval approves has no code.
void append_unauthorised(Html& html, const Explained& explained, model::Outcome whole) {
  const bool approves = text_of(explained.decision, "outcome") == "approve" &&
                        text_of(explained.decision, "category") == "prior_approval";
  if (!approves || whole == model::Outcome::approve) return;
  html.element("p",
               "No authorisation code was issued by it: that is done only where the referral as a whole is approved.");
}

void append_decision(Html& html, const Explained& explained, model::Outcome whole) {
  const std::string outcome = text_of(explained.decision, "outcome");
  html.open("section").open("h2").text(policy_label(explained.library, text_of(explained.decision, "policy")));
  html.element("span", outcome_heading(outcome), {{"class", "caption"}}).close("h2");
  if (const std::string text = text_of(explained.decision, "text"); !text.empty())
    html.element("p", text, {{"class", "inset"}});
  append_unauthorised(html, explained, whole);
  if (outcome == "refuse" || outcome == "review") append_what_would_change(html, explained);
  append_criteria(html, explained);
  append_assumed_and_notes(html, explained);
  append_authority(html, explained);
  html.close("section");
}

void append_funding_request(Html& html) {
  html.element("h2", "Individual funding request");
  html.element("p",
               "Where the patient's circumstances are clinically exceptional, the clinician may make an individual "
               "funding request to the "
               "responsible commissioner. It is for exceptional cases, and not for those that meet the criteria.");
}

void append_decisions(Html& html, const Answers& answers, const Json& result, model::Outcome whole) {
  const model::Library& library = answers.library();
  for (const Json& decision : member_of(result, "decisions")) {
    if (text_of(decision, "outcome") == "not applicable") continue;
    const auto on = value::parse_date(text_of(decision, "on"));
    const std::string place = text_of(decision, "place");
    auto views = output::view_policy(library, text_of(decision, "policy"), on,
                                     place.empty() ? model::none : library.place(place));
    if (views.empty()) continue;
    append_decision(html, {library, answers.record(), decision, std::move(views.front())}, whole);
  }
}

}  // namespace

Page decision_page(const Answers& answers, const Decided& decided, std::string_view full, const Receipt& receipt,
                   std::string_view today) {
  const std::string_view heading = outcome_heading(model::spelling(decided.outcome));
  Page page{std::string(heading), "/check", {}};
  Html& html = page.body;
  html.open("div", {{"class", "outcome"}}).element("h1", heading);
  html.element("p", next_step(decided.outcome, approval_of(receipt, today))).close("div");
  append_letter_head(html, receipt, today);
  for (const Authorisation& each : receipt.authorisations) append_authorisation(html, answers.library(), each, today);
  append_needs(html, answers, decided);
  html.element(
      "p",
      "If the referral is urgent, or cancer is suspected, refer now in the usual way. This decision must not delay it.",
      {{"class", "caution"}});
  append_decisions(html, answers, Json::parse(full, nullptr, false), decided.outcome);
  if (decided.outcome == model::Outcome::refuse) append_funding_request(html);
  append_facts_of_decision(html, answers, receipt, today);
  html.element("p",
               "The decision is about funding under a published policy. It is not a diagnosis or advice on treatment: "
               "the clinician decides.");
  html.open("div", {{"class", "no-print"}});
  html.element("p",
               "Print this page, or save it as a PDF, with your browser: it prints as a letter, with lines for the "
               "patient's details.");
  html.open("p").link("/check", "Check another referral").close("p").close("div");
  return page;
}

}  // namespace proviso::service::pages
