#include "decide/needs.hpp"

#include <algorithm>

namespace proviso::decide {

using model::Node;
using model::NodeId;
using model::NodeKind;
using value::Truth;

Needs::Needs(const Engine& engine) : Needs(engine.library(), engine.record_index()) {}
Needs::Needs(const model::Library& library, std::uint32_t record)
    : record_(library.records[record]), node_visits_(library.nodes.size(), 0), need_of_fact_(record_.facts.size(), 0) {}

void Needs::begin(const View& view, Decisions& decisions) {
  view_ = view;
  decisions_ = &decisions;
  first_need_ = static_cast<std::uint32_t>(decisions.needs.size());
  places_.clear();
  problems_.clear();
  unanswered_.clear();
}

Range Needs::needs() const { return {first_need_, static_cast<std::uint32_t>(decisions_->needs.size()) - first_need_}; }

void Needs::ask(std::uint32_t item) {
  const std::vector<Item>& items = view_.version->items;
  if (items[item].node == model::none || view_.truth(items[item].node) != Truth::unknown) return;
  if (items[item].is_group()) {
    for (std::uint32_t inner = item + 1; inner < items[item].end; inner = items[inner].end) ask(inner);
    return;
  }
  start(item, items[item].node);
}

void Needs::note_problems(std::uint32_t item) {
  const auto [first, last] = problems_of_row();
  if (first == last) return;
  const std::vector<Item>& items = view_.version->items;
  for (const std::uint32_t end = items[item].end; item < end; ++item) {
    if (items[item].is_group() || items[item].node == model::none) continue;
    item_ = item;
    visit_ = ++last_visit_;
    look(items[item].node);
  }
}

void Needs::ask_for_value(std::uint32_t item) {
  if (item != model::none) start(item, view_.version->items[item].value);
}

void Needs::start(std::uint32_t item, NodeId node) {
  item_ = item;
  visit_ = ++last_visit_;
  visit(node);
}

void Needs::ask_for(model::FactId fact, std::uint32_t item) {
  item_ = item;
  need(fact, false);
}

/// The row of the registers in a loop that the walk is inside of; none: of the record.
std::size_t Needs::row_in(model::LoopId loop) const {
  // The innermost: a definition that goes over a list may be used inside a loop over the same list.
  const auto place =
      std::find_if(places_.rbegin(), places_.rend(), [&](const auto& each) { return each.first == loop; });
  return place == places_.rend() ? view_.row : place->second;
}

/// The row of the chunk that the same stands for.
std::size_t Needs::chunk_row_in(model::LoopId loop) const {
  return loop == model::none ? view_.record : view_.registers->element(loop, row_in(loop));
}

Truth Needs::truth_of(NodeId id) const { return view_.registers->truth(id, row(), at()); }

bool Needs::is_unknown(const Node& node, NodeId id) const {
  if (node.type.kind == value::Kind::list) return true;  // whether its elements are known, visit_list sees
  if (node.type.kind == value::Kind::truth) return truth_of(id) == Truth::unknown;
  return !view_.registers->value(id, row(), at()).has_value();
}

bool Needs::enter(NodeId id) {
  if (node_visits_[id] == visit_) return false;
  node_visits_[id] = visit_;
  return true;
}

void Needs::visit(NodeId id) {
  const Node& node = view_.node(id);
  if (!enter(id) || !is_unknown(node, id)) return;
  note_problem(id, true);
  switch (node.kind) {
    case NodeKind::fact:
      return node.type.kind == value::Kind::list ? visit_list(node) : visit_fact(node);
    case NodeKind::conditional:
      return visit_conditional(node);
    case NodeKind::any:
    case NodeKind::every:
    case NodeKind::count:
    case NodeKind::sum:
    case NodeKind::least:
    case NodeKind::greatest:
      return visit_elements(node);
    case NodeKind::is_known:
      return;
    default:
      return visit_operands(node);
  }
}

void Needs::visit_operands(const Node& node) {
  for (const NodeId operand : node.operands) visit(operand);
}

/// Once the condition is known, only the branch that it chooses matters.
void Needs::visit_conditional(const Node& node) {
  switch (truth_of(node.operands[0])) {
    case Truth::unknown:
      return visit_operands(node);
    case Truth::yes:
      return visit(node.operands[1]);
    case Truth::no:
      return visit(node.operands[2]);
  }
}

/// An element matters while it may meet the condition: the condition's unknown facts, and those of the value taken.
void Needs::visit_elements(const Node& node) {
  const model::Loop& loop = view_.chunk->library().loops[node.loop];
  if (!program::bit(view_.chunk->column(loop.list).known, chunk_row_in(loop.owner))) {
    if (loop.owner == model::none) {
      need_of_record(loop.list, false);
    } else {
      need_of_element(record_.facts[loop.list].level, false);
    }
    // An incomplete list has elements all the same.
  }
  for_each_element(node, [this](NodeId value, NodeId condition) {
    if (condition != model::none && truth_of(condition) == Truth::no) return;
    if (value != model::none) visit(value);
    if (condition != model::none) visit(condition);
  });
}

/// Calls `go_into(value, condition)` in each element of the list; either may be none.
template <typename GoInto>
void Needs::for_each_element(const Node& node, GoInto go_into) {
  const bool takes_value =
      node.kind == NodeKind::sum || node.kind == NodeKind::least || node.kind == NodeKind::greatest;
  const std::size_t condition_at = takes_value ? 1 : 0;
  const NodeId condition = node.operands.size() > condition_at ? node.operands[condition_at] : model::none;
  const std::uint32_t visit_outside = visit_;
  const model::LoopId enclosing = view_.chunk->library().loops[node.loop].enclosing;
  const auto [first, last] = view_.registers->rows_of(node.loop, row_in(enclosing));
  for (std::size_t element = first; element < last; ++element) {
    places_.emplace_back(node.loop, element);
    visit_ = ++last_visit_;
    go_into(takes_value ? node.operands[0] : model::none, condition);
    places_.pop_back();
  }
  visit_ = visit_outside;
}

/// Goes into all that was worked out, known or not. The branch that an `if` does not choose was not, nor what stands
/// behind the first that is known, nor the value of an element that is left out.
void Needs::look(NodeId id) {
  if (!enter(id)) return;
  note_problem(id, false);
  const Node& node = view_.node(id);
  switch (node.kind) {
    case NodeKind::conditional: {
      const Truth condition = truth_of(node.operands[0]);
      look(node.operands[0]);
      if (condition != Truth::no) look(node.operands[1]);
      if (condition != Truth::yes) look(node.operands[2]);
      return;
    }
    case NodeKind::first_known:
      for (const NodeId operand : node.operands) {
        look(operand);
        if (!is_unknown(view_.node(operand), operand)) return;
      }
      return;
    case NodeKind::any:
    case NodeKind::every:
    case NodeKind::count:
    case NodeKind::sum:
    case NodeKind::least:
    case NodeKind::greatest:
      return for_each_element(node, [this](NodeId value, NodeId condition) {
        if (condition != model::none) look(condition);
        const bool is_left_out = condition != model::none && truth_of(condition) == Truth::no;
        if (value != model::none && !is_left_out) look(value);
      });
    default:
      for (const NodeId operand : node.operands) look(operand);
  }
}

/// A list of plain values that something is looked for in.
void Needs::visit_list(const Node& list) {
  const std::size_t row = chunk_row_in(list.loop);
  const program::Column& column = view_.chunk->column(list.index);
  const model::Fact& fact = record_.facts[list.index];
  bool complete = program::bit(column.known, row);
  if (complete) {
    const program::Column& elements = view_.chunk->column(record_.levels[fact.elements].facts.front());
    for (std::size_t element = column.offsets[row]; element < column.offsets[row + 1]; ++element) {
      complete = complete && program::bit(elements.known, element);
    }
  }
  if (!complete) need(fact.level == 0 ? list.index : outermost_list(record_, fact.level), false);
}

void Needs::visit_fact(const Node& node) {
  const model::FactId own = record_.facts[node.index].level == 0 ? node.index : own_fact(node);
  const model::Fact& fact = record_.facts[node.index];
  if (own == model::none) {
    const bool is_there = program::bit(view_.chunk->column(node.index).known, chunk_row_in(node.loop));
    return need_of_element(fact.level, fact.measured && is_there);
  }
  const bool is_there = program::bit(view_.chunk->column(own).known, view_.record);
  need_of_record(own, record_.facts[own].measured && is_there);
}

/// A line is in its own groups, and what it lacks there only its own fact gives. None where the fact is of another
/// line.
model::FactId Needs::own_fact(const Node& node) const {
  const model::Fact& fact = record_.facts[node.index];
  if (fact.relation == model::none) return model::none;
  const model::Relation& relation = view_.chunk->library().relations[fact.relation];
  const std::vector<std::uint32_t>& itself = view_.chunk->column(relation.list).itself;
  if (itself.empty() || itself[view_.record] != chunk_row_in(node.loop)) return model::none;
  const auto found = std::find_if(relation.elements.begin(), relation.elements.end(),
                                  [&](const auto& element) { return element.first == node.index; });
  return found == relation.elements.end() ? model::none : found->second;
}

/// Nobody gives what other lines fill, a relation's list or a rank: in its name those of the relation's keys are asked
/// for that the record lacks, and for a rank those of the facts that the group is ordered by. With all of them there,
/// it is the other lines, or the register, that were not given.
void Needs::need_of_record(model::FactId fact, bool out_of_date) {
  bool asked = false;
  const auto ask_if_missing = [&](model::FactId own) {
    if (program::bit(view_.chunk->column(own).known, view_.record)) return;
    need(own, false);
    asked = true;
  };
  if (const std::uint32_t number = record_.facts[fact].relation; number != model::none) {
    const model::Relation& relation = view_.chunk->library().relations[number];
    for (const auto& [own, other] : relation.keys) ask_if_missing(own);
    if (fact == relation.rank) {
      for (const model::FactId own : relation.order) ask_if_missing(own);
    }
  }
  if (!asked && can_be_given(fact)) need(fact, out_of_date);
}

/// What is missing in the elements of lists is asked for in the list's name.
void Needs::need_of_element(model::LevelId level, bool out_of_date) {
  const model::FactId list = outermost_list(record_, level);
  if (can_be_given(list)) need(list, out_of_date);
}

/// Not the list of a relation of which is said why it cannot be known: it is too long, or its register or the input is
/// damaged. Nor the rank in such a list.
bool Needs::can_be_given(model::FactId fact) const {
  const std::uint32_t number = record_.facts[fact].relation;
  if (number == model::none) return true;
  const model::Relation& relation = view_.chunk->library().relations[number];
  if (fact != relation.list && fact != relation.rank) return true;
  const std::vector<program::InputProblem>& problems = view_.chunk->problems();
  return std::none_of(problems.begin(), problems.end(), [&](const program::InputProblem& problem) {
    return problem.fact == relation.list && problem.row == view_.record;
  });
}

/// A list is out of date where all is that is asked for in its name.
void Needs::need(model::FactId fact, bool out_of_date) {
  std::vector<Need>& needs = decisions_->needs;
  std::vector<Why>& whys = decisions_->whys;
  const auto why = static_cast<std::uint32_t>(whys.size());
  const std::uint32_t there = need_of_fact_[fact];
  if (there < first_need_ || there >= needs.size() || needs[there].fact != fact) {
    need_of_fact_[fact] = static_cast<std::uint32_t>(needs.size());
    needs.push_back({fact, out_of_date, why, why});
  } else {
    needs[there].out_of_date = needs[there].out_of_date && out_of_date;
    if (is_said(needs[there])) return;
    whys[needs[there].last_why].next = why;
    needs[there].last_why = why;
  }
  whys.push_back({item_, model::none});
}

/// Whether the item, or one of the same name, asks for the fact already: the amounts of all clauses have one name.
bool Needs::is_said(const Need& need) const {
  if (decisions_->whys[need.last_why].item == item_) return true;
  if (view_.version == nullptr) return false;  // dates and places
  const std::vector<Item>& items = view_.version->items;
  if (items[item_].value == model::none) return false;
  for (std::uint32_t why = need.first_why; why != model::none; why = decisions_->whys[why].next) {
    const Item& other = items[decisions_->whys[why].item];
    if (other.value != model::none && other.name == items[item_].name) return true;
  }
  return false;
}

std::pair<Needs::ProblemAt, Needs::ProblemAt> Needs::problems_of_row() const {
  const std::vector<program::Problem>& all = view_.registers->problems();
  const auto before = [](const program::Problem& problem, std::size_t row) { return problem.row < row; };
  const auto after = [](std::size_t row, const program::Problem& problem) { return row < problem.row; };
  const auto first = std::lower_bound(all.begin(), all.end(), view_.row, before);
  return {first, std::upper_bound(first, all.end(), view_.row, after)};
}

/// Whether what is computed lacks something to compute with.
bool Needs::lacks_operand(const Node& node) const {
  switch (node.kind) {
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::multiply:
    case NodeKind::divide:
    case NodeKind::modulo:
      return std::any_of(node.operands.begin(), node.operands.end(),
                         [&](NodeId operand) { return is_unknown(view_.node(operand), operand); });
    default:
      return false;
  }
}

/// A problem says of which record it is, and not of which element: there the node is unknown though its operands are
/// known.
void Needs::note_problem(NodeId id, bool silent_too) {
  const auto [first, last] = problems_of_row();
  for (auto problem = first; problem != last; ++problem) {
    if (problem->node != id || (problem->silent && !silent_too)) continue;
    if (!is_unknown(view_.node(id), id) || lacks_operand(view_.node(id))) return;
    std::string text = std::string(problem->reason) + " in `" + std::string(view_.version->items[item_].name) + "`";
    std::vector<std::string>& texts = problem->silent ? unanswered_ : problems_;
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
  }
}

}  // namespace proviso::decide
