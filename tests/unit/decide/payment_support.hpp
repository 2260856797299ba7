#pragma once

#include <string>
#include <utility>
#include <vector>

#include "support.hpp"

/// Payments put together by hand, and lines for them.
namespace proviso::decide::test {

/// A world whose records are lines with a price: charge (the price), tariff, deposit (money), hrg (code), and
/// earlier (a relation over the text nhs: what earlier lines of the patient have, with on date and severe yes/no) and
/// rank in day (a group's, over nhs and site).
struct Ledger : World {
  Ledger() {
    model::Record& record = library.records[0];
    charge = put("charge", of(Kind::money));
    record.price = charge;
    put("tariff", of(Kind::money));
    put("deposit", of(Kind::money));
    value::Type code = of(Kind::code);
    code.system = value::CodeSystem::hrg;
    put("hrg", code);
    nhs = put("nhs", of(Kind::text));
    site = put("site", of(Kind::text));
    value::Type list = of(Kind::list);
    list.id = 1;
    earlier = put("earlier", list);
    fact(earlier).elements = static_cast<model::LevelId>(record.levels.size());
    fact(earlier).relation = 0;
    record.levels.push_back({0, earlier, false, {}});
    earlier_severe = put("severe", of(Kind::truth), fact(earlier).elements, "earlier.severe");
    fact(earlier_severe).relation = 0;
    rank = put("rank in day", of(Kind::number));
    fact(rank).relation = 1;
    add_relation("earlier", {nhs}, earlier);
    model::Relation& day = add_relation("day", {nhs, site}, model::none);
    day.group = true;
    day.rank = rank;
  }

  FactId charge, nhs, site, earlier, earlier_severe, rank;

  NodeId pounds(std::int64_t whole) {
    const NodeId made = node(NodeKind::constant, Kind::money);
    library.nodes[made].value = decimal(whole);
    return made;
  }
  NodeId code(const char* text) {
    const NodeId made = node(NodeKind::constant, Kind::code);
    library.nodes[made].type.system = value::CodeSystem::hrg;
    library.nodes[made].value = value::parse_code(value::CodeSystem::hrg, text).value();
    return made;
  }
  NodeId sum(NodeId a, NodeId b) { return node(NodeKind::add, Kind::money, {a, b}); }
  /// Over the list of a relation.
  NodeId any_severe_earlier() {
    library.loops.push_back({"e", earlier, fact(earlier).elements, model::none, model::none});
    const auto loop = static_cast<model::LoopId>(library.loops.size() - 1);
    return over(NodeKind::any, loop, {read(earlier_severe, loop)});
  }

  // What clauses give.
  using Gives = model::Payment;
  static Gives in_full() { return {}; }
  static Gives at_most(NodeId amount) { return with(Gives::Kind::at_most, amount, model::none); }
  static Gives adjust(NodeId amount) { return with(Gives::Kind::adjust, amount, model::none); }
  static Gives recount(NodeId code, NodeId amount = model::none) { return with(Gives::Kind::recount, amount, code); }
  static Gives query() { return with(Gives::Kind::query, model::none, model::none); }
  static Gives withhold(model::Strength strength = model::Strength::must) {
    Gives gives = with(Gives::Kind::withhold, model::none, model::none);
    gives.strength = strength;
    return gives;
  }

  using World::otherwise;
  using World::when;
  static model::Clause when(const Gives& gives, NodeId condition, std::string name = {}) {
    return giving(World::when(outcome_of(gives), condition, std::move(name)), gives);
  }
  static model::Clause when(const Gives& gives, model::Condition condition, std::string name = {}) {
    return giving(World::when(outcome_of(gives), std::move(condition), std::move(name)), gives);
  }
  static model::Clause otherwise(const Gives& gives) { return giving(World::otherwise(outcome_of(gives)), gives); }

  model::Policy& payment(std::vector<model::Clause> clauses, std::string name = "tariffs") {
    model::Policy& made = policy(std::move(clauses), std::move(name));
    made.payment = true;
    made.forms.front().category = model::Category::payment;
    return made;
  }

 private:
  FactId put(std::string path, value::Type type, model::LevelId level = 0, std::string name = {}) {
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
  model::Relation& add_relation(std::string name, const std::vector<FactId>& keys, FactId list) {
    model::Relation made;
    made.library = "test";
    made.name = std::move(name);
    made.record = made.other = 0;
    for (const FactId key : keys) made.keys.emplace_back(key, key);
    made.list = list;
    library.relations.push_back(std::move(made));
    return library.relations.back();
  }
  static Gives with(Gives::Kind kind, NodeId amount, NodeId code) {
    Gives gives;
    gives.kind = kind;
    gives.amount = amount;
    gives.code = code;
    gives.amount_expression = amount == model::none ? "" : "amount expression";
    gives.code_expression = code == model::none ? "" : "code expression";
    return gives;
  }
  static Outcome outcome_of(const Gives& gives) {
    switch (gives.kind) {
      case Gives::Kind::in_full:
      case Gives::Kind::at_most:
        return Outcome::pay;
      case Gives::Kind::adjust:
      case Gives::Kind::recount:
        return Outcome::adjust;
      case Gives::Kind::withhold:
        return Outcome::withhold;
      case Gives::Kind::query:
        break;
    }
    return Outcome::query;
  }
  static model::Clause giving(model::Clause clause, const Gives& gives) {
    clause.payment = gives;
    return clause;
  }
};

inline std::string written(const std::optional<std::int64_t>& money) {
  return money ? value::format_money(*money) : "no amount";
}

/// `adjust £20.00 as WF01B`, `withhold must £0.00`, `query no amount`: decision `number` of the record.
inline std::string given(const Trial& trial, std::size_t record = 0, std::size_t number = 0) {
  const Decision* decision = trial.decision(record);
  for (; decision != nullptr && number > 0; --number) decision = &trial.decisions.decisions[decision->next];
  if (decision == nullptr) return "nothing";
  std::string out(model::spelling(decision->outcome));
  const model::Payment* payment = trial.engine.versions()[decision->version].payment_of(decision->clause);
  const bool withholds = payment != nullptr && payment->kind == model::Payment::Kind::withhold;
  if (withholds) out += ' ' + std::string(model::spelling(payment->strength));
  out += ' ' + written(decision->amount);
  if (decision->recount) out += " as " + value::format_code(value::CodeSystem::hrg, *decision->recount);
  return out;
}
/// What the whole record is paid.
inline std::string paid(const Trial& trial, std::size_t record = 0) {
  return written(trial.decisions.records[record].amount);
}

}  // namespace proviso::decide::test
