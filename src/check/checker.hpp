#pragma once

#include "check/agreements/agreements.hpp"
#include "check/declarations/code_lists.hpp"
#include "check/declarations/declare.hpp"
#include "check/declarations/hooks.hpp"
#include "check/declarations/records.hpp"
#include "check/declarations/relations.hpp"
#include "check/declarations/tables.hpp"
#include "check/declarations/thresholds.hpp"
#include "check/policies/placements.hpp"
#include "check/policies/policies.hpp"
#include "check/policies/versions.hpp"
#include "check/scenarios/scenarios.hpp"

namespace proviso::check {

/// All parts of the checker, each on those before it.
class Checker : Part {
 public:
  explicit Checker(Workspace& workspace) : Part(workspace) {}

  model::Library run();

  // For lone expressions: lone_expression.cpp.
  void declare_all();
  CheckedExpression lone_expression(std::uint32_t tree, ExpressionId root, const std::vector<NamedValue>& values,
                                    const std::vector<std::pair<std::uint32_t, ExpressionId>>& parsed);

 private:
  struct GivenLiterals;
  void add_value(const NamedValue& value, GivenLiterals& literals, model::Record& record, CheckedExpression& result);
  std::optional<model::Constant> next_literal(GivenLiterals& literals);

  Declarations declarations_{workspace_};
  Types types_{workspace_};
  ValueNames value_names_{workspace_};
  Conversions conversions_{workspace_};
  Literals literals_{workspace_, value_names_, conversions_};
  Expressions expressions_{workspace_, types_, value_names_, conversions_, literals_};
  Records records_{workspace_, types_, literals_};
  Relations relations_{workspace_, types_, literals_, expressions_};
  Thresholds thresholds_{workspace_, types_, value_names_, literals_};
  CodeLists code_lists_{workspace_, value_names_, literals_};
  Tables tables_{workspace_, types_, value_names_, literals_};
  Hooks hooks_{workspace_, types_};
  PolicyWords words_{workspace_};
  Criteria criteria_{workspace_, expressions_};
  Payments payments_{workspace_, expressions_};
  Deciding deciding_{workspace_};
  Policies policies_{workspace_, value_names_, literals_, expressions_, words_, criteria_, payments_};
  Variations variations_{workspace_, value_names_, literals_, expressions_, words_, criteria_};
  Versions versions_{workspace_, variations_};
  Forms forms_{workspace_, value_names_, criteria_, variations_};
  Placements placements_{workspace_, value_names_, variations_, forms_};
  Agreements agreements_{workspace_, types_, value_names_, literals_, expressions_, words_, deciding_, placements_};
  Scenarios scenarios_{workspace_, literals_, expressions_, payments_, variations_};
};

}  // namespace proviso::check
