#include "reference/relations.hpp"

#include <algorithm>
#include <optional>

#include "reference/evaluate.hpp"

namespace proviso::reference {
namespace {

using syntax::ExpressionId;
using syntax::ExpressionKind;

syntax::Field made_field(std::string name, syntax::TypeExpression type) {
  syntax::Field field;
  field.name.text = std::move(name);
  field.type = std::move(type);
  return field;
}

syntax::TypeExpression type_called(const std::string& word, const std::string& name = {}) {
  syntax::TypeExpression type;
  type.word = word;
  type.name = name;
  return type;
}

void add_facts(Related& related, const std::string& name) {
  syntax::TypeExpression list = type_called("list of");
  list.element.push_back(type_called("name", related.other));
  related.list = made_field(name, std::move(list));
  related.itself = "itself in " + name;
  if (related.is_group) related.rank = made_field("rank in " + name, type_called("number"));
}

/// `patient.born` of `e.patient.born` where e is the variable; nothing of another name.
std::optional<std::string> behind(const std::string& variable, const std::string& path) {
  if (path.substr(0, variable.size() + 1) != variable + '.') return std::nullopt;
  return path.substr(variable.size() + 1);
}

/// The key that a term is: an equality of a fact of the one line with a fact of the other.
std::optional<RelationKey> key_of(const syntax::Tree& tree, ExpressionId term, const std::string& variable) {
  const syntax::Expression& equality = tree.expression(term);
  if (equality.kind != ExpressionKind::compare || equality.word != "=") return std::nullopt;
  const syntax::Expression& left = tree.expression(equality.operands[0]);
  const syntax::Expression& right = tree.expression(equality.operands[1]);
  if (left.kind != ExpressionKind::name || right.kind != ExpressionKind::name) return std::nullopt;
  const std::optional<std::string> of_left = behind(variable, left.text);
  const std::optional<std::string> of_right = behind(variable, right.text);
  if (of_left && !of_right) return RelationKey{right.text, *of_left};
  if (of_right && !of_left) return RelationKey{left.text, *of_right};
  return std::nullopt;
}

Related relation_of(const File& file, const syntax::RelationDeclaration& declaration) {
  const syntax::Tree& tree = *file.tree;
  Related related;
  related.file = &file;
  related.record = declaration.record.text;
  related.other = declaration.other.text.empty() ? declaration.record.text : declaration.other.text;
  related.variable = declaration.variable.text;
  const syntax::Expression& condition = tree.expression(declaration.condition);
  std::vector<ExpressionId> terms = {declaration.condition};
  if (condition.kind == ExpressionKind::conjunction) terms = condition.operands;
  for (const ExpressionId term : terms) {
    if (const std::optional<RelationKey> key = key_of(tree, term, related.variable)) {
      related.keys.push_back(*key);
    } else {
      related.window = term;
    }
  }
  add_facts(related, declaration.name.text);
  return related;
}

Related group_of(const File& file, const syntax::GroupDeclaration& declaration) {
  Related related;
  related.file = &file;
  related.record = related.other = declaration.record.text;
  related.is_group = true;
  for (const syntax::Name& key : declaration.keys) related.keys.push_back({key.text, key.text});
  for (const syntax::Name& by : declaration.order) related.order.push_back(by.text);
  add_facts(related, declaration.name.text);
  return related;
}

/// What a line says at a path; `unread` where something is written there that cannot be taken.
struct Cell {
  Value value;
  bool unread = false;
};
/// Of each line, at each path.
using Columns = std::vector<std::vector<Cell>>;

/// Of an object that says no value nothing is written but when it was measured.
bool is_written(const Json* json) {
  return json != nullptr && (!json->is_object() || json->contains("code") || json->contains("value"));
}

Origin origin_of(const World& world, const Related& related, const std::string& record_name, const Json& line) {
  Origin origin;
  origin.file = related.file;
  origin.record = world.find<syntax::RecordDeclaration>(origin.file, record_name);
  origin.json = &line;
  return origin;
}

Columns values_of(const World& world, const Related& related, const std::string& record_name,
                  const std::vector<Json>& lines, const std::vector<std::string>& paths) {
  Columns columns;
  for (const Json& line : lines) {
    const Origin origin = origin_of(world, related, record_name, line);
    columns.emplace_back();
    for (const std::string& path : paths) {
      const std::optional<Fact> fact = find_fact(world, origin, path);
      Cell& cell = columns.back().emplace_back();
      if (!fact) continue;
      cell.value = read(world, *fact, std::nullopt).value;
      cell.unread = !cell.value.known && is_written(fact->json);
    }
  }
  return columns;
}

using Cells = std::vector<Cell>;

bool all_known(const Cells& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.value.known; });
}

bool all_equal(const Cells& left, const Cells& right) {
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (order(left[i].value, right[i].value) != 0) return false;
  }
  return true;
}

/// Whether a line with those keys may belong to one with these: it says something of each, not all of which can be
/// read, and agrees in what can.
bool may_agree(const Cells& own, const Cells& other) {
  for (std::size_t i = 0; i < own.size(); ++i) {
    const bool agrees = other[i].value.known ? order(own[i].value, other[i].value) == 0 : other[i].unread;
    if (!agrees) return false;
  }
  return !all_known(other);
}

/// Whether a relation leaves open that the other line lies in its window: so it does of any window but the one that is
/// written as a time before or after a date of the line.
bool may_lie_in_window(const World& world, const Related& related, const Json& line, const Json& other) {
  if (related.window == syntax::no_expression) return true;
  Scope scope;
  scope.name = related.variable;
  scope.element = origin_of(world, related, related.other, other);
  const Written window{related.file, related.window, &scope};
  if (window->kind != ExpressionKind::within || !behind(related.variable, window.operand(0)->text) ||
      window.operand(1)->kind != ExpressionKind::duration || window.operand(2)->kind != ExpressionKind::name ||
      behind(related.variable, window.operand(2)->text)) {
    return true;
  }
  const Evaluator evaluator(world, origin_of(world, related, related.record, line), std::nullopt);
  return evaluator.truth(window) != false;
}

/// Whether a line with these values stands before one with those; nothing where a missing value may tell. The last
/// value, the id, tells lines apart where nothing else does, and one without an id stands last.
std::optional<bool> stands_before(const Cells& left, const Cells& right) {
  for (std::size_t i = 0; i < left.size(); ++i) {
    const Value& a = left[i].value;
    const Value& b = right[i].value;
    const bool is_asked = i + 1 < left.size();
    if (is_asked && !(a.known && b.known)) return std::nullopt;
    if (a.known != b.known) return a.known;
    const std::optional<int> found = order(a, b);
    if (found && *found != 0) return *found < 0;
  }
  return false;
}

/// Adds to each line what one relation or group brings to it.
void join(const World& world, const Related& related, const Ledger& ledger, std::vector<Json>& result) {
  for (Json& line : result) {
    // Nobody says that by itself.
    line.erase(related.list.name.text);
    line.erase(related.rank.name.text);
    line.erase(related.itself);
  }
  const bool to_itself = related.other == related.record;
  const auto found = ledger.registers.find(related.other);
  if (!to_itself && found == ledger.registers.end()) return;
  const std::vector<Json>& others = to_itself ? ledger.lines : found->second;
  std::vector<std::string> own_paths;
  std::vector<std::string> other_paths;
  for (const RelationKey& key : related.keys) {
    own_paths.push_back(key.own);
    other_paths.push_back(key.other);
  }
  const Columns own_keys = values_of(world, related, related.record, ledger.lines, own_paths);
  const Columns other_keys = values_of(world, related, related.other, others, other_paths);
  std::vector<std::string> order_paths = related.order;
  order_paths.emplace_back("id");
  const Columns places = values_of(world, related, related.record, ledger.lines, order_paths);
  for (std::size_t line = 0; line < ledger.lines.size(); ++line) {
    if (!all_known(own_keys[line])) continue;
    Json list = Json::array();
    int rank = 1;
    bool rank_is_open = false;
    bool is_whole = true;
    for (std::size_t other = 0; other < others.size(); ++other) {
      if (to_itself && !related.is_group && other == line) continue;
      if (may_agree(own_keys[line], other_keys[other]) &&
          may_lie_in_window(world, related, ledger.lines[line], others[other])) {
        is_whole = false;
      }
      if (!all_known(other_keys[other]) || !all_equal(own_keys[line], other_keys[other])) continue;
      if (related.is_group && other == line) result[line][related.itself] = list.size();
      list.push_back(others[other]);
      if (!related.is_group || other == line) continue;
      const std::optional<bool> before = stands_before(places[other], places[line]);
      const std::optional<bool> after = stands_before(places[line], places[other]);
      rank_is_open = rank_is_open || !before;
      if (before == true || (after == false && other < line)) ++rank;
    }
    Json& brought = result[line][related.list.name.text];
    brought = is_whole ? std::move(list) : Json{{"some", std::move(list)}};
    if (related.is_group && is_whole && !rank_is_open) result[line][related.rank.name.text] = rank;
  }
}

}  // namespace

std::deque<Related> relations_of(const std::vector<File>& files) {
  std::deque<Related> relations;
  for (const File& file : files) {
    for (const syntax::Declaration& declaration : file.tree->declarations) {
      if (const auto* relation = std::get_if<syntax::RelationDeclaration>(&declaration)) {
        relations.push_back(relation_of(file, *relation));
      }
      if (const auto* group = std::get_if<syntax::GroupDeclaration>(&declaration)) {
        relations.push_back(group_of(file, *group));
      }
    }
  }
  return relations;
}

std::vector<Json> joined(const World& world, const std::string& record_name, const Ledger& ledger) {
  std::vector<Json> result = ledger.lines;
  for (const Related& related : world.relations()) {
    if (related.record == record_name) join(world, related, ledger, result);
  }
  return result;
}

}  // namespace proviso::reference
