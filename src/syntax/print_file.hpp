#pragma once

#include <optional>
#include <string>

#include "syntax/page_writer.hpp"
#include "syntax/parse.hpp"
#include "syntax/tree.hpp"

namespace proviso::syntax {

/// Prints a tree in the one layout that there is.
class FilePrinter {
 public:
  explicit FilePrinter(const Tree& tree) : tree_(tree), page_(tree.comments) {}

  std::string run();

 private:
  // print_facts.cpp
  void declaration(const Use& use);
  void declaration(const RecordDeclaration& record);
  void declaration(const TypeDeclaration& type);
  void declaration(const CodesDeclaration& codes);
  void declaration(const Definition& definition);
  void declaration(const TableDeclaration& table);
  void declaration(const ThresholdDeclaration& threshold);
  void code_block(const CodeBlock& block);
  std::string citation(const std::optional<Citation>& source) const;
  std::string period(const Period& period) const;

  // print_policies.cpp
  void declaration(const PolicyDeclaration& policy);
  void head(const PolicyDeclaration& policy);
  void sources(const std::vector<Citation>& sources);
  void notes(const std::vector<std::string>& notes, const std::vector<std::string>& unverified);
  void head_line(std::uint32_t offset, std::string_view word, std::string_view rest);
  void clause(const Clause& clause);
  /// What stands behind `before` on its line, and the criteria of a group on lines of their own.
  void condition(std::uint32_t offset, const std::string& before, const Condition& condition,
                 const std::string& behind);
  /// The comments that a block still has, and the line that closes it.
  void close(Span block, const std::string& behind = {});

  // print_payments.cpp
  /// `pay £5`, `withhold must`; `name` is the clause's, which stands behind it.
  std::string outcome(const PaymentOutcome& outcome, std::string_view name) const;
  void declaration(const RelationDeclaration& relation);
  void declaration(const GroupDeclaration& group);

  // print_agreements.cpp
  void declaration(const AgreementDeclaration& agreement);
  struct AgreementLine;
  std::vector<AgreementLine> head_of(const AgreementDeclaration& agreement) const;
  std::vector<AgreementLine> terms_of(const AgreementDeclaration& agreement) const;
  std::string lasting(const AgreementDeclaration& agreement) const;
  std::string bounds(ExpressionId floor, ExpressionId cap) const;
  std::string tier(const AgreementTier& tier) const;
  std::string settlement(const AgreementSettlement& settlement) const;
  std::vector<std::string> target(const AgreementTarget& target) const;

  // print_variations.cpp
  void declaration(const PlacesDeclaration& places);
  void declaration(const HookDeclaration& hook);
  void declaration(const VariationDeclaration& variation);
  void places(const std::vector<Place>& places);
  void change(const Change& change);

  // print_scenarios.cpp
  void declaration(const ScenarioDeclaration& scenario);
  void varied(const VariedFacts& varied);
  std::string value(const GivenValue& value) const;
  std::string fact(const GivenFact& fact) const;
  std::string expectation(const Expectation& expectation) const;
  bool has_comment(std::uint32_t begin, std::uint32_t end) const;
  /// What stands in one pair of braces: on the line of `before` where it fits, else in lines below it.
  struct Part;
  void braces(std::uint32_t offset, const std::string& before, const std::vector<Part>& parts, Span where,
              const std::string& behind);
  Part part(const GivenFact& fact) const;
  Part part(const GivenValue& value) const;
  std::vector<Part> parts(const GivenValue& value) const;

  const Tree& tree_;
  PageWriter page_;
};

}  // namespace proviso::syntax
