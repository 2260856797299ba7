#pragma once

#include "check/declarations/value_names.hpp"
#include "check/expressions/conversions.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// Values written out.
class Literals : Part {
 public:
  Literals(Workspace& workspace, ValueNames& value_names, Conversions& conversions)
      : Part(workspace), value_names_(value_names), conversions_(conversions) {}

  /// A name in quotes, a bare number of time: `expected` says how it is read.
  NodeId literal(const syntax::Expression& expression, const Type* expected);
  NodeId duration_literal(const syntax::Expression& expression, const Type* expected = nullptr);
  /// A duration where nothing else is taken.
  NodeId length_of_time(const syntax::Expression& expression);
  /// Why a quantity written out does not stand for one of that type.
  std::string inexact(Span span, const Type& type) const;
  std::optional<std::int32_t> date(std::uint32_t tree, ExpressionId id);
  /// Whether it is a quantity of time: `6 months` is one where such is expected, else a duration.
  static bool is_time(const Type& type);
  /// Nothing where a day is missing or impossible, or the last day is before the first.
  std::optional<model::Period> period(std::uint32_t tree, const syntax::Period& period);
  /// A literal, with a minus before it where it has one, as a value of `type`. Anything else is complained about.
  std::optional<model::Constant> constant(std::uint32_t tree, ExpressionId id, const Type& type);

 private:
  NodeId number_literal(const syntax::Expression& expression);
  NodeId code_literal(const syntax::Expression& expression);
  NodeId date_literal(const syntax::Expression& expression);

  ValueNames& value_names_;
  Conversions& conversions_;
};

}  // namespace proviso::check
