#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "output/json_text.hpp"
#include "service/cds/cards.hpp"
#include "service/cds/coverage.hpp"
#include "service/cds/hook_routes.hpp"
#include "service/cds/order_record.hpp"
#include "value/calendar.hpp"

namespace proviso::service {
namespace {

/// Facts that say what was ordered, as the mapping has it: without them every policy may apply, and none can be told
/// to.
std::vector<model::FactId> ordered_facts(const input::FhirMapping& mapping) {
  constexpr std::array<std::string_view, 5> elements = {"code", "medicationCodeableConcept", "medicationReference",
                                                        "serviceType", "orderDetail"};
  std::vector<model::FactId> facts;
  for (const input::FhirSource& source : mapping.sources()) {
    if (!input::is_request(source.resource) || source.path.empty()) continue;
    if (std::find(elements.begin(), elements.end(), source.path.front().name) == elements.end()) continue;
    facts.push_back(source.fact);
  }
  return facts;
}

/// The orders of one call, which are decided one by one and answered together.
class Checking : public std::enable_shared_from_this<Checking> {
 public:
  Checking(std::shared_ptr<const Hooks> hooks, Call&& call)
      : hooks_(std::move(hooks)),
        call_(std::move(call)),
        desk_(call_.book->desk(service().options().record)),
        mapping_(call_.book->fhir(service().options().record)),
        today_(value::format_date(service().today())) {}

  void run() {
    auto read = read_hook_call(call_.request.body, call_.parts.front());
    if (!read) return call_.respond(outcome(400, "invalid", read.error()));
    hook_call_ = std::move(*read);
    if (const std::string mixed = mixed_patients(hook_call_); !mixed.empty()) {
      return call_.respond(outcome(400, "invalid", mixed));
    }
    if (desk_ == nullptr || mapping_ == nullptr || hook_call_.focus.empty()) {
      return call_.respond(json(R"({"cards": []})"));
    }
    ordered_ = ordered_facts(*mapping_);
    left_ = hook_call_.focus.size();
    checked_.resize(left_);
    OrderRecords records(*mapping_, hook_call_, today_);
    for (std::size_t i = 0; i < checked_.size(); ++i) check(records, i);
  }

 private:
  const std::shared_ptr<const Hooks> hooks_;
  const Call call_;
  const Desk* const desk_;
  const input::FhirMapping* const mapping_;
  const std::string today_;
  HookCall hook_call_;
  std::vector<model::FactId> ordered_;
  std::vector<CheckedOrder> checked_;
  std::mutex mutex_;
  std::size_t left_ = 0;
  bool failed_ = false;

  Service& service() const { return hooks_->service; }

  /// While an order is still written, nothing is kept of it, nor where the client only wants to know.
  bool keeps() const { return hook_call_.hook != Hook::order_select && hook_call_.wishes.coverage; }

  void check(OrderRecords& records, std::size_t number) {
    CheckedOrder& checked = checked_[number];
    auto record = records.read(number, call_.caller.name);
    if (!record) return finish_one();
    checked.notes = std::move(record->notes);
    checked.unused = std::move(record->unused);
    fill(checked, desk_->decide(record->json, {service().options().keep_identifiers, service().today()}));
    // One that only wants to know leaves nothing behind.
    if (checked.checked && hook_call_.wishes.coverage) checked.record = record->json;
    checked.understood =
        checked.checked && checked.unused.empty() && is_understood(checked.decided, json_piece(record->json));
    if (!checked.understood || !keeps()) return finish_one();
    submit(
        service(), call_, *desk_, record->json,
        [self = shared_from_this(), number](const Decided& decided, const Receipt& receipt) {
          self->fill(self->checked_[number], decided);
          self->checked_[number].receipt = receipt;
          self->finish_one();
        },
        [self = shared_from_this()] {
          {
            const std::lock_guard lock(self->mutex_);
            self->failed_ = true;
          }
          self->finish_one();
        });
  }

  /// Whether more is known than that something was ordered: else any policy may apply, and none can be told to.
  bool is_understood(const Decided& decided, JsonPiece record) const {
    if (decided.outcome != model::Outcome::information_needed || ordered_.empty()) return true;
    const auto is_needed = [&](model::FactId fact) {
      return std::any_of(decided.needs.begin(), decided.needs.end(),
                         [&](const Needed& need) { return need.fact == fact; });
    };
    if (std::any_of(ordered_.begin(), ordered_.end(), is_needed)) return false;
    // Where it is not even known which policies hold, they ask for that first.
    return std::any_of(ordered_.begin(), ordered_.end(), [&](model::FactId fact) {
      return !record.at_path(desk_->engine().record().facts[fact].path).is_empty();
    });
  }

  void fill(CheckedOrder& checked, Decided decided) const {
    if (!decided.readable) {
      service().log("a record made of FHIR resources could not be read");
      return;
    }
    checked.checked = true;
    checked.result = Json::parse(decided.result);
    checked.decided = std::move(decided);
  }

  void finish_one() {
    {
      const std::lock_guard lock(mutex_);
      if (--left_ > 0) return;
    }
    call_.respond(answer());
  }

  Response answer() const {
    if (failed_) return outcome(503, "transient", "the decision could not be kept, so it is none; ask again");
    const bool nothing_to_go_by = std::all_of(checked_.begin(), checked_.end(), [](const CheckedOrder& each) {
      return each.checked && !each.understood && each.unused.empty();
    });
    if (nothing_to_go_by && !hook_call_.prefetched) {
      return outcome(412, "required",
                     "nothing can be decided: there is no prefetch, and no order has a code that the policies know");
    }
    Cards cards(hook_call_, desk_->engine().library(), desk_->engine().record(), hooks_->pages, service().drafts(),
                today_);
    std::string actions;
    for (std::size_t i = 0; i < checked_.size(); ++i) {
      cards.add(hook_call_.focus[i], checked_[i]);
      append_action(actions, hook_call_.focus[i], checked_[i]);
    }
    using Dump = OrderedJson::error_handler_t;
    std::string body = R"({"cards": )" + std::move(cards).finish().dump(-1, ' ', false, Dump::replace);
    if (!actions.empty()) body += R"(, "systemActions": [)" + actions + "]";
    return json(body + "}");
  }

  /// The outcome written to the order, where there is one that was kept and the client can find the order.
  void append_action(std::string& actions, const FocusOrder& order, const CheckedOrder& checked) const {
    if (!checked.receipt || order.id.empty()) return;
    const auto extension =
        coverage_information(desk_->engine().library(), checked.decided, checked.result, *checked.receipt, today_);
    if (extension.is_null()) return;
    if (!actions.empty()) actions += ", ";
    actions += R"({"type": "update", "description": "Writes the outcome of the funding policy check to the order", )";
    actions += R"("resource": )" + annotated(order.resource, extension) + "}";
  }
};

}  // namespace

void answer_hook(const std::shared_ptr<const Hooks>& hooks, Call&& call) {
  if (!is_service(call.parts.front())) return call.respond(outcome(404, "not-found", "there is no such service"));
  std::make_shared<Checking>(hooks, std::move(call))->run();
}

}  // namespace proviso::service
