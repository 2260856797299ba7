#include "service/pages/check.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "model/authorisation.hpp"
#include "service/pages/json_members.hpp"
#include "service/pages/sign_in.hpp"
#include "service/pages/wording.hpp"
#include "value/calendar.hpp"

namespace proviso::service::pages {
namespace {

Response unreadable_form() {
  return notice(
      400, "This form could not be read",
      "It may have been changed on its way, or the policies may have been updated since you opened it. Nothing "
      "was recorded.",
      "/check", "Start a new check");
}

/// Whether a field is the fact, or a part of it: `sore_throats[2].on` is of `sore_throats`, and of no `sore`.
bool is_within(std::string_view field, std::string_view fact) {
  return field.starts_with(fact) &&
         (field.size() == fact.size() || field[fact.size()] == '.' || field[fact.size()] == '[');
}

/// One request of a check: whose library, by which desk, and what was answered.
class Check {
 public:
  Check(Service& service, Call&& call) : service_(service), call_(std::move(call)) {}

  /// Empty, or with what a clinical system has sent of the referral.
  void begin() {
    const std::string draft(call_.request.parameter("draft"));
    if (!open(is_draft_name(draft) ? "/check?draft=" + draft : "/check")) return;
    answers_->referral = random_id();
    if (!draft.empty()) take_draft(draft);
    ask_next();
  }

  void go_on() {
    if (!open() || !read_form()) return;
    const std::string_view action = field("action");
    constexpr std::string_view change = "change:";
    if (action.substr(0, change.size()) == change) {
      const model::FactId fact = named(action.substr(change.size()));
      if (fact == model::none) return call_.respond(unreadable_form());
      leave_blank(asked_);
      return ask_again(fact, {});
    }
    if (asked_ != model::none && !take(action)) return;
    ask_next();
  }

  void submit() {
    if (!open() || !read_form()) return;
    const std::vector<model::FactId> bound = bound_facts(*answers_);
    for (const model::FactId fact : bound) leave_blank(fact);
    const Gathered gathered = gather(*answers_);
    if (std::find(bound.begin(), bound.end(), gathered.mistaken) != bound.end()) return show_review(gathered);
    if (gathered.mistaken != model::none) return ask_again(gathered.mistaken, gathered.mistakes);
    decide_for_good(gathered.json);
  }

 private:
  Service& service_;
  Call call_;
  const Desk* desk_ = nullptr;
  std::optional<Answers> answers_;
  Fields form_;
  model::FactId asked_ = model::none;
  Html banner_;  ///< above what the page says

  const model::Record& record() const { return desk_->engine().record(); }

  bool open(std::string_view address = "/check") {
    if (!signed_in(service_, call_, Role::submit, address)) return false;
    desk_ = call_.book->desk(service_.options().record);
    if (desk_ == nullptr) {
      call_.respond(
          notice(404, "There is nothing to check", "The library has no policies about referrals.", "/", "Start page"));
      return false;
    }
    answers_.emplace(call_.book->library(), record());
    return true;
  }

  void take_draft(const std::string& name) {
    const auto record = service_.drafts().find(name);
    auto known = record ? Answers::of_record(call_.book->library(), this->record(), *record) : std::nullopt;
    banner_.open("div", {{"class", known ? "inset" : "caution"}});
    if (!known) {
      banner_.element("p", "What your clinical system sent is no longer held here. It is kept for 30 minutes only.");
      banner_.element("p",
                      "You can answer the questions here, or run the check in your clinical system again and follow "
                      "the new link.");
    } else {
      answers_ = std::move(known);
      const std::size_t count = answers_->order().size();
      banner_.element("p", count == 1 ? std::string("1 answer was taken from the patient's record.")
                                      : fmt::format("{} answers were taken from the patient's record.", count));
      banner_.element(
          "p",
          "Before you get the decision, check that they are about this patient and are right. You can change them.");
    }
    banner_.close("div");
  }

  void show(Page page) const {
    page.body = Html(banner_).append(page.body);
    call_.respond(respond(page));
  }

  std::string_view field(std::string_view name) const {
    const auto found = std::find_if(form_.begin(), form_.end(), [&](const auto& each) { return each.first == name; });
    return found == form_.end() ? std::string_view() : std::string_view(found->second);
  }

  model::FactId named(std::string_view name) const {
    const model::Fact* fact = fact_by_name(record(), name);
    if (fact == nullptr) return model::none;
    const auto id = static_cast<model::FactId>(fact - record().facts.data());
    return can_ask(record(), id) ? id : model::none;
  }

  bool read_form() {
    form_ = call_.request.form().value_or(Fields());
    answers_ = Answers::read(call_.book->library(), record(), form_);
    const std::string_view asked = field("asked");
    asked_ = named(asked);
    if (answers_ && (asked.empty() || asked_ != model::none)) return true;
    call_.respond(unreadable_form());
    return false;
  }

  /// A control that was left empty says nothing.
  void leave_blank(model::FactId fact) {
    if (fact == model::none || answers_->is_unknown(fact)) return;
    const Said said = read_answer(*answers_, fact);
    if (said.mistakes.empty() && said.value.is_null()) answers_->forget(fact);
  }

  /// The control that a message about the whole question leads to.
  std::string first_control(model::FactId fact) const {
    const model::Fact& declared = record().facts[fact];
    std::string name = field_of(declared);
    value::Kind kind = declared.type.kind;
    if (kind == value::Kind::list) {
      const model::Fact& element = record().facts[element_facts(record(), fact).front()];
      name += ":1" + (element.path.empty() ? "" : ":" + element.path);
      kind = element.type.kind;
    }
    return id_of(kind == value::Kind::date ? name + ":day" : name);
  }

  /// Takes the answer to the question that was asked. False where the question must be shown again, as it was then.
  bool take(std::string_view action) {
    const bool list = record().facts[asked_].type.kind == value::Kind::list;
    if (action == "keep") {
      answers_->settle(asked_);
      return true;
    }
    if (action == "unknown") {
      // What the record has of a list is known, whatever else there is.
      if (!answers_->is_partial(asked_)) answers_->forget(asked_);
      answers_->settle(asked_);
      return true;
    }
    if (action == "none" && list) {
      answers_->forget(asked_);
      answers_->set(field_of(record().facts[asked_]) + ":none", "yes");
      answers_->add(asked_);
      return true;
    }
    if (action == "add" && list) {
      ask_again(asked_, {});
      return false;
    }
    const Said said = read_answer(*answers_, asked_);
    if (!said.mistakes.empty()) {
      ask_again(asked_, said.mistakes);
      return false;
    }
    if (!said.value.is_null()) {
      answers_->complete(asked_);
      return true;
    }
    if (answers_->text(field_of(record().facts[asked_])) == not_known) {
      answers_->forget(asked_);
      answers_->settle(asked_);
      return true;
    }
    ask_again(asked_, {{first_control(asked_), "Answer the question, or say that it is not known"}});
    return false;
  }

  Decided decide(const std::string& json) const {
    return desk_->decide(json, {service_.options().keep_identifiers, service_.today()});
  }

  /// Not what was answered already, but for a measurement that no longer counts, or a list that may have more; and
  /// nothing that nobody knows.
  const Needed* next_need(const Decided& decided) const {
    const auto found = std::find_if(decided.needs.begin(), decided.needs.end(), [&](const Needed& needed) {
      if (!can_ask(record(), needed.fact) || answers_->is_unknown(needed.fact)) return false;
      return needed.out_of_date || !answers_->has(needed.fact) || answers_->is_partial(needed.fact);
    });
    return found == decided.needs.end() ? nullptr : &*found;
  }

  void ask_next() {
    const Gathered gathered = gather(*answers_);
    if (gathered.mistaken != model::none) return ask_again(gathered.mistaken, gathered.mistakes);
    const Decided decided = decide(gathered.json);
    if (!decided.readable) return blame(decided);
    const Needed* needed = next_need(decided);
    if (needed == nullptr) return show(review_page(*answers_, decided));
    ask(needed->fact, {}, needed);
  }

  void ask(model::FactId fact, std::vector<Mistake> mistakes, const Needed* needed) {
    Question question{fact, 1, {}, std::move(mistakes)};
    const model::Fact& declared = record().facts[fact];
    if (declared.type.kind == value::Kind::list) question.entries = entries_to_show(*answers_, fact);
    const auto& policies = call_.book->library().policies;
    const bool dates = std::any_of(policies.begin(), policies.end(), [&](const model::Policy& policy) {
      return &call_.book->library().records[policy.record] == &record() && policy.dated_by == fact;
    });
    if (dates && !answers_->has(fact)) question.default_date = value::format_date(service_.today());
    show(question_page(*answers_, question, needed));
  }

  /// With why it is asked, as if it were not answered yet.
  void ask_again(model::FactId fact, std::vector<Mistake> mistakes) {
    Answers others = *answers_;
    others.forget(fact);
    const Gathered gathered = gather(others);
    const Decided decided = gathered.mistaken == model::none ? decide(gathered.json) : Decided();
    const auto found = std::find_if(decided.needs.begin(), decided.needs.end(),
                                    [&](const Needed& needed) { return needed.fact == fact; });
    ask(fact, std::move(mistakes), found == decided.needs.end() ? nullptr : &*found);
  }

  /// The record could not be read for a reason that its fields did not show.
  void blame(const Decided& decided) {
    const Json result = Json::parse(decided.result, nullptr, false);
    const Json error = member_of(result, "error");
    const std::string name = text_of(error, "field");
    for (const model::FactId fact : answers_->order()) {
      if (!is_within(name, record().facts[fact].name) || !can_ask(record(), fact)) continue;
      return ask_again(fact,
                       {{first_control(fact), fact_label(record().facts[fact]) + ": " + text_of(error, "message")}});
    }
    call_.respond(unreadable_form());
  }

  /// With what is wrong in one of the facts that an authorisation binds to.
  void show_review(const Gathered& wrong) {
    Answers others = *answers_;
    others.forget(wrong.mistaken);
    const Gathered gathered = gather(others);
    if (gathered.mistaken != model::none) return ask_again(gathered.mistaken, gathered.mistakes);
    show(review_page(*answers_, decide(gathered.json), wrong));
  }

  void decide_for_good(const std::string& json) {
    const auto self = std::make_shared<Check>(std::move(*this));
    service::submit(
        self->service_, self->call_, *self->desk_, json,
        [self, json](const Decided& decided, const Receipt& receipt) { self->finish(decided, receipt, json); },
        [self] { self->not_kept(); });
  }

  void finish(const Decided& decided, const Receipt& receipt, const std::string& json) {
    if (!decided.readable) return blame(decided);
    const Desk* every_criterion = call_.book->desk(service_.options().record, decide::Explain::full);
    const Decided full = every_criterion->decide(json, {service_.options().keep_identifiers, service_.today()});
    call_.respond(
        respond(decision_page(*answers_, decided, full.result, receipt, value::format_date(service_.today()))));
  }

  /// The answers go along, so that nothing has to be typed again.
  void not_kept() {
    Page page{"The decision could not be recorded", "/check", {}, {}, 503};
    page.body.element("h1", page.title);
    page.body.element("p", "So there is no decision. Your answers are still here: try again in a moment.");
    page.body.element("p", "Do not wait with an urgent referral or a suspected cancer.", {{"class", "inset"}});
    page.body.open("form", {{"method", "post"}, {"action", "/check/submit"}});
    answers_->append_hidden(page.body);
    page.body.element("button", "Try again").close("form");
    call_.respond(respond(page));
  }
};

}  // namespace

std::vector<model::FactId> bound_facts(const Answers& answers) {
  std::vector<model::FactId> facts = model::bound_facts(answers.library(), answers.record());
  const auto cannot = [&](model::FactId fact) { return !can_ask(answers.record(), fact); };
  facts.erase(std::remove_if(facts.begin(), facts.end(), cannot), facts.end());
  return facts;
}

void begin_check(Service& service, Call&& call) { Check(service, std::move(call)).begin(); }
void continue_check(Service& service, Call&& call) { Check(service, std::move(call)).go_on(); }
void submit_check(Service& service, Call&& call) { Check(service, std::move(call)).submit(); }

}  // namespace proviso::service::pages
