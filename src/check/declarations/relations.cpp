#include "check/declarations/relations.hpp"

#include <fmt/format.h>

// What belongs to each record out of others: relations and groups become lists of the record, which list forms go over
// as over any other.
namespace proviso::check {

namespace {

/// The operands of an `and`, or the expression alone.
std::vector<ExpressionId> terms_of(const syntax::Tree& tree, ExpressionId id) {
  if (id == syntax::no_expression) return {};
  const auto& expression = tree.expression(id);
  if (expression.kind == ExpressionKind::conjunction) return expression.operands;
  return {id};
}

bool is_single(const Type& type) {
  return type.kind != Kind::list && type.kind != Kind::record && type.kind != Kind::error && type.kind != Kind::any;
}

/// The path of a name behind the variable: `e.patient.nhs_number` is `patient.nhs_number`; empty for another name.
std::string behind(const syntax::Expression& name, const std::string& variable) {
  const bool is_its =
      name.kind == ExpressionKind::name && name.text.compare(0, variable.size() + 1, variable + '.') == 0;
  return is_its ? name.text.substr(variable.size() + 1) : std::string();
}

bool is_written_out(const syntax::Expression& value) {
  switch (value.kind) {
    case ExpressionKind::yes:
    case ExpressionKind::no:
    case ExpressionKind::number:
    case ExpressionKind::quantity:
    case ExpressionKind::money:
    case ExpressionKind::percent:
    case ExpressionKind::date:
    case ExpressionKind::text:
    case ExpressionKind::code:
      return true;
    default:
      return false;
  }
}

}  // namespace

/// All lists are laid out before any expression is looked at: one relation's condition may not, but any policy may, go
/// over each of them.
void Relations::lay_out_relations() {
  for (auto& entry : workspace_.written_relations) {
    const auto& declaration = trees_[entry.tree].tree.declarations[entry.declaration];
    if (const auto* relation = std::get_if<syntax::RelationDeclaration>(&declaration)) {
      const auto& other = relation->other.text.empty() ? relation->record : relation->other;
      lay_out_relation(entry, relation->name, relation->record, other, relation->span);
    } else {
      const auto& group = std::get<syntax::GroupDeclaration>(declaration);
      if (lay_out_relation(entry, group.name, group.record, group.record, group.span)) {
        library_.relations[entry.relation].group = true;
        add_rank(entry.relation);
      }
    }
  }
}

bool Relations::lay_out_relation(WrittenRelation& entry, const syntax::Name& name, const syntax::Name& record_name,
                                 const syntax::Name& other_name, Span span) {
  model::Relation relation;
  relation.library = trees_[entry.tree].tree.library.text;
  relation.name = name.text;
  relation.span = span;
  relation.record = types_.record_named(entry.tree, record_name);
  relation.other = other_name.text == record_name.text ? relation.record : types_.record_named(entry.tree, other_name);
  if (name.text.empty() || relation.record == none || relation.other == none) return false;
  auto& record = library_.records[relation.record];
  if (record.find(0, name.text) != none) {
    complain(Code::duplicate_name, name.span,
             fmt::format("record `{}` has a field or a relation `{}` already", record.name, name.text));
    return false;
  }
  if (record.facts.size() + library_.records[relation.other].facts.size() > fact_limit) {
    complain(Code::too_large, name.span,
             fmt::format("a record has more than {} facts with those of its relations", fact_limit));
    return false;
  }
  entry.relation = static_cast<std::uint32_t>(library_.relations.size());
  Type element = of(Kind::record);
  element.id = relation.other;
  model::Fact list;
  list.path = list.name = relation.name;
  list.type = types_.list_type(element);
  list.relation = entry.relation;
  list.elements = static_cast<model::LevelId>(record.levels.size());
  relation.list = static_cast<model::FactId>(record.facts.size());
  record.levels[0].facts.push_back(relation.list);
  record.levels.push_back({0, relation.list, false, {}});
  record.facts.push_back(std::move(list));
  library_.relations.push_back(std::move(relation));
  add_elements(entry.relation);
  return true;
}

/// The other record's own facts: what other relations bring to it, and its lists, stay behind.
void Relations::add_elements(std::uint32_t number) {
  auto& relation = library_.relations[number];
  auto& record = library_.records[relation.record];
  const model::LevelId level = record.facts[relation.list].elements;
  const auto count = library_.records[relation.other].facts.size();
  for (model::FactId id = 0; id < count; ++id) {
    const model::Fact& fact = library_.records[relation.other].facts[id];
    if (fact.level != 0 || fact.relation != none || fact.type.kind == Kind::list) continue;
    model::Fact element = fact;
    element.name = relation.name + '.' + fact.path;
    element.level = level;
    element.relation = number;
    const auto there = static_cast<model::FactId>(record.facts.size());
    record.levels[level].facts.push_back(there);
    relation.elements.emplace_back(there, id);
    record.facts.push_back(std::move(element));
  }
}

void Relations::add_rank(std::uint32_t number) {
  auto& relation = library_.relations[number];
  auto& record = library_.records[relation.record];
  model::Fact rank;
  rank.path = rank.name = "rank in " + relation.name;
  rank.type = of(Kind::number);
  rank.relation = number;
  relation.rank = static_cast<model::FactId>(record.facts.size());
  record.levels[0].facts.push_back(relation.rank);
  record.facts.push_back(std::move(rank));
}

void Relations::check_relations() {
  for (auto& entry : workspace_.written_relations) {
    if (entry.relation == none) continue;
    const auto& declaration = trees_[entry.tree].tree.declarations[entry.declaration];
    if (const auto* relation = std::get_if<syntax::RelationDeclaration>(&declaration)) {
      check_relation(entry, *relation);
    } else {
      check_group(entry, std::get<syntax::GroupDeclaration>(declaration));
    }
  }
}

void Relations::check_relation(WrittenRelation& entry, const syntax::RelationDeclaration& written) {
  const auto& tree = trees_[entry.tree].tree;
  bool has_equality = false;
  for (const ExpressionId term : terms_of(tree, written.condition)) {
    if (tree.expression(term).kind == ExpressionKind::error ||
        no_relation_term(entry, written, tree.expression(term)) || relation_key(entry, written, term)) {
      has_equality = true;
      continue;
    }
    if (entry.window != syntax::no_expression) {
      auto& diagnostic = complain(
          Code::relation_condition, tree.expression(term).span,
          fmt::format("relation `{}` has a second condition that is no equality of two facts", written.name.text));
      diagnostic.notes.push_back({"the first is here", tree.expression(entry.window).span});
      diagnostic.help = "ask it where the relation is used: `any e in ... where ...`";
      return;
    }
    entry.window = term;
  }
  if (!has_equality) {
    auto& diagnostic =
        complain(Code::relation_condition, written.name.span,
                 fmt::format("relation `{}` has no equality by which lines are found", written.name.text));
    diagnostic.help = fmt::format("say what is the same in both: `{0}.patient.nhs_number = patient.nhs_number`",
                                  written.variable.text);
  }
  if (entry.window != syntax::no_expression) relation_window(entry, written);
}

/// Whether a term is nothing that a relation may ask; then that is complained about.
bool Relations::no_relation_term(const WrittenRelation& entry, const syntax::RelationDeclaration& written,
                                 const syntax::Expression& term) {
  const auto& tree = trees_[entry.tree].tree;
  const std::string& variable = written.variable.text;
  const auto refuse = [&](Span span, std::string message, std::string help) {
    complain(Code::relation_condition, span, std::move(message)).help = std::move(help);
    return true;
  };
  if (term.kind == ExpressionKind::disjunction) {
    return refuse(
        term.mark,
        fmt::format("relation `{}` asks one thing `or` another: what it asks holds together", written.name.text),
        "declare two relations, and ask `any ... or any ...` where they are used");
  }
  if (term.kind != ExpressionKind::compare || term.word != "=") return false;
  const auto& left = tree.expression(term.operands[0]);
  const auto& right = tree.expression(term.operands[1]);
  const auto named = [](const syntax::Expression& side) { return side.kind == ExpressionKind::name; };
  const bool theirs = !behind(left, variable).empty() || !behind(right, variable).empty();
  if (named(left) && named(right) && !theirs) {
    return refuse(term.span, fmt::format("both sides of {} are of the line itself", quoted(term.span)),
                  fmt::format("write `{}.{}` for the other line's", variable, left.text));
  }
  if (named(left) && named(right) && !behind(left, variable).empty() && !behind(right, variable).empty()) {
    return refuse(term.span, fmt::format("both sides of {} are of the other line", quoted(term.span)),
                  fmt::format("write `{}` for the line's own", behind(right, variable)));
  }
  const auto& value = named(left) ? right : left;
  if (named(left) == named(right) || !is_written_out(value)) return false;
  return refuse(value.span,
                fmt::format("{} is no fact of the line: a relation finds lines by facts of both", quoted(value.span)),
                fmt::format("ask it where the relation is used: `any {0} in {1} where {2}`", variable,
                            written.name.text, quoted(term.span).substr(1, quoted(term.span).size() - 2)));
}

bool Relations::relation_key(const WrittenRelation& entry, const syntax::RelationDeclaration& written,
                             ExpressionId term) {
  const auto& tree = trees_[entry.tree].tree;
  const auto& expression = tree.expression(term);
  if (expression.kind != ExpressionKind::compare || expression.word != "=") return false;
  const auto& left = tree.expression(expression.operands[0]);
  const auto& right = tree.expression(expression.operands[1]);
  if (left.kind != ExpressionKind::name || right.kind != ExpressionKind::name) return false;
  const std::string left_path = behind(left, written.variable.text);
  const std::string right_path = behind(right, written.variable.text);
  if (left_path.empty() == right_path.empty()) return false;
  auto& relation = library_.relations[entry.relation];
  const auto& theirs = left_path.empty() ? right : left;
  const auto& ours = left_path.empty() ? left : right;
  const auto other = relation_fact(entry, relation.other, {left_path.empty() ? right_path : left_path, theirs.span});
  const auto own = other == none ? none : relation_fact(entry, relation.record, {ours.text, ours.span});
  if (own == none) return true;
  const Type& a = library_.records[relation.record].facts[own].type;
  const Type& b = library_.records[relation.other].facts[other].type;
  if (!(a == b)) {
    complain(Code::type_mismatch, expression.span,
             fmt::format("`{}` is {} and `{}` is {}: a relation finds lines by values of one type", ours.text,
                         model::format(library_, a), theirs.text, model::format(library_, b)));
    return true;
  }
  relation.keys.emplace_back(own, other);
  return true;
}

/// A single value of the record; complains where it is not.
model::FactId Relations::relation_fact(const WrittenRelation& entry, std::uint32_t number, const syntax::Name& name) {
  const auto& record = library_.records[number];
  const auto fact = record.find(0, name.text);
  if (fact == none) {
    Context context;
    context.tree = entry.tree;
    context.record = number;
    expressions_.unknown_name(context, name.text, name.span, nullptr);
    return none;
  }
  const auto& found = record.facts[fact];
  if (is_single(found.type) && !found.measured && found.relation == none) return fact;
  complain(Code::relation_condition, name.span,
           fmt::format("lines are not found by `{}`, which {}", name.text,
                       found.measured ? "is measured, and counts on some days alone"
                                      : "is no single value of the line itself"));
  return none;
}

/// Whether the condition compares dates, of which one at least is the other line's. Complaints about its types are made
/// here, where it is written.
bool Relations::is_of_dates(const WrittenRelation& entry, const syntax::RelationDeclaration& written) {
  const auto& relation = library_.relations[entry.relation];
  const auto kind = trees_[entry.tree].tree.expression(entry.window).kind;
  if (kind != ExpressionKind::within && kind != ExpressionKind::between && kind != ExpressionKind::compare)
    return false;
  const auto& list = library_.records[relation.record].facts[relation.list];
  library_.loops.push_back({written.variable.text, relation.list, list.elements, none, none, relation.record});
  Context inside;
  inside.tree = entry.tree;
  inside.record = relation.record;
  inside.innermost = static_cast<LoopId>(library_.loops.size() - 1);
  inside.bindings.push_back({written.variable.text, none, inside.innermost});
  bool of_the_other = false;
  bool of_dates = true;
  for (const auto id : reachable_nodes({expressions_.truth(inside, entry.window, "a relation")})) {
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::unknown) return true;  // complained about
    if (node.kind != NodeKind::fact) continue;
    of_dates = of_dates && node.type.kind == Kind::date;
    of_the_other = of_the_other || node.loop != none;
  }
  return of_dates && of_the_other;
}

/// Checks the condition on dates, and keeps what is known of it for bringing no more lines than needed.
void Relations::relation_window(const WrittenRelation& entry, const syntax::RelationDeclaration& written) {
  auto& relation = library_.relations[entry.relation];
  const auto& tree = trees_[entry.tree].tree;
  const auto& term = tree.expression(entry.window);
  if (!is_of_dates(entry, written)) {
    complain(Code::relation_condition, term.span,
             fmt::format("relation `{}` asks for more than equalities and one window of dates", written.name.text))
        .help = "ask it where the relation is used: `any e in ... where ...`";
    return;
  }
  if (term.kind != ExpressionKind::within) return;
  const auto& first = tree.expression(term.operands[0]);
  const auto& length = tree.expression(term.operands[1]);
  const auto& anchor = tree.expression(term.operands[2]);
  const std::string path = behind(first, written.variable.text);
  if (path.empty() || length.kind != ExpressionKind::duration || anchor.kind != ExpressionKind::name ||
      !behind(anchor, written.variable.text).empty()) {
    return;
  }
  model::Relation::Window window;
  window.other = library_.records[relation.other].find(0, path);
  window.own = library_.records[relation.record].find(0, anchor.text);
  if (window.other == none || window.own == none) return;
  const NodeId node = literals_.duration_literal(length);
  if (is_error(node)) return;
  window.length = static_cast<std::int32_t>(library_.nodes[node].value);
  window.kind = library_.nodes[node].type.duration;
  window.before = term.word == "before";
  const auto is_date = [&](std::uint32_t record, model::FactId fact) {
    const auto& found = library_.records[record].facts[fact];
    return found.type.kind == Kind::date && !found.measured;
  };
  if (is_date(relation.other, window.other) && is_date(relation.record, window.own)) relation.window = window;
}

void Relations::check_group(const WrittenRelation& entry, const syntax::GroupDeclaration& written) {
  const auto number = library_.relations[entry.relation].record;
  for (const auto& key : written.keys) {
    const auto fact = relation_fact(entry, number, key);
    if (fact != none) library_.relations[entry.relation].keys.emplace_back(fact, fact);
  }
  for (const auto& by : written.order) {
    const auto fact = relation_fact(entry, number, by);
    if (fact != none && follow_in_order(fact, number, by)) library_.relations[entry.relation].order.push_back(fact);
  }
}

/// Whether values of the fact follow one another; complains where they do not.
bool Relations::follow_in_order(model::FactId fact, std::uint32_t record, const syntax::Name& name) {
  const Type& type = library_.records[record].facts[fact].type;
  if (type.kind != Kind::enumeration && type.kind != Kind::place) return true;
  complain(Code::unordered_enumeration, name.span,
           fmt::format("`{}` is {}, which has no order", name.text, model::format(library_, type)))
      .help = type.kind == Kind::enumeration ? "declare it a scale, from the least up: `scale low < high`" : "";
  return false;
}

}  // namespace proviso::check
