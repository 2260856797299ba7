#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "decide/decider.hpp"
#include "decide/engine.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"

/// Policies put together by hand, and records for them.
namespace proviso::decide::test {

using model::FactId;
using model::NodeId;
using model::NodeKind;
using model::Outcome;
using value::Kind;
using value::Truth;

inline std::int32_t day(std::string_view text) { return value::parse_date(text).value(); }
inline constexpr std::int64_t decimal(std::int64_t whole) { return whole * value::decimal_scale; }

/// A library with one record, `Referral`:
/// id, referred, listed (dates), a b c d e f (yes/no), x y z (numbers), bmi (measured, valid 12 months),
/// cancer (yes/no, assume no), procedure (opcs4), diagnoses (list of opcs4),
/// visits (list of: on date, severe yes/no, days number, urgent yes/no assume no), commissioner (a place).
/// Places: England { BLMK { Bedfordshire, Luton }, Leicester }, Wales.
struct World {
  World() {
    library.digest = "sha256:0";
    library.list_types = {of(Kind::code), of(Kind::record)};
    library.record_names = {"Referral", "Visit"};
    model::Record record;
    record.name = "Referral";
    record.levels.resize(3);
    record.levels[1] = {0, model::none, true, {}};
    record.levels[2] = {0, model::none, false, {}};
    library.records.push_back(std::move(record));
    library.records[0].identifier = add("id", of(Kind::text));
    referred = add("referred", of(Kind::date));
    listed = add("listed", of(Kind::date));
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) add(name, of(Kind::truth));
    for (const char* name : {"x", "y", "z"}) add(name, of(Kind::number));
    bmi = add("bmi", of(Kind::number));
    fact(bmi).measured = true;
    fact(bmi).valid = 12;
    fact(bmi).ask = "What is the \"BMI\"?";
    cancer = add("cancer", of(Kind::truth));
    fact(cancer).assumed = model::Constant{of(Kind::truth), true, 0};
    procedure = add("procedure", of(Kind::code));
    diagnoses = add_list("diagnoses", 0, 1);
    add("", of(Kind::code), 1, "diagnoses");
    visits = add_list("visits", 1, 2);
    fact(visits).ask = "Which visits were there?";
    visit_on = add("on", of(Kind::date), 2, "visits.on");
    visit_severe = add("severe", of(Kind::truth), 2, "visits.severe");
    visit_days = add("days", of(Kind::number), 2, "visits.days");
    visit_urgent = add("urgent", of(Kind::truth), 2, "visits.urgent");
    fact(visit_urgent).assumed = model::Constant{of(Kind::truth), true, 0};
    commissioner = add("commissioner", of(Kind::place));
    fact(commissioner).ask = "Who commissions?";
    england = add_place("England", model::none, 4);
    blmk = add_place("BLMK", england, 3);
    bedfordshire = add_place("Bedfordshire", blmk, 2);
    luton = add_place("Luton", blmk, 3);
    leicester = add_place("Leicester", england, 4);
    wales = add_place("Wales", model::none, 5);
  }

  model::Library library;
  FactId referred, listed, bmi, cancer, procedure, diagnoses, visits, visit_on, visit_severe, visit_days, visit_urgent,
      commissioner;
  model::PlaceId england, blmk, bedfordshire, luton, leicester, wales;

  static value::Type of(Kind kind) {
    value::Type type;
    type.kind = kind;
    return type;
  }
  model::Fact& fact(FactId id) { return library.records[0].facts[id]; }
  FactId id_of(std::string_view name) const {
    const auto& facts = library.records[0].facts;
    for (FactId id = 0; id < facts.size(); ++id) {
      if (facts[id].name == name) return id;
    }
    return model::none;
  }

  // Expressions.
  NodeId node(NodeKind kind, Kind type, std::vector<NodeId> operands = {}) {
    model::Node made;
    made.kind = kind;
    made.type = of(type);
    made.operands = std::move(operands);
    library.nodes.push_back(std::move(made));
    return static_cast<NodeId>(library.nodes.size() - 1);
  }
  NodeId read(std::string_view name, model::LoopId loop = model::none) { return read(id_of(name), loop); }
  NodeId read(FactId id, model::LoopId loop = model::none) {
    const NodeId made = node(NodeKind::fact, Kind::truth);
    library.nodes[made].type = fact(id).type;
    library.nodes[made].index = id;
    library.nodes[made].loop = loop;
    return made;
  }
  NodeId number(std::int64_t whole) {
    const NodeId made = node(NodeKind::constant, Kind::number);
    library.nodes[made].value = decimal(whole);
    return made;
  }
  NodeId yes_or_no(bool yes) {
    const NodeId made = node(NodeKind::constant, Kind::truth);
    library.nodes[made].value = yes;
    return made;
  }
  NodeId threshold(std::uint32_t index) {
    const NodeId made = node(NodeKind::threshold, Kind::number);
    library.nodes[made].index = index;
    return made;
  }
  NodeId unknown() { return node(NodeKind::unknown, Kind::truth); }
  NodeId defined(NodeId value) {
    library.definitions.push_back({"defined"});
    const NodeId made = node(NodeKind::definition, Kind::truth, {value});
    library.nodes[made].type = library.nodes[value].type;
    library.nodes[made].index = static_cast<std::uint32_t>(library.definitions.size() - 1);
    return made;
  }
  /// What a new table of numbers by numbers has for the key.
  NodeId looked_up(NodeId key, std::initializer_list<std::pair<std::int64_t, std::int64_t>> rows) {
    model::Table table{"points", {of(Kind::number)}, of(Kind::number), {}};
    for (const auto& [from, to] : rows) table.rows[{decimal(from)}] = decimal(to);
    library.tables.push_back(std::move(table));
    const NodeId made = node(NodeKind::lookup, Kind::number, {key});
    library.nodes[made].index = static_cast<std::uint32_t>(library.tables.size() - 1);
    return made;
  }
  NodeId not_(NodeId a) { return node(NodeKind::negation, Kind::truth, {a}); }
  NodeId all(std::vector<NodeId> of) { return node(NodeKind::conjunction, Kind::truth, std::move(of)); }
  NodeId any(std::vector<NodeId> of) { return node(NodeKind::disjunction, Kind::truth, std::move(of)); }
  NodeId at_least(std::int64_t count, std::vector<NodeId> of) {
    const NodeId made = node(NodeKind::at_least, Kind::truth, std::move(of));
    library.nodes[made].value = count;
    return made;
  }
  NodeId compare(NodeId a, model::Comparison comparison, NodeId b) {
    const NodeId made = node(NodeKind::compare, Kind::truth, {a, b});
    library.nodes[made].word = static_cast<std::uint8_t>(comparison);
    return made;
  }
  NodeId less(NodeId a, NodeId b) { return compare(a, model::Comparison::less, b); }
  NodeId greater(NodeId a, NodeId b) { return compare(a, model::Comparison::greater, b); }
  NodeId divide(NodeId a, NodeId b) { return node(NodeKind::divide, Kind::number, {a, b}); }
  model::LoopId loop_over_visits() {
    library.loops.push_back({"v", visits, 2, model::none, model::none});
    return static_cast<model::LoopId>(library.loops.size() - 1);
  }
  NodeId over(NodeKind kind, model::LoopId loop, std::vector<NodeId> operands) {
    const bool truth = kind == NodeKind::any || kind == NodeKind::every;
    const NodeId made = node(kind, truth ? Kind::truth : Kind::number, std::move(operands));
    library.nodes[made].loop = loop;
    return made;
  }

  // Policies.
  static model::Condition expression(NodeId node) {
    model::Condition condition;
    condition.node = node;
    return condition;
  }
  static model::Criterion criterion(std::string name, NodeId node) {
    model::Criterion made;
    made.label = name + " holds";
    made.expression = name + " expression";
    made.name = std::move(name);
    made.condition = expression(node);
    return made;
  }
  static model::Criterion criterion(std::string name, model::Condition condition) {
    model::Criterion made = criterion(std::move(name), condition.node);
    made.condition = std::move(condition);
    return made;
  }
  model::Condition group(model::GroupKind kind, std::vector<model::Criterion> criteria, std::uint32_t count = 0) {
    std::vector<NodeId> operands;
    for (const model::Criterion& each : criteria) operands.push_back(each.condition.node);
    model::Condition condition;
    switch (kind) {
      case model::GroupKind::any:
        condition.node = any(std::move(operands));
        break;
      case model::GroupKind::at_least:
        condition.node = at_least(count, std::move(operands));
        break;
      case model::GroupKind::none_of:
        condition.node = node(NodeKind::none_of, Kind::truth, std::move(operands));
        break;
      default:
        condition.node = all(std::move(operands));
        break;
    }
    condition.kind = kind;
    condition.count = count;
    condition.criteria = std::move(criteria);
    return condition;
  }
  static model::Clause when(Outcome outcome, model::Condition condition, std::string name = {}) {
    model::Clause clause;
    clause.outcome = outcome;
    clause.name = name.empty() ? std::string(model::spelling(outcome)) : std::move(name);
    clause.sentence = clause.name + " it";
    clause.expression = clause.name + " expression";
    clause.condition = std::move(condition);
    return clause;
  }
  static model::Clause when(Outcome outcome, NodeId node, std::string name = {}) {
    return when(outcome, expression(node), std::move(name));
  }
  /// `procedure in` a new code list, of the packed codes from `first` to `last`.
  NodeId procedure_in(std::int64_t first, std::int64_t last) {
    library.code_lists.push_back(
        {"codes", value::CodeSystem::opcs4, {{{}, model::none, {first}, {last}, {}, {}}}, {}, {}, {}});
    const NodeId made = node(NodeKind::in_codes, Kind::truth, {read(procedure)});
    library.nodes[made].index = static_cast<std::uint32_t>(library.code_lists.size() - 1);
    return made;
  }
  /// A call of a new hook that takes the operands: field `field` of a script `return { ... }`.
  NodeId call(const std::string& field, const std::string& script, Kind result, std::vector<NodeId> operands) {
    model::Hook hook;
    hook.library = "test";
    hook.name = "test." + field;
    hook.field = field;
    hook.script = static_cast<std::uint32_t>(library.scripts.size());
    for (const NodeId operand : operands) {
      hook.parameters.push_back(library.nodes[operand].type);
      hook.parameter_names.push_back("p" + std::to_string(hook.parameters.size()));
    }
    hook.result = of(result);
    library.scripts.push_back({"hooks/test.lua", "sha256:script", script});
    library.hooks.push_back(std::move(hook));
    const NodeId made = node(NodeKind::hook, result, std::move(operands));
    library.nodes[made].index = static_cast<std::uint32_t>(library.hooks.size() - 1);
    return made;
  }

  // Places and periods.
  /// One form, whose thresholds or code lists have other values from each of the days on.
  static std::vector<model::Stretch> stretches(const std::vector<std::int32_t>& changes) {
    std::vector<model::Stretch> made(1);
    for (const std::int32_t change : changes) {
      made.back().days.last = change - 1;
      made.push_back({{change, INT32_MAX}, 0});
    }
    return made;
  }
  static void placed_by(model::Policy& policy, FactId fact, std::vector<model::PlaceId> places = {}) {
    policy.placed_by = fact;
    policy.places = std::move(places);
  }
  /// Another form of the policy, in force in the place from `first` to `last` (open: the bounds of time).
  static void vary(model::Policy& policy, model::PlaceId place, model::Form form, std::int32_t first = INT32_MIN,
                   std::int32_t last = INT32_MAX) {
    const auto number = static_cast<std::uint32_t>(policy.forms.size());
    policy.forms.push_back(std::move(form));
    model::Placement placement;
    placement.place = place;
    placement.stretches.clear();
    if (first != INT32_MIN) placement.stretches.push_back({{INT32_MIN, first - 1}, 0});
    placement.stretches.push_back({{first, last}, number});
    if (last != INT32_MAX) placement.stretches.push_back({{last + 1, INT32_MAX}, 0});
    policy.placements.push_back(std::move(placement));
    const auto smaller = [](const model::Placement& a, const model::Placement& b) { return a.place < b.place; };
    std::sort(policy.placements.begin() + 1, policy.placements.end(), smaller);
  }
  static model::Form form(std::vector<model::Clause> clauses) {
    model::Form made;
    made.clauses = std::move(clauses);
    return made;
  }
  static model::Form omitted() {
    model::Form made;
    made.omitted = true;
    return made;
  }

  static model::Clause otherwise(Outcome outcome) {
    model::Clause clause;
    clause.outcome = outcome;
    clause.otherwise = true;
    clause.name = "otherwise";
    clause.sentence = "Otherwise it";
    return clause;
  }
  model::Policy& policy(std::vector<model::Clause> clauses, std::string name = "hips") {
    model::Policy made;
    made.library = "test";
    made.name = std::move(name);
    made.record = 0;
    made.dated_by = referred;
    made.forms.front().clauses = std::move(clauses);
    made.sources = {{"Paper", "3.3"}};
    library.policies.push_back(std::move(made));
    return library.policies.back();
  }

 private:
  FactId add(std::string path, value::Type type, model::LevelId level = 0, std::string name = {}) {
    model::Record& record = library.records[0];
    model::Fact made;
    made.name = name.empty() ? path : std::move(name);
    made.path = std::move(path);
    made.type = type;
    made.level = level;
    record.facts.push_back(std::move(made));
    const auto id = static_cast<FactId>(record.facts.size() - 1);
    record.levels[level].facts.push_back(id);
    return id;
  }
  model::PlaceId add_place(std::string name, model::PlaceId parent, model::PlaceId last) {
    model::Place made;
    made.name = std::move(name);
    made.parent = parent;
    made.last = last;
    library.places.push_back(std::move(made));
    return static_cast<model::PlaceId>(library.places.size() - 1);
  }
  FactId add_list(std::string name, std::uint32_t type_id, model::LevelId elements) {
    value::Type type = of(Kind::list);
    type.id = type_id;
    const FactId id = add(std::move(name), type);
    fact(id).elements = elements;
    library.records[0].levels[elements].list = id;
    return id;
  }
};

/// A chunk under way, and what is decided of it.
class Trial {
 public:
  explicit Trial(const World& world, Options options = {})
      : world_(world),
        chunk(world.library, 0),
        engine(world.library, "Referral", std::move(options)),
        decider(engine) {}

 private:
  const World& world_;

 public:
  program::Chunk chunk;
  Engine engine;
  Decider decider;
  Decisions decisions;

  /// Another record, referred on 2019-06-01 unless `undated`.
  Trial& record(bool undated = false) {
    row_ = chunk.add_row(0);
    if (!undated) date("referred", "2019-06-01");
    return *this;
  }
  Trial& truth(std::string_view name, bool yes) {
    chunk.set_truth(world_.id_of(name), row_, yes);
    return *this;
  }
  Trial& value(std::string_view name, std::int64_t whole) {
    chunk.set_value(world_.id_of(name), row_, decimal(whole));
    return *this;
  }
  Trial& date(std::string_view name, std::string_view date) {
    chunk.set_value(world_.id_of(name), row_, day(date));
    return *this;
  }
  Trial& measured(std::string_view name, std::int64_t whole, std::string_view on) {
    value(name, whole);
    chunk.set_measured_on(world_.id_of(name), row_, day(on));
    return *this;
  }
  Trial& at(model::PlaceId place) {
    chunk.set_value(world_.commissioner, row_, place);
    return *this;
  }
  Trial& procedure(std::int64_t packed) {
    chunk.set_value(world_.procedure, row_, packed);
    return *this;
  }
  Trial& visits() {
    chunk.begin_list(world_.visits, row_);
    return *this;
  }
  Trial& visit(std::optional<bool> severe, std::optional<std::int64_t> days = {}) {
    const std::size_t row = chunk.add_row(2);
    if (severe) chunk.set_truth(world_.visit_severe, row, *severe);
    if (days) chunk.set_value(world_.visit_days, row, decimal(*days));
    return *this;
  }

  Trial& decide() {
    chunk.finish();
    decider.decide(chunk, decisions);
    return *this;
  }
  Outcome outcome(std::size_t record = 0) const { return decisions.records[record].outcome; }
  /// The first decision of the record; null where there is none.
  const Decision* decision(std::size_t record = 0) const {
    const RecordDecision& of = decisions.records[record];
    return of.first == model::none ? nullptr : &decisions.decisions[of.first];
  }
  std::string clause(std::size_t record = 0) const {
    const Decision* made = decision(record);
    if (made == nullptr || made->clause == model::none) return "";
    return engine.versions()[made->version].clauses()[made->clause].name;
  }
  /// `bmi(out of date: bmi severe) x(missing: b)`: facts in order, each with its state and who asks.
  std::string needs(std::size_t record = 0) const {
    std::string out;
    const Decision* made = decision(record);
    for (std::uint32_t i = 0; made != nullptr && i < made->needs.count; ++i) {
      const Need& need = decisions.needs[made->needs.first + i];
      if (!out.empty()) out += ' ';
      out += world_.library.records[0].facts[need.fact].name + (need.out_of_date ? "(out of date:" : "(missing:");
      for (std::uint32_t why = need.first_why; why != model::none; why = decisions.whys[why].next) {
        out += ' ' + std::string(items(*made)[decisions.whys[why].item].name);
      }
      out += ')';
    }
    return out;
  }
  /// The facts alone.
  std::string needed(std::size_t record = 0) const {
    std::string out;
    const Decision* made = decision(record);
    for (std::uint32_t i = 0; made != nullptr && i < made->needs.count; ++i) {
      if (!out.empty()) out += ' ';
      out += world_.library.records[0].facts[decisions.needs[made->needs.first + i].fact].name;
    }
    return out;
  }
  /// `bmi=no smoke_free=unknown`.
  std::string because(std::size_t record = 0) const {
    std::string out;
    const Decision* made = decision(record);
    for (std::uint32_t i = 0; made != nullptr && i < made->reasons.count; ++i) {
      const Reason& reason = decisions.reasons[made->reasons.first + i];
      if (!out.empty()) out += ' ';
      out += std::string(items(*made)[reason.item].name);
      out += reason.result == Truth::yes ? "=yes" : reason.result == Truth::no ? "=no" : "=unknown";
    }
    return out;
  }
  std::string assumed(std::size_t record = 0) const {
    std::string out;
    const Decision* made = decision(record);
    for (std::uint32_t i = 0; made != nullptr && i < made->assumed.count; ++i) {
      if (!out.empty()) out += ' ';
      out += world_.library.records[0].facts[decisions.assumed[made->assumed.first + i]].name;
    }
    return out;
  }
  std::string notes(std::size_t record = 0) const {
    std::string out;
    const Decision* made = decision(record);
    for (std::uint32_t i = 0; made != nullptr && i < made->notes.count; ++i) {
      if (!out.empty()) out += "; ";
      out += decisions.notes[made->notes.first + i];
    }
    return out;
  }

 private:
  std::size_t row_ = 0;
  const std::vector<Item>& items(const Decision& made) const { return engine.versions()[made.version].items; }
};

}  // namespace proviso::decide::test
