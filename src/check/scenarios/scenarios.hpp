#pragma once

#include "check/expressions/expressions.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"
#include "check/policies/payments.hpp"
#include "check/policies/variations.hpp"
#include "check/scenarios/scenario_building.hpp"

namespace proviso::check {

/// Scenarios: which policy each is of, its cases, all that they give and what they expect.
class Scenarios : Part {
 public:
  Scenarios(Workspace& workspace, Literals& literals, Expressions& expressions, Payments& payments,
            Variations& variations)
      : Part(workspace), literals_(literals), expressions_(expressions), payments_(payments), variations_(variations) {}

  void check_scenarios();

 private:
  using Titles = std::multimap<std::string, std::uint32_t>;
  struct GivenPlace;

  // scenarios.cpp
  std::optional<ScenarioBuilding> begin_scenario(std::uint32_t tree, std::uint32_t declaration);
  std::uint32_t liked(const std::vector<ScenarioBuilding>& all, const Titles& titles, std::uint32_t number);
  void follow_likeness(std::vector<ScenarioBuilding>& all, std::uint32_t number);
  void finish_scenario(const ScenarioBuilding& building);
  std::optional<model::ScenarioCase> varied_case(const ScenarioBuilding& building, const syntax::VariedRow& row,
                                                 const std::optional<model::Expectation>& usual);
  bool within_fact_limit(const ScenarioBuilding& building);
  static void put(model::GivenRecord& given, model::GivenFact&& fact);

  // given_facts.cpp
  void given_facts(const GivenPlace& place, const std::vector<syntax::GivenFact>& written, model::GivenRecord& to);
  void given_fact(const GivenPlace& place, const syntax::Name& name, const syntax::GivenValue& written,
                  model::GivenRecord& to);
  bool is_unknown(std::uint32_t tree, const syntax::GivenValue& written) const;
  void leave_out(const GivenPlace& place, const std::string& prefix, model::GivenRecord& to) const;
  bool is_nested_record(const GivenPlace& place, const std::string& prefix) const;
  void given_list(const GivenPlace& place, model::FactId fact, const syntax::GivenValue& written, model::GivenFact& to);
  void given_single(const GivenPlace& place, model::FactId fact, const syntax::GivenValue& written,
                    model::GivenFact& to);
  void unknown_given(const GivenPlace& place, const std::string& path, Span span);
  std::optional<model::Constant> given_constant(std::uint32_t tree, const model::Fact& fact, ExpressionId id);
  GivenPlace place_of(const ScenarioBuilding& building) const;

  // expectations.cpp
  std::optional<model::Expectation> expectation(const ScenarioBuilding& building, const syntax::Expectation& written);
  void expected_reasons(const ScenarioBuilding& building, const syntax::Expectation& written,
                        model::Expectation& expected);
  void expected_needs(const ScenarioBuilding& building, const syntax::Expectation& written,
                      model::Expectation& expected);

  Literals& literals_;
  Expressions& expressions_;
  Payments& payments_;
  Variations& variations_;
  std::map<std::string, std::vector<std::string>> reasons_;  ///< criteria and clauses by policy, where asked for
  std::size_t given_facts_ = 0;                              ///< of all scenarios so far
};

}  // namespace proviso::check
