#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/span.hpp"
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
enum class Elapsed : std::uint8_t { years, months, weeks, days, working_days };

using NodeId = std::uint32_t;
using FactId = std::uint32_t;
using LevelId = std::uint32_t;
using LoopId = std::uint32_t;

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

  /// The fact of a level with that path; none where there is none.
  FactId find(LevelId level, std::string_view path) const;
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
  std::string place;
  std::optional<Citation> source;
  Span span;
};

struct Threshold {
  std::string name;
  Type type;
  std::vector<ThresholdValue> values;  ///< by first day
  std::string unverified;

  /// The value in force: the latest to begin, unless its last day has passed.
  const ThresholdValue* on(std::int32_t date) const;
};

/// Sorted, disjoint intervals of packed codes, both ends included.
struct CodeBlock {
  Period period;
  std::vector<std::int64_t> firsts;
  std::vector<std::int64_t> lasts;
};

struct CodeList {
  std::string name;
  value::CodeSystem system;
  std::vector<CodeBlock> blocks;  ///< by first day
  std::optional<Citation> source;
  std::string unverified;

  const CodeBlock* on(std::int32_t date) const;
};

struct KeyHash {
  std::size_t operator()(const std::vector<std::int64_t>& key) const;
};

struct Table {
  std::string name;
  std::vector<Type> keys;
  Type value;
  std::unordered_map<std::vector<std::int64_t>, std::int64_t, KeyHash> rows;
};

struct Definition {
  std::string name;
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
};

enum class Outcome : std::uint8_t { not_applicable, exempt, approve, review, information_needed, refuse };
/// `information needed`.
std::string_view spelling(Outcome outcome);

struct Clause {
  Outcome outcome = Outcome::refuse;
  bool otherwise = false;
  std::string name;  ///< as written, or else the outcome's word
  std::string sentence;
  std::string expression;  ///< of a clause without a group
  Condition condition;
  Span span;
};

enum class Category : std::uint8_t { threshold, prior_approval, ifr_only, not_commissioned, notice };
std::string_view spelling(Category category);
enum class Status : std::uint8_t { draft, adopted, superseded, retired };
std::string_view spelling(Status status);

/// One version of a policy. Versions share their name; their periods do not overlap.
struct Policy {
  std::string library;  ///< `england.ebi`
  std::string name;     ///< `tonsillectomy`
  std::string label;
  std::uint32_t record = none;
  Category category = Category::threshold;
  Status status = Status::adopted;
  std::vector<Citation> sources;
  Period effective;
  bool has_start = false;
  FactId dated_by = none;          ///< none: nothing in it depends on a date
  NodeId applies = none;           ///< none: to every record
  std::string applies_expression;  ///< as the language writes it
  std::vector<Clause> clauses;
  std::vector<std::string> notes;
  std::vector<std::string> unverified;
  /// The days, ascending, from which some threshold or code list of this version has another value. Between two of
  /// them one program serves.
  std::vector<std::int32_t> changes;
  Span span;

  std::string full_name() const { return library + "." + name; }
  bool decides(bool with_drafts) const {
    return status == Status::adopted || status == Status::superseded || (with_drafts && status == Status::draft);
  }
};

struct Library {
  std::string digest;  ///< `sha256:...` of all its files
  std::vector<Enumeration> enumerations;
  std::vector<Type> list_types;           ///< element type, by Type::id of a list
  std::vector<std::string> record_names;  ///< by Type::id of a record
  std::vector<Record> records;            ///< laid out, those that are in no other record or that a policy is on
  std::vector<Threshold> thresholds;
  std::vector<CodeList> code_lists;
  std::vector<Table> tables;
  std::vector<Definition> definitions;
  std::vector<Node> nodes;
  std::vector<Loop> loops;
  std::vector<Policy> policies;    ///< versions of one policy stand together, by first day
  std::vector<std::string> texts;  ///< every text that the policies mention; columns go on counting from here

  std::uint32_t record(std::string_view name) const;  ///< none where there is none
};

/// As the language writes it: `number kg/m2`, `one of never, ex, current`, `code opcs4`.
std::string format(const Library& library, const Type& type);
/// As the language writes it: `36 kg/m2`, `opcs4:W37.1`, `"text"`, `unknown`.
std::string format(const Library& library, const Constant& constant);
void append(std::string& out, const Library& library, const Constant& constant);

}  // namespace proviso::model
