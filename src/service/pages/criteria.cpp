#include "service/pages/criteria.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "service/pages/wording.hpp"

namespace proviso::service::pages {
namespace {

const model::Clause* clause_named(const Explained& explained, std::string_view name) {
  if (explained.view.form == nullptr) return nullptr;
  const auto& clauses = explained.view.form->clauses;
  const auto found = std::find_if(clauses.begin(), clauses.end(), [&](const auto& each) { return each.name == name; });
  return found == clauses.end() ? nullptr : &*found;
}

const model::Criterion* criterion_named(const std::vector<model::Criterion>& criteria, std::string_view name) {
  const auto found =
      std::find_if(criteria.begin(), criteria.end(), [&](const auto& each) { return each.name == name; });
  return found == criteria.end() ? nullptr : &*found;
}

/// What a criterion is called in the result that names it.
std::string label_of(const Json& criterion) {
  const std::string label = text_of(criterion, "label");
  return label.empty() ? with_capital(plain_words(text_of(criterion, "criterion"))) : label;
}

/// Criteria, and what approves, are met or not; any other clause applies or does not, which is no merit or fault.
void append_tag(Html& html, std::string_view result, bool is_criterion) {
  if (result == "yes") {
    html.element("span", is_criterion ? "Met" : "Applies", {{"class", is_criterion ? "tag yes" : "tag local"}});
  } else if (result == "no") {
    html.element("span", is_criterion ? "Not met" : "Does not apply", {{"class", is_criterion ? "tag no" : "tag"}});
  } else {
    html.element("span", "Not known", {{"class", "tag open"}});
  }
}

/// `Body mass index: 36 kg/m2, measured on 3 May 2019`, and for a limit whose it is, since when, on what authority.
void append_value(Html& html, const Explained& explained, const Json& value) {
  const std::string name = text_of(value, "name");
  html.open("li").text(shown_name(explained.record, name) + ": ");
  html.text(shown_value(explained.library, explained.record, name, text_of(value, "value")));
  if (const std::string on = text_of(value, "on"); !on.empty()) html.text(", measured on " + long_date(on));
  if (!text_of(value, "state").empty()) html.text(" (" + text_of(value, "state") + ")");
  const std::string place = text_of(value, "place");
  if (!place.empty()) html.text(", the limit of " + place_label(explained.library, place));
  if (const std::string from = text_of(value, "from"); !from.empty()) html.text(", from " + long_date(from));
  if (const std::string source = text_of(value, "source"); !source.empty()) {
    html.element("span", " (" + source + ")", {{"class", "quiet small"}});
  }
  html.close("li");
}

void append_values(Html& html, const Explained& explained, const Json& criterion) {
  const Json values = member_of(criterion, "values");
  const Json hooks = member_of(criterion, "hooks");
  if (values.empty() && hooks.empty()) return;
  html.open("ul", {{"class", "plain"}});
  for (const Json& value : values) append_value(html, explained, value);
  for (const Json& hook : hooks) html.element("li", text_of(hook, "sentence"));
  html.close("ul");
}

std::string policy_source(const Explained& explained) {
  return explained.view.policy == nullptr ? std::string() : output::spell_sources(explained.view.policy->sources);
}

/// A source that is not the policy's own is that of a place which varies it.
void append_own_source(Html& html, const Explained& explained, const Json& criterion) {
  const std::string source = text_of(criterion, "source");
  if (source.empty() || source == policy_source(explained)) return;
  html.open("p", {{"class", "small"}}).element("span", "Local criterion", {{"class", "tag local"}});
  html.element("span", " " + source, {{"class", "quiet"}}).close("p");
}

struct Row {
  std::string label;
  std::string group;
  std::size_t depth = 0;
  bool is_criterion = true;
};

void append_criterion_row(Html& html, const Explained& explained, const Json& criterion, const Row& row) {
  const std::string deep = fmt::format("deep-{}", std::min<std::size_t>(row.depth, 3));
  html.open("tr").open("th", {{"scope", "row"}, {"class", deep}}).text(row.label);
  if (!row.group.empty()) html.element("span", ": " + row.group, {{"class", "quiet"}});
  append_own_source(html, explained, criterion);
  html.close("th").open("td");
  append_tag(html, text_of(criterion, "result"), row.is_criterion);
  html.close("td").open("td");
  append_values(html, explained, criterion);
  html.close("td").close("tr");
}

void append_inner(Html& html, const Explained& explained, const Json& outer,
                  const std::vector<model::Criterion>& criteria, std::size_t depth) {
  for (const Json& each : member_of(outer, "criteria")) {
    const model::Criterion* criterion = criterion_named(criteria, text_of(each, "criterion"));
    append_criterion_row(html, explained, each,
                         {label_of(each), criterion == nullptr ? "" : group_words(criterion->condition), depth, true});
    if (criterion != nullptr) append_inner(html, explained, each, criterion->condition.criteria, depth + 1);
  }
}

std::string clause_label(const model::Clause* clause, const Json& item) {
  if (clause == nullptr)
    return text_of(item, "criterion") == "applies when" ? "The policy is about this referral" : label_of(item);
  const std::string words(clause_words(*clause));
  return clause->sentence.empty() ? words : words + ": " + clause->sentence;
}

std::string clause_sentence(const model::Clause& clause) {
  return clause.sentence.empty() ? clause.expression : clause.sentence;
}

/// What is asked for and not met, as the policy groups it.
void append_unmet(Html& html, const Json& item, const model::Condition& condition) {
  if (condition.kind != model::GroupKind::all) html.element("p", with_capital(group_words(condition)) + ":");
  html.open("ul");
  for (const Json& each : member_of(item, "criteria")) {
    const std::string result = text_of(each, "result");
    const bool wanted = condition.kind == model::GroupKind::none_of ? result != "no" : result != "yes";
    if (!wanted) continue;
    html.open("li").text(label_of(each));
    if (result == "unknown") html.text(" (not known)");
    const model::Criterion* criterion = criterion_named(condition.criteria, text_of(each, "criterion"));
    if (criterion != nullptr && !member_of(each, "criteria").empty()) append_unmet(html, each, criterion->condition);
    html.close("li");
  }
  html.close("ul");
}

}  // namespace

std::string group_words(const model::Condition& condition) {
  switch (condition.kind) {
    case model::GroupKind::expression:
      return {};
    case model::GroupKind::all:
      return "all of these";
    case model::GroupKind::any:
      return "at least one of these";
    case model::GroupKind::at_least:
      return fmt::format("at least {} of these", condition.count);
    case model::GroupKind::none_of:
      return "none of these";
  }
  return {};
}

std::string_view clause_words(const model::Clause& clause) {
  if (clause.otherwise) return "In all other cases";
  switch (clause.outcome) {
    case model::Outcome::exempt:
      return "Exemption";
    case model::Outcome::approve:
      return "Meets the criteria";
    case model::Outcome::refuse:
      return "Does not meet the criteria";
    case model::Outcome::review:
      return "A person decides";
    default:
      return model::spelling(clause.outcome);
  }
}

void append_criteria(Html& html, const Explained& explained) {
  html.open("div", {{"class", "table-wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Criteria"}});
  html.open("table").element("caption", "Every criterion, and the values used");
  html.open("thead").open("tr");
  for (const std::string_view heading : {"Criterion", "Result", "Recorded values and limits"}) {
    html.element("th", heading, {{"scope", "col"}});
  }
  html.close("tr").close("thead").open("tbody");
  for (const Json& each : member_of(explained.decision, "because")) {
    const model::Clause* clause = clause_named(explained, text_of(each, "criterion"));
    const bool approves = clause != nullptr && clause->outcome == model::Outcome::approve;
    append_criterion_row(
        html, explained, each,
        {clause_label(clause, each), clause == nullptr ? "" : group_words(clause->condition), 0, approves});
    if (clause != nullptr) append_inner(html, explained, each, clause->condition.criteria, 1);
  }
  html.close("tbody").close("table").close("div");
}

void append_what_would_change(Html& html, const Explained& explained) {
  Html parts;
  for (const Json& each : member_of(explained.decision, "because")) {
    const model::Clause* clause = clause_named(explained, text_of(each, "criterion"));
    if (clause == nullptr || clause->otherwise) continue;
    const std::string result = text_of(each, "result");
    if (clause->outcome == model::Outcome::approve && result != "yes") {
      if (clause->condition.criteria.empty()) {
        parts.element("p", "It would meet the criteria if this were so: " + clause_sentence(*clause));
      } else {
        parts.element("p", "The policy asks for these as well, which are not met or not known:");
        append_unmet(parts, each, clause->condition);
      }
    }
    if (clause->outcome == model::Outcome::refuse && result == "yes") {
      parts.element("p", "It could only meet the criteria if this were not so: " + label_of(each));
    }
  }
  if (parts.empty()) return;
  html.element("h3", "What would change the outcome").append(parts);
}

}  // namespace proviso::service::pages
