#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/span.hpp"
#include "value/decimal.hpp"
#include "value/type.hpp"

/// The checked library: what policies *are* once every name, type, unit and date is resolved. Everything is held in
/// vectors and named by number. Nothing here changes after the checker has built it, so threads share it freely.
namespace proviso::model {

using text::Span;
using value::Type;

inline constexpr std::uint32_t none = UINT32_MAX;

enum class NodeKind : std::uint8_t {
#define PROVISO_NODE(name, meaning) name,
#include "model/node_kinds.def"
#undef PROVISO_NODE
};

enum class Comparison : std::uint8_t { equal, not_equal, less, less_or_equal, greater, greater_or_equal };
/// a `word` b is b `mirrored(word)` a.
Comparison mirrored(Comparison word);
bool holds(std::int64_t a, Comparison word, std::int64_t b);
enum class Elapsed : std::uint8_t { years, months, weeks, days, working_days };

using NodeId = std::uint32_t;
using FactId = std::uint32_t;
using LevelId = std::uint32_t;
using LoopId = std::uint32_t;
using PlaceId = std::uint32_t;
using HookId = std::uint32_t;

/// A resolved expression. Operands come before the node that uses them, equal sub-expressions may be one node, so the
/// nodes of a policy are a graph without cycles, in the order of evaluation. See node_kinds.def.
struct Node {
  NodeKind kind;
  Type type;
  std::vector<NodeId> operands;
  std::int64_t value = 0;
  std::int64_t second = 1;
  std::uint32_t index = none;
  LoopId loop = none;
  std::uint8_t word = 0;
  Span span;
};

/// A value known when the library is checked. `bits` is as a column holds it; for truth 0 or 1.
struct Constant {
  Type type;
  bool known = true;
  std::int64_t bits = 0;
};

/// A period with both of its days; without `last` it is open.
struct Period {
  std::int32_t first = INT32_MIN;
  std::int32_t last = INT32_MAX;
  bool contains(std::int32_t date) const { return first <= date && date <= last; }
};

/// A place of the tree. Places are numbered so that those inside one follow it: `inner` is inside `outer` (or is it)
/// where outer <= inner <= places[outer].last.
struct Place {
  std::string name;   ///< `Luton`; no two places of a library share it
  std::string label;  ///< `Bedfordshire, Luton and Milton Keynes`
  std::vector<std::string> ods;
  PlaceId parent = none;  ///< none: outermost
  PlaceId last = none;
  Span span;
};

struct Citation {
  std::string document;
  std::string section;
};
/// `document, section`.
std::string format(const Citation& citation);

/// `one of` (unordered) or `scale` (ordered). Two declarations with the same values in the same order are one.
struct Enumeration {
  std::string name;  ///< of the first declaration that names it; may be empty
  std::vector<std::string> values;
  bool ordered = false;
};

/// A fact is a column: a field of the record (through nested records: `patient.bmi`) or of the elements of a list.
/// A list is itself a fact, whose column says which records have it and where their elements are.
struct Fact {
  std::string path;  ///< from its level's element: `patient.bmi`, `on`; empty for the element of a list of plain values
  std::string name;  ///< from the record: `patient.bmi`, `sore_throats.on`
  Type type;
  LevelId level = 0;
  std::string label;
  std::string ask;
  bool measured = false;
  std::int32_t valid = 0;  ///< count of valid_kind; 0: however old
  value::DurationKind valid_kind = value::DurationKind::months;
  std::optional<Constant> assumed;
  bool nhs_number = false;
  bool in_percent = false;  ///< declared `number %`: plain input numbers are hundredths
  /// Of Library::relations: the list that it fills, the rank in it, or a fact of its elements. Never read from input.
  std::uint32_t relation = none;
  LevelId elements = none;  ///< type list: the level of its elements
};

/// Level 0 is the record; every list makes a level for its elements, below the level that holds the list.
struct Level {
  LevelId parent = none;
  FactId list = none;
  bool plain = false;         ///< elements are values, not records: the level has one fact, with an empty path
  std::vector<FactId> facts;  ///< all facts of this level, in declaration order
};

/// A record as policies decide on it, its nested records laid flat.
struct Record {
  std::string name;  ///< `Referral`
  std::string label;
  std::vector<Fact> facts;
  std::vector<Level> levels;
  FactId identifier = none;  ///< the field `id`, if it is of type text
  FactId price = none;       ///< the price asked: what payments are limited by

  /// The fact of a level with that path; none where there is none.
  FactId find(LevelId level, std::string_view path) const;
};

/// What belongs to each record of a kind out of others: `relate` and `group`. It is a list of the record like those
/// that input gives, which is filled from the other lines, or from a register, before the record is decided. Its
/// elements are those that agree in all keys; whether one lies in the relation's window of dates is a condition that
/// every list form over it also asks. A record with an unknown key has an unknown list; where that matters, its keys
/// are asked for. A record is found by nothing through a key that it does not have. No record is in its own relation;
/// in its group it is.
struct Relation {
  /// A date of the other record lies within `length` before (or after) a date of the record's own: both days included.
  struct Window {
    FactId own = none;
    FactId other = none;
    std::int32_t length = 0;
    value::DurationKind kind = value::DurationKind::days;
    bool before = true;
  };
  std::string library;
  std::string name;
  std::uint32_t record = none;  ///< whose list it is
  std::uint32_t other = none;   ///< whose records its elements are: the record's own lines, or a register
  std::vector<std::pair<FactId, FactId>> keys;  ///< a fact of the record, and the fact of the other that equals it
  FactId list = none;                           ///< of the record
  bool group = false;
  std::vector<FactId> order;     ///< of a group: facts of the record, the first counts most; then its id
  FactId rank = none;            ///< of a group: the record's own number in it, from 1
  std::optional<Window> window;  ///< where the condition has that form: what is surely outside need not be brought
  /// The facts of `other` that elements have, by fact of the record (the level of the list), in the order of the level.
  std::vector<std::pair<FactId, FactId>> elements;
  Span span;
};

/// Goes over a list for an `any`, `count`, ... `enclosing` is the loop that it stands in; `owner` the loop whose
/// element holds the list (none: the record does).
struct Loop {
  std::string variable;
  FactId list = none;
  LevelId level = 0;
  LoopId enclosing = none;
  LoopId owner = none;
  std::uint32_t record = none;
};

struct ThresholdValue {
  Constant constant;
  Period period;
  PlaceId place = none;  ///< none: everywhere
  std::optional<Citation> source;
  Span span;
};

/// What a place may set.
struct Bounds {
  std::optional<Constant> least;  ///< none: a type without an order
  std::optional<Constant> greatest;
  Span span;
};

struct Threshold {
  std::string name;
  Type type;
  std::vector<ThresholdValue> values;  ///< by first day
  std::optional<Bounds> bounds;        ///< none: no place may vary it
  std::string unverified;
  Span span;
};

/// Sorted, disjoint intervals of packed codes, both ends included.
struct CodeBlock {
  Period period;
  PlaceId place = none;  ///< none: everywhere
  std::vector<std::int64_t> firsts;
  std::vector<std::int64_t> lasts;
  std::optional<Citation> source;
  Span span;
};

struct CodeList {
  std::string name;
  value::CodeSystem system;
  std::vector<CodeBlock> blocks;  ///< by first day
  std::optional<Citation> source;
  std::string unverified;
  Span span;
};

struct KeyHash {
  std::size_t operator()(const std::vector<std::int64_t>& key) const;
};

struct Table {
  std::string name;
  std::vector<Type> keys;
  Type value;
  std::unordered_map<std::vector<std::int64_t>, std::int64_t, KeyHash> rows;
  std::string digest = {};  ///< of the file that the rows are from; empty for rows in the policy's own
};

struct Definition {
  std::string name;
};

/// The text of a file of hooks.
struct Script {
  std::string file;    ///< as the library names it: `hooks/luton.lua`
  std::string digest;  ///< `sha256:...` of the text
  std::string text;
};

/// Which way a hook may move the criterion that it replaces.
enum class Tendency : std::uint8_t { either, tighten, loosen };

/// A function of a script: field `field` of the table that the script returns.
struct Hook {
  std::string library;
  std::string name;   ///< `luton.smoking`
  std::string field;  ///< `smoking`
  std::uint32_t script = none;
  std::vector<std::string> parameter_names;
  std::vector<Type> parameters;  ///< single values
  Type result;
  Tendency tendency = Tendency::either;
  Span span;
};

enum class GroupKind : std::uint8_t { expression, all, any, at_least, none_of };

struct Criterion;

/// `node` is the truth of the whole; a group's criteria are also there one by one.
struct Condition {
  GroupKind kind = GroupKind::expression;
  NodeId node = none;
  std::uint32_t count = 0;
  std::vector<Criterion> criteria;
};

struct Criterion {
  std::string name;
  std::string label;
  std::string expression;  ///< as the language writes it: `patient.bmi <= max_bmi`, `at least 2 of pain, night`
  Condition condition;
  Span span;
  std::uint32_t variation = none;  ///< that replaced or added it: of Library::variations
};

/// From the least strict on. Policies and payments have outcomes of their own; a record may have both.
enum class Outcome : std::uint8_t {
  not_applicable,
  exempt,
  pay,
  approve,
  adjust,
  review,
  query,
  information_needed,
  withhold,
  refuse
};
/// `information needed`.
std::string_view spelling(Outcome outcome);

/// How a sum is withheld: it will not be paid; the right to do so is reserved; there is no obligation to pay; it was
/// the provider's own risk.
enum class Strength : std::uint8_t { must, may, no_obligation, risk };
/// `none` for no_obligation.
std::string_view spelling(Strength strength);

/// What a clause of a payment gives.
struct Payment {
  enum class Kind : std::uint8_t { in_full, at_most, adjust, recount, withhold, query };
  Kind kind = Kind::in_full;
  Strength strength = Strength::must;  ///< withhold
  NodeId amount = model::none;         ///< money: at_most, adjust; recount where it is priced
  NodeId code = model::none;           ///< recount: what the line is counted as
  std::string amount_expression;       ///< as the language writes it
  std::string code_expression;
};

struct Clause {
  Outcome outcome = Outcome::refuse;
  std::optional<Payment> payment;  ///< of a payment's clause that gives one of its own outcomes
  bool otherwise = false;
  std::string name;  ///< as written, or else the outcome's word
  std::string sentence;
  std::string expression;  ///< of a clause without a group
  Condition condition;
  Span span;
  std::uint32_t variation = none;  ///< that replaced or added it: of Library::variations
};

enum class Category : std::uint8_t { threshold, prior_approval, ifr_only, not_commissioned, notice, payment };
std::string_view spelling(Category category);
enum class Status : std::uint8_t { draft, adopted, superseded, retired };
std::string_view spelling(Status status);

/// One thing that a variation does.
struct Change {
  enum class Kind : std::uint8_t { replace, add, remove, category, omit } kind = Kind::replace;
  std::string name;        ///< of the criterion or clause
  std::string group;       ///< add: the group it was added to, a criterion's or clause's name
  std::string label;       ///< replace, add: the new sentence
  std::string expression;  ///< replace, add: as the language writes it
  bool clause = false;     ///< `name` is a clause
  Category category = Category::threshold;
  Span span;
};

struct Variation {
  std::string library;
  std::string policy;  ///< the full name
  PlaceId place = none;
  Period period;
  std::vector<Citation> sources;
  std::vector<Change> changes;
  std::vector<PlaceId> not_looser_than;
  std::vector<std::string> notes;
  std::vector<std::string> unverified;
  Span span;
};

/// What a policy says once some variations have been applied to it.
struct Form {
  Category category = Category::threshold;
  bool omitted = false;  ///< a variation omits the policy: it does not hold
  std::vector<Clause> clauses;
  std::vector<std::uint32_t> variations;  ///< those applied, larger places first: of Library::variations
  std::vector<NodeId> values;             ///< worked out beside the clauses: those of an agreement
};

/// Days on which a policy has one form, and each threshold and code list that it reads one value: one program serves.
struct Stretch {
  Period days;
  std::uint32_t form = 0;
};

/// A place in which something of the policy is its own, with all places inside it that have nothing of their own.
struct Placement {
  PlaceId place = none;                          ///< none: wherever no other placement of the policy is
  std::vector<Stretch> stretches = {Stretch{}};  ///< by first day, without gaps over all days
};

/// One version of a policy. Versions share their name; their periods do not overlap.
struct Policy {
  bool payment = false;  ///< its outcomes are those of payments
  std::string library;   ///< `england.ebi`
  std::string name;      ///< `tonsillectomy`
  std::string label;
  std::uint32_t record = none;
  Status status = Status::adopted;
  std::vector<Citation> sources;
  Period effective;
  bool has_start = false;
  FactId dated_by = none;          ///< none: nothing in it depends on a date
  FactId placed_by = none;         ///< none: nothing in it depends on a place
  std::vector<PlaceId> places;     ///< where it holds; empty: everywhere
  NodeId applies = none;           ///< none: to every record
  std::string applies_expression;  ///< as the language writes it
  std::vector<std::string> notes;
  std::vector<std::string> unverified;
  std::vector<Form> forms{1};            ///< the first as written, then as variations make it
  std::vector<Placement> placements{1};  ///< the first is for no place; the others by place
  Span span;

  std::string full_name() const { return library + "." + name; }
  const Form& written() const { return forms.front(); }
  bool decides(bool with_drafts) const {
    return status == Status::adopted || status == Status::superseded || (with_drafts && status == Status::draft);
  }
};

/// A gain share: what is saved on lines of some kind against a baseline, and how parties share it. All money is as a
/// column holds it, as are percents (50% is half of value::decimal_scale).
struct Agreement {
  /// From a saving on, within a year of the period, how the further saving is shared.
  struct Tier {
    std::int64_t above = 0;              ///< the first tier: 0
    std::vector<std::int64_t> percents;  ///< by party; together 100%
  };
  struct Party {
    std::string name;  ///< as the agreement writes it: `provider`
    FactId fact = none;
  };
  struct Deduction {
    NodeId amount = none;
    std::uint32_t party = 0;
    std::string expression;
  };
  enum class Interval : std::uint8_t { month, quarter, year };
  /// What holds once the period is over: a line should have cost no more than the lowest price of its month.
  struct After {
    NodeId charged = none;   ///< money: what the line cost; the saving against a baseline of nothing, its sign changed
    NodeId quantity = none;  ///< number: how many units that was for
    FactId lowest = none;    ///< money
    std::vector<FactId> same;  ///< lines that agree in these are of the same drug
  };
  struct Target {
    std::string name;
    std::string label;
    FactId among = none;
    NodeId where = none;  ///< none: every line
    NodeId met = none;
    std::int64_t at_least = 0;
    std::int32_t by = 0;  ///< the last day
  };

  /// What places, days and conditions it has, as of a policy without clauses: `applies` is `covers`, and the values of
  /// its only form are all nodes named here.
  Policy lines;
  std::vector<Party> parties;
  Period period;
  NodeId baseline = none;
  std::string baseline_expression;
  NodeId saving = none;
  std::string saving_expression;
  std::optional<std::int64_t> line_floor;
  std::optional<std::int64_t> line_cap;
  std::vector<Tier> tiers;                        ///< by `above`
  std::uint32_t takes_rest = 0;                   ///< the party that has what others' shares lose when rounded down
  std::vector<std::optional<std::int64_t>> caps;  ///< by party: of its shares in a year; not all parties have one
  std::vector<Deduction> deductions;
  Interval interval = Interval::month;
  std::int64_t unit = 0;  ///< the saving of a settlement is rounded to a multiple of it
  value::Rounding rounding = value::Rounding::half_even;
  std::optional<std::int64_t> floor;  ///< of a settlement's saving
  std::optional<std::int64_t> cap;
  std::optional<After> after;
  std::vector<Target> targets;
  FactId corrected_by = none;  ///< which of the lines of one id is the last; none: the one that comes last

  const std::string& name() const { return lines.name; }
};

/// What a scenario says of a fact of its record.
struct GivenFact {
  FactId fact = none;
  Constant constant;                        ///< not known: left out of the record; of a list only whether it is known
  std::optional<std::int32_t> measured_on;  ///< none: on the deciding date
  /// Of a list: its elements, each with what is said of its facts.
  std::vector<std::vector<GivenFact>> elements;
};

/// A record, by fact; what is not there is left out. The facts of elements stand with their list.
using GivenRecord = std::vector<GivenFact>;

struct Expectation {
  Outcome outcome = Outcome::not_applicable;
  std::optional<std::int64_t> amount;  ///< pay, adjust: the amount; of a `pay`, whatever the outcome that gives it
  std::optional<Strength> strength;    ///< withhold
  std::optional<Constant> recount;     ///< the code that the line must count as
  std::vector<std::string> because;    ///< criteria and clauses that must be among those that decided
  std::optional<std::vector<FactId>> about;  ///< exactly the facts that are needed; none: not said which
  Span span;
};

/// One record and what must come of it.
struct ScenarioCase {
  std::string label;  ///< of a row of `vary`: `patient.bmi = 35 kg/m2, commissioner = Luton`; else empty
  GivenRecord given;
  Expectation expected;
  Span span;
};

/// What must come of a record, or of several that differ in a few facts, by one policy alone.
struct Scenario {
  std::string library;
  std::string title;
  std::string policy;  ///< the full name
  std::uint32_t record = none;
  bool with_drafts = false;  ///< the policy's drafts decide too
  std::vector<ScenarioCase> cases;
  std::vector<std::string> notes;
  std::vector<std::string> unverified;
  Span span;
};

struct Library {
  std::string digest;              ///< `sha256:...` of all its files
  std::vector<std::string> files;  ///< the paths of all that were read, those that policies name among them
  std::vector<Enumeration> enumerations;
  std::vector<Type> list_types;           ///< element type, by Type::id of a list
  std::vector<std::string> record_names;  ///< by Type::id of a record
  std::vector<Record> records;            ///< laid out, those that are in no other record or that a policy is on
  std::vector<Threshold> thresholds;
  std::vector<CodeList> code_lists;
  std::vector<Table> tables;
  std::vector<Definition> definitions;
  std::vector<Place> places;  ///< each before those inside it
  std::vector<Script> scripts;
  std::vector<Hook> hooks;
  std::vector<Node> nodes;
  std::vector<Loop> loops;
  std::vector<Variation> variations;  ///< larger places before smaller ones
  std::vector<Policy> policies;       ///< and payments; versions of one policy stand together, by first day
  std::vector<Relation> relations;
  std::vector<Agreement> agreements;
  std::vector<Scenario> scenarios;  ///< in the order of the files
  std::vector<std::string> texts;   ///< every text that the policies mention; columns go on counting from here

  std::uint32_t record(std::string_view name) const;  ///< none where there is none
  PlaceId place(std::string_view name) const;         ///< by its name or an ODS code; none where there is none
  /// Whether `inner` is `outer` or inside it. Nothing is outside `none`, and `none` is inside nothing else.
  bool inside(PlaceId inner, PlaceId outer) const {
    return outer == none || (inner != none && outer <= inner && inner <= places[outer].last);
  }
  /// The value for a place (none: for no place) on a day: that of the smallest place that contains it and has one in
  /// force. Within one place the latest to begin is in force, unless its last day has passed.
  const ThresholdValue* in_force(const Threshold& threshold, PlaceId place, std::int32_t date) const;
  const CodeBlock* in_force(const CodeList& list, PlaceId place, std::int32_t date) const;
  /// Whether the policy holds in the place. A policy that holds everywhere holds in no place too.
  bool holds_in(const Policy& policy, PlaceId place) const;
  /// The number in policy.placements of the smallest that contains the place.
  std::size_t placement(const Policy& policy, PlaceId place) const;
};

/// As the language writes it: `number kg/m2`, `one of never, ex, current`, `code opcs4`.
std::string format(const Library& library, const Type& type);
/// As the language writes it: `36 kg/m2`, `opcs4:W37.1`, `"text"`, `unknown`.
std::string format(const Library& library, const Constant& constant);
void append(std::string& out, const Library& library, const Constant& constant);

}  // namespace proviso::model
