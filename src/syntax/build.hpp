#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/nodes.hpp"
#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"

namespace proviso::syntax {

/// The height that an expression may have, so that whatever recurses over trees has stack enough. Chains of `and` and
/// `or` are flat, whatever their length; chains of arithmetic are as high as they are long.
inline constexpr std::uint16_t height_limit = 1000;

/// Makes the tree of what the grammar found, and complains about what the grammar leaves to it: `and` mixed with `or`,
/// comparisons that chain, and the height of expressions.
class Builder {
 public:
  Builder(std::string_view content, std::uint32_t file, const Nodes& nodes, Tree& tree,
          std::vector<text::Diagnostic>& diagnostics)
      : content_(content), file_(file), nodes_(nodes), tree_(tree), diagnostics_(diagnostics) {}

  /// The declarations of a file.
  void file();
  ExpressionId expression(NodeIndex node);

 private:
  // Nodes and their text.
  std::vector<NodeIndex> children(NodeIndex node) const { return nodes_.children(node); }
  Rule rule(NodeIndex node) const { return nodes_[node].rule; }
  std::string_view text(NodeIndex node) const;
  Span span(NodeIndex node) const { return Span{file_, nodes_[node].begin, nodes_[node].end}; }
  /// The first word, or sign of one character, of a node.
  Span head(NodeIndex node) const;
  Name name(NodeIndex node) const { return Name{std::string(text(node)), span(node)}; }
  /// What a text says, without quotes.
  std::string words(NodeIndex node) const;
  text::Diagnostic& complain(text::Code code, Span where, std::string message);

  // Expressions: build_expressions.cpp, build_operators.cpp
  ExpressionId add(Expression expression);
  ExpressionId leaf(ExpressionKind kind, NodeIndex node, std::string_view text);
  ExpressionId prefix(ExpressionKind kind, NodeIndex node);
  ExpressionId broken(Span where);
  ExpressionId numeric(NodeIndex node);
  ExpressionId code(NodeIndex node);
  ExpressionId reference(NodeIndex node);
  ExpressionId rank(NodeIndex node);
  ExpressionId call(ExpressionKind kind, NodeIndex node);
  ExpressionId list_form(ExpressionKind kind, NodeIndex node);
  ExpressionId extreme(ExpressionKind of_values, ExpressionKind of_list, NodeIndex node);
  ExpressionId addend(NodeIndex node);
  ExpressionId chain(NodeIndex node);
  ExpressionId elapsed(NodeIndex node);
  ExpressionId rounded(NodeIndex node);
  std::string rounding_mode(NodeIndex node) const;
  ExpressionId comparison(NodeIndex node);
  std::string comparison_word(NodeIndex sign);
  ExpressionId comparison_tail(NodeIndex left, ExpressionId operand, NodeIndex tail);
  ExpressionId chained(NodeIndex node);
  ExpressionId logic(NodeIndex node);
  ExpressionId mixed(NodeIndex node);

  // Facts: build_facts.cpp
  TypeExpression type(NodeIndex node);
  Citation citation(NodeIndex node) const;
  Period period(NodeIndex node);
  Field field(NodeIndex node);
  void repeated_attribute(NodeIndex node, const Field& field, Span first);
  RecordDeclaration record(NodeIndex node);
  TypeDeclaration type_declaration(NodeIndex node);
  CodeItem code_item(NodeIndex node) const;
  CodeBlock code_block(NodeIndex node);
  CodesDeclaration codes(NodeIndex node);
  std::vector<Parameter> parameters(NodeIndex node);
  Definition definition(NodeIndex node);
  TableRow row(NodeIndex node);
  TableDeclaration table(NodeIndex node);
  ThresholdDeclaration threshold(NodeIndex node);
  void limit(NodeIndex node, ThresholdDeclaration& threshold);

  // Policies: build_policies.cpp
  Condition condition(NodeIndex node);
  Criterion criterion(NodeIndex node);
  void outcome(NodeIndex node, Clause& clause);
  Clause clause(NodeIndex node);
  Clause otherwise(NodeIndex node);
  PolicyDeclaration policy(NodeIndex node);
  void policy_line(NodeIndex node, PolicyDeclaration& policy);
  void head_line(NodeIndex node, PolicyDeclaration& policy);
  void find_first(NodeIndex block, std::vector<Repeated>& repeated) const;

  // Payments, relations, groups: build_payments.cpp
  PaymentOutcome payment_outcome(NodeIndex node);
  RelationDeclaration relation(NodeIndex node);
  void add_path(NodeIndex node, std::vector<Name>& paths) const;
  GroupDeclaration group(NodeIndex node);

  // Agreements: build_agreements.cpp
  AgreementDeclaration agreement(NodeIndex node);
  void agreement_line(NodeIndex node, AgreementDeclaration& agreement);
  void agreement_head_line(NodeIndex node, AgreementDeclaration& agreement);
  void agreement_terms(NodeIndex node, AgreementDeclaration& agreement);
  void bound(NodeIndex node, ExpressionId& floor, ExpressionId& cap, AgreementDeclaration& agreement);
  void saving(NodeIndex node, AgreementDeclaration& agreement);
  AgreementTier tier(NodeIndex node);
  AgreementSettlement settlement(NodeIndex node, AgreementDeclaration& agreement);
  AgreementAfter after_pay(NodeIndex node);
  AgreementTarget target(NodeIndex node);

  // Places, hooks, variations: build_variations.cpp
  Place place(NodeIndex node);
  void place_code(NodeIndex node, Place& place);
  PlacesDeclaration places(NodeIndex node);
  HookDeclaration hook(NodeIndex node);
  Change change(NodeIndex node, std::string_view word);
  VariationDeclaration variation(NodeIndex node);
  void unvaried(NodeIndex node);
  void variation_line(NodeIndex node, VariationDeclaration& variation);

  // Scenarios: build_scenarios.cpp
  Name fact_name(NodeIndex node);
  GivenValue given_value(NodeIndex node);
  GivenFact given_fact(NodeIndex node);
  Expectation expectation(NodeIndex node);
  VariedRow varied_row(NodeIndex node);
  VariedFacts varied_facts(NodeIndex node);
  ScenarioDeclaration scenario(NodeIndex node);
  void scenario_line(NodeIndex node, ScenarioDeclaration& scenario);

  std::string_view content_;
  std::uint32_t file_;
  const Nodes& nodes_;
  Tree& tree_;
  std::vector<text::Diagnostic>& diagnostics_;
  /// One for each expression of the tree.
  std::vector<std::uint16_t> heights_;
  bool too_high_ = false;
};

}  // namespace proviso::syntax
