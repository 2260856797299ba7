#include <fmt/format.h>

#include <algorithm>

#include "check/scenarios/given_place.hpp"
#include "check/scenarios/scenarios.hpp"

// What scenarios expect: an outcome that the policy can give, by criteria and facts that there are.
namespace proviso::check {

namespace {

using model::Outcome;

constexpr std::string_view policy_outcomes =
    "a policy's outcomes are approve, refuse, review, exempt, information needed and not applicable";
constexpr std::string_view payment_outcomes =
    "a payment's outcomes are pay, adjust, withhold, query, exempt, information needed and not applicable";

std::optional<Outcome> outcome_spelt(bool payment, std::string_view words) {
  for (const auto each :
       {Outcome::approve, Outcome::refuse, Outcome::review, Outcome::exempt, Outcome::pay, Outcome::adjust,
        Outcome::withhold, Outcome::query, Outcome::information_needed, Outcome::not_applicable}) {
    const bool of_either =
        each == Outcome::exempt || each == Outcome::information_needed || each == Outcome::not_applicable;
    const bool of_policies = each == Outcome::approve || each == Outcome::refuse || each == Outcome::review;
    if (model::spelling(each) == words && (of_either || of_policies != payment)) return each;
  }
  return {};
}

void add_names(const model::Condition& condition, std::vector<std::string>& names) {
  for (const auto& criterion : condition.criteria) {
    names.push_back(criterion.name);
    add_names(criterion.condition, names);
  }
}

/// Each once, in backquotes, and no more than a reader takes in.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::vector<std::string> once;
  for (const auto& name : names) {
    if (std::find(once.begin(), once.end(), name) == once.end()) once.push_back(name);
  }
  std::string out;
  for (std::size_t i = 0; i < std::min(once.size(), most); ++i) {
    out += fmt::format("{}`{}`", i == 0 ? "" : ", ", once[i]);
  }
  return once.size() > most ? out + ", ..." : out;
}

/// Of all versions of the policy, however variations change them.
std::vector<std::string> reasons_of(const model::Library& library, const std::string& policy) {
  std::vector<std::string> names;
  for (const auto& version : library.policies) {
    if (version.full_name() != policy) continue;
    for (const auto& form : version.forms) {
      for (const auto& clause : form.clauses) {
        if (!clause.otherwise) names.push_back(clause.name);
        add_names(clause.condition, names);
      }
    }
  }
  return names;
}

}  // namespace

std::optional<model::Expectation> Scenarios::expectation(const ScenarioBuilding& building,
                                                         const syntax::Expectation& written) {
  const bool payment = std::any_of(library_.policies.begin(), library_.policies.end(), [&](const auto& policy) {
    return policy.payment && policy.full_name() == building.policy;
  });
  const bool recounts = written.code != syntax::no_expression;
  const auto outcome = outcome_spelt(payment, recounts ? "adjust" : written.outcome.text);
  if (!outcome) {
    complain(Code::impossible_expectation, written.span,
             fmt::format("`{}` is an outcome of {}, and `{}` is a {}", written.outcome.text,
                         payment ? "policies" : "payments", building.policy, payment ? "payment" : "policy"))
        .help = payment ? payment_outcomes : policy_outcomes;
    return {};
  }
  model::Expectation expected;
  expected.outcome = *outcome;
  expected.span = written.span;
  if (written.amount != syntax::no_expression) {
    const auto amount = literals_.constant(building.tree, written.amount, of(Kind::money));
    if (amount && amount->known) expected.amount = amount->bits;
  }
  if (recounts) {
    Context context;
    context.tree = building.tree;
    const NodeId code = payments_.recount_code(context, written.code);
    const Node& found = library_.nodes[code];
    if (found.kind == NodeKind::constant && found.type.kind == Kind::code) {
      expected.recount = model::Constant{found.type, true, found.value};
    }
  }
  if (!written.strength.text.empty()) expected.strength = payments_.strength(written.strength);
  expected_reasons(building, written, expected);
  expected_needs(building, written, expected);
  return expected;
}

void Scenarios::expected_reasons(const ScenarioBuilding& building, const syntax::Expectation& written,
                                 model::Expectation& expected) {
  if (written.because.empty()) return;
  if (expected.outcome == Outcome::not_applicable) {
    complain(Code::impossible_expectation, written.because.front().span,
             "no criterion decides where a policy is not applicable")
        .help = "leave out `because`";
    return;
  }
  // Worked out once a policy: scenarios are many.
  auto [known, is_new] = reasons_.try_emplace(building.policy);
  const std::vector<std::string>& names = known->second;
  if (is_new) known->second = reasons_of(library_, building.policy);
  for (const auto& name : written.because) {
    if (std::find(names.begin(), names.end(), name.text) != names.end()) {
      expected.because.push_back(name.text);
      continue;
    }
    if (unread(name.text)) continue;
    auto& diagnostic = complain(Code::foreign_criterion, name.span,
                                fmt::format("`{}` has no criterion `{}`", building.policy, name.text));
    const auto close = text::closest(name.text, names);
    diagnostic.help = close ? fmt::format("did you mean `{}`?", *close) : "it has " + listed(names);
  }
}

void Scenarios::expected_needs(const ScenarioBuilding& building, const syntax::Expectation& written,
                               model::Expectation& expected) {
  if (written.about.empty()) return;
  if (expected.outcome != Outcome::information_needed) {
    complain(Code::impossible_expectation, written.about.front().span,
             fmt::format("nothing is asked for where the outcome is `{}`", written.outcome.text))
        .help = "leave out `about`, or expect `information needed`";
    return;
  }
  const auto& record = library_.records[building.record];
  expected.about.emplace();
  for (const auto& name : written.about) {
    const auto fact = record.find(0, name.text);
    if (fact == none) {
      unknown_given(place_of(building), name.text, name.span);
    } else if (std::find(expected.about->begin(), expected.about->end(), fact) == expected.about->end()) {
      expected.about->push_back(fact);
    }
  }
}

}  // namespace proviso::check
