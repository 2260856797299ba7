#include "service/cds/explanation.hpp"

#include <algorithm>
#include <utility>

#include "service/http/message.hpp"
#include "service/pages/wording.hpp"
#include "value/calendar.hpp"

namespace proviso::service {

using pages::long_date;

namespace {

constexpr std::string_view exceptional =
    "**Individual funding request:** where the patient's circumstances are clinically exceptional, an individual "
    "funding "
    "request may be made to the commissioner.\n\n";
constexpr std::string_view never_delays =
    "Care that is clinically urgent, or for suspected cancer, does not wait for this check.\n\n";
constexpr std::string_view purpose =
    "This compares what is recorded with a published funding policy. It gives no advice on treatment.";

/// The words that a criterion goes by: its sentence, or what it asks.
std::string name_of(const Json& criterion) {
  const std::string label = text_of(criterion, "label");
  if (!label.empty()) return as_markdown(label);
  const std::string expression = text_of(criterion, "expression");
  return "`" + (expression.empty() ? text_of(criterion, "criterion") : expression) + "`";
}

/// What is said of a policy on an order whose outcome another one decides; empty where it says nothing of funding.
std::string_view said_besides(std::string_view outcome, std::string_view category) {
  if (outcome == "review") return "for the commissioner to decide";
  if (outcome == "information needed") return "more information is needed";
  if (outcome != "approve") return {};
  return category == "prior_approval"
             ? "its criteria are met, and an authorisation is issued only where the order as a whole is approved"
             : "its criteria are met";
}

const Json& list_in(const Json& object, const char* name) {
  static const Json none = Json::array();
  const auto found = object.find(name);
  return found != object.end() && found->is_array() ? *found : none;
}

}  // namespace

std::string as_markdown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < ' ') {
      out += ' ';
      continue;
    }
    if (std::string_view("\\`*_[]<>|~#&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string Pages::check(std::string_view draft) const {
  if (base_url.empty()) return {};
  std::string url = base_url + "/check";
  if (!draft.empty()) url.append("?draft=").append(draft);
  return url;
}

std::string Pages::policy(const Json& decision) const {
  if (base_url.empty()) return {};
  std::string url = base_url + "/policies/" + encode_for_address(text_of(decision, "policy"));
  char before = '?';
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    url += before;
    url.append(name).append("=").append(encode_for_address(value));
    before = '&';
  };
  add("in", text_of(decision, "place"));
  add("on", text_of(decision, "on"));
  return url;
}

/// The version by its first day; where the decision is of none, the last.
const model::Policy* Explanation::policy(const Json& decision) const {
  const std::string name = text_of(decision, "policy");
  const std::string version = text_of(decision, "version");
  const model::Policy* last = nullptr;
  for (const model::Policy& each : library_.policies) {
    if (each.full_name() != name) continue;
    last = &each;
    if (each.has_start && value::format_date(each.effective.first) == version) break;
  }
  return last;
}

bool may_need_authorisation(const Json& decision) {
  return text_of(decision, "outcome") == "approve" && text_of(decision, "category").empty();
}

std::string refusal(const Json& decision) {
  const std::string category = text_of(decision, "category");
  return category.empty() || category == "threshold" || category == "prior_approval"
             ? "Does not meet the policy criteria for routine funding"
             : std::string(pages::category_meaning(category));
}

std::string Explanation::label(const Json& decision) const {
  const model::Policy* found = policy(decision);
  return found == nullptr || found->label.empty() ? text_of(decision, "policy") : found->label;
}

std::string Explanation::source(const Json& decision) const {
  const std::string place = text_of(decision, "place");
  return place.empty() ? label(decision) : label(decision) + ", " + pages::place_label(library_, place);
}

std::string Explanation::refused(const Json& decision) const {
  std::string out = "**" + refusal(decision) + ".** " + as_markdown(text_of(decision, "text")) + "\n\n";
  append_criteria(out, decision);
  append_change(out, decision);
  out += exceptional;
  out += never_delays;
  append_assumed(out, decision);
  append_sources(out, decision);
  out += purpose;
  return out;
}

std::string Explanation::reviewed(const Json& decision) const {
  std::string out = "**The commissioner decides on this one.** " + as_markdown(text_of(decision, "text")) + "\n\n";
  append_criteria(out, decision);
  out += never_delays;
  append_assumed(out, decision);
  append_sources(out, decision);
  out += purpose;
  return out;
}

std::string Explanation::approved(const Json& decision) const {
  std::string out =
      "**Meets the policy criteria for routine funding.** " + as_markdown(text_of(decision, "text")) + "\n\n";
  append_criteria(out, decision);
  append_assumed(out, decision);
  append_sources(out, decision);
  out += purpose;
  return out;
}

std::string Explanation::needed(const std::vector<Needed>& needs, const std::vector<const Json*>& decisions) const {
  std::string out = "**More information is needed to decide.** This does not count against the patient.\n\n";
  std::size_t number = 0;
  for (const Needed& need : needs) {
    const model::Fact& fact = record_.facts[need.fact];
    out += std::to_string(++number) + ". " + as_markdown(pages::fact_question(fact));
    if (need.made_after) {
      out += " What is recorded was measured after " + pages::long_date(*need.made_after) +
             ", the day that decides: a measurement from that day or before is needed.";
    } else if (need.out_of_date) {
      out += " What is recorded is out of date.";
    }
    out += '\n';
    for (const std::string& why : need.why) out += "   - needed for: " + as_markdown(why) + '\n';
  }
  out += '\n';
  out += "Answer on the question page, or record the answers and run the check again. ";
  out += never_delays;
  for (const Json* decision : decisions) append_sources(out, *decision);
  out += purpose;
  return out;
}

std::string Explanation::others(const Json& result) const {
  const std::string whole = text_of(result, "outcome");
  std::string list;
  for (const Json& decision : list_in(result, "decisions")) {
    const std::string outcome = text_of(decision, "outcome");
    const std::string_view said = said_besides(outcome, text_of(decision, "category"));
    if (outcome == whole || said.empty()) continue;
    list.append("- ").append(as_markdown(label(decision))).append(": ").append(said).append("\n");
  }
  return list.empty() ? list : "\n\n**By other policies on this order:**\n\n" + list;
}

void Explanation::append_criteria(std::string& out, const Json& decision) const {
  const Json& criteria = list_in(decision, "because");
  if (criteria.empty()) return;
  for (const Json& criterion : criteria) {
    const std::string result = text_of(criterion, "result");
    out += "- **" +
           (result == "yes"  ? std::string("Yes")
            : result == "no" ? "No"
                             : "Not known") +
           ":** " + name_of(criterion);
    append_values(out, criterion);
    out += '\n';
  }
  out += '\n';
}

/// `: Body mass index 36 kg/m2 (20 October 2019), max bmi 35 kg/m2 (Luton, from 1 October 2019; paper 7.3)`.
void Explanation::append_values(std::string& out, const Json& criterion) const {
  bool first = true;
  for (const Json& each : list_in(criterion, "values")) {
    const std::string name = text_of(each, "name");
    const model::Fact* fact = pages::fact_by_name(record_, name);
    if (name.empty() || (fact != nullptr && fact->nhs_number)) continue;
    out += first ? ": " : ", ";
    first = false;
    out += as_markdown(pages::shown_name(record_, name)) + ' ' +
           as_markdown(pages::shown_value(library_, record_, name, text_of(each, "value")));
    std::string more;
    const auto add = [&](const std::string& text) {
      if (!text.empty()) more += (more.empty() ? "" : ", ") + text;
    };
    add(long_date(text_of(each, "on")));
    if (const std::string place = text_of(each, "place"); !place.empty()) add(pages::place_label(library_, place));
    if (const std::string from = text_of(each, "from"); !from.empty()) add("from " + long_date(from));
    add(text_of(each, "source"));
    if (!more.empty()) out += " (" + as_markdown(more) + ")";
  }
}

/// A refusal by `otherwise` falls by what is not met, one by a clause of its own by what is.
void Explanation::append_change(std::string& out, const Json& decision) {
  const bool by_rest = text_of(decision, "clause") == "otherwise";
  std::string list;
  for (const Json& criterion : list_in(decision, "because")) {
    if (text_of(criterion, "criterion") == "applies when") continue;
    if (text_of(criterion, "result") == (by_rest ? "no" : "yes")) list += "- " + name_of(criterion) + '\n';
  }
  if (list.empty()) return;
  out += by_rest ? "**What would change the outcome:** a record that shows this:\n\n"
                 : "**What would change the outcome:** a record that shows that this is not so:\n\n";
  out += list + '\n';
}

void Explanation::append_assumed(std::string& out, const Json& decision) const {
  std::string list;
  for (const Json& each : list_in(decision, "assumed")) {
    const std::string name = text_of(each, "fact");
    if (name.empty()) continue;
    list += (list.empty() ? "" : ", ") + as_markdown(pages::shown_name(record_, name)) + ": " +
            as_markdown(pages::shown_value(library_, record_, name, text_of(each, "value")));
  }
  if (!list.empty()) out += "**Assumed, as nothing is recorded:** " + list + ".\n\n";
  for (const Json& note : list_in(decision, "notes")) {
    if (note.is_string()) out += "**Note:** " + as_markdown(note.get<std::string>()) + "\n\n";
  }
}

void Explanation::append_sources(std::string& out, const Json& decision) const {
  const std::string url = pages_.policy(decision);
  const std::string name = as_markdown(source(decision));
  out += "**Policy:** " + (url.empty() ? name : "[" + name + "](" + url + ")");
  const std::string version = text_of(decision, "version");
  if (!version.empty()) out += ", version of " + long_date(version);
  out += '.';
  const model::Policy* found = policy(decision);
  if (found != nullptr && !found->sources.empty()) {
    out += " Source: ";
    for (std::size_t i = 0; i < found->sources.size(); ++i) {
      if (i != 0) out += "; ";
      out += as_markdown(model::format(found->sources[i]));
    }
    out += '.';
  }
  out += "\n\n";
}

}  // namespace proviso::service
