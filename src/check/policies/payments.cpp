#include "check/policies/payments.hpp"

#include <fmt/format.h>

#include "value/code.hpp"

// The clauses of payments: what they give.
namespace proviso::check {

namespace {

using model::Outcome;
using Kind_ = model::Payment::Kind;

struct PaymentWord {
  std::string_view word;
  Kind_ kind;
  Outcome outcome;
};

constexpr PaymentWord payment_words[] = {
    {"pay in full", Kind_::in_full, Outcome::pay},    {"pay", Kind_::at_most, Outcome::pay},
    {"adjust to", Kind_::adjust, Outcome::adjust},    {"recount as", Kind_::recount, Outcome::adjust},
    {"withhold", Kind_::withhold, Outcome::withhold}, {"query", Kind_::query, Outcome::query},
};

}  // namespace

bool Payments::fits(const syntax::Clause& written, const model::Policy& policy) {
  const bool exempts = written.outcome == "exempt";
  if (policy.payment && !written.payment && !exempts) {
    complain(Code::foreign_outcome, written.span,
             fmt::format("`{}` is an outcome of policies, and `{}` is a payment", written.outcome, policy.name))
        .help =
        "a payment's outcomes are pay in full, pay, adjust to, recount as, withhold and query; `exempt` leaves it out";
    return false;
  }
  if (!policy.payment && written.payment) {
    complain(Code::foreign_outcome, written.payment->span,
             fmt::format("`{}` is an outcome of payments, and `{}` is a policy", written.payment->word, policy.name))
        .help = "a policy's outcomes are approve, refuse, review and exempt";
    return false;
  }
  return true;
}

void Payments::payment_clause(const syntax::Clause& written, const Context& context, const model::Policy& policy,
                              model::Clause& clause) {
  if (!written.payment || !policy.payment) return;
  model::Payment payment;
  for (const auto& each : payment_words) {
    if (each.word != written.payment->word) continue;
    payment.kind = each.kind;
    clause.outcome = each.outcome;
  }
  if (payment.kind == Kind_::withhold) {
    const auto strength = this->strength(written.payment->strength);
    if (strength) payment.strength = *strength;
  }
  if (written.payment->amount != syntax::no_expression) {
    const bool no_sum = payment.kind == Kind_::at_most && misread_sum(context, written.payment->amount);
    payment.amount = no_sum ? unknown_node(of(Kind::money), written.payment->span)
                            : expressions_.money(context, written.payment->amount, "what is paid");
    payment.amount_expression = print(context, written.payment->amount);
  }
  if (written.payment->code != syntax::no_expression) {
    payment.code = recount_code(context, written.payment->code);
    payment.code_expression = print(context, written.payment->code);
  }
  clause.payment = std::move(payment);
}

/// `pay full` and `pay nothing`, which are written otherwise; complains about them.
bool Payments::misread_sum(const Context& context, ExpressionId id) {
  const auto& written = at(context, id);
  if (!expressions_.is_unknown(context, written)) return false;
  const bool full = written.text == "full" || written.text == "all";
  if (!full && written.text != "nothing" && written.text != "zero") return false;
  complain(Code::unknown_name, written.span, fmt::format("`{}` is no sum", written.text)).help =
      full ? "write `pay in full`" : "write `pay £0`, or `withhold must`";
  return true;
}

NodeId Payments::recount_code(const Context& context, ExpressionId id) {
  const auto& written = at(context, id);
  if (context.record != none && expressions_.is_unknown(context, written) &&
      value::parse_code(value::CodeSystem::hrg, written.text)) {
    complain(Code::unknown_name, written.span, fmt::format("`{}` is a code without its system", written.text)).help =
        fmt::format("write `hrg:{}`", written.text);
    return failed(written.span);
  }
  const NodeId code = expressions_.expression(context, id);
  const Type& found = type(code);
  if (found.kind != Kind::code && found.kind != Kind::error && found.kind != Kind::any) {
    complain(Code::type_mismatch, written.span,
             fmt::format("{}; a line is recounted as a code, like `hrg:WF01A`", describe(context, id, code)));
  } else if (found.kind == Kind::code && found.system == value::CodeSystem::ods) {
    complain(Code::wrong_code_system, written.span,
             fmt::format("{}, which names an organisation; a line is recounted as a code of what was done, like "
                         "`hrg:WF01A`",
                         describe(context, id, code)));
  }
  return code;
}

std::optional<model::Strength> Payments::strength(const syntax::Name& name) {
  for (const auto each :
       {model::Strength::must, model::Strength::may, model::Strength::no_obligation, model::Strength::risk}) {
    if (model::spelling(each) == name.text) return each;
  }
  if (!name.text.empty()) {
    complain(Code::not_a_value_of, name.span, fmt::format("`{}` does not say how a sum is withheld", name.text)).help =
        "one of must (it will not be paid), may (the right is reserved), none (no obligation to pay), risk (the "
        "provider's own)";
  }
  return {};
}

void Payments::check_price(const syntax::PolicyDeclaration& written, const model::Policy& policy) {
  if (!policy.payment || policy.record == none || library_.records[policy.record].price != none) return;
  if (workspace_.refused_prices.count(policy.record)) return;
  const auto& record = library_.records[policy.record];
  auto& diagnostic =
      complain(Code::no_price, written.record.span,
               fmt::format("record `{}` does not say which of its fields is the price asked", record.name));
  for (const auto& fact : record.facts) {
    if (fact.level != 0 || fact.type.kind != Kind::money || fact.relation != none) continue;
    diagnostic.help = fmt::format("if it is `{0}`: `{0} money price`", fact.path);
    return;
  }
  diagnostic.help = "give it a field for it: `charge money price`";
}

}  // namespace proviso::check
