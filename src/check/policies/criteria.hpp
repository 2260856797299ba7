#pragma once

#include "check/expressions/expressions.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// Criteria, alone and in groups.
class Criteria : Part {
 public:
  Criteria(Workspace& workspace, Expressions& expressions) : Part(workspace), expressions_(expressions) {}

  model::Condition condition(const Context& context, const syntax::Condition& condition,
                             std::map<std::string, Span>& names);
  /// The truth of a group, whose criteria are there. An empty one, complained about already, is unknown.
  NodeId group_node(const model::Condition& group, Span span);
  /// A group as a criterion's expression: `at least 2 of pain, night`.
  static std::string spell_group(const model::Condition& group);
  /// As a criterion's expression.
  std::string spell(const Context& context, const syntax::Condition& written, const model::Condition& checked) const;

 private:
  model::Criterion criterion(const Context& context, const syntax::Criterion& criterion,
                             std::map<std::string, Span>& names);
  std::string_view written_count(Span group) const;

  Expressions& expressions_;
};

}  // namespace proviso::check
