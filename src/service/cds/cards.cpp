#include "service/cds/cards.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "output/words.hpp"
#include "service/pages/wording.hpp"

namespace proviso::service {

namespace {

constexpr int refusal_first = 0;
constexpr int review_next = 1;
constexpr int question_next = 2;
constexpr int unchecked_next = 3;
constexpr int approval_last = 4;

constexpr std::size_t longest_summary = 139;

/// The label is cut where the whole would be too long.
std::string summary(const std::string& said, const std::string& label) {
  std::string text = said + ": " + label;
  if (text.size() <= longest_summary) return text;
  constexpr std::string_view dots = "…";
  std::size_t end = longest_summary - dots.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + std::string(dots);
}

struct Reason {
  const char* code;
  const char* display;
};
constexpr std::array<Reason, 4> override_reason_codes = {{
    {"urgent", "Clinically urgent, or cancer is suspected"},
    {"individual-funding-request", "An individual funding request is being made"},
    {"criteria-met", "The criteria are met; the evidence is in the notes"},
    {"not-for-this-order", "The policy is not about this order"},
}};

OrderedJson topic() {
  return {{"system", "http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp"},
          {"code", "coverage-info"},
          {"display", "Coverage Information"}};
}

/// What the order calls what it orders: `Reduction mammoplasty`.
std::string ordered(const FocusOrder& order) {
  for (const char* name : {"code", "medicationCodeableConcept", "serviceType"}) {
    JsonPiece concept_piece = order.resource.member(name);
    if (concept_piece.is_array() && !concept_piece.elements().empty()) concept_piece = concept_piece.elements().front();
    if (std::string text = concept_piece.text_of("text"); !text.empty()) return text;
    for (const JsonPiece coding : concept_piece.member("coding").elements()) {
      if (std::string display = coding.text_of("display"); !display.empty()) return display;
    }
  }
  return {};
}

}  // namespace

void Cards::add(const FocusOrder& order, const CheckedOrder& checked) {
  check_.reset();
  if (!checked.checked || !checked.understood) return add_unchecked(order, checked);
  // The strictest policy says what becomes of the order: what others say stands in the detail.
  const model::Outcome outcome = checked.decided.outcome;
  if (outcome == model::Outcome::information_needed) return add_needed(order, checked);
  for (const Json& decision : checked.result.at("decisions")) {
    if (text_of(decision, "outcome") != model::spelling(outcome)) continue;
    if (outcome == model::Outcome::refuse || outcome == model::Outcome::review)
      add_not_funded(order, checked, decision);
    if (outcome == model::Outcome::approve) add_approved(order, checked, decision);
  }
}

OrderedJson Cards::finish() && {
  std::stable_sort(cards_.begin(), cards_.end(), [](const Card& a, const Card& b) { return a.urgency < b.urgency; });
  if (cards_.size() > call_.wishes.most_cards) cards_.resize(call_.wishes.most_cards);
  OrderedJson list = OrderedJson::array();
  for (Card& card : cards_) list.push_back(std::move(card.json));
  return list;
}

/// While an order is chosen it has no code yet, and nobody wants to hear of it.
void Cards::add_unchecked(const FocusOrder& order, const CheckedOrder& checked) {
  if (call_.hook == Hook::order_select || !call_.wishes.information_needed) return;
  std::string why = "it could not be read";
  std::string detail = "The order could not be read as a FHIR R4 resource. ";
  if (checked.checked && checked.unused.empty()) {
    why = "it has no code that they know";
    detail = "The order has no code that the policies know, so it cannot be told which of them it is under. ";
  } else if (checked.checked) {
    why = "it " + checked.unused;
    // A summary is plain text.
    why.erase(std::remove(why.begin(), why.end(), '`'), why.end());
    detail = "The order " + checked.unused + ", so nothing that it says was used. ";
  }
  detail += "It was **not checked** against the funding policies, and no decision was recorded.\n\n";
  cards_.push_back({unchecked_next, card(order, checked, summary("Order not checked against the funding policies", why),
                                         "info", std::move(detail), nullptr)});
}

void Cards::add_not_funded(const FocusOrder& order, const CheckedOrder& checked, const Json& decision) {
  if (!call_.wishes.not_funded) return;
  const bool refused = text_of(decision, "outcome") == "refuse";
  const std::string said = refused ? refusal(decision) : "For the commissioner to decide";
  OrderedJson made = card(order, checked, summary(said, explanation_.label(decision)), "warning",
                          refused ? explanation_.refused(decision) : explanation_.reviewed(decision), &decision);
  made["overrideReasons"] = override_reasons();
  cards_.push_back({refused ? refusal_first : review_next, std::move(made)});
}

/// One card for all that is needed, however many policies ask.
void Cards::add_needed(const FocusOrder& order, const CheckedOrder& checked) {
  if (!call_.wishes.information_needed) return;
  std::vector<const Json*> waiting;
  std::set<std::string> named;
  std::string labels;
  for (const Json& decision : checked.result.at("decisions")) {
    if (text_of(decision, "outcome") != "information needed") continue;
    waiting.push_back(&decision);
    const std::string label = explanation_.label(decision);
    if (named.insert(label).second) labels += (labels.empty() ? "" : ", ") + label;
  }
  if (waiting.empty()) return;
  const std::string said = output::counted(checked.decided.needs.size(), "answer") + " needed for the funding policy";
  OrderedJson made = card(order, checked, summary(said, labels), "info",
                          explanation_.needed(checked.decided.needs, waiting), waiting.front());
  made["overrideReasons"] = override_reasons();
  if (made.contains("links")) made["links"][0]["label"] = "Answer the remaining questions";
  made["suggestions"] = OrderedJson::array({questions_as_task(order, checked)});
  made["selectionBehavior"] = "at-most-one";
  cards_.push_back({question_next, std::move(made)});
}

/// The code of the authorisation stands in the summary: it is what letters quote.
void Cards::add_approved(const FocusOrder& order, const CheckedOrder& checked, const Json& decision) {
  const Authorisation* authorisation = nullptr;
  if (checked.receipt) {
    for (const Authorisation& each : checked.receipt->authorisations) {
      if (each.policy == text_of(decision, "policy")) authorisation = &each;
    }
  }
  if (authorisation != nullptr && authorisation->state(today_) != Authorisation::State::valid) {
    return add_spent(order, checked, decision, *authorisation);
  }
  if (!call_.wishes.approved) return;
  std::string detail;
  std::string said = "Meets the policy criteria for routine funding";
  if (authorisation != nullptr) {
    said = "Approved, authorisation " + authorisation->code;
    detail = "**Authorisation " + authorisation->code + "**";
    if (!authorisation->valid_to.empty()) {
      detail +=
          ", from " + pages::long_date(authorisation->valid_from) + " to " + pages::long_date(authorisation->valid_to);
    }
    detail += authorisation->retrospective ? ", given after the treatment.\n\n" : ".\n\n";
  } else if (text_of(decision, "category") == "prior_approval") {
    detail = "The authorisation is issued when the order is signed.\n\n";
  } else if (may_need_authorisation(decision)) {
    said = "Meets the policy criteria, but may need prior approval";
    detail = "Whether it does depends on the commissioner, which the order does not name.\n\n";
  }
  detail += explanation_.approved(decision);
  cards_.push_back({approval_last, card(order, checked, summary(said, explanation_.label(decision)), "info",
                                        std::move(detail), &decision)});
}

/// The criteria are met, and nothing is approved by it any more: that is for whoever wants to hear what is not funded.
void Cards::add_spent(const FocusOrder& order, const CheckedOrder& checked, const Json& decision,
                      const Authorisation& authorisation) {
  if (!call_.wishes.not_funded) return;
  const pages::Spent spent = pages::spent(authorisation, today_);
  std::string detail = "**" + spent.heading + ".** " + spent.meaning + " Its code was " + authorisation.code + ".\n\n";
  detail += explanation_.approved(decision);
  const std::string said =
      "Not approved again, the authorisation " +
      std::string(authorisation.state(today_) == Authorisation::State::used      ? "has been used"
                  : authorisation.state(today_) == Authorisation::State::expired ? "has expired"
                                                                                 : "was withdrawn");
  cards_.push_back({review_next, card(order, checked, summary(said, explanation_.label(decision)), "warning",
                                      std::move(detail), &decision)});
}

OrderedJson Cards::card(const FocusOrder& order, const CheckedOrder& checked, std::string summary,
                        const char* indicator, std::string detail, const Json* decision) {
  std::string about;
  if (const std::string name = ordered(order); !name.empty()) about = "**Order:** " + as_markdown(name) + "\n\n";
  if (decision != nullptr) detail += explanation_.others(checked.result);
  for (const std::string& note : checked.notes) detail += "\n\n**Not used:** " + as_markdown(note);
  OrderedJson made;
  made["uuid"] = random_uuid();
  made["summary"] = std::move(summary);
  made["indicator"] = indicator;
  made["detail"] = about + detail;
  OrderedJson& source = made["source"];
  source["label"] = decision == nullptr ? "Funding policies" : explanation_.source(*decision);
  const std::string url = decision == nullptr ? std::string() : pages_.policy(*decision);
  if (!url.empty()) source["url"] = url;
  source["topic"] = topic();
  if (const std::string& check = check_of(checked); !check.empty()) {
    made["links"] = OrderedJson::array(
        {{{"label", "Check the referral question by question"}, {"url", check}, {"type", "absolute"}}});
  }
  return made;
}

/// A draft is only made for an order that somebody is told of.
const std::string& Cards::check_of(const CheckedOrder& checked) {
  if (!check_) {
    const bool drafted = !pages_.base_url.empty() && !checked.record.empty();
    check_ = pages_.check(drafted ? drafts_.keep(checked.record) : std::string());
  }
  return *check_;
}

/// For a client that keeps a list of what is to be done: the questions as a task about the order.
OrderedJson Cards::questions_as_task(const FocusOrder& order, const CheckedOrder& checked) {
  OrderedJson code;
  code["coding"] = OrderedJson::array(
      {{{"system", "http://hl7.org/fhir/uv/sdc/CodeSystem/temp"}, {"code", "complete-questionnaire"}}});
  code["text"] = "Answer what the funding policy asks";
  OrderedJson task;
  task["resourceType"] = "Task";
  task["status"] = "requested";
  task["intent"] = "order";
  task["code"] = std::move(code);
  task["description"] = "Answer what the funding policy of this order asks, and sign the order again.";
  if (!order.id.empty()) task["focus"] = {{"reference", order.reference()}};
  task["for"] = {{"reference", "Patient/" + call_.patient}};
  task["authoredOn"] = today_;
  if (const std::string& check = check_of(checked); !check.empty()) {
    OrderedJson input;
    input["type"] = {{"text", "Question page"}};
    input["valueUrl"] = check;
    task["input"] = OrderedJson::array({std::move(input)});
  }
  OrderedJson action;
  action["type"] = "create";
  action["description"] = "Adds a task to answer what the funding policy asks";
  action["resource"] = std::move(task);
  OrderedJson suggestion;
  suggestion["label"] = "Answer the questions later";
  suggestion["uuid"] = random_uuid();
  suggestion["actions"] = OrderedJson::array({std::move(action)});
  return suggestion;
}

OrderedJson override_reasons() {
  OrderedJson list = OrderedJson::array();
  for (const Reason& reason : override_reason_codes) {
    OrderedJson made;
    made["system"] = override_reasons_system;
    made["code"] = reason.code;
    made["display"] = reason.display;
    list.push_back(std::move(made));
  }
  return list;
}

std::string known_override_reason(std::string_view system, std::string_view code) {
  if (system != override_reasons_system) return {};
  const auto found = std::find_if(override_reason_codes.begin(), override_reason_codes.end(),
                                  [&](const Reason& each) { return each.code == code; });
  return found == override_reason_codes.end() ? std::string() : std::string(found->code);
}

std::string random_uuid() {
  std::string digits = random_id();
  digits[12] = '4';
  constexpr std::string_view variants = "89ab";
  digits[16] = variants[static_cast<unsigned char>(digits[16]) & 3U];
  for (const std::size_t at : {20U, 16U, 12U, 8U}) digits.insert(at, 1, '-');
  return digits;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !digit) return false;
  }
  return true;
}

}  // namespace proviso::service
