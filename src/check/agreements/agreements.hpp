#pragma once

#include "check/declarations/types.hpp"
#include "check/declarations/value_names.hpp"
#include "check/expressions/expressions.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"
#include "check/policies/deciding.hpp"
#include "check/policies/placements.hpp"
#include "check/policies/policy_words.hpp"

namespace proviso::check {

/// Agreements: their lines, what is saved, who gets it and when it is settled.
class Agreements : Part {
 public:
  Agreements(Workspace& workspace, Types& types, ValueNames& value_names, Literals& literals, Expressions& expressions,
             PolicyWords& words, Deciding& deciding, Placements& placements)
      : Part(workspace),
        types_(types),
        value_names_(value_names),
        literals_(literals),
        expressions_(expressions),
        words_(words),
        deciding_(deciding),
        placements_(placements) {}

  void check_agreements();

 private:
  struct AgreementBuilding;
  struct Slopes;

  // agreements.cpp
  void same_lines(const model::Agreement& later);
  void check_agreement(const Symbol& symbol);
  void agreement_head(AgreementBuilding& building);
  void missing_lines(const AgreementBuilding& building);
  void agreement_period(AgreementBuilding& building);
  std::optional<std::int32_t> day_after(std::uint32_t tree, ExpressionId length, ExpressionId day);
  static model::Period needed_days(const model::Agreement& agreement);
  model::FactId agreement_fact(const AgreementBuilding& building, const syntax::Name& name,
                               const std::vector<Kind>& kinds, std::string_view wanted);

  // agreement_amounts.cpp
  bool misses_baseline(const AgreementBuilding& building, ExpressionId id);
  std::optional<std::int64_t> written_out(std::uint32_t tree, ExpressionId id, Kind kind);
  std::optional<std::int64_t> whole_pence(std::uint32_t tree, ExpressionId id);
  void check_limits(std::uint32_t tree, std::optional<std::int64_t> floor, std::optional<std::int64_t> cap,
                    ExpressionId written);
  void agreement_amounts(AgreementBuilding& building);
  NodeId saving_against(const AgreementBuilding& building, NodeId baseline);
  NodeId any_baseline(Span span);

  // agreement_after.cpp
  void agreement_after(AgreementBuilding& building);
  void charged_and_quantity(AgreementBuilding& building, model::Agreement::After& after);
  std::vector<model::FactId> same_drug(const AgreementBuilding& building);
  std::optional<NodeId> slope(NodeId id, Slopes& slopes);
  std::optional<NodeId> slope_of(const Node& node, const std::vector<NodeId>& parts);

  // agreement_shares.cpp
  void agreement_parties(AgreementBuilding& building);
  std::uint32_t party(const AgreementBuilding& building, const syntax::Name& name);
  void agreement_shares(AgreementBuilding& building);
  std::vector<std::int64_t> tier_percents(const AgreementBuilding& building, const syntax::AgreementTier& tier);
  static std::uint32_t first_to_share(const AgreementBuilding& building, const syntax::AgreementTier& tier,
                                      const std::vector<std::int64_t>& percents);
  void check_total(const AgreementBuilding& building, const syntax::AgreementTier& tier,
                   const std::vector<std::optional<std::int64_t>>& percents, std::int64_t total);
  void agreement_caps(AgreementBuilding& building);
  void agreement_deductions(AgreementBuilding& building);

  // agreement_settlement.cpp
  void agreement_settlement(AgreementBuilding& building);
  void agreement_corrections(AgreementBuilding& building);
  void agreement_targets(AgreementBuilding& building);
  void agreement_target(AgreementBuilding& building, const syntax::AgreementTarget& written);

  Types& types_;
  ValueNames& value_names_;
  Literals& literals_;
  Expressions& expressions_;
  PolicyWords& words_;
  Deciding& deciding_;
  Placements& placements_;
};

}  // namespace proviso::check
