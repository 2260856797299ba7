#pragma once

#include "check/declarations/types.hpp"
#include "check/declarations/value_names.hpp"
#include "check/expressions/conversions.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// Expressions as nodes. A method for each form answers a node always: unknown, where it complained.
class Expressions : Part {
 public:
  Expressions(Workspace& workspace, Types& types, ValueNames& value_names, Conversions& conversions, Literals& literals)
      : Part(workspace), types_(types), value_names_(value_names), conversions_(conversions), literals_(literals) {}

  /// The limit of what is looked at counts from here.
  void begin_rule() { visits_ = 0; }
  /// Complains of a path into a fact or record that has no such field; no where it is no such path.
  bool unknown_field(const Context& context, const std::string& path, Span span);
  void unknown_name(const Context& context, const std::string& path, Span span, const Type* expected);
  /// A value that must be yes/no.
  NodeId truth(const Context& context, ExpressionId id, std::string_view where);
  static std::optional<value::Rounding> rounding_mode(std::string_view words);
  /// What nothing uses is warned about, and checked all the same: against the first record that it fits.
  void check_unused_definitions();
  /// Whether a name stands for nothing that there is.
  bool is_unknown(const Context& context, const syntax::Expression& written);
  /// A value that must be money. `what` says which: "the baseline".
  NodeId money(const Context& context, ExpressionId id, std::string_view what);
  /// `expected`, where there is one, says how what can be read in several ways is meant.
  NodeId expression(const Context& context, ExpressionId id, const Type* expected = nullptr);

 private:
  // names.cpp
  Resolved resolve(const Context& context, const std::string& path, Span span);
  Resolved resolve_binding(const Context& context, const Binding& binding, const std::string& rest, Span span);
  NodeId name(const Context& context, const syntax::Expression& expression, const Type* expected);
  NodeId symbol_value(const Context& context, Symbol& symbol, Span span);
  NodeId fact_node(const Context& context, model::FactId fact, LoopId loop, Span span);
  bool whole_record(const Context& context, const std::string& path, Span span);

  // expressions.cpp
  NodeId form(const Context& context, const syntax::Expression& written, const Type* expected);
  std::string brackets_of_list_form(const Context& context, const syntax::Expression& written) const;
  NodeId logic(const Context& context, const syntax::Expression& expression);
  NodeId choice(const Context& context, const syntax::Expression& expression, const Type* expected);
  NodeId conditional(const Context& context, const syntax::Expression& expression, const Type* expected);
  NodeId known(const Context& context, const syntax::Expression& expression);

  // arithmetic.cpp
  NodeId arithmetic(const Context& context, const syntax::Expression& expression, const Type* expected);
  NodeId sum_of(const Context& context, const syntax::Expression& expression, NodeId a, NodeId b, const Type* expected);
  NodeId product_of(const Context& context, const syntax::Expression& expression, NodeId a, NodeId b,
                    const Type* expected);
  NodeId quotient_of(const Context& context, const syntax::Expression& expression, NodeId a, NodeId b);
  NodeId open_quotient(const Context& context, const syntax::Expression& expression, NodeId a, NodeId b);
  NodeId unary(const Context& context, const syntax::Expression& expression, const Type* expected);
  std::optional<NodeId> of_known_kind(const Context& context, ExpressionId id, NodeId duration, const Type* expected,
                                      std::string_view done);
  NodeId rounded(const Context& context, const syntax::Expression& expression);
  NodeId cannot(const Context& context, const syntax::Expression& expression, NodeId a, NodeId b);

  // comparisons.cpp
  NodeId comparison(const Context& context, const syntax::Expression& expression);
  NodeId compare(const Context& context, const syntax::Expression& expression, model::Comparison word, ExpressionId a,
                 NodeId left, ExpressionId b, NodeId right);
  NodeId between(const Context& context, const syntax::Expression& expression);
  NodeId within(const Context& context, const syntax::Expression& expression);
  bool orderable(const Context& context, const syntax::Expression& expression, ExpressionId operand, const Type& type);

  // membership.cpp
  NodeId membership(const Context& context, const syntax::Expression& expression);
  NodeId in_name(const Context& context, const syntax::Expression& expression);
  std::optional<Type> asked_by_set(const Context& context, ExpressionId left,
                                   const std::vector<ExpressionId>& elements);
  NodeId in_place(const Context& context, const syntax::Expression& expression, NodeId inner, NodeId outer);

  // pairs.cpp
  std::pair<NodeId, NodeId> pair(const Context& context, ExpressionId a, ExpressionId b);
  std::optional<std::pair<NodeId, NodeId>> pair_of_names(const Context& context, ExpressionId a, ExpressionId b);
  std::optional<Type> asked_by_names(const Context& context, const std::vector<ExpressionId>& sides);
  bool add_names(const Context& context, ExpressionId id, std::vector<ExpressionId>& names) const;
  bool names_both_ways(const Context& context, ExpressionId name, ExpressionId element, NodeId read);
  void two_readings(const Context& context, ExpressionId a, ExpressionId b);
  std::pair<NodeId, NodeId> summands(const Context& context, const syntax::Expression& expression,
                                     const Type* expected);
  NodeId operand(const Context& context, ExpressionId id, const Type* expected);
  Type type_of_name(const Context& context, const syntax::Expression& expression);
  /// Whether another value must say how it is read: a name of nothing but a value, one in quotes, or a duration of
  /// either kind.
  bool unsettled(const Context& context, ExpressionId id);
  /// Whether a value of that type says how another is read.
  static bool settles(const Type& type);
  bool written_duration(const Context& context, ExpressionId id) const;

  // dates.cpp
  NodeId calendar(const Context& context, const syntax::Expression& expression);
  NodeId date_operand(const Context& context, ExpressionId id, std::string_view word);
  NodeId number_operand(const Context& context, ExpressionId id, std::string_view word);

  // lists.cpp
  NodeId list_form(const Context& context, const syntax::Expression& expression);
  LoopId loop_over(const Context& context, const syntax::Expression& expression);
  LoopId loop_of(const Context& context, const std::string& variable, model::FactId list, LoopId owner);
  NodeId aggregate(const Context& context, const syntax::Expression& expression, LoopId loop, NodeId value,
                   NodeId condition);

  // calls.cpp
  NodeId call(const Context& context, const syntax::Expression& expression);
  NodeId call_definition(const Context& context, const syntax::Expression& expression, Symbol& symbol);
  NodeId call_table(const Context& context, const syntax::Expression& expression, Symbol& symbol);
  NodeId definition_body(const Context& inside, Symbol& symbol);
  NodeId definition_value(const Context& context, Symbol& symbol, Span span);

  // call_hooks.cpp
  NodeId call_hook(const Context& context, const syntax::Expression& expression);
  std::optional<NodeId> hook_argument(NodeId argument, const Type& wanted);

  // related.cpp
  /// The condition of a list form with the window of the relation that it goes over, where it has one.
  NodeId inside_window(const Context& context, LoopId loop, bool every, NodeId condition);
  NodeId rank(const Context& context, const syntax::Expression& expression);

  Types& types_;
  ValueNames& value_names_;
  Conversions& conversions_;
  Literals& literals_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, NodeId> definition_values_;  ///< by definition and record
  std::vector<Symbol*> open_definitions_;
  std::size_t expression_depth_ = 0;
  std::uint32_t visits_ = 0;
  std::uint32_t last_places_ = none;  ///< the table from a place to the last inside it, where one was needed
};

}  // namespace proviso::check
