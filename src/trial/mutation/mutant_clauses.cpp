#include <fmt/format.h>

#include <algorithm>

#include "trial/mutation/mutant_plan.hpp"
#include "value/decimal.hpp"

// Changes of clauses, of groups, and of what is in them. The forms of a policy hold copies of its clauses: all of them
// change.
namespace proviso::trial {
namespace {

using model::GroupKind;
using model::Outcome;
using model::Payment;

model::NodeKind node_kind(GroupKind kind) {
  switch (kind) {
    case GroupKind::any:
      return model::NodeKind::disjunction;
    case GroupKind::none_of:
      return model::NodeKind::none_of;
    case GroupKind::at_least:
      return model::NodeKind::at_least;
    case GroupKind::all:
    case GroupKind::expression:
      break;
  }
  return model::NodeKind::conjunction;
}

std::string spell_group(GroupKind kind, std::uint32_t count, const model::Condition& group) {
  std::string out = kind == GroupKind::any       ? "any of "
                    : kind == GroupKind::none_of ? "none of "
                    : kind == GroupKind::all     ? "all of "
                                                 : fmt::format("at least {} of ", count);
  for (const model::Criterion& criterion : group.criteria) {
    if (&criterion != &group.criteria.front()) out += ", ";
    out += criterion.name;
  }
  return out;
}

/// `withhold must`, `pay tariff(hrg)`.
std::string spell_payment(const Payment& payment) {
  switch (payment.kind) {
    case Payment::Kind::in_full:
      return "pay in full";
    case Payment::Kind::at_most:
      return "pay " + payment.amount_expression;
    case Payment::Kind::adjust:
      return "adjust to " + payment.amount_expression;
    case Payment::Kind::recount: {
      const std::string priced = payment.amount == model::none ? "" : " pay " + payment.amount_expression;
      return "recount as " + payment.code_expression + priced;
    }
    case Payment::Kind::withhold:
      return "withhold " + std::string(model::spelling(payment.strength));
    case Payment::Kind::query:
      break;
  }
  return "query";
}

/// `exempt cancer when suspected_cancer`.
std::string spell_clause(const model::Clause& clause, Outcome outcome) {
  std::string out = clause.otherwise ? "otherwise " : "";
  out += clause.payment ? spell_payment(*clause.payment) : model::spelling(outcome);
  if (clause.otherwise) return out;
  if (clause.name != model::spelling(clause.outcome)) out += " " + clause.name;
  const model::Condition& condition = clause.condition;
  out += " when ";
  return out += condition.kind == GroupKind::expression ? clause.expression
                                                        : spell_group(condition.kind, condition.count, condition);
}

/// The outcomes that an author may have meant or mistaken for this one.
std::vector<Outcome> other_outcomes(Outcome outcome) {
  switch (outcome) {
    case Outcome::approve:
      return {Outcome::refuse, Outcome::review};
    case Outcome::refuse:
      return {Outcome::approve, Outcome::review};
    case Outcome::review:
      return {Outcome::approve, Outcome::refuse};
    case Outcome::exempt:
      return {Outcome::approve, Outcome::refuse};
    case Outcome::pay:
    case Outcome::adjust:
    case Outcome::query:
    case Outcome::withhold:
    case Outcome::not_applicable:
    case Outcome::information_needed:
      break;
  }
  return {};
}

struct OtherPayment {
  Outcome outcome;
  Payment payment;
};

/// Likewise of a payment's clause; `exempt` has no payment of its own.
std::vector<OtherPayment> other_payments(const std::optional<Payment>& payment) {
  Payment in_full;
  Payment withheld;
  withheld.kind = Payment::Kind::withhold;
  if (!payment) return {{Outcome::withhold, withheld}};
  if (payment->kind == Payment::Kind::in_full) return {{Outcome::withhold, withheld}};
  std::vector<OtherPayment> result = {{Outcome::pay, in_full}};
  if (payment->kind != Payment::Kind::withhold) {
    result.push_back({Outcome::withhold, withheld});
    return result;
  }
  withheld.strength = payment->strength == model::Strength::must ? model::Strength::may : model::Strength::must;
  result.push_back({Outcome::withhold, withheld});
  return result;
}

model::Node constant_truth(bool yes) {
  model::Node node{};
  node.kind = model::NodeKind::constant;
  node.type.kind = value::Kind::truth;
  node.value = yes ? 1 : 0;
  return node;
}

}  // namespace

void MutantPlan::mutate_policy(std::uint32_t policy) {
  mutate_expression(library_.policies[policy].applies, applies_site(library_.policies[policy]));
  for (std::uint32_t form = 0; form < library_.policies[policy].forms.size(); ++form) {
    const model::Form& here = library_.policies[policy].forms[form];
    if (here.omitted) continue;
    for (std::uint32_t clause = 0; clause < here.clauses.size(); ++clause) mutate_clause(policy, form, clause);
  }
}

void MutantPlan::mutate_clause(std::uint32_t policy, std::uint32_t form, std::uint32_t clause) {
  // A copy: texts are made while a change is in force.
  const model::Clause here = library_.policies[policy].forms[form].clauses[clause];
  if (is_new(fmt::format("clause {} {} {}", policy, here.span.file, here.span.begin))) {
    if (!here.otherwise && here.condition.node != model::none) drop_clause(policy, here);
    swap_outcomes(policy, here);
  }
  if (here.payment) {
    mutate_expression(here.payment->amount, {here.name, here.span});
    mutate_expression(here.payment->code, {here.name, here.span});
    mutate_bare(policy, here);
  }
  if (here.condition.node == model::none) return;
  mutate_condition({policy, form, clause, {}}, here.condition, {here.name, here.span});
}

/// An amount or a code that is written out is no operand of anything: it is changed in the clause itself.
void MutantPlan::mutate_bare(std::uint32_t policy, const model::Clause& clause) {
  if (!is_new(fmt::format("bare {} {} {}", policy, clause.span.file, clause.span.begin))) return;
  for (const bool code : {false, true}) {
    const NodeId written = code ? clause.payment->code : clause.payment->amount;
    if (written == model::none || library_.nodes[written].kind != model::NodeKind::constant) continue;
    const model::Node constant = library_.nodes[written];
    for (const int way : {1, -1}) {
      const auto other = code ? neighbour(constant.type.system, constant.value, way)
                              : std::optional(constant.value + way * value::decimal_scale / 100);
      if (!other || (!code && *other < 0)) continue;
      model::Node changed = constant;
      changed.value = *other;
      const std::string words = model::format(library_, model::Constant{constant.type, true, *other});
      const auto change = [&](model::Clause& each) {
        (code ? each.payment->code : each.payment->amount) = first_spare;
        (code ? each.payment->code_expression : each.payment->amount_expression) = words;
      };
      Edit edit;
      edit.nodes.push_back({first_spare, std::move(changed)});
      edit_clauses(edit, policy, clause.span, change);
      model::Clause then = clause;
      change(then);
      add(code ? MutantKind::codes : MutantKind::limit, {clause.name, clause.span}, std::move(edit),
          spell_clause(clause, clause.outcome), spell_clause(then, then.outcome));
    }
  }
}

/// In every form of the policy, the clause that is written there.
void MutantPlan::edit_clauses(Edit& edit, std::uint32_t policy, text::Span span,
                              const std::function<void(model::Clause&)>& change) const {
  const auto& forms = library_.policies[policy].forms;
  for (std::uint32_t form = 0; form < forms.size(); ++form) {
    for (std::uint32_t clause = 0; clause < forms[form].clauses.size(); ++clause) {
      if (forms[form].clauses[clause].span == span) change(edit.clause(library_, policy, form, clause));
    }
  }
}

/// Its condition is then never met.
void MutantPlan::drop_clause(std::uint32_t policy, const model::Clause& clause) {
  Edit edit;
  edit.nodes.push_back({first_spare, constant_truth(false)});
  edit_clauses(edit, policy, clause.span, [](model::Clause& each) {
    each.condition = {};
    each.condition.node = first_spare;
  });
  add(MutantKind::clause, {clause.name, clause.span}, std::move(edit), spell_clause(clause, clause.outcome),
      "left out");
}

void MutantPlan::swap_payments(std::uint32_t policy, const model::Clause& clause) {
  for (const OtherPayment& other : other_payments(clause.payment)) {
    Edit edit;
    edit_clauses(edit, policy, clause.span, [&other](model::Clause& each) {
      each.outcome = other.outcome;
      each.payment = other.payment;
    });
    model::Clause changed = clause;
    changed.payment = other.payment;
    add(MutantKind::outcome, {clause.name, clause.span}, std::move(edit), spell_clause(clause, clause.outcome),
        spell_clause(changed, other.outcome));
  }
}

void MutantPlan::swap_outcomes(std::uint32_t policy, const model::Clause& clause) {
  if (library_.policies[policy].payment) return swap_payments(policy, clause);
  for (const Outcome outcome : other_outcomes(clause.outcome)) {
    Edit edit;
    edit_clauses(edit, policy, clause.span, [outcome](model::Clause& each) { each.outcome = outcome; });
    add(MutantKind::outcome, {clause.name, clause.span}, std::move(edit), spell_clause(clause, clause.outcome),
        spell_clause(clause, outcome));
  }
}

void MutantPlan::mutate_condition(const Standing& standing, const model::Condition& condition, const Site& site) {
  if (condition.kind == GroupKind::expression) return mutate_expression(condition.node, site);
  mutate_group(standing, condition, site);
  for (std::uint32_t i = 0; i < condition.criteria.size(); ++i) {
    Standing inside = standing;
    inside.path.push_back(i);
    const model::Criterion& criterion = condition.criteria[i];
    mutate_condition(inside, criterion.condition, {criterion.name, criterion.span});
  }
}

void MutantPlan::mutate_group(const Standing& standing, const model::Condition& group, const Site& site) {
  const auto size = static_cast<std::uint32_t>(group.criteria.size());
  switch (group.kind) {
    case GroupKind::all:
      if (size > 1) change_group(standing, site, GroupKind::any, 0);
      break;
    case GroupKind::any:
      if (size > 1) change_group(standing, site, GroupKind::all, 0);
      break;
    case GroupKind::none_of:
      change_group(standing, site, GroupKind::any, 0);
      break;
    case GroupKind::at_least:
      if (group.count > 1) change_group(standing, site, GroupKind::at_least, group.count - 1);
      if (group.count < size) change_group(standing, site, GroupKind::at_least, group.count + 1);
      break;
    case GroupKind::expression:
      break;
  }
  for (std::uint32_t i = 0; i < size; ++i) drop_criterion(standing, group, i);
}

const model::Condition& MutantPlan::condition_at(const Standing& standing) const {
  const model::Condition* found =
      &library_.policies[standing.policy].forms[standing.form].clauses[standing.clause].condition;
  for (const std::uint32_t index : standing.path) found = &found->criteria[index].condition;
  return *found;
}

model::Condition& MutantPlan::condition_at(Edit& edit, const Standing& standing) const {
  model::Condition* found = &edit.clause(library_, standing.policy, standing.form, standing.clause).condition;
  for (const std::uint32_t index : standing.path) found = &found->criteria[index].condition;
  return *found;
}

/// Where the same group stands: as it is written at that site in any form of the policy, or as the same node elsewhere
/// in the policy's versions.
std::vector<MutantPlan::Standing> MutantPlan::same_groups(const Standing& standing, const Site& site) const {
  std::vector<std::pair<Standing, bool>> all;
  const std::function<void(const Standing&, const model::Condition&, const Site&)> gather =
      [&](const Standing& here, const model::Condition& condition, const Site& owner) {
        if (condition.kind == GroupKind::expression) return;
        const bool written = here.policy == standing.policy && owner.span == site.span && owner.name == site.name;
        all.emplace_back(here, written);
        for (std::uint32_t i = 0; i < condition.criteria.size(); ++i) {
          Standing inside = here;
          inside.path.push_back(i);
          const model::Criterion& criterion = condition.criteria[i];
          gather(inside, criterion.condition, {criterion.name, criterion.span});
        }
      };
  for (const std::uint32_t policy : family_->policies) {
    const auto& forms = library_.policies[policy].forms;
    for (std::uint32_t form = 0; form < forms.size(); ++form) {
      for (std::uint32_t clause = 0; clause < forms[form].clauses.size(); ++clause) {
        const model::Clause& here = forms[form].clauses[clause];
        gather({policy, form, clause, {}}, here.condition, {here.name, here.span});
      }
    }
  }
  std::set<NodeId> nodes;
  for (const auto& [here, written] : all) {
    if (written) nodes.insert(condition_at(here).node);
  }
  std::vector<Standing> result;
  for (auto& [here, written] : all) {
    if (nodes.count(condition_at(here).node) != 0) result.push_back(std::move(here));
  }
  return result;
}

void MutantPlan::change_group(const Standing& standing, const Site& site, GroupKind kind, std::uint32_t count) {
  const model::Condition& group = condition_at(standing);
  const bool fresh = is_new(fmt::format("group {} {} {} {} {} {}", standing.policy, site.span.file, site.span.begin,
                                        site.name, static_cast<int>(kind), count));
  const bool fresh_node = is_new(fmt::format("group {} {} {}", group.node, static_cast<int>(kind), count));
  if (!fresh || !fresh_node) return;
  Edit edit;
  for (const Standing& each : same_groups(standing, site)) {
    model::Condition& changed = condition_at(edit, each);
    // An equal group elsewhere may be of another size once a variation has changed it.
    if (kind == GroupKind::at_least && count > changed.criteria.size()) continue;
    changed.kind = kind;
    changed.count = count;
    Node& node = edit.node(library_, changed.node);
    node.kind = node_kind(kind);
    node.value = count;
  }
  add(MutantKind::quantifier, site, std::move(edit), spell_group(group.kind, group.count, group),
      spell_group(kind, count, group));
}

void MutantPlan::drop_criterion(const Standing& standing, const model::Condition& group, std::uint32_t index) {
  const model::Criterion& dropped = group.criteria[index];
  const Site site{dropped.name, dropped.span};
  const bool fresh =
      is_new(fmt::format("drop {} {} {} {}", standing.policy, site.span.file, site.span.begin, site.name));
  const bool fresh_node = is_new(fmt::format("drop {} {}", group.node, index));
  if (!fresh || !fresh_node) return;
  Site owner;
  const model::Clause& clause = library_.policies[standing.policy].forms[standing.form].clauses[standing.clause];
  owner = {clause.name, clause.span};
  const model::Condition* at = &clause.condition;
  for (const std::uint32_t step : standing.path) {
    owner = {at->criteria[step].name, at->criteria[step].span};
    at = &at->criteria[step].condition;
  }
  Edit edit;
  for (const Standing& each : same_groups(standing, owner)) {
    const model::Condition& now = condition_at(each);
    auto found = std::find_if(now.criteria.begin(), now.criteria.end(), [&](const model::Criterion& criterion) {
      return criterion.span == dropped.span && criterion.name == dropped.name;
    });
    if (found == now.criteria.end() && now.node == group.node) found = now.criteria.begin() + index;
    if (found == now.criteria.end()) continue;
    // Of as many as there are, none can be dropped: that no library could say.
    if (now.kind == GroupKind::at_least && now.count >= now.criteria.size()) return;
    const auto position = found - now.criteria.begin();
    model::Condition& changed = condition_at(edit, each);
    Node& node = edit.node(library_, now.node);
    const bool first_here = node.operands.size() == now.criteria.size() && node.kind == node_kind(now.kind);
    changed.criteria.erase(changed.criteria.begin() + position);
    if (!changed.criteria.empty()) {
      if (first_here) node.operands.erase(node.operands.begin() + position);
      continue;
    }
    changed.kind = GroupKind::expression;
    node = constant_truth(now.kind != GroupKind::any);
  }
  add(MutantKind::criterion, site, std::move(edit), dropped.expression, "left out");
}

}  // namespace proviso::trial
