#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "check/check.hpp"
#include "check/form_building.hpp"
#include "check/scenario_building.hpp"
#include "model/library.hpp"
#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"

/// The checker's own parts, for the files of this folder alone: one class, a file for each thing that it checks.
namespace proviso::check {

using model::LoopId;
using model::Node;
using model::NodeId;
using model::NodeKind;
using model::none;
using syntax::ExpressionId;
using syntax::ExpressionKind;
using text::Code;
using text::Span;
using value::Kind;
using value::Type;

/// A type that its kind says all about.
inline Type of(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}
inline bool numberlike(const Type& type) { return type.kind == Kind::number || type.kind == Kind::percent; }

enum class SymbolKind : std::uint8_t { record, type, codes, definition, table, threshold, hook, policy, agreement };

/// A declared name. `index` is its number in the model's vector of its kind.
struct Symbol {
  SymbolKind kind;
  std::string library;
  std::string name;
  std::uint32_t tree;
  std::uint32_t declaration;
  Span span;
  std::uint32_t index = none;
  bool used = false;
};

/// A name that holds inside an expression alone: a parameter (a node) or the element of a list form (a loop).
struct Binding {
  std::string name;
  NodeId node = none;
  LoopId loop = none;
};

/// Where an expression stands: its file, the record whose facts it sees, and the names bound around it.
struct Context {
  std::uint32_t tree = 0;
  std::uint32_t record = none;
  std::vector<Binding> bindings;
  LoopId innermost = none;
};

/// What a dotted name turned out to be.
struct Resolved {
  enum class Kind : std::uint8_t { nothing, node, fact, symbol, complained } kind = Kind::nothing;
  NodeId node = none;
  model::FactId fact = none;
  LoopId loop = none;
  Symbol* symbol = nullptr;
};

/// Expressions looked at for one policy, definitions each time they are used: more is too_large.
inline constexpr std::uint32_t visit_limit = 1'000'000;
/// What stands inside each other is walked by calls inside each other, here and in what comes later: more is too_deep,
/// and never the end of the stack. Of expressions, definitions put in where they are used.
inline constexpr std::size_t expression_depth_limit = 1'500;
/// Of nodes, which definitions that were checked before make higher than any expression is deep.
inline constexpr std::uint32_t node_height_limit = 4'000;
inline constexpr std::string_view too_deep_definitions = "definitions inside definitions make this too deep to check";
inline constexpr std::string_view shorter_definitions = "say it with fewer definitions, each of which uses the next";
/// Of types that are other names of types.
inline constexpr std::size_t type_depth_limit = 500;
/// Of records inside records.
inline constexpr std::size_t record_depth_limit = 128;
/// Facts that all cases of all scenarios give, elements of lists apart.
inline constexpr std::size_t given_fact_limit = 10'000'000;
/// Facts of one record, nested records laid flat.
inline constexpr std::size_t fact_limit = 20'000;

/// A variation as it was written.
struct WrittenVariation {
  std::uint32_t tree;
  std::uint32_t declaration;
};

/// A variation once checked; stands beside the model's variation of the same number.
struct VariedBy {
  std::uint32_t tree = 0;
  std::uint32_t record = none;
  /// By change: the new condition of `replace` and `add`, its sentence in `label`; the outcome of a clause.
  struct Part {
    model::Condition condition;
    model::Outcome outcome = model::Outcome::exempt;
    std::vector<std::string> names;  ///< of the criterion and those inside it
    bool had_effect = false;
  };
  std::vector<Part> parts;
  bool held = false;  ///< on some day on which the policy holds
};

/// A relation or group as it was written.
struct WrittenRelation {
  std::uint32_t tree;
  std::uint32_t declaration;
  std::uint32_t relation = none;  ///< of the model; none where its record is not there
  ExpressionId window = syntax::no_expression;
};

class Checker {
 public:
  Checker(const std::vector<SourceTree>& trees, const text::Sources& sources, text::Diagnostics& diagnostics);

  model::Library run();

  // For lone expressions: lone_expression.cpp.
  void declare_all();
  CheckedExpression lone_expression(std::uint32_t tree, ExpressionId root, const std::vector<NamedValue>& values,
                                    const std::vector<std::pair<std::uint32_t, ExpressionId>>& literals);

 private:
  // declare.cpp
  void declare_files();
  void declare(std::uint32_t tree, std::uint32_t declaration);
  void add_symbol(SymbolKind kind, std::uint32_t tree, std::uint32_t declaration, const syntax::Name& name);
  void check_uses();
  Symbol* find_symbol(std::uint32_t tree, const std::string& name, Span span);
  std::vector<std::string> visible_names(std::uint32_t tree) const;

  // types.cpp
  Type resolve_type(std::uint32_t tree, const syntax::TypeExpression& type);
  Type named_type(std::uint32_t tree, const syntax::TypeExpression& type);
  Type enumeration(const syntax::TypeExpression& type, const std::string& name);
  Type list_type(const Type& element);
  void resolve_types();

  // records.cpp
  void lay_out_records();
  struct Layout;
  void lay_out(Layout& layout, const Symbol& record, model::LevelId level, const std::string& path,
               const std::string& name);
  void lay_out_field(Layout& layout, const Symbol& record, const syntax::Field& field, model::LevelId level,
                     const std::string& path, const std::string& name);
  void price(Layout& layout, const syntax::Field& field, const Type& type, model::LevelId level);
  void field_attributes(const Symbol& record, const syntax::Field& field, const Type& type, model::Fact& fact);
  void check_fields(const Symbol& record);

  // literals.cpp
  NodeId literal(const syntax::Expression& expression, const Type* expected);
  NodeId number_literal(const syntax::Expression& expression);
  NodeId code_literal(const syntax::Expression& expression);
  NodeId date_literal(const syntax::Expression& expression);
  NodeId duration_literal(const syntax::Expression& expression, const Type* expected = nullptr);
  /// Whether values of the type are written as names: enumerations, scales, places.
  static bool names_values(const Type& type);
  std::vector<std::string> value_names(const Type& type) const;
  std::optional<std::uint32_t> named_value(const Type& type, std::string_view value) const;
  void not_a_value(const Type& type, const std::string& value, Span span);
  std::string inexact(Span span, const Type& type) const;
  std::optional<std::int32_t> date(std::uint32_t tree, ExpressionId id);
  std::int64_t text_number(const std::string& text);

  // names.cpp
  Resolved resolve(const Context& context, const std::string& path, Span span);
  Resolved resolve_binding(const Context& context, const Binding& binding, const std::string& rest, Span span);
  NodeId name(const Context& context, const syntax::Expression& expression, const Type* expected);
  NodeId symbol_value(const Context& context, Symbol& symbol, Span span);
  NodeId fact_node(const Context& context, model::FactId fact, LoopId loop, Span span);
  bool whole_record(const Context& context, const std::string& path, Span span);
  bool unknown_field(const Context& context, const std::string& path, Span span);
  void unknown_name(const Context& context, const std::string& path, Span span, const Type* expected);
  bool unread_field(const std::string& path) const;

  // expressions.cpp
  NodeId truth(const Context& context, ExpressionId id, std::string_view where);
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
  NodeId unary(const Context& context, const syntax::Expression& expression, const Type* expected);
  std::optional<NodeId> of_known_kind(const Context& context, ExpressionId id, NodeId duration, const Type* expected,
                                      std::string_view done);
  NodeId rounded(const Context& context, const syntax::Expression& expression);
  static std::optional<value::Rounding> rounding_mode(std::string_view words);
  NodeId cannot(const Context& context, const syntax::Expression& expression, NodeId a, NodeId b);

  // comparisons.cpp
  NodeId comparison(const Context& context, const syntax::Expression& expression);
  NodeId compare(const Context& context, const syntax::Expression& expression, model::Comparison word, ExpressionId a,
                 NodeId left, ExpressionId b, NodeId right);
  NodeId between(const Context& context, const syntax::Expression& expression);
  NodeId within(const Context& context, const syntax::Expression& expression);
  NodeId membership(const Context& context, const syntax::Expression& expression);
  NodeId in_name(const Context& context, const syntax::Expression& expression);
  NodeId in_place(const Context& context, const syntax::Expression& expression, NodeId inner, NodeId outer);
  bool orderable(const Context& context, const syntax::Expression& expression, ExpressionId operand, const Type& type);

  // pairs.cpp: what says how a name, or a duration of either kind, is read
  std::pair<NodeId, NodeId> pair(const Context& context, ExpressionId a, ExpressionId b);
  std::optional<std::pair<NodeId, NodeId>> pair_of_names(const Context& context, ExpressionId a, ExpressionId b);
  bool names_both_ways(const Context& context, ExpressionId name, ExpressionId element, NodeId read);
  void two_readings(const Context& context, ExpressionId a, ExpressionId b);
  std::pair<NodeId, NodeId> summands(const Context& context, const syntax::Expression& expression,
                                     const Type* expected);
  NodeId operand(const Context& context, ExpressionId id, const Type* expected);
  Type type_of_name(const Context& context, const syntax::Expression& expression);
  /// Whether another value must say how it is read: a name of nothing but a value, or a duration of either kind.
  bool unsettled(const Context& context, ExpressionId id);
  /// Whether a value of that type says how another is read.
  static bool settles(const Type& type);
  static bool is_time(const Type& type);
  bool written_duration(const Context& context, ExpressionId id) const;

  // dates.cpp
  NodeId calendar(const Context& context, const syntax::Expression& expression);
  NodeId date_operand(const Context& context, ExpressionId id, std::string_view word);
  NodeId number_operand(const Context& context, ExpressionId id, std::string_view word);

  // lists.cpp
  NodeId list_form(const Context& context, const syntax::Expression& expression);
  LoopId loop_over(const Context& context, const syntax::Expression& expression);
  NodeId aggregate(const Context& context, const syntax::Expression& expression, LoopId loop, NodeId value,
                   NodeId condition);

  // calls.cpp
  NodeId call(const Context& context, const syntax::Expression& expression);
  NodeId call_definition(const Context& context, const syntax::Expression& expression, Symbol& symbol);
  NodeId call_table(const Context& context, const syntax::Expression& expression, Symbol& symbol);
  NodeId call_hook(const Context& context, const syntax::Expression& expression);
  std::optional<NodeId> hook_argument(NodeId argument, const Type& wanted);
  NodeId definition_body(const Context& inside, Symbol& symbol);
  NodeId definition_value(const Context& context, Symbol& symbol, Span span);
  void check_unused_definitions();
  /// Of a definition or hook: no two of one name.
  void check_parameters(const std::vector<syntax::Parameter>& parameters);

  // relations.cpp
  void lay_out_relations();
  bool lay_out_relation(WrittenRelation& entry, const syntax::Name& name, const syntax::Name& record,
                        const syntax::Name& other, Span span);
  std::uint32_t record_named(std::uint32_t tree, const syntax::Name& name);
  void add_elements(std::uint32_t relation);
  void add_rank(std::uint32_t relation);
  void check_relations();
  void check_relation(WrittenRelation& entry, const syntax::RelationDeclaration& written);
  void check_group(const WrittenRelation& entry, const syntax::GroupDeclaration& written);
  /// A term of a relation's condition: an equality of two facts is a key; anything else may be its window.
  bool relation_key(const WrittenRelation& entry, const syntax::RelationDeclaration& written, ExpressionId term);
  bool is_of_dates(const WrittenRelation& entry, const syntax::RelationDeclaration& written);
  bool no_relation_term(const WrittenRelation& entry, const syntax::RelationDeclaration& written,
                        const syntax::Expression& term);
  bool follow_in_order(model::FactId fact, std::uint32_t record, const syntax::Name& name);
  void relation_window(const WrittenRelation& entry, const syntax::RelationDeclaration& written);
  model::FactId relation_fact(const WrittenRelation& entry, std::uint32_t record, const syntax::Name& name);
  /// The condition of a list form with the window of the relation that it goes over, where it has one.
  NodeId inside_window(const Context& context, LoopId loop, bool every, NodeId condition);
  NodeId rank(const Context& context, const syntax::Expression& expression);

  // payments.cpp
  void payment_clause(const syntax::Clause& written, const Context& context, const model::Policy& policy,
                      model::Clause& clause);
  bool is_unknown(const Context& context, const syntax::Expression& written);
  bool misread_sum(const Context& context, ExpressionId id);
  NodeId recount_code(const Context& context, ExpressionId id);
  std::optional<model::Strength> strength(const syntax::Name& name);
  bool fits(const syntax::Clause& written, const model::Policy& policy);
  void check_price(const syntax::PolicyDeclaration& written, const model::Policy& policy);

  // units.cpp: values of one type as another
  /// The node as a value of `type`, converted where it must be; nothing where it cannot be.
  std::optional<NodeId> as(NodeId node, const Type& type);
  /// The type both can be brought to; nothing where there is none.
  std::optional<Type> common(const Type& a, const Type& b) const;
  static Type quantity_type(const Type& type);
  NodeId rescaled(NodeId node, value::Unit to);
  bool unread_behind(const syntax::Expression& written) const;
  bool mismatch(const Context& context, Span span, ExpressionId a, NodeId left, ExpressionId b, NodeId right);

  // places.cpp
  void declare_places();
  void declare_place(const syntax::Place& place, model::PlaceId parent);
  void add_ods_codes(const syntax::Place& written, model::Place& place);
  /// By name alone, as policies write it; none where there is none.
  model::PlaceId place_named(std::string_view name) const;
  /// Complains where there is none.
  model::PlaceId find_place(const syntax::Name& name);
  NodeId place_node(model::PlaceId place, Span span);
  std::string spell_places(const std::vector<model::PlaceId>& places) const;
  /// `Luton`; "no place" stands for none.
  std::string place_name(model::PlaceId place) const;

  // hooks.cpp
  void check_hook(Symbol& symbol);
  std::uint32_t script(const SourceTree& tree, const syntax::HookDeclaration& hook);
  void examine_scripts();

  // thresholds.cpp, code_lists.cpp, tables.cpp
  void check_threshold(Symbol& symbol);
  void check_bounds(const Symbol& symbol, model::Threshold& threshold);
  void check_succession(const model::Threshold& threshold);
  void check_code_list(Symbol& symbol);
  void add_code_block(const Symbol& symbol, const syntax::CodeBlock& block, model::CodeList& list);
  std::optional<std::pair<std::int64_t, std::int64_t>> code_interval(value::CodeSystem system,
                                                                     const syntax::CodeItem& item);
  void check_table(Symbol& symbol);
  void inline_rows(const syntax::TableDeclaration& table, std::uint32_t tree, model::Table& result);
  void file_rows(const syntax::TableDeclaration& table, const SourceTree& tree, model::Table& result);
  std::optional<model::Period> period(std::uint32_t tree, const syntax::Period& period);

  // policies.cpp
  void check_policies();
  void check_policy(const Symbol& symbol);
  void policy_head(const syntax::PolicyDeclaration& declaration, const Symbol& symbol, model::Policy& policy);
  void policy_clauses(const syntax::PolicyDeclaration& declaration, const Context& context, model::Policy& policy);
  void shared_names(const std::map<std::string, Span>& criteria, const std::map<std::string, Span>& clauses,
                    const model::Policy& policy);
  model::Condition condition(const Context& context, const syntax::Condition& condition,
                             std::map<std::string, Span>& names);
  model::Criterion criterion(const Context& context, const syntax::Criterion& criterion,
                             std::map<std::string, Span>& names);
  template <class Words, class Value>
  bool word_of(const syntax::Name& name, const Words& words, Value& target, std::string_view what);
  std::optional<model::Category> category(const syntax::Name& name);
  std::optional<model::Status> status(const syntax::Name& name);
  static std::optional<model::Outcome> outcome(std::string_view word);
  std::string print(const Context& context, ExpressionId id) const;

  // groups.cpp
  NodeId group_node(const model::Condition& group, Span span);
  static std::string spell_group(const model::Condition& group);
  /// As a criterion's expression.
  std::string spell(const Context& context, const syntax::Condition& written, const model::Condition& checked) const;

  // deciding.cpp
  const syntax::PolicyDeclaration& written(const model::Policy& policy) const;
  /// `policy`, `payment`, `agreement`.
  std::string_view noun(const model::Policy& policy) const;
  /// `needed`: there must be one, also where no line names it.
  void deciding_date(model::Policy& policy, const syntax::Name& dated_by, bool needed);
  void deciding_place(model::Policy& policy, const syntax::Name& placed_by);
  model::FactId deciding_fact(const syntax::Name& name, const model::Policy& policy, Kind kind);
  model::FactId only_field(const model::Policy& policy, const model::Record& record, Kind kind, Code code);

  // clauses.cpp
  bool unread_line(Span whole, const std::string& word, bool or_nearly) const;
  void clause_order(const syntax::PolicyDeclaration& declaration);
  void check_reach(const model::Policy& policy);

  // periods.cpp
  void check_versions();
  void check_succession(model::Policy& a, const model::Policy& b);
  bool uses_dates(const model::Policy& policy) const;
  /// `from 2019-04-01 on`.
  static std::string spell(model::Period period);
  std::vector<NodeId> reachable_nodes(const std::vector<NodeId>& roots) const;
  std::vector<NodeId> roots_of(const model::Policy& policy, const model::Form& form) const;
  /// Of the policy in every form that it has or may have.
  std::vector<NodeId> all_roots(const model::Policy& policy) const;

  // variations.cpp: what variations say
  void check_variations();
  void check_variation(const WrittenVariation& written, model::PlaceId place);
  void check_change(const syntax::Change& written, VariedBy& varied, model::Variation& result);
  void check_tendency(const model::Change& change, const model::Condition& condition);
  const Symbol* varied_policy(std::uint32_t tree, const syntax::Name& name);
  const std::vector<std::uint32_t>& variations_of(const std::string& policy) const;

  // forms.cpp: policies as variations make them
  /// The number of the policy's form with those variations, larger places first.
  std::uint32_t form(model::Policy& policy, const std::vector<std::uint32_t>& variations);
  void apply(std::uint32_t number, std::size_t index, const model::Policy& policy, FormBuilding& building);
  bool add(std::uint32_t number, std::size_t index, const model::Policy& policy, FormBuilding& building);
  bool replace(std::uint32_t number, std::size_t index, const model::Policy& policy, FormBuilding& building);
  bool put(const model::Change& change, const model::Condition& fresh, model::Condition& condition, std::string& label,
           std::string& expression);
  bool contradicts(std::uint32_t number, std::size_t change, const std::vector<std::string>& names,
                   FormBuilding& building);
  void contradiction(const FormBuilding::Touch& later, const FormBuilding::Touch& earlier, const std::string& name);
  model::Condition* group_to_add_to(std::uint32_t number, std::size_t index, const model::Policy& policy,
                                    FormBuilding& building);
  model::Condition* only_group(std::uint32_t number, std::size_t index, const model::Policy& policy,
                               FormBuilding& building);
  bool changed_otherwise(std::uint32_t number, std::size_t index, const std::string& group, FormBuilding& building);
  bool could_be_several(const model::Policy& policy, const model::Change& change, const std::string& name,
                        FormBuilding& building);
  void not_there(std::uint32_t number, std::size_t index, const model::Policy& policy, const FormBuilding& building,
                 const std::string& name);
  void rebuild(model::Condition& condition, Span span);
  void check_names(const model::Policy& policy, const model::Form& form, std::uint32_t number);
  void warn_of_no_effect();

  // placements.cpp: policies over places and days
  /// On the days of `needed` everything that the policy reads must have a value.
  void place(model::Policy& policy, model::Period needed);
  std::vector<NodeId> dated_nodes(const std::vector<NodeId>& roots) const;
  /// The threshold's value or the list's codes, to compare by.
  const void* value_in_force(const Node& node, model::PlaceId place, std::int32_t day) const;
  void find_stretches(model::Policy& policy, model::Placement& placement, const std::vector<NodeId>& nodes);
  std::vector<bool> may_hold(const model::Policy& policy) const;
  void check_values(const model::Policy& policy, const model::Placement& placement, model::Period needed);
  void no_value(const model::Policy& policy, const model::Placement& placement, const Node& node, model::Period missing,
                model::Period needed);
  void check_outside();

  // agreements.cpp, agreement_amounts.cpp, agreement_after.cpp, agreement_shares.cpp, agreement_settlement.cpp
  struct AgreementBuilding;
  void check_agreements();
  void same_lines(const model::Agreement& later);
  bool misses_baseline(const AgreementBuilding& building, ExpressionId id);
  void check_agreement(const Symbol& symbol);
  void agreement_head(AgreementBuilding& building);
  void missing_lines(const AgreementBuilding& building);
  void agreement_period(AgreementBuilding& building);
  std::optional<std::int32_t> day_after(std::uint32_t tree, ExpressionId length, ExpressionId day);
  static model::Period needed_days(const model::Agreement& agreement);
  model::FactId agreement_fact(const AgreementBuilding& building, const syntax::Name& name,
                               const std::vector<Kind>& kinds, std::string_view wanted);
  NodeId money(const Context& context, ExpressionId id, std::string_view what);
  std::optional<std::int64_t> written_out(std::uint32_t tree, ExpressionId id, Kind kind);
  std::optional<std::int64_t> whole_pence(std::uint32_t tree, ExpressionId id);
  void check_limits(std::uint32_t tree, std::optional<std::int64_t> floor, std::optional<std::int64_t> cap,
                    ExpressionId written);
  void agreement_amounts(AgreementBuilding& building);
  NodeId saving_against(const AgreementBuilding& building, NodeId baseline);
  NodeId any_baseline(Span span);
  void agreement_after(AgreementBuilding& building);
  void charged_and_quantity(AgreementBuilding& building, model::Agreement::After& after);
  std::vector<model::FactId> same_drug(const AgreementBuilding& building);
  struct Slopes;
  std::optional<NodeId> slope(NodeId id, Slopes& slopes);
  std::optional<NodeId> slope_of(const Node& node, const std::vector<NodeId>& parts);
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
  void agreement_settlement(AgreementBuilding& building);
  void agreement_corrections(AgreementBuilding& building);
  void agreement_targets(AgreementBuilding& building);
  void agreement_target(AgreementBuilding& building, const syntax::AgreementTarget& written);

  // tightness.cpp
  void check_tightness(const model::Policy& policy);
  void check_tightness(const model::Policy& policy, std::uint32_t number, model::PlaceId place,
                       const model::Stretch& strict);
  void not_shown_tighter(std::uint32_t number, model::PlaceId place, model::PlaceId larger, const std::string& what,
                         std::int32_t day);

  // scenarios.cpp
  void check_scenarios();
  std::optional<ScenarioBuilding> begin_scenario(std::uint32_t tree, std::uint32_t declaration);
  using Titles = std::multimap<std::string, std::uint32_t>;
  std::uint32_t liked(const std::vector<ScenarioBuilding>& all, const Titles& titles, std::uint32_t number);
  void follow_likeness(std::vector<ScenarioBuilding>& all, std::uint32_t number);
  void finish_scenario(const ScenarioBuilding& building);
  std::optional<model::ScenarioCase> varied_case(const ScenarioBuilding& building, const syntax::VariedRow& row,
                                                 const std::optional<model::Expectation>& usual);
  bool is_broken(Span span) const;
  bool within_fact_limit(const ScenarioBuilding& building);
  static void put(model::GivenRecord& given, model::GivenFact&& fact);

  // given_facts.cpp
  struct GivenPlace;
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

  // lone_expression.cpp
  struct Literals;
  void add_value(const NamedValue& value, Literals& literals, model::Record& record, CheckedExpression& result);
  std::optional<model::Constant> next_literal(Literals& literals);

  // checker.cpp
  NodeId expression(const Context& context, ExpressionId id, const Type* expected = nullptr);
  NodeId form(const Context& context, const syntax::Expression& written, const Type* expected);
  std::optional<model::Constant> constant(std::uint32_t tree, ExpressionId id, const Type& type);
  NodeId make(Node node);
  NodeId constant_node(const Type& type, std::int64_t bits, Span span);
  NodeId unknown_node(const Type& type, Span span);
  NodeId failed(Span span);
  NodeId leaf(NodeKind kind, Type type, std::vector<NodeId> operands, Span span);
  bool is_error(NodeId node) const { return library_.nodes[node].type.kind == Kind::error; }
  const Type& type(NodeId node) const { return library_.nodes[node].type; }
  const syntax::Expression& at(const Context& context, ExpressionId id) const;
  /// The content of a file that a policy file names: in its own folder, or else in one around it up to that of the
  /// library. Or why it is not to be had.
  struct NamedFile {
    std::string path;
    std::string content;
    std::string problem;
  };
  NamedFile read_beside(const SourceTree& tree, const std::string& file) const;
  std::string beside(const SourceTree& tree, const std::string& file) const;
  text::Diagnostic& complain(Code code, Span span, std::string message);
  void repeated_lines(const std::vector<syntax::Repeated>& lines);
  /// "`patient.bmi` is number kg/m2".
  std::string describe(const Context& context, ExpressionId id, NodeId node) const;
  std::string quoted(Span span) const;
  template <class Declaration>
  const Declaration& declaration(const Symbol& symbol) const {
    return std::get<Declaration>(trees_[symbol.tree].tree.declarations[symbol.declaration]);
  }

  const std::vector<SourceTree>& trees_;
  const text::Sources& sources_;
  text::Diagnostics& diagnostics_;
  model::Library library_;
  std::map<std::pair<std::string, std::string>, Symbol> symbols_;
  std::vector<Symbol> policies_;
  std::vector<Symbol> agreements_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, const syntax::PolicyDeclaration*> written_policies_;  ///< by span
  std::vector<WrittenVariation> written_variations_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> written_scenarios_;  ///< tree and declaration
  std::vector<WrittenRelation> written_relations_;
  std::map<std::string, std::vector<std::string>> reasons_;  ///< criteria and clauses by policy, where asked for
  std::size_t given_facts_ = 0;                              ///< of all scenarios so far
  std::vector<VariedBy> varied_;                             ///< by variation of the model
  std::map<std::string, std::vector<std::uint32_t>> variations_by_policy_;  ///< by full name
  std::map<std::string, model::PlaceId, std::less<>> places_;
  std::map<std::string, model::PlaceId> ods_codes_;
  std::map<std::string, std::uint32_t> scripts_;  ///< by path
  /// Lines of variations that were complained about: once each, however many forms they are part of.
  std::set<std::pair<std::uint32_t, std::uint32_t>> complained_variations_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> complained_drafts_;  ///< likewise, where only a draft is at fault
  /// Variations inside the places of a version of their policy, and those outside of one.
  std::set<std::uint32_t> inside_;
  std::set<std::pair<std::uint32_t, model::PlaceId>> not_shown_;
  std::map<std::uint32_t, const model::Policy*> outside_;
  /// What was complained about for having no value: kind of node, its index, and the policy's place.
  std::set<std::tuple<NodeKind, std::uint32_t, std::uint32_t, std::uint32_t>> without_value_;
  std::map<std::string, std::set<std::string>> uses_;
  std::set<std::string> libraries_;
  std::map<std::pair<std::vector<std::string>, bool>, std::uint32_t> enumerations_;
  std::map<std::string, Type> types_;  // by library.name
  std::vector<std::string> resolving_;
  std::vector<const Symbol*> record_symbols_;  // by Type::id of a record
  std::unordered_multimap<std::size_t, NodeId> known_nodes_;
  std::vector<std::uint32_t> heights_;      // by node
  std::set<std::uint32_t> refused_prices_;  ///< records with a price that is none, complained about already
  std::unordered_map<std::string, std::int64_t> texts_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, NodeId> definition_values_;  // by definition and record
  /// Thresholds and code lists with a value that could not be read: no gap in them is complained about.
  std::set<std::pair<SymbolKind, std::uint32_t>> broken_;
  std::map<std::uint32_t, std::size_t> errors_;  ///< by file
  text::Diagnostic unshown_;                     ///< where what is said past the limit goes
  std::vector<Symbol*> open_definitions_;
  std::uint32_t visits_ = 0;
  std::size_t expression_depth_ = 0;
  bool muted_ = false;                ///< while it is only asked what a name stands for
  std::uint32_t last_places_ = none;  ///< the table from a place to the last inside it, where one was needed
};

}  // namespace proviso::check
