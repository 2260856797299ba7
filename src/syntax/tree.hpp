#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "text/span.hpp"

/// The tree of one policy file: what was written, with its places, and nothing resolved. Expressions are held in the
/// tree's own vector and named by number, so that a tree is moved and walked without pointers. The depth of any
/// expression or group is bounded by the parser (see parse.hpp), so that later stages may recurse.
namespace proviso::syntax {

using text::Span;

enum class ExpressionKind : std::uint8_t {
#define PROVISO_EXPRESSION(name, meaning) name,
#include "syntax/expression_kinds.def"
#undef PROVISO_EXPRESSION
};

using ExpressionId = std::uint32_t;
inline constexpr ExpressionId no_expression = UINT32_MAX;

struct Name {
  std::string text;
  Span span;
};

/// See expression_kinds.def for what the members mean for each kind. `span` is the whole expression without outer
/// brackets; `mark` is the operator, or the head word.
struct Expression {
  ExpressionKind kind = ExpressionKind::error;
  Span span;
  Span mark;
  std::string text;
  std::string word;
  std::vector<ExpressionId> operands;
  Name variable;
  bool has_condition = false;
};

/// A type as written. `word` is one of: yes/no, number, money, percent, date, duration, text, code, one of, scale,
/// place, list of, name.
struct TypeExpression {
  std::string word;
  Span span;
  std::string unit;                     ///< number: its unit, may be empty; `%` for percent
  std::string name;                     ///< name: the record or named type; code: the system
  std::vector<Name> values;             ///< one of, scale: the values
  std::vector<TypeExpression> element;  ///< list of: one
};

/// `source "..." section "..."`.
struct Citation {
  std::string document;
  std::string section;
  Span span;
};

struct Comment {
  std::string text;  ///< without the `#`
  Span span;
  bool trailing = false;  ///< behind something on its line
};

/// `from D to D` or `effective D to D`; the last day is included.
struct Period {
  ExpressionId first = no_expression;  ///< a date literal
  ExpressionId last = no_expression;   ///< a date literal, or none
  Span span;
};

struct Use {
  Name library;
  Span span;
};

struct Field {
  Name name;
  TypeExpression type;
  std::string label;
  std::string ask;
  bool measured = false;
  ExpressionId valid = no_expression;   ///< a duration literal
  ExpressionId assume = no_expression;  ///< a literal, or an enumeration's value
  Name check;                           ///< `nhs_number`, or empty
  std::optional<Span> price;            ///< the word: the record's price asked
  Span span;
};

struct RecordDeclaration {
  Name name;
  std::string label;
  std::vector<Field> fields;
  Span span;
};

struct TypeDeclaration {
  Name name;
  TypeExpression type;
  Span span;
};

/// `W37.1`, `L84..L88`.
struct CodeItem {
  std::string first;
  std::string last;  ///< empty unless a range
  Span span;
};

/// The codes of a list, for a period where one is given.
struct CodeBlock {
  Name place;  ///< empty: everywhere
  std::optional<Period> period;
  std::vector<CodeItem> included;
  std::vector<CodeItem> excluded;
  std::optional<Citation> source;
  Span span;
};

struct CodesDeclaration {
  Name name;
  Name system;
  std::vector<CodeBlock> blocks;  ///< one without a period, or any number with
  std::optional<Citation> source;
  std::string unverified;
  Span span;
};

struct Parameter {
  Name name;
  TypeExpression type;
};

struct Definition {
  Name name;
  std::vector<Parameter> parameters;
  ExpressionId body = no_expression;
  Span span;
};

struct TableRow {
  std::vector<ExpressionId> keys;
  ExpressionId value = no_expression;
  Span span;
};

struct TableDeclaration {
  Name name;
  std::vector<Parameter> keys;
  TypeExpression value;
  std::string file;  ///< empty: the rows are inline
  Span file_span;
  std::vector<TableRow> rows;
  Span span;
};

struct ThresholdValue {
  Name place;  ///< empty: everywhere
  ExpressionId value = no_expression;
  Period period;
  std::optional<Citation> source;
  Span span;
};

struct ThresholdDeclaration {
  Name name;
  TypeExpression type;
  std::optional<Span> may_vary;           ///< the line
  ExpressionId least = no_expression;     ///< may vary from; none for a type without an order
  ExpressionId greatest = no_expression;  ///< to
  std::vector<ThresholdValue> values;
  std::string unverified;
  Span span;
};

enum class GroupKind : std::uint8_t { expression, all, any, at_least, none_of };

struct Criterion;

/// A group of criteria, or one expression.
struct Condition {
  GroupKind kind = GroupKind::expression;
  ExpressionId expression = no_expression;
  std::uint32_t count = 0;  ///< at_least
  std::vector<Criterion> criteria;
  Span span;
};

struct Criterion {
  Name name;
  std::string label;
  Condition condition;
  Span span;
};

/// What a clause of a payment gives. `word` is one of: pay in full, pay, adjust to, recount as, withhold, query.
struct PaymentOutcome {
  std::string word;
  Name strength;                        ///< withhold: must, may, none or risk
  ExpressionId amount = no_expression;  ///< pay, adjust to; recount as: of its `pay`, or none
  ExpressionId code = no_expression;    ///< recount as
  Span span;
};

/// `word` is exempt, approve, refuse, review, or `otherwise` with the outcome in `outcome`. The clauses of payments
/// that give one of their own outcomes have `payment`; `word` is then its first word, or `otherwise`, and `outcome` its
/// first.
struct Clause {
  std::string word;
  std::string outcome;  ///< otherwise: approve, refuse, review, exempt, or as of a payment; else the same as word
  std::optional<PaymentOutcome> payment;
  Name name;            ///< may be empty
  Condition condition;  ///< not for otherwise
  std::string sentence;
  Span span;
};

/// A line that may be given once, given again.
struct Repeated {
  Span line;
  Span first;
};

/// A policy, or a payment: the same lines, and other outcomes.
struct PolicyDeclaration {
  bool payment = false;
  Name name;
  std::string label;
  Name record;
  Name category;
  Name status;
  std::vector<Citation> sources;
  std::optional<Period> effective;
  Name dated_by;
  Name placed_by;
  std::vector<Name> places;
  ExpressionId applies = no_expression;
  std::vector<std::string> notes;
  std::vector<std::string> unverified;
  std::vector<Clause> clauses;
  std::vector<Repeated> repeated;  ///< lines given twice
  Span span;
};

/// `Luton "..." ods:06P { places inside }`.
struct Place {
  Name name;
  std::string label;
  std::vector<Name> ods;  ///< the codes, without `ods:`
  std::vector<Place> inside;
  Span span;
};

/// `places { ... }`: the outermost places of a tree.
struct PlacesDeclaration {
  std::vector<Place> places;
  Span span;
};

/// `hook luton.smoking(...) -> yes/no may only tighten from "hooks/luton.lua"`.
struct HookDeclaration {
  Name name;  ///< dotted
  std::vector<Parameter> parameters;
  TypeExpression result;
  Name tendency;  ///< `tighten`, `loosen`, or empty
  std::string file;
  Span file_span;
  Span span;
};

/// `relate earlier_spells on Activity: e where CONDITION`, or `relate NAME on RECORD: e in OTHER where CONDITION`: what
/// of other lines, or of records of another kind, belongs to a line.
struct RelationDeclaration {
  Name name;
  Name record;
  Name variable;
  Name other;  ///< empty: the record itself
  ExpressionId condition = no_expression;
  Span span;
};

/// `group same_day_scans on Activity by patient.nhs_number, provider ordered by id`.
struct GroupDeclaration {
  Name name;
  Name record;
  std::vector<Name> keys;   ///< paths of facts
  std::vector<Name> order;  ///< paths of facts; may be empty
  Span span;
};

struct AgreementShare {
  Name party;
  ExpressionId percent = no_expression;  ///< a percent literal
};

/// `share PARTY 50%, PARTY 50%`, or `share above £100000 in a year PARTY 70%, PARTY 30%`.
struct AgreementTier {
  ExpressionId above = no_expression;  ///< a money literal; none: from the first pound on
  std::vector<AgreementShare> shares;
  Span span;
};

/// `cap provider £250000 per year`.
struct AgreementCap {
  Name party;
  ExpressionId amount = no_expression;  ///< a money literal
  Span span;
};

/// `deduct blueteq_cost from provider`.
struct AgreementDeduction {
  ExpressionId amount = no_expression;
  Name party;
  Span span;
};

/// `settle monthly rounded to 1p half even floor £0 cap £10000`.
struct AgreementSettlement {
  Name interval;                       ///< monthly, quarterly or yearly
  ExpressionId unit = no_expression;   ///< a money literal; none where the rounding is left out
  std::string mode;                    ///< `half even`
  ExpressionId floor = no_expression;  ///< money literals
  ExpressionId cap = no_expression;
  Span span;
};

/// `after pay lowest market_price`, `after pay lowest market_price by molecule`.
struct AgreementAfter {
  Name lowest;             ///< path of a fact
  std::vector<Name> same;  ///< paths of the facts that say what is the same drug; empty: those that `covers` asks
  Span span;
};

/// `target NAME "..." among PATH where C met C at least 90% by 3 months from D`, or `by D`.
struct AgreementTarget {
  Name name;
  std::string label;
  Name among;
  ExpressionId where = no_expression;  ///< none: every line
  ExpressionId met = no_expression;
  ExpressionId at_least = no_expression;  ///< a percent literal
  ExpressionId length = no_expression;    ///< a duration literal; none: by `date` itself
  ExpressionId date = no_expression;      ///< a date literal
  Span span;
};

struct AgreementDeclaration {
  Name name;
  std::string label;
  Name record;
  Name status;
  std::vector<Citation> sources;
  std::vector<std::string> notes;
  std::vector<std::string> unverified;
  std::vector<Name> between;  ///< paths of the facts that name the parties
  Span between_span;
  std::vector<Name> places;
  ExpressionId covers = no_expression;
  Name dated_by;
  Name placed_by;
  ExpressionId length = no_expression;  ///< `period 18 months from D`: a duration literal
  std::optional<Period> period;         ///< `period D to D`; with `length`, its first day alone
  ExpressionId baseline = no_expression;
  Name per;  ///< `baseline E per unit`: the word behind per
  ExpressionId saving = no_expression;
  ExpressionId floor = no_expression;  ///< of the saving of a line: money literals
  ExpressionId cap = no_expression;
  std::vector<AgreementTier> shares;
  std::vector<AgreementCap> caps;
  std::vector<AgreementDeduction> deductions;
  std::optional<AgreementSettlement> settle;
  std::optional<AgreementAfter> after;
  std::vector<AgreementTarget> targets;
  Name corrected_by;               ///< path of a fact: which of several lines of one id is the last; empty: their order
  std::vector<Repeated> repeated;  ///< lines given twice
  Span span;
};

/// A line of a variation that changes something. `word` is replace, add, remove, category or omit.
struct Change {
  std::string word;
  Name name;           ///< replace, add, remove: the criterion or clause
  std::string clause;  ///< `replace exempt NAME when ...`: the outcome; empty where `:` follows the name
  std::string label;   ///< replace, add: the sentence
  std::optional<Condition> condition;  ///< replace, add
  Name to;                             ///< add: the group, or empty
  Name category;                       ///< category
  Span span;
};

struct VariationDeclaration {
  Name policy;
  Name place;
  std::optional<Period> period;
  std::vector<Citation> sources;
  std::vector<Change> changes;
  std::vector<Name> not_looser_than;  ///< places
  std::vector<std::string> notes;
  std::vector<std::string> unverified;
  std::vector<Repeated> repeated;  ///< lines given twice
  Span span;
};

struct GivenFact;

/// What a scenario says of a fact: one value, or what stands in braces.
struct GivenValue {
  ExpressionId value = no_expression;  ///< none: braces
  ExpressionId on = no_expression;     ///< a date literal: when it was measured
  std::vector<GivenValue> elements;    ///< `{ a, b }`: of a list
  std::vector<GivenFact> facts;        ///< `{ on = 2019-04-01, treated = yes }`: of a nested record
  Span span;
};

struct GivenFact {
  Name name;  ///< dotted
  GivenValue value;
  Span span;
};

/// `expect refuse because bmi`, `expect information needed about patient.bmi`, `expect pay £0`.
struct Expectation {
  Name outcome;                         ///< `approve`, `information needed`, `not applicable`, `pay`, `recount as`, ...
  ExpressionId amount = no_expression;  ///< pay, adjust, recount as; none: not said
  ExpressionId code = no_expression;    ///< recount as: a code literal
  Name strength;                        ///< withhold: must, may, none or risk; empty: not said
  std::vector<Name> because;            ///< criteria or clauses
  std::vector<Name> about;              ///< facts
  Span span;
};

/// `36 kg/m2, Luton -> refuse because bmi`.
struct VariedRow {
  std::vector<GivenValue> values;
  std::optional<Expectation> expected;  ///< none: the scenario's own
  Span span;
};

/// `vary patient.bmi, commissioner { rows }`.
struct VariedFacts {
  std::vector<Name> facts;
  std::vector<VariedRow> rows;
  Span span;
};

struct ScenarioDeclaration {
  Name title;
  Name policy;
  Name like;                     ///< the title of another; its span is empty where there is none
  std::vector<GivenFact> facts;  ///< of `given`, or of `but`
  std::optional<VariedFacts> varied;
  std::optional<Expectation> expected;
  std::optional<Span> with_drafts;  ///< the line
  std::vector<std::string> notes;
  std::vector<std::string> unverified;
  std::vector<Repeated> repeated;  ///< lines given twice
  Span given;                      ///< the lines of the facts, from the first to the last; empty where there is none
  Span span;

  bool is_like() const { return like.span.end > like.span.begin; }
};

using Declaration =
    std::variant<Use, RecordDeclaration, TypeDeclaration, CodesDeclaration, Definition, TableDeclaration,
                 ThresholdDeclaration, PolicyDeclaration, PlacesDeclaration, HookDeclaration, VariationDeclaration,
                 ScenarioDeclaration, RelationDeclaration, GroupDeclaration, AgreementDeclaration>;

/// One file. Declarations are in the order written.
struct Tree {
  Name library;
  std::vector<Declaration> declarations;
  std::vector<Expression> expressions;
  std::vector<Comment> comments;
  std::vector<std::string> unread;  ///< names, and texts in their quotes, that stand in what could not be read

  const Expression& expression(ExpressionId id) const { return expressions[id]; }
};

}  // namespace proviso::syntax
