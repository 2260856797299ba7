#include <utility>

#include "syntax/build.hpp"

/// Agreements.
namespace proviso::syntax {

/// `floor £0` or `cap £10000`, behind a saving or a settlement.
void Builder::bound(NodeIndex node, ExpressionId& floor, ExpressionId& cap, AgreementDeclaration& agreement) {
  ExpressionId& bound = rule(node) == Rule::floor_bound ? floor : cap;
  if (bound != no_expression) {
    agreement.repeated.push_back({span(node), {}});
    return;
  }
  bound = expression(children(node)[0]);
}

void Builder::saving(NodeIndex node, AgreementDeclaration& agreement) {
  const auto parts = children(node);
  agreement.saving = expression(parts[0]);
  for (std::size_t i = 1; i < parts.size(); ++i) bound(parts[i], agreement.floor, agreement.cap, agreement);
}

AgreementTier Builder::tier(NodeIndex node) {
  AgreementTier tier;
  tier.span = span(node);
  for (NodeIndex part : children(node)) {
    const auto parts = children(part);
    if (rule(part) == Rule::above) {
      tier.above = expression(parts[0]);
    } else {
      AgreementShare share;
      share.party = name(parts[0]);
      share.percent = expression(parts[1]);
      tier.shares.push_back(std::move(share));
    }
  }
  return tier;
}

AgreementSettlement Builder::settlement(NodeIndex node, AgreementDeclaration& agreement) {
  AgreementSettlement settlement;
  settlement.span = span(node);
  for (NodeIndex part : children(node)) {
    switch (rule(part)) {
      case Rule::interval:
        settlement.interval = name(part);
        break;
      case Rule::rounding: {
        const auto rounding = children(part);
        settlement.unit = expression(rounding[0]);
        settlement.mode = rounding_mode(rounding[1]);
        break;
      }
      default:
        bound(part, settlement.floor, settlement.cap, agreement);
    }
  }
  return settlement;
}

AgreementAfter Builder::after_pay(NodeIndex node) {
  const auto parts = children(node);
  AgreementAfter after;
  after.span = span(node);
  after.lowest = name(parts[0]);
  if (parts.size() > 1) {
    for (NodeIndex path : children(parts[1])) after.same.push_back(name(path));
  }
  return after;
}

AgreementTarget Builder::target(NodeIndex node) {
  AgreementTarget target;
  target.span = span(node);
  for (NodeIndex part : children(node)) {
    const auto parts = children(part);
    switch (rule(part)) {
      case Rule::name:
        target.name = name(part);
        break;
      case Rule::label:
        target.label = words(part);
        break;
      case Rule::path:
        target.among = name(part);
        break;
      case Rule::target_where:
        target.where = expression(parts[0]);
        break;
      case Rule::target_met:
        target.met = expression(parts[0]);
        break;
      case Rule::numeric:
        target.at_least = expression(part);
        break;
      case Rule::length_from:
        target.length = expression(parts[0]);
        target.date = expression(parts[1]);
        break;
      default:
        target.date = expression(part);
    }
  }
  return target;
}

/// The lines that say whose the agreement is, where and when it holds.
void Builder::agreement_head_line(NodeIndex node, AgreementDeclaration& agreement) {
  const auto parts = children(node);
  const auto once = [&](bool given) {
    if (given) agreement.repeated.push_back({span(node), {}});
    return !given;
  };
  switch (rule(node)) {
    case Rule::status:
      if (once(!agreement.status.text.empty())) agreement.status = name(parts[0]);
      break;
    case Rule::between:
      if (!once(!agreement.between.empty())) break;
      for (NodeIndex part : parts) agreement.between.push_back(name(part));
      agreement.between_span = span(node);
      break;
    case Rule::in_places:
      if (!once(!agreement.places.empty())) break;
      for (NodeIndex part : parts) agreement.places.push_back(name(part));
      break;
    case Rule::covers:
      if (once(agreement.covers != no_expression)) agreement.covers = expression(parts[0]);
      break;
    case Rule::dated_by:
      if (once(!agreement.dated_by.text.empty())) agreement.dated_by = name(parts[0]);
      break;
    case Rule::placed_by:
      if (once(!agreement.placed_by.text.empty())) agreement.placed_by = name(parts[0]);
      break;
    case Rule::corrected_by:
      if (once(!agreement.corrected_by.text.empty())) agreement.corrected_by = name(parts[0]);
      break;
    case Rule::lasting:
      if (!once(agreement.period.has_value())) break;
      if (rule(parts[0]) == Rule::length_from) {
        const auto inner = children(parts[0]);
        agreement.length = expression(inner[0]);
        agreement.period = Period{expression(inner[1]), no_expression, span(parts[0])};
      } else {
        agreement.period = period(parts[0]);
      }
      break;
    default:
      break;
  }
}

/// The lines that say what is saved, and who has it.
void Builder::agreement_terms(NodeIndex node, AgreementDeclaration& agreement) {
  const auto parts = children(node);
  const auto once = [&](bool given) {
    if (given) agreement.repeated.push_back({span(node), {}});
    return !given;
  };
  switch (rule(node)) {
    case Rule::baseline:
      if (!once(agreement.baseline != no_expression)) break;
      agreement.baseline = expression(parts[0]);
      if (parts.size() > 1) agreement.per = name(children(parts[1])[0]);
      break;
    case Rule::saving:
      if (once(agreement.saving != no_expression)) saving(node, agreement);
      break;
    case Rule::share:
      agreement.shares.push_back(tier(node));
      break;
    case Rule::party_cap:
      agreement.caps.push_back(AgreementCap{name(parts[0]), expression(parts[1]), span(node)});
      break;
    case Rule::deduct:
      agreement.deductions.push_back(AgreementDeduction{expression(parts[0]), name(parts[1]), span(node)});
      break;
    case Rule::settle:
      if (once(agreement.settle.has_value())) agreement.settle = settlement(node, agreement);
      break;
    case Rule::after_pay:
      if (once(agreement.after.has_value())) agreement.after = after_pay(node);
      break;
    case Rule::target:
      agreement.targets.push_back(target(node));
      break;
    default:
      agreement_head_line(node, agreement);
  }
}

void Builder::agreement_line(NodeIndex node, AgreementDeclaration& agreement) {
  switch (rule(node)) {
    case Rule::label:
      agreement.label = words(node);
      break;
    case Rule::name:
      agreement.record = name(node);
      break;
    case Rule::citation:
      agreement.sources.push_back(citation(node));
      break;
    case Rule::note:
      agreement.notes.push_back(words(children(node)[0]));
      break;
    case Rule::unverified:
      agreement.unverified.push_back(words(children(node)[0]));
      break;
    default:
      agreement_terms(node, agreement);
  }
}

AgreementDeclaration Builder::agreement(NodeIndex node) {
  const auto parts = children(node);
  AgreementDeclaration agreement;
  agreement.name = name(parts[0]);
  agreement.span = span(node);
  for (std::size_t i = 1; i < parts.size(); ++i) agreement_line(parts[i], agreement);
  find_first(node, agreement.repeated);
  return agreement;
}

}  // namespace proviso::syntax
