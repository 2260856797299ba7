#include <algorithm>

#include "decide/decider.hpp"

// What payments pay once a clause has decided.
namespace proviso::decide {
namespace {

using model::Outcome;
using Amount = std::optional<std::int64_t>;

/// Never above the price; not known without it.
Amount at_most(const Amount& allowed, const Amount& price) {
  return allowed && price ? Amount(std::min(*allowed, *price)) : std::nullopt;
}

Amount value_of(const View& view, model::NodeId node) {
  return node == model::none ? std::nullopt : view.registers->value(node, view.row);
}

/// What a clause comes to for one record. Nothing where its amount or its code is not known.
struct Sum {
  Outcome outcome;
  model::Strength strength;
  Amount amount;  ///< without the price: what is allowed, whatever it be
  Amount recount;
  friend bool operator==(const Sum&, const Sum&) = default;
};

std::optional<Sum> sum_of(const View& view, std::uint32_t clause, const Amount& price) {
  using Kind = model::Payment::Kind;
  const model::Payment* payment = view.version->payment_of(clause);
  if (payment == nullptr || payment->kind == Kind::query) return {};
  const Amount allowed = payment->kind == Kind::withhold ? Amount(0) : value_of(view, payment->amount);
  const Amount code = value_of(view, payment->code);
  if ((payment->amount != model::none && !allowed) || (payment->code != model::none && !code)) return {};
  const Amount amount = price ? Amount(std::min(*price, allowed.value_or(*price))) : allowed;
  return Sum{view.version->heads[clause].outcome, payment->strength, amount, code};
}

}  // namespace

/// Clauses that come to the same for this record give one result, whatever they say: which of them decides need not be
/// known.
void Decider::join_equal_payments(const View& view) {
  const Amount price = price_of(*chunk_, view.record);
  const std::vector<ClauseHead>& heads = view.version->heads;
  results_.clear();
  for (std::size_t i = 0; i < walk_.remaining.size(); ++i) {
    results_.push_back(heads[walk_.remaining[i]].result);
    const std::optional<Sum> sum = sum_of(view, walk_.remaining[i], price);
    for (std::size_t earlier = 0; sum && earlier < i; ++earlier) {
      if (sum_of(view, walk_.remaining[earlier], price) == sum) results_.back() = results_[earlier];
    }
  }
  weigh(results_, walk_);
}

/// Asks for what the amount and the code that a payment's clause gives lack.
void Decider::ask_for_values(const Version& version, std::uint32_t clause) {
  needs_.ask_for_value(version.payments[clause].amount_item);
  needs_.ask_for_value(version.payments[clause].code_item);
}

/// Works out what the clause that decides gives. Where its amount or its code is not known, no clause decides yet: what
/// they lack is asked for, and where nothing is lacking somebody is.
void Decider::pay(const View& view, Decision& decision) {
  using Kind = model::Payment::Kind;
  const model::Payment* payment = view.version->payment_of(decision.clause);
  if (payment == nullptr) return;  // exempt
  const Amount allowed = value_of(view, payment->amount);
  const Amount code = value_of(view, payment->code);
  if ((payment->amount != model::none && !allowed) || (payment->code != model::none && !code)) {
    needs_.begin(view, *decisions_);
    ask_for_values(*view.version, decision.clause);
    decision.outcome = needs_.needs().count == 0 ? nothing_to_ask(*view.version) : Outcome::information_needed;
    decision.clause = model::none;
    return;
  }
  const Amount price = price_of(*chunk_, view.record);
  switch (payment->kind) {
    case Kind::in_full:
      decision.amount = price;
      return;
    case Kind::at_most:
    case Kind::adjust:
      decision.amount = at_most(allowed, price);
      return;
    case Kind::recount:
      decision.recount = code;
      decision.amount = allowed ? at_most(allowed, price) : price;
      return;
    case Kind::withhold:
      // What is owed to the commissioner is not withheld.
      decision.amount = std::min<std::int64_t>(0, price.value_or(0));
      return;
    case Kind::query:
      return;
  }
}

/// The record is paid the least of what its payments allow, and no more than the price; nothing yet while one of them
/// is open.
void Decider::add_amounts() {
  for (std::size_t record = 0; record < decisions_->records.size(); ++record) {
    RecordDecision& whole = decisions_->records[record];
    whole.amount = price_of(*chunk_, record);
    for (std::uint32_t number = whole.first; number != model::none; number = decisions_->decisions[number].next) {
      const Decision& decision = decisions_->decisions[number];
      if (!engine_.versions()[decision.version].payment) continue;
      if (decision.outcome == Outcome::information_needed || decision.outcome == Outcome::query) {
        whole.amount.reset();
        break;
      }
      if (decision.amount) whole.amount = std::min(whole.amount.value_or(*decision.amount), *decision.amount);
    }
  }
}

}  // namespace proviso::decide
