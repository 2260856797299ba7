#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "syntax/tree.hpp"

namespace proviso::syntax {

/// All that a tree says, without its places.
class Dump {
 public:
  explicit Dump(const Tree& tree) : tree_(tree) {
    say(tree.library);
    for (const Declaration& declaration : tree.declarations) {
      std::visit([this](const auto& each) { say(each); }, declaration);
      out_ += '\n';
    }
    for (const Comment& comment : tree.comments) say(comment.text);
  }
  const std::string& text() const { return out_; }

 private:
  const Tree& tree_;
  std::string out_;

  void say(const std::string& text) { out_ += text + "|"; }
  void say(const Name& name) { say(name.text); }
  void say(bool yes) { out_ += yes ? "+" : "-"; }
  template <typename T>
  void say(const std::vector<T>& all) {
    out_ += "[";
    for (const T& each : all) say(each);
    out_ += "]";
  }
  template <typename T>
  void say(const std::optional<T>& maybe) {
    say(maybe.has_value());
    if (maybe) say(*maybe);
  }
  void say(ExpressionId id) {
    if (id == no_expression) return say(std::string("none"));
    const Expression& e = tree_.expression(id);
    out_ += "(" + std::to_string(static_cast<int>(e.kind)) + " ";
    say(e.text);
    say(e.word);
    say(e.variable);
    say(e.has_condition);
    say(e.operands);
    out_ += ")";
  }
  void say(const TypeExpression& type) {
    say(type.word);
    say(type.unit);
    say(type.name);
    say(type.values);
    say(type.element);
  }
  void say(const Citation& citation) {
    say(citation.document);
    say(citation.section);
  }
  void say(const Period& period) {
    say(period.first);
    say(period.last);
  }
  void say(const Use& use) { say(use.library); }
  void say(const Field& field) {
    say(field.name);
    say(field.type);
    say(field.label);
    say(field.ask);
    say(field.measured);
    say(field.valid);
    say(field.assume);
    say(field.check);
    say(field.price.has_value());
  }
  void say(const RecordDeclaration& record) {
    say(record.name);
    say(record.label);
    say(record.fields);
  }
  void say(const TypeDeclaration& type) {
    say(type.name);
    say(type.type);
  }
  void say(const CodeItem& item) {
    say(item.first);
    say(item.last);
  }
  void say(const CodeBlock& block) {
    say(block.place);
    say(block.period);
    say(block.included);
    say(block.excluded);
    say(block.source);
  }
  void say(const CodesDeclaration& codes) {
    say(codes.name);
    say(codes.system);
    say(codes.blocks);
    say(codes.source);
    say(codes.unverified);
  }
  void say(const Parameter& parameter) {
    say(parameter.name);
    say(parameter.type);
  }
  void say(const Definition& definition) {
    say(definition.name);
    say(definition.parameters);
    say(definition.body);
  }
  void say(const TableRow& row) {
    say(row.keys);
    say(row.value);
  }
  void say(const TableDeclaration& table) {
    say(table.name);
    say(table.keys);
    say(table.value);
    say(table.file);
    say(table.rows);
  }
  void say(const ThresholdValue& value) {
    say(value.place);
    say(value.value);
    say(value.period);
    say(value.source);
  }
  void say(const ThresholdDeclaration& threshold) {
    say(threshold.name);
    say(threshold.type);
    say(threshold.may_vary.has_value());
    say(threshold.least);
    say(threshold.greatest);
    say(threshold.values);
    say(threshold.unverified);
  }
  void say(const Condition& condition) {
    out_ += std::to_string(static_cast<int>(condition.kind)) + " " + std::to_string(condition.count) + " ";
    if (condition.kind == GroupKind::expression) say(condition.expression);
    say(condition.criteria);
  }
  void say(const Criterion& criterion) {
    say(criterion.name);
    say(criterion.label);
    say(criterion.condition);
  }
  void say(const PaymentOutcome& payment) {
    say(payment.word);
    say(payment.strength);
    say(payment.amount);
    say(payment.code);
  }
  void say(const Clause& clause) {
    say(clause.word);
    say(clause.outcome);
    say(clause.payment);
    say(clause.name);
    if (clause.word != "otherwise") say(clause.condition);
    say(clause.sentence);
  }
  void say(const PolicyDeclaration& policy) {
    say(policy.payment);
    say(policy.name);
    say(policy.label);
    say(policy.record);
    say(policy.category);
    say(policy.status);
    say(policy.sources);
    say(policy.effective);
    say(policy.dated_by);
    say(policy.placed_by);
    say(policy.places);
    say(policy.applies);
    say(policy.notes);
    say(policy.unverified);
    say(policy.clauses);
  }
  void say(const Place& place) {
    say(place.name);
    say(place.label);
    say(place.ods);
    say(place.inside);
  }
  void say(const PlacesDeclaration& places) { say(places.places); }
  void say(const HookDeclaration& hook) {
    say(hook.name);
    say(hook.parameters);
    say(hook.result);
    say(hook.tendency);
    say(hook.file);
  }
  void say(const Change& change) {
    say(change.word);
    say(change.name);
    say(change.clause);
    say(change.label);
    say(change.condition);
    say(change.to);
    say(change.category);
  }
  void say(const VariationDeclaration& variation) {
    say(variation.policy);
    say(variation.place);
    say(variation.period);
    say(variation.sources);
    say(variation.changes);
    say(variation.not_looser_than);
    say(variation.notes);
    say(variation.unverified);
  }
  void say(const GivenValue& value) {
    say(value.value);
    say(value.on);
    say(value.elements);
    say(value.facts);
  }
  void say(const GivenFact& fact) {
    say(fact.name);
    say(fact.value);
  }
  void say(const Expectation& expectation) {
    say(expectation.outcome);
    say(expectation.amount);
    say(expectation.code);
    say(expectation.strength);
    say(expectation.because);
    say(expectation.about);
  }
  void say(const VariedRow& row) {
    say(row.values);
    say(row.expected);
  }
  void say(const VariedFacts& varied) {
    say(varied.facts);
    say(varied.rows);
  }
  void say(const ScenarioDeclaration& scenario) {
    say(scenario.title);
    say(scenario.policy);
    say(scenario.is_like());
    say(scenario.like);
    say(scenario.facts);
    say(scenario.varied);
    say(scenario.expected);
    say(scenario.with_drafts.has_value());
    say(scenario.notes);
    say(scenario.unverified);
  }
  void say(const RelationDeclaration& relation) {
    say(relation.name);
    say(relation.record);
    say(relation.variable);
    say(relation.other);
    say(relation.condition);
  }
  void say(const GroupDeclaration& group) {
    say(group.name);
    say(group.record);
    say(group.keys);
    say(group.order);
  }
  void say(const AgreementShare& share) {
    say(share.party);
    say(share.percent);
  }
  void say(const AgreementTier& tier) {
    say(tier.above);
    say(tier.shares);
  }
  void say(const AgreementCap& cap) {
    say(cap.party);
    say(cap.amount);
  }
  void say(const AgreementDeduction& deduction) {
    say(deduction.amount);
    say(deduction.party);
  }
  void say(const AgreementSettlement& settlement) {
    say(settlement.interval);
    say(settlement.unit);
    say(settlement.mode);
    say(settlement.floor);
    say(settlement.cap);
  }
  void say(const AgreementAfter& after) {
    say(after.lowest);
    say(after.same);
  }
  void say(const AgreementTarget& target) {
    say(target.name);
    say(target.label);
    say(target.among);
    say(target.where);
    say(target.met);
    say(target.at_least);
    say(target.length);
    say(target.date);
  }
  void say(const AgreementDeclaration& agreement) {
    say(agreement.name);
    say(agreement.label);
    say(agreement.record);
    say(agreement.status);
    say(agreement.sources);
    say(agreement.notes);
    say(agreement.unverified);
    say(agreement.between);
    say(agreement.places);
    say(agreement.covers);
    say(agreement.dated_by);
    say(agreement.placed_by);
    say(agreement.length);
    say(agreement.period);
    say(agreement.baseline);
    say(agreement.per);
    say(agreement.saving);
    say(agreement.floor);
    say(agreement.cap);
    say(agreement.shares);
    say(agreement.caps);
    say(agreement.deductions);
    say(agreement.settle);
    say(agreement.after);
    say(agreement.targets);
    say(agreement.corrected_by);
  }
};

}  // namespace proviso::syntax
